"""What people in the room do with each other, end to end: the running product and light people in it."""

import pytest

from stepdown.live import queries, services_inside
from stepdown.live.tests.conftest import LiveGroup
from tests.copies import Copy
from tests.light_client import Crowd, LightPerson

pytestmark = pytest.mark.browser


def hands(person: LightPerson) -> list[str]:
    """Joins with a hand up as this person was told last, the first first."""
    people = person.heard("roster")[-1]["people"] if person.heard("roster") else []
    return [one["join"] for one in sorted((one for one in people if one["hand"]), key=lambda one: one["hand"])]


def quiet(group: LiveGroup) -> LightPerson:
    """A patient in the room without microphone and camera."""
    return group.patient(mic=False, camera=False)[1]


@pytest.fixture
def three(crowd: Crowd, group: LiveGroup) -> tuple[LightPerson, LightPerson, LightPerson]:
    leader = group.leader(mic=False, camera=False)
    first, second = quiet(group), quiet(group)
    crowd.until(lambda: first.join and second.join, "both are in")
    return leader, first, second


def test_hands_are_shown_to_everyone_in_the_order_they_went_up(crowd, three):
    leader, first, second = three
    crowd.run(second.say("hand", up=True))
    crowd.until(lambda: hands(leader) == [second.join], "the first hand is up")
    crowd.run(first.say("hand", up=True))
    for person in three:
        crowd.until(lambda person=person: hands(person) == [second.join, first.join], "both hands are up")
    crowd.run(second.say("hand", up=False))
    crowd.until(lambda: hands(leader) == [first.join], "the hand is down")


def test_who_is_given_the_turn_has_the_hand_down_and_everyone_is_told(crowd, three):
    leader, first, second = three
    crowd.run(first.say("hand", up=True))
    crowd.until(lambda: hands(leader) == [first.join], "the hand is up")
    crowd.run(leader.say("give_turn", who=first.join))
    for person in three:
        crowd.until(lambda person=person: person.heard("turn"), "the turn is told")
    assert second.heard("turn")[-1]["who"] == first.join
    crowd.until(lambda: hands(second) == [], "the hand is down")
    assert first.heard("hand")[-1]["since"] is None


def test_who_leaves_takes_the_hand_along(crowd, group, three):
    leader, first, _ = three
    crowd.run(first.say("hand", up=True))
    crowd.until(lambda: hands(leader) == [first.join], "the hand is up")
    crowd.run(first.say("leave"))
    crowd.until(lambda: hands(leader) == [], "the hand is gone")


def test_a_patient_gives_nobody_a_turn(crowd, three):
    _, first, second = three
    crowd.run(first.say("give_turn", who=second.join))
    crowd.until(lambda: first.close_code == 4400, "the socket is closed")
    assert not second.heard("turn")


def test_the_order_of_hands_outlives_the_live_process(product: Copy, crowd: Crowd, group: LiveGroup):
    leader = group.leader(mic=False, camera=False, comes_back=True)
    first, second = (group.patient(mic=False, camera=False, comes_back=True)[1] for _ in range(2))
    crowd.until(lambda: first.join and second.join, "both are in")
    for person in (first, second):
        crowd.run(person.say("hand", up=True))
        crowd.until(lambda person=person: person.heard("hand"), "the hand is up")
    since = {person: person.heard("hand")[-1]["since"] for person in (first, second)}
    joins = [first.join, second.join]

    product.kill("live")

    crowd.until(lambda: all(one.join not in (None, *joins) for one in (first, second)), "both are in again", 40)
    for person in (second, first):  # what each page does, in whatever order they come back
        crowd.run(person.say("hand", up=True, since=since[person]))
    crowd.until(lambda: leader.join and hands(leader) == [first.join, second.join], "the order is the same", 40)


def test_a_private_word_reaches_leaders_alone_and_its_answer_the_one_who_said_it(crowd: Crowd, group: LiveGroup):
    leader = group.leader(mic=False, camera=False)
    patient, person = group.patient(mic=False, camera=False)
    other = quiet(group)
    crowd.until(lambda: person.join and other.join, "both are in")
    told = len(leader.heard("waiting_room"))
    word = services_inside.tell_leaders(session=group.session, patient=patient, kind="help")
    crowd.until(lambda: person.heard("word"), "the word has arrived")
    assert person.heard("word")[-1] == {"t": "word", "word": "help", "answer": ""}
    crowd.until(lambda: len(leader.heard("waiting_room")) > told, "the leader is told to look")
    assert queries.open_words(group.session) == [word]
    services_inside.answer_word(session=group.session, word=word.pk, answer="coming", by=group.session.leader)
    crowd.until(lambda: person.heard("word")[-1]["answer"] == "coming", "the answer has arrived")
    assert not other.heard("word")
    assert not leader.heard("word")


def test_a_word_said_while_no_leader_was_there_waits_for_them(crowd: Crowd, group: LiveGroup):
    patient, person = group.patient(mic=False, camera=False)
    crowd.until(lambda: person.heard("waiting"), "the patient waits")
    services_inside.tell_leaders(session=group.session, patient=patient, kind="help")
    group.leader(mic=False, camera=False)
    crowd.until(lambda: person.join and person.heard("word"), "the patient is in and sees that the word is kept")
    assert [word.patient for word in queries.open_words(group.session)] == [patient]

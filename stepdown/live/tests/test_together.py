"""What people in the room do with each other, end to end: the running product and light people in it."""

import pytest
from django.db import connection

from stepdown.live import queries, services_inside
from stepdown.live.domain.messages import LINES_AT_ONCE, REACTIONS_AT_ONCE
from stepdown.live.light_client import LightPerson
from stepdown.live.light_crowd import Crowd
from stepdown.live.tests.conftest import LiveGroup
from stepdown.people.models import Patient
from tests.copies import Copy

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
    assert person.heard("word")[-1] == {"t": "word", "word": "help", "answer": "", "who": ""}
    crowd.until(lambda: len(leader.heard("waiting_room")) > told, "the leader is told to look")
    assert queries.open_words(group.session) == [word]
    services_inside.answer_word(session=group.session, word=word.pk, answer="coming", by=group.session.leader)
    crowd.until(lambda: person.heard("word")[-1]["answer"] == "coming", "the answer has arrived")
    assert person.heard("word")[-1]["who"] == leader.join
    assert not other.heard("word")
    assert not leader.heard("word")


def test_a_word_said_while_no_leader_was_there_waits_for_them(crowd: Crowd, group: LiveGroup):
    patient, person = group.patient(mic=False, camera=False)
    crowd.until(lambda: person.heard("waiting"), "the patient waits")
    services_inside.tell_leaders(session=group.session, patient=patient, kind="help")
    group.leader(mic=False, camera=False)
    crowd.until(lambda: person.join and person.heard("word"), "the patient is in and sees that the word is kept")
    assert [word.patient for word in queries.open_words(group.session)] == [patient]


def decide(group: LiveGroup, what: str, on: bool) -> None:
    services_inside.decide(session=group.session, what=what, on=on, by=group.session.leader)


def test_while_the_room_is_paused_nobody_receives_anything(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    _, person = group.patient()
    crowd.until_all_see_all([leader, person])

    decide(group, "pause", True)

    crowd.until(lambda: person.heard("room") and person.heard("room")[-1]["pause"], "the pause is told")
    crowd.until_still(lambda: leader.packets_from(person.join or ""))
    crowd.until_still(lambda: person.packets_from(leader.join or ""))
    assert leader.mic_of(person.join) is False
    _, late = group.patient()
    crowd.until(lambda: late.heard("published"), "who comes in now sends")
    assert late.heard("room")[-1]["pause"] is True
    crowd.run(late.say("media", mic=True, camera=True))  # a browser that does not keep to the rules
    crowd.until(lambda: leader.mic_of(late.join) is False, "they are in, and off")
    crowd.until_still(lambda: leader.packets_from(late.join or ""))
    assert late.frames_from(leader.join or "") == 0


def test_after_a_pause_nobody_is_seen_or_heard_before_they_say_so(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    _, person = group.patient()
    crowd.until_all_see_all([leader, person])
    decide(group, "pause", True)
    crowd.until_still(lambda: leader.packets_from(person.join or ""))
    decide(group, "pause", False)
    crowd.until(lambda: person.heard("room")[-1]["pause"] is False, "the end of the pause is told")
    received = leader.packets_from(person.join or "")
    crowd.run(leader.say("media", mic=True, camera=True))
    seen = person.frames_from(leader.join or "")
    crowd.until(lambda: person.frames_from(leader.join or "") > seen, "the leader is seen again")
    assert leader.packets_from(person.join or "") == received
    crowd.run(person.say("media", mic=True, camera=True))
    crowd.until(lambda: leader.packets_from(person.join or "") > received, "the person is seen again")


def test_a_pause_outlives_the_live_process(product: Copy, crowd: Crowd, group: LiveGroup):
    leader = group.leader(comes_back=True)
    _, person = group.patient(comes_back=True)
    crowd.until_all_see_all([leader, person])
    decide(group, "pause", True)
    crowd.until(lambda: person.heard("room") and person.heard("room")[-1]["pause"], "the pause is told")
    told = len(person.heard("room"))
    product.kill("live")
    crowd.until(lambda: len(person.heard("room")) > told, "the new live process tells it again", 40)
    assert person.heard("room")[-1]["pause"] is True
    crowd.until(lambda: leader.join and person.join, "both are in")
    crowd.until_still(lambda: leader.packets_from(person.join or ""))


def test_what_is_decided_is_not_told_to_who_waits_and_their_line_is_given_back(crowd: Crowd, group: LiveGroup):
    leader = group.leader(mic=False, camera=False)
    _, waits = group.patient(let_in=False)
    crowd.until(lambda: waits.heard("waiting"), "the patient waits")
    decide(group, "chat", True)
    crowd.until(lambda: leader.heard("room")[-1]["chat"], "the chat is open")
    crowd.run(waits.say("chat", text="Hello?"))
    crowd.until(lambda: waits.heard("unsaid"), "it was not sent")
    assert waits.heard("unsaid")[-1]["why"] == "closed"
    assert not waits.heard("room")
    assert not leader.heard("chat")


def test_in_a_locked_room_newcomers_wait_and_who_was_in_comes_back(crowd: Crowd, group: LiveGroup):
    leader = group.leader(mic=False, camera=False)
    patient, person = group.patient(mic=False, camera=False)
    crowd.until(lambda: person.join, "the patient is in")
    decide(group, "lock", True)
    _, new = group.patient(let_in=False)
    crowd.until(lambda: new.heard("waiting") and new.heard("waiting")[-1]["locked"], "the newcomer reads why")
    crowd.run(person.say("leave"))
    again = group.comes(patient, mic=False, camera=False)
    crowd.until(lambda: again.join, "the patient is back")
    crowd.run(leader.say("let_in_all"))
    crowd.until(lambda: leader.heard("no"), "letting in is refused")
    assert new.join is None
    decide(group, "lock", False)
    crowd.until(lambda: not new.heard("waiting")[-1]["locked"], "the newcomer reads that it is open")


def test_everyone_sees_whose_turn_it_is_in_a_round(crowd: Crowd, group: LiveGroup, three):
    leader, first, second = three
    crowd.until(lambda: len(queries.patients_in(group.session)) == 2, "both are written down")
    services_inside.start_round(session=group.session, by=group.session.leader)
    joins = [str(one.join) for one in queries.people_in(group.session) if one.role == "patient"]
    places = {joins[0]: 1, joins[1]: 2, leader.join: None}

    def told(person: LightPerson) -> tuple[object, dict[str, object]]:
        last = person.heard("roster")[-1] if person.heard("roster") else {"turn": None, "people": []}
        return last["turn"], {one["join"]: one["round"] for one in last["people"]}

    order = queries.patients_in(group.session)
    crowd.until(lambda: told(second) == (1, places), "the first has the turn")
    crowd.until(lambda: leader.heard("roster")[-1].get("turn_of") == str(order[0]), "the leader knows whose it is")
    assert "turn_of" not in second.heard("roster")[-1]
    services_inside.next_turn(session=group.session, after=order[0])
    crowd.until(lambda: told(first) == (2, places), "the second has the turn")
    services_inside.next_turn(session=group.session, after=order[1])
    crowd.until(lambda: told(leader)[0] is None, "the round is over")


def test_a_round_waits_for_who_is_away_and_leaders_read_for_whom(crowd: Crowd, group: LiveGroup, three):
    leader, *patients = three
    crowd.until(lambda: len(queries.patients_in(group.session)) == 2, "both are written down")
    services_inside.start_round(session=group.session, by=group.session.leader)
    first, second = (Patient.objects.get(pk=one) for one in queries.patients_in(group.session))
    joins = {one.patient: str(one.join) for one in queries.people_in(group.session)}
    by_join = {one.join: one for one in patients}
    crowd.run(by_join[joins[second.pk]].say("leave"))
    crowd.until(lambda: queries.patients_in(group.session) == [first.pk], "the second is written down as gone")
    services_inside.next_turn(session=group.session, after=first.pk)
    crowd.until(lambda: leader.heard("roster")[-1].get("waits_for") == [second.called], "the leader reads for whom")
    assert "waits_for" not in by_join[joins[first.pk]].heard("roster")[-1]
    late = quiet(group)
    crowd.until(lambda: leader.heard("roster")[-1]["waits_for"] == [], "who came late has their turn before that")
    crowd.run(late.say("leave"))
    crowd.until(lambda: leader.heard("roster")[-1]["waits_for"] == [second.called], "who came late has left")
    group.comes(second, mic=False, camera=False)
    crowd.until(lambda: leader.heard("roster")[-1]["waits_for"] == [], "they are back")
    assert leader.heard("roster")[-1]["turn_of"] == str(second.pk)
    crowd.until(lambda: len(queries.patients_in(group.session)) == 2, "they are written down as back")
    services_inside.next_turn(session=group.session, after=second.pk)
    crowd.until(lambda: leader.heard("roster")[-1]["turn"] is None, "the round is over")


def test_a_chat_is_open_only_while_a_leader_keeps_it_open(crowd: Crowd, group: LiveGroup, three):
    _, first, second = three
    crowd.run(first.say("chat", text="Too soon"))
    crowd.until(lambda: first.heard("unsaid"), "it was not sent")
    assert first.heard("unsaid")[-1]["why"] == "closed"
    decide(group, "chat", True)
    crowd.until(lambda: first.heard("room")[-1]["chat"], "the chat is open")
    crowd.run(first.say("chat", text="  I am glad to be here.  "))
    for person in three:
        crowd.until(lambda person=person: person.heard("chat"), "everyone reads it")
        assert person.heard("chat") == [{"t": "chat", "who": first.join, "text": "I am glad to be here."}]
    late = quiet(group)
    crowd.until(lambda: late.join and late.heard("room"), "someone comes later")
    decide(group, "chat", False)
    crowd.until(lambda: second.heard("room")[-1]["chat"] is False, "the chat is closed")
    crowd.run(second.say("chat", text="Too late"))
    crowd.until(lambda: second.heard("unsaid"), "it was not sent")
    assert not late.heard("chat")


@pytest.mark.parametrize("text", ["", "   ", "x" * 501, "two\nlines", "a\u202ereversed", 7])
def test_a_line_that_is_none_closes_the_socket(crowd: Crowd, group: LiveGroup, three, text):
    _, first, second = three
    decide(group, "chat", True)
    crowd.until(lambda: first.heard("room")[-1]["chat"], "the chat is open")
    crowd.run(first.say("chat", text=text))
    crowd.until(lambda: first.close_code == 4400, "the socket is closed")
    assert not second.heard("chat")


def test_who_writes_too_fast_is_told_so(crowd: Crowd, group: LiveGroup, three):
    _, first, second = three
    decide(group, "chat", True)
    crowd.until(lambda: first.heard("room")[-1]["chat"], "the chat is open")
    for number in range(LINES_AT_ONCE + 1):
        crowd.run(first.say("chat", text=f"Line {number}"))
    crowd.until(lambda: first.heard("unsaid"), "one line was too many")
    assert first.heard("unsaid")[-1]["why"] == "slow"
    crowd.until(lambda: len(second.heard("chat")) == LINES_AT_ONCE, "the others have arrived")


def test_nothing_of_a_chat_is_logged_or_stored(product: Copy, crowd: Crowd, group: LiveGroup, three):
    _, first, second = three
    decide(group, "chat", True)
    crowd.until(lambda: first.heard("room")[-1]["chat"], "the chat is open")
    crowd.run(first.say("chat", text="Quizzical zephyr 5521"))
    crowd.until(lambda: second.heard("chat"), "the line has arrived")
    crowd.run(first.say("leave"))
    crowd.until(lambda: first.close_code == 1000, "they have left")
    logs = [*(product.home / "logs").rglob("*"), product.home / "console.log"]
    assert not [path for path in logs if path.is_file() and b"Quizzical" in path.read_bytes()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f"select count(*) from {connection.ops.quote_name(table)} t where t::text like %s", ["%Quizzical%"]
            )
            assert cursor.fetchone() == (0,), table


def test_a_reaction_reaches_everyone_and_too_many_reach_nobody(crowd: Crowd, three):
    leader, first, second = three
    for _ in range(REACTIONS_AT_ONCE + 3):
        crowd.run(first.say("react", word="with_you"))
    crowd.run(first.say("hand", up=True))
    crowd.until(lambda: hands(second) == [first.join], "all was heard")
    assert second.heard("reaction") == [{"t": "reaction", "who": first.join, "word": "with_you"}] * REACTIONS_AT_ONCE
    assert leader.heard("reaction") == second.heard("reaction")


def test_a_leader_asks_and_the_person_answers(crowd: Crowd, three):
    leader, first, second = three
    crowd.run(leader.say("ask", who=first.join, what="camera"))
    crowd.until(lambda: first.heard("asked"), "the question has arrived")
    assert first.heard("asked")[-1] == {"t": "asked", "what": "camera", "who": leader.join}
    crowd.run(first.say("reply", what="camera", yes=False))
    crowd.until(lambda: leader.heard("replied"), "the answer has arrived")
    assert leader.heard("replied")[-1] == {"t": "replied", "who": first.join, "what": "camera", "yes": False}
    assert not second.heard("asked")
    assert not second.heard("replied")


def test_a_picture_nobody_looks_at_is_not_passed_on_and_comes_back(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    _, person = group.patient()
    _, other = group.patient()
    crowd.until_all_see_all([leader, person, other])

    def frames(of: LightPerson) -> int:
        return person.frames_from(of.join or "")

    crowd.run(person.say("unseen", who=[leader.join]))
    crowd.until_still(lambda: frames(leader))
    heard, seen = person.packets_from(leader.join or ""), frames(other)
    crowd.until(lambda: person.packets_from(leader.join or "") > heard, "the sound goes on")
    crowd.until(lambda: frames(other) > seen, "other pictures go on")
    assert other.frames_from(leader.join or "") > 0
    before = frames(leader)
    crowd.run(person.say("unseen", who=[]))
    crowd.until(lambda: frames(leader) > before, "the picture is back")


def test_a_line_used_again_for_someone_else_shows_their_picture(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    _, person = group.patient()
    crowd.until_all_see_all([leader, person])
    crowd.run(leader.say("unseen", who=[person.join]))
    crowd.until_still(lambda: leader.frames_from(person.join or ""))
    crowd.run(person.say("leave"))
    crowd.until(lambda: person.close_code == 1000, "they have left")
    _, other = group.patient()
    crowd.until_all_see_all([leader, other])
    crowd.until(lambda: leader.frames_from(other.join or "") > 0, "the next one is seen")


def test_who_is_lost_for_a_moment_keeps_their_place(crowd: Crowd, group: LiveGroup):
    leader = group.leader(mic=False, camera=False)
    _, first = group.patient(mic=False, camera=False, comes_back=True)
    crowd.until(lambda: first.join, "the first is in")
    second = quiet(group)
    crowd.until(lambda: second.join and len(leader.heard("roster")[-1]["people"]) == 3, "all are in")
    before = first.join
    crowd.run(first.cut())
    crowd.until(lambda: first.join not in (None, before), "the first is back")

    def row() -> list[tuple[str, str]]:
        return [(one["join"], one["line"]) for one in leader.heard("roster")[-1]["people"]]

    crowd.until(lambda: row() == [(leader.join, ""), (first.join, ""), (second.join, "")], "everyone has their place")
    states = [{one["join"]: one["line"] for one in told["people"]} for told in leader.heard("roster")]
    assert any(told.get(before) == "lost" for told in states)
    crowd.run(second.say("leave"))
    crowd.until(lambda: len(row()) == 2, "who leaves is gone at once", 5)

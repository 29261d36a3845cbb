"""What an encrypted room's pages tell each other, end to end: the running product and light people in it."""

import pytest

from stepdown.live import queries, services, services_sides
from stepdown.live.light_client import LightPerson
from stepdown.live.light_crowd import Crowd
from stepdown.live.models import Room
from stepdown.live.tests.conftest import LiveGroup, await_lines
from stepdown.placement.tests.factories import ProgramFactory
from stepdown.timetable.tests.factories import SessionFactory
from tests.copies import Copy

WRAPPED = "A" * 83 + "="


def public(letter: str) -> str:
    return letter * 87 + "="


def encrypts(live: LiveGroup) -> None:
    """In a program of its own: what is written stays for the tests that follow."""
    group = live.session.group
    group.program = ProgramFactory(name="Encrypted", encrypted=True)
    group.save()


def keys_told(person: LightPerson) -> dict[str, str]:
    """The public keys that this person was told last."""
    told = person.heard("public_keys")
    return dict(told[-1]["keys"]) if told else {}


def all_have_keys(crowd: Crowd, people: list[LightPerson]) -> dict[str, str]:
    """Each tells a public key of their own; gives what all were told."""
    for letter, person in zip("ABCDEF", people, strict=False):
        crowd.run(person.say("public_key", key=public(letter)))
    expected = {str(person.join): public(letter) for letter, person in zip("ABCDEF", people, strict=False)}
    crowd.until(lambda: all(keys_told(person) == expected for person in people), "all know all keys")
    return expected


@pytest.mark.django_db
def test_a_room_keeps_what_its_program_had_when_it_was_opened():
    session = SessionFactory()
    program = session.group.program
    assert not queries.is_encrypted(session)
    program.encrypted = True
    program.save()
    assert queries.is_encrypted(session)
    services.open_room(session=session, by=session.leader)
    program.encrypted = False
    program.save()
    assert Room.objects.get(session=session).encrypted
    assert queries.is_encrypted(session)
    services.end_room(session=session, by=session.leader)
    services.open_room(session=session, by=session.leader)
    assert queries.is_encrypted(session)


@pytest.mark.browser
def test_keys_go_to_those_they_are_for_and_to_nobody_in_another_room(crowd: Crowd, group: LiveGroup):
    other = LiveGroup(crowd)
    for one in (group, other):
        encrypts(one)
    stranger = other.leader(mic=False, camera=False)
    leader = group.leader(mic=False, camera=False)
    first, second = (group.patient(mic=False, camera=False)[1] for _ in range(2))
    crowd.until(lambda: first.join and second.join, "both are in")
    assert [person.heard("in")[-1]["encrypted"] for person in (leader, first, stranger)] == [True, True, True]
    everyone = [leader, first, second]
    all_have_keys(crowd, everyone)
    crowd.run(leader.say("sender_key", to={str(one.join): WRAPPED for one in (first, stranger)}))
    crowd.run(leader.say("key_wanted", who=str(stranger.join)))
    crowd.run(leader.say("key_wanted", who=str(first.join)))
    crowd.until(lambda: first.heard("key_wanted"), "the first is asked")
    assert first.heard("sender_key") == [{"t": "sender_key", "who": leader.join, "wrapped": WRAPPED}]
    assert not [one for one in (second, stranger) for kind in ("sender_key", "key_wanted") if one.heard(kind)]
    crowd.run(stranger.say("public_key", key=public("S")))
    crowd.until(lambda: len(keys_told(stranger)) == 1, "the stranger is told their own key alone")


@pytest.mark.browser
def test_who_is_in_a_side_room_has_keys_with_those_beside_them_alone(crowd: Crowd, group: LiveGroup):
    encrypts(group)
    leader = group.leader(mic=False, camera=False)
    patient, person = group.patient(mic=False, camera=False)
    third = group.patient(mic=False, camera=False)[1]
    crowd.until(lambda: person.join and third.join, "both are in")
    all_have_keys(crowd, [leader, person, third])
    services_sides.ask_aside(session=group.session, patient=patient, by=group.session.leader)
    services_sides.answer_aside(session=group.session, patient=patient, yes=True)
    crowd.until(lambda: len(keys_told(third)) == 1, "the third is with themselves")
    for one, letter in ((leader, "A"), (person, "B")):
        crowd.until(lambda one=one: one.heard("in")[-1]["side"], "they are in the side room")
        crowd.run(one.say("public_key", key=public(letter)))
    crowd.until(lambda: keys_told(leader) == keys_told(person) == {
        str(leader.join): public("A"), str(person.join): public("B")
    }, "the two have each other's keys")  # fmt: skip
    heard = len(third.said)
    crowd.run(leader.say("sender_key", to={str(third.join): WRAPPED, str(person.join): WRAPPED}))
    crowd.until(lambda: person.heard("sender_key"), "the other one has the key")
    assert "sender_key" not in {message["t"] for message in third.said[heard:]}


@pytest.mark.browser
def test_keys_outlive_the_live_process_so_that_nobody_needs_a_new_one(product: Copy, crowd: Crowd, group: LiveGroup):
    encrypts(group)
    leader = group.leader(comes_back=True)
    person = group.patient(comes_back=True)[1]
    crowd.until_all_see_all([leader, person])
    keys = all_have_keys(crowd, [leader, person])
    await_lines(product, crowd, [leader.join, person.join])
    crowd.until(lambda: (product.home / "lines.json").read_text().count(public("A")) == 1, "the keys are written down")
    heard = len(leader.heard("public_keys"))
    product.kill("live")
    crowd.until(lambda: all(len(one.heard("in")) == 2 for one in (leader, person)), "both are back")
    crowd.until(lambda: len(leader.heard("public_keys")) > heard, "keys are told again")
    assert {tuple(told["keys"].items()) for told in leader.heard("public_keys")[heard:]} <= {
        tuple(keys.items()), tuple(reversed(keys.items()))
    }  # fmt: skip


@pytest.mark.browser
def test_keys_mean_nothing_in_a_room_that_is_not_encrypted(crowd: Crowd, group: LiveGroup):
    leader = group.leader(mic=False, camera=False)
    person = group.patient(mic=False, camera=False)[1]
    crowd.until(lambda: person.join, "the patient is in")
    assert leader.heard("in")[-1]["encrypted"] is False
    crowd.run(leader.say("public_key", key=public("A")))
    crowd.run(person.say("public_key", key=public("B")))
    crowd.run(leader.say("sender_key", to={str(person.join): WRAPPED}))
    crowd.run(leader.say("react", word="me_too"))
    crowd.until(lambda: person.heard("reaction"), "what was said after that arrives")
    assert not [kind for one in (leader, person) for kind in ("public_keys", "sender_key") if one.heard(kind)]

"""Side rooms end to end: the running product, its real media server, and light people who count what reaches them."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from stepdown.live import queries, services, services_pairs, services_sides
from stepdown.live.light_client import LightPerson
from stepdown.live.light_crowd import Crowd
from stepdown.live.models import InboxEvent, Pairs, SideRoom
from stepdown.live.services_inside import decide, tell_leaders
from stepdown.live.sides import sides
from stepdown.live.tests.conftest import LiveGroup
from stepdown.people.tests.factories import StaffFactory
from tests.copies import Copy

pytestmark = pytest.mark.browser


class Evening:
    """A leader and three patients in the room, of whom the first goes to a side room with the leader."""

    def __init__(self, crowd: Crowd, group: LiveGroup) -> None:
        self.crowd, self.group, self.session = crowd, group, group.session
        self.leader = group.leader(comes_back=True)
        self.patient, self.person = group.patient(comes_back=True)
        self.others = [group.patient(comes_back=True)[1] for _ in range(2)]
        crowd.until_all_see_all(self.everyone)

    @property
    def everyone(self) -> list[LightPerson]:
        return [self.leader, self.person, *self.others]

    @property
    def aside(self) -> list[LightPerson]:
        return [self.leader, self.person]

    def ask(self) -> None:
        services_sides.ask_aside(session=self.session, patient=self.patient, by=self.session.leader)
        self.crowd.until(lambda: asked(self.person), "the patient is asked")

    def go(self) -> None:
        self.ask()
        services_sides.answer_aside(session=self.session, patient=self.patient, yes=True)
        self.crowd.until(lambda: all(side_of(one) for one in self.aside), "both are in the side room")
        self.crowd.until_all_see_all(self.aside)

    def all_are_back(self, seconds: float = 30) -> None:
        self.crowd.until(lambda: all(one.join and not side_of(one) for one in self.aside), "both are back", seconds)
        self.crowd.until_all_see_all(self.everyone, seconds)


def asked(person: LightPerson) -> bool:
    told = person.heard("aside")
    return bool(told) and told[-1]["asked"]


def side_of(person: LightPerson) -> str | None:
    """The kind of the side room the person is in, as last told."""
    comings = person.heard("in")
    return (comings[-1]["side"] or {}).get("kind") if comings else None


def away(viewer: LightPerson, join: str | None) -> str | None:
    people = viewer.heard("roster")[-1]["people"]
    return next((one["away"] for one in people if one["join"] == join), None)


def nothing_passes(crowd: Crowd, here: list[LightPerson], there: list[LightPerson]) -> None:
    """While pictures go on in both rooms, not one packet of the other room reaches anybody, and nothing else either."""
    rooms = (here, there)
    across = [(one, other) for n in (0, 1) for one in rooms[n] for other in rooms[1 - n]]
    before = {pair: pair[0].packets_from(pair[1].join or "") for pair in across}
    for room in rooms:
        crowd.until_all_see_all(room)
        # Whoever has just come back may see the others on the old line while the new one is being made.
        crowd.until(
            lambda room=room: all(
                set(one.feeds.values()) == {mate.join for mate in room if mate is not one} for one in room
            ),
            "everyone is offered the people of their own room and nobody else",
        )
        crowd.until_all_see_all(room)
    assert {pair: pair[0].packets_from(pair[1].join or "") for pair in across} == before


@pytest.fixture
def evening(crowd: Crowd, group: LiveGroup) -> Evening:
    return Evening(crowd, group)


def test_in_a_side_room_two_see_and_hear_each_other_and_nobody_else_does(crowd: Crowd, evening: Evening):
    before = {one: (one.join, one.packets_from(one.join or "")) for one in evening.aside}
    evening.go()
    nothing_passes(crowd, evening.aside, evening.others)
    assert all(one.join != join for one, (join, _) in before.items())
    # What had been received from them in the main room stands still from then on.
    for other in evening.others:
        for join, _ in before.values():
            crowd.until_still(lambda other=other, join=join: other.packets_from(join))


def test_the_others_are_told_where_the_two_are_and_no_more(crowd: Crowd, evening: Evening):
    evening.go()
    for other in evening.others:
        crowd.until(lambda other=other: away(other, evening.person.join) == "word", "the others are told")
        told = [one for one in other.heard("roster")[-1]["people"] if one["away"]]
        assert {one["join"] for one in told} == {evening.leader.join, evening.person.join}
        assert not any(one["mic"] or one["camera"] for one in told)
        assert not other.heard("aside") or not asked(other)
    crowd.until(lambda: away(evening.person, evening.others[0].join) == "main", "the patient knows where the group is")


def test_who_comes_meanwhile_comes_to_the_group_and_not_to_the_side_room(
    crowd: Crowd, group: LiveGroup, evening: Evening
):
    evening.go()
    _, late = group.patient()
    nothing_passes(crowd, evening.aside, [*evening.others, late])


def test_a_patient_who_stays_is_moved_nowhere(crowd: Crowd, evening: Evening):
    joins = [one.join for one in evening.everyone]
    evening.ask()
    services_sides.answer_aside(session=evening.session, patient=evening.patient, yes=False)
    crowd.until(lambda: evening.leader.heard("aside_declined"), "the leader is told")
    crowd.until(lambda: not asked(evening.person), "nobody asks any more")
    crowd.until_all_see_all(evening.everyone)
    assert [one.join for one in evening.everyone] == joins


def test_a_break_leaves_a_private_word_alone_whose_lines_are_just_made_anew(
    product: Copy, crowd: Crowd, evening: Evening
):
    evening.go()
    with product.without("janus"):
        crowd.until(lambda: all(one.heard("again") for one in evening.everyone), "the lines are made anew")
        services.start_break(session=evening.session, by=evening.session.leader, minutes=10)
        crowd.until(lambda: evening.others[0].heard("break")[-1]["until"], "the group is told")
    crowd.until_all_see_all(evening.aside)
    assert all(side_of(one) for one in evening.aside)
    assert not any(told["until"] for one in evening.aside for told in one.heard("break"))


def test_a_break_is_told_to_who_is_in_a_side_room_once_they_are_back(crowd: Crowd, evening: Evening):
    evening.go()
    services.start_break(session=evening.session, by=evening.session.leader, minutes=10)
    crowd.until(lambda: evening.others[0].heard("break")[-1]["until"], "the group is told")
    comings, told = len(evening.person.heard("in")), len(evening.person.heard("pairs"))
    crowd.run(evening.person.cut())
    crowd.until(lambda: len(evening.person.heard("in")) > comings, "they are in the side room again")
    crowd.until(lambda: len(evening.person.heard("pairs")) > told, "they were told all that lasts")
    assert side_of(evening.person) == "word"
    assert not any(one["until"] for one in evening.person.heard("break"))
    services_sides.go_back(session=evening.session, patient=evening.patient)
    for one in evening.aside:
        crowd.until(lambda one=one: one.heard("break")[-1]["until"], "who is back is told")


@pytest.mark.parametrize("who", ["patient", "staff"])
def test_either_goes_back_and_both_are_with_the_group(evening: Evening, who: str):
    evening.go()
    person = {"patient": evening.patient, "staff": evening.session.leader}[who]
    services_sides.go_back(session=evening.session, **{who: person})
    evening.all_are_back()


def test_a_chat_in_a_side_room_stays_in_it(crowd: Crowd, evening: Evening):
    decide(session=evening.session, what="chat", on=True, by=evening.session.leader)
    evening.go()
    crowd.run(evening.person.say("chat", text="for you alone"))
    crowd.until(lambda: evening.leader.heard("chat"), "the line has arrived")
    crowd.run(evening.others[0].say("chat", text="for the group"))
    crowd.until(lambda: evening.others[1].heard("chat"), "the other line has arrived")
    assert [one["text"] for one in evening.others[1].heard("chat")] == ["for the group"]
    assert [one["text"] for one in evening.leader.heard("chat")] == ["for you alone"]


def test_when_the_leaders_line_is_gone_the_patient_is_back_with_the_group(crowd: Crowd, evening: Evening):
    evening.go()
    evening.leader.comes_back = False
    crowd.run(evening.leader.cut())
    crowd.until(lambda: not side_of(evening.person), "the patient is back", 30)
    crowd.until_all_see_all([evening.person, *evening.others])
    assert SideRoom.objects.get(session=evening.session).why == SideRoom.Why.LOST


def test_a_call_for_help_is_answered_by_the_leader_who_came_and_by_no_lost_line(crowd: Crowd, evening: Evening):
    help_ = tell_leaders(session=evening.session, patient=evening.patient, kind="help")
    evening.ask()
    crowd.run(evening.leader.freeze(after=0))
    services_sides.answer_aside(session=evening.session, patient=evening.patient, yes=True)
    lost = SideRoom.objects.filter(session=evening.session, why=SideRoom.Why.LOST)
    crowd.until(lost.exists, "the side room has ended", 40)
    assert queries.open_words(evening.session) == [help_]
    evening.leader = evening.group.leader(comes_back=True)
    evening.go()
    crowd.until(lambda: not queries.open_words(evening.session), "the word is answered")


def test_when_the_line_of_who_asks_is_gone_another_leader_asks(crowd: Crowd, group: LiveGroup, evening: Evening):
    group.director()
    evening.ask()
    evening.leader.comes_back = False
    crowd.run(evening.leader.cut())
    crowd.until(lambda: not asked(evening.person), "nobody asks any more", 30)
    services_sides.ask_aside(session=evening.session, patient=evening.patient, by=StaffFactory())
    crowd.until(lambda: asked(evening.person), "the patient is asked again")


def test_a_short_loss_of_the_line_does_not_end_the_side_room(crowd: Crowd, evening: Evening):
    evening.go()
    was = evening.leader.join
    crowd.run(evening.leader.cut())
    crowd.until(lambda: evening.leader.join not in (None, was), "the leader is in again")
    nothing_passes(crowd, evening.aside, evening.others)
    assert sides(evening.session).rooms


def test_who_leaves_a_side_room_ends_it_at_once(crowd: Crowd, evening: Evening):
    evening.go()
    evening.person.comes_back = False
    crowd.run(evening.person.say("leave"))
    crowd.until(lambda: evening.leader.join and not side_of(evening.leader), "the leader is back")
    crowd.until_all_see_all([evening.leader, *evening.others])


def test_who_is_sent_out_of_a_side_room_is_out_and_the_leader_is_back(crowd: Crowd, evening: Evening):
    evening.go()
    services.send_out(session=evening.session, patient=evening.patient, by=evening.session.leader)
    crowd.until(lambda: evening.person.heard("sent_out"), "the patient is out")
    crowd.until(lambda: evening.leader.join and not side_of(evening.leader), "the leader is back")


@pytest.mark.parametrize("process", ["janus", "live"])
def test_a_side_room_outlives_the_processes_and_still_nothing_passes(
    product: Copy, crowd: Crowd, evening: Evening, process: str
):
    evening.go()
    comings = {one: len(one.moments) for one in evening.everyone}
    product.kill(process)
    crowd.until(
        lambda: all(len(one.moments) > comings[one] and one.join for one in evening.everyone), "all are in again", 40
    )
    assert [side_of(one) for one in evening.everyone] == ["word", "word", None, None]
    nothing_passes(crowd, evening.aside, evening.others)
    services_sides.go_back(session=evening.session, patient=evening.patient)
    evening.all_are_back()


def test_the_raw_record_tells_of_the_way_there_and_back(crowd: Crowd, evening: Evening):
    evening.go()
    services_sides.go_back(session=evening.session, patient=evening.patient)
    evening.all_are_back()
    rows = InboxEvent.objects.filter(session=evening.session, join__patient=evening.patient, source="media")
    crowd.until(lambda: rows.filter(kind="left").count() == 2, "both leaves are witnessed")
    told = [(row.kind, row.join.side_room_id is not None) for row in rows.exclude(kind="seen").order_by("at")]
    assert told == [("arrived", False), ("left", False), ("arrived", True), ("left", True), ("arrived", False)]


def test_a_room_can_be_paused_with_people_in_a_side_room(crowd: Crowd, evening: Evening):
    """RULE PRIV-41: nobody sees or hears anybody, wherever they are."""
    evening.go()
    decide(session=evening.session, what="pause", on=True, by=evening.session.leader)
    for one in evening.everyone:
        crowd.until_still(lambda one=one: one.packets)


def test_pairs_hear_and_see_each_other_alone_and_all_come_back_by_themselves(
    crowd: Crowd, group: LiveGroup, evening: Evening
):
    fourth, last = group.patient()
    crowd.until_all_see_all([*evening.everyone, last])
    first_pair, second_pair = [evening.person, evening.others[0]], [evening.others[1], last]
    patients = {one.join: one for one in queries.people_in(evening.session)}
    chosen = {patients[UUID(one.join)].patient: 1 for one in first_pair}
    pairs = services_pairs.start_pairs(session=evening.session, by=evening.session.leader, minutes=10, chosen=chosen)
    crowd.until(lambda: all(side_of(one) == "pair" for one in (*first_pair, *second_pair)), "all are in pairs")
    nothing_passes(crowd, first_pair, second_pair)
    crowd.until(lambda: evening.leader.feeds == {}, "the leader is offered nobody")
    assert last.heard("pairs")[-1]["until"] == pairs.ends_at.isoformat()

    crowd.run(evening.leader.say("tell_pairs", text="Two more minutes."))
    crowd.until(lambda: all(one.heard("pairs_told") for one in (*first_pair, *second_pair)), "all pairs are told")

    room = next(room for room in sides(evening.session).rooms if fourth.pk in room.patients)
    services_pairs.visit_pair(session=evening.session, side_room=room.id, by=evening.session.leader)
    crowd.until(lambda: side_of(evening.leader) == "pair", "the leader is with the second pair")
    nothing_passes(crowd, first_pair, [*second_pair, evening.leader])

    Pairs.objects.filter(pk=pairs.pk).update(ends_at=timezone.now() + timedelta(seconds=1))
    services.tell_live(evening.session)
    crowd.until(
        lambda: all(one.join and not side_of(one) for one in (*evening.everyone, last)), "all are back in time", 30
    )
    crowd.until_all_see_all([*evening.everyone, last], 30)


def test_a_patient_tells_no_pairs_anything(crowd: Crowd, evening: Evening):
    crowd.run(evening.person.say("tell_pairs", text="x"))
    crowd.until(lambda: evening.person.heard("sorry"), "it is refused")
    assert evening.person.heard("sorry")[-1]["reason"] == "not_leader"


class Door:
    """A leader with two people in the room, and one who waits at the door and is asked to talk first."""

    def __init__(self, crowd: Crowd, group: LiveGroup) -> None:
        self.crowd, self.session = crowd, group.session
        self.leader = group.leader(comes_back=True)
        self.others = [group.patient(comes_back=True)[1] for _ in range(2)]
        crowd.until_all_see_all([self.leader, *self.others])
        self.patient, self.person = group.patient(let_in=False, comes_back=True)
        crowd.until(lambda: self.person.heard("waiting"), "they wait")

    def go(self) -> None:
        services_sides.talk_first(session=self.session, patient=self.patient, by=self.session.leader)
        self.crowd.until(lambda: asked(self.person), "they are asked")
        assert self.person.heard("aside")[-1]["to"] == "door"
        services_sides.answer_aside(session=self.session, patient=self.patient, yes=True)
        self.crowd.until(lambda: side_of(self.person) == side_of(self.leader) == "door", "both are in the side room")
        self.crowd.until_all_see_all([self.leader, self.person])

    def is_known_to_nobody(self, join: str | None) -> None:
        told = [entry["join"] for other in self.others for told in other.heard("roster") for entry in told["people"]]
        assert join is not None
        assert join not in told


@pytest.fixture
def door(crowd: Crowd, group: LiveGroup) -> Door:
    return Door(crowd, group)


def test_who_is_talked_with_at_the_door_is_neither_seen_nor_told_to_the_group(crowd: Crowd, door: Door):
    door.go()
    nothing_passes(crowd, [door.leader, door.person], door.others)
    crowd.until(lambda: away(door.others[0], door.leader.join) == "word", "the group knows where its leader is")
    door.is_known_to_nobody(door.person.join)
    told = {one["join"] for roster in door.person.heard("roster") for one in roster["people"]}
    assert told <= {door.person.join, door.leader.join}


def test_from_the_talk_they_are_let_in_to_the_group(crowd: Crowd, door: Door):
    door.go()
    services_sides.let_in_from_talk(session=door.session, by=door.session.leader)
    crowd.until(lambda: not side_of(door.person) and not side_of(door.leader), "both are with the group")
    crowd.until_all_see_all([door.leader, door.person, *door.others], 30)


@pytest.mark.parametrize("who", ["patient", "staff"])
def test_from_the_talk_they_go_back_to_waiting_and_nobody_meets_them(crowd: Crowd, door: Door, who: str):
    door.go()
    join = door.person.join
    places = len(door.person.heard("waiting"))
    person = {"patient": door.patient, "staff": door.session.leader}[who]
    services_sides.go_back(session=door.session, **{who: person})
    crowd.until(lambda: len(door.person.heard("waiting")) > places, "they wait again")
    crowd.until(lambda: not side_of(door.leader), "the leader is back")
    crowd.until_all_see_all([door.leader, *door.others])
    assert door.patient in [one.patient for one in queries.presence(door.session).waiting]
    door.is_known_to_nobody(join)
    assert {one["join"] for one in door.leader.heard("roster")[-1]["people"]} == {
        one.join for one in (door.leader, *door.others)
    }
    services.let_in(session=door.session, patient=door.patient, by=door.session.leader)
    crowd.until_all_see_all([door.leader, door.person, *door.others], 30)


@pytest.mark.parametrize("process", ["janus", "live"])
def test_a_talk_at_the_door_outlives_the_processes(product: Copy, crowd: Crowd, door: Door, process: str):
    door.go()
    everyone = [door.leader, door.person, *door.others]
    comings = {one: len(one.moments) for one in everyone}
    product.kill(process)
    crowd.until(lambda: all(len(one.moments) > comings[one] and one.join for one in everyone), "all are in again", 40)
    assert [side_of(one) for one in everyone] == ["door", "door", None, None]
    nothing_passes(crowd, [door.leader, door.person], door.others)


def test_when_the_leader_is_gone_they_wait_again(crowd: Crowd, door: Door):
    door.go()
    places = len(door.person.heard("waiting"))
    door.leader.comes_back = False
    crowd.run(door.leader.cut())
    crowd.until(lambda: len(door.person.heard("waiting")) > places, "they wait again", 30)
    assert queries.admitted(door.session).isdisjoint({door.patient.pk})

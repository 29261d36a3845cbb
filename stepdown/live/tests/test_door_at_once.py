"""Who is asked to a talk at the door, answers, or talks there, at the very moment at which they come in."""

import pytest

from stepdown.kernel.db import RuleBroken
from stepdown.kernel.tests.at_once import while_open
from stepdown.live import queries, services, services_sides, services_visits
from stepdown.live.models import Knock, SideMember, SideRoom
from stepdown.live.sides import sides
from stepdown.live.tests.factories import RoomFactory, patient_at_door
from stepdown.people.tests.factories import StaffFactory

pytestmark = pytest.mark.django_db(transaction=True)


class Door:
    """One waits at the door, and a leader talks with them there or does not yet."""

    def __init__(self):
        self.session = RoomFactory().session
        self.patient, self.colleague = patient_at_door(self.session), StaffFactory()
        self.of_patient = {"session": self.session, "patient": self.patient}
        self.guest = services_visits.invite_guest(
            session=self.session, name="Sam Invented", why="speaks about sleep.", by=self.session.leader
        )

    def knock(self):
        services.knock(**self.of_patient)

    def wait_for_guest(self):
        """Let in before, and kept out since a guest is in."""
        self.let_in()
        services_visits.let_guest_in(session=self.session, visit=self.guest.pk, by=self.session.leader)
        self.knock()

    def let_in(self):
        services.let_in(**self.of_patient, by=self.colleague)

    def agree(self):
        services_visits.answer_guest(**self.of_patient, visit=self.guest.pk, agrees=True)

    def send_guest_out(self):
        services_visits.send_visit_out(session=self.session, visit=self.guest.pk, by=self.session.leader)

    def ask(self):
        services_sides.talk_first(**self.of_patient, by=self.session.leader)

    def talk(self):
        self.ask()
        self.say_yes()

    def say_yes(self):
        services_sides.answer_aside(**self.of_patient, yes=True)

    def let_in_from_talk(self):
        services_sides.let_in_from_talk(session=self.session, by=self.session.leader)

    def end_room(self):
        services.end_room(session=self.session, by=self.session.leader)

    def go_back(self):
        services_sides.go_back(**self.of_patient)

    def begins_to_let_in(self):
        """As far as `let_in` has come when it has seen to the waiting, and not to a talk yet."""
        services.at_the_door(self.session)
        services.stop_knocking(**self.of_patient)

    def begins_to_go_back(self):
        SideRoom.objects.select_for_update().get()


@pytest.fixture
def door():
    return Door()


@pytest.mark.parametrize(
    ("waits", "comes_in"), [("knock", "let_in"), ("wait_for_guest", "agree"), ("wait_for_guest", "send_guest_out")]
)
def test_who_is_asked_to_talk_first_while_they_come_in_is_not_asked(door, waits, comes_in):
    getattr(door, waits)()
    with pytest.raises(RuleBroken, match="not waiting right now"):
        while_open(getattr(door, comes_in), door.ask)
    assert sides(door.session).rooms == ()


@pytest.mark.parametrize(
    ("before", "act", "told"),
    [("ask", "say_yes", "Nobody asks you"), ("talk", "let_in_from_talk", "nobody at the door any more")],
)
def test_who_is_let_in_while_they_answer_or_talk_is_in(door, before, act, told):
    door.knock()
    getattr(door, before)()
    with pytest.raises(RuleBroken, match=told):
        while_open(door.begins_to_let_in, getattr(door, act), door.let_in)
    assert queries.admitted(door.session) == {door.patient.pk}
    assert sides(door.session).rooms == ()


@pytest.mark.parametrize(("begins", "then"), [("begins_to_let_in", "let_in"), ("begins_to_go_back", "go_back")])
def test_a_room_that_ends_at_that_moment_ends_for_them_too(door, begins, then):
    door.knock()
    door.ask()
    while_open(getattr(door, begins), door.end_room, getattr(door, then))
    assert queries.is_ended(door.session)
    for left_open in (Knock.objects.filter(ended_at=None), SideMember.objects.filter(until=None)):
        assert not left_open.exists()

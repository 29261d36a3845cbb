"""Guests of sessions are kept for their time, like who else was in the room, and nothing of them for ever."""

import pytest

from stepdown.kernel.db import RuleBroken
from stepdown.live.models import InboxEvent, Join, Visit, VisitAnswer
from stepdown.live.tests.factories import RoomFactory
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import queries_retention as queries
from stepdown.privacy import services_destruction as services
from stepdown.privacy import strangers
from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.models import DueRecord
from stepdown.privacy.services_retention import hold
from stepdown.privacy.tests.retention import day_of, director, due, officer, proposed, years_ago

pytestmark = pytest.mark.django_db
GUESTS = RecordClass.GUESTS


def came(years: float = 11, **told) -> Visit:
    """A guest who was in the room that day, and what a witness saw of it."""
    CenterFactory()
    at, session = years_ago(years), RoomFactory().session
    guest = {"role": Visit.Role.GUEST, "name": "Sam Invented", "why": "speaks about sleep"}
    visit = Visit.objects.create(session=session, by=session.leader, at=at, **guest | told)
    join = Join.objects.create(session=session, visit=visit, at=at)
    seen = {"source": InboxEvent.Source.SIGNALING, "emitter": "test", "kind": InboxEvent.Kind.ARRIVED}
    InboxEvent.objects.create(session=session, join=join, at=at, received_at=at, **seen)
    return visit


def is_due(visit: Visit) -> bool:
    services.find_due()
    return DueRecord.objects.filter(root=visit.pk).exists()


@pytest.mark.parametrize(("years", "listed"), [(9.9, False), (10.1, True)])
def test_a_guest_is_listed_after_ten_years_and_without_a_name(years, listed):
    """RULE PRIV-34."""
    visit = came(years)
    assert is_due(visit) is listed
    assert strangers.said([visit.pk]) == {visit.pk: f"A guest of a session, invited on {day_of(visit.at)}"}


def test_a_guest_is_destroyed_by_two_with_all_that_was_seen_of_them():
    """RULE PRIV-34."""
    visit, other = came(), came(3)
    certificate = services.approve(destruction=proposed(visit, officer(), GUESTS), by=director())
    assert certificate.counts == {"live.Visit": 1, "live.Join": 1, "live.InboxEvent": 1}
    assert list(Visit.objects.all()) == [other]
    assert InboxEvent.objects.get().join == Join.objects.get() == other.joins.get()


def test_what_patients_said_to_a_guest_is_theirs_and_keeps_the_guest():
    visit = came()
    VisitAnswer.objects.create(visit=visit, patient=PatientFactory(), agrees=True, text="May Sam?", at=visit.at)
    (line,) = queries.due_lines([due(visit, GUESTS)])
    assert line.blocks == ["What patients said to this guest is in their own records, and goes before it."]
    with pytest.raises(RuleBroken, match="What patients said to this guest"):
        proposed(visit, officer(), GUESTS)


def test_a_colleague_who_observed_is_no_stranger():
    colleague = came(role=Visit.Role.OBSERVER, staff=StaffFactory(), name="", why="")
    assert not is_due(colleague)
    assert queries.counted(colleague.pk) == {}


def test_a_guest_is_found_by_name_and_held():
    visit, by = came(), officer()
    (found,) = strangers.found_by_name("invented")
    assert (found.record_class, found.root, found.named) == (GUESTS, visit.pk, ["Sam Invented"])
    hold(stranger=visit.pk, matter="Case 12", words="A letter came.", by=by)
    with pytest.raises(RuleBroken, match="Legal hold: Case 12"):
        proposed(visit, by, GUESTS)

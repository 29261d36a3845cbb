"""Who may come to the door, and the sentence for whoever may not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from stepdown.live import door, permissions, queries
from stepdown.live.tests.factories import RoomFactory, agreed, patient_at_door
from stepdown.people.models import License, Patient, Role
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.placement.models import Seat
from stepdown.privacy.models import Consent, ConsentType
from stepdown.privacy.tests import minors
from stepdown.privacy.tests.minors import born_to_be, decided, named, signed_too
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return SessionFactory()


def reason(patient, session, now=None) -> str:
    decision = permissions.enter(patient, session, now)
    assert not decision
    return decision.reason


def test_a_patient_with_everything_in_place_may_come_to_the_door(session):
    assert permissions.enter(patient_at_door(session), session)


def test_without_a_seat_nobody_comes_in(session):
    """RULE PRIV-37."""
    assert "no seat in this group" in reason(agreed(PatientFactory()), session)


@pytest.mark.parametrize("change", [{"accepted_at": None}, {"released_at": timezone.now(), "released_why": "lapsed"}])
def test_a_seat_that_is_only_held_or_was_given_back_does_not_count(session, change):
    patient = patient_at_door(session)
    Seat.objects.filter(patient=patient).update(**change)
    assert "no seat" in reason(patient, session)


def test_a_seat_that_ended_before_the_session_does_not_count(session):
    patient = patient_at_door(session)
    Seat.objects.filter(patient=patient).update(ends_at=session.starts_at - timedelta(hours=1))
    assert reason(patient, session) == "Your time in this group is over."


def test_a_seat_that_is_still_to_begin_says_from_which_day(session):
    patient = patient_at_door(session)
    monday = datetime(2030, 3, 11, 18, tzinfo=UTC)
    Seat.objects.filter(patient=patient).update(starts_at=monday)
    now = datetime(2030, 3, 7, tzinfo=UTC)
    assert reason(patient, session, now) == "Your seat in this group begins on Monday, March 11."
    with translation.override("es"):
        assert reason(patient, session, now) == "Su lugar en este grupo empieza el lunes 11 de marzo."


def test_a_meeting_before_ones_seat_began_is_simply_over(session):
    patient = patient_at_door(session)
    begun = session.ends_at + timedelta(hours=1)
    Seat.objects.filter(patient=patient).update(starts_at=begun)
    assert reason(patient, session, begun + timedelta(hours=1)) == "This meeting is over."


def test_the_door_names_the_day_when_it_opens_on_another_one(session):
    patient = patient_at_door(session)
    opens = session.starts_at - timedelta(minutes=30)
    assert reason(patient, session, opens - timedelta(days=1)).startswith("The door opens: tomorrow, ")


def test_the_door_opens_half_an_hour_before(session):
    patient = patient_at_door(session)
    early = session.starts_at - timedelta(minutes=31)
    assert "The door opens: " in reason(patient, session, early)
    assert "Central" in reason(patient, session, early)
    assert permissions.enter(patient, session, session.starts_at - timedelta(minutes=30))


def test_the_door_is_locked_when_the_group_was_ended_or_long_over(session):
    patient = patient_at_door(session)
    assert "has ended" in reason(patient, session, session.ends_at + queries.LATEST + timedelta(minutes=1))
    RoomFactory(session=session, ended=True)
    assert "has ended" in reason(patient, session)


def test_a_cancelled_session_has_no_door(session):
    patient = patient_at_door(session)
    session.cancelled_at = timezone.now()
    assert reason(patient, session) == "This meeting was called off."


@pytest.mark.parametrize("missing", list(ConsentType))
def test_each_agreement_is_needed(session, missing):
    """RULE PRIV-36, PRIV-38."""
    patient = patient_at_door(session)
    Consent.objects.filter(patient=patient, type=missing).update(revoked_at=timezone.now())
    assert "not signed" in reason(patient, session)


def test_a_parent_signs_the_agreements_of_a_minor_before_the_door_opens(session):
    """RULE PRIV-15."""
    patient = patient_at_door(session)
    Patient.objects.filter(pk=patient.pk).update(date_of_birth=born_to_be(16))
    patient.refresh_from_db()
    assert permissions.enter(patient, session)
    decided()
    Consent.objects.filter(patient=patient, type=ConsentType.TREATMENT).update(revoked_at=timezone.now())
    row = minors.agreed(patient)
    assert "A parent or guardian still has to sign" in reason(patient, session)
    assert door.next_step(session, patient) == "agree"
    signed_too(named(patient), row)
    assert permissions.enter(patient, session)


def test_a_door_check_is_needed_for_each_session(session):
    """RULE PRIV-35."""
    patient = patient_at_door(session)
    later = SessionFactory(group=session.group, starts_at=session.ends_at + timedelta(days=1))
    assert "where you are today" in reason(patient, later, later.starts_at)


def test_nobody_comes_in_with_others_in_the_room(session):
    assert "nobody else hears" in reason(patient_at_door(session, alone=False), session)


def test_nobody_comes_in_from_a_state_where_the_leader_is_not_licensed(session):
    """RULE PRIV-35."""
    assert "not licensed in the state" in reason(patient_at_door(session, state="ND"), session)


def test_a_license_that_ran_out_does_not_count(session):
    patient = patient_at_door(session)
    License.objects.filter(staff=session.leader).update(expires_on=date(2021, 1, 1))
    assert "not licensed" in reason(patient, session)


def test_the_reason_is_said_in_the_language_of_the_page(session):
    patient = patient_at_door(session)
    with translation.override("es"):
        assert "Central" not in reason(patient, session, session.starts_at - timedelta(hours=1))


def test_leader_co_leader_and_director_lead_and_nobody_else(session):
    session.co_leader = StaffFactory()
    for staff in (session.leader, session.co_leader, StaffFactory(roles=[Role.DIRECTOR])):
        assert permissions.lead(staff, session)
    for staff in (StaffFactory(), StaffFactory(roles=[Role.ADMISSIONS]), StaffFactory(roles=[Role.BILLER])):
        assert "leads it" in permissions.lead(staff, session).reason


def test_who_left_the_center_leads_no_more(session):
    session.leader.ended_at = timezone.now()
    assert not permissions.lead(session.leader, session)


def test_asking_takes_the_same_number_of_queries_however_full_the_group_is(session, django_assert_num_queries):
    patient = patient_at_door(session)
    for _ in range(4):
        patient_at_door(session)
    session = Session.objects.select_related("leader").get(pk=session.pk)
    with django_assert_num_queries(5):
        assert permissions.enter(patient, session)
    with django_assert_num_queries(4):
        queries.presence(session)


@pytest.mark.parametrize(
    ("away", "reason"),
    [
        (timedelta(days=-7, minutes=-1), "This opens a week before the group meets."),
        (timedelta(days=-7), ""),
        (timedelta(0), ""),
        (
            timedelta(hours=27, minutes=1),
            "The group was over a day ago. Open the page of the person you want to reach.",
        ),
    ],
)
def test_rosters_and_cards_open_a_week_before_and_close_a_day_after(session, away, reason):
    Session.objects.filter(pk=session.pk).update(ends_at=session.starts_at + timedelta(hours=3))
    session.refresh_from_db()
    assert permissions.prepare(session.leader, session, session.starts_at + away).reason == reason

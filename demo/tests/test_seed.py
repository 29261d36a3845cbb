from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from demo.management.commands.demo_signins import SHOWN
from demo.seed import seed_demo
from demo.soon import ensure_session_soon
from stepdown.admissions.models import Assessment, Episode, Inquiry
from stepdown.attendance.domain.minutes import clinical_minutes
from stepdown.attendance.models import Attendance
from stepdown.attendance.queries import first_groups
from stepdown.chart.domain.digest import digest_of
from stepdown.chart.models import GroupNote, PlanVersion
from stepdown.chart.services import content_of
from stepdown.kernel.instruments import evaluate, load
from stepdown.kernel.spans import Span
from stepdown.live import permissions as door
from stepdown.live import queries as live
from stepdown.live.services import end_room, open_room
from stepdown.measures.models import Administration, CheckIn, Scoring, WorkItem
from stepdown.people.models import License, PersonalLink, Role, Staff
from stepdown.people.supervision import supervision_on
from stepdown.people.visibility import patients_visible_to
from stepdown.placement.models import Group, Seat
from stepdown.privacy.models import EmergencyAccess, Parent, Restriction
from stepdown.privacy.permissions_notice import admit
from stepdown.privacy.queries import missing_consents
from stepdown.privacy.queries_looks import looks_during
from stepdown.privacy.queries_minors import is_minor, waits_for_parent, who_signs
from stepdown.privacy.services_looks import verify
from stepdown.timetable.models import Session
from stepdown.timetable.queries import roster

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(scope="module")
def center(django_db_setup, django_db_blocker):
    """One demo center for all tests here, taken back at the end."""
    with django_db_blocker.unblock():
        from django.db import transaction

        with transaction.atomic():
            seed_demo(now=NOW)
            yield
            transaction.set_rollback(True)


@pytest.fixture
def db(center, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def test_it_has_the_staff_the_groups_and_the_people_it_promises(db):
    assert {role: Staff.objects.with_role(role).count() for role in Role} == {
        Role.ADMISSIONS: 1,
        Role.COUNSELOR: 6,
        Role.DIRECTOR: 1,
        Role.BILLER: 1,
        Role.PRIVACY: 1,
        Role.ADMINISTRATOR: 1,
        Role.AUDITOR: 1,
    }
    assert Group.objects.filter(program__is_aftercare=False).count() == 8
    assert Group.objects.filter(program__is_aftercare=True).count() == 2
    assert Group.objects.values("time_zone").distinct().count() == 2
    assert 60 <= Episode.objects.count() <= 100  # more on some evenings than on some mornings
    assert Inquiry.objects.open().count() >= 5


def test_everyone_in_a_group_was_asked_and_most_answered(db):
    iop = Seat.objects.accepted().at(NOW).filter(group__program__is_aftercare=False)
    seated = set(iop.values_list("patient", flat=True))
    asked = Administration.objects.filter(patient__in=seated)
    assert set(asked.values_list("patient", flat=True)) == seated
    assert (
        asked.finished().count()
        > 0.7 * asked.exclude(why="session").filter(due_on__lt=NOW - timedelta(days=21)).count()
    )
    assert asked.open().exists()


def test_what_was_answered_scores_as_the_engine_says(db):
    scorings = Scoring.objects.select_related("administration")
    wrong = [
        scoring.pk
        for scoring in scorings
        if dict(evaluate(load(scoring.administration.instrument), scoring.administration.values).scores)
        != scoring.scores
    ]
    assert scorings.exists()
    assert wrong == []


def test_people_said_how_they_are_and_nobody_of_use(db):
    assert 10 < CheckIn.objects.count() < 70
    assert not CheckIn.objects.exclude(used_since=False).exists()


def test_one_work_item_is_open_and_one_is_settled(db):
    assert sorted(item.settled_at is not None for item in WorkItem.objects.all()) == [False, True]


def test_there_are_people_at_every_stage(db):
    held, standing = Seat.objects.held(), Seat.objects.accepted().at(NOW)
    assert held.filter(group__program__is_aftercare=False).exists()
    assert held.filter(group__program__is_aftercare=True).exists(), "a step down that waits for its answer"
    assert standing.filter(group__program__is_aftercare=True).exists()
    assert Episode.objects.filter(status="waitlist").exists()
    assert Episode.objects.exclude(ended_at=None).exists()


def test_two_people_wait_for_a_decision_and_one_assessment_goes_on(db):
    going_on = Assessment.objects.filter(decided_at=None)
    assert sorted(state is not None for state in going_on.values_list("ready_at", flat=True)) == [False, True, True]
    assert set(going_on.values_list("advice__advice", flat=True)) == {"IOP", "RESIDENTIAL", "INCOMPLETE"}


def test_nobody_asks_decides_or_says_yes_at_night(db):
    central = ZoneInfo("America/Chicago")
    moments = [
        *Inquiry.objects.filter(status=Inquiry.Status.ADMITTED).values_list("asked_at", "closed_at"),
        *Seat.objects.exclude(accepted_at=None).filter(starts_at__lt=NOW).values_list("offered_at", "accepted_at"),
    ]
    assert len(moments) > 50
    assert all(8 <= moment.astimezone(central).hour <= 20 for both in moments for moment in both)


def test_who_came_of_late_asked_for_a_call_days_before(db):
    ways = first_groups(NOW - timedelta(days=28), NOW)
    assert len(ways) > 3
    assert all(timedelta(days=2) < first - asked < timedelta(days=20) for asked, first in ways)


def test_ten_weeks_of_sessions_lie_behind_and_three_months_ahead(db):
    starts = Session.objects.order_by("starts_at").values_list("starts_at", flat=True)
    assert starts.first() < NOW - timedelta(weeks=10)
    assert starts.last() > NOW + timedelta(weeks=12)


def test_every_leader_is_licensed_where_each_patient_is(db):
    for seat in Seat.objects.standing().select_related("group", "patient"):
        assert License.objects.filter(staff=seat.group.leader_id, state=seat.patient.state).exists()


def test_recorded_minutes_are_what_the_inbox_says(db):
    checked = 0
    for session in Session.objects.filter(ends_at__lt=NOW).select_related("group__program").order_by("-starts_at")[:20]:
        stays, breaks = live.stays(session, NOW), live.breaks(session, NOW)
        for row in Attendance.objects.filter(session=session):
            whole = Span(session.starts_at, session.ends_at)
            assert row.minutes == clinical_minutes(stays.get(row.patient_id, []), whole, breaks)
            checked += 1
    assert checked > 50


def test_signed_notes_carry_the_digest_of_what_they_say(db):
    for note in GroupNote.objects.prefetch_related("parts")[:30]:
        assert note.digest == digest_of(content_of(note, list(note.parts.all())))


def test_attendance_is_uneven(db):
    shares = {status: Attendance.objects.filter(status=status).count() for status in ("present", "no_show", "late")}
    assert all(shares.values())
    assert 0.6 < shares["present"] / Attendance.objects.count() < 0.9


def test_everyone_in_care_has_a_personal_link(db):
    open_ = set(Episode.objects.filter(ended_at=None).values_list("patient", flat=True))
    assert open_ <= set(PersonalLink.objects.filter(revoked_at=None).values_list("patient", flat=True))


@pytest.mark.parametrize("day", range(7))
def test_whoever_signs_in_as_the_counselor_walks_into_a_room_at_once(db, day):
    counselor = Staff.objects.get(account__email=f"{SHOWN[Role.COUNSELOR].who}@fernbrook.example")
    for minutes in range(day, 24 * 60, 25):
        now = NOW + timedelta(days=day, minutes=minutes)
        session = ensure_session_soon(now=now)
        assert session.leader == counselor
        assert door.lead(counselor, session, now)
        assert session.ends_at >= now + timedelta(minutes=5)
        assert all(door.come(seat.patient, session, now) for seat in roster(session))
        assert ensure_session_soon(now=now) == session


def test_when_the_session_was_ended_early_there_is_another_one(db):
    now = NOW + timedelta(days=1)
    first = ensure_session_soon(now=now)
    open_room(session=first, by=first.leader)
    end_room(session=first, by=first.leader)
    other = ensure_session_soon(now=now)
    assert other != first
    assert door.lead(other.leader, other, now)


def test_one_record_is_restricted_and_was_opened_in_an_emergency_that_waits_for_its_review(db):
    restriction, access = Restriction.objects.get(), EmergencyAccess.objects.get()
    assert access.patient == restriction.patient
    assert access.ended_at < NOW
    assert access.judged_at is None
    assert not patients_visible_to(access.staff).filter(pk=access.patient_id).exists()
    team = [restriction.named.get().staff, Seat.objects.accepted().at(NOW).get(patient=access.patient).group.leader]
    assert all(patients_visible_to(one).filter(pk=access.patient_id).exists() for one in team)
    assert len(looks_during(access)) == 2
    assert verify().broken_at is None


def test_one_of_17_has_a_place_and_a_parent_signed_with_them(db):
    parent = Parent.objects.select_related("patient").get()
    patient = parent.patient
    assert is_minor(patient, NOW)
    assert who_signs(patient, timezone.now()) == "minor_and_parent"
    assert parent.signatures.count() == 3
    assert not waits_for_parent(patient)
    assert missing_consents(patient) == []
    assert Seat.objects.accepted().get(patient=patient).starts_at > NOW


def test_a_second_center_is_refused_with_a_sentence(db):
    with pytest.raises(CommandError, match="already has a center"):
        call_command("seed_demo")


@override_settings(DEMO=True)
def test_the_sign_ins_name_one_person_a_role_and_open_links(db, capsys):
    call_command("demo_signins")
    said = capsys.readouterr().out
    for who in ("ines", "ruth", "kit", "bill", "priya", "ada"):
        assert f"{who}@fernbrook.example" in said
    assert said.count("/me/") >= 3
    assert "signs with" in said
    assert "sees what June shares" in said


@override_settings(DEMO=False)
@pytest.mark.parametrize("command", [["demo_signins"], ["demo_code", "ines"], ["demo_reply", "+15125550117", "yes"]])
def test_sign_ins_and_codes_are_printed_in_the_demo_only(db, command):
    with pytest.raises(CommandError, match="demo only"):
        call_command(*command)


@override_settings(DEMO=True)
def test_a_text_message_of_the_demo_can_be_answered(db):
    """A seat that was offered and still is, to somebody who has the privacy notice in effect."""
    held = Seat.objects.filter(held_until__gt=timezone.now(), accepted_at=None, released_at=None)
    seat = next(seat for seat in held.select_related("patient") if admit(seat.patient))
    call_command("demo_reply", seat.patient.phone, "Yes")
    seat.refresh_from_db()
    assert seat.accepted_at


def test_rows_written_in_bulk_are_under_the_same_rules(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM placement_seatevent")
        assert cursor.fetchone()[0] >= Seat.objects.count()


def test_nobody_under_supervision_signs_a_plan(db):
    for version in PlanVersion.objects.signed().select_related("signed_by"):
        assert supervision_on(version.signed_by, timezone.localdate(version.signed_at)) is None

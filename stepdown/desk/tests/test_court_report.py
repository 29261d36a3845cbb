"""What goes to a court or probation is one fixed report. RULE PRIV-17."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.attendance.models import Attendance
from stepdown.attendance.tests.factories import AttendanceFactory
from stepdown.chart import services_drug_tests as drug_tests
from stepdown.chart.models import Objective, Progress
from stepdown.chart.tests.plans import document, in_group, signed_plan
from stepdown.outreach.supporters.tests.scenes import knowing, page_of, supported
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.models import Seat
from stepdown.privacy import services_sending as sending
from stepdown.privacy import sources
from stepdown.privacy.domain.sharing import FINAL_DISPOSITION, REPORT, Data, Kind, Whom
from stepdown.privacy.reports import items_of
from stepdown.privacy.tests.factories import queued, recipient_of, signed
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory
from stepdown.ui.tests.reading_pdf import pages

pytestmark = pytest.mark.django_db


def before(group):
    return SessionFactory(group=group, starts_at=timezone.now() - timedelta(days=1))


@pytest.fixture
def seat():
    """Came to one of two sessions; of two objectives of the plan one is met."""
    CenterFactory()
    seat = in_group()
    AttendanceFactory(seat=seat, confirmed=True)
    AttendanceFactory(seat=seat, confirmed=True, missed=True, session=before(seat.group))
    signed_plan(seat, document(objectives=2))
    objective = Objective.objects.order_by("number").first()
    Progress.objects.create(
        objective=objective, status="met", words="Rode out three urges.", on=timezone.localdate(), by=seat.group.leader
    )
    return seat


def consent_of(seat, *scope):
    return signed(
        seat.patient,
        Kind.JUSTICE,
        whom=Whom.MONITOR,
        scope=list(scope),
        purposes=["monitoring"],
        case_reference="26-CR-0007",
        monitors=["Pat Example, supervising officer"],
        duration="as long as the case is open",
        revocable_event=FINAL_DISPOSITION,
        expires_event=FINAL_DISPOSITION,
    )


def told(seat, classes=REPORT[Kind.JUSTICE]):
    found = items_of(seat.patient, classes, Kind.JUSTICE)
    return {data: [" ".join((item.title, *item.lines)) for item in items] for data, items in found.items()}


def test_its_parts_come_in_one_order_whatever_was_chosen_first(seat):
    """RULE PRIV-17."""
    assert list(told(seat, [Data.TESTS, Data.ATTENDANCE, Data.PROGRAM])) == [Data.PROGRAM, Data.ATTENDANCE, Data.TESTS]


def test_it_says_how_it_stands_and_goes_and_nothing_that_was_said(seat):
    """RULE PRIV-17."""
    said = told(seat)
    assert said[Data.PROGRAM][0].startswith("Now In care, since ")
    assert said[Data.ATTENDANCE][0] == "In all Came to 1 of 2 sessions."
    assert said[Data.PLAN] == ["Of 2 objectives of the plan not yet: 1, partly: 0, met: 1."]
    words = " ".join(line for lines in said.values() for line in lines)
    for secret in ("Rode out three urges", "Drinks after work", "mornings back", "Rides out an urge"):
        assert secret not in words


def test_on_a_page_of_their_own_they_read_the_same_report(seat):
    """RULE PRIV-17."""
    supporter = supported(seat.patient, consent_of(seat, *REPORT[Kind.JUSTICE]))
    page = knowing(supporter).get(page_of(supporter)).content.decode()
    for said in ("Progress", "Of 2 objectives of the plan", "Came to 1 of 2 sessions."):
        assert said in page
    for secret in ("Rode out three urges", "Drinks after work", "mornings back", "Rides out an urge"):
        assert secret not in page


@pytest.mark.parametrize("data", sorted(set(Data) - set(REPORT[Kind.JUSTICE])))
def test_nothing_else_is_ever_part_of_it(seat, data):
    """RULE PRIV-17: neither notes of a group nor counseling notes, even where a consent were to name them."""
    with pytest.raises(KeyError):
        items_of(seat.patient, [data], Kind.JUSTICE)


def test_what_is_sent_is_the_report_with_its_parts_named(seat, client):
    """RULE PRIV-17."""
    me = StaffFactory(roles=[Role.PRIVACY])
    packet = queued(consent_of(seat, "attendance", "program"), me)
    sign_in(client, me)
    client.post(reverse("privacy:packet_act", args=[packet.pk, "release"]))
    words = " ".join(pages(client.get(reverse("privacy:packet_file", args=[packet.pk])).content))
    assert f"Report of progress: {seat.patient.name}" in words
    assert words.index("Status") < words.index("Came to 1 of 2 sessions.")
    assert "Test results" not in words


def test_a_test_result_goes_only_where_the_consent_names_it(seat):
    """RULE PRIV-17."""
    row = consent_of(seat, "attendance")
    answer = sending.ask_gate(
        patient=seat.patient,
        recipient=row.recipient,
        purpose="monitoring",
        classes=["attendance", "tests"],
        by=StaffFactory(roles=[Role.PRIVACY]),
    )
    assert (answer.verdict.allowed, answer.verdict.beyond) == (False, {"tests"})


def test_a_court_without_such_a_consent_gets_nothing(seat):
    to = recipient_of(seat.patient, Whom.COURT, "Example County court")
    answer = sending.ask_gate(
        patient=seat.patient, recipient=to, purpose="monitoring", classes=["attendance"], by=StaffFactory()
    )
    assert not answer.verdict.allowed


def gave_test(seat, result, ago):
    with time_machine.travel(timezone.now() - ago, tick=False):
        by = seat.group.leader
        test = drug_tests.ask_for_test(patient=seat.patient, panels=["etg"], way="lab", by=by)
        test = drug_tests.collect(test=test, identity_checked=True, by=by)
        drug_tests.write_result(test=test, stage="presumptive", result=result, shared="together", by=by)


def readmitted(seat):
    """That episode is over; of the next one there is a session they came to. In each they gave a test."""
    by = seat.group.leader
    gave_test(seat, "positive_expected", timedelta(days=2))
    over = timezone.now() - timedelta(days=1)
    Episode.objects.filter(pk=seat.episode_id).update(status="completed", ended_at=over, ended_by=by)
    Seat.objects.filter(pk=seat.pk).update(ends_at=over)
    again = in_group(patient=seat.patient, days=0)
    AttendanceFactory(seat=again, confirmed=True)
    gave_test(again, "negative", timedelta(0))
    return again


def test_nothing_of_an_earlier_episode_is_told(seat):
    """RULE PRIV-17; 42 CFR 2.13(a)."""
    readmitted(seat)
    said = told(seat, [Data.ATTENDANCE, Data.TESTS])
    assert said[Data.ATTENDANCE][0] == "In all Came to 1 of 1 sessions."
    assert len(said[Data.ATTENDANCE]) == 2
    assert len(said[Data.TESTS]) == 1
    assert "egative" in said[Data.TESTS][0]


def test_on_their_own_page_and_to_others_every_episode_is_told(seat):
    readmitted(seat)
    found = sources.items_of(seat.patient, [Data.ATTENDANCE, Data.TESTS])
    assert [len(items) for items in found.values()] == [3, 2]


@pytest.mark.parametrize("status", ["excused", "cancelled_site"])
def test_a_session_from_which_they_were_excused_does_not_count_against_them(seat, status):
    Attendance.objects.filter(status="no_show").update(status=status)
    said = told(seat)[Data.ATTENDANCE]
    assert (said[0], len(said)) == ("In all Came to 1 of 1 sessions.", 3)


def test_a_session_that_did_not_take_place_is_told_to_nobody(seat):
    row = Attendance.objects.get(status="no_show")
    Session.objects.filter(pk=row.session_id).update(cancelled_at=row.session.ends_at, cancelled_why="Nobody led it")
    said = told(seat)[Data.ATTENDANCE]
    assert (said[0], len(said)) == ("In all Came to 1 of 1 sessions.", 2)
    told_on = sources.items_of(seat.patient, [Data.ATTENDANCE])
    assert len(told_on[Data.ATTENDANCE]) == 1

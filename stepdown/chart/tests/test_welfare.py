"""Who does not come is noticed by itself; every step is kept; the pages of it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance.models import Attendance
from stepdown.attendance.services import confirm, draw_up, draw_up_ended
from stepdown.attendance.tests.factories import AttendanceFactory, saw, seated
from stepdown.chart import services_welfare
from stepdown.chart.models import Missed, MissedSession, WelfareStep
from stepdown.chart.tests.plans import in_group
from stepdown.desk.queries.day import day_of
from stepdown.kernel.db import RuleBroken
from stepdown.live.models import Attempt, Knock
from stepdown.live.tests.factories import DoorCheckFactory, JoinFactory, RoomFactory, agreed
from stepdown.measures.tests.factories import AdministrationFactory
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.services import issue_link
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.privacy.models import Disclosure, Emergency
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    CenterFactory()
    return in_group()


def meets(seat, minutes=11, **fields):
    """A session of their group that began so many minutes ago, with an open room."""
    session = SessionFactory(group=seat.group, starts_at=timezone.now() - timedelta(minutes=minutes), **fields)
    RoomFactory(session=session, opened_at=session.starts_at)
    return session


def keep(later=timedelta(0)):
    services_welfare.keep(now=timezone.now() + later)


def log(case, act="call", came="no_answer", **fields):
    return services_welfare.log_step(missed=case, act=act, came=came, by=case.owner, **fields)


def missed(seat, days=0, **fields):
    session = SessionFactory(group=seat.group, starts_at=timezone.now() - timedelta(days=days, minutes=11))
    return services_welfare.notice(session=session, patient=seat.patient, now=timezone.now(), is_on=False, **fields)


# -- noticed by itself


def test_ten_minutes_after_the_start_the_patient_is_texted_and_the_leader_told(seat):
    issue_link(patient=seat.patient)
    meets(seat)
    keep()
    keep()
    case = Missed.objects.get()
    assert (case.patient, case.owner, case.next_act) == (seat.patient, seat.group.leader, "call")
    assert [(text.by, text.how) for text in Attempt.objects.all()] == [(None, "text")]
    to = Message.objects.values_list("kind", "patient", "staff")
    assert sorted(map(str, to)) == sorted(
        map(str, [("meeting_on", seat.patient_id, None), ("look", None, seat.group.leader_id)])
    )


def test_before_ten_minutes_or_without_an_open_room_nobody_is_missed(seat):
    meets(seat, minutes=8)
    SessionFactory(group=in_group().group, starts_at=timezone.now() - timedelta(minutes=12))
    keep()
    assert not Missed.objects.exists()


def test_who_came_in_or_was_excused_is_not_missed(seat):
    session = meets(seat)
    JoinFactory(session=session, patient=seat.patient)
    other = in_group()
    AttendanceFactory(session=meets(other), seat=other, status=Attendance.Status.EXCUSED, minutes=0)
    keep()
    assert not Missed.objects.exists()


def test_who_was_let_in_before_the_start_and_lost_is_missing(seat):
    """Source: program manual, section 6 (ten minutes after the start); RULE PROG-06."""
    session = meets(seat)
    DoorCheckFactory(session=session, patient=seat.patient, at=session.starts_at - timedelta(minutes=16), craving=9)
    came_and_lost(session, seat.patient, -15, -8)
    came_and_lost(session, seated(session), -15, None)
    came_and_lost(session, seated(session), -15, 2)
    keep()
    case = Missed.objects.get()
    assert (case.patient, case.flags, case.next_act) == (seat.patient, ["urge"], "call")


def came_and_lost(session, patient, came, lost):
    """In minutes from the start; lost is None for whoever is there."""
    at = session.starts_at + timedelta(minutes=came)
    join = JoinFactory(session=session, patient=patient, at=at)
    saw(join, "arrived", at)
    if lost is not None:
        saw(join, "left", session.starts_at + timedelta(minutes=lost))


def test_what_the_door_saw_when_the_room_was_ended_by_mistake_excuses_nobody(seat):
    session = meets(seat)
    AttendanceFactory(session=session, seat=seat, status=Attendance.Status.CANCELLED_SITE, minutes=0)
    keep()
    assert Missed.objects.get().patient == seat.patient


def test_where_a_note_says_how_it_is_safe_to_reach_them_no_text_goes_by_itself(seat):
    issue_link(patient=seat.patient)
    seat.patient.safe_contact_note = "Do not text: a partner reads the phone."
    seat.patient.save()
    meets(seat)
    keep()
    assert Missed.objects.exists()
    assert not Attempt.objects.exists()


def test_what_nobody_noticed_in_time_is_taken_up_after_the_group(seat):
    session = SessionFactory(group=seat.group, starts_at=timezone.now() - timedelta(hours=5))
    AttendanceFactory(session=session, seat=seat, missed=True)
    keep()
    assert MissedSession.objects.get().session == session
    assert not Attempt.objects.exists()


def test_nobody_is_searched_for_who_waited_for_a_leader_who_never_came(seat):
    session = SessionFactory(group=seat.group, starts_at=timezone.now() - timedelta(hours=5))
    Knock.objects.create(session=session, patient=seat.patient, at=session.starts_at, ended_at=session.ends_at)
    draw_up(session=session)
    keep()
    assert Attendance.objects.get().status == "cancelled_site"
    assert not Missed.objects.exists()


def test_who_comes_late_ends_it_by_that(seat):
    session = meets(seat)
    keep()
    came_and_lost(session, seat.patient, 11, None)
    keep(timedelta(minutes=1))
    case = Missed.objects.get()
    assert (case.over_why, case.next_act) == ("came_late", "")


def test_who_is_excused_afterwards_ends_it_by_that(seat):
    session = meets(seat)
    keep()
    AttendanceFactory(session=session, seat=seat, status=Attendance.Status.EXCUSED, minutes=0)
    keep(timedelta(minutes=1))
    assert Missed.objects.get().over_why == "excused"


def test_who_gave_up_waiting_at_the_door_is_searched_for_until_somebody_confirms_that_we_kept_them_out(seat):
    session = meets(seat, minutes=13)
    at, gave_up = session.starts_at, session.starts_at + timedelta(minutes=11)
    DoorCheckFactory(session=session, patient=seat.patient, at=at, craving=9)
    Knock.objects.create(session=session, patient=seat.patient, at=at, ended_at=gave_up)
    keep()
    after = session.ends_at + timedelta(minutes=1)
    draw_up_ended(now=after, since=session.starts_at - timedelta(days=1))
    services_welfare.keep(now=after)
    assert Attendance.objects.get().status == "cancelled_site"
    case = Missed.objects.get()
    assert (case.over_why, case.flags, case.next_act) == ("", ["urge"], "call")
    confirm(session=session, by=session.leader, now=after + timedelta(minutes=1))
    services_welfare.keep(now=after + timedelta(minutes=2))
    assert Missed.objects.get().over_why == "excused"


def test_an_excuse_does_not_end_it_while_danger_is_unanswered(seat):
    session = meets(seat)
    keep()
    case = Missed.objects.get()
    log(case, came="danger", words="Says that it is enough.")
    AttendanceFactory(session=session, seat=seat, status=Attendance.Status.EXCUSED, minutes=0)
    keep(timedelta(minutes=1))
    case.refresh_from_db()
    assert (case.over_why, case.next_act) == ("", "check")
    log(case, act="check", came="asked", words="Police are on their way.")
    case.refresh_from_db()
    assert case.over_why == "excused"


def test_danger_after_a_call_that_found_them_safe_asks_for_a_check(seat):
    missed(seat, days=2)
    case = missed(seat)
    log(case, came="safe")
    case.refresh_from_db()
    assert case.next_act == "individual"
    log(case, came="danger", words="Calls again: says that it is enough.")
    case.refresh_from_db()
    assert case.next_act == "check"


def test_who_comes_to_a_later_group_is_back(seat):
    case = missed(seat, days=1)
    came_and_lost(meets(seat), seat.patient, 2, None)
    keep()
    case.refresh_from_db()
    assert case.over_why == "came_back"


def test_a_high_urge_before_makes_it_faster(seat):
    earlier = SessionFactory(group=seat.group, starts_at=timezone.now() - timedelta(days=2))
    DoorCheckFactory(session=earlier, patient=agreed(seat.patient), craving=8)
    seat.patient.emergency_contact_phone = "+15125550143"
    seat.patient.save()
    case = missed(seat)
    assert case.flags == ["urge"]
    for _ in range(2):
        log(case, words=str(_))
    case.refresh_from_db()
    assert case.next_act == "contact"


def test_what_the_emergency_contact_heard_is_a_disclosure(seat):
    seat.patient.emergency_contact_name, seat.patient.emergency_contact_phone = "Cleo Specimen", "+15125550143"
    seat.patient.save()
    agreed(seat.patient)
    case = missed(seat)
    log(case, act="contact", came="no_answer")
    assert not Disclosure.objects.exists()
    log(case, act="contact", came="safe", words="Is at his brother’s.")
    found = Disclosure.objects.get()
    assert (found.basis, found.recipient_name, found.recipient_address) == (
        "agreement",
        "Cleo Specimen",
        "+15125550143",
    )
    assert found.facts["told"] == "Is at his brother’s."


def test_without_the_agreement_nobody_calls_the_emergency_contact(seat):
    seat.patient.emergency_contact_phone = "+15125550143"
    seat.patient.save()
    case = missed(seat)
    Missed.objects.filter(pk=case.pk).update(flags=["urge"])
    for _ in range(2):
        log(case, words=str(_))
    case.refresh_from_db()
    assert case.next_act == "check"


def test_a_second_absence_within_a_week_asks_for_an_individual_session(seat):
    first = missed(seat, days=2)
    log(first, came="safe")
    second = missed(seat)
    second.refresh_from_db()
    assert second != first
    assert second.second
    log(second, came="safe")
    second.refresh_from_db()
    assert (second.next_act, second.over_at) == ("individual", None)
    log(second, "individual", "agreed")
    second.refresh_from_db()
    assert second.over_why == "reached"


def test_three_in_a_row_ask_for_a_case_conference(seat):
    for days in (4, 2):
        session = SessionFactory(group=seat.group, starts_at=timezone.now() - timedelta(days=days))
        AttendanceFactory(session=session, seat=seat, missed=True)
    assert missed(seat).conference_why == "in_a_row"


# -- what was done


def test_a_call_from_the_room_counts_as_a_step(seat):
    session = meets(seat)
    keep()
    leader = seat.group.leader
    call = Attempt.objects.create(session=session, patient=seat.patient, by=leader, how="call")
    keep()
    assert Missed.objects.get().next_act == "call"
    call.outcome = "talked"
    call.save()
    keep()
    assert Missed.objects.get().over_why == "reached"


def test_two_taps_are_one_step_and_nothing_of_it_changes(seat):
    case = missed(seat)
    assert log(case) == log(case)
    for table, change in ((WelfareStep, {"words": "x"}), (Missed, {"next_act": ""})):
        if table is Missed:
            log(case, came="safe")
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.first().delete()
    with pytest.raises(RuleBroken, match="This is over"):
        log(case)


def test_a_decision_without_words_is_refused_by_the_table(seat):
    with pytest.raises(RuleBroken, match="what was decided"):
        log(missed(seat), "check", "not_needed")


def test_it_never_ends_care(seat):
    case = missed(seat)
    log(case, "review", "held", words="The seat is kept for another week.")
    seat.episode.refresh_from_db()
    assert seat.episode.ended_at is None


# -- pages


def test_it_stands_on_the_leaders_day_and_late_on_the_directors(seat):
    case = missed(seat)
    what = f"{seat.patient.called} did not come: call"
    director = StaffFactory(roles=[Role.DIRECTOR])
    now, zone = timezone.now(), timezone.get_current_timezone()
    assert what in [todo.what for todo in day_of(case.owner, now, zone).coming]
    assert what not in [todo.what for todo in day_of(director, now, zone).late]
    later = now + timedelta(minutes=10)
    for staff in (case.owner, director):
        assert what in [todo.what for todo in day_of(staff, later, zone).late]


def test_one_tap_writes_down_what_came_of_it(client, seat):
    case = missed(seat)
    page = sign_in(client, case.owner)
    url = reverse("chart:missed", args=[case.pk])
    shown = page.get(url).content.decode()
    assert "Left a message without content" in shown
    assert seat.patient.address in shown
    assert "discharge" not in shown.lower()
    assert page.post(url, {"act": "call", "tap": "no_answer:phone"}).status_code == 302
    step = WelfareStep.objects.get()
    assert (step.act, step.came, step.how, step.by) == ("call", "no_answer", "phone", case.owner)
    assert seat.patient.name in page.get(reverse("chart:missed_list")).content.decode()


def test_what_needs_words_asks_for_them_and_keeps_the_rest(client, seat):
    case = missed(seat)
    page = sign_in(client, case.owner)
    url = reverse("chart:missed", args=[case.pk])
    answer = page.post(url, {"act": "check", "came": "not_needed", "how": "", "words": " "})
    assert (answer.status_code, "what was decided, and why" in answer.content.decode()) == (422, True)
    answer = page.post(url, {"act": "letter", "came": "safe", "how": "", "words": "Mine"})
    assert (answer.status_code, "Choose one of: Sent." in answer.content.decode()) == (422, True)
    assert not WelfareStep.objects.exists()


def test_another_counselor_finds_nothing(client, seat):
    url = reverse("chart:missed", args=[missed(seat).pk])
    assert sign_in(client, StaffFactory()).get(url).status_code == 404


@pytest.mark.parametrize(
    ("values", "days", "flags"),
    [
        ({"crave_now": 7}, 1, ["urge"]),
        ({"crave_now": 2, "crave_week": 9}, 1, ["urge"]),
        ({"crave_now": 6, "crave_week": None}, 1, []),
        ({"crave_now": 9}, 8, []),
    ],
)
def test_a_high_urge_told_before_a_group_makes_it_faster(seat, values, days, flags):
    AdministrationFactory(
        patient=seat.patient, instrument="craving-nrs", values=values, saved_at=timezone.now() - timedelta(days=days)
    )
    assert missed(seat).flags == flags


@pytest.mark.parametrize(
    ("act", "came", "tells"),
    [("call", "danger", True), ("check", "asked", True), ("check", "not_needed", False), ("call", "no_answer", False)],
)
def test_a_911_call_or_a_welfare_check_opens_a_disclosure_whose_facts_are_written_down(client, seat, act, came, tells):
    """RULE PRIV-22."""
    case = missed(seat)
    log(case, act=act, came=came, words="Does not open the door.")
    opened = [(one.patient, one.opened_by) for one in Emergency.objects.all()]
    assert opened == ([(seat.patient, case.owner)] if tells else [])
    day = sign_in(client, case.owner).get(reverse("desk:day")).content.decode()
    assert (f"Write down whom you told of {seat.patient.called}" in day) is tells

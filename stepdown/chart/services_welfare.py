"""Somebody did not come: it is noticed by itself, every step is kept, and what stands next is worked out after each.

Source: RULE PROG-06.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance.models import Attendance
from stepdown.chart import queries_returns
from stepdown.chart import queries_welfare as queries
from stepdown.chart.domain import welfare
from stepdown.chart.domain.return_to_use import due_at
from stepdown.chart.models import Missed, MissedSession, WelfareStep
from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.live.models import Attempt
from stepdown.live.services_missing import text_by_itself
from stepdown.outreach.models import Message
from stepdown.outreach.services import tell_all
from stepdown.people.models import Patient, Staff
from stepdown.privacy.queries import who_allow_emergency_call
from stepdown.privacy.services_exceptions import open_emergency, told_emergency_contact
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)
SAME_TAP = timedelta(seconds=30)
OVER = "This is over. Nothing more is written here."
Over = Missed.Over
DUE_BY = {welfare.Act.INDIVIDUAL: "individual_by", welfare.Act.CONFERENCE: "conference_by"}


def keep(*, now: datetime) -> None:
    """Once a minute: who is missing ten minutes after the start is sent their link, and who leads is told; what was
    missed in the last days and not noticed is taken up; then every open case is worked out again."""
    leaders: dict[Any, Staff] = {}
    for session in queries.running(now):
        for patient in queries.not_in_the_room(session, now):
            notice(session=session, patient=patient, now=now, is_on=True)
            leaders[session.leader_id] = session.leader
    for row in queries.recorded_as_missed(now):
        notice(session=row.session, patient=row.patient, now=now, is_on=False)
        leaders[row.session.leader_id] = row.session.leader
    if leaders:
        page = reverse("chart:missed_list")
        tell_all(staff=leaders.values(), kind=Message.Kind.LOOK, page=lambda staff: page)
    work_out(queries.open_rows(), now=now)


@transaction.atomic
def notice(*, session: Session, patient: Patient, now: datetime, is_on: bool) -> Missed:
    """Takes down that they missed this group, in the case that is open or a new one; once, unless it was over.

    is_on: the group meets now, so they are sent their link where that is safe.
    """
    one_at_a_time(f"missed {patient.pk}")
    known = MissedSession.objects.filter(session=session, patient=patient, over_why="").select_related("missed").first()
    if known:
        return known.missed
    case = Missed.objects.filter(patient=patient, over_at=None).first() or Missed(
        patient=patient, noticed_at=now, last_contact_at=queries.last_contact(patient, session.starts_at)
    )
    case.owner = session.leader
    case.flags = list(dict.fromkeys([*case.flags, *queries.flags_of(patient, now)]))
    in_a_row = welfare.in_a_row([False, *queries.came_lately(patient, session)])
    if in_a_row >= welfare.IN_A_ROW and not case.conference_by:
        _ask_for_conference(case, Missed.Conference.IN_A_ROW, session.service_date, now)
    case.save()
    MissedSession.objects.create(missed=case, patient=patient, session=session, noticed_at=now)
    if is_on:
        text_by_itself(session=session, patient=patient, now=now)
    work_out(queries.open_rows(pk=case.pk), now=now)
    log.info("missed", missed_id=case.pk, session_id=session.pk, flags=len(case.flags))
    return case


@transaction.atomic
def ask_for_conferences(*, monday: date, now: datetime, confirmed_since: datetime | None = None) -> int:
    """After a week, once all of it is confirmed: a case conference about everyone who was in group under six hours,
    whether they missed a group or left each early. Gives how many. `confirmed_since`: only about those of whose week
    something was confirmed since then."""
    asked = 0
    for patient in queries.of_short_weeks(monday, confirmed_since=confirmed_since):
        week = queries.week_of(patient, monday)
        owner = queries_returns.who_answers(patient)
        if owner is None or not welfare.is_short_week(week.minutes, week.planned):
            continue
        one_at_a_time(f"missed {patient.pk}")
        case = Missed.objects.filter(patient=patient, over_at=None).first()
        case = case or Missed(patient=patient, noticed_at=now, owner=owner)
        if not case.conference_by:
            sunday = monday + timedelta(days=6)
            _ask_for_conference(case, Missed.Conference.SHORT_WEEK, sunday, now)
            case.save()
            asked += 1
            work_out(queries.open_rows(pk=case.pk), now=now)
    return asked


def _ask_for_conference(case: Missed, why: str, on: date, now: datetime) -> None:
    case.conference_why, case.conference_on = why, on
    case.conference_by = _two_working_days(case.patient, now)


def _two_working_days(patient: Patient, now: datetime) -> datetime:
    zone = ZoneInfo(patient.time_zone)
    return due_at(now, zone, queries_returns.closed_days(now.astimezone(zone).date()))


@transaction.atomic
def log_step(
    *, missed: Missed, act: str, came: str, how: str = "", words: str = "", by: Staff, now: datetime | None = None
) -> WelfareStep:
    """What somebody did and what came of it. A second tap within 30 seconds is the same step. Who calls 911 or asks
    for a welfare check tells of the patient in an emergency: its facts are then to be written down (RULE PRIV-22). A
    meeting with or about them is due no more from then on, so that what calls for the next one sets a date of its own.

    Raises RuleBroken: it is over, this cannot come of that, a decision without words.
    """
    now = now or timezone.now()
    one_at_a_time(f"missed {missed.patient_id}")
    if Missed.objects.filter(pk=missed.pk).exclude(over_at=None).exists():
        raise RuleBroken(OVER)
    if act not in set(welfare.Act) or came not in welfare.RESULTS[welfare.Act(act)]:
        raise RuleBroken("Choose what was done, and what came of it.")
    said = {"act": act, "came": came, "how": how, "words": words.strip(), "by": by}
    same = WelfareStep.objects.filter(missed=missed, at__gt=now - SAME_TAP, at__lte=now, **said).first()
    if same:
        return same
    with rules_speak():
        step = WelfareStep.objects.create(missed=missed, at=now, **said)
    if act == welfare.Act.CONTACT and came in welfare.CONTACT_WAS_TOLD:
        told_emergency_contact(patient=missed.patient, words=step.words, by=by, now=now)
    if came == welfare.Came.DANGER or (act, came) == (welfare.Act.CHECK, welfare.Came.ASKED):
        open_emergency(patient=missed.patient, by=by, now=now)
    if held := DUE_BY.get(welfare.Act(act)):
        Missed.objects.filter(pk=missed.pk).update(**{held: None})
    work_out(queries.open_rows(pk=missed.pk), now=now)
    log.info("welfare step", missed_id=missed.pk, act=act, came=came, by=by.pk)
    return step


@transaction.atomic
def work_out(found: QuerySet[Missed], *, now: datetime) -> None:
    """What stands next with each, from everything that is known; what has nothing left is over. Ten queries, and one
    for each that changed."""
    rows = list(found.select_for_update(of=("self",), no_key=True))
    if not rows:
        return
    facts = _Facts(rows, now)
    for row in rows:
        before = (row.second, row.individual_by, row.next_act, row.next_at)
        _end_sessions(row, facts)
        why, due = _standing(row, facts, now)
        first = welfare.first_of(due, now) if due else None
        row.next_act, row.next_at = (first.act, first.at) if first else ("", None)
        if why:
            row.over_at, row.over_why = now, why
        if why or before != (row.second, row.individual_by, row.next_act, row.next_at):
            row.save()
        if why:
            log.info("missed is over", missed_id=row.pk, why=str(why))


class _Facts:
    """What several open cases are worked out of, read at once."""

    def __init__(self, rows: Collection[Missed], now: datetime) -> None:
        people = [row.patient_id for row in rows]
        self.attempts: dict[Any, list[Attempt]] = queries.attempts_of(rows)
        self.joined = queries.joined_since(rows)
        self.recorded = queries.recorded(rows)
        self.told = queries.told_us(rows)
        self.starts = queries.missed_starts(people, now - timedelta(days=60))
        self.allow = who_allow_emergency_call(people)
        self.in_care = queries.in_care(people)


def _end_sessions(row: Missed, facts: _Facts) -> None:
    """A group they came to after all, or were excused from, or that did not take place, is missed no more, nor one of
    which we were told that they cannot come. Once it is recorded that they missed it, neither their coming into its
    room nor what was told says anything against that."""
    for one in row.sessions.all():
        if one.over_why:
            continue
        status = facts.recorded.get((one.session_id, row.patient_id), "")
        came = one.session_id in {session for session, _at in facts.joined[row.patient_id]}
        if one.session.cancelled_at:
            one.over_why = Over.CALLED_OFF
        elif status in queries.THERE or (came and status != Attendance.Status.NO_SHOW):
            one.over_why = Over.CAME_LATE
        elif status in queries.EXPLAINED or (
            status != Attendance.Status.NO_SHOW and (one.session_id, row.patient_id) in facts.told
        ):
            one.over_why = Over.EXCUSED
        if one.over_why:
            one.save(update_fields=["over_why"])


def _standing(row: Missed, facts: _Facts, now: datetime) -> tuple[str, tuple[welfare.Due, ...]]:
    """(why it is over, or empty; what stands)."""
    if row.patient_id not in facts.in_care:
        return Over.LEFT, ()
    every = list(row.sessions.all())
    sessions = [one for one in every if not one.over_why]
    steps = queries.steps_of(row, facts.attempts[row.patient_id])
    if every and not sessions:
        check = welfare.check_after_danger(steps, max((at for _one, at in facts.joined[row.patient_id]), default=None))
        return ("", (check,)) if check else (every[-1].over_why, ())
    case = _case(row, sessions, steps, facts, now)
    due = welfare.next_steps(case, steps)
    if due:
        return "", due
    if any(step.act == welfare.Act.REVIEW for step in steps):
        return Over.REVIEWED, ()
    return Over.CAME_BACK if case.came_back_at else Over.REACHED, ()


def _case(
    row: Missed, sessions: list[MissedSession], steps: list[welfare.Step], facts: _Facts, now: datetime
) -> welfare.Case:
    patient, zone = row.patient, ZoneInfo(row.patient.time_zone)
    if not sessions:  # a case conference about a week, with nobody to look for
        return welfare.Case(
            row.noticed_at, row.noticed_at, conference_by=row.conference_by, came_back_at=row.noticed_at
        )
    last = max((one.session for one in sessions), key=lambda session: session.starts_at)
    later = (
        at for session, at in facts.joined[patient.pk] if at > (last.ends_at if session == last.pk else last.starts_at)
    )
    row.second = welfare.is_second(facts.starts[patient.pk], last.starts_at, zone)
    offered = any(step.act == welfare.Act.INDIVIDUAL and step.at >= last.starts_at for step in steps)
    if not row.second:
        row.individual_by = None
    elif not row.individual_by and not offered:
        row.individual_by = _two_working_days(patient, now)
    return welfare.Case(
        starts_at=last.starts_at,
        same_day=welfare.same_day(last.starts_at, last.ends_at, zone),
        flagged=bool(row.flags),
        second=row.second,
        individual_by=row.individual_by,
        conference_by=row.conference_by,
        may_call_contact=bool(patient.emergency_contact_phone) and patient.pk in facts.allow,
        last_contact_at=row.last_contact_at,
        came_back_at=max(later, default=None),
    )

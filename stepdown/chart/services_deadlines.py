"""Deadlines: made when their clock starts, done with the act they wait for, moved with a reason.

Source: RULE PROG-10.
"""

from datetime import date, datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.chart import queries_calls, queries_plan
from stepdown.chart.models import ContactNote, Deadline, DeadlineMove
from stepdown.kernel.db import rules_speak
from stepdown.live.queries import has_met
from stepdown.people.models import Staff
from stepdown.placement.models import Group
from stepdown.timetable.domain.calendar import moment
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)
# Source: glossary, "treatment plan": within 7 days of admission; "plan review": every 30 days.
FIRST_PLAN = timedelta(days=7)
REVIEW = timedelta(days=30)
# Source: glossary, "plan review": also on a change of level or a critical event. The days are the project's default.
REVIEW_AFTER = timedelta(days=7)
INCIDENTS_LATELY = timedelta(days=7)
REVIEWS = (Deadline.Kind.PLAN_REVIEW, Deadline.Kind.LEVEL_REVIEW, Deadline.Kind.EVENT_REVIEW)
# How soon somebody is called for whom the day had passed when care ended. Source: the project's default.
CALLED_WITHIN = timedelta(days=1)
CAME_BACK = "They came back to IOP."
MISSED = "Not made in time: the next call came first."
# Who began longer ago, before the center kept its plans here, has no date until their plan is signed.
LATELY = timedelta(days=30)


@transaction.atomic
def make_first_plan_deadlines(*, now: datetime) -> list[Deadline]:
    """A date for the first plan of everyone whose first session was in the last 30 days and who has neither."""
    made = []
    for episode in queries_plan.begun_without_plan(since=now - LATELY, now=now):
        seat = queries_plan.seat_of(episode, now)
        if seat is None or episode.admitted_on is None:
            continue
        first = moment(episode.admitted_on, seat.group.starts_at, seat.group.zone)
        if first > now or _may_be_called_off(seat.group, episode.admitted_on, now):
            continue
        made.append(
            Deadline(
                episode=episode,
                kind=Deadline.Kind.PLAN,
                counted_from=first,
                offset=FIRST_PLAN,
                due_at=first + FIRST_PLAN,
                owner=seat.group.leader,
            )
        )
    Deadline.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        log.info("first plan deadlines made", count=len(made))
    return made


def _may_be_called_off(group: Group, on: date, now: datetime) -> bool:
    """Whether the group's session of that day is one that nobody has opened, whose time is not over."""
    sessions = Session.objects.standing().filter(group=group, service_date=on, ends_at__gt=now)
    return any(not has_met(session) for session in sessions)


@transaction.atomic
def plan_was_signed(*, episode: Episode, at: datetime, by: Staff) -> Deadline:
    """What waited for this plan is done, and its review is due after as many days as the program says."""
    waiting = Deadline.objects.filter(episode=episode, kind__in=[Deadline.Kind.PLAN, *REVIEWS], done_at=None)
    waiting.update(done_at=at, done_by=by)
    seat = queries_plan.seat_of(episode, at)
    offset = timedelta(days=seat.group.program.review_days) if seat else REVIEW
    return Deadline.objects.create(
        episode=episode,
        kind=Deadline.Kind.PLAN_REVIEW,
        counted_from=at,
        offset=offset,
        due_at=at + offset,
        owner=seat.group.leader if seat else by,
    )


@transaction.atomic
def review_plan_after(*, episode: Episode, kind: Deadline.Kind, at: datetime) -> Deadline | None:
    """The plan is to be reviewed within 7 days of a new level (LEVEL_REVIEW) or an incident (EVENT_REVIEW).

    None when there is no plan in force, nobody leads them, or such a review is due already.
    """
    seat = queries_plan.seat_of(episode, at)
    owner = seat.group.leader if seat else episode.patient.counselor
    if owner is None or episode.ended_at or queries_plan.in_force(episode) is None:
        return None
    waits, is_new = Deadline.objects.get_or_create(
        episode=episode,
        kind=kind,
        done_at=None,
        defaults={"counted_from": at, "offset": REVIEW_AFTER, "due_at": at + REVIEW_AFTER, "owner": owner},
    )
    return waits if is_new else None


def review_plans_after_incidents(*, now: datetime) -> int:
    """For each grave incident of the last days: the plan is to be reviewed, once. Gives how many."""
    made = 0
    for incident in queries_plan.incidents_to_review(since=now - INCIDENTS_LATELY):
        episode = queries_plan.episode_of(incident.patient)
        if episode and episode.ended_at is None:
            made += bool(review_plan_after(episode=episode, kind=Deadline.Kind.EVENT_REVIEW, at=incident.at))
    return made


@transaction.atomic
def call_after(*, episode: Episode, at: datetime, by: Staff) -> list[Deadline]:
    """Who completed IOP at that moment is called 7 and 30 days after it, by who leads them now, else who led them last,
    else `by`; within a day when that is past already. Gives what was not due already. Source: RULE PROG-09."""
    owner = queries_plan.leads_or_led(episode, at) or by
    soonest = timezone.now() + CALLED_WITHIN
    made = []
    for kind, (offset, _from) in queries_calls.CALLS.items():
        due, is_new = Deadline.objects.get_or_create(
            episode=episode,
            kind=kind,
            done_at=None,
            defaults={
                "counted_from": at,
                "offset": offset,
                "due_at": max(at + offset, soonest),
                "owner": owner,
            },
        )
        made += [due] if is_new else []
    return made


@transaction.atomic
def came_back(*, episode: Episode, at: datetime, by: Staff) -> None:
    """The calls after the IOP they had completed are not to be made any more; those after the next are new ones."""
    waiting = queries_calls.calls_of(episode.patient_id).filter(done_at=None)
    ended = waiting.update(done_at=at, done_by=by, ended_why=CAME_BACK)
    log.info("calls after IOP ended", episode_id=episode.pk, calls=ended)


@transaction.atomic
def end_calls_of_who_came_back(*, now: datetime) -> int:
    """As `came_back`, also for who began in IOP in a new episode. Gives how many calls ended."""
    back = queries_calls.of_who_came_back(now)
    for call, leader in back:
        waiting = Deadline.objects.filter(pk=call, done_at=None)
        waiting.update(done_at=now, done_by=leader, ended_why=CAME_BACK)
    return len(back)


@transaction.atomic
def contact_was_signed(*, note: ContactNote, by: Staff) -> None:
    """A call after IOP is done with a contact in which they were spoken with, or with the third try to reach them. One
    contact is one call: the last whose day had come, else the first; what was due before it was missed."""
    waiting = queries_calls.calls_of(note.patient_id).open().select_for_update(of=("self",), no_key=True)
    calls = [call for call in waiting if queries_calls.does(note, call)]
    if not calls or note.starts_at is None:
        return
    come = [call for call in calls if call.due_at <= note.starts_at] or calls[:1]
    for call in come:
        call.done_at, call.done_by = note.signed_at, by
        call.ended_why = "" if call is come[-1] else MISSED
        call.save(update_fields=["done_at", "done_by", "ended_why"])
    log.info("called after IOP", deadline_id=come[-1].pk)


@transaction.atomic
def contact_is_void(*, note: ContactNote, now: datetime) -> None:
    """The calls that were done with this contact are open again, unless they have come back to IOP since or another
    contact that holds does them."""
    if note.signed_at is None:
        return
    done = queries_calls.calls_of(note.patient_id).filter(done_at__gte=note.signed_at).exclude(ended_why=CAME_BACK)
    again = 0
    for call in done.select_for_update(of=("self",), no_key=True):
        with_note = queries_calls.notes_of(note.patient_id).filter(signed_at=call.done_at).first()
        if (with_note and queries_calls.does(with_note, call)) or queries_calls.is_back_in_iop(call, now):
            continue
        call.done_at, call.done_by, call.ended_why = None, None, ""
        call.save(update_fields=["done_at", "done_by", "ended_why"])
        again += 1
    if not again:
        return
    log.info("calls after IOP open again", calls=again)
    for other in queries_calls.notes_of(note.patient_id):
        if not queries_calls.calls_of(note.patient_id).filter(done_at=other.signed_at).exists():
            contact_was_signed(note=other, by=other.author)


@transaction.atomic
def move_deadline(*, deadline: Deadline, due_at: datetime, reason: str, by: Staff) -> Deadline:
    """Another date, with the reason; the old one is kept. Raises RuleBroken without a reason, or when it stays."""
    deadline = Deadline.objects.select_for_update().get(pk=deadline.pk)
    with rules_speak():
        DeadlineMove.objects.create(
            deadline=deadline, was_due_at=deadline.due_at, due_at=due_at, reason=reason.strip(), by=by
        )
        deadline.due_at = due_at
        deadline.save(update_fields=["due_at"])
    log.info("deadline moved", deadline_id=deadline.pk)
    return deadline


@transaction.atomic
def hand_over(*, now: datetime) -> int:
    """Open deadlines belong to whoever leads the patient's group now. Gives how many changed hands."""
    changed = queries_plan.in_other_hands(now)
    for deadline, leader in changed:
        Deadline.objects.filter(pk=deadline).update(owner=leader)
    return len(changed)

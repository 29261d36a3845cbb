"""Makes a whole center relative to now: the demo (about 70 patients) or a large one for measuring."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import structlog
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from stepdown.admissions.models import Level, LevelStay
from stepdown.placement.models import Chair, Group
from stepdown.timetable import curriculum
from stepdown.timetable.models import Session
from stepdown.timetable.services import extend_timetable

from . import (
    audits,
    center,
    contacts,
    cosigning,
    cover,
    front,
    kept,
    lessons,
    notices,
    plans,
    rare,
    received,
    safe,
    sharing,
    vendors,
)
from .changes import make_changes
from .history import Maker, Sitter, remember, sit
from .measured import measured

log = structlog.get_logger()


@dataclass(frozen=True)
class Size:
    """weeks: of past sessions. detail_weeks: of inbox, door answers, note parts. target: people a group."""

    weeks: int
    detail_weeks: int
    target: tuple[int, int]


DEMO = Size(weeks=12, detail_weeks=12, target=(4, 6))
LARGE = Size(weeks=100, detail_weeks=2, target=(7, 9))
PATIENTS_PER_LARGE_GROUP = 48


@transaction.atomic
def seed_demo(*, now: datetime, seed: int = 20) -> None:
    """The demo center. The database must be empty."""
    rng = Random(seed)
    center.make_center()
    staff = center.make_staff(today=now.date())
    cosigning.name_supervisor(now)
    maker = _fill(rng, now, staff, center.GROUPS, DEMO)
    make_changes(now)
    front.people_on_the_way(maker)
    front.steps_down(maker)
    notices.second_notice(now, seed)
    plans.make_plans(now)
    safe.make_safety_plans(now)
    lessons.give_homework(now)
    contacts.write_notes(now)
    cosigning.co_sign(now)
    front.personal_links()
    cover.licenses_and_absences(now)
    measured(now, seed)
    safe.make_missed(now)
    safe.make_drug_tests(now)
    safe.make_incidents(now)
    sharing.share(now)
    received.make_received(now)
    kept.long_ago(now)
    vendors.make_agreements(now)
    audits.make_audits(now)
    rare.restricted(now)
    rare.under_18(maker)


def seed_large(*, patients: int, now: datetime, seed: int = 20) -> None:
    """At least so many patients with two years of attendance; one transaction a group, so that memory stays small."""
    rng = Random(seed)
    groups = max(12, -(-patients // PATIENTS_PER_LARGE_GROUP))
    with transaction.atomic():
        center.make_center()
        office = [w for w in center.WORKERS if w.role != center.Role.COUNSELOR]
        workers = (*center.many_workers(-(-groups // 2)), *office)
        staff = center.make_staff(workers, today=now.date())
    _fill(rng, now, staff, center.many_plans(groups, 0, rng), LARGE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _fill(rng: Random, now: datetime, staff: list, plans: tuple[center.Plan, ...], size: Size) -> Maker:
    since = now - timedelta(weeks=size.weeks)
    programs = center.make_programs()
    curriculum.load()
    groups = center.make_groups(plans, staff, programs, since.date())
    since_weeks = timedelta(weeks=size.detail_weeks, days=1)
    notice = notices.first_notice(since)
    supervised = cosigning.supervised()
    maker = Maker(rng, now, staff, detail_since=now - since_weeks, supervised=supervised, notice=notice)
    for index, group in enumerate(groups):
        with transaction.atomic():
            extend_timetable(group=group)
            sessions = list(group.sessions.select_related("group__program", "leader", "topic"))
            target = 9 if index == 0 and size is DEMO else rng.randint(*size.target)
            sitters = fill_chairs(maker, group, sessions, target)
            live_through(maker, group, sessions, sitters)
            maker.batch.write()
    log.info("center made", groups=len(groups), patients=maker.made)
    return maker


def fill_chairs(maker: Maker, group: Group, sessions: list[Session], target: int) -> list[Sitter]:
    """People come and go on the chairs, a few at first, until about `target` sit there now."""
    rng, states = maker.rng, center.STATES[group.time_zone]
    chairs = list(Chair.objects.filter(group=group).order_by("number"))
    free_from = dict.fromkeys((c.number for c in chairs), 0)
    sitters: list[Sitter] = []
    begun = sum(s.starts_at <= maker.now for s in sessions)
    weekly = group.program.meetings_a_week
    for i in range(begun):
        taken = sum(free > i for free in free_from.values())
        grown = 2 + (target - 2) * (i + 1) / begun
        if i % weekly == 0 and taken < round(grown + rng.uniform(-0.8, 0.4)):
            for _ in range(min(2, round(grown) - taken)):
                chair = next((c for c in chairs if free_from[c.number] <= i), None)
                if chair is None:
                    break
                sitter, free = sit(maker, group, chair, sessions, i, rng.choice(states))
                if group.program.is_aftercare:
                    _finished_before(maker, sitter)
                free_from[chair.number] = free
                sitters.append(sitter)
    return sitters


def _finished_before(maker: Maker, sitter: Sitter) -> None:
    """Someone in Aftercare has been through the three months, before this center kept its sessions here."""
    end = sitter.seat.starts_at.date()
    start = end - timedelta(days=92)
    sitter.episode.admitted_on = start
    for row in maker.batch.rows[LevelStay]:
        if row.episode is sitter.episode and not row.here:
            days = row.days
            row.days = DateRange(start - (days.upper - days.lower), start)
    maker.batch.add(
        LevelStay(episode=sitter.episode, level=Level.IOP, name="Telehealth IOP", days=DateRange(start, end))
    )


def live_through(maker: Maker, group: Group, sessions: list[Session], sitters: list[Sitter]) -> None:
    past = [s for s in sessions if s.ends_at <= maker.now]
    for session in past:
        here = [
            x for x in sitters
            if x.seat.starts_at <= session.starts_at and (x.seat.ends_at is None or x.seat.ends_at > session.starts_at)
        ]  # fmt: skip
        fresh = session.ends_at > maker.now - timedelta(hours=20)
        left_over = session is past[-1] and group.name == "Juniper"
        remember(maker, session, here, signed=not fresh and not left_over)

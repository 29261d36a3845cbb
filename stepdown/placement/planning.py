"""The waitlist as a problem for `matching`: what `domain/fit.py` forbids has no chair in it.

People are known by the ids of their episodes, groups by their own. Parts of the day, languages and whom a group is
meant for are said as things that must be true of everyone in it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from uuid import UUID

from stepdown.admissions.models import Band, Episode
from stepdown.people.models import License, Role, Staff
from stepdown.placement import queries
from stepdown.placement.matching import problem as given
from stepdown.placement.models import Group, Pair
from stepdown.ui import when

# Wider than any group of that part of the day, on the person's clock: the band itself is asked for besides.
HOURS = {Band.MORNING: (time(3), time(17)), Band.EVENING: (time(9), time(23, 45))}
PRIORITIES: dict[int, Literal[1, 2, 3]] = {1: 1, 2: 2, 3: 3}
OPENS_IN = timedelta(days=14)  # to find a leader, and to tell everyone
PATTERNS = 40  # kinds of groups that could be opened: those that there are most of


def problem_of(now: datetime) -> tuple[given.Problem, dict[str, dict[str, Any]]]:
    """Everyone on the waitlist, every open group at the levels they need, and the groups that could be opened, with
    what is known of each of these by its name in the problem."""
    people = list(queries.on_waitlist(Episode.objects.all())[: given.PEOPLE_LIMIT])
    levels = {queries.level_of(episode) for episode in people}
    groups = queries.groups_now(Group.objects.filter(program__level__in=levels).order_by("name"), now)
    groups = groups[: given.GROUPS_LIMIT]
    pairs = list(Pair.objects.filter(ended_at=None).values_list("one", "other", "staff", "apart"))
    today = min((when.local_date(now, g.group.zone) for g in groups), default=now.date())
    who = {episode.patient_id: str(episode.pk) for episode in people}
    sitting = {seat.patient_id: str(seat.patient_id) for g in groups for seat in g.seats if seat.patient_id not in who}
    leaders = list(Staff.objects.with_role(Role.COUNSELOR).order_by("name"))
    leads = {who for g in groups for who in (g.group.leader_id, g.group.co_leader_id) if who}
    leads |= {leader.pk for leader in leaders}
    acquainted: dict[UUID, list[str]] = defaultdict(list)
    for one, _other, staff, _apart in pairs:
        if staff in leads:
            acquainted[one].append(str(staff))
    options = list(_options(groups, leaders, today, len(people)))
    made = given.Problem(
        version=1,
        today=today,
        people=tuple(_person(episode, today, acquainted[episode.patient_id]) for episode in people),
        groups=tuple(_group(g, today) for g in groups),
        options=tuple(option for option, _told in options),
        leaders=tuple(_leaders(leads)),
        apart=_pairs(pairs, {**who, **sitting}, apart=True),
        together=_pairs(pairs, {**who, **sitting}, apart=False),
        intended=Counter(g.group.program.seats_intended for g in groups).most_common(1)[0][0] if groups else 8,
    )
    return made, {option.id: told for option, told in options}


def _person(episode: Episode, today: date, acquainted: Iterable[str]) -> given.Person:
    bands = [Band(band) for band in episode.bands] or list(Band)
    days = tuple(day for day in range(7) if day not in episode.days_away)
    wishes = queries.wishes_said(episode)
    language = wishes["language"] or ("es" if episode.patient.language.startswith("es") else "")
    return given.Person(
        id=str(episode.pk),
        program=queries.level_of(episode),
        state=episode.patient.state,
        zone=episode.patient.time_zone,
        ready_on=today,
        waiting_since=episode.waiting.since.date(),
        priority=PRIORITIES[episode.waiting.urgency],
        available=tuple(given.Window(days=days, begins=HOURS[b][0], ends=HOURS[b][1]) for b in bands)
        if days
        else _never(),
        tags=(
            *wishes["true_of"],
            *map(_in_the, bands),
            *(["es"] if language == "es" else []),
        ),
        not_led_by=tuple(sorted(acquainted)),
        wishes=given.Wishes(
            band=wishes["band"] or None,
            days=tuple(int(day) for day in wishes["days"]),
            language=language or None,
            tags=tuple(wishes["tags"]),
        ),
    )


def _never() -> tuple[given.Window, ...]:
    """A minute in the night: for whoever has other duties on every day."""
    return (given.Window(days=(0,), begins=time(2), ends=time(2, 15)),)


def _in_the(band: str) -> str:
    return f"in the {band}"


def _only(group: Group) -> tuple[str, ...]:
    """What must be true of everyone in it: all that it is meant for, as `domain/fit.py` asks it."""
    return (*group.tags, _in_the(group.band), *(["es"] if group.language == "es" else []))


def _meets(group: Group) -> dict[str, Any]:
    return {
        "program": group.program.level,
        "band": group.band,
        "days": tuple(group.days),
        "starts_at": group.starts_at,
        "minutes": group.program.meeting_minutes,
        "zone": group.time_zone,
        "language": group.language,
        "tags": tuple(group.tags),
    }


def _group(now: queries.GroupNow, today: date) -> given.Group:
    group = now.group
    free: Counter[date] = Counter()
    if now.next_at and (group.entry_until is None or group.entry_until >= today):
        first = when.local_date(now.next_at, group.zone)
        for spans in now.taken.values():
            if all(end is not None for _start, end in spans):
                ends = [when.local_date(end, group.zone) for _start, end in spans if end]
                free[max([first, *ends])] += 1
    return given.Group(
        id=str(group.pk),
        **_meets(group),
        only=_only(group),
        leader=str(group.leader_id),
        co_leader=str(group.co_leader_id) if group.co_leader_id else None,
        sitting=tuple({str(seat.patient_id) for seat in now.seats}),
        chairs=tuple(given.Chairs(free_from=day, count=count) for day, count in sorted(free.items())),
    )


def _options(
    groups: list[queries.GroupNow], leaders: list[Staff], today: date, people: int
) -> Iterator[tuple[given.Option, dict[str, Any]]]:
    """Groups like those there are, under whoever leads groups here; no more of a kind than could fill."""
    if not leaders:
        return
    kinds: dict[tuple[Any, ...], list[Group]] = defaultdict(list)
    for now in groups:
        if not now.group.tags and now.group.language == "en":
            one = now.group
            kinds[one.program_id, one.band, tuple(one.days), one.starts_at, one.time_zone].append(one)
    for number, like in enumerate(sorted(kinds.values(), key=lambda like: (-len(like), like[0].name))[:PATTERNS]):
        one = like[0]
        for copy in range(min(2, 1 + people // 40)):
            option = given.Option(
                id=f"new {number}.{copy}",
                **_meets(one),
                only=(_in_the(one.band),),
                leaders=tuple(str(leader.pk) for leader in leaders),
                opens_on=today + OPENS_IN,
                chairs=one.program.seats_limit,
            )
            yield option, {"like": str(one.pk), "opens_on": option.opens_on.isoformat()}


def _leaders(ids: set[UUID]) -> Iterator[given.Leader]:
    licenses: dict[UUID, list[given.License]] = defaultdict(list)
    for row in License.objects.filter(staff__in=ids, masters_level=True).order_by("state", "issued_on"):
        licenses[row.staff_id].append(given.License(state=row.state, first=row.issued_on, last=row.expires_on))
    for leader in sorted(ids):
        yield given.Leader(id=str(leader), licenses=tuple(licenses[leader]))


def _pairs(pairs: Iterable[Any], names: dict[UUID, str], *, apart: bool) -> tuple[tuple[str, str], ...]:
    return tuple(
        (names[one], names[other])
        for one, other, _staff, is_apart in pairs
        if is_apart == apart and one in names and other in names
    )

"""The licenses that end, and what that touches: which sessions, and how many of the people who have a seat in them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from stepdown.people.licenses import ending
from stepdown.people.models import License, LicenseWarning, Staff
from stepdown.people.queries import RUNS_OUT_SOON
from stepdown.timetable.cover import Uncovered, uncovered, uncovered_ahead
from stepdown.timetable.models import Session
from stepdown.ui.navigation import MANY, Waiting
from stepdown.ui.states import STATES

AHEAD = timedelta(weeks=13)  # as long as the program lasts, and as far as sessions are made
LOOKED_BACK = timedelta(days=30)
MOST = 300  # sessions looked at
DAY_AHEAD, DAY_SHOWN = timedelta(days=7), 3


@dataclass(frozen=True)
class Line:
    """One person's license in one state, or that there is none where people sit. sessions: those of the coming weeks
    that cannot start with everyone, earliest first; people: how many patients that is. told: when it was warned of."""

    staff: Staff
    state: str
    license: License | None
    is_over: bool
    sessions: list[Session]
    people: int
    told: datetime | None = None

    @property
    def is_red(self) -> bool:
        return bool(self.sessions)


@dataclass(frozen=True)
class Board:
    """lines: those that touch somebody first. short: sessions that cannot start with everyone, earliest first.
    is_cut: there are more of these than were looked at."""

    lines: list[Line]
    short: list[Uncovered]
    is_cut: bool

    @property
    def red(self) -> int:
        return sum(line.is_red for line in self.lines)


def board(now: datetime, today: date) -> Board:
    """Of everyone who works here. Eight queries."""
    ahead = list(_in_full(uncovered_ahead(now, now + AHEAD).filter(starts_at__gt=now))[:MOST])
    short = uncovered(ahead)
    touched = _touched(short.values())
    lines = [
        _line(license, touched.pop((license.staff_id, license.state), []) if license.masters_level else [], today)
        for license in ending(today - LOOKED_BACK, today + RUNS_OUT_SOON)
    ]
    lines += _without(touched, today)
    return Board(
        sorted(_with_warnings(lines), key=lambda line: (not line.is_red, _first(line), _last(line))),
        [short[session.pk] for session in ahead if session.pk in short],
        len(ahead) == MOST,
    )


def waiting(staff: Staff) -> Waiting:
    """For the menu: licenses that end within the weeks that we warn. One query."""
    today = timezone.localdate()
    return Waiting(ending(today, today + RUNS_OUT_SOON)[:MANY].count())


def short_soon(staff: Staff | None, now: datetime) -> list[Uncovered]:
    """The first sessions of the coming week that cannot start with everyone, of one leader or co-leader or of all.
    Five queries at most."""
    sessions = list(_in_full(uncovered_ahead(now, now + DAY_AHEAD, staff))[:DAY_SHOWN])
    short = uncovered(sessions)
    return [short[session.pk] for session in sessions if session.pk in short]


def _in_full(sessions: QuerySet[Session]) -> QuerySet[Session]:
    return sessions.select_related("group", "leader").order_by("starts_at")


Pairs = dict[tuple[UUID, str], list[Uncovered]]


def _touched(short: Iterable[Uncovered]) -> Pairs:
    found: Pairs = defaultdict(list)
    for one in short:
        for state in one.people:
            found[one.session.leader_id, state].append(one)
    return found


def _line(license: License, short: list[Uncovered], today: date) -> Line:
    over = license.expires_on is not None and license.expires_on < today
    return _made(license.staff, license.state, license, over, short)


def _made(staff: Staff, state: str, license: License | None, is_over: bool, short: list[Uncovered]) -> Line:
    people = {patient.pk for one in short for patient in one.people[state]}
    return Line(staff, dict(STATES).get(state, state), license, is_over, [one.session for one in short], len(people))


def _without(touched: Pairs, today: date) -> list[Line]:
    """Pairs that no license of the list explains: one that ends later, or never was. One query."""
    latest: dict[tuple[UUID, str], License] = {}
    leaders = {staff for staff, _state in touched}
    for license in License.objects.filter(staff__in=leaders, masters_level=True).order_by("issued_on"):
        latest[license.staff_id, license.state] = license
    lines = []
    for (staff_id, state), short in touched.items():
        known = latest.get((staff_id, state))
        over = known is None or not known.is_valid_on(today)
        lines.append(_made(short[0].session.leader, state, known, over, short))
    return lines


def _with_warnings(lines: list[Line]) -> list[Line]:
    known = [line.license for line in lines if line.license]
    told: dict[tuple[UUID, date], datetime] = {}
    for warning in LicenseWarning.objects.filter(license__in=known):
        told[warning.license_id, warning.expires_on] = warning.told_at
    return [
        Line(**{**vars(line), "told": told.get((line.license.pk, line.license.expires_on))})
        if line.license and line.license.expires_on
        else line
        for line in lines
    ]


def _first(line: Line) -> float:
    return line.sessions[0].starts_at.timestamp() if line.sessions else 0


def _last(line: Line) -> date:
    return (line.license and line.license.expires_on) or date.max

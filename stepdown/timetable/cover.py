"""Whether a session's leader is licensed where each seated patient is, long before it begins.

A co-leader's license does not count: the leader answers for the group. Who moves or travels says so at the door, which
asks again. Source: RULE PRIV-35; program manual, "Leader" (Master's level, valid where each patient is located).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from stepdown.people.models import License, Patient, Staff
from stepdown.placement.models import Seat
from stepdown.timetable.models import Session
from stepdown.ui.states import STATES

LONGEST = timedelta(days=1)  # no session lasts so long

Exceptions = Callable[[], QuerySet[Any]]
_exceptions: list[Exceptions] = []


def provide_exceptions(exceptions: Exceptions) -> None:
    """Sets who answers where directors let a patient take part all the same: rows with session, patient and state. A
    later stage keeps them, and says so once in its AppConfig.ready()."""
    _exceptions[:] = [exceptions]


@dataclass(frozen=True)
class Uncovered:
    """A session that cannot start with some of its people. people: state (two letters) -> who sits there."""

    session: Session
    people: dict[str, list[Patient]]

    @property
    def said(self) -> str:
        """ "two people from Ohio and one from Texas"."""
        names = dict(STATES)
        return ", ".join(f"{len(them)} from {names.get(state, state)}" for state, them in sorted(self.people.items()))

    @property
    def count(self) -> int:
        return sum(map(len, self.people.values()))


def uncovered(sessions: Iterable[Session]) -> dict[UUID, Uncovered]:
    """session id -> who could not come in, of those sessions where there is somebody. Three queries."""
    sessions = [s for s in sessions if s.cancelled_at is None]
    if not sessions:
        return {}
    seats = _seats(sessions)
    licenses = _licenses({s.leader_id for s in sessions})
    let = _let(sessions)
    found = {}
    for session in sessions:
        people: dict[str, list[Patient]] = defaultdict(list)
        for seat in _on(seats.get(session.group_id, ()), session.starts_at):
            patient = seat.patient
            held = licenses.get((session.leader_id, patient.state), ())
            if not any(license.is_valid_on(session.service_date) for license in held) and (
                (session.pk, patient.pk, patient.state) not in let
            ):
                people[patient.state].append(patient)
        if people:
            found[session.pk] = Uncovered(session, dict(people))
    return found


def marked(sessions: Iterable[Session]) -> list[Session]:
    """The sessions, each with `short`: who could not come in, or None. Four queries."""
    found = list(sessions)
    short = uncovered(found)
    for session in found:
        session.short = short.get(session.pk)  # type: ignore[attr-defined]  # for the page
    return found


def uncovered_ahead(from_: datetime, to: datetime, of: Staff | None = None) -> QuerySet[Session]:
    """The sessions that end after `from_` and start before `to` in which somebody could not come in, by the database;
    of one leader or co-leader, or all. For all, one query more is asked at once."""
    sessions = Session.objects.standing().filter(ends_at__gt=from_, starts_at__gt=from_ - LONGEST, starts_at__lt=to)
    if of:
        sessions = sessions.filter(Q(leader=of) | Q(co_leader=of))
    else:
        sessions = sessions.filter(group__in=_groups_to_look_at(from_, to))
    enough = License.objects.filter(
        Q(expires_on=None) | Q(expires_on__gte=OuterRef(OuterRef("service_date"))),
        staff=OuterRef(OuterRef("leader")),
        state=OuterRef("patient__state"),
        masters_level=True,
        issued_on__lte=OuterRef(OuterRef("service_date")),
    )
    seats = Seat.objects.accepted().filter(
        Q(ends_at=None) | Q(ends_at__gt=OuterRef("starts_at")),
        ~Exists(enough),
        group=OuterRef("group"),
        starts_at__lte=OuterRef("starts_at"),
    )
    for exceptions in _exceptions:
        let = exceptions().filter(
            session=OuterRef(OuterRef("pk")), patient=OuterRef("patient"), state=OuterRef("patient__state")
        )
        seats = seats.filter(~Exists(let))
    return sessions.filter(Exists(seats))


# Each group once for each who leads it in that time, and each of its people once, not once a session.
TO_LOOK_AT = """
    WITH led AS MATERIALIZED (
        SELECT DISTINCT group_id, leader_id FROM {session}
        WHERE cancelled_at IS NULL AND ends_at > %(from)s AND starts_at > %(from)s - %(longest)s AND starts_at < %(to)s
    )
    SELECT DISTINCT s.group_id
    FROM led JOIN {seat} s ON s.group_id = led.group_id JOIN {patient} p ON p.id = s.patient_id
    WHERE s.released_at IS NULL AND s.accepted_at IS NOT NULL
    AND s.starts_at < %(to)s AND (s.ends_at IS NULL OR s.ends_at > %(from)s - %(longest)s)
    AND NOT EXISTS (
        SELECT 1 FROM {license} l WHERE l.staff_id = led.leader_id AND l.state = p.state AND l.masters_level
        AND l.issued_on <= %(first)s AND (l.expires_on IS NULL OR l.expires_on >= %(last)s)
    )
"""


def _groups_to_look_at(from_: datetime, to: datetime) -> list[UUID]:
    """Ids of the groups where somebody sits for whom no single license of a leader lasts all that time."""
    models = {"session": Session, "seat": Seat, "patient": Patient, "license": License}
    tables = {name: connection.ops.quote_name(model._meta.db_table) for name, model in models.items()}
    asked: dict[str, Any] = {
        "from": from_,
        "to": to,
        "longest": LONGEST,
        "first": (from_ - 2 * LONGEST).date(),
        "last": (to + LONGEST).date(),
    }
    with connection.cursor() as cursor:
        cursor.execute(TO_LOOK_AT.format(**tables), asked)
        return [row[0] for row in cursor.fetchall()]


def seated_states(session: Session) -> dict[str, int]:
    """State -> how many people who have a seat at this session sit there. One query."""
    counts: dict[str, int] = defaultdict(int)
    for seat in Seat.objects.accepted().filter(group=session.group_id).at(session.starts_at).select_related("patient"):
        counts[seat.patient.state] += 1
    return dict(counts)


def _seats(sessions: list[Session]) -> dict[UUID, list[Seat]]:
    first, last = min(s.starts_at for s in sessions), max(s.starts_at for s in sessions)
    seats = Seat.objects.accepted().filter(
        Q(ends_at=None) | Q(ends_at__gt=first), group__in={s.group_id for s in sessions}, starts_at__lte=last
    )
    found: dict[UUID, list[Seat]] = defaultdict(list)
    for seat in seats.select_related("patient"):
        found[seat.group_id].append(seat)
    return found


def _on(seats: Iterable[Seat], at: datetime) -> Iterator[Seat]:
    return (seat for seat in seats if seat.starts_at <= at and (seat.ends_at is None or seat.ends_at > at))


def _licenses(leaders: set[UUID]) -> dict[tuple[UUID, str], list[License]]:
    found: dict[tuple[UUID, str], list[License]] = defaultdict(list)
    for license in License.objects.filter(staff__in=leaders, masters_level=True):
        found[license.staff_id, license.state].append(license)
    return found


def _let(sessions: list[Session]) -> set[tuple[UUID, UUID, str]]:
    return {
        row
        for exceptions in _exceptions
        for row in exceptions().filter(session__in=sessions).values_list("session_id", "patient_id", "state")
    }

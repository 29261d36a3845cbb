"""Who waited at a session's door or was held there, or told us beforehand that they cannot come, so that nobody is said
to have missed what we kept them out of, or what they told us of."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from stepdown.attendance.domain.minutes import SHORT_GAP, kept_out, presence
from stepdown.attendance.models import Attendance
from stepdown.attendance.queries import held
from stepdown.kernel.spans import Span, merged, without
from stepdown.live import queries as live
from stepdown.live.models import Admittance, DoorCheck, Knock
from stepdown.live.outside import overrides
from stepdown.people.queries import license_states
from stepdown.timetable.cannot_come import told_of
from stepdown.timetable.models import CannotCome, Session
from stepdown.timetable.queries import led

Status = Attendance.Status


class Wait(NamedTuple):
    """One spell at the door. `state`: where the leader has no license, when they were held for that; else empty."""

    span: Span
    state: str = ""


@dataclass(frozen=True)
class Door:
    """Whether the room was open in some of the planned time, and who waited at its door in the time that counts, let in
    or not, for two minutes or more; `out`: since when they were sent out of it in that time, until they were let in
    again; `told`: who told us that they cannot come."""

    opened: bool
    waits: dict[UUID, list[Wait]]
    out: dict[UUID, list[Span]]
    told: dict[UUID, CannotCome]

    def absence_of(self, patient: UUID) -> Status:
        """What it is called that this person was not there, before anybody says otherwise."""
        if not self.opened or kept_out(self.spells_of(patient)):
            return Status.CANCELLED_SITE
        return _called(self.told[patient]) if patient in self.told else Status.NO_SHOW

    def spells_of(self, patient: UUID) -> list[Span]:
        """When this person was at the door, for whatever reason; spells may overlap."""
        return [wait.span for wait in self.waits.get(patient, [])]

    def kept_from(self, patient: UUID) -> list[Span]:
        """When they were at the door and for that not late, away or gone: not where they knocked again after they were
        sent out. Spells may overlap."""
        waits = self.waits.get(patient, [])
        knocks = without((wait.span for wait in waits if not wait.state), self.out.get(patient, []))
        return [*knocks, *(wait.span for wait in waits if wait.state)]


def door(session: Session, now: datetime) -> Door:
    """What is known of this session's door up to now. Six queries, and three where somebody was held."""
    time = held(session, now)
    waits: dict[UUID, list[Wait]] = defaultdict(list)
    for patient, spans in _knocks(session, now).items():
        waits[patient] += [Wait(span) for span in presence(spans, time) if span.length >= SHORT_GAP]
    for patient, spells in _holds(session, now).items():
        waits[patient] += [Wait(span, state) for state, spell in spells for span in presence([spell], time)]
    return Door(live.has_met(session), waits, _sent_out(session, now), told_of(session))


def _called(told: CannotCome) -> Status:
    """What an absence is that was told of. What nobody has judged yet is not excused."""
    if told.excused:
        return Status.EXCUSED
    return Status.CANCELLED_LATE if told.is_late else Status.CANCELLED_PATIENT


def _knocks(session: Session, now: datetime) -> dict[UUID, list[Span]]:
    found: dict[UUID, list[Span]] = defaultdict(list)
    for knock in Knock.objects.filter(session=session, at__lt=now):
        found[knock.patient_id].append(Span(knock.at, min(knock.ended_at or now, now)))
    return found


def _sent_out(session: Session, now: datetime) -> dict[UUID, list[Span]]:
    found: dict[UUID, list[Span]] = defaultdict(list)
    again: dict[UUID, datetime] = {}
    rows = Admittance.objects.filter(session=session, at__lt=now).order_by("-at")
    for patient, at, out_at in rows.values_list("patient", "at", "sent_out_at"):
        if out_at and session.starts_at < out_at < now:
            found[patient].append(Span(out_at, max(out_at, again.get(patient, now))))
        again[patient] = at
    return found


def _holds(session: Session, now: datetime) -> dict[UUID, list[tuple[str, Span]]]:
    """patient id -> (state, from when to when) that they were held: from the check that the leader had no license for
    until a director let them take part, or they said to be in another state; not while somebody with a license there
    led instead."""
    checks: dict[UUID, list[tuple[datetime, str, UUID | None]]] = defaultdict(list)
    rows = DoorCheck.objects.filter(live.SINCE_DOOR_OPENED, session=session, at__lt=now).order_by("at")
    for patient, at, state, asked_of in rows.values_list("patient", "at", "state", "asked_of"):
        checks[patient].append((at, state, asked_of))
    if not any(held_by for said in checks.values() for _at, _state, held_by in said):
        return {}
    let = {(one.patient_id, one.state): one.at for rows in overrides(session).values() for one in rows}
    leaders = led(session, now)
    states = license_states({leader for leader, _ in leaders}, session.service_date)
    spells: dict[tuple[UUID, str], list[Span]] = defaultdict(list)
    for patient, said in checks.items():
        for at, state, held_by in said:
            if held_by:
                moved = [later for later, other, _ in said if later > at and other != state]
                until = min([now, *moved, let.get((patient, state), now)])
                may = [span for leader, span in leaders if leader != held_by and state in states.get(leader, ())]
                spells[patient, state] += without([Span(at, max(at, until))], may)
    found: dict[UUID, list[tuple[str, Span]]] = defaultdict(list)
    for (patient, state), spans in spells.items():
        found[patient] += [(state, span) for span in merged(spans)]
    return found

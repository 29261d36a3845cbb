"""Which side rooms there are, who is in them, and who was: read from the tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from stepdown.kernel.spans import Span
from stepdown.live.domain.stays import fold
from stepdown.live.models import Pairs, PrivateWord, SideMember, SideRoom
from stepdown.live.queries import InRoom, events_of, is_admitted, people_in
from stepdown.people.models import Patient
from stepdown.timetable.models import Session

IN_PAIR = Q(until=None, side_room__kind=SideRoom.Kind.PAIR)  # of members
WANTS_ONE = (PrivateWord.Kind.HELP, PrivateWord.Kind.STEP_OUT)  # private words that meeting in one answers


@dataclass(frozen=True)
class Side:
    """A side room that has not ended. patients, staff: ids of who is asked to it, or in it once it is open."""

    id: UUID
    kind: str
    is_open: bool
    by: UUID
    patients: tuple[UUID, ...]
    staff: tuple[UUID, ...]

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset((*self.patients, *self.staff))


@dataclass(frozen=True)
class Sides:
    """The side rooms of a session now, and those that a patient declined. `until`: the group is in pairs until then."""

    rooms: tuple[Side, ...] = ()
    declined: frozenset[UUID] = frozenset()
    until: datetime | None = None
    _of: dict[UUID, Side] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._of.update({person: room for room in self.rooms for person in room.people})

    def of(self, person: UUID) -> Side | None:
        """The side room this person is to be in now; None: the main room."""
        room = self._of.get(person)
        return room if room is not None and room.is_open else None

    def at_door(self, patient: UUID) -> Side | None:
        """The talk at the door this patient is asked to, or in."""
        room = self._of.get(patient)
        return room if room is not None and room.kind == SideRoom.Kind.DOOR and patient in room.patients else None

    def asked(self, patient: UUID) -> Side | None:
        """The side room this patient is asked to, and has not answered yet."""
        room = self._of.get(patient)
        return room if room is not None and not room.is_open and patient in room.patients else None


def sides(session: Session) -> Sides:
    """Three queries."""
    pairs = pairs_now(session)
    return Sides(
        tuple(
            Side(
                id=room.pk,
                kind=room.kind,
                is_open=room.opened_at is not None,
                by=room.by_id,
                patients=tuple(one.patient_id for one in members if one.patient_id),
                staff=tuple(one.staff_id for one in members if one.staff_id),
            )
            for room, members in rooms_now(session)
        ),
        frozenset(SideRoom.objects.filter(session=session, why=SideRoom.Why.DECLINED).values_list("pk", flat=True)),
        pairs.ends_at if pairs else None,
    )


def pairs_now(session: Session) -> Pairs | None:
    """The pairs that the group is in."""
    return Pairs.objects.filter(session=session, ended_at=None).first()


def rooms_now(session: Session) -> list[tuple[SideRoom, list[SideMember]]]:
    """Side rooms that have not ended, the oldest first, each with its members. One query."""
    found: dict[UUID, tuple[SideRoom, list[SideMember]]] = {}
    members = SideMember.objects.filter(session=session, until=None, side_room__ended_at=None)
    for member in members.select_related("side_room__by", "patient", "staff").order_by(
        "side_room__asked_at", "side_room__number", "since"
    ):
        found.setdefault(member.side_room_id, (member.side_room, []))[1].append(member)
    return list(found.values())


def aside(session: Session) -> frozenset[UUID]:
    """Ids of patients who are in a side room now. One query."""
    members = SideMember.objects.filter(session=session, until=None, side_room__ended_at=None, patient__isnull=False)
    return frozenset(members.filter(side_room__opened_at__isnull=False).values_list("patient_id", flat=True))


def people_told(session: Session, patient: Patient) -> list[InRoom] | None:
    """Whom this patient may know to be in: everyone let in, once they are; before that nobody but who asks them to talk
    at the door, and they themselves; None while nobody does. Source: RULE PRIV-37."""
    if is_admitted(session, patient):
        return [one for one in people_in(session) if one.patient == patient.pk or not one.at_door]
    talk = sides(session).at_door(patient.pk)
    if talk is None:
        return None
    return [one for one in people_in(session) if one.patient == patient.pk or one.staff in talk.staff]


def side_stays(session: Session, now: datetime | None = None) -> dict[UUID, list[Span]]:
    """patient id -> when they were in side rooms, from what the witnesses saw; part of their stays. Two queries."""
    now = now or timezone.now()
    return fold(events_of(session, now, side=True), until=now)  # type: ignore[return-value]  # keys are patient ids


def names(members: Iterable[SideMember]) -> list[str]:
    """What the group may hear of each: the called name or the first name."""
    return [member.patient.called if member.patient else member.staff.first_name for member in members]  # type: ignore[union-attr]  # one of both is set

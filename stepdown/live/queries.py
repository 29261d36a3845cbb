"""Who is at the door, who is in, and who was: read from the tables in a known number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from stepdown.kernel.prepared import prepared
from stepdown.kernel.spans import Span
from stepdown.live.domain.stays import CLOSING, Event, Kind, fold
from stepdown.live.models import (
    Admittance,
    Attempt,
    Break,
    Decision,
    DoorCheck,
    InboxEvent,
    Incident,
    Join,
    Knock,
    LeaderAway,
    PrivateWord,
    Room,
    Round,
    SideRoom,
)
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.placement.models import Seat
from stepdown.placement.queries import patients_visible_to
from stepdown.timetable import queries as timetable
from stepdown.timetable.models import Session

INCIDENTS_SHOWN = 50  # the newest, on one page
LAST = 3
BACK_WITHIN, LONGEST = timedelta(minutes=5), timedelta(hours=12)
DOOR_OPENS = timedelta(minutes=30)  # before the session starts
# At a door of the session as it is planned now: what was said and done before it was moved counts no more.
SINCE_DOOR_OPENED = Q(at__gte=F("session__starts_at") - DOOR_OPENS)
LATEST = timedelta(hours=2)  # after the planned end; a room that nobody ended does not stay open for ever


def has_seat(session: Session, patient: Patient) -> bool:
    """Whether an accepted seat of this patient covers the session."""
    return Seat.objects.accepted().at(session.starts_at).filter(group=session.group_id, patient=patient).exists()


def seated(session: Session) -> frozenset[UUID]:
    """Ids of patients whose accepted seat covers the session. One query."""
    return frozenset(seat.patient_id for seat in timetable.roster(session))


def seats_in_group(session: Session, patient: Patient) -> QuerySet[Seat]:
    """The seats that this patient accepted in the session's group at any time, earliest first."""
    return Seat.objects.accepted().filter(group=session.group_id, patient=patient).order_by("starts_at")


def meetings_from(patient: Patient, now: datetime) -> QuerySet[Session]:
    """This patient's meetings that are on or to come, in whichever group, earliest first; one that its leader has ended
    is over, whatever the hour."""
    coming = timetable.sessions_of_patient(patient).filter(cancelled_at=None, ends_at__gt=now)
    return coming.filter(Q(room=None) | Q(room__ended_at=None)).order_by("starts_at")


def meeting_over_time(patient: Patient, now: datetime) -> Session | None:
    """The meeting past its planned end that still goes on for them: they were let in, and who leads is there."""
    longer = timetable.sessions_of_patient(patient).filter(cancelled_at=None, room__ended_at=None, ends_at__lte=now)
    let_in = Admittance.objects.filter(SINCE_DOOR_OPENED, session=OuterRef("pk"), patient=patient, sent_out_at=None)
    led = open_joins().filter(session=OuterRef("pk"), staff__isnull=False)
    return longer.filter(Exists(let_in), Exists(led)).order_by("starts_at").last()


def may_lead(session: Session) -> QuerySet[Staff]:
    """Whom `permissions.leads` lets lead the session."""
    named = Q(pk__in=[session.leader_id, session.co_leader_id]) | Q(roles__contains=[Role.DIRECTOR])
    return Staff.objects.current().filter(named)


def rooms_led(staff: Staff) -> QuerySet[Join]:
    """This person's comings into rooms to lead there, whoever was to."""
    return Join.objects.filter(staff=staff, side_room=None).order_by()


def led_in_room(staff: Staff, sessions: Iterable[Session]) -> set[UUID]:
    """Ids of these sessions whose room this person came into to lead it, whoever was to lead them. One query."""
    return set(rooms_led(staff).filter(session__in=list(sessions)).values_list("session_id", flat=True))


def leads_now(session: Session, staff: Staff) -> bool:
    """Whether this person is in the session's room to lead it, whoever was to."""
    return open_joins(session).filter(staff=staff).exists()


def room_of(session: Session) -> Room | None:
    return Room.objects.filter(session=session).first()


def has_met(session: Session) -> bool:
    """Whether the room was open in some of the planned time: one that was ended before the start, or opened after the
    end, was open to nobody."""
    opened = Room.objects.filter(session=session, opened_at__lt=session.ends_at)
    return opened.filter(Q(ended_at=None) | Q(ended_at__gt=session.starts_at)).exists()


def rooms_left_open(now: datetime) -> QuerySet[Room]:
    """Rooms that are open though they may not be any more."""
    return Room.objects.filter(ended_at=None, session__ends_at__lt=now - LATEST)


def is_encrypted(session: Session) -> bool:
    """Whether picture and sound go end to end: as it was when the room was opened, or as its program has it now."""
    opened = Room.objects.filter(session=session).values_list("encrypted", flat=True).first()
    return session.group.program.encrypted if opened is None else opened


def is_ended(session: Session) -> bool:
    return Room.objects.filter(session=session).exclude(ended_at=None).exists()


def door_check(session: Session, patient: Patient) -> DoorCheck | None:
    """The latest of this patient for this session, as it is planned now."""
    return DoorCheck.objects.filter(SINCE_DOOR_OPENED, session=session, patient=patient).order_by("-at").first()


def is_of_door(check: DoorCheck, session: Session) -> bool:
    """Whether it was said at this session's door, as it is planned now."""
    return check.session_id == session.pk and check.at >= session.starts_at - DOOR_OPENS


def last_door_check(patient: Patient) -> DoorCheck | None:
    """The latest of this patient for any session, to offer the same place again."""
    return DoorCheck.objects.filter(patient=patient).order_by("-at").first()


def door_checks(session: Session) -> dict[UUID, DoorCheck]:
    """patient id -> their latest door check for this session, as it is planned now."""
    checks = DoorCheck.objects.filter(SINCE_DOOR_OPENED, session=session).order_by("patient_id", "-at")
    checks = checks.distinct("patient_id")
    return {check.patient_id: check for check in checks}


def last_door_checks(patients: Iterable[UUID]) -> dict[UUID, DoorCheck]:
    """patient id -> the latest door check of any session. One query."""
    checks = DoorCheck.objects.filter(patient__in=list(patients)).order_by("patient_id", "-at").distinct("patient_id")
    return {check.patient_id: check for check in checks}


def is_admitted(session: Session, patient: Patient) -> bool:
    return Admittance.objects.filter(SINCE_DOOR_OPENED, session=session, patient=patient, sent_out_at=None).exists()


def admitted(session: Session) -> set[UUID]:
    """Ids of patients who were let in and not sent out again."""
    found = Admittance.objects.filter(SINCE_DOOR_OPENED, session=session, sent_out_at=None)
    return set(found.values_list("patient_id", flat=True))


def open_joins(session: Session | None = None) -> QuerySet[Join]:
    """Joins that some witness saw arrive and none saw leave; of one session, or of all."""
    seen = InboxEvent.objects.filter(join=OuterRef("pk"))
    joins = Join.objects.filter(Exists(seen.filter(kind=Kind.ARRIVED)), ~Exists(seen.filter(kind__in=CLOSING)))
    return joins if session is None else joins.filter(session=session)


def is_in_use(session: Session) -> bool:
    """Whether its room is open and somebody is in it."""
    return Room.objects.filter(session=session, ended_at=None).exists() and open_joins(session).exists()


def is_or_was_in(staff: Staff, now: datetime, *, session: UUID | None = None, incident: UUID | None = None) -> bool:
    """Whether one of the staff, as leader or visitor, is in that room, or in that of the incident, or left it less than
    five minutes ago. Whose media server died did not leave."""
    room = Q(session=session) if session else Q(session__incidents=incident)
    mine = Join.objects.filter(room, Q(staff=staff) | Q(visit__staff=staff), at__gt=now - LONGEST)
    seen = InboxEvent.objects.filter(join=OuterRef("pk"))
    gone = seen.filter(kind__in=CLOSING, at__lt=now - BACK_WITHIN).exclude(kind=Kind.SERVER_DIED)
    return mine.filter(Exists(seen.filter(kind=Kind.ARRIVED)), ~Exists(gone)).exists()


@dataclass(frozen=True)
class InRoom:
    """One coming in that lasts. `name` is what the group may hear: the called name or the first name. `side`: the kind
    of side room they are in, empty in the main room."""

    join: UUID
    name: str
    role: str
    patient: UUID | None = None
    staff: UUID | None = None
    visit: UUID | None = None
    side: str = ""

    @property
    def at_door(self) -> bool:
        """Whether it is a talk with a patient who is not let in yet."""
        return self.role == "patient" and self.side == SideRoom.Kind.DOOR


def people_in(session: Session) -> list[InRoom]:
    """Who is in now, leaders first, then by when they came. One query. Source: RULE PRIV-37."""
    found = []
    for join in open_joins(session).select_related("patient", "staff", "visit__staff", "side_room").order_by("at"):
        side = join.side_room.kind if join.side_room else ""
        if join.patient is not None:
            who = join.patient
            found.append(InRoom(join=join.pk, name=who.called, role="patient", patient=who.pk, side=side))
        elif join.staff is not None:
            lead = join.staff
            found.append(InRoom(join=join.pk, name=lead.first_name, role="leader", staff=lead.pk, side=side))
        elif join.visit is not None:
            found.append(InRoom(join=join.pk, name=join.visit.called, role=join.visit.role, visit=join.visit.pk))
    return sorted(found, key=lambda person: person.role != "leader")


def people_let_in(session: Session) -> list[InRoom]:
    """As `people_in`, without patients who are talked with at the door: the group does not learn of them."""
    return [one for one in people_in(session) if not one.at_door]


def leaders_in(session: Session) -> list[str]:
    """First names of those who lead and are in the room now, the session's leader first. One query."""
    joins = open_joins(session).filter(staff__isnull=False).select_related("staff").order_by("at")
    staff = dict.fromkeys(join.staff for join in joins if join.staff)
    return [one.first_name for one in sorted(staff, key=lambda one: one.pk != session.leader_id)]


@dataclass(frozen=True)
class Waiting:
    """A patient at the door since `since`, with what they said there."""

    patient: Patient
    since: datetime
    check: DoorCheck | None


@dataclass(frozen=True)
class Presence:
    """Who is in (ids of patients and of staff), who waits (longest first), whose chair is empty."""

    patients_in: set[UUID]
    staff_in: set[UUID]
    waiting: list[Waiting]
    missing: list[Seat]


def presence(session: Session) -> Presence:
    """Who is in, waiting and missing now, in four queries."""
    joins = list(open_joins(session).values_list("patient_id", "staff_id"))
    checks = door_checks(session)
    knocks = Knock.objects.filter(session=session, ended_at=None).select_related("patient").order_by("at")
    waiting = [Waiting(patient=k.patient, since=k.at, check=checks.get(k.patient_id)) for k in knocks]
    patients_in = {patient for patient, _ in joins if patient}
    there = patients_in | {one.patient.pk for one in waiting}
    return Presence(
        patients_in=patients_in,
        staff_in={staff for _, staff in joins if staff},
        waiting=waiting,
        missing=[seat for seat in timetable.roster(session) if seat.patient_id not in there],
    )


def events_of(session: Session, until: datetime, *, side: bool = False) -> list[Event]:
    """What the witnesses saw of patients, as the fold takes it; `side`: in side rooms alone. Of many sightings of a
    join only the last counts."""
    inbox = InboxEvent.objects.filter(session=session, at__lte=until, join__patient__isnull=False)
    if side:
        inbox = inbox.filter(join__side_room__isnull=False)
    told = inbox.exclude(kind=Kind.SEEN).values_list("join_id", "join__patient_id", "kind", "at")
    sightings = inbox.filter(kind=Kind.SEEN).values("join_id", "join__patient_id").annotate(last=Max("at")).order_by()
    events = [Event(join=join, person=patient, kind=Kind(kind), at=at) for join, patient, kind, at in told]
    events += [
        Event(join=row["join_id"], person=row["join__patient_id"], kind=Kind.SEEN, at=row["last"]) for row in sightings
    ]
    return events


def stays(session: Session, now: datetime | None = None) -> dict[UUID, list[Span]]:
    """patient id -> when they were in the room up to `now`, from what the witnesses saw; two queries."""
    now = now or timezone.now()
    return fold(events_of(session, now), until=now)  # type: ignore[return-value]  # the persons here are patient ids


def breaks(session: Session, now: datetime | None = None) -> list[Span]:
    """Breaks as they were; one that nobody ended ends as planned, and not after now."""
    now = now or timezone.now()
    found: Iterable[Break] = Break.objects.filter(session=session, starts_at__lte=now)
    return [Span(b.starts_at, min(b.ends_at or b.planned_end, now)) for b in found]


def break_now(session: Session) -> Break | None:
    """The break that lasts."""
    found = Break.objects.filter(session=session, ends_at=None).first()
    return found if found and found.planned_end > timezone.now() else None


def open_words(session: Session) -> list[PrivateWord]:
    """Private words that no leader has answered yet, the oldest first. For leaders alone."""
    return list(PrivateWord.objects.filter(session=session, answered_at=None).select_related("patient").order_by("at"))


def last_words(session: Session) -> dict[UUID, PrivateWord]:
    """patient id -> what they told the leaders last in this session, with its answer if there is one."""
    words = PrivateWord.objects.filter(session=session).order_by("patient_id", "-at").distinct("patient_id")
    return {word.patient_id: word for word in words}


@dataclass(frozen=True)
class Decided:
    """What leaders decided for the whole room, as it holds now."""

    pause: bool = False
    lock: bool = False
    chat: bool = False


def decided(session: Session) -> Decided:
    rows = Decision.objects.filter(session=session).order_by("what", "-at").distinct("what")
    return Decided(**{row.what: row.on for row in rows})


def attempts(session: Session) -> dict[UUID, list[Attempt]]:
    """patient id -> the calls and texts to reach them for this session, oldest first. One query."""
    found: dict[UUID, list[Attempt]] = {}
    for attempt in Attempt.objects.filter(session=session).select_related("by", "message"):
        found.setdefault(attempt.patient_id, []).append(attempt)
    return found


def tried_by(staff: Staff, session: Session) -> list[Attempt]:
    """The calls and texts of this person for this session, oldest first. One query."""
    return list(Attempt.objects.filter(session=session, by=staff).select_related("patient", "message"))


def left_at(session: Session) -> dict[UUID, datetime]:
    """patient id -> when one of their joins last ended, as the session is planned now. One query."""
    ended = InboxEvent.objects.filter(SINCE_DOOR_OPENED, session=session, kind__in=CLOSING, join__patient__isnull=False)
    return dict(ended.order_by().values_list("join__patient").annotate(Max("at")))


def incidents_visible_to(staff: Staff) -> QuerySet[Incident]:
    """Incidents with their entries, the newest first: all for a director; for a counselor those of the sessions they
    lead, of the people they see, and what they wrote down. Source: RULE PRIV-33 (minimum necessary)."""
    found = Incident.objects.select_related("patient", "by", "session__group").prefetch_related("entries__by")
    own = Q(session__leader=staff) | Q(session__co_leader=staff) | Q(by=staff)
    if staff.has_role(Role.DIRECTOR):
        return found.filter(own | not_hidden(staff))
    if staff.has_role(Role.COUNSELOR):
        return found.filter(own | Q(patient__in=patients_visible_to(staff)))
    return found.none()


@prepared
def last_incidents(patient: UUID) -> QuerySet[Incident, tuple[UUID, datetime]]:
    """(id, when) of the latest few about a patient, for a counselor or director who sees that patient. One query."""
    return Incident.objects.filter(patient=patient).order_by("-at").values_list("pk", "at")[:LAST]


def incidents_of(session: Session) -> dict[UUID, list[Incident]]:
    """patient id -> their incidents of this session, the newest first. Two queries."""
    found: dict[UUID, list[Incident]] = {}
    for incident in Incident.objects.filter(session=session).prefetch_related("entries"):
        found.setdefault(incident.patient_id, []).append(incident)
    return found


def leader_away_now(session: Session) -> LeaderAway | None:
    """The stretch without a leader that the room is in."""
    return LeaderAway.objects.filter(session=session, ended_at=None).first()


def rooms_without_leader(staff: Staff) -> list[LeaderAway]:
    """Rooms this person may lead whose patients are without a leader right now, the longest first; none that cannot be
    open any more."""
    found = LeaderAway.objects.filter(
        ended_at=None, session__ends_at__gte=timezone.now() - LATEST, session__cancelled_at=None
    )
    found = found.select_related("session__group").order_by("since")
    if not staff.has_role(Role.DIRECTOR):
        found = found.filter(Q(session__leader=staff) | Q(session__co_leader=staff))
    return list(found)


def round_now(session: Session) -> Round | None:
    """The check-in round that is going on."""
    return Round.objects.filter(session=session, ended_at=None).first()


def patients_in(session: Session) -> list[UUID]:
    """Ids of the patients who are in the main room, by when they came."""
    joins = open_joins(session).filter(patient__isnull=False, side_room=None)
    ids = joins.order_by("at").values_list("patient_id", flat=True)
    return list(dict.fromkeys(ids))

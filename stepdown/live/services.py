"""What people do at the door and in the room, and the one way into the inbox.

Each change tells the live process which session to read anew (`NOTIFY live`), at the moment it is committed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import F, QuerySet, Subquery, Value
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.live import outside
from stepdown.live.domain.stays import Kind
from stepdown.live.models import (
    Admittance,
    Break,
    Decision,
    DoorCheck,
    InboxEvent,
    Join,
    Knock,
    LeaderAway,
    Pairs,
    Room,
    Round,
    SideMember,
    SideRoom,
    VideoAway,
    Visit,
)
from stepdown.live.queries import (
    SINCE_DOOR_OPENED,
    admitted,
    decided,
    has_seat,
    open_joins,
    rooms_left_open,
    seated,
)
from stepdown.live.sides import IN_PAIR
from stepdown.live.visits import comes_in, kept_out
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)
CHANNEL = "live"
LINE_BACK = timedelta(minutes=2)  # a line that was lost is back by then, or its person left


def tell_live(session: Session) -> None:
    """Has the live process read this session anew once the transaction is committed."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, str(session.pk)])


def end_in_rooms(browser: str) -> None:
    """Has the live process take this browser (people.endings) out of every room once the transaction is committed."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, browser])


@transaction.atomic
def check_in(
    *,
    session: Session,
    patient: Patient,
    address: str,
    state: str,
    callback_phone: str,
    alone: bool,
    craving: int | None = None,
    mood: str = "",
    used_since: bool | None = None,
) -> DoorCheck:
    """Keeps what the patient said at the door; each time anew. Source: RULE PROG-08, PRIV-35."""
    with rules_speak():
        check = DoorCheck.objects.create(
            session=session,
            patient=patient,
            address=address,
            state=state,
            callback_phone=callback_phone,
            alone=alone,
            craving=craving,
            mood=mood,
            used_since=used_since,
        )
    tell_live(session)
    return check


@transaction.atomic
def open_room(*, session: Session, by: Staff) -> Room:
    """Opens the room, or opens it again after it was ended by mistake; does nothing when it is open. One that was ended
    before the start counts as opened now."""
    room, made = Room.objects.select_for_update(of=("self",)).get_or_create(
        session=session, defaults={"opened_by": by, "encrypted": session.group.program.encrypted}
    )
    if not made and room.ended_at:
        if room.ended_at <= session.starts_at:
            room.opened_at, room.opened_by = timezone.now(), by
        room.ended_at = room.ended_by = None
        room.save(update_fields=["opened_at", "opened_by", "ended_at", "ended_by"])
    tell_live(session)
    return room


@transaction.atomic
def keep_server(*, session: Session, server: str) -> None:
    """The room lives on that media server from now on."""
    Room.objects.filter(session=session).update(server=server)


@transaction.atomic
def end_room(*, session: Session, by: Staff | None) -> None:
    """Ends the group for everyone, with whatever still lasts in it; `by` is None when nobody did it in time. Then
    nobody saw when video was back, and no later than the planned end is kept of that."""
    at_the_door(session)
    now = timezone.now()
    Room.objects.filter(session=session, ended_at=None).update(ended_at=now, ended_by=by)
    end_break(session=session, by=by)
    still_on = [what for what, on in asdict(decided(session)).items() if on]
    Decision.objects.bulk_create([Decision(session=session, what=what, on=False, by=by) for what in still_on])
    Round.objects.filter(session=session, ended_at=None).update(ended_at=now)
    SideRoom.objects.filter(session=session, ended_at=None).update(ended_at=now, why=SideRoom.Why.OVER)
    SideMember.objects.filter(session=session, until=None).update(until=now)
    Pairs.objects.filter(session=session, ended_at=None).update(ended_at=now)
    Knock.objects.filter(session=session, ended_at=None).update(ended_at=now)
    LeaderAway.objects.filter(session=session, ended_at=None).update(ended_at=now)
    planned = Subquery(Session.objects.filter(pk=session.pk).values("ends_at"))
    video_back_at = Value(now) if by else Greatest(F("since"), Least(Value(now), planned))
    VideoAway.objects.filter(session=session, ended_at=None).update(ended_at=video_back_at)
    tell_live(session)


@transaction.atomic
def leave_room_behind(*, session: Session, by: Staff) -> None:
    """The session was moved, or takes place after it was called off: a room that was opened before is none of it,
    ended or not, and a guest who was let in there is let in anew."""
    end_room(session=session, by=by)
    Room.objects.filter(session=session).delete()
    Visit.objects.filter(session=session, out_at=None).update(let_in_at=None, let_in_by=None)


def end_rooms_left_open(now: datetime) -> int:
    """Ends every room that nobody ended by the latest time, each in its own transaction: one that cannot be ended holds
    up no other. Returns how many."""
    overdue, done = rooms_left_open(now), 0
    for room in list(overdue):
        try:
            with transaction.atomic():
                session = at_the_door(Session(pk=room.session_id))
                if overdue.select_for_update(of=("self",)).filter(pk=room.pk).exists():
                    end_room(session=session, by=None)
                    done += 1
        except Exception:
            log.exception("room not ended", session=str(room.session_id))
    if done:
        log.info("rooms ended that nobody ended", rooms=done)
    return done


@transaction.atomic
def let_in(*, session: Session, patient: Patient, by: Staff) -> Admittance:
    """Lets a patient in for this session, also before they come, and from a talk at the door; does nothing when they
    are let in already.

    Raises RuleBroken when the patient has no seat in the group, or the room is locked, or what they said at the door
    keeps them out. Source: RULE PROG-08, PRIV-35.
    """
    session = at_the_door(session)
    if not has_seat(session, patient):
        raise RuleBroken("This person has no seat in this group. Offer one first.")
    if decided(session).lock:
        raise RuleBroken("The room is locked, so nobody new comes in. Unlock it first.")
    if kept_out(session, [patient.pk]):
        raise RuleBroken("This person has not agreed to the guest. They are asked at the door.")
    if no := outside.still_no(session, patient):
        raise RuleBroken(no)
    before = Admittance.objects.filter(session=session, patient=patient, sent_out_at=None).exclude(SINCE_DOOR_OPENED)
    before.update(sent_out_at=timezone.now(), sent_out_by=by)
    admittance, _ = Admittance.objects.get_or_create(
        session=session, patient=patient, sent_out_at=None, defaults={"by": by}
    )
    Knock.objects.filter(session=session, patient=patient, ended_at=None).update(ended_at=timezone.now())
    _end_talk_at_door(session, patient)
    tell_live(session)
    return admittance


@transaction.atomic
def let_in_all(*, session: Session, by: Staff) -> int:
    """Lets in everyone who waits, but for who has not agreed to a guest that is in, whom what they said at the door
    keeps out, and whose seat has ended meanwhile; returns how many."""
    session = at_the_door(session)
    waiting = Patient.objects.filter(pk__in=Knock.objects.filter(session=session, ended_at=None).values("patient"))
    staying = kept_out(session, waiting.values_list("pk", flat=True)) | outside.kept_at_door(session)
    patients = list(waiting.filter(pk__in=seated(session)).exclude(pk__in=staying))
    for patient in patients:
        let_in(session=session, patient=patient, by=by)
    tell_live(session)
    return len(patients)


@transaction.atomic
def send_out(*, session: Session, patient: Patient, by: Staff) -> None:
    """Puts a patient out, and out of their pair; they may knock again. Who is in a talk at the door waits again."""
    _end_talk_at_door(session, patient)
    now, let_in = timezone.now(), Admittance.objects.filter(session=session, patient=patient, sent_out_at=None)
    let_in.update(sent_out_at=now, sent_out_by=by)
    SideMember.objects.filter(IN_PAIR, session=session, patient=patient).update(until=now)
    tell_live(session)


@transaction.atomic
def end_side_room(*, room: SideRoom, why: str) -> None:
    """Everyone who is in it goes back to where they were."""
    room.ended_at, room.why = timezone.now(), why
    room.save(update_fields=["ended_at", "why"])
    room.members.filter(until=None).update(until=room.ended_at)
    log.info("side room ends", session=str(room.session_id), side_room=str(room.pk), why=str(why))
    tell_live(room.session)


def _end_talk_at_door(session: Session, patient: Patient) -> None:
    talks = SideRoom.objects.filter(session=session, kind=SideRoom.Kind.DOOR, ended_at=None)
    for room in talks.filter(members__patient=patient, members__until=None).select_for_update(of=("self",)):
        end_side_room(room=room, why=SideRoom.Why.BACK if room.opened_at else SideRoom.Why.WITHDRAWN)


@transaction.atomic
def start_break(*, session: Session, by: Staff, minutes: int = 10) -> Break:
    """Starts a break; it ends by itself after `minutes`. Raises RuleBroken when one lasts, or the room is not open."""
    if not Room.objects.select_for_update(of=("self",)).filter(session=session, ended_at=None).exists():
        raise RuleBroken("The room is not open, so there is nothing to take a break from.")
    if Pairs.objects.filter(session=session, ended_at=None).exists():
        raise RuleBroken("The group is in pairs. Bring all back first.")
    end_overdue_break(session=session)
    with rules_speak():
        found = Break.objects.create(session=session, started_by=by, planned_minutes=minutes)
    tell_live(session)
    return found


@transaction.atomic
def end_overdue_break(*, session: Session) -> bool:
    """Ends a break whose time is over, at the moment it was planned to end. Returns whether there was one."""
    found = Break.objects.select_for_update().filter(session=session, ends_at=None).first()
    if found is None or found.planned_end > timezone.now():
        return False
    found.ends_at = found.planned_end
    found.save(update_fields=["ends_at"])
    tell_live(session)
    return True


@transaction.atomic
def end_break(*, session: Session, by: Staff | None) -> None:
    """Ends the break that lasts; does nothing when there is none."""
    if not end_overdue_break(session=session):
        Break.objects.filter(session=session, ends_at=None).update(ends_at=timezone.now())
    tell_live(session)


@transaction.atomic
def knock(*, session: Session, patient: Patient) -> Knock | None:
    """The patient waits at the door; once, however often they ask; also who was let in, while a guest keeps them out.
    None: they were let in in the same moment, and wait for nothing."""
    at_the_door(session)
    if comes_in(session, patient):
        return None
    at = _at_door_since(session, patient, timezone.now())
    found, _ = Knock.objects.get_or_create(session=session, patient=patient, ended_at=None, defaults={"at": at})
    return found


def _at_door_since(session: Session, patient: Patient, now: datetime) -> datetime:
    """Since when this patient, who is at the door now, has been there: who was away for less than LINE_BACK, or was
    talked with there meanwhile, was never gone."""
    knocks = Knock.objects.filter(SINCE_DOOR_OPENED, session=session, patient=patient, ended_at__isnull=False)
    last = knocks.order_by("ended_at").last()
    if last is None or Admittance.objects.filter(session=session, patient=patient, at__gte=last.at).exists():
        return now
    talk = SideRoom.objects.filter(kind=SideRoom.Kind.DOOR, opened_at=last.ended_at, members__patient=patient)
    gone_at = talk.values_list("ended_at", flat=True).first() or last.ended_at
    return last.at if gone_at and gone_at > now - LINE_BACK else now


def at_the_door(session: Session) -> Session:
    """One at a time: whoever is let in while they knock is not left knocking. Held before the room, side rooms and
    visits, by whatever takes several of them. Returns the session as it is now."""
    doors = Session.objects.select_for_update(of=("self",), no_key=True).select_related("leader")
    return doors.get(pk=session.pk)


@transaction.atomic
def stop_knocking(*, session: Session, patient: Patient) -> None:
    """The patient waits no more."""
    Knock.objects.filter(session=session, patient=patient, ended_at=None).update(ended_at=timezone.now())


@transaction.atomic
def end_waiting_for_guests(*, session: Session) -> None:
    """Who was let in before, and whom no guest keeps out any more, waits no more: they are in."""
    at_the_door(session)
    knocks = Knock.objects.filter(session=session, patient__in=admitted(session), ended_at=None)
    staying = kept_out(session, knocks.values_list("patient", flat=True))
    for over in knocks.exclude(patient__in=staying).select_related("patient"):
        stop_knocking(session=session, patient=over.patient)
        _end_talk_at_door(session, over.patient)


@transaction.atomic
def start_join(
    *,
    session: Session,
    patient: Patient | None = None,
    staff: Staff | None = None,
    visit: UUID | None = None,
    side_room: UUID | None = None,
) -> Join:
    """One coming in of one person, into the main room or that side room. Its arrival is for the witnesses to tell."""
    return Join.objects.create(session=session, patient=patient, staff=staff, visit_id=visit, side_room_id=side_room)


@dataclass(frozen=True)
class Sighting:
    """One row for the inbox. `join` is a join's id or None for what concerns a whole media server."""

    source: str
    emitter: str
    kind: str
    at: datetime
    join: UUID | None = None
    detail: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def record(sightings: Iterable[Sighting]) -> int:
    """Adds what witnesses saw; the same thing told twice is kept once, and joins nobody knows are left out.

    Returns how many rows were offered to the table. Every write to the inbox goes through here.
    """
    found = list(sightings)
    sessions = dict(Join.objects.filter(pk__in={s.join for s in found if s.join}).values_list("pk", "session_id"))
    rows = [
        InboxEvent(
            source=s.source,
            emitter=s.emitter,
            kind=s.kind,
            at=s.at,
            join_id=s.join,
            session_id=sessions[s.join] if s.join else None,
            detail=s.detail,
        )
        for s in found
        if s.join is None or s.join in sessions
    ]
    InboxEvent.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def close_left_open(*, but: Collection[UUID] = ()) -> int:
    """After the end of a live process: open joins end when they were last seen, but those whose line goes on; nobody
    knocks any more. Returns how many ended."""
    Knock.objects.filter(ended_at=None).update(ended_at=timezone.now())
    return end_when_last_seen(joins=open_joins().exclude(pk__in=but))


@transaction.atomic
def end_when_last_seen(*, joins: QuerySet[Join], seen: Mapping[UUID, datetime] | None = None) -> int:
    """Nobody knows better when these people left. Returns how many joins ended.

    seen: {join: when they were there last}, where that is known better than from the inbox, whose poll goes on seeing
    whoever sleeps.
    """
    rows = []
    for join in joins.iterator():
        at = (seen or {}).get(join.pk)
        if at is None:
            at = InboxEvent.objects.filter(join=join).order_by("-at").values_list("at", flat=True)[0]
        rows.append(
            Sighting(
                source=InboxEvent.Source.SIGNALING,
                emitter="live",
                kind=Kind.LEFT,
                at=at,
                join=join.pk,
                detail={"why": "live process restarted"},
            )
        )
    return record(rows)

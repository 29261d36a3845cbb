"""The database, from asyncio: a few threads with a connection each, and one connection that listens."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ParamSpec, TypeVar
from uuid import UUID

import psycopg
import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.utils import translation
from django.utils.translation import gettext as _

from stepdown.kernel.db import RuleBroken
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.live import elsewhere, permissions, queries, queries_standby, services, services_visits, visits
from stepdown.live.domain.stays import Kind
from stepdown.live.models import InboxEvent, Join, Visit
from stepdown.live.server.holding import HeldLine
from stepdown.live.sides import Sides, sides
from stepdown.live.tickets import Ticket
from stepdown.live.visits import GuestIn
from stepdown.people import endings
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)
NEVER = datetime.max.replace(tzinfo=UTC)

THREADS = 4
RECONNECT_SECONDS = 0.5
_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="database")
P = ParamSpec("P")
T = TypeVar("T")


async def in_database(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs blocking database work in a thread, on a connection that is known to live."""

    def run() -> T:
        close_old_connections()
        try:
            return work(*args, **kwargs)
        finally:
            close_old_connections()

    return await asyncio.get_running_loop().run_in_executor(_pool, run)


async def until_done(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """As `in_database`, again and again while the database is away: for what nobody would ask for a second time."""
    while True:
        try:
            return await in_database(work, *args, **kwargs)
        except (OperationalError, InterfaceError):
            log.warning("waiting for the database")
            await asyncio.sleep(RECONNECT_SECONDS)


@dataclass(frozen=True)
class Word:
    """What a patient told the leaders last; `answer` is empty until one of them answers, whose id is `by`."""

    kind: str
    answer: str
    by: UUID | None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Snapshot:
    """What the tables say about a session's room. `server`: its media server, "" for none yet; `admitted`: ids of
    patients and visits; `kept_out`: of patients who were let in and stay outside while a guest is in; `expected`: ids
    of patients with a seat and of visits that may come to the door; `leaders`: ids of staff who may lead it, None for
    anyone; `leader`: who leads it, None for nobody in particular; `visits`: anything that differs when these change;
    `starts_at`: when the group begins; `break_until`: None outside breaks; `words`: {patient id: their last private
    word}; `topic`: its id, "" for none; `order`, `order_names` and `turn`: the check-in round, or ((), (), None);
    `leaderless_since`: patients are there, no leader is, and the center knows, else None; `sides`: the side rooms;
    `video_away`: no media server answers, and this is the address of the standby room, "" for none; else None;
    `guests`: who was let in, and who agrees to it."""

    server: str
    is_open: bool
    is_ended: bool
    is_encrypted: bool
    admitted: frozenset[UUID]
    kept_out: frozenset[UUID]
    expected: frozenset[UUID]
    leaders: frozenset[UUID] | None
    leader: UUID | None
    break_until: datetime | None
    starts_at: datetime
    latest_end: datetime
    words: Mapping[UUID, Word]
    decided: queries.Decided
    topic: str
    order: tuple[UUID, ...]
    order_names: tuple[str, ...]
    turn: int | None
    leaderless_since: datetime | None
    sides: Sides
    video_away: str | None
    visits: frozenset[object]
    guests: tuple[GuestIn, ...]

    @property
    def leader_away(self) -> bool:
        """Whether the center knows that patients are without a leader."""
        return self.leaderless_since is not None


def throw_away() -> Snapshot:
    """The room of a room-check, which no table knows: open, without patients, times or decisions, gone when empty."""
    return Snapshot(
        server="",
        is_open=True,
        is_ended=False,
        is_encrypted=False,
        admitted=frozenset(),
        kept_out=frozenset(),
        expected=frozenset(),
        leaders=None,
        leader=None,
        break_until=None,
        starts_at=NEVER,
        latest_end=NEVER,
        words={},
        decided=queries.Decided(),
        topic="",
        order=(),
        order_names=(),
        turn=None,
        leaderless_since=None,
        sides=Sides(),
        video_away=None,
        visits=frozenset(),
        guests=(),
    )


@dataclass(frozen=True)
class Entry:
    """Whether the holder of a ticket may come to the door, and as what: "leader", "patient", or a role of a visit."""

    decision: Decision
    role: str


def read_session(session_id: UUID) -> Snapshot:
    session = Session.objects.filter(pk=session_id).first()
    if session is None:
        return throw_away()
    room = queries.room_of(session)
    pause = queries.break_now(session)
    away, leaderless = queries_standby.video_away_now(session), queries.leader_away_now(session)
    going_round, guests = queries.round_now(session), visits.guests_in(session)
    let_in = frozenset(queries.admitted(session))
    kept_out = frozenset(one for one in let_in if visits.kept_from(guests, one))
    return Snapshot(
        server=room.server if room is not None else "",
        is_open=room is not None and room.ended_at is None,
        is_ended=bool(session.cancelled_at) or (room is not None and room.ended_at is not None),
        is_encrypted=room is not None and room.encrypted,
        admitted=let_in - kept_out | visits.may_be_in(session),
        kept_out=kept_out,
        expected=visits.expected(session) | queries.seated(session),
        leaders=frozenset(queries.may_lead(session).values_list("pk", flat=True)),
        leader=session.leader_id,
        break_until=pause.planned_end if pause else None,
        starts_at=session.starts_at,
        latest_end=session.ends_at + queries.LATEST,
        words={
            patient: Word(word.kind, word.answer, word.answered_by_id, word.answered_at)
            for patient, word in queries.last_words(session).items()
        },
        decided=queries.decided(session),
        topic=str(session.topic_id or ""),
        order=tuple(going_round.order) if going_round else (),
        order_names=_called(going_round.order) if going_round else (),
        turn=going_round.turn if going_round else None,
        leaderless_since=leaderless.since if leaderless is not None else None,
        sides=sides(session),
        video_away=_shown(away.address) if away is not None else None,
        visits=visits.state(session),
        guests=guests,
    )


def _called(patients: Sequence[UUID]) -> tuple[str, ...]:
    """What these patients are called, in this order."""
    found = Patient.objects.in_bulk(patients)
    return tuple(found[one].called for one in patients)


def _shown(address: str) -> str:
    """The standby room's, while an agreement covers it."""
    return address if address and elsewhere.may_meet(address) else ""


def read_entry(ticket: Ticket) -> Entry:
    """Asks the permissions again, as things may have changed since the page; a leader's coming opens the room, and ends
    their own visit, so that nobody is in it twice. What is said to a patient is in their language."""
    if ticket.patient is None:
        return _read_entry(ticket, None)
    patient = Patient.objects.get(pk=ticket.patient)
    with translation.override(patient.language):
        return _read_entry(ticket, patient)


def _read_entry(ticket: Ticket, patient: Patient | None) -> Entry:
    session = Session.objects.select_related("leader", "group").filter(pk=ticket.session).first()
    if not endings.is_signed_in(ticket.browser):
        return Entry(refuse(_("This browser was signed out.")), "guest")
    if ticket.tester and session is None:
        return Entry(ALLOW, "leader")
    if session is None or ticket.tester:
        return Entry(refuse(_("There is no such meeting.")), "patient")
    if ticket.visit is not None:
        visit = Visit.objects.filter(pk=ticket.visit, session=session).first()
        if visit is None:
            return Entry(refuse(_("There is no such meeting.")), "guest")
        return Entry(permissions.visit(visit, session), visit.role)
    if patient is not None:
        return Entry(permissions.enter(patient, session), "patient")
    staff = Staff.objects.get(pk=ticket.person)
    decision = permissions.lead(staff, session)
    if decision:
        services_visits.end_visits_of_leaders(session=session, leaders=[staff.pk])
    if decision and queries.room_of(session) is None:
        services.open_room(session=session, by=staff)
    return Entry(decision, "leader")


def leading(session: UUID, staff: UUID) -> tuple[Session, Staff]:
    """Both, after asking the permissions again: who came in as a leader may lead no more. Raises RuleBroken."""
    found, by = Session.objects.get(pk=session), Staff.objects.get(pk=staff)
    if not (may := permissions.lead(by, found)):
        raise RuleBroken(may.reason)
    return found, by


def keep_server(session: UUID, server: str) -> None:
    services.keep_server(session=Session(pk=session), server=server)


def start_join(ticket: Ticket, side_room: UUID | None) -> Join:
    if ticket.tester:
        return Join()  # never kept, so that the inbox leaves out what witnesses see of it
    return services.start_join(
        session=Session(pk=ticket.session),
        patient=Patient(pk=ticket.patient) if ticket.patient else None,
        staff=Staff(pk=ticket.staff) if ticket.staff else None,
        visit=ticket.visit,
        side_room=side_room,
    )


def end_held(lines: Collection[HeldLine]) -> None:
    """These people were there until the process before this one knew of them last."""
    services.record(
        services.Sighting(source=InboxEvent.Source.SIGNALING, emitter="live", kind=kind, at=at, join=UUID(held.join))
        for held in lines
        # That they arrived is kept once, if the process before could still write it.
        for kind, at in ((Kind.ARRIVED, held.arrived), (Kind.MEDIA_LOST, held.line.dead_since))
        if at is not None
    )
    seen = {UUID(held.join): held.seen for held in lines}
    # Also of whom the media server has put out meanwhile: they were gone before that.
    services.end_when_last_seen(joins=Join.objects.filter(pk__in=seen), seen=seen)


def end_unanswered(join: UUID, kind: Kind, at: datetime) -> None:
    """A coming in that the media server never answered ends as it began, if it is known all the same that they came."""
    if queries.open_joins().filter(pk=join).exists():
        services.record([services.Sighting(InboxEvent.Source.SIGNALING, "live", kind, at, join)])


def knock(ticket: Ticket) -> datetime | None:
    """Since when they wait at the door; None when they were let in in the same moment."""
    found = services.knock(session=Session(pk=ticket.session), patient=Patient(pk=ticket.patient))
    return found.at if found is not None else None


def stop_knocking(ticket: Ticket) -> None:
    services.stop_knocking(session=Session(pk=ticket.session), patient=Patient(pk=ticket.patient))


def signed_out(browsers: set[str]) -> set[str]:
    return {browser for browser in browsers if not endings.is_signed_in(browser)}


async def changes() -> AsyncIterator[UUID | str | None]:
    """Ids of sessions that changed, and marks of browsers that were signed out; None when some may have been missed: at
    first, and after a lost line."""
    while True:
        try:
            parameters = connections["default"].get_connection_params()
            for ours in ("cursor_factory", "context", "prepare_threshold"):
                parameters.pop(ours, None)
            async with await psycopg.AsyncConnection.connect(**parameters, autocommit=True) as connection:
                await connection.execute(f"listen {services.CHANNEL}")
                yield None
                async for notice in connection.notifies():
                    yield notice.payload if ":" in notice.payload else UUID(notice.payload)
        except psycopg.OperationalError:
            log.warning("line to the database lost; trying again")
        await asyncio.sleep(RECONNECT_SECONDS)

"""Weeks of past sessions for one group: who sat when, what each session saw, and what its leader wrote."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateRange

from stepdown.admissions.models import Assessment, Band, CameFrom, Episode, Inquiry, Level, LevelStay
from stepdown.attendance.domain.minutes import clinical_minutes, status_from_stays
from stepdown.attendance.models import Attendance
from stepdown.chart.domain import vocabulary
from stepdown.chart.domain.digest import digest_of
from stepdown.chart.domain.formats import Format
from stepdown.chart.domain.own_notes import COSIGN_WITHIN
from stepdown.chart.models import GroupNote, NotePart
from stepdown.chart.services import content_of
from stepdown.kernel.spans import Span
from stepdown.live.models import Admittance, Break, DoorCheck, InboxEvent, Join, Room
from stepdown.people.models import Patient, Staff
from stepdown.placement.models import Chair, Group, Seat
from stepdown.privacy.models import Consent, ConsentType, Notice, NoticeDelivery
from stepdown.privacy.texts import current
from stepdown.timetable.models import Session

from . import names, words
from .bulk import copy_in
from .figures import figures
from .intake import assessed, way_in
from .lives import Manner, draw_manner, draw_visit

# Written in this order, so that what a row points at is there before it.
ORDER: tuple[type[models.Model], ...] = (
    Patient,
    Consent,
    NoticeDelivery,
    Inquiry,
    Assessment,
    Episode,
    LevelStay,
    Seat,
    Room,
    Break,
    DoorCheck,
    Admittance,
    Join,
    InboxEvent,
    Attendance,
    GroupNote,
    NotePart,
)
MEDIA_SERVER = "demo"
# Thousands at once, for which bulk_update takes as long as half of all the rest.
SIGN = """
    UPDATE chart_groupnote AS note
    SET signed_at = note.saved_at, signed_as = made.signed_as, attestation = %s, digest = made.digest
    FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS made (id, signed_as, digest)
    WHERE note.id = made.id
"""
RECENT = timedelta(weeks=6)  # the board tells how soon those of this month came to a group
CAME_FROM = (
    (CameFrom.DIRECT, ""),
    (CameFrom.DIRECT, ""),
    (CameFrom.DIRECT, ""),
    (CameFrom.HOSPITAL, "Example General"),
    (CameFrom.PARTIAL_HOSPITALIZATION, "Sample Day Program"),
    (CameFrom.RESIDENTIAL, "Placeholder Lodge"),
    (CameFrom.WITHDRAWAL_MANAGEMENT, "Specimen Clinic"),
)
LEVEL_BEFORE = {
    CameFrom.HOSPITAL: Level.WITHDRAWAL_MANAGEMENT,
    CameFrom.PARTIAL_HOSPITALIZATION: Level.PHP,
    CameFrom.RESIDENTIAL: Level.RESIDENTIAL,
    CameFrom.WITHDRAWAL_MANAGEMENT: Level.WITHDRAWAL_MANAGEMENT,
}


@dataclass
class Batch:
    """Rows waiting to be written together."""

    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: models.Model) -> models.Model:
        self.rows[type(row)].append(row)
        return row

    def write(self) -> None:
        """Writes everything, then signs the notes: a signed note takes no more parts."""
        for model in ORDER:
            copy_in(self.rows[model])
        self._sign()
        self.rows.clear()

    def _sign(self) -> None:
        parts = defaultdict(list)
        for part in self.rows[NotePart]:
            parts[part.note_id].append(part)
        notes = self.rows[GroupNote]
        for note in notes:
            note.signed_at = note.saved_at
            note.signed_as = note.author.signature
            note.attestation = words.ATTESTATION
            note.digest = digest_of(content_of(note, parts[note.pk]))
        with connection.cursor() as cursor:
            cursor.execute(
                SIGN,
                [words.ATTESTATION, *([getattr(n, column) for n in notes] for column in ("pk", "signed_as", "digest"))],
            )


@dataclass
class Sitter:
    """One patient on one chair, with the manner that stays theirs."""

    patient: Patient
    episode: Episode
    seat: Seat
    manner: Manner
    left: bool


@dataclass
class Maker:
    """Makes patients and their past. Inbox, door and notes go back to `detail_since`; attendance goes all the way."""

    rng: Random
    now: datetime
    staff: list[Staff]
    detail_since: datetime
    supervised: dict[UUID, date]  # whose notes are co-signed, and since when
    notice: Notice
    batch: Batch = field(default_factory=Batch)
    made: int = 0

    def patient(self, state: str, counselor: Staff, bands: list[str], *, since: datetime) -> tuple[Patient, Episode]:
        i = self.made
        self.made += 1
        first, last = names.full_name(i)
        line, city, postal = names.address(i, state, self.rng)
        patient = Patient(
            first_name=first,
            last_name=last,
            date_of_birth=date(1955, 1, 1) + timedelta(days=self.rng.randrange(17_500)),
            phone=names.phone(i),
            email=f"{first}.{i}@example.com".lower(),
            language="es" if i % 17 == 9 else "en",
            time_zone=names.ZONE_OF_STATE[state],
            address_line=line,
            city=city,
            state=state,
            postal_code=postal,
            emergency_contact_name=names.close_to(i, last, self.rng),
            emergency_contact_phone=names.phone(i + 3),
            counselor=counselor,
            created_at=since,
        )
        came_from, place = self.rng.choice(CAME_FROM)
        episode = Episode(
            patient=patient,
            status=Episode.Status.PLANNED,
            came_from=came_from,
            came_from_name=place,
            bands=bands,
            planned_at=since,
        )
        self.batch.add(patient)
        self.batch.add(episode)
        if came_from in LEVEL_BEFORE:
            end = since.date()
            self.batch.add(
                LevelStay(
                    episode=episode,
                    level=LEVEL_BEFORE[came_from],
                    name=place,
                    here=False,
                    days=DateRange(end - timedelta(days=self.rng.randrange(8, 30)), end),
                )
            )
        return patient, episode

    def agree(self, patient: Patient, at: datetime) -> None:
        """The notice first, then what they sign."""
        read_at = at - timedelta(minutes=4)
        self.batch.add(
            NoticeDelivery(
                patient=patient,
                notice=self.notice,
                language=patient.language,
                digest=self.notice.digest(patient.language),
                way=NoticeDelivery.Way.SCREEN,
                outcome=NoticeDelivery.Outcome.CONFIRMED,
                given_at=read_at,
                recorded_at=read_at,
            )
        )
        for kind in (ConsentType.TREATMENT, ConsentType.TELEHEALTH, ConsentType.GROUP_AGREEMENT):
            text = current(kind, patient.language)
            self.batch.add(
                Consent(
                    patient=patient,
                    type=kind,
                    version=text.version,
                    language=patient.language,
                    text=text.words,
                    digest=hashlib.sha256(text.words.encode()).hexdigest(),
                    signed_name=patient.name,
                    signed_at=at,
                    method="personal link",
                )
            )


def sit(
    maker: Maker, group: Group, chair: Chair, sessions: list[Session], first: int, state: str
) -> tuple[Sitter, int]:
    """Seats a new patient on a chair from sessions[first]. Gives them, and when (by index) the chair is free again."""
    program = group.program
    starts = sessions[first].starts_at
    way = way_in(starts, maker.rng.randrange(3, 9), Random(maker.made))
    patient, episode = maker.patient(state, group.leader, _bands(maker, group), since=way.decided)
    if starts >= maker.now - RECENT and not program.is_aftercare:
        for row in assessed(patient, episode, way, group.leader):
            maker.batch.add(row)
    length = len(sessions) if program.weeks is None else program.weeks * program.meetings_a_week
    planned_last = min(first + length, len(sessions)) - 1
    leaves = None if program.is_aftercare else figures().leaves_after(maker.rng)
    last = planned_last
    if leaves is not None:
        gone = starts + timedelta(days=leaves)
        last = max(first, next((i for i in range(first, planned_last + 1) if sessions[i].ends_at > gone), planned_last))
    left = last < planned_last and sessions[last].ends_at < maker.now
    ends_at = sessions[last].ends_at if left else sessions[planned_last].ends_at
    if program.weeks is None and not left:
        ends_at = None
    elif not left:
        ends_at = max(ends_at, starts + timedelta(weeks=program.weeks) - timedelta(days=3))
    seat = Seat(
        episode=episode,
        patient=patient,
        group=group,
        chair=chair,
        starts_at=starts,
        ends_at=ends_at,
        offered_at=way.offered,
        offered_by=group.leader,
        held_until=way.held_until,
        accepted_at=way.accepted,
    )
    maker.batch.add(seat)
    maker.agree(patient, way.accepted)
    finished = not left and ends_at is not None and ends_at < maker.now
    until = ends_at.date() if (left or finished) and ends_at else None
    episode.admitted_on = starts.date()
    episode.status = Episode.Status.ACTIVE
    maker.batch.add(
        LevelStay(episode=episode, level=program.level, name=program.name, days=DateRange(starts.date(), until))
    )
    if left or finished:
        _end(maker, episode, seat, finished=finished)
    return Sitter(patient, episode, seat, draw_manner(maker.rng, figures()), left), (last if left else planned_last) + 1


def _bands(maker: Maker, group: Group) -> list[str]:
    """Most could come in the other band too; some have duties there."""
    return [group.band] if maker.rng.random() < 0.4 else [Band.MORNING, Band.EVENING]


def _end(maker: Maker, episode: Episode, seat: Seat, *, finished: bool) -> None:
    if finished:
        seat.end_reason, episode.status = Seat.End.COMPLETED, Episode.Status.COMPLETED
    else:
        seat.end_reason = Seat.End.DISCHARGED
        episode.status = maker.rng.choices(
            [
                Episode.Status.LEFT_AGAINST_ADVICE,
                Episode.Status.NO_CONTACT,
                Episode.Status.TRANSFERRED,
                Episode.Status.ADMINISTRATIVE_DISCHARGE,
            ],
            [3, 4, 4, 1],
        )[0]
    episode.ended_at = seat.ends_at
    episode.ended_by = seat.group.leader
    episode.end_note = "Outreach done; the way back is open." if not finished else "Program completed."


def remember(maker: Maker, session: Session, sitters: list[Sitter], *, signed: bool) -> None:
    """Everything one past session left behind: room, breaks, who came and went, attendance, the note."""
    if not sitters:
        return
    rng, batch = maker.rng, maker.batch
    whole = Span(session.starts_at, session.ends_at)
    breaks = [
        Span(session.starts_at + timedelta(minutes=after), session.starts_at + timedelta(minutes=after + length))
        for after, length in session.group.program.breaks
    ]
    detail = session.starts_at >= maker.detail_since
    if detail:
        batch.add(Room(
            session=session, server=MEDIA_SERVER, opened_at=session.starts_at - timedelta(minutes=6),
            opened_by=session.leader, ended_at=session.ends_at, ended_by=session.leader,
        ))  # fmt: skip
        for b in breaks:
            batch.add(Break(session=session, starts_at=b.start, ends_at=b.end, started_by=session.leader))
        came_and_went(maker, session, None, session.leader, (Span(whole.start - timedelta(minutes=6), whole.end),))
    note = _note(maker, session, signed=signed)
    for sitter in sitters:
        visit = draw_visit(rng, figures(), sitter.manner, whole, breaks)
        minutes = clinical_minutes(visit.stays, whole, breaks)
        status = status_from_stays(visit.stays, whole, breaks)
        if visit.excused and not visit.stays:
            status = Attendance.Status.EXCUSED
        attendance = batch.add(Attendance(
            session=session, patient=sitter.patient, seat=sitter.seat, status=status,
            stays=[[s.start.isoformat(), s.end.isoformat()] for s in visit.stays], minutes=minutes,
            computed_at=session.ends_at,
            confirmed_minutes=minutes if signed else None,
            confirmed_at=session.ends_at + timedelta(minutes=9) if signed else None,
            confirmed_by=session.leader if signed else None,
            sealed_at=session.ends_at + timedelta(minutes=20) if signed else None,
        ))  # fmt: skip
        if not detail:
            continue
        if visit.stays:
            _at_the_door(maker, session, sitter, visit.craving, visit.mood, visit.used)
            came_and_went(maker, session, sitter.patient, None, visit.stays)
        if note is not None and detail:
            _part(maker, note, sitter, attendance, missed=not visit.stays)


def came_and_went(
    maker: Maker, session: Session, patient: Patient | None, staff: Staff | None, stays: tuple[Span, ...]
) -> None:
    for stay in stays:
        join = maker.batch.add(Join(session=session, patient=patient, staff=staff, at=stay.start))
        for kind, at in ((InboxEvent.Kind.ARRIVED, stay.start), (InboxEvent.Kind.LEFT, stay.end)):
            maker.batch.add(InboxEvent(
                source=InboxEvent.Source.SIGNALING, emitter=MEDIA_SERVER, kind=kind,
                session=session, join=join, at=at, received_at=at,
            ))  # fmt: skip


def _at_the_door(maker: Maker, session: Session, sitter: Sitter, craving: int | None, mood: str, used: bool) -> None:
    patient = sitter.patient
    at = session.starts_at - timedelta(minutes=maker.rng.randrange(2, 20))
    maker.batch.add(DoorCheck(
        session=session, patient=patient, at=at, address=patient.address, state=patient.state,
        callback_phone=patient.phone, alone=True, craving=craving, mood=mood, used_since=used if mood else None,
    ))  # fmt: skip
    maker.batch.add(Admittance(session=session, patient=patient, at=session.starts_at, by=session.leader))


def _note(maker: Maker, session: Session, *, signed: bool) -> GroupNote | None:
    if not signed:
        return None
    rng = maker.rng
    zone = ZoneInfo(session.group.time_zone)
    topic = session.topic.title if session.topic else f"Meeting of {session.starts_at.astimezone(zone):%B %-d}"
    return maker.batch.add(GroupNote(
        session=session, author=session.leader, topic=topic,
        interventions=rng.sample(list(vocabulary.INTERVENTIONS), 3), shared_words=rng.choice(words.SHARED),
        opened_at=session.ends_at, saved_at=session.ends_at + timedelta(minutes=20),
        due_at=session.ends_at + timedelta(hours=24), format=Format.DAP,
    ))  # fmt: skip


def _part(maker: Maker, note: GroupNote, sitter: Sitter, attendance: Attendance, *, missed: bool) -> None:
    rng = maker.rng
    if missed:
        chips: dict[str, list[str]] = {}
    else:
        chips = {
            "took_part": [rng.choice(list(vocabulary.TOOK_PART))],
            "response": rng.sample(list(vocabulary.RESPONSE), rng.choice([1, 1, 2])),
            "safety": [next(iter(vocabulary.SAFETY))],
            "plan": [next(iter(vocabulary.PLAN))],
        }
    maker.batch.add(NotePart(
        note=note, patient=sitter.patient, attendance=attendance, absent=missed, minutes=attendance.minutes,
        words="" if missed else words.about(rng, missed=False),
        absent_reason=words.about(rng, missed=True) if missed else "", cosign_due_at=_cosign_due(maker, note), **chips,
    ))  # fmt: skip


def _cosign_due(maker: Maker, note: GroupNote) -> datetime | None:
    since = maker.supervised.get(note.author_id)
    return note.saved_at + COSIGN_WITHIN if since and note.session.service_date >= since else None

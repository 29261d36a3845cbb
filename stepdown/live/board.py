"""What a leader sees beside the faces: who waits and what they said at the door, who is missing, who is in."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stepdown.kernel.db import RuleBroken
from stepdown.live import door, outside, queries, sides, visits, words
from stepdown.live.domain import agenda
from stepdown.live.missing import missing_rows
from stepdown.live.models import DoorCheck, Incident, Join, LicenseOverride, PrivateWord, SideMember, SideRoom
from stepdown.people.models import Patient
from stepdown.people.queries import license_states
from stepdown.placement.models import Seat
from stepdown.privacy.queries import who_allow_emergency_call
from stepdown.timetable import queries as timetable
from stepdown.timetable.cannot_come import told_of
from stepdown.timetable.models import CannotCome, Handout, Session
from stepdown.ui.charts import Drawing, PlanStep, room_plan

STRONG_URGE = 7  # from here on the urge is marked, so that a leader sees it before letting someone in


@dataclass(frozen=True)
class WaitingRow:
    """A patient at the door, with their door check; `back` when they were in the room before; `let`: why a director let
    them take part from where the leader has no license; `asked`: a leader wants to talk with them first; `no_use`: what
    a No to the question about use says; `guests`: names of those in the room to whom they have not agreed;
    `told`: that they cannot come, if they told us."""

    patient: Patient
    since: datetime
    check: DoorCheck | None
    back: bool
    licensed: bool
    let: list[LicenseOverride]
    asked: bool
    no_use: str
    guests: list[str]
    told: CannotCome | None

    @property
    def strong_urge(self) -> bool:
        return bool(self.check and self.check.craving is not None and self.check.craving >= STRONG_URGE)


Kind, Answer = PrivateWord.Kind, PrivateWord.Answer
ANSWERS: dict[
    str, tuple[PrivateWord.Answer, PrivateWord.Answer]
] = {  # to each word, the answer that fits most often first
    Kind.HELP: (Answer.COMING, Answer.CALL),
    Kind.STEP_OUT: (Answer.TAKE_TIME, Answer.COMING),
    Kind.BREAK: (Answer.BREAK, Answer.TAKE_TIME),
    Kind.CALL: (Answer.CALL, Answer.COMING),
}


@dataclass(frozen=True)
class WordRow:
    """A private word that waits for an answer, with the answers that fit. `to_side_room`: the step by which its patient
    is asked to one, "ask" in the room and "first" at the door; else empty. `asked`: they are, and have not said yes."""

    word: PrivateWord
    answers: tuple[PrivateWord.Answer, PrivateWord.Answer]
    just_now: bool
    to_side_room: str
    asked: bool


@dataclass(frozen=True)
class SideRow:
    """A side room: whom a leader asked, or who is in it; `staff`: ids of leaders among them. `at_door`: the patient of
    a talk with somebody who does not come in yet."""

    room: SideRoom
    names: list[str]
    staff: list[UUID]
    at_door: Patient | None


def rail(session: Session, now: datetime) -> dict[str, object]:
    """The rail's rows: `private_words` (unanswered, oldest first), `waiting` (longest first), `missing` (by chair),
    `here` (people in, leaders first, then by name, so that no row moves because of who comes back), `held` (at the door
    for want of a license), `side_rooms`, `pairs`, `visits`, in twenty-four queries, two more while a guest is in, and
    up to three for each talk at the door."""
    found = queries.presence(session)
    states = licensed_states(session)
    let = outside.overrides(session)
    meetings = door.last_meetings(session) if found.waiting else {}
    named = visits.rows(session)
    guests = visits.guests_in(session) if any(row.visit.let_in_at for row in named) else ()
    been_in = Join.objects.filter(queries.SINCE_DOOR_OPENED, session=session).exclude(
        side_room__kind=SideRoom.Kind.DOOR
    )
    came: set[UUID | None] = set(been_in.values_list("patient_id", flat=True))
    aside = sides.rooms_now(session)
    talks = {one.patient_id for room, members in aside if room.kind != SideRoom.Kind.PAIR for one in members}
    told = told_of(session)
    asked = {one.patient_id for room, members in aside if not room.opened_at for one in members}
    return {
        "private_words": [
            WordRow(
                word,
                ANSWERS[word.kind],
                now - word.at < timedelta(minutes=1),
                _way_aside(word, found) if word.patient_id not in talks else "",
                word.patient_id in asked,
            )
            for word in queries.open_words(session)
        ],
        "waiting": [
            WaitingRow(
                patient=one.patient,
                since=one.since,
                check=one.check,
                back=one.patient.pk in came,
                licensed=bool(one.check and one.check.state in states),
                let=let.get(one.patient.pk, []),
                asked=one.patient.pk in asked,
                no_use=door.no_use(session, meetings.get(one.patient.pk)),
                guests=visits.kept_from(guests, one.patient.pk),
                told=told.get(one.patient.pk),
            )
            for one in found.waiting
        ],
        "side_rooms": [_side_row(session, room, members) for room, members in aside],
        "pairs": sides.pairs_now(session),
        "visits": named,
        "held": outside.held_in(session),
        "missing": missing_rows(session, now, found, told),
        "here": sorted(queries.people_let_in(session), key=lambda one: (one.role != "leader", one.name.casefold())),
    }


def _side_row(session: Session, room: SideRoom, members: list[SideMember]) -> SideRow:
    patients = [one.patient for one in members if one.patient and room.kind == SideRoom.Kind.DOOR]
    at_door = next((one for one in patients if not visits.comes_in(session, one)), None)
    return SideRow(room, sides.names(members), [one.staff_id for one in members if one.staff_id], at_door)


def _way_aside(word: PrivateWord, found: queries.Presence) -> str:
    if word.kind not in sides.WANTS_ONE:
        return ""
    if word.patient_id in found.patients_in:
        return "ask"
    return "first" if any(one.patient.pk == word.patient_id for one in found.waiting) else ""


def licensed_states(session: Session) -> set[str]:
    """States in which the session's leader may counsel on that day. Source: RULE PRIV-35."""
    return license_states([session.leader_id], session.service_date).get(session.leader_id, set())


def id_of(text: str) -> UUID:
    """Raises RuleBroken when this is no id."""
    try:
        return UUID(text)
    except ValueError:
        raise RuleBroken(_("This button is out of date. Open the room again.")) from None


def patient_of(session: Session, patient_id: str) -> Patient:
    """The patient with this id, when their seat covers the session. Raises RuleBroken for anyone and anything else."""
    for seat in timetable.roster(session):
        if str(seat.patient_id) == patient_id:
            return seat.patient
    raise RuleBroken("Choose someone who has a seat in this session.")


@dataclass(frozen=True)
class Card:
    """What help must know about one patient. Where they are and how to call back are as told at a door at `told_at`,
    or as on record while they have come to none. `said_today`: told for this very session.
    `incidents`: what was written down for this session, the newest first. `agreed_to_call`: that their emergency
    contact is called; the number stands there either way (privacy/services_exceptions.py says why)."""

    patient: Patient
    chair: int
    address: str
    phone: str
    state: str
    told_at: datetime | None
    said_today: bool
    incidents: list[Incident]
    agreed_to_call: bool


def emergency_cards(session: Session) -> list[Card]:
    """One card for everyone whose seat covers the session, in the order of the chairs; five queries.
    Source: RULE PROG-08."""
    seats = timetable.roster(session)
    checks = queries.last_door_checks(seat.patient_id for seat in seats)
    incidents = queries.incidents_of(session)
    agreed = who_allow_emergency_call(seat.patient_id for seat in seats)
    return [
        _card(seat, checks.get(seat.patient_id), session, incidents.get(seat.patient_id, []), seat.patient_id in agreed)
        for seat in seats
    ]


def _card(seat: Seat, check: DoorCheck | None, session: Session, incidents: list[Incident], agreed: bool) -> Card:
    patient, chair = seat.patient, seat.chair.number
    if check is None:
        return Card(patient, chair, patient.address, patient.phone, patient.state, None, False, incidents, agreed)
    today = queries.is_of_door(check, session)
    return Card(patient, chair, check.place, check.callback_phone, check.state, check.at, today, incidents, agreed)


@dataclass(frozen=True)
class Plan:
    """The top line of the room: drawn as it is now, and its parts as the script that keeps it up needs them."""

    drawing: Drawing
    parts: str


def handout_of(session: Session) -> Handout | None:
    """What the reader is shown of its topic, in their language; None when it has no topic."""
    return timetable.handout(session, get_language() or "en")


def plan(session: Session, now: datetime, handout: Handout | None) -> Plan:
    """The parts of the session, from its program's planned breaks."""
    length = int((session.ends_at - session.starts_at).total_seconds() // 60)
    parts = agenda.plan(length, [(start, minutes) for start, minutes in session.group.program.breaks])
    named = words.parts(handout.title if handout else "")
    steps = [PlanStep(named[part.kind], part.minutes, rest=part.kind == "break") for part in parts]
    return Plan(
        drawing=room_plan(steps, elapsed=(now - session.starts_at).total_seconds() / 60),
        parts=json.dumps([{"kind": part.kind, "from": part.start, "to": part.end} for part in parts]),
    )


def break_minutes(session: Session) -> int:
    """How long the program's breaks are; ten minutes when it plans none."""
    planned = session.group.program.breaks
    return int(planned[0][1]) if planned else 10

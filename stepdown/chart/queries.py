"""Group notes as screens show them, each in a known number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from stepdown.attendance import queries as attendance
from stepdown.attendance.models import Attendance
from stepdown.chart import permissions
from stepdown.chart.domain.likeness import alike, same_words
from stepdown.chart.domain.merging import is_untidy, without_marks
from stepdown.chart.domain.names import Named, names_of_others
from stepdown.chart.domain.parts import DUE_AFTER, left_in_part, left_in_shared, state_of
from stepdown.chart.domain.vocabulary import QUESTIONS
from stepdown.chart.models import Addendum, ContactNote, GroupNote, LateNote, NotePart
from stepdown.kernel.decision import Decision
from stepdown.live.models import DoorCheck
from stepdown.live.queries import led_in_room
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.supervision import supervised_by
from stepdown.people.visibility import not_hidden
from stepdown.placement.models import Seat
from stepdown.privacy.queries_restricted import let_in
from stepdown.timetable.models import Session
from stepdown.ui.navigation import Waiting
from stepdown.ui.when import in_words

# What tells the state of a patient's own note.
STATE = ("cosignature", "void__by", "replaced_by", "replaces", "signed_by")


def notes_visible_to(staff: Staff) -> QuerySet[GroupNote]:
    """Director: all. Counselor: notes of the sessions they or their groups hold, and those they wrote.
    Source: RULE PRIV-33 (minimum necessary)."""
    notes = GroupNote.objects.select_related(
        "session__group__program", "session__leader", "session__co_leader", "author"
    )
    return notes if staff.has_role(Role.DIRECTOR) else notes.filter(_own_note(staff))


def _own_note(staff: Staff, note: str = "") -> Q:
    """Which notes are theirs, asked of notes, or of rows that lead to one by `note`."""
    return Q(*((f"{note}{way}", staff) for way in _ways(staff)), _connector=Q.OR)


def _ways(staff: Staff) -> list[str]:
    """From a note to who reads it as their own."""
    ways = ["author", "session__leader", "session__co_leader"]
    if staff.has_role(Role.COUNSELOR):
        ways += ["session__group__leader", "session__group__co_leader"]
    return ways


def parts_visible_to(staff: Staff) -> QuerySet[NotePart]:
    """Signed parts that may be read or printed one by one: of visible notes, of one's own caseload, of people who sit
    in a group one leads, wherever they sat before, of those whose record was opened to one, and those one co-signs or
    co-signed. Of a restricted record a director reads those of the sessions they led."""
    parts = NotePart.objects.exclude(note__signed_at=None)
    if staff.has_role(Role.DIRECTOR):
        parts = parts.filter(_own_note(staff, "note__") | not_hidden(staff))
    else:
        own = _own_note(staff, "note__")
        led = Exists(seats_led_by(staff).filter(patient=OuterRef("patient")))
        supervised = supervised_by(staff)
        by_them = Q(signed_by__in=supervised) | Q(signed_by=None, note__author__in=supervised)
        cosigns = Q(cosign_due_at__isnull=False) & by_them | Q(cosignature__by=staff)
        parts = parts.filter(own | Q(patient__counselor=staff) | led | cosigns | Q(patient__in=opened_to(staff)))
    return parts.select_related("patient", "objective", "note__session__group", "note__author", "attendance", *STATE)


def seats_led_by(staff: Staff) -> QuerySet[Seat]:
    """Of who sits now in a group that this person leads or co-leads."""
    led = Q(group__leader=staff) | Q(group__co_leader=staff)
    return Seat.objects.accepted().filter(led).at(timezone.now())


def opened_to(staff: Staff) -> QuerySet[Patient]:
    """Whose record this person sees though they do not treat them."""
    named, opened = let_in(staff.pk, timezone.now())
    return Patient.objects.filter(pk__in=named.union(opened)).order_by()


def parts_to_search(staff: Staff) -> QuerySet[NotePart]:
    """The same parts as `parts_visible_to`, and some more, found by what leads to them: of few among millions, an “or”
    would read all."""
    if staff.has_role(Role.DIRECTOR):
        return NotePart.objects.all()
    whose = [
        *(Q((f"note__{way}", staff)) for way in _ways(staff)),
        Q(patient__counselor=staff),
        Q(patient__in=seats_led_by(staff).values("patient")),
        Q(note__author__in=supervised_by(staff)),
        Q(signed_by__in=supervised_by(staff)),
        Q(cosignature__by=staff),
        Q(patient__in=opened_to(staff)),
    ]
    first, *others = (NotePart.objects.filter(way).order_by().values("pk") for way in whose)
    return NotePart.objects.filter(pk__in=first.union(*others))


def open_parts_visible_to(staff: Staff) -> QuerySet[NotePart]:
    """Parts of visible notes, to be written."""
    parts = NotePart.objects.filter(
        _own_note(staff, "note__") | not_hidden(staff), note__in=notes_visible_to(staff).values("pk")
    )
    return parts.select_related("patient", "note__session__group", "note__author", "attendance__seat")


@dataclass(frozen=True)
class DueNote:
    """A session whose note is not signed yet. `state`: "due", "overdue", "late"; `parts` 0 when nobody was there.
    `is_open`: the reader may write it, or read what is written so far. `told_at`: when directors were told of it."""

    session: Session
    note: GroupNote | None
    due_at: datetime
    state: str
    written: int
    parts: int
    may: Decision
    told_at: datetime | None

    @property
    def is_open(self) -> bool:
        return bool(self.may or self.note)


def sessions_due(staff: Staff, now: datetime) -> QuerySet[Session]:
    """Sessions that are over and whose attendance no signature has sealed yet; one's own, a director's: all."""
    sessions = unsigned(now) if staff.has_role(Role.COUNSELOR, Role.DIRECTOR) else Session.objects.none()
    if not staff.has_role(Role.DIRECTOR):
        sessions = sessions.filter(Q(leader=staff) | Q(co_leader=staff))
    return sessions


def unsigned(now: datetime) -> QuerySet[Session]:
    """Sessions of the whole center that are over and whose attendance no signature has sealed yet."""
    over = Q(ends_at__lte=now) | Q(room__ended_at__lte=now)
    no_signature = Q(note=None) | Q(note__signed_at=None)
    open_rows = Attendance.objects.filter(sealed_at=None).values("session")
    return Session.objects.standing().filter(over, no_signature, pk__in=open_rows)


def notes_due(staff: Staff, now: datetime | None = None) -> list[DueNote]:
    """Notes this person waits with, the latest first. Two queries, for a director three."""
    now = now or timezone.now()
    told = LateNote.objects.filter(session=OuterRef("pk"), told=LateNote.Told.DIRECTORS).values("at")
    waiting = sessions_due(staff, now).annotate(told_at=Subquery(told))
    sessions = list(waiting.select_related("note", "group", "leader", "co_leader").order_by("ends_at"))
    led = led_in_room(staff, sessions) if staff.has_role(Role.DIRECTOR) else set()
    written: dict[UUID, list[bool]] = {session.pk: [] for session in sessions}
    for part in NotePart.objects.filter(note__session__in=sessions, absent=False).select_related("note"):
        written[part.note.session_id].append(not missing(part))
    return [
        DueNote(
            session=session,
            note=getattr(session, "note", None),
            due_at=session.ends_at + DUE_AFTER,
            state=state_of(session.ends_at, None, now),
            written=sum(written[session.pk]),
            parts=len(written[session.pk]),
            may=permissions.begin_note(staff, session, now, led=session.pk in led),
            told_at=session.told_at,
        )
        for session in sessions
    ]


def notes_waiting(staff: Staff) -> Waiting:
    """How many notes this person has to sign, and how many are past their time, for the menu: those of groups, of other
    contacts the ones they began, and those that wait for their co-signature. Four queries."""
    now = timezone.now()
    late = Count("pk", filter=Q(ends_at__lte=now - DUE_AFTER))
    groups = Waiting(**sessions_due(staff, now).aggregate(all=Count("pk"), late=late))
    until = Coalesce("ends_at", "begun_at")
    drafts = ContactNote.objects.filter(author=staff, signed_at=None).annotate(until=until)
    others = drafts.aggregate(all=Count("pk"), late=Count("pk", filter=Q(until__lte=now - DUE_AFTER)))
    counts = [groups, Waiting(**others)]
    for cosigned in (to_cosign_by(staff, NotePart), to_cosign_by(staff, ContactNote)):
        late = Count("pk", filter=Q(cosign_due_at__lte=now))
        counts.append(Waiting(**cosigned.order_by().aggregate(all=Count("pk"), late=late)))
    return Waiting(sum(each.all for each in counts), sum(each.late for each in counts))


def to_cosign_by(staff: Staff, kind: type[NotePart] | type[ContactNote]) -> QuerySet[Any]:
    """The patients' notes of that kind that wait for this person's co-signature."""
    return kind.objects.awaiting().with_writer().filter(writer__in=supervised_by(staff))


def signed_lately(staff: Staff, limit: int = 12) -> list[GroupNote]:
    """The latest signed notes this person may read, with how many people each tells of (`people`), and how many of
    their parts wait for a co-signature (`awaiting`, None for none)."""
    notes = notes_visible_to(staff).exclude(signed_at=None)
    if not staff.has_role(Role.DIRECTOR):
        notes = notes.filter(Q(author=staff) | Q(session__leader=staff) | Q(session__co_leader=staff))
    parts = NotePart.objects.filter(note=OuterRef("pk"), replaces=None)
    people, awaiting = (
        Subquery(found.order_by().values("note").annotate(n=Count("pk")).values("n"))
        for found in (parts, parts.awaiting())
    )
    return list(notes.annotate(people=people, awaiting=awaiting).order_by("-signed_at")[:limit])


def parts_of(note: GroupNote, reader: Staff | None = None) -> list[NotePart]:
    """Everyone's part, or those this reader sees, as it was signed with the note, present before absent, each in the
    order of the chairs; one that was written again later is the `successor` of its part. One query."""
    parts = note.parts.filter(replaces=None).select_related("patient", "objective", "attendance__seat__chair", *STATE)
    if reader:
        parts = parts.filter(_own_note(reader, "note__") | not_hidden(reader))
    return list(parts.order_by("absent", "attendance__seat__chair__number"))


def named(patients: Iterable[Patient]) -> list[Named]:
    return [Named(str(p.pk), (p.first_name, p.last_name, p.chosen_name)) for p in patients]


def names_found(note: GroupNote, text: str, about: UUID | None = None) -> list[str]:
    """The words of the text that name someone of the note other than the person it is about. Source: RULE PRIV-40."""
    patients = Patient.objects.filter(note_parts__note=note, note_parts__replaces=None)
    return names_of_others(text, named(patients), str(about) if about else None)


def missing(part: NotePart) -> list[str]:
    """What a part still needs; an absent person's part needs nothing."""
    if part.absent:
        return []
    answers = {field: getattr(part, field) for _, field, _, _ in QUESTIONS}
    return left_in_part(answers, part.words)


@dataclass(frozen=True)
class Line:
    """One person in the list at the side. `look` says why to look again, or is empty."""

    part: NotePart
    written: bool
    look: str = ""


@dataclass(frozen=True)
class Readiness:
    """How far a note is: who is written, who is left, what stands against signing (sentences, empty when nothing)."""

    lines: list[Line]
    shared_left: list[str]
    attendance_confirmed: bool
    names: list[str]

    @property
    def present(self) -> list[Line]:
        return [line for line in self.lines if not line.part.absent]

    @property
    def written(self) -> int:
        return sum(line.written for line in self.present)

    @property
    def left(self) -> list[Line]:
        return [line for line in self.present if not line.written]

    @property
    def look_again(self) -> list[Line]:
        return [line for line in self.lines if line.look]

    @property
    def against(self) -> list[str]:
        count = len(self.left)
        people = "Someone still needs" if count == 1 else f"{in_words(count).capitalize()} people still need"
        return [
            *([f"{people} their part."] if count else []),
            *(["The shared part is not complete."] if self.shared_left else []),
            *(["The attendance is not confirmed."] if not self.attendance_confirmed else []),
            *self.names,
        ]


def readiness(note: GroupNote, parts: list[NotePart] | None = None) -> Readiness:
    """Where the note stands, in three queries besides the parts."""
    parts = parts_of(note) if parts is None else parts
    roster = named(part.patient for part in parts)
    called = {str(part.pk): part.patient.called for part in parts}
    twins = same_words({str(part.pk): part.words for part in parts if not part.absent})
    before = last_words(note, [part.patient_id for part in parts])
    names, lines = [], []
    if found := names_of_others(f"{note.topic}\n{without_marks(note.shared_words)}", roster):
        names.append(f"The shared part names {_listed(found)}.")
    for part in parts:
        look = ""
        if found := names_of_others(f"{without_marks(part.words)}\n{part.absent_reason}", roster, str(part.patient_id)):
            look = f"names {_listed(found)}"
            names.append(f"{part.patient.called}’s part names {_listed(found)}.")
        elif is_untidy(part.words):
            look = "two versions stand in the words; make one of them"
        elif str(part.pk) in twins:
            look = f"same words as {called[twins[str(part.pk)]]}"
        elif not part.absent and alike(part.words, before.get(part.patient_id, "")):
            look = "same words as last time"
        lines.append(Line(part, not missing(part), look))
    return Readiness(
        lines,
        left_in_shared(note.topic, note.interventions, note.shared_words),
        attendance.is_confirmed(note.session),
        names,
    )


def _listed(words: list[str]) -> str:
    *head, last = words
    return f"{', '.join(head)} and {last}" if head else last


def last_words(note: GroupNote, patients: Iterable[UUID]) -> dict[UUID, str]:
    """patient id -> what the signed note before this one said of them, of those that hold. One query."""
    parts = (
        NotePart.objects.holding()
        .filter(patient__in=list(patients), note__session__starts_at__lt=note.session.starts_at, absent=False)
        .exclude(note__signed_at=None)
        .order_by("patient_id", "-note__session__starts_at")
        .distinct("patient_id")
    )
    return {part.patient_id: part.words for part in parts}


def part_before(part: NotePart) -> NotePart | None:
    """The patient's part in the latest signed note before this one, of those that hold."""
    earlier = NotePart.objects.holding().filter(
        patient=part.patient_id, note__session__starts_at__lt=part.note.session.starts_at, absent=False
    )
    earlier = earlier.exclude(note__signed_at=None).select_related("note__session__group", "note__author")
    return earlier.order_by("-note__session__starts_at").first()


def door_checks_until(part: NotePart, last: int = 5) -> list[DoorCheck]:
    """What the person said at the door of this session and of those before it, oldest first, one for each session."""
    checks = DoorCheck.objects.filter(
        patient=part.patient_id, session__starts_at__lte=part.note.session.starts_at
    ).select_related("session")
    latest = checks.order_by("-session__starts_at", "-at").distinct("session__starts_at")[:last]
    return list(reversed(latest))


def place_in_program(part: NotePart) -> tuple[int, int]:
    """(week, group): which week since the first session of the seat this is, and which group they were there for."""
    seat, session = part.attendance.seat, part.note.session
    until = Attendance.objects.filter(patient=part.patient_id, seat=seat, session__starts_at__lte=session.starts_at)
    first = seat.starts_at.astimezone(session.group.zone).date()
    return (session.service_date - first).days // 7 + 1, until.filter(status__in=Attendance.THERE).count()


def has_words(session: Session) -> bool:
    """Whether somebody wrote in the session's note, in the shared part or in anybody's. One query."""
    in_parts = NotePart.objects.filter(note=OuterRef("pk"), words__gt="")
    return GroupNote.objects.filter(Q(shared_words__gt="") | Exists(in_parts), session=session).exists()


def addenda_of(note: GroupNote, patient: UUID | None = None) -> list[Addendum]:
    """Everything added since; for one patient only theirs and those to the shared part."""
    addenda = note.addenda.select_related("by", "patient")
    return list(addenda.filter(Q(patient=None) | Q(patient=patient)) if patient else addenda)


def topics_missed(part: NotePart) -> list[str]:
    """Titles of topics this person was away from and has not met since, in the order of the sessions. One query."""
    rows = Attendance.objects.filter(patient=part.patient_id, session__starts_at__lte=part.note.session.starts_at)
    rows = rows.filter(session__cancelled_at=None).exclude(session__topic=None).order_by("session__starts_at")
    said = list(rows.values_list("session__topic__title", "status"))
    met = {title for title, status in said if status in Attendance.THERE}
    return list(dict.fromkeys(title for title, _status in said if title not in met))

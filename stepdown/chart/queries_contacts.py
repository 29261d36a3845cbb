"""Notes of contacts as screens and services ask for them, and what is known of a contact before anybody writes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from stepdown.attendance.models import Attendance
from stepdown.chart.domain.contacts import missing, warnings
from stepdown.chart.domain.names import Named, names_of_others
from stepdown.chart.models import ContactNote
from stepdown.chart.queries import named, opened_to, seats_led_by
from stepdown.live.models import DoorCheck, SideMember
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.supervision import supervised_by
from stepdown.people.visibility import not_hidden
from stepdown.placement.models import Seat
from stepdown.placement.queries import patients_visible_to

# How far back talks are offered of which nobody wrote yet.
LATELY = timedelta(days=3)
ROWS = ContactNote.objects.select_related(
    "patient",
    "author",
    "template",
    "objective",
    "episode",
    "side_room__session__group",
    "void__by",
    "cosignature",
    "replaced_by",
    "replaces",
)


def contacts_visible_to(staff: Staff) -> QuerySet[ContactNote]:
    """One's own; signed ones of one's caseload, of people who sit in a group one leads and those one co-signs or
    co-signed; a director all that are signed. As parts of group notes are."""
    own = Q(author=staff)
    signed = Q(signed_at__isnull=False)
    if staff.has_role(Role.DIRECTOR):
        return ROWS.filter(own | signed & not_hidden(staff))
    led = Exists(seats_led_by(staff).filter(patient=OuterRef("patient")))
    cosigns = Q(cosign_due_at__isnull=False, author__in=supervised_by(staff)) | Q(cosignature__by=staff)
    opened = Q(patient__in=opened_to(staff))
    return ROWS.filter(own | signed & (Q(patient__counselor=staff) | led | cosigns | opened))


def contacts_to_search(staff: Staff) -> QuerySet[ContactNote]:
    """The same as `contacts_visible_to`, and some more, as `parts_to_search` finds parts."""
    if staff.has_role(Role.DIRECTOR):
        return ContactNote.objects.all()
    whose = [
        Q(author=staff),
        Q(patient__counselor=staff),
        Q(patient__in=seats_led_by(staff).values("patient")),
        Q(author__in=supervised_by(staff)),
        Q(cosignature__by=staff),
        Q(patient__in=opened_to(staff)),
    ]
    first, *others = (ContactNote.objects.filter(way).order_by().values("pk") for way in whose)
    return ContactNote.objects.filter(pk__in=first.union(*others))


def drafts_of(staff: Staff) -> QuerySet[ContactNote]:
    """What this person began and has not signed, the first due first."""
    return ROWS.filter(author=staff, signed_at=None).order_by(Coalesce("ends_at", "begun_at"))


def contacts_of(patient: Patient, staff: Staff, limit: int = 100) -> list[ContactNote]:
    """What this reader sees of that patient, the latest first. One query."""
    return list(contacts_visible_to(staff).filter(patient=patient)[:limit])


def contact_before(note: ContactNote) -> ContactNote | None:
    """The signed one before it, of the same person, that holds."""
    earlier = ROWS.holding().filter(patient=note.patient_id, signed_at__isnull=False).exclude(pk=note.pk)
    return earlier.filter(Q(on__lt=note.on) | Q(on=note.on, begun_at__lt=note.begun_at)).first()


# -- what is known


@dataclass(frozen=True)
class Talk:
    """A talk in a side room of a session: of which nobody wrote yet. group: where."""

    side_room: UUID
    patient: Patient
    group: str
    starts_at: datetime
    ends_at: datetime


def _talks(staff: Staff) -> QuerySet[SideMember]:
    """Patients in talks apart from the group that this person had with them."""
    ours = SideMember.objects.filter(side_room=OuterRef("side_room"), staff=staff)
    members = SideMember.objects.filter(Exists(ours), patient__isnull=False, side_room__kind__in=["word", "door"])
    return members.filter(side_room__opened_at__isnull=False)


def talks_without_note(patient: Patient | None, staff: Staff, now: datetime) -> list[Talk]:
    """What this person talked over with the patient (None: with anybody) apart from the group lately, the latest first.
    One query."""
    written = ContactNote.objects.filter(side_room=OuterRef("side_room"), patient=OuterRef("patient"), author=staff)
    members = _talks(staff).filter(~Exists(written), side_room__ended_at__gte=now - LATELY)
    if patient:
        members = members.filter(patient=patient)
    found: dict[UUID, Talk] = {}
    for row in members.select_related("patient", "side_room", "session__group").order_by("-side_room__opened_at"):
        room = row.side_room
        if row.patient and room.opened_at and room.ended_at:
            talk = Talk(room.pk, row.patient, row.session.group.name, room.opened_at, room.ended_at)
            found.setdefault(room.pk, talk)
    return list(found.values())


def talks_as_stand_in(staff: Staff, now: datetime) -> list[Talk]:
    """Of those, the talks with people whose record this person does not see: who led once where somebody else leads.
    Two queries."""
    talks = talks_without_note(None, staff, now)
    seen = patients_visible_to(staff).filter(pk__in=[talk.patient.pk for talk in talks]).order_by()
    ids = set(seen.values_list("pk", flat=True)) if talks else set()
    return [talk for talk in talks if talk.patient.pk not in ids]


def talked_with(staff: Staff, side_room: UUID | None) -> QuerySet[Patient]:
    """Whom this person had that talk with; nobody for None."""
    members = _talks(staff).filter(side_room=side_room) if side_room else SideMember.objects.none()
    return Patient.objects.filter(pk__in=members.order_by().values("patient"))


def state_of(patient: Patient, on: datetime) -> str:
    """Where the person said they were when they last came to a door within a day of that; else where they live."""
    said = DoorCheck.objects.filter(patient=patient, at__gt=on - timedelta(days=1), at__lte=on + timedelta(days=1))
    last = said.order_by("-at").values_list("state", flat=True).first()
    return last or patient.state


def was_in_group(note: ContactNote) -> bool:
    """Whether the person was in a group of a program that is paid by the day, on the day of the contact. One query."""
    rows = Attendance.objects.filter(patient=note.patient_id, session__service_date=note.on)
    return rows.filter(status__in=Attendance.THERE, session__group__program__is_aftercare=False).exists()


# -- names


def others_of(patient: Patient, now: datetime) -> list[Named]:
    """Everybody who sits, or sat in the last half year, in a group together with this person. One query."""
    groups = Seat.objects.accepted().filter(patient=patient).values("group")
    since = now - timedelta(days=180)
    seats = Seat.objects.accepted().filter(Q(ends_at=None) | Q(ends_at__gt=since), group__in=groups)
    return named(Patient.objects.filter(pk__in=seats.values("patient")).exclude(pk=patient.pk))


def names_in(note: ContactNote, text: str) -> list[str]:
    """Words of the text that name somebody of the person's groups. Source: RULE PRIV-40."""
    own = named([note.patient])
    return names_of_others(text, [*own, *others_of(note.patient, timezone.now())], own[0].key)


def text_of(note: ContactNote) -> str:
    return "\n".join([*note.texts, note.next_step, note.why_not_words])


@dataclass(frozen=True)
class Ready:
    """How far a draft is: what stands against signing, what payers ask about, names of the group found in it."""

    against: list[str]
    warnings: list[str]
    names: list[str]


def ready(note: ContactNote, now: datetime) -> Ready:
    """Three queries."""
    contact = note.contact
    return Ready(missing(contact, now), warnings(contact, was_in_group(note)), names_in(note, text_of(note)))

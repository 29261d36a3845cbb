"""What people do with a group note: begin it, sign it once, add to it. Writing it is `services_writing`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.attendance.models import Attendance
from stepdown.attendance.services import draw_up, hold, seal
from stepdown.chart import permissions, queries, queries_formats
from stepdown.chart.domain.digest import digest_of, version_of
from stepdown.chart.domain.formats import Format
from stepdown.chart.domain.parts import DUE_AFTER
from stepdown.chart.models import Addendum, GroupNote, NoteFormat, NotePart
from stepdown.chart.queries_cosign import cosign_due
from stepdown.chart.seen import check
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)
ATTESTATION = (
    "I took part in this session and wrote this note from what I saw and heard in it. "
    "The minutes are those that were confirmed."
)
WITHOUT_PART = (
    "I did not take part in this session. Whoever led it has left the center, and I wrote this note from what is "
    "recorded of it. The minutes are those that were confirmed."
)


class NamesSomeone(RuleBroken):
    """A text names another patient of the note; `matches` are the words as written. Source: RULE PRIV-40."""

    def __init__(self, matches: list[str]) -> None:
        self.matches = matches
        super().__init__(
            f"This names {' and '.join(matches)}. What is written about one person, or about all, names nobody else. "
            "Say it without the name; nothing is saved until then."
        )


@transaction.atomic
def open_note(*, session: Session, by: Staff, now: datetime | None = None) -> GroupNote:
    """The session's note with a part for everyone on its attendance; begun when it was not, brought up to date when it
    is not signed. Its author is who may write it and begins it, else the leader."""
    now = now or timezone.now()
    author = by if permissions.begin_note(by, session, now) else session.leader
    topic = session.topic.title if session.topic else ""
    note, begun = GroupNote.objects.get_or_create(
        session=session, defaults={"author": author, "topic": topic, "due_at": session.ends_at + DUE_AFTER}
    )
    if begun:
        log.info("note begun", note_id=note.pk)
    if note.signed_at is None:
        _bring_up_to_date(note, draw_up(session=session, now=now))
    return note


def _bring_up_to_date(note: GroupNote, rows: Sequence[Attendance]) -> None:
    """A part for each attendance; minutes and absence follow the attendance until the note is signed."""
    known = {part.patient_id: part for part in note.parts.all()}
    for row in rows:
        absent = not row.was_there and row.status != Attendance.Status.SCHEDULED
        reason = ". ".join(filter(None, [str(row.get_status_display()), row.correction_reason])) if absent else ""
        part = known.get(row.patient_id) or NotePart(note=note, patient_id=row.patient_id, attendance=row)
        facts = (absent, reason[:200], row.counted)
        if part._state.adding or (part.absent, part.absent_reason, part.minutes) != facts:
            part.absent, part.absent_reason, part.minutes = facts
            part.save()


@transaction.atomic
def take_over(*, note: GroupNote, by: Staff) -> GroupNote:
    """Somebody else who may write it becomes the author who signs. Raises RuleBroken when the note is signed."""
    note = locked(note)
    note.author = by
    with rules_speak():
        note.save(update_fields=["author"])
    log.info("note taken over", note_id=note.pk, by=by.pk)
    return note


def attestation_of(note: GroupNote, by: Staff) -> str:
    """What stands above this person's signature."""
    return ATTESTATION if permissions.took_part(by, note.session) else WITHOUT_PART


@transaction.atomic
def follow_attendance(*, note: GroupNote) -> None:
    """Minutes and absences of a note that is not signed become those of its attendance."""
    note = locked(note)
    if note.signed_at is None:
        _bring_up_to_date(note, draw_up(session=note.session))


def version_of_all(note: GroupNote, parts: Sequence[NotePart]) -> str:
    """Changes with every word, minute and absence of the shared part and of all parts."""
    return version_of(note.content, [[str(part.pk), _content_of_part(part)] for part in parts])


@transaction.atomic
def sign_note(
    *, note: GroupNote, attestation: str, seen: str | None = None, by: Staff, now: datetime | None = None
) -> GroupNote:
    """Signs once and for all; from here the database refuses every change, also of the attendance. seen:
    `version_of_all` of what was on the page.

    Raises ReadAgain when that is not what stands, RuleBroken with what is still open: a part, the shared part, the
    attendance, a name. Where the notes of `by` are co-signed, each part waits for that from here. The digest is taken
    over everything a reader of the note sees. Source: glossary, "group note"; RULE PRIV-40, PRIV-43, PRIV-45.
    """
    now = now or timezone.now()
    note = locked(note)
    if note.signed_at is None:
        _bring_up_to_date(note, draw_up(session=note.session, now=now))
    hold(note.session)
    parts = queries.parts_of(note)
    ready = queries.readiness(note, parts)
    if note.signed_at is None:
        check(seen, version_of_all(note, parts))
        if ready.against:
            raise RuleBroken(" ".join(ready.against))
    with rules_speak():
        _ask_for_cosignature(note, parts, by, now)
        note.signed_at, note.signed_as, note.attestation = now, by.signature, attestation
        note.format = queries_formats.format_in_force()
        note.digest = digest_of(content_of(note, parts))
        note.save(update_fields=["signed_at", "signed_as", "attestation", "format", "digest"])
        seal(session=note.session, at=now)
        note.saved_texts.all().delete()
    log.info("note signed", note_id=note.pk, parts=len(parts))
    return note


def _ask_for_cosignature(note: GroupNote, parts: Sequence[NotePart], by: Staff, now: datetime) -> None:
    if due := cosign_due(by, now):
        note.parts.update(cosign_due_at=due)
        for part in parts:
            part.cosign_due_at = due


@transaction.atomic
def add_addendum(*, note: GroupNote, patient: Patient | None = None, words: str, by: Staff) -> Addendum:
    """A dated addition under the signer's name, to one person's part or (no patient) to the shared part.
    Raises RuleBroken when the note is not signed, NamesSomeone."""
    if note.signed_at is None:
        raise RuleBroken("This note is not signed yet. Change the note itself.")
    if matches := queries.names_found(note, words, patient.pk if patient else None):
        raise NamesSomeone(matches)
    addendum = Addendum.objects.create(note=note, patient=patient, words=words.strip(), by=by, signed_as=by.signature)
    log.info("addendum written", note_id=note.pk, addendum_id=addendum.pk)
    return addendum


def set_format(*, format: Format, by: Staff) -> NoteFormat:
    """Notes signed from now on have this format; those signed before keep theirs."""
    chosen = NoteFormat.objects.create(format=format, by=by)
    log.info("note format set", format=chosen.format, by=by.pk)
    return chosen


def content_of(note: GroupNote, parts: Sequence[NotePart]) -> dict[str, Any]:
    """Everything the signature stands for, as plain values; the digest is taken over this. A note signed before there
    were formats has the content it had then."""
    content = {
        "note": str(note.pk),
        "session": str(note.session_id),
        "author": str(note.author_id),
        "topic": note.topic,
        "interventions": note.interventions,
        "words": note.shared_words,
        "parts": {str(part.patient_id): _content_of_part(part) for part in parts},
        "signed_at": note.signed_at.isoformat() if note.signed_at else None,
        "signed_as": note.signed_as,
        "attestation": note.attestation,
    }
    return content | ({"format": note.format} if note.format else {})


def _content_of_part(part: NotePart) -> dict[str, Any]:
    """A part without an objective has the content it had before there were plans, and so the same digest; the same
    holds for one that needs no co-signature."""
    fields = ("took_part", "response", "safety", "plan", "words", "absent", "absent_reason", "minutes")
    content = {field: getattr(part, field) for field in fields}
    content |= {"objective": str(part.objective_id)} if part.objective_id else {}
    return content | ({"cosign_due_at": _utc(part.cosign_due_at)} if part.cosign_due_at else {})


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def locked(note: GroupNote) -> GroupNote:
    notes = GroupNote.objects.select_for_update(of=("self",), no_key=True)
    return notes.select_related("session__group", "author").get(pk=note.pk)

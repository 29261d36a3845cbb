"""A patient's signed note does not hold: that is said and signed, and the note is written again. It never changes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.chart import permissions, queries, queries_plan
from stepdown.chart.domain.digest import digest_of
from stepdown.chart.domain.parts import left_in_part
from stepdown.chart.models import ContactNote, NotePart, NoteVoid, Own
from stepdown.chart.queries_contacts import names_in
from stepdown.chart.queries_cosign import cosign_due
from stepdown.chart.services import WITHOUT_PART, NamesSomeone
from stepdown.chart.services_contacts import FIELDS, METHOD, names_nobody
from stepdown.chart.services_deadlines import contact_is_void
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Staff

log = structlog.get_logger(__name__)
ATTESTATION = (
    "I took part in this session and wrote this note from what I saw and heard in it. It stands in place of the one "
    "that does not hold."
)


def attestation_of(part: NotePart, by: Staff) -> str:
    """What stands above the signature of this person who writes it again."""
    if permissions.took_part(by, part.note.session):
        return ATTESTATION
    return f"{WITHOUT_PART} It stands in place of the one that does not hold."


@transaction.atomic
def void_note(*, note: Own, reason: str, names_meant: bool = False, by: Staff, now: datetime | None = None) -> NoteVoid:
    """The note does not hold; it stays to be read. The attendance, and what was counted from it, stay as they are; a
    call after IOP that was done with it is open again.

    names_meant: of a contact's note, as for `sign_contact`. Raises RuleBroken when it is not signed, is void already,
    without a reason, or with names of others (RULE PRIV-40).
    """
    note = _locked(note)
    if note.signature is None:
        raise RuleBroken("This note is not signed yet. Change it, or throw the draft away.")
    if note.is_void:
        raise RuleBroken("This note is void already.")
    if isinstance(note, NotePart):
        if matches := queries.names_found(note.note, reason, note.patient_id):
            raise NamesSomeone(matches)
    elif not names_meant:
        names_nobody(names_in(note, reason))
    void = NoteVoid(
        **note.about,
        reason=reason.strip(),
        by=by,
        signed_as=by.signature,
        at=(now or timezone.now()).astimezone(UTC),
        method=METHOD,
    )
    void.digest = digest_of(content_of(void, note))
    with rules_speak():
        void.save()
    if isinstance(note, ContactNote):
        contact_is_void(note=note, now=void.at)
    log.info("note void", note_id=note.pk, by=by.pk)
    return void


def content_of(void: NoteVoid, note: Own) -> dict[str, Any]:
    """What the signature under a void stands for, as plain values: the note by its digest, and why it does not hold."""
    return {
        "note": str(note.pk),
        "signed": note.signature.digest if note.signature else "",
        "reason": void.reason,
        "at": void.at.astimezone(UTC).isoformat(),
        "by": str(void.by_id),
        "signed_as": void.signed_as,
        "method": void.method,
    }


@transaction.atomic
def write_part_again(
    *,
    part: NotePart,
    took_part: Sequence[str],
    response: Sequence[str],
    safety: Sequence[str],
    plan: Sequence[str],
    words: str,
    objective: UUID | None = None,
    attestation: str,
    by: Staff,
    now: datetime | None = None,
) -> NotePart:
    """A new part of the same session in place of a void one, signed at once; its minutes are those that were sealed.

    Raises RuleBroken when the old one is not void or was written again already, with what is missing, or when the
    objective is none of the person's; NamesSomeone.
    """
    now = (now or timezone.now()).astimezone(UTC)
    part = _locked(part)
    if not part.is_void:
        raise RuleBroken("This note holds. Add an addendum to it.")
    if part.successor:
        raise RuleBroken("It was written again already.")
    answers = {"took_part": took_part, "response": response, "safety": safety, "plan": plan}
    if left := left_in_part(answers, words):
        raise RuleBroken(f"Still to write: {', '.join(left)}.")
    if matches := queries.names_found(part.note, words, part.patient_id):
        raise NamesSomeone(matches)
    if objective and objective not in {each.pk for each in queries_plan.objectives_for(part)}:
        raise RuleBroken("This objective is not in this person’s plan. Choose one of those shown.")
    again = NotePart(
        note=part.note,
        patient=part.patient,
        attendance_id=part.attendance_id,
        minutes=part.minutes,
        replaces=part,
        words=words.strip(),
        objective_id=objective,
        saved_by=by,
        signed_by=by,
        signed_at=now,
        signed_as=by.signature,
        method=METHOD,
        attestation=attestation,
        cosign_due_at=cosign_due(by, now),
        **{field: list(codes) for field, codes in answers.items()},
    )
    again.digest = digest_of(content_of_part(again))
    with rules_speak():
        again.save(force_insert=True)
    log.info("part written again", part_id=again.pk, replaces=part.pk)
    return again


def content_of_part(part: NotePart) -> dict[str, Any]:
    """Everything the signature of a part that was written again stands for, as plain values."""
    fields = ("took_part", "response", "safety", "plan", "words", "minutes", "signed_as", "method", "attestation")
    return {
        "part": str(part.pk),
        "note": str(part.note_id),
        "patient": str(part.patient_id),
        "replaces": str(part.replaces_id),
        "objective": str(part.objective_id or ""),
        **{field: getattr(part, field) for field in fields},
        "signed_by": str(part.signed_by_id),
        "signed_at": part.signed_at.astimezone(UTC).isoformat() if part.signed_at else "",
        "cosign_due_at": part.cosign_due_at.astimezone(UTC).isoformat() if part.cosign_due_at else "",
    }


@transaction.atomic
def write_contact_again(*, note: ContactNote, by: Staff, now: datetime | None = None) -> ContactNote:
    """A draft in place of a void note, with its words; the one that was begun already, when there is one. Raises
    RuleBroken when the old one is not void."""
    note = _locked(note)
    if not note.is_void:
        raise RuleBroken("This note holds. Add an addendum to it.")
    if begun := note.successor:
        return begun
    now = now or timezone.now()
    same = {field: getattr(note, field) for field in FIELDS}
    again = ContactNote.objects.create(
        patient=note.patient,
        episode=note.episode,
        author=by,
        template=note.template,
        side_room=note.side_room,
        attempt=note.attempt,
        step=note.step,
        kind=note.kind,
        objective=note.objective,
        replaces=note,
        begun_at=now,
        saved_at=now,
        **same,
    )
    log.info("contact note begun again", note_id=again.pk, replaces=note.pk)
    return again


def _locked(note: Any) -> Any:
    """The same note, held until the transaction ends, with what tells its state."""
    rows = (
        type(note).objects.select_for_update(of=("self",), no_key=True).select_related("patient", "void", "replaced_by")
    )
    deeper = ("note__session__group", "note__author") if isinstance(note, NotePart) else ("template", "author")
    return rows.select_related(*deeper).get(pk=note.pk)

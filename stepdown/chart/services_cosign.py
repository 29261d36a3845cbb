"""A supervisor co-signs notes of patients, one or several at once, or sends one back with a question."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.chart import permissions_cosign as permissions
from stepdown.chart import queries_cosign as queries
from stepdown.chart.domain.digest import digest_of
from stepdown.chart.models import ContactNote, CoSignature, NotePart, Own, SentBack
from stepdown.chart.queries import names_found
from stepdown.chart.seen import check
from stepdown.chart.services import NamesSomeone
from stepdown.chart.services_contacts import METHOD
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.kernel.decision import Decision
from stepdown.people.models import Staff

log = structlog.get_logger(__name__)
STATEMENT = (
    "I supervise the person who wrote this. I have read each of these notes as it stands here, and sign it as their "
    "supervisor."
)
CHANGED = "Some of these notes do not wait any more. Look at what is left, then sign it."


@transaction.atomic
def cosign(
    *, notes: Collection[UUID], statement: str, seen: str | None = None, by: Staff, now: datetime | None = None
) -> list[CoSignature]:
    """Signs patients' notes as the supervisor of who wrote them, all or none; each is a signature of its own.

    notes: ids of parts of group notes and of notes of contacts. seen: `version_of_all` of what was on the page. Raises
    ReadAgain when that is not what stands, RuleBroken when one of them waits no more, or with why this person may not.
    Source: RULE PRIV-43, PRIV-45.
    """
    now = (now or timezone.now()).astimezone(UTC)
    found = _locked(notes)
    if len(found) != len(set(notes)):
        raise RuleBroken(CHANGED)
    check(seen, queries.version_of_all(found))
    known: dict[UUID, Decision] = {}
    for note in found:
        if note.written_by_id not in known:
            author = Staff.objects.get(pk=note.written_by_id)
            known[author.pk] = permissions.supervise(by, author, timezone.localdate(now))
        may = permissions.cosign(note, known[note.written_by_id], queries.open_question(note))
        if not may:
            raise RuleBroken(may.reason)
    made = [_signature(note, statement, by, now) for note in found]
    with rules_speak():
        CoSignature.objects.bulk_create(made)
    log.info("notes co-signed", notes=len(made), by=by.pk)
    return made


def _signature(note: Own, statement: str, by: Staff, now: datetime) -> CoSignature:
    made = CoSignature(**note.about, by=by, signed_as=by.signature, at=now, method=METHOD, statement=statement)
    made.digest = digest_of(content_of(made))
    return made


def content_of(signature: CoSignature) -> dict[str, Any]:
    """Everything the co-signature stands for, as plain values; the digest is taken over this: the note by its own
    digest, what was added to it until then, and who agreed to what."""
    note: Own | None = signature.part or signature.contact
    if note is None:
        raise ValueError("a co-signature of nothing")
    added = queries.addenda_to(note).filter(at__lte=signature.at).order_by("at", "pk")
    return {
        "note": str(note.pk),
        "signed": note.signature.digest if note.signature else "",
        "added": [[str(each.pk), each.words, each.signed_as, each.at.astimezone(UTC).isoformat()] for each in added],
        "at": signature.at.astimezone(UTC).isoformat(),
        "by": str(signature.by_id),
        "signed_as": signature.signed_as,
        "method": signature.method,
        "statement": signature.statement,
    }


@transaction.atomic
def send_back(*, note: Own, words: str, by: Staff) -> SentBack:
    """Asks its author for something before it is co-signed; the signed note does not change, they add to it.

    Raises RuleBroken when it waits no more, was sent back already, or without words; NamesSomeone for a part of a
    group's note.
    """
    (note,) = _locked([note.pk])
    author = Staff.objects.get(pk=note.written_by_id)
    supervises = permissions.supervise(by, author, timezone.localdate())
    may = permissions.send_back(note, supervises, queries.open_question(note))
    if not may:
        raise RuleBroken(may.reason)
    if isinstance(note, NotePart) and (matches := names_found(note.note, words, note.patient_id)):
        raise NamesSomeone(matches)
    with rules_speak():
        asked = SentBack.objects.create(**note.about, words=words.strip(), by=by)
    log.info("note sent back", note_id=note.pk, by=by.pk)
    return asked


def _locked(notes: Collection[UUID]) -> list[Own]:
    parts = NotePart.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=notes).order_by("pk")
    contacts = ContactNote.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=notes).order_by("pk")
    return [
        *parts.select_related("note__session__group", "cosignature", "void"),
        *contacts.select_related("template", "cosignature", "void"),
    ]

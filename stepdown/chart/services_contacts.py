"""What people do with the note of a contact: begin it, write it, sign it, add to it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.chart import queries_contacts as queries
from stepdown.chart import queries_plan, services_templates
from stepdown.chart.domain.digest import digest_of
from stepdown.chart.models import ContactAddendum, ContactNote, Objective
from stepdown.chart.open_pages import OpenPage
from stepdown.chart.queries_cosign import cosign_due
from stepdown.chart.seen import check
from stepdown.chart.services_deadlines import contact_was_signed
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.ui.when import local_date

log = structlog.get_logger(__name__)
ATTESTATION = (
    "I took part in this contact and wrote this note from what I saw and heard in it. The times are those it had."
)
METHOD = "signed in with a second factor, proved again"
# A talk that ended so lately is what the note is about, unless another one is chosen.
JUST_NOW = timedelta(hours=12)
FIELDS = (
    *("way", "on", "starts_at", "ends_at", "present", "place", "state", "outcome", "written", "safety", "next_step"),
    *("billable", "why_not", "why_not_words"),
)


@transaction.atomic
def begin_contact(
    *, patient: Patient, kind: str = "", side_room: UUID | None = None, by: Staff, now: datetime | None = None
) -> ContactNote:
    """A draft with what is known: the times of a talk in a session (the one named, or one just now), where the person
    was, the template of today. A draft of theirs that nobody wrote in is taken up instead of a second one.

    kind: a session of two when left out. Raises RuleBroken when that talk has its note already.
    """
    now = now or timezone.now()
    Patient.objects.select_for_update(of=("self",), no_key=True).get(pk=patient.pk)
    talks = queries.talks_without_note(patient, by, now)
    talk = next((each for each in talks if each.side_room == side_room), None)
    if side_room and talk is None:
        raise RuleBroken("There is a note of this talk already, or it was not yours.")
    if not side_room and not kind and talks and talks[0].ends_at >= now - JUST_NOW:
        talk = talks[0]
    kind = kind or "individual"
    template = services_templates.in_force(kind)
    empty = ContactNote.objects.filter(
        patient=patient, author=by, signed_at=None, kind=kind, template=template, written={}, starts_at=None
    )
    if not talk and (blank := empty.first()):
        return blank
    known: dict[str, Any] = {}
    if talk:
        known = {"starts_at": talk.starts_at, "ends_at": talk.ends_at, "side_room_id": talk.side_room}
        known |= {"way": "video", "present": ["patient"]}
    elif kind == "individual":
        known = {"present": ["patient"]}
    at = talk.starts_at if talk else now
    with rules_speak():
        note = ContactNote.objects.create(
            patient=patient,
            episode=queries_plan.episode_of(patient),
            author=by,
            template=template,
            kind=kind,
            on=local_date(at, ZoneInfo(by.time_zone)),
            state=queries.state_of(patient, at),
            begun_at=now,
            saved_at=now,
            **known,
        )
    log.info("contact note begun", note_id=note.pk, kind=kind)
    return note


@transaction.atomic
def save_contact(
    *,
    note: ContactNote,
    objective: UUID | None = None,
    open_page: OpenPage | None = None,
    by: Staff,
    **written: Any,
) -> ContactNote:
    """Keeps a draft, complete or not. written: any of FIELDS; those left out stay. objective: of the person's plan.
    open_page: on which it is written; left out: it is kept whatever another page saved.

    Raises ChangedElsewhere, or RuleBroken when it is signed, or the objective is none of the person's.
    """
    note, page = _locked(note), open_page or OpenPage()
    page.check(version=note.version, saved_page=note.saved_page)
    if objective and not Objective.objects.filter(pk=objective, episode__patient=note.patient_id).exists():
        raise RuleBroken("This objective is not in this person’s plan. Choose one of those shown.")
    for field in set(written) & set(FIELDS):
        setattr(note, field, written[field])
    note.objective_id, note.saved_at, note.saved_page = objective, timezone.now(), page.page
    with rules_speak():
        note.save()
    return note


@transaction.atomic
def change_kind(*, note: ContactNote, kind: str, by: Staff) -> ContactNote:
    """The draft is of another kind, with that one's template. What stands under a heading that it does not have is kept
    under its last but one. Raises RuleBroken when it is signed."""
    note = _locked(note)
    note.kind, note.template, note.saved_page = kind, services_templates.in_force(kind), None
    names = [each.name for each in note.template.headings]
    stray = [text for name, text in note.written.items() if name not in names and text.strip()]
    note.written = {name: note.written.get(name, "") for name in names}
    if stray:
        home = names[max(0, len(names) - 2)]
        note.written[home] = "\n".join(part for part in [note.written[home], *stray] if part)
    with rules_speak():
        note.save()
    log.info("contact note is of another kind", note_id=note.pk, kind=kind, by=by.pk)
    return note


@transaction.atomic
def discard_contact(*, note: ContactNote, by: Staff) -> None:
    """Throws a draft away. Raises RuleBroken when it is signed."""
    note = _locked(note)
    with rules_speak():
        note.delete()
    log.info("contact note thrown away", note_id=note.pk, by=by.pk)


@transaction.atomic
def sign_contact(
    *,
    note: ContactNote,
    attestation: str,
    names_meant: bool = False,
    seen: str | None = None,
    by: Staff,
    now: datetime | None = None,
) -> ContactNote:
    """Signs once and for all. names_meant: the author says that names of the group mean somebody else here. seen:
    `version` of what was on the page.

    Raises ReadAgain when that is not what stands, RuleBroken with what is missing, or with names of others of the group
    (RULE PRIV-40). The digest is taken over `content_of`. Where the notes of `by` are co-signed it waits for that from
    here. Source: RULE PRIV-43, 45.
    """
    now = (now or timezone.now()).astimezone(UTC)
    note = _locked(note)
    found = queries.ready(note, now)
    if note.signed_at is None:
        check(seen, note.version)
        if found.against:
            raise RuleBroken(" ".join(found.against))
    if not names_meant:
        names_nobody(found.names)
    note.other_names, note.signed_at, note.signed_as = found.names, now, by.signature
    note.method, note.attestation = METHOD, attestation
    note.cosign_due_at = cosign_due(by, now)
    note.digest = digest_of(content_of(note))
    with rules_speak():
        note.save()
    contact_was_signed(note=note, by=by)
    log.info("contact note signed", note_id=note.pk)
    return note


def names_nobody(names: Sequence[str]) -> None:
    """Raises RuleBroken when there are any."""
    if names:
        raise RuleBroken(f"This names {' and '.join(names)}, and somebody of that name sits in the group.")


def content_of(note: ContactNote) -> dict[str, Any]:
    """Everything the signature stands for, as plain values; the digest is taken over this."""

    def said(at: datetime | None) -> str | None:
        return at.astimezone(UTC).isoformat() if at else None

    asked = {"cosign_due_at": said(note.cosign_due_at)} if note.cosign_due_at else {}
    asked |= {"replaces": str(note.replaces_id)} if note.replaces_id else {}
    plain = ("kind", "way", "place", "state", "outcome", "safety", "next_step", "billable", "why_not", "why_not_words")
    return {
        "note": str(note.pk),
        "patient": str(note.patient_id),
        "author": str(note.author_id),
        "template": f"{note.template.kind} {note.template.number} {note.template.format}",
        "on": note.on.isoformat(),
        "starts_at": said(note.starts_at),
        "ends_at": said(note.ends_at),
        "present": sorted(note.present),
        "written": [[each.name, note.written.get(each.name, "")] for each in note.template.headings],
        "objective": str(note.objective_id or ""),
        **{field: getattr(note, field) for field in plain},
        "other_names": note.other_names,
        "signed_at": said(note.signed_at),
        "signed_as": note.signed_as,
        "method": note.method,
        "attestation": note.attestation,
        **asked,
    }


@transaction.atomic
def add_to_contact(*, note: ContactNote, words: str, names_meant: bool = False, by: Staff) -> ContactAddendum:
    """A dated addition under the signer's name. names_meant: as for `sign_contact`. Raises RuleBroken when the note is
    not signed, or with names of others of the group (RULE PRIV-40)."""
    if note.signed_at is None:
        raise RuleBroken("This note is not signed yet. Change the note itself.")
    if not names_meant:
        names_nobody(queries.names_in(note, words))
    addendum = ContactAddendum.objects.create(note=note, words=words.strip(), by=by, signed_as=by.signature)
    log.info("contact note added to", note_id=note.pk, addendum_id=addendum.pk)
    return addendum


def _locked(note: ContactNote) -> ContactNote:
    rows = ContactNote.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("patient", "author", "template", "void").get(pk=note.pk)

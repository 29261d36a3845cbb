"""Counseling notes: everything that reads or writes them, and nothing else does.

Author only: no director, no colleague, no patient; not in search, print, chart, exports, counts, logs or events. To
everyone else they are not there. A progress note is complete without one. Source: RULE PRIV-18, PRIV-19; 42 CFR 2.11.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from stepdown.chart.models.counseling import CounselingNote
from stepdown.kernel.db import RuleBroken
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Patient, Role, Staff

WRITES = (Role.COUNSELOR, Role.DIRECTOR)
# A slip may be taken away; what has lain for a day is a record, and no record is destroyed by one person alone.
DELETED_WITHIN = timedelta(hours=24)


def own_notes(author: Staff) -> QuerySet[CounselingNote]:
    """Those this person wrote, the latest conversation first; they stay theirs when the patient goes elsewhere."""
    return CounselingNote.objects.filter(author=author).select_related("patient")


def delete_note(author: Staff, note: CounselingNote, now: datetime) -> Decision:
    """Whether its author may delete it. Source: RULE PRIV-34 (nothing is destroyed without two people's approval)."""
    if note.author_id != author.pk:
        return refuse("Only its author deletes a counseling note.")
    if note.written_at + DELETED_WITHIN <= now:
        return refuse("This note is older than a day. It is part of the records now, which nobody deletes alone.")
    return ALLOW


@transaction.atomic
def write_note(*, once: UUID, patient: Patient, on: date, words: str, by: Staff) -> CounselingNote:
    """Keeps the note under that id: begun when it is new, else put in place of what it said. Raises RuleBroken without
    a word, and when the id is that of a note of somebody else."""
    if not words.strip():
        raise RuleBroken("Write something, or go back without a note.")
    note = CounselingNote.objects.select_for_update().filter(pk=once).first()
    if note is None:
        note = CounselingNote(pk=once, author=by, patient=patient)
    elif note.author_id != by.pk or note.patient_id != patient.pk:
        raise RuleBroken("This page is out of date. Open it again, and put in what you wrote.")
    note.on, note.words, note.saved_at = on, words.strip(), timezone.now()
    note.save()
    return note


@transaction.atomic
def delete(*, note: CounselingNote, by: Staff, now: datetime | None = None) -> None:
    """Takes it away for good. Raises RuleBroken when `delete_note` says no."""
    may = delete_note(by, note, now or timezone.now())
    if not may:
        raise RuleBroken(may.reason)
    note.delete()

"""Counseling notes: everything that reads or writes them, and nothing else does.

Author only: no director, no colleague, no patient; not in search, print, chart, exports, counts, logs or events. To
everyone else they are not there: the database itself shows a row to its author alone (docs/adr/0013). A progress note
is complete without one. Source: RULE PRIV-18, PRIV-19; 42 CFR 2.11.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, QuerySet, Value
from django.db.models.functions import Left, StrIndex
from django.utils import timezone

from stepdown.chart.models.counseling import CounselingNote
from stepdown.chart.open_pages import OpenPage
from stepdown.kernel.db import RuleBroken
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.kernel.sealing import AFTER_ID, Store
from stepdown.people.models import Patient, Role, Staff

WRITES = (Role.COUNSELOR, Role.DIRECTOR)
# A slip may be taken away; what has lain for a day is a record, and no record is destroyed by one person alone.
DELETED_WITHIN = timedelta(hours=24)
AT_ONCE = 200  # rows sealed anew in one transaction
OUT_OF_DATE = "This page is out of date. Open it again, and put in what you wrote."


@contextmanager
def shown_to(author: Staff) -> Iterator[None]:
    """Meanwhile, in one transaction, the database shows this author their notes. Else it shows none to anybody."""
    with transaction.atomic():
        before = _show_to(str(author.pk))
        yield
        _show_to(before)


def _show_to(author: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('stepdown.author', true)")
        (before,) = cursor.fetchone()
        cursor.execute("SELECT set_config('stepdown.author', %s, true)", [author])
    return before or ""


def own_notes(author: Staff) -> QuerySet[CounselingNote]:
    """Those this person wrote, the latest conversation first; they stay theirs when the patient goes elsewhere. To be
    read within `shown_to`."""
    return CounselingNote.objects.filter(author=author).select_related("patient")


def delete_note(author: Staff, note: CounselingNote, now: datetime) -> Decision:
    """Whether its author may delete it. Source: RULE PRIV-34 (nothing is destroyed without two people's approval)."""
    if note.author_id != author.pk:
        return refuse("Only its author deletes a counseling note.")
    if note.written_at + DELETED_WITHIN <= now:
        return refuse("This note is older than a day. It is part of the records now, which nobody deletes alone.")
    return ALLOW


def write_note(
    *, once: UUID, patient: Patient, on: date, words: str, open_page: OpenPage | None = None, by: Staff
) -> CounselingNote:
    """Keeps the note under that id: begun when it is new, else put in place of what it said. open_page: on which it is
    written; left out: it is kept whatever another page saved.

    Raises ChangedElsewhere, or RuleBroken without a word, and when the id is that of a note of somebody else, or about
    somebody else."""
    page = open_page or OpenPage()
    if not words.strip():
        raise RuleBroken("Write something, or go back without a note.")
    try:
        with shown_to(by):
            note = CounselingNote.objects.select_for_update().filter(pk=once, author=by).first()
            is_new = note is None
            note = note or CounselingNote(pk=once, author=by, patient=patient)
            if note.patient_id != patient.pk:
                raise RuleBroken(OUT_OF_DATE)
            if not is_new:
                page.check(version=note.version, saved_page=note.saved_page)
            note.saved_page = page.page
            note.on, note.words, note.saved_at = on, words.strip(), timezone.now()
            note.save(force_insert=is_new)
    except IntegrityError:  # there is such a note, which is not theirs to see
        raise RuleBroken(OUT_OF_DATE) from None
    return note


def delete(*, note: CounselingNote, by: Staff, now: datetime | None = None) -> None:
    """Takes it away for good. Raises RuleBroken when `delete_note` says no."""
    may = delete_note(by, note, now or timezone.now())
    if not may:
        raise RuleBroken(may.reason)
    with shown_to(by):
        note.delete()


def count_by_key() -> dict[str, int]:
    """How many are sealed with which key. Asked as the owner of the tables, to whom every row is shown."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active('chart_counselingnote')")
        if cursor.fetchone()[0]:
            raise PermissionDenied("Counseling notes are sealed anew by the owner of the tables.")
    keys = CounselingNote.objects.values_list(Left("stored", StrIndex("stored", Value(AFTER_ID)) - 1))
    return dict(keys.order_by().annotate(Count("pk")))


@transaction.atomic
def renew(newest: str) -> int:
    """Seals a batch of those anew that another key than the newest sealed. Returns how many."""
    rows = CounselingNote.objects.select_for_update().exclude(stored__startswith=f"{newest}{AFTER_ID}")
    batch = list(rows.order_by("pk")[:AT_ONCE])
    for note in batch:
        note.words = note.words
    CounselingNote.objects.bulk_update(batch, ["stored"])
    return len(batch)


STORE = Store("Counseling notes", count_by_key, renew)

"""Full-text search in signed notes, for who may read them: English words in whatever form, newest first.

Each kind of note is one function in SOURCES; another kind adds its own. Counseling notes are kept elsewhere and never
among them (RULE PRIV-18). What is looked for comes by POST and stands in no address and no log.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from stepdown.chart import queries
from stepdown.chart.models import Addendum, ContactAddendum, ContactNote, GroupNote, NotePart, Own
from stepdown.chart.models.contacts import of_contact, parted_written
from stepdown.chart.models.notes import APART, ENGLISH, of_addendum, of_part, of_shared, parted
from stepdown.chart.queries_contacts import contacts_to_search, contacts_visible_to
from stepdown.people.models import Patient, Staff

SHOWN = 50
BEGINS, ENDS = "\ue000", "\ue001"  # letters nobody writes, around what was found, until the rest is escaped
FOUND = re.compile(f"{BEGINS}(.*?){ENDS}", re.DOTALL)


@dataclass(frozen=True)
class Found:
    """One note in which the words were found. marked: the sentence around them, escaped, with them marked."""

    on: date
    patient: Patient
    title: str
    by: str
    url: str
    marked: SafeString


@dataclass(frozen=True)
class Result:
    """is_cut: there are more than are shown."""

    found: list[Found]
    is_cut: bool


def search(words: str, staff: Staff, patient: Patient | None = None) -> Result:
    """Signed notes that this person may read, of one patient or of all, in which the words stand. words: as in a search
    engine: several mean all of them, "in quotes" together, or, and - before what may not stand there.

    Three queries for each kind of note."""
    for sign, apart in APART.items():
        words = words.replace(sign, apart)
    query = SearchQuery(words, config=ENGLISH, search_type="websearch")
    found = [each for source in SOURCES for each in source(query, staff, patient)]
    found.sort(key=lambda each: each.on, reverse=True)
    return Result(found[:SHOWN], len(found) > SHOWN)


def _in_group_notes(query: SearchQuery, staff: Staff, patient: Patient | None) -> Iterable[Found]:
    """One line a part, whether the words stand in it, in the shared part or in what was added for that person."""
    own = queries.parts_to_search(staff) if patient is None else NotePart.objects.filter(patient=patient)
    found = queries.parts_visible_to(staff).filter(Q(pk__in=_matching(query, own))).select_related(None)
    # The sum keeps the database from walking through all sessions, the latest first, in search of what it has found.
    newest = (F("note__session__starts_at") + timedelta(0)).desc()
    parts = NotePart.objects.filter(pk__in=list(found.order_by(newest).values_list("pk", flat=True)[: SHOWN + 1]))
    parts = parts.select_related("patient", "note__session__group", "void")
    told_parts = parts.annotate(
        in_part=_headline(query, parted("words")),
        in_shared=_headline(query, parted("note__shared_words")),
        in_reason=_headline(query, parted("absent_reason")),
    )
    rows = list(told_parts.order_by(newest))
    added = _added(query, rows)
    for part in rows:
        told = (part.in_part, *added.get((part.note_id, part.patient_id), ()), *added.get((part.note_id, None), ()))
        yield Found(
            on=part.note.session.service_date,
            patient=part.patient,
            title=_titled(part),
            by=part.signed_as or part.note.signed_as,
            url=reverse("chart:single", args=[part.pk]),
            marked=_marked([*told, part.in_shared, part.in_reason]),
        )


def _matching(query: SearchQuery, own: QuerySet[NotePart]) -> QuerySet[Any]:
    """The ids of the parts. Each way is one index; an “or” over three tables would read every note."""
    in_part = own.annotate(found=of_part()).filter(found=query)
    shared = GroupNote.objects.annotate(found=of_shared()).filter(found=query)
    added = Addendum.objects.annotate(found=of_addendum()).filter(found=query)
    in_added = own.filter(
        Q(note__addenda__patient=None) | Q(note__addenda__patient=F("patient")), note__addenda__in=added.values("pk")
    )
    ways = [in_part, own.filter(note__in=shared.values("pk")), in_added]
    first, *others = (way.order_by().values("pk") for way in ways)
    return first.union(*others)


def _in_contacts(query: SearchQuery, staff: Staff, patient: Patient | None) -> Iterable[Found]:
    """Calls, talks alone and with family, and what was done for somebody, with what was added since."""
    own = contacts_to_search(staff) if patient is None else ContactNote.objects.filter(patient=patient)
    in_words = own.annotate(found=of_contact()).filter(found=query)
    added = ContactAddendum.objects.annotate(found=of_addendum()).filter(found=query)
    matching = in_words.order_by().values("pk").union(own.filter(addenda__in=added).order_by().values("pk"))
    signed = contacts_visible_to(staff).filter(Q(pk__in=matching), signed_at__isnull=False)
    told = signed.annotate(told=_headline(query, parted_written())).order_by("-on", "-begun_at")
    rows: list[Any] = list(told[: SHOWN + 1])
    since: dict[Any, list[str]] = {}
    later = added.filter(note__in=[note.pk for note in rows]).annotate(told=_headline(query, parted("words")))
    for note_id, words in later.values_list("note", "told"):
        since.setdefault(note_id, []).append(words)
    for note in rows:
        yield Found(
            on=note.on,
            patient=note.patient,
            title=_titled(note),
            by=note.signed_as,
            url=reverse("chart:contact", args=[note.pk]),
            marked=_marked([*since.get(note.pk, ()), *json.loads(note.told).values()]),
        )


def _titled(note: Own) -> str:
    return f"{note.title}, void" if note.is_void else note.title


def _added(query: SearchQuery, parts: list[Any]) -> dict[tuple[Any, Any], list[str]]:
    """(note, patient or None) -> what was added there with the words in it. One query."""
    rows = Addendum.objects.annotate(found=of_addendum()).filter(found=query, note__in=[part.note_id for part in parts])
    added: dict[tuple[Any, Any], list[str]] = {}
    rows = rows.annotate(told=_headline(query, parted("words")))
    for note, about, told in rows.values_list("note", "patient", "told"):
        added.setdefault((note, about), []).append(told)
    return added


def _headline(query: SearchQuery, text: Any) -> SearchHeadline:
    return SearchHeadline(text, query, config=ENGLISH, start_sel=BEGINS, stop_sel=ENDS, max_words=40, min_words=20)


def _marked(told: list[str]) -> SafeString:
    """Of these headlines the first in which something was found, else the first that says something."""
    text = next((each for each in told if each and BEGINS in each), next((each for each in told if each), ""))
    for sign, apart in APART.items():
        text = text.replace(apart, sign)
    return mark_safe(FOUND.sub(r"<mark>\1</mark>", escape(text)))  # noqa: S308  # escaped before it is marked


Source = Callable[[SearchQuery, Staff, Patient | None], Iterable[Found]]
SOURCES: list[Source] = [_in_group_notes, _in_contacts]

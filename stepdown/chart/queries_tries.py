"""Calls and texts of which a note can be written, and those that have one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from stepdown.chart.domain import tries
from stepdown.chart.models import ContactNote, WelfareStep
from stepdown.chart.queries_contacts import contacts_visible_to
from stepdown.live.models import Attempt
from stepdown.people.models import Patient, Staff

# How far back those are offered of which nobody wrote yet.
LATELY = timedelta(days=3)


@dataclass(frozen=True)
class Tried:
    """A call, a text or another try of which nobody wrote yet. said: what was done and what came of it. url: where one
    tap begins its note."""

    patient: Patient
    at: datetime
    said: str
    url: str


def calls_of(staff: Staff) -> QuerySet[Attempt]:
    """The calls and texts of this person from the room of a session, once it is said what came of them."""
    done = ~Q(outcome="") | Q(how=Attempt.How.TEXT)
    return Attempt.objects.filter(done, by=staff).select_related("patient", "session", "message")


def steps_of(staff: Staff) -> QuerySet[WelfareStep]:
    """What this person did to reach somebody who was missed."""
    rows = WelfareStep.objects.filter(by=staff, act__in=tries.WAY_OF, came__in=tries.OF_A_STEP)
    return rows.select_related("missed__patient")


def tries_without_note(staff: Staff, now: datetime, patient: Patient | None = None) -> list[Tried]:
    """What this person tried lately, the latest first; of one patient, where one is given. Two queries."""
    notes = ContactNote.objects.filter
    calls = calls_of(staff).filter(~Exists(notes(attempt=OuterRef("pk"))), at__gte=now - LATELY)
    steps = steps_of(staff).filter(~Exists(notes(step=OuterRef("pk"))), at__gte=now - LATELY)
    if patient:
        calls, steps = calls.filter(patient=patient), steps.filter(missed__patient=patient)
    found = [
        Tried(one.patient, one.at, said_of_call(one), reverse("chart:note_of_call", args=[one.pk])) for one in calls
    ]
    found += [
        Tried(one.missed.patient, one.at, said_of_step(one), reverse("chart:note_of_step", args=[one.pk]))
        for one in steps
    ]
    return sorted(found, key=lambda tried: tried.at, reverse=True)


def said_of_call(attempt: Attempt) -> str:
    """ "Call: no answer"."""
    if attempt.how == Attempt.How.CALL:
        came = str(attempt.get_outcome_display()).lower()
    else:
        came = "it did not go out" if attempt.message and attempt.message.failed_at else "sent"
    return f"{attempt.get_how_display()}: {came}"


def said_of_step(step: WelfareStep) -> str:
    """ "Call the emergency contact: no answer"."""
    came = str(step.get_came_display())
    return f"{step.get_act_display()}: {came[:1].lower()}{came[1:]}"


def notes_of(staff: Staff, attempts: Iterable[Attempt], steps: Iterable[WelfareStep]) -> dict[UUID, UUID]:
    """id of a try -> the note of it that this reader may see. One query."""
    rows = contacts_visible_to(staff).filter(Q(attempt__in=list(attempts)) | Q(step__in=list(steps)))
    return {attempt or step: note for note, attempt, step in rows.values_list("pk", "attempt", "step")}

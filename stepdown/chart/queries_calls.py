"""The calls after IOP, and the notes that do them. Source: RULE PROG-09."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Max, OuterRef, QuerySet, Subquery

from stepdown.chart.domain.contacts import TRIES
from stepdown.chart.models import ContactNote, Deadline
from stepdown.chart.models.deadlines import DeadlineQuerySet
from stepdown.placement.models import Seat

# When to call after IOP, and from when on a contact is that call: so one talk in the first days is not both.
# Source: RULE PROG-09 for the days; from when on is the project's default.
CALLS = {
    Deadline.Kind.WEEK_AFTER: (timedelta(days=7), timedelta(0)),
    Deadline.Kind.MONTH_AFTER: (timedelta(days=30), timedelta(days=14)),
}
# So many tries that reached nobody are enough. Source: program facts, section 6: at least three before a discharge.
ENOUGH_TRIES = 3


def to_call(staff: UUID) -> QuerySet[Deadline, Any]:
    """Ids of the patients whose open calls after IOP this person owns, for the inside of a query."""
    calls = Deadline.objects.open().filter(owner=staff, kind__in=CALLS)
    return calls.order_by().values("episode__patient")


def calls_of(patient: UUID) -> DeadlineQuerySet:
    """Every call to this patient, the one that is due first at the front."""
    calls = Deadline.objects.filter(episode__patient=patient, kind__in=CALLS)
    return calls.select_related("episode").order_by("due_at", "offset")


def notes_of(patient: UUID) -> QuerySet[ContactNote]:
    """What was signed of contacts with this patient and holds, in the order of the signatures."""
    notes = ContactNote.objects.holding().filter(patient=patient, signed_at__isnull=False)
    return notes.select_related("author").order_by("signed_at")


def does(note: ContactNote, call: Deadline) -> bool:
    """Whether this signed contact is that call: they were spoken with since it was time, or it is the third try to
    reach them since then, and since the call before."""
    since = call.counted_from + CALLS[Deadline.Kind(call.kind)][1]
    if note.starts_at is None or note.signed_at is None or note.starts_at < since:
        return False
    return note.contact.with_patient or _tries(note, since) >= ENOUGH_TRIES


def _tries(note: ContactNote, since: datetime) -> int:
    """How many notes signed up to this one tell of a try since then, and of nobody reached."""
    before = calls_of(note.patient_id).filter(done_at__lt=note.signed_at).aggregate(at=Max("done_at"))["at"]
    tries = notes_of(note.patient_id).filter(kind__in=TRIES, signed_at__lte=note.signed_at)
    return tries.filter(starts_at__gte=max(since, before or since)).exclude(outcome="reached").count()


def is_back_in_iop(call: Deadline, now: datetime) -> bool:
    """Whether a seat of theirs in IOP has begun since the end that this call is counted from, in whichever episode."""
    return _begun_in_iop(now).filter(patient=call.episode.patient_id, starts_at__gte=call.counted_from).exists()


def of_who_came_back(now: datetime) -> list[tuple[UUID, UUID]]:
    """(call, who leads the group they came back to) of open calls to whoever is back in IOP. One query."""
    back = _begun_in_iop(now).filter(patient=OuterRef("episode__patient"), starts_at__gte=OuterRef("counted_from"))
    leads = Subquery(back.order_by("starts_at").values("group__leader")[:1])
    calls = Deadline.objects.open().filter(kind__in=CALLS).annotate(leads=leads)
    return list(calls.exclude(leads=None).values_list("pk", "leads"))


def _begun_in_iop(now: datetime) -> QuerySet[Seat]:
    seats = Seat.objects.accepted().filter(group__program__is_aftercare=False, starts_at__lte=now)
    return seats.exclude(starts_at=F("ends_at"))

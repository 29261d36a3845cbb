"""The one gate through which everything passes that leaves the center, or is taken out of its pages as a file.

`ask` decides on a disclosure to somebody outside; whatever speaks to a payer of days of service asks it with those
days, and there is no other way (`tests/consistency/test_payers.py`). `inside` and `own` say of a file that it stays
with who treats the patient, or goes to the patient themself, `audited` of a page that an audit shows it, `parents` of
what a parent signs too. What is about
a patient and passed none of them is not given out (`middleware.LooksMiddleware`). Source: 42 CFR 2.12(c)(3), 2.23,
2.26, 2.31, 2.53; RULE PRIV-13, PRIV-21, PRIV-29, PRIV-42.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http.response import HttpResponseBase

from stepdown.kernel.prepared import prepared
from stepdown.people.models import Patient, Staff
from stepdown.privacy import queries_self_pay as self_pay
from stepdown.privacy import sources
from stepdown.privacy.domain import self_pay as domain
from stepdown.privacy.domain.gate import Asked, Held, Verdict, decide
from stepdown.privacy.domain.self_pay import Days
from stepdown.privacy.domain.sharing import Purpose
from stepdown.privacy.models import ConsentEvent, ConsentRefusal, Recipient, SharingConsent

PAGES = {"text/html", "application/json"}
_passed: ContextVar[set[str] | None] = ContextVar("passed", default=None)


@dataclass(frozen=True)
class Passage:
    """That a file may be given out, and the law by which."""

    basis: str


INSIDE = Passage("42 CFR 2.12(c)(3)")
OWN = Passage("42 CFR 2.23")
CONSENTED = Passage("42 CFR 2.31")
AUDITED = Passage("42 CFR 2.53")
PARENTS = Passage("42 CFR 2.14")
NOTHING = Passage("says nothing about anybody")


@contextmanager
def watching() -> Iterator[set[str]]:
    """Gives the legal bases that were named so far while an answer is made."""
    passed: set[str] = set()
    token = _passed.set(passed)
    try:
        yield passed
    finally:
        _passed.reset(token)


def inside(staff: Staff, *patients: Patient) -> Passage:
    """A copy for somebody of the program who needs it for their work: no disclosure, and written down as a look."""
    return _pass(INSIDE)


def own(patient: Patient) -> Passage:
    """Their own information, to the patient."""
    return _pass(OWN)


def consented(verdict: Verdict) -> Passage:
    """To whom the patient consented, as the gate has just said. Raises ValueError for a no."""
    if not verdict.allowed:
        raise ValueError("The gate said no.")
    return _pass(CONSENTED)


def audited(auditor: Staff, *patients: Patient) -> Passage:
    """To who audits or evaluates the program, of patients who are named for it, while it is open."""
    return _pass(AUDITED)


def parents(patient: Patient) -> Passage:
    """What a patient under 18 has signed, to the parent whom they named to sign it too."""
    return _pass(PARENTS)


def nothing() -> Passage:
    """A receipt for a machine in its own format, or a page after the last one, with nothing about anybody in it."""
    return _pass(NOTHING)


def _pass(passage: Passage) -> Passage:
    passed = _passed.get()
    if passed is not None:
        passed.add(passage.basis)
    return passage


def is_file(answer: HttpResponseBase) -> bool:
    """Whether it is anything but a page or data for its scripts: default is yes."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
    is_made = answer.status_code == 200 and bool(kind)
    return is_made and ("Content-Disposition" in answer.headers or kind not in PAGES)


def ask(
    *,
    patient: Patient,
    recipient: Recipient,
    purpose: str,
    classes: Iterable[str],
    at: datetime,
    by_officer: bool,
    days: Iterable[Days] | None = None,
    within: Days | None = None,
    by_law: str = "",
) -> Verdict:
    """What the gate says, by everything the patient has signed, taken back, refused, or pays for themself.

    days: the days of service that all of it is about, as an eligibility question, an authorization or a claim names
    them; None: whatever days there are in these classes of data, or those of them `within`. by_law: the law that
    requires it, which counts of a privacy officer alone. Two queries; of a payment three, and to who may tell a health
    plan one more, with what it would hold where the patient pays for days themself."""
    wanted = frozenset(classes)
    asked = Asked(recipient.pk, recipient.whom, purpose, wanted, at, by_officer, by_law)
    refused_at = last_refused_at(patient.pk) if purpose == Purpose.PAYMENT else None
    restricted = self_pay.applying(patient, whom=recipient.whom, name=recipient.name, purpose=purpose, at=at)
    hit = None
    if restricted:
        named = list(days or ())
        hit = domain.hit(restricted, dict.fromkeys(wanted, named) if named else _told(patient, wanted, within))
    return decide(asked, held_by(patient), payment_refused_at=refused_at, self_paid=hit)


def _told(patient: Patient, classes: Iterable[str], within: Days | None) -> dict[str, list[Days]]:
    """The days that each class would tell of; all days, of one of which nothing says what there is."""
    known = set(sources.known())
    items = sources.within(sources.items_of(patient, known.intersection(classes)), within)
    return {data: [Days(date.min, date.max)] for data in classes} | sources.days_told(items)


def held_by(patient: Patient) -> list[Held]:
    events: dict[UUID, list[ConsentEvent]] = defaultdict(list)
    for event in _events(patient.pk):
        events[event.consent_id].append(event)
    found = []
    for row in _signed(patient.pk):
        row.patient = patient
        revoked = next((event.pk for event in events[row.pk] if event.what == ConsentEvent.What.REVOKED), None)
        found.append(Held(row.pk, row.as_domain(events[row.pk]), row.recipient_id, revoked))
    return found


@prepared
def _signed(patient: UUID) -> QuerySet[SharingConsent, Any]:
    rows = SharingConsent.objects.filter(patient=patient, signed_at__isnull=False).defer("text")
    return rows.select_related("recipient", "parent_signature").order_by("-signed_at")


@prepared
def _events(patient: UUID) -> QuerySet[ConsentEvent, Any]:
    return ConsentEvent.objects.filter(consent__patient=patient).order_by("at")


def last_refused_at(patient: UUID) -> datetime | None:
    return ConsentRefusal.objects.filter(patient=patient).order_by("-at").values_list("at", flat=True).first()

"""Who looked at whose record."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.aggregates import ArrayAgg, BoolOr
from django.db.models import Exists, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Left, TruncDate
from django.utils import timezone

from stepdown.people.models import HomeAddress, Patient, Staff
from stepdown.privacy.domain import accounting, unusual
from stepdown.privacy.domain.addresses import place
from stepdown.privacy.models import Act, EmergencyAccess, Look, LookCheck
from stepdown.privacy.queries_restricted import was_open
from stepdown.privacy.wording_looks import page_said

NAMES = 3  # of those on one page, told by name; the rest are counted
FOUND = 20


@dataclass(frozen=True)
class Line:
    """One look as it is read: who, whose, what and when. named: the first few patients; more: how many others; tried:
    whose page was refused."""

    look: Look
    page: str
    named: list[Patient]
    more: int
    tried: Patient | None


def looks(
    *, staff: UUID | None = None, act: str = "", patient: UUID | None = None, before: int | None = None
) -> QuerySet[Look]:
    """All looks of people at the center, newest first: those of one of them, of one kind, at one patient, or that came
    before the look with this number."""
    found = Look.objects.filter(staff__isnull=False).select_related("staff").order_by("-number")
    if staff:
        found = found.filter(staff=staff)
    if act:
        found = found.filter(act=act)
    if before:
        found = found.filter(number__lt=before)
    return found.filter(patients__contains=[patient]) if patient else found


def lines(page: Iterable[Look]) -> list[Line]:
    """With the names of the patients: one query for all."""
    shown = list(page)
    people = Patient.objects.in_bulk({one for look in shown for one in [*look.patients[:NAMES], *_tried(look)]})
    return [
        Line(
            look,
            page_said(look.page),
            [people[one] for one in look.patients[:NAMES] if one in people],
            max(0, len(look.patients) - NAMES),
            next((people[one] for one in _tried(look) if one in people), None),
        )
        for look in shown
    ]


def _tried(look: Look) -> list[UUID]:
    """Id of the patient in the address of a page that was refused."""
    about = json.loads(look.about) if look.act == Act.REFUSED else {}
    return [UUID(about["patient_id"])] if "patient_id" in about else []


def days_looked_at(patient: Patient) -> QuerySet[Any, Any]:
    """Who of the center looked at this patient's record in the past three years: one row a day and person, newest day
    first, with `on`, `staff__name`, `staff__roles`, `pages` (names of pages), `took_copy` and `in_emergency`.
    Refused tries saw nothing and are left out. Source: RULE PRIV-32; the window of 42 CFR 2.25."""
    window = accounting.since(timezone.now(), accounting.YEARS, ZoneInfo(patient.time_zone))
    found = looks(patient=patient.pk).filter(at__gte=window).exclude(act=Act.REFUSED)
    opened = EmergencyAccess.objects.filter(was_open(), patient=patient, staff=OuterRef("staff"))
    days = (
        found.order_by().annotate(on=TruncDate("at"), open=Exists(opened)).values("on", "staff__name", "staff__roles")
    )
    told = days.annotate(
        pages=ArrayAgg("page", distinct=True), took_copy=BoolOr(Q(act=Act.TAKEN)), in_emergency=BoolOr("open")
    )
    return told.order_by("-on", "staff__name")


def looks_during(access: EmergencyAccess) -> list[Line]:
    """What somebody looked at of a record while it was open to them in an emergency, the earliest first."""
    ended = access.ended_at or access.until
    found = looks(staff=access.staff_id, patient=access.patient_id).filter(at__gte=access.opened_at, at__lt=ended)
    return lines(found.order_by("number"))


def pages_said(names: Iterable[str]) -> list[str]:
    """Words for these pages, each once."""
    return sorted({page_said(name) for name in names})


def found_by_name(words: str, among: QuerySet[Patient] | None = None) -> list[Patient]:
    """Patients whose names begin with these words, whoever treats them, for the privacy officer; or those of
    `among`. At most FOUND."""
    wanted = Q()
    for word in words.split():
        wanted &= Q(first_name__istartswith=word) | Q(last_name__istartswith=word) | Q(chosen_name__istartswith=word)
    everyone = Patient.objects.all() if among is None else among
    return list(everyone.filter(wanted)[:FOUND]) if words.split() else []


ASKED_ABOUT = timedelta(days=14)


@dataclass(frozen=True)
class Asked:
    """A question about somebody's looks, with the names to ask it by. named, more: as in Line."""

    question: unusual.Question
    staff: Staff
    named: list[Patient]
    more: int


def to_ask() -> list[Asked]:
    """Looks of the past 14 days that a privacy officer should ask about, newest first; a handful of queries. A list
    that shows many people is no record opened, and is left out."""
    found = looks().filter(Q(act=Act.REFUSED) | Q(patients__len=1), at__gte=timezone.now() - ASKED_ABOUT)
    rows = found.order_by().values_list("number", "staff", "staff__time_zone", "at", "patients", "act")
    opened = [
        unusual.Opened(
            number, who, at.astimezone(ZoneInfo(zone)), patients[0] if patients else None, act == Act.REFUSED
        )
        for number, who, zone, at, patients, act in rows
    ]
    questions = unusual.questions(opened, _ties({one.who for one in opened}, {one.patient for one in opened}))
    staff = Staff.objects.in_bulk({one.who for one in questions})
    people = Patient.objects.in_bulk({patient for one in questions for patient in one.patients[:NAMES]})
    return [
        Asked(
            one,
            staff[one.who],
            [people[patient] for patient in one.patients[:NAMES] if patient in people],
            max(0, len(one.patients) - NAMES),
        )
        for one in questions
    ]


Pairs = set[tuple[UUID, UUID]]


def _ties(staff: Iterable[UUID], patients: Iterable[UUID | None]) -> dict[unusual.Why, Pairs]:
    """What these colleagues and patients have in common; a pair stands once. Four queries."""
    ours, theirs = list(staff), Patient.objects.filter(pk__in=[one for one in patients if one])
    household = _at_one_address(ours, theirs)
    return {unusual.Why.HOUSEHOLD: household, unusual.Why.RELATIVE: _related(ours, theirs) - household}


def _at_one_address(staff: list[UUID], patients: QuerySet[Patient]) -> Pairs:
    """Pairs who live at the same place. Of patients in whose ZIP code none of these colleagues lives, no address is
    read."""
    homes = list(HomeAddress.objects.filter(staff__in=staff).values_list("staff", "address_line", "postal_code"))
    near = patients.annotate(zip_code=Left("postal_code", 5)).filter(zip_code__in={code[:5] for _pk, _l, code in homes})
    lives = [(pk, place(line, code)) for pk, line, code in near.values_list("pk", "address_line", "postal_code")]
    return {
        (who, patient)
        for who, line, code in homes
        for patient, theirs in lives
        if theirs and theirs == place(line, code)
    }


def _related(staff: list[UUID], patients: QuerySet[Patient]) -> Pairs:
    """Pairs with the same family name, or with a phone number in common, also that of the emergency contact."""
    theirs = patients.values_list("pk", "last_name", "phone", "emergency_contact_phone")
    ours = Staff.objects.filter(pk__in=staff).values_list("pk", "name", "phone")
    signs: dict[str, set[UUID]] = {}
    for pk, *told in theirs:
        for sign in told:
            signs.setdefault(sign.casefold(), set()).add(pk)
    signs.pop("", None)
    return {
        (who, patient)
        for who, name, phone in ours
        for sign in (name.split(" ")[-1].casefold(), phone)
        for patient in signs.get(sign, ())
    }


def last_check() -> LookCheck | None:
    return LookCheck.objects.order_by("-at").first()


def seen_by(staff: UUID, begins: datetime, ends: datetime) -> set[UUID]:
    """Ids of all patients whose rows this person was shown from `begins` to before `ends`. One query."""
    found = Look.objects.filter(staff=staff, at__gte=begins, at__lt=ends).exclude(act=Act.REFUSED)
    return set(found.annotate(one=Func("patients", function="unnest")).values_list("one", flat=True).distinct())

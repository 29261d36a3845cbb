"""Which licenses there are, for whom they can be seen, and what happened to each."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from stepdown.people.models import License, LicenseDocument, Role, Staff
from stepdown.people.queries import RUNS_OUT_SOON
from stepdown.ui.states import STATES
from stepdown.ui.when import day

SEES_ALL = (Role.ADMINISTRATOR, Role.DIRECTOR)
NO_END = "no end"
WORDS = {"kind": "license", "state": "state", "number": "number", "issued_on": "issued on"}


def staff_with_licenses_visible_to(staff: Staff) -> QuerySet[Staff]:
    """Whose licenses someone sees: everyone's for administrators and directors, else one's own."""
    people = Staff.objects.select_related("account")
    return people if staff.has_role(*SEES_ALL) else people.filter(pk=staff.pk)


def licenses_visible_to(staff: Staff) -> QuerySet[License]:
    return License.objects.filter(staff__in=staff_with_licenses_visible_to(staff)).select_related("staff")


def documents_visible_to(staff: Staff) -> QuerySet[LicenseDocument]:
    return LicenseDocument.objects.filter(license__in=licenses_visible_to(staff)).select_related("license__staff")


def ending(first: date, last: date) -> QuerySet[License]:
    """Licenses of those who work here that have their last day in that time, and that no other one of theirs in that
    state follows. The earliest first."""
    follows = License.objects.filter(
        Q(expires_on=None) | Q(expires_on__gt=OuterRef("expires_on")),
        staff=OuterRef("staff"),
        state=OuterRef("state"),
        issued_on__lte=OuterRef("expires_on") + timedelta(days=1),
        masters_level__gte=OuterRef("masters_level"),
    )
    found = License.objects.filter(~Exists(follows), expires_on__range=(first, last), staff__ended_at=None)
    return found.select_related("staff__account").order_by("expires_on", "staff__name", "state")


class Held(NamedTuple):
    """A license in the list of a person. is_ending: valid today, with its last day within the weeks that we warn."""

    license: License
    is_valid: bool
    is_ending: bool
    documents: int


def licenses_of(staff: Staff) -> list[Held]:
    """All licenses of a person, those valid today first. One query."""
    today = timezone.localdate()
    rows = staff.licenses.annotate(proofs=Count("documents")).order_by("state", "-issued_on")
    held = [Held(one, one.is_valid_on(today), _is_ending(one, today), one.proofs) for one in rows]
    return sorted(held, key=lambda one: not one.is_valid)


def _is_ending(license: License, today: date) -> bool:
    return license.expires_on is not None and today <= license.expires_on <= today + RUNS_OUT_SOON


class Standing(NamedTuple):
    """How a license stands today. days_left: until its last day, within the weeks that we warn; else None."""

    is_over: bool
    days_left: int | None


def standing_of(license: License) -> Standing:
    today = timezone.localdate()
    is_over = license.expires_on is not None and license.expires_on < today
    left = (license.expires_on - today).days if license.expires_on and _is_ending(license, today) else None
    return Standing(is_over, left)


@dataclass(frozen=True)
class Entry:
    """What happened to a license: when, by whom ("" when nobody is known), and each thing as a few words."""

    at: datetime
    by: str
    what: list[str]


def history_of(license: License) -> list[Entry]:
    """Everything that was written down about a license, the latest first. Two queries."""
    events = list(
        License.pgh_event_model.objects.filter(pgh_obj_id=license.pk)  # type: ignore[attr-defined]  # by pghistory
        .order_by("pgh_created_at", "pgh_id")
        .values()
    )
    names = dict(Staff.objects.filter(pk__in={e["changed_by_id"] for e in events}).values_list("pk", "name"))
    entries, before = [], None
    for event in events:
        if what := _what(before, event):
            entries.append(Entry(event["pgh_created_at"], names.get(event["changed_by_id"], ""), what))
        before = event
    return entries[::-1]


def _what(before: dict[str, Any] | None, now: dict[str, Any]) -> list[str]:
    if before is None:
        return ["Written down", f"valid until {_said(now['expires_on'])}"]
    said = [
        f"{words}: {_said(now[name])}, was {_said(before[name])}"
        for name, words in WORDS.items()
        if now[name] != before[name]
    ]
    if now["masters_level"] != before["masters_level"]:
        said.append("with a Master’s degree" if now["masters_level"] else "without a Master’s degree")
    if now["expires_on"] != before["expires_on"]:
        said.append(f"valid until {_said(now['expires_on'])}, was {_said(before['expires_on'])}")
    if now["ended_why"] != before["ended_why"]:
        said.append(f"ended: {now['ended_why']}")
    return said


def _said(value: Any) -> str:
    if value is None:
        return NO_END
    if isinstance(value, str):
        return dict(STATES).get(value, value)
    return f"{day(value, timezone.localdate())}"

"""Which services of others there are, by which agreement each is used, and which agreements come to their end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from stepdown.kernel import outside
from stepdown.people.models import Staff
from stepdown.people.queries import center
from stepdown.privacy.days import today
from stepdown.privacy.domain import vendors as rules
from stepdown.privacy.models import ServiceAgreement
from stepdown.ui.navigation import Waiting


def agreements() -> QuerySet[ServiceAgreement]:
    """All there were, without their documents, which are large."""
    return ServiceAgreement.objects.defer("document").select_related("recorded_by", "ended_by")


def documents() -> QuerySet[ServiceAgreement]:
    """The same rows with what was signed, and little else."""
    return ServiceAgreement.objects.only("document", "begins_on")


class Filed(NamedTuple):
    """An agreement with the names of the services that it covers, and how it stands today."""

    agreement: ServiceAgreement
    covers: list[str]
    state: rules.State


def filed(agreement: ServiceAgreement, on: date) -> Filed:
    """A service that is there no more goes by its key."""
    names = {one.key: one.name for one in outside.services()}
    return Filed(agreement, [names.get(key, key) for key in agreement.services], rules.state(agreement.term, on))


def is_covered(service: str) -> bool:
    """Whether an agreement that covers it is in force, on this day at the center. Two queries."""
    here = center()
    if here is None:
        return False
    on = timezone.localdate(timezone=ZoneInfo(here.time_zone))
    rows = ServiceAgreement.objects.filter(services__contains=[service], ended_at=None, begins_on__lte=on)
    return rows.filter(Q(ends_on=None) | Q(ends_on__gte=on)).exists()


@dataclass(frozen=True)
class Standing:
    """One service today. is_set_up: it has an address. is_outside: one of them is not the center's own. until: the
    last day through which agreements cover it, None for no end. by: those in force."""

    service: outside.Service
    is_set_up: bool
    is_outside: bool
    is_covered: bool
    until: date | None
    by: Sequence[ServiceAgreement]

    @property
    def is_off(self) -> bool:
        """Set up, and not used for want of an agreement."""
        return self.is_outside and not self.is_covered

    @property
    def needs_one(self) -> bool:
        """Nothing covers it, and it is not all the center's own."""
        return not self.is_covered and (self.is_outside or not self.is_set_up)


def standings(rows: Sequence[ServiceAgreement], on: date) -> list[Standing]:
    """Of every service, those that are off first, then those in use, then the rest. One query, for standby rooms."""
    found = [
        _standing(service, [row for row in rows if service.key in row.services], on) for service in outside.services()
    ]
    return sorted(found, key=lambda one: (not one.is_off, not one.is_set_up))


def _standing(service: outside.Service, rows: list[ServiceAgreement], on: date) -> Standing:
    addresses = list(service.addresses())
    until = rules.covered_until([row.term for row in rows], on)
    return Standing(
        service=service,
        is_set_up=bool(addresses),
        is_outside=any(not outside.is_own(address) for address in addresses),
        is_covered=until is None or until >= on,
        until=until,
        by=[row for row in rows if rules.holds(row.term, on)],
    )


def off() -> list[outside.Service]:
    """Services that are set up and not used today for want of an agreement."""
    return [one.service for one in standings(list(agreements()), today()) if one.is_off]


def ending(rows: Iterable[ServiceAgreement], on: date) -> list[ServiceAgreement]:
    """Those that end within the time in which it is told, and that no other one follows without a gap, for each of
    their services. The first to end first."""
    rows = list(rows)
    terms = {key: [row.term for row in rows if key in row.services] for row in rows for key in row.services}
    soon = [row for row in rows if rules.state(row.term, on) == rules.State.ENDS_SOON]
    found = [row for row in soon if any(rules.covered_until(terms[key], on) == row.ends_on for key in row.services)]
    return sorted(found, key=lambda row: row.ends_on or date.max)


def waits_for(_staff: Staff) -> Waiting:
    """For the menu: what ends soon; what is off is late."""
    rows, on = list(agreements()), today()
    late = sum(one.is_off for one in standings(rows, on))
    return Waiting(late + len(ending(rows, on)), late)

"""Which audits there are, whom each is about, and which of them somebody may look into now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from stepdown.people.models import Role, Staff
from stepdown.privacy.domain import audits as rules
from stepdown.privacy.models import Audit, AuditedPatient
from stepdown.privacy.queries_restricted import restricted_now
from stepdown.privacy.wording_audits import SAYS

SHOWN = 100


@dataclass(frozen=True)
class Standing:
    """An audit, and how it stands today."""

    audit: Audit
    state: rules.State

    @property
    def says(self) -> list[str]:
        return [words for what, words in SAYS.items() if what in self.audit.says]


def audits() -> QuerySet[Audit, Any]:
    """For privacy officers, without their documents; `people`: how many are named."""
    rows = Audit.objects.defer("document").annotate(people=Count("named"))
    return rows.select_related("auditor", "prepared_by", "opened_by", "ended_by")


def documents() -> QuerySet[Audit]:
    """The same rows with the agreement, and little else."""
    return Audit.objects.only("document", "agreed_on")


def standing(audit: Audit, on: date) -> Standing:
    return Standing(audit, rules.state(audit.term, on))


def standings(on: date) -> list[Standing]:
    """Those that end last first, what has ended after all others."""
    found = [standing(row, on) for row in audits()[:SHOWN]]
    return sorted(found, key=lambda one: one.state == rules.State.ENDED)


def named_in(audit: Audit) -> QuerySet[AuditedPatient]:
    """Whom it is about, each with whether their record is `restricted`."""
    restricted = Exists(restricted_now().filter(patient=OuterRef("patient")))
    return AuditedPatient.objects.filter(audit=audit).select_related("patient").annotate(restricted=restricted)


def auditors() -> QuerySet[Staff]:
    return Staff.objects.with_role(Role.AUDITOR)


def running_for(staff: Staff, on: date) -> QuerySet[Audit]:
    """What this person may look into on that day, what ends first first."""
    rows = _opened_for(staff).filter(from_on__lte=on, until_on__gte=on)
    return rows.select_related("auditor", "opened_by").order_by("until_on", "prepared_at")


def coming_for(staff: Staff, on: date) -> QuerySet[Audit]:
    """What they may look into from a later day on."""
    return _opened_for(staff).filter(from_on__gt=on).order_by("from_on")


def _opened_for(staff: Staff) -> QuerySet[Audit]:
    return Audit.objects.defer("document").filter(auditor=staff, opened_at__isnull=False, ended_at=None)


def named_for(staff: Staff, on: date) -> QuerySet[AuditedPatient]:
    """Each patient whose record this person may read on that day, once for each audit."""
    rows = AuditedPatient.objects.filter(audit__in=running_for(staff, on).values("pk"))
    return rows.select_related("audit", "patient").defer("audit__document")

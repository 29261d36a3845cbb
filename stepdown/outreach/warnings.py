"""Telling that something ends, each once for each time before it: a license, to its owner and the clinical directors;
an agreement with a vendor, to privacy officers."""

from datetime import date

import structlog
from django.db import transaction
from django.urls import reverse

from stepdown.outreach.models import Message
from stepdown.outreach.services import tell_all
from stepdown.people.domain.warnings import due
from stepdown.people.licenses import ending
from stepdown.people.models import License, LicenseWarning, Role, Staff
from stepdown.people.queries import RUNS_OUT_SOON, directors
from stepdown.privacy import services_vendors

log = structlog.get_logger(__name__)


@transaction.atomic
def warn_of_licenses(today: date) -> int:
    """Tells everyone whose license comes 60, 30 or 7 days before its end, and the directors once for all of them.
    Running it again the same day tells nobody anything twice. Returns how many licenses were told of."""
    owners: dict[object, Staff] = {}
    told = 0
    for license in ending(today, today + RUNS_OUT_SOON):
        if _is_new(license, today):
            owners[license.staff_id] = license.staff
            told += 1
    tell_all(staff=owners.values(), kind=Message.Kind.LICENSE_ENDS, page=_licenses)
    if told:
        others = [director for director in directors() if director.pk not in owners]
        tell_all(staff=others, kind=Message.Kind.TEAM_LICENSE_ENDS)
        log.info("licenses warned of", licenses=told)
    return told


def _licenses(staff: Staff) -> str:
    return reverse("people:licenses", args=[staff.pk])


def _is_new(license: License, today: date) -> bool:
    """Whether this warning was not told yet; from now on it was."""
    last = license.expires_on
    days = due(last, today) if last else None
    if last is None or days is None:
        return False
    _warning, is_new = LicenseWarning.objects.get_or_create(license=license, expires_on=last, days=days)
    return is_new


@transaction.atomic
def warn_of_agreements(today: date) -> int:
    """Tells privacy officers, once for all of them, of agreements that come 60 or 14 days before their end. Running it
    again the same day tells nothing twice. Returns how many agreements were told of. Source: RULE PRIV-24."""
    ends = services_vendors.to_warn_of(today)
    if ends:
        page = reverse("privacy:vendors")
        officers = Staff.objects.with_role(Role.PRIVACY)
        tell_all(staff=officers, kind=Message.Kind.AGREEMENT_ENDS, page=lambda _one: page)
        log.info("agreements warned of", agreements=len(ends))
    return len(ends)

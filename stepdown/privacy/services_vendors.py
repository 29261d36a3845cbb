"""Putting an agreement with a vendor on file, ending one, and which ends are to be told now."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.domain.warnings import due
from stepdown.people.models import Staff
from stepdown.privacy import permissions_vendors as permissions
from stepdown.privacy import queries_vendors as queries
from stepdown.privacy.domain import vendors as rules
from stepdown.privacy.models import AgreementWarning, ServiceAgreement

log = structlog.get_logger(__name__)


@transaction.atomic
def record(
    *,
    party: str,
    kind: str,
    begins_on: date,
    ends_on: date | None,
    services: Iterable[str],
    says: Iterable[str],
    document: bytes,
    by: Staff,
) -> ServiceAgreement:
    """From its first day its services may be used. document: the signed agreement, a PDF file. Sent twice it is one.
    Raises RuleBroken when it leaves out what one of its kind has to say, or ends before it begins."""
    if rules.left_out(rules.Kind(kind), list(says)):
        raise RuleBroken("An agreement that leaves this out does not switch anything on.", "says")
    one_at_a_time("service agreement")
    terms = {
        "party": party, "kind": kind, "begins_on": begins_on, "ends_on": ends_on, "services": sorted(services),
        "says": sorted(says), "digest": sha256(document).hexdigest(),
    }  # fmt: skip
    if there := queries.agreements().filter(**terms, ended_at=None).first():
        return there
    with rules_speak():
        made = ServiceAgreement.objects.create(**terms, document=document, recorded_by=by)
    log.info("agreement on file", agreement_id=str(made.pk), services=terms["services"], by=str(by.pk))
    return made


@transaction.atomic
def end(*, agreement: ServiceAgreement, why: str, by: Staff) -> None:
    """At once: what no other agreement covers is off from this moment. Raises RuleBroken when somebody was faster."""
    found = queries.agreements().select_for_update(of=("self",)).get(pk=agreement.pk)
    if not (may := permissions.end(found)):
        raise RuleBroken(may.reason)
    found.ended_at, found.ended_by, found.ended_why = timezone.now(), by, why
    with rules_speak():
        found.save(update_fields=["ended_at", "ended_by", "ended_why"])
    log.info("agreement ended", agreement_id=str(found.pk), by=str(by.pk))


@transaction.atomic
def to_warn_of(today: date) -> list[ServiceAgreement]:
    """Agreements whose end is to be told now, 60 and 14 days before; asked again the same day it gives none."""
    return [row for row in queries.ending(queries.agreements(), today) if _is_new(row, today)]


def _is_new(agreement: ServiceAgreement, today: date) -> bool:
    """Whether this warning was not told yet; from now on it was."""
    days = due(agreement.ends_on, today, rules.WARNED_BEFORE) if agreement.ends_on else None
    if days is None:
        return False
    _warning, is_new = AgreementWarning.objects.get_or_create(agreement=agreement, days=days)
    return is_new

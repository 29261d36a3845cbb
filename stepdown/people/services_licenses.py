"""What is done about licenses: added, corrected, renewed, ended, and proved by a document. Each says who did it, and
every state that a license was in is kept by the database."""

from datetime import date, timedelta

import structlog
from django.db import transaction

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.domain.documents import kind_of
from stepdown.people.models import License, LicenseDocument, Staff

log = structlog.get_logger()

MOST_DOCUMENTS = 10


@transaction.atomic
def add_license(
    *,
    staff: Staff,
    kind: str,
    state: str,
    number: str,
    issued_on: date,
    expires_on: date | None = None,
    masters_level: bool = True,
    by: Staff,
) -> License:
    """A license to counsel in `state` (two letters).

    Raises RuleBroken when a license of that kind and number is known there for that time, or it ends before it begins.
    """
    with rules_speak():
        license = License.objects.create(
            staff=staff,
            kind=kind,
            state=state,
            number=number,
            issued_on=issued_on,
            expires_on=expires_on,
            masters_level=masters_level,
            changed_by=by,
        )
    log.info("license added", staff_id=str(staff.pk), license_id=str(license.pk), by=str(by.pk))
    return license


@transaction.atomic
def correct_license(
    *,
    license: License,
    kind: str,
    state: str,
    number: str,
    issued_on: date,
    expires_on: date | None = None,
    masters_level: bool = True,
    by: Staff,
) -> License:
    """What was written down wrong, put right. Raises RuleBroken like `add_license`, and when it ended early and would
    have no last day any more."""
    license = _locked(license)
    license.kind, license.state, license.number = kind, state, number
    license.issued_on, license.expires_on, license.masters_level = issued_on, expires_on, masters_level
    _keep(license, by)
    log.info("license corrected", license_id=str(license.pk), by=str(by.pk))
    return license


@transaction.atomic
def renew_license(*, license: License, expires_on: date, from_on: date | None = None, by: Staff) -> License:
    """Valid until a later day. from_on: its first day, when there was a gap; then the renewal is a row of its own, so
    that nobody reads the gap as covered. Returns the license that is valid then.

    Raises RuleBroken when it was ended, has no end, or would not be valid for longer.
    """
    license = _locked(license)
    if license.ended_why:
        raise RuleBroken("This license was ended. Add the new one.", "expires_on")
    last = license.expires_on
    if last is None:
        raise RuleBroken("This license has no end, so there is nothing to renew.")
    if expires_on <= last:
        raise RuleBroken("Enter a day after the one it is valid until now.", "expires_on")
    if from_on is None or from_on <= last + timedelta(days=1):
        license.expires_on = expires_on
        _keep(license, by)
    else:
        license = add_license(
            staff=license.staff,
            kind=license.kind,
            state=license.state,
            number=license.number,
            masters_level=license.masters_level,
            issued_on=from_on,
            expires_on=expires_on,
            by=by,
        )
    log.info("license renewed", license_id=str(license.pk), by=str(by.pk))
    return license


@transaction.atomic
def end_license(*, license: License, last_on: date, why: str, by: Staff) -> License:
    """Ends before its time: given back, suspended, revoked. last_on: the last day on which it was valid.

    Raises RuleBroken when it was ended already, would end before it begins, or would last longer than it does.
    """
    license = _locked(license)
    if license.ended_why:
        raise RuleBroken("This license was ended already.", "last_on")
    if license.expires_on and last_on > license.expires_on:
        raise RuleBroken("It is not valid that long. Enter an earlier day, or renew it.", "last_on")
    license.expires_on, license.ended_why = last_on, why
    _keep(license, by)
    log.warning("license ended", license_id=str(license.pk), by=str(by.pk))
    return license


@transaction.atomic
def add_document(*, license: License, content: bytes, by: Staff) -> LicenseDocument:
    """A certificate, kept with the license. Raises RuleBroken when it is no whole PDF, JPEG or PNG file, is larger than
    5 MB, or ten are there."""
    license = _locked(license)
    kind = kind_of(content)
    if kind is None:
        raise RuleBroken("This is no whole PDF, JPEG or PNG file. Save it as one of these and choose it again.")
    if license.documents.count() >= MOST_DOCUMENTS:
        raise RuleBroken(f"{MOST_DOCUMENTS} documents are here. Take one out first.")
    with rules_speak():
        document = LicenseDocument.objects.create(
            license=license, kind=kind, content=content, size=len(content), added_by=by
        )
    log.info("license document added", document_id=str(document.pk), by=str(by.pk))
    return document


@transaction.atomic
def take_document_out(*, document: LicenseDocument, by: Staff) -> None:
    """Removes a document that should not be here, such as someone else's. No copy stays."""
    document_id = document.pk
    LicenseDocument.objects.filter(pk=document_id).delete()
    log.warning("license document taken out", document_id=str(document_id), by=str(by.pk))


def _locked(license: License) -> License:
    return License.objects.select_for_update(of=("self",)).select_related("staff").get(pk=license.pk)


def _keep(license: License, by: Staff) -> None:
    license.changed_by = by
    with rules_speak():
        license.save()

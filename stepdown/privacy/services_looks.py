"""Keeping who looked, and proving that nothing was changed since."""

from collections.abc import Callable
from uuid import UUID

import structlog
from django.db import connection, transaction

from stepdown.people.models import Patient, Staff, Supporter
from stepdown.privacy.models import Act, Look, LookCheck, Purpose

log = structlog.get_logger(__name__)

_teller: list[Callable[[], object]] = []

FIRST_BROKEN = """
WITH chain AS (
    SELECT looked AS itself, number, seal, row_number() OVER rising AS place, lag(seal, 1, '') OVER rising AS before
    FROM privacy_look looked WINDOW rising AS (ORDER BY number)
)
SELECT min(least(number, place)) FROM chain WHERE number <> place OR seal <> privacy_look_seal(before, itself)
"""


def keep(
    *,
    staff: Staff | None,
    own: Patient | None,
    act: Act,
    page: str,
    about: str,
    purpose: Purpose,
    place: str | None,
    status: int,
    patients: list[UUID],
    supporter: Supporter | None = None,
) -> None:
    """Writes one act down, in one statement. staff: somebody at the center; own: a patient on their own device;
    supporter: somebody outside on the page that the patient lets them see."""
    Look.objects.create(
        staff=staff,
        own=own,
        supporter=supporter,
        roles=" ".join(staff.roles) if staff else "",
        act=act,
        page=page,
        about=about,
        purpose=purpose,
        place=place,
        status=status,
        patients=patients,
    )


def tell_with(teller: Callable[[], object]) -> None:
    """Sets who tells people that the chain is broken: a later stage, in its AppConfig.ready(). The last one wins."""
    _teller[:] = [teller]


@transaction.atomic
def verify() -> LookCheck:
    """Recomputes every seal, looks for missing numbers, and for the row the last check ended at; keeps what it found,
    and has people told when it is not as it was written. Source: 45 CFR 164.312(c)(1).
    """
    with connection.cursor() as cursor:
        cursor.execute(FIRST_BROKEN)
        (broken_at,) = cursor.fetchone()
    before = LookCheck.objects.order_by("-at").first()
    if broken_at is None and before and before.rows:
        there = Look.objects.filter(number=before.rows).values_list("seal", flat=True).first()
        broken_at = None if there == before.head else before.rows
    head = Look.objects.order_by("-number").first()
    check = LookCheck.objects.create(
        rows=head.number if head else 0, head=head.seal if head else "", broken_at=broken_at
    )
    if broken_at is not None:
        log.error("access log is not as it was written", number=broken_at)
        for tell in _teller:
            tell()
    return check

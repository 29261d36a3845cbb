"""Audits: one that a health plan's reviewer looks into these days, one that waits for names, one that was ended."""

from datetime import datetime, timedelta

from stepdown.people.models import Patient, Role, Staff
from stepdown.placement.models import Seat
from stepdown.privacy import queries_audits, services_audits
from stepdown.privacy.days import today
from stepdown.privacy.domain.audits import MUST_SAY, Kind

from .papers import paper

DAY = timedelta(days=1)
PLAN = {"authority": "Example Health Plan", "address": "Review unit, 2 Example Street, Austin", "kind": Kind.PAYER}


def make_audits(now: datetime) -> None:
    """Of people in Cedar, of whom the reviewer has read one the day before yesterday."""
    alma, priya = (Staff.objects.with_role(role).get() for role in (Role.AUDITOR, Role.PRIVACY))
    on = today()
    agreed = {"auditor": alma, "agreed_on": on - 20 * DAY, "says": MUST_SAY, "by": priya}
    paid = services_audits.prepare(
        **PLAN | agreed, matter="Review of services billed in the last quarter", from_on=on - 3 * DAY,
        until_on=on + 11 * DAY, classes=["program", "attendance", "plan", "notes", "scores", "received"],
        document=paper("an agreement before the review of a payer, 42 CFR 2.53"),
    )  # fmt: skip
    for patient in _people(now):
        services_audits.name(audit=paid, patient=patient, by=priya)
    services_audits.open_audit(audit=paid, by=priya)
    paid.refresh_from_db()
    earlier = now - 2 * DAY
    services_audits.see_names(audits=[paid], now=earlier)
    services_audits.look(named=queries_audits.named_in(paid)[0], now=earlier)
    services_audits.prepare(
        **agreed, kind=Kind.INTERNAL, authority="Fernbrook Center", address="1 Fernbrook Way, Austin",
        matter="How well plans are kept up to date", from_on=on + 4 * DAY, until_on=on + 18 * DAY, classes=["plan"],
        document=paper("an agreement before an evaluation of our own"),
    )  # fmt: skip
    licensing = services_audits.prepare(
        **agreed, kind=Kind.LICENSING, authority="Example State Licensing Board", address="licensing@board.example",
        matter="Yearly visit", from_on=on - 15 * DAY, until_on=on + DAY, classes=["attendance"],
        document=paper("an agreement before a yearly visit"),
    )  # fmt: skip
    services_audits.end(audit=licensing, why="They came in person and needed no records.", by=priya)


def _people(now: datetime) -> list[Patient]:
    seats = Seat.objects.accepted().at(now).filter(group__name="Cedar").select_related("patient")
    return [seat.patient for seat in seats.order_by("chair__number")[:3]]

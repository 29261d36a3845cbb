"""Agreements with vendors: one without an end, one that ends soon, one that was ended."""

from datetime import datetime, timedelta

from stepdown.people.models import Role, Staff
from stepdown.privacy import services_vendors
from stepdown.privacy.domain.vendors import MUST_SAY, Kind

from .papers import paper


def make_agreements(now: datetime) -> None:
    """Nothing is set up in the demo; these would cover it from the day on which it is."""
    by, day = Staff.objects.with_role(Role.PRIVACY).get(), timedelta(days=1)
    terms = {
        "kind": Kind.BOTH,
        "says": MUST_SAY[Kind.BOTH],
        "document": paper("a signed agreement with a vendor"),
        "by": by,
    }
    services_vendors.record(
        party="Example Texts, Inc.",
        services=["text"],
        begins_on=now.date() - 400 * day,
        ends_on=None,
        **terms,
    )
    services_vendors.record(
        party="Example Mail Company",
        services=["mail"],
        begins_on=now.date() - 324 * day,
        ends_on=now.date() + 41 * day,
        **terms,
    )
    ended = services_vendors.record(
        party="Example Meetings, LLC",
        services=["standby", "relay"],
        begins_on=now.date() - 200 * day,
        ends_on=None,
        **terms,
    )
    services_vendors.end(agreement=ended, why="They were bought by a company that signs none.", by=by)

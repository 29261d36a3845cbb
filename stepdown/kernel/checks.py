"""What `./manage.py check` and every start of the product say of the way to the database."""

from typing import Any

from django.conf import settings
from django.core import checks

from stepdown.kernel.outside import is_own

PRIVATE = frozenset({"require", "verify-ca", "verify-full"})
"""Values of `sslmode` by which nothing travels in the clear. Source: PostgreSQL documentation, "SSL Support"."""


def register() -> None:
    checks.register(the_database_is_reached_in_private)


def the_database_is_reached_in_private(**_given: Any) -> list[checks.CheckMessage]:
    """An error when rows would cross somebody else's network in the clear. Source: 45 CFR 164.312(e)(1)."""
    database = settings.DATABASES["default"]
    if is_own(database["HOST"] or "/") or database.get("OPTIONS", {}).get("sslmode") in PRIVATE:
        return []
    return [
        checks.Error(
            "The database that DATABASE_URL names is on another machine, and is reached without encryption.",
            hint="End the address with ?sslmode=verify-full. A machine of the center's own is named in "
            "STEPDOWN_OWN_HOSTS.",
            id="kernel.E001",
        )
    ]

"""What `./manage.py check --database default` says, and every start of the product before its migrations, of services
that are set up and not used for want of an agreement. Source: RULE PRIV-24."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections

from stepdown.people.models import Center
from stepdown.privacy import queries_vendors as queries
from stepdown.privacy.models import ServiceAgreement


def register() -> None:
    checks.register(services_have_their_agreements, checks.Tags.database)


def services_have_their_agreements(
    *, databases: Sequence[str] | None = None, **_given: Any
) -> list[checks.CheckMessage]:
    """A warning for each; none before the tables are there."""
    if not databases or not _is_there(databases):
        return []
    return [
        checks.Warning(
            f"{one.name}: {one.setting} is set, and no agreement with whoever runs it is in force. It is not used.",
            hint="A privacy officer puts the agreement on file under Vendors. What the center runs itself is named in "
            "STEPDOWN_OWN_HOSTS.",
            id="privacy.W001",
        )
        for one in queries.off()
    ]


def _is_there(databases: Sequence[str]) -> bool:
    wanted = {model._meta.db_table for model in (Center, ServiceAgreement)}
    there = all(wanted <= set(connections[name].introspection.table_names()) for name in databases)
    return there and Center.objects.exists()

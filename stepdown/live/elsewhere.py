"""Where the room reaches what somebody else runs: media servers on other machines, and groups' standby rooms.

Source: RULE PRIV-24.
"""

from collections.abc import Iterable

from django.conf import settings

from stepdown.kernel import outside
from stepdown.kernel.decision import Decision
from stepdown.live.models import StandbyRoom

MEDIA, STANDBY = "media", "standby"  # as agreements name the services


def media_addresses() -> list[str]:
    """Of every media server."""
    return [named.address for named in settings.MEDIA_SERVERS]


def barred_servers() -> set[str]:
    """Names of the media servers that must not be used now. No query where all of them are the center's own."""
    return {named.name for named in settings.MEDIA_SERVERS if not outside.may_reach(MEDIA, named.address)}


def standby_addresses() -> Iterable[str]:
    """Of every standby room. One query."""
    return StandbyRoom.objects.exclude(address="").values_list("address", flat=True)


def may_meet(address: str) -> Decision:
    """Whether a group may be shown the way to a standby room now."""
    return outside.may_reach(STANDBY, address)


SERVICES = (
    outside.Service(
        key=MEDIA,
        name="Media servers",
        gets="network addresses, and sound and pictures, unless a program encrypts its rooms",
        setting="STEPDOWN_MEDIA_SERVERS",
        addresses=media_addresses,
    ),
    outside.Service(
        key=STANDBY,
        name="Standby rooms",
        gets="network addresses, first names, sound and pictures",
        setting="a group’s standby room",
        addresses=standby_addresses,
    ),
)

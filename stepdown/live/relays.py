"""What a browser is told of relays (TURN): an address, and credentials that are good for one coming in.

The relay learns the id of a join and no more; whoever listens to it hears encrypted media only.
Source: draft-uberti-behave-turn-rest-00, "A REST API For Access To TURN Services"; coturn's `use-auth-secret`.
"""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from stepdown.kernel import outside

GOOD_FOR = timedelta(hours=6)  # longer than any session, as the relay may ask again while it lasts


RELAY = "relay"  # as agreements name the service


def addresses() -> list[str]:
    """Of all relays that are set up."""
    return list(settings.TURN_URLS)


def relays(join: str) -> list[dict[str, object]]:
    """As RTCPeerConnection takes them in `iceServers`: those that may be used now. Source: RULE PRIV-24."""
    urls = [url for url in addresses() if outside.may_reach(RELAY, url)]
    if not urls:
        return []
    username, credential = credentials(join, settings.TURN_SECRET, timezone.now() + GOOD_FOR)
    return [{"urls": urls, "username": username, "credential": credential}]


def credentials(name: str, secret: str, until: datetime) -> tuple[str, str]:
    """(user name, password) that a relay with this secret accepts until then."""
    username = f"{int(until.timestamp())}:{name}"
    digest = hmac.new(secret.encode(), username.encode(), hashlib.sha1)  # the one hash the relay knows
    return username, base64.b64encode(digest.digest()).decode()


SERVICES = (
    outside.Service(
        key=RELAY,
        name="Relay for video (TURN)",
        gets="network addresses, ids without names, and sound and pictures that they cannot open",
        setting="STEPDOWN_TURN_URLS",
        addresses=addresses,
    ),
)

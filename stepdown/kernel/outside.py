"""Services of others that the product may hand something to, and whether it may do so now.

The module that uses a service names it in its SERVICES, which its stage registers in AppConfig.ready(), and asks
`may_reach` before each use; the stage that keeps the agreements with those who run them provides the answer. Without
one, nothing that somebody else runs is reached.
Source: RULE PRIV-24; 42 CFR 2.11, 2.12(c)(4); 45 CFR 164.308(b)(1); docs/adr/0016.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.http import is_same_domain

from stepdown.kernel.decision import ALLOW, Decision, refuse

NO_AGREEMENT = "No agreement covers this service. A privacy officer puts one on file under Vendors."
RELAYS = frozenset({"turn", "turns", "stun", "stuns"})


@dataclass(frozen=True)
class Service:
    """key: short and lasting, as agreements keep it. gets: what whoever runs it comes to see. setting: where it is
    switched on. addresses: those that it has now; none while it is not set up."""

    key: str
    name: str
    gets: str
    setting: str
    addresses: Callable[[], Iterable[str]]


Agreed = Callable[[str], bool]
_services: dict[str, Service] = {}
_agreed: list[Agreed] = []


def register(*services: Service) -> None:
    _services.update({service.key: service for service in services})


def services() -> list[Service]:
    """All that are known, by name."""
    return sorted(_services.values(), key=lambda service: service.name)


def provide(agreed: Agreed) -> None:
    """Sets who answers whether an agreement that covers a service (its key) is in force; the last one wins."""
    _agreed[:] = [agreed]


def may_reach(key: str, address: str) -> Decision:
    """Whether that service may be handed something at that address now. What is the center's own may always be."""
    if is_own(address) or any(agreed(key) for agreed in _agreed):
        return ALLOW
    return refuse(NO_AGREEMENT)


def is_own(address: str) -> bool:
    """Whether nobody else stands behind an address: it is this machine, or a host that STEPDOWN_OWN_HOSTS names.

    address: the path of a socket, a host, or a URL, of a relay too. A host that is named is never looked up: what it
    leads to may change. An address of a private network is not the center's own by itself either, since a provider's
    service can be reached by one.
    """
    if address.startswith("/"):
        return True
    host = host_of(address)
    if host == "localhost" or any(is_same_domain(host, own) for own in settings.OWN_HOSTS):
        return bool(host)
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(address: str) -> str:
    """In small letters, without port and brackets; empty when there is none."""
    scheme, _colon, rest = address.partition(":")
    try:
        if "://" in address:
            return urlsplit(address).hostname or ""
        if scheme.lower() in RELAYS:
            return urlsplit(f"//{rest}").hostname or ""
    except ValueError:
        return ""
    return address.strip("[]").lower()

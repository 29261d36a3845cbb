"""How media servers are named in the environment: as a JSON list, with an object for each.

[{"name": "media-1", "address": "/run/stepdown/janus.sock", "api_secret": "…", "room_key": "…"}]
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from urllib.parse import urlsplit

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")  # stands in rows, logs and file names


@dataclass(frozen=True)
class Named:
    """One media server. name: the emitter of its events. address: the path of its Unix socket, or ws:// or wss:// and
    where it is. api_secret, room_key: as in its configuration."""

    name: str
    address: str
    api_secret: str
    room_key: str


def read(*texts: str) -> tuple[Named, ...]:
    """In the order in which they are named; empty text names none. Raises ValueError with a sentence."""
    servers = tuple(server for text in texts for server in _all(text))
    if len({server.name for server in servers}) < len(servers):
        raise ValueError("Two media servers have the same name.")
    return servers


def write(servers: Iterable[Named]) -> str:
    """One line that `read` reads."""
    return json.dumps([asdict(server) for server in servers])


def _all(text: str) -> list[Named]:
    try:
        found = json.loads(text or "[]")
    except ValueError as error:
        raise ValueError(f"STEPDOWN_MEDIA_SERVERS is not written as JSON: {error}.") from None
    if not isinstance(found, list):
        raise ValueError("STEPDOWN_MEDIA_SERVERS is a list, with one object for each media server.")
    return [_one(entry) for entry in found]


def _one(entry: object) -> Named:
    known = {field.name for field in fields(Named)}
    if not isinstance(entry, dict) or set(entry) != known or not all(isinstance(v, str) and v for v in entry.values()):
        raise ValueError(f"Each media server in STEPDOWN_MEDIA_SERVERS has {', '.join(sorted(known))}, all as text.")
    server = Named(**entry)
    if not NAME.fullmatch(server.name):
        raise ValueError("The name of a media server is made of small letters, digits and hyphens, at most 40.")
    where = urlsplit(server.address)
    if not server.address.startswith("/") and not (where.scheme in ("ws", "wss") and where.hostname):
        raise ValueError(f"The address of {server.name} is a path, or begins with ws:// or wss://.")
    return server

"""What the media server's event stream says, in our words.

Source: Janus documentation, "Event handlers": types 32 (media), 64 (plugin), 256 (core); times in microseconds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from stepdown.live.domain.stays import Kind
from stepdown.live.media.janus_config import NO_MEDIA_SECONDS
from stepdown.live.models import InboxEvent
from stepdown.live.server.clocks import Clocks
from stepdown.live.services import Sighting

MEDIA, PLUGIN, CORE = 32, 64, 256
KINDS = {"joined": Kind.ARRIVED, "leaving": Kind.LEFT, "kicked": Kind.LEFT}


@dataclass(frozen=True)
class Receiving:
    """Whether anything arrives on that line of a person, and since when. late: how long after its own time the event
    came; much, or less than nothing, by a clock that is not ours."""

    join: UUID
    mid: str
    on: bool
    at: datetime
    late: timedelta


def read(event: Any, clocks: Clocks) -> Iterator[Sighting | Receiving]:
    """Sightings and turns of reception in one event, by our clock; nothing for what does not matter here or cannot be
    read."""
    if not isinstance(event, dict) or not isinstance(event.get("event"), dict):
        return
    emitter = str(event.get("emitter", ""))[:40]
    try:
        told = datetime.fromtimestamp(event["timestamp"] / 1_000_000, UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):  # the last: a year no clock has
        return
    at = clocks.right(emitter, told)
    kind, inner = event.get("type"), event["event"]
    if kind == PLUGIN:
        yield from _plugin(inner.get("data"), emitter, at)
    elif kind == MEDIA:
        join = _publisher(event.get("opaque_id"))
        if join is not None and isinstance(inner.get("receiving"), bool):
            on = inner["receiving"]
            # It waits so long before it says that nothing arrives.
            since = at if on else at - timedelta(seconds=NO_MEDIA_SECONDS)
            mid, late = str(inner.get("mid", "")), clocks.now() - told
            yield Receiving(join=join, mid=mid, on=on, at=since, late=late)
    elif kind == CORE and inner.get("status") == "started":
        why = {"why": "the media server started, so nobody is in it"}
        yield Sighting(source=InboxEvent.Source.MEDIA, emitter=emitter, kind=Kind.SERVER_DIED, at=at, detail=why)


def _plugin(data: Any, emitter: str, at: datetime) -> Iterator[Sighting]:
    if not isinstance(data, dict) or data.get("event") not in KINDS:
        return
    join = _uuid(data.get("id"))
    if join is not None:
        yield Sighting(source=InboxEvent.Source.MEDIA, emitter=emitter, kind=KINDS[data["event"]], at=at, join=join)


def _publisher(opaque_id: Any) -> UUID | None:
    """The join whose own sound and picture this is about; None for what they see of others."""
    direction, _, join = str(opaque_id).partition(":")
    return _uuid(join) if direction == "out" else None


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(text)
    except (TypeError, ValueError, AttributeError):
        return None

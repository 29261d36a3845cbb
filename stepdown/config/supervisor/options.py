"""What whoever starts the product may decide, and what is said when it cannot be."""

import os
from dataclasses import dataclass
from pathlib import Path

from stepdown.config.supervisor.variables import default_home
from stepdown.live.media import named

HIGHEST_PORT = 65534  # the live process takes the next one
MEDIA_AT_MOST = 6  # on one machine; each still has the UDP ports of two rooms of twelve


class CannotRun(Exception):
    """The product cannot start or go on; `str()` says why and what to do."""


@dataclass(frozen=True)
class Options:
    """What whoever starts it may decide, all by environment variables."""

    port: int
    live_port: int
    home: Path
    database_url: str
    web_database_url: str
    is_demo: bool
    is_seeded: bool
    media_count: int
    media_elsewhere: str

    @classmethod
    def from_environment(cls) -> "Options":
        """Reads PORT, STEPDOWN_LIVE_PORT, STEPDOWN_HOME, DATABASE_URL, STEPDOWN_DEMO, STEPDOWN_WEB_DATABASE_URL,
        STEPDOWN_DEMO, STEPDOWN_SEED, STEPDOWN_MEDIA_COUNT and STEPDOWN_MEDIA_SERVERS.

        Raises CannotRun.
        """
        port = _port("PORT", "8000")
        database_url = os.environ.get("DATABASE_URL", "")
        is_demo = os.environ.get("STEPDOWN_DEMO", "1") == "1"
        return cls(
            port=port,
            live_port=_port("STEPDOWN_LIVE_PORT", str(port + 1)),
            home=default_home(),
            database_url=database_url,
            web_database_url=os.environ.get("STEPDOWN_WEB_DATABASE_URL", "") if database_url else "",
            is_demo=is_demo,
            is_seeded=is_demo and os.environ.get("STEPDOWN_SEED", "1") == "1",
            media_count=_count("STEPDOWN_MEDIA_COUNT", "1", MEDIA_AT_MOST),
            media_elsewhere=_named("STEPDOWN_MEDIA_SERVERS"),
        )


def _port(name: str, default: str) -> int:
    text = os.environ.get(name) or default
    if not text.isdecimal() or not 0 < int(text) <= HIGHEST_PORT:
        raise CannotRun(f"{name} is {text!r}. Give a number between 1 and {HIGHEST_PORT}.")
    return int(text)


def _count(name: str, default: str, most: int) -> int:
    text = os.environ.get(name) or default
    if not text.isdecimal() or int(text) > most:
        raise CannotRun(f"{name} is {text!r}. Give a number from 0 to {most}.")
    return int(text)


def _named(name: str) -> str:
    text = os.environ.get(name, "")
    try:
        named.read(text)
    except ValueError as reason:
        raise CannotRun(f"{reason} See docs/operations.md, More than one media server.") from None
    return text

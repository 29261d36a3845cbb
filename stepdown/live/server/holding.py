"""Lines that outlive this process: what the next one needs so that nobody's sound or picture stops with us.

The media server keeps a line without its owner for half a minute. What each line consists of is written to a file as it
changes; a line that is just being changed is not in it. The next process reads it, and goes on with a line as soon as
its person's browser is back. Beside the lines stands since when nobody leads in a room. The file holds ids of this
installation's media server, of joins and sessions, no names, and is readable by its owner alone.
"""

import json
import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog

from stepdown.live.media.interface import Held
from stepdown.live.server.line import Line, moment

log = structlog.get_logger(__name__)

HOLD_SECONDS = 20.0
GIVEN_UP_SECONDS = 28.0  # since the process before wrote last: after 30 the media server gives a line up by itself
BACK_SECONDS = 5.0  # in any case: a browser is back within three


@dataclass(frozen=True)
class HeldLine:
    """One person's line. server: name of the media server it is on. session, join, person: ids as text. room: that of
    the main room or of a side room. peer: the media server's part, None while nobody could go on with it. arrived: when
    the join began, as its process may have ended before that was written to the inbox. seen: when the person was there
    for certain, in whole seconds, so that the file is not written more often. silenced: kinds
    ("audio", "video") that nobody receives. public_key: of their page in an encrypted room, else empty. muted_by: id
    of the leader who muted them, while their page does not know it, else empty."""

    server: str
    session: str
    room: str
    join: str
    person: str
    peer: Held | None
    line: Line
    arrived: datetime
    seen: datetime
    silenced: list[str]
    unseen: list[str]
    sound_only: bool
    public_key: str = ""
    muted_by: str = ""

    def plain(self) -> dict[str, Any]:
        """As plain JSON."""
        as_it_is = {field.name: getattr(self, field.name) for field in fields(self)}
        times = {"arrived": self.arrived.timestamp(), "seen": int(self.seen.timestamp())}
        return as_it_is | times | {"line": self.line.plain()}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> "HeldLine":
        """Raises KeyError, TypeError or ValueError when `plain` is not what `plain` gave."""
        seen = datetime.fromtimestamp(plain["seen"], UTC)
        arrived = moment(plain.get("arrived")) or seen  # a process before may not have known it
        return cls(**(plain | {"line": Line.of(plain["line"]), "arrived": arrived, "seen": seen}))


class Holding:
    """The lines of the process before, until their people are back; and the file for the process after."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._file = file
        self._clock = clock
        self._held: dict[str, HeldLine] = {}
        self._until: dict[str, float] = {}
        self._alone_since: dict[str, str] = {}
        self._alone_until = 0.0
        self._written = ""

    @property
    def joins(self) -> set[str]:
        """Of those who are waited for."""
        return set(self._held)

    def load(self) -> None:
        """Takes over what the process before left; nothing when there is no file or it cannot be read."""
        try:
            age = time.time() - self._file.stat().st_mtime
            kept = json.loads(self._file.read_text())
            found = [HeldLine.of(line) for line in kept["lines"]]
            self._alone_since = dict(kept["alone_since"])
        except FileNotFoundError:
            return
        except (OSError, ValueError, TypeError, KeyError):
            log.warning("the lines of the process before cannot be read")
            return
        self._alone_until = self._clock() + HOLD_SECONDS
        for line in found:
            self.keep(line, min(HOLD_SECONDS, max(BACK_SECONDS, GIVEN_UP_SECONDS - age)))

    def keep(self, line: HeldLine, seconds: float = HOLD_SECONDS) -> None:
        """Waits for the line's person from now on."""
        self._held[line.join] = line
        self._until[line.join] = self._clock() + seconds

    def take(self, *, join: str | None, person: UUID, session: UUID) -> HeldLine | None:
        """Gives the line back to its person, once; None when it is not theirs or is held no more."""
        line = self._held.get(join or "")
        if line is None or (line.person, line.session) != (str(person), str(session)):
            return None
        return self._held.pop(line.join)

    def give_up(self, *, person: UUID, session: UUID) -> list[HeldLine]:
        """What is still held of a person who came in anew, once; it is waited for no more."""
        of_person = [line for line in self._held.values() if (line.person, line.session) == (str(person), str(session))]
        return [self._held.pop(line.join) for line in of_person]

    def lapsed(self) -> list[HeldLine]:
        """Of those who did not come back in time, once; they are waited for no more."""
        late = [join for join in self._held if self._until[join] <= self._clock()]
        return [self._held.pop(join) for join in late]

    def held_in(self, room: str) -> list[HeldLine]:
        """Of those who are waited for in this room: the main room or a side room."""
        return [line for line in self._held.values() if line.room == room]

    def alone_since(self, session: UUID) -> datetime | None:
        """Since when nobody led in that session's room, as the process before knew; once, and while its people may be
        on the way back."""
        since = self._alone_since.pop(str(session), None)
        return datetime.fromisoformat(since) if since and self._clock() < self._alone_until else None

    def receives(self, join: UUID, mid: str, on: bool, at: datetime) -> None:
        """What the media server told of a line meanwhile."""
        if (held := self._held.get(str(join))) is not None:
            held.line.receives(mid, on, at)

    def write(self, lines: Iterable[HeldLine], alone_since: Iterable[tuple[UUID, datetime]] = ()) -> None:
        """Keeps these lines, and those still held, for the next process; and (session, since when nobody leads there).
        The file is whole at any moment."""
        still = self._alone_since if self._clock() < self._alone_until else {}
        kept = {
            "lines": [line.plain() for line in [*self._held.values(), *lines]],
            "alone_since": still | {str(session): since.isoformat() for session, since in alone_since},
        }
        text = json.dumps(kept)
        if text == self._written:
            return
        self._written = text
        fresh = self._file.with_suffix(".new")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(text)
            fresh.replace(self._file)
        except OSError as error:  # a full disk costs the next process these lines, and the room nothing
            log.warning("the lines cannot be kept", why=error.strerror)
            with suppress(OSError):
                self._file.unlink()  # lines of before are worse than none

"""Whether sound and picture of one person still arrive, and when they are tried again. Plain arithmetic; the clock is
an argument."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from stepdown.kernel.spans import Span

BEAT_IS_DUE = timedelta(seconds=6)  # after the one before; browsers give a sign of life every five
SHORT = timedelta(seconds=5)  # nothing that lasts no longer is kept. Source: design, "within 5 seconds a person"
WEAK = timedelta(seconds=2)
PATIENCE = timedelta(seconds=20)
LONGEST_PATIENCE = timedelta(minutes=5)
WELL = timedelta(minutes=1)  # a line that worked for so long was no line made in vain


@dataclass
class Line:
    """What a person means to send, and what the media server says it receives.

    mids: {mid: "audio" or "video"} of what was published. patience: how long nothing may arrive; doubled by whoever
    asked for a new line in vain, until one works for a while (`well_since`). gaps: when nothing arrived and then
    something did, until somebody takes them. counts: whether the person's browser is known to count what it receives,
    on this line or one before. moved_at: when nothing was missing of that last: its count moved, or nobody sent; on a
    new line, its beginning.
    """

    mic: bool = False
    camera: bool = False
    patience: timedelta = PATIENCE
    mids: dict[str, str] = field(default_factory=dict)
    receiving: dict[str, bool] = field(default_factory=dict)
    dead_since: datetime | None = None
    well_since: datetime | None = None
    counts: bool = False
    inbound: int = 0
    moved_at: datetime | None = None
    inbound_stuck_since: datetime | None = None
    gaps: list[Span] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As plain JSON, of which `of` makes the line again; times in seconds."""
        return {
            "mic": self.mic,
            "camera": self.camera,
            "patience": self.patience.total_seconds(),
            "mids": self.mids,
            "receiving": self.receiving,
            "dead_since": self.dead_since and self.dead_since.timestamp(),
            "well_since": self.well_since and self.well_since.timestamp(),
            "counts": self.counts,
            "inbound": self.inbound,
            "moved_at": self.moved_at and self.moved_at.timestamp(),
            "inbound_stuck_since": self.inbound_stuck_since and self.inbound_stuck_since.timestamp(),
        }

    @classmethod
    def of(cls, plain: dict[str, Any]) -> "Line":
        """Raises KeyError, TypeError or ValueError when `plain` is not what `plain` gave."""
        return cls(
            mic=plain["mic"],
            camera=plain["camera"],
            patience=timedelta(seconds=plain["patience"]),
            mids=dict(plain["mids"]),
            receiving=dict(plain["receiving"]),
            dead_since=moment(plain["dead_since"]),
            well_since=moment(plain["well_since"]),
            counts=plain.get("counts", False),  # a process before may not have known it, nor the moment
            inbound=plain["inbound"],
            moved_at=moment(plain.get("moved_at")),
            inbound_stuck_since=moment(plain["inbound_stuck_since"]),
        )

    def anew(self, *, mic: bool, camera: bool, now: datetime) -> "Line":
        """The next line of the same person, of whose browser it is known what it was."""
        return Line(mic=mic, camera=camera, patience=self.patience, counts=self.counts, moved_at=now)

    def _meant(self) -> list[str]:
        return [mid for mid, kind in self.mids.items() if (self.mic if kind == "audio" else self.camera)]

    def _arrives(self) -> bool:
        return any(self.receiving.get(mid) for mid in self._meant())

    def last_sign(self, heard_at: datetime, now: datetime) -> datetime:
        """When the person was there for certain. heard_at: when their browser said something last.

        Who is seen or heard is there, and so is whose next sign of life is not due yet.
        """
        if self._arrives() or now - heard_at <= BEAT_IS_DUE:
            return now
        return max(heard_at, self.dead_since or heard_at)  # until their line died they were seen or heard

    def receives(self, mid: str, on: bool, at: datetime) -> None:
        """The media server begins or stops to receive that part of the line."""
        if not self.receiving:
            self.dead_since = None  # nothing is lost before it began
        self.receiving[mid] = on
        self.turn(at)

    def turn(self, now: datetime) -> None:
        """To be called after each change: notes since when nothing arrives that should."""
        if not self._meant() or self._arrives():
            if self.receiving and self.dead_since is not None and now - self.dead_since > SHORT:
                self.gaps.append(Span(self.dead_since, now))
            self.dead_since = None
            if self._meant() and self.well_since is None:
                self.well_since = now
        elif self.dead_since is None:
            self.dead_since = now
            if self.well_since is not None and now - self.well_since >= WELL:
                self.patience = PATIENCE
            self.well_since = None

    def hears(self, inbound: int, *, others_send: bool, now: datetime) -> None:
        """The browser's own count of all bytes it received; it stands still although others send when its line is dead.

        A count that never moved, on any line of the person, tells nothing: some browsers do not count.
        """
        self.counts = self.counts or inbound > 0
        if inbound == self.inbound and self.counts and others_send:
            self.inbound_stuck_since = self.inbound_stuck_since or self.moved_at or now
        else:
            self.inbound, self.moved_at, self.inbound_stuck_since = inbound, now, None

    def is_weak(self, now: datetime) -> bool:
        """Whether nothing arrives of what the person means to send, for longer than it takes to begin."""
        return self.dead_since is not None and now - self.dead_since >= WEAK

    def lost_at(self, now: datetime) -> datetime | None:
        """Since when the line is dead, once it has been for longer than patience allows."""
        since = [at for at in (self.dead_since, self.inbound_stuck_since) if at and now - at > self.patience]
        return min(since, default=None)

    def lost_for_who_goes(self, now: datetime) -> datetime | None:
        """As `lost_at`, of somebody who goes out: their line will not come back any more, so there is no patience."""
        stuck = self.inbound_stuck_since
        since = [self.dead_since, stuck if stuck and now - stuck > SHORT else None]
        return min((at for at in since if at), default=None)

    def audio_mid(self) -> str | None:
        return next((mid for mid, kind in self.mids.items() if kind == "audio"), None)


def moment(timestamp: float | None) -> datetime | None:
    """Of seconds since 1970."""
    return None if timestamp is None else datetime.fromtimestamp(timestamp, UTC)


class Pauses:
    """How long to wait before a line is made anew, so that a browser that can do no better keeps nobody busy.

    The death of a media server says nothing about a browser: it is neither counted nor waited for.
    """

    WITHIN_SECONDS = 60.0
    SECONDS = (0.0, 0.0, 1.0, 3.0, 10.0)  # after none, one, two, … times within a minute

    def __init__(self) -> None:
        self._times: list[float] = []

    def next(self, now: float, *, server_died: bool = False) -> float:
        """Seconds to wait this time; `now` in seconds of any clock."""
        if server_died:
            return 0.0
        self._times = [at for at in self._times if now - at < self.WITHIN_SECONDS]
        pause = self.SECONDS[min(len(self._times), len(self.SECONDS) - 1)]
        self._times.append(now)
        return pause

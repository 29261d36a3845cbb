"""Whether sound and picture of one person still arrive, and when they are tried again. Plain arithmetic; the clock is
an argument."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

PATIENCE = timedelta(seconds=20)
LONGEST_PATIENCE = timedelta(minutes=5)


@dataclass
class Line:
    """What a person means to send, and what the media server says it receives.

    mids: {mid: "audio" or "video"} of what was published. patience: how long nothing may arrive; doubled by whoever
    asked for a new line in vain.
    """

    mic: bool = False
    camera: bool = False
    patience: timedelta = PATIENCE
    mids: dict[str, str] = field(default_factory=dict)
    receiving: dict[str, bool] = field(default_factory=dict)
    dead_since: datetime | None = None
    inbound: int = 0
    inbound_stuck_since: datetime | None = None

    def turn(self, now: datetime) -> None:
        """To be called after each change: notes since when nothing arrives that should."""
        meant = [mid for mid, kind in self.mids.items() if (self.mic if kind == "audio" else self.camera)]
        if not meant or any(self.receiving.get(mid) for mid in meant):
            self.dead_since = None
        elif self.dead_since is None:
            self.dead_since = now

    def hears(self, inbound: int, *, others_send: bool, now: datetime) -> None:
        """The browser's own count of all bytes it received; it stands still although others send when its line is dead.

        A count that never moved tells nothing: some browsers do not count.
        """
        if inbound == self.inbound and inbound > 0 and others_send:
            self.inbound_stuck_since = self.inbound_stuck_since or now
        else:
            self.inbound, self.inbound_stuck_since = inbound, None

    def lost_at(self, now: datetime) -> datetime | None:
        """Since when the line is dead, once it has been for longer than patience allows."""
        since = [at for at in (self.dead_since, self.inbound_stuck_since) if at and now - at > self.patience]
        return min(since, default=None)

    def audio_mid(self) -> str | None:
        return next((mid for mid, kind in self.mids.items() if kind == "audio"), None)


class Pauses:
    """How long to wait before a line is made anew, so that a browser that can do no better keeps nobody busy."""

    WITHIN_SECONDS = 60.0
    SECONDS = (0.0, 0.0, 1.0, 3.0, 10.0)  # after none, one, two, … times within a minute

    def __init__(self) -> None:
        self._times: list[float] = []

    def next(self, now: float) -> float:
        """Seconds to wait this time; `now` in seconds of any clock."""
        self._times = [at for at in self._times if now - at < self.WITHIN_SECONDS]
        pause = self.SECONDS[min(len(self._times), len(self.SECONDS) - 1)]
        self._times.append(now)
        return pause

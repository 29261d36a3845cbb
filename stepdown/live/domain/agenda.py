"""The plan of one session, from its program's planned breaks."""

from collections.abc import Iterable
from dataclasses import dataclass

OPENING = 15  # minutes of check-in at the start and of check-out at the end
PARTS = ("process", "skills", "practice")


@dataclass(frozen=True)
class Segment:
    """One part of the session: `kind` and minutes from its start, `start` included and `end` not."""

    kind: str
    start: int
    end: int

    @property
    def minutes(self) -> int:
        return self.end - self.start


def plan(minutes: int, breaks: Iterable[tuple[int, int]]) -> list[Segment]:
    """The parts of a session of so many minutes, in order and without gaps.

    breaks: (minutes after the start, length in minutes); what lies outside the session is left out. The first and the
    last quarter of an hour are check-in and check-out; between them each stretch is what the program's template calls
    it. A session of less than 45 minutes has one part. Raises ValueError for a session without length.
    Source: program manual, "A 3-hour session".
    """
    if minutes <= 0:
        raise ValueError("A session has a length.")
    if minutes < 3 * OPENING:
        return [Segment("process", 0, minutes)]
    opening, closing = OPENING, minutes - OPENING
    segments = [Segment("check_in", 0, opening)]
    at, part = opening, 0
    for start, length in sorted(breaks):
        start, end = max(start, at), min(start + length, closing)
        if start >= end:
            continue
        if at < start:
            segments.append(Segment(PARTS[min(part, 2)], at, start))
            part += 1
        segments.append(Segment("break", start, end))
        at = end
    if at < closing:
        segments.append(Segment(PARTS[min(part, 2)], at, closing))
    segments.append(Segment("check_out", closing, minutes))
    return segments

"""How a life in the program goes, as pure draws: when someone leaves, what they miss, what they say at the door."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from stepdown.kernel.spans import Span

from .figures import Figures


@dataclass(frozen=True)
class Visit:
    """One session of one person. `stays` is empty when missed; craving is 0 to 10 or None when not answered."""

    stays: tuple[Span, ...]
    craving: int | None
    mood: str
    used: bool
    excused: bool = False


@dataclass
class Manner:
    """What stays the same in one person: how reliably they come, where cravings start, how fast they ease."""

    comes: float
    craving: float
    easing: float
    restless: bool
    visits: int = field(default=0)


def draw_manner(rng: Random, f: Figures) -> Manner:
    return Manner(
        comes=min(0.99, max(0.5, rng.gauss(f.attendance_mean + 0.04, f.attendance_sd))),
        craving=rng.uniform(3.5, 8.5),
        easing=rng.uniform(0.93, 0.995),
        restless=rng.random() < 0.2,
    )


def draw_visit(rng: Random, f: Figures, manner: Manner, session: Span, breaks: list[Span]) -> Visit:
    """One session: missed, late, left early, stepped out, or there all the way."""
    first = manner.visits == 0
    manner.visits += 1
    manner.craving *= manner.easing
    missed = rng.random() < (f.first_session_missed if first else 1 - manner.comes)
    if missed:
        return Visit((), None, "", False, excused=rng.random() < 0.3)
    craving = max(0, min(10, round(rng.gauss(manner.craving, 1.2))))
    mood = "very_low" if craving >= 9 else "low" if craving >= 7 else rng.choice(["ok", "ok", "good"])
    start, end = session.start + timedelta(seconds=rng.randrange(0, 150)), session.end
    if rng.random() < f.late:
        start = session.start + timedelta(minutes=rng.randrange(11, 42))
    if rng.random() < f.left_early:
        end = session.end - timedelta(minutes=rng.randrange(15, 80))
    stays = [Span(start, end)]
    if manner.restless or rng.random() < 0.12:
        out = _between(rng, start + timedelta(minutes=10), end - timedelta(minutes=15))
        stays = [Span(start, out), Span(out + timedelta(minutes=rng.randrange(3, 12)), end)]
    elif rng.random() < 0.25:
        drop = _between(rng, start + timedelta(minutes=5), end - timedelta(minutes=5))
        stays = [Span(start, drop), Span(drop + timedelta(seconds=rng.randrange(8, 80)), end)]
    skipped = rng.random() < 0.08
    return Visit(
        tuple(s for s in stays if s.start < s.end),
        None if skipped else craving,
        "" if skipped else mood,
        rng.random() < 0.02 * max(craving, 1),
    )


def _between(rng: Random, first: datetime, last: datetime) -> datetime:
    seconds = max(1, int((last - first).total_seconds()))
    return first + timedelta(seconds=rng.randrange(seconds))

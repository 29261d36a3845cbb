"""From stays to clinical minutes and a status: who was there, for how long, and what the program calls it.

Source: RULE PROG-02 (minutes come from join and leave events merged per person; gaps under 2 minutes are ignored).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from stepdown.kernel.spans import Span, merged, overlap, total, whole_minutes, without

SHORT_GAP = timedelta(minutes=2)
COUNTED_BREAKS = 15  # minutes
LATE_AFTER = timedelta(minutes=10)
MUCH_LATER = timedelta(minutes=30)
LEFT_BEFORE = timedelta(minutes=10)

PRESENT, LATE, PARTIAL, LEFT_EARLY, NO_SHOW = "present", "late", "partial", "left_early", "no_show"


def presence(stays: Iterable[Span], session: Span) -> list[Span]:
    """When one person was in the room: gaps of less than two minutes closed first, then clipped to the session.

    stays: aware times in any order; stays on two devices may overlap and count once. A gap of exactly two minutes is
    an absence. The order matters: a gap across the edge of the session is closed before the edge cuts it.
    Raises ValueError when a span ends before it starts or carries no zone.
    """
    return overlap(merged(stays, gap=SHORT_GAP), [session])


def clinical_minutes(stays: Iterable[Span], session: Span, breaks: Iterable[Span] = ()) -> int:
    """Whole clinical minutes that one person was in the room, rounded down once at the very end.

    breaks: may overlap each other and lie partly or wholly outside the session.
    Returns 0 up to the session's length less its breaks. Raises ValueError as `presence` does.
    Source: RULE PROG-02; breaks are not clinical time.
    """
    return whole_minutes(without(presence(stays, session), breaks))


def available_minutes(session: Span, breaks: Iterable[Span] = ()) -> int:
    """Whole clinical minutes that anyone could have had: the session less its breaks."""
    return whole_minutes(without([session], breaks))


def counted_minutes(clinical: int, breaks: int) -> int:
    """Minutes of one person's day as payers count them, where a leader corrected them: of all breaks together a quarter
    of an hour counts too.

    clinical: those the leader stands for. breaks: whole minutes of the session's breaks; whose stays no longer tell is
    taken to have been there in them. Source: as of `counted_from_stays`.
    """
    return clinical + min(breaks, COUNTED_BREAKS) if clinical else 0


def counted_from_stays(stays: Iterable[Span], breaks: Iterable[Span]) -> int:
    """Whole minutes of one person's day as payers count them: in the room, and of the breaks a quarter of an hour at
    most in which they were there.

    stays: of `presence`. Returns 0 for who was there in breaks alone.
    Source: program manual, "A 3-hour session" (minutes present minus breaks beyond 15 minutes); RULE PROG-03.
    """
    there, breaks = merged(stays), list(breaks)
    clinical = total(without(there, breaks))
    if clinical < timedelta(minutes=1):
        return 0
    return (clinical + min(total(overlap(there, breaks)), timedelta(minutes=COUNTED_BREAKS))) // timedelta(minutes=1)


def status_from_stays(
    stays: Iterable[Span], session: Span, breaks: Iterable[Span] = (), waits: Iterable[Span] = ()
) -> str:
    """What the program calls this presence.

    waits: when they were at the door and not let in, or held there; so long they were not late, away or gone.
    no_show     not one whole clinical minute
    partial     came more than 30 minutes late, or was away for more than 30 clinical minutes in between
    left_early  gone for good more than 10 minutes before the end
    late        came more than 10 minutes late
    present     everything else
    The first that fits counts. Source: program manual, "Attendance policy" (10 and 30 minutes).
    """
    there, breaks, waits = presence(stays, session), list(breaks), list(waits)
    if whole_minutes(without(there, breaks)) == 0:
        return NO_SHOW
    came_late_by = total(without([Span(session.start, there[0].start)], waits))
    left_before_by = total(without([Span(there[-1].end, session.end)], waits))
    if came_late_by > MUCH_LATER:
        return PARTIAL
    if left_before_by > LEFT_BEFORE:
        return LEFT_EARLY
    away = total(without([Span(there[0].start, there[-1].end)], [*there, *breaks, *waits]))
    if away > MUCH_LATER:
        return PARTIAL
    return LATE if came_late_by > LATE_AFTER else PRESENT


def kept_out(waits: Iterable[Span]) -> bool:
    """Whether someone who never came in was there all the same: ten minutes at the door in all, while the session was
    on. Then it is no unexplained absence. Source: program manual, "Attendance policy" (10 minutes)."""
    return total(waits) >= LATE_AFTER


def status_from_minutes(minutes: int, available: int) -> str:
    """What the program calls corrected minutes, when the stays no longer tell: none is missed, more than 30 short of
    the whole is in part, the rest is there."""
    if minutes == 0:
        return NO_SHOW
    return PARTIAL if available - minutes > MUCH_LATER // timedelta(minutes=1) else PRESENT


@dataclass(frozen=True)
class Reckoning:
    """What is computed for one person and one session; `stays` are merged and clipped, in order."""

    stays: list[Span]
    minutes: int
    status: str


def reckon(stays: Iterable[Span], session: Span, breaks: Iterable[Span] = (), waits: Iterable[Span] = ()) -> Reckoning:
    """Everything the program records about one person's presence, in one go."""
    stays, breaks = list(stays), list(breaks)
    return Reckoning(
        stays=presence(stays, session),
        minutes=clinical_minutes(stays, session, breaks),
        status=status_from_stays(stays, session, breaks, waits),
    )

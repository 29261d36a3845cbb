"""Which instruments are asked when, as data. Source: instruments, section 2, "Default battery" and "Default frequency";
program facts, section 9, for Aftercare. The days within which each is asked are the project's default.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType


class Stage(StrEnum):
    """Why an instrument is asked."""

    INQUIRY = "inquiry"
    INTAKE = "intake"
    WEEKLY = "weekly"
    SESSION = "session"
    TWO_WEEKS = "two_weeks"
    MIDDLE = "middle"
    DISCHARGE = "discharge"
    AFTERCARE = "aftercare"
    AFTERCARE_QUARTER = "aftercare_quarter"
    FOLLOW_UP = "follow_up"
    BY_HAND = "by_hand"


_OUTCOME = ("bam", "phq-9", "gad-7", "barc-10", "sip-2r")
BATTERY: Mapping[Stage, tuple[str, ...]] = MappingProxyType(
    {
        Stage.INQUIRY: ("iop-self-screen", "audit-c", "taps-1"),
        Stage.INTAKE: (
            *("phq-9", "gad-7", "audit-c", "taps-1", "pc-ptsd-5", "bam", "sip-2r", "barc-10", "who-5", "ucla-3"),
            *("cssrs-screener", "dsm5-sud"),
        ),
        Stage.WEEKLY: ("bam-iop",),
        Stage.SESSION: ("craving-nrs",),
        Stage.TWO_WEEKS: ("phq-9", "gad-7"),
        Stage.MIDDLE: (*_OUTCOME, "who-5", "ucla-3"),
        Stage.DISCHARGE: (*_OUTCOME, "who-5", "cssrs-screener", "dsm5-sud"),
        Stage.AFTERCARE: ("bam", "barc-10"),
        Stage.AFTERCARE_QUARTER: ("ucla-3",),
    }
)
"""By stage. The inquiry's are asked before there is a patient: the first on the public site, where nothing is kept, and
the others again at intake."""

FOLLOWED_BY: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("phq-9", "phq9_item9_positive"): "cssrs-screener",
        ("audit-c", "auditc_positive"): "audit",
        ("taps-1", "taps_alcohol_positive"): "audit",
        ("taps-1", "taps_drugs_positive"): "dast-10",
        ("taps-1", "taps_rx_positive"): "dast-10",
        ("pc-ptsd-5", "pcptsd_positive"): "pcl-5",
        ("who-5", "who5_low"): "phq-9",
    }
)
"""What a flag asks for next: (instrument, flag) -> instrument. AUDIT and DAST-10 are asked only as positive."""

ONCE_AN_EPISODE = frozenset({"audit", "dast-10"})
"""Not asked again by an answer. Source: instruments, section 2, "Default frequency"."""

NEVER_BY_ITSELF = frozenset({"cows", "ciwa-ar"})
"""Only by a clinician who sees the person; never assigned."""

INTAKE_OPEN = timedelta(days=60)  # while there is no seat; from the first session on, two weeks
INTAKE_DUE = timedelta(days=7)
WEEK = timedelta(days=7)
MONTH = timedelta(days=30)
QUARTER = timedelta(days=91)


@dataclass(frozen=True)
class Care:
    """Where somebody is in the program.

    episode: its id, by which an occasion is told from that of another episode. planned_on: when they were admitted.
    began: the first day of this time at the present level, None before the first session. again: they were at that
    level before in the episode, and left it. ends: its planned last day. weeks: of the
    program, None when it is open. aftercare: whether the present level is Aftercare. meets_today: a session is today.
    """

    episode: str
    planned_on: date
    began: date | None = None
    again: bool = False
    ends: date | None = None
    weeks: int | None = None
    aftercare: bool = False
    meets_today: bool = False


@dataclass(frozen=True)
class Occasion:
    """One stage that is open today. key: the same however often it is worked out. lapses_on: from this day on it is
    asked no more."""

    stage: Stage
    key: str
    due_on: date
    lapses_on: date

    @property
    def instruments(self) -> tuple[str, ...]:
        return BATTERY[self.stage]


@dataclass(frozen=True)
class Asked:
    """One instrument that is to be asked now."""

    instrument: str
    occasion: Occasion


def open_today(care: Care, today: date) -> list[Asked]:
    """What is to be asked of somebody today, each instrument once: where two stages ask for the same, the weightier
    does, discharge before the middle before every two weeks."""
    found: dict[str, Asked] = {}
    for occasion in sorted(_occasions(care, today), key=lambda each: _WEIGHT.index(each.stage)):
        for instrument in occasion.instruments:
            found.setdefault(instrument, Asked(instrument, occasion))
    return list(found.values())


_WEIGHT = [
    Stage.INTAKE,
    Stage.DISCHARGE,
    Stage.MIDDLE,
    Stage.TWO_WEEKS,
    Stage.WEEKLY,
    Stage.SESSION,
    Stage.AFTERCARE,
    Stage.AFTERCARE_QUARTER,
]


def _occasions(care: Care, today: date) -> Iterator[Occasion]:
    """The stages that are open on that day."""
    intake_ends = care.began + 2 * WEEK if care.began else care.planned_on + INTAKE_OPEN
    if not care.aftercare and not care.again and care.planned_on <= today < intake_ends:
        due_on = care.began or care.planned_on + INTAKE_DUE
        yield _occasion(Stage.INTAKE, care, "", due_on, intake_ends)
    if care.began is None or today < care.began:
        return
    days = (today - care.began).days
    if care.aftercare:
        yield from _recurring(Stage.AFTERCARE, care, days, MONTH)
        yield from _recurring(Stage.AFTERCARE_QUARTER, care, days, QUARTER)
        return
    yield from _recurring(Stage.WEEKLY, care, days, WEEK)
    yield from _recurring(Stage.TWO_WEEKS, care, days, 2 * WEEK)
    if care.meets_today:
        yield _occasion(Stage.SESSION, care, today.isoformat(), today, today + timedelta(days=1))
    if care.weeks:
        middle = care.began + WEEK * (care.weeks // 2)
        if middle <= today < middle + 2 * WEEK:
            yield _occasion(Stage.MIDDLE, care, "", middle, middle + 2 * WEEK)
    if care.ends and care.ends - WEEK <= today < care.ends + 2 * WEEK:
        yield _occasion(Stage.DISCHARGE, care, _prolonged(care), care.ends, care.ends + 2 * WEEK)


def _prolonged(care: Care) -> str:
    """Which planned end it is: empty for one within two weeks of the program's length, else by how many spans of four
    weeks it was put off, or brought forward. So an end that moves by some days is asked about once."""
    if not (care.began and care.ends and care.weeks):
        return ""
    moved = (care.ends - care.began) - WEEK * care.weeks
    return str((moved + 2 * WEEK) // (4 * WEEK) or "")


def _recurring(stage: Stage, care: Care, days: int, every: timedelta) -> Iterator[Occasion]:
    """The one that is open now; the first comes after one whole turn, since intake or discharge has just asked."""
    turn = days // every.days
    if turn and care.began:
        due_on = care.began + every * turn
        yield _occasion(stage, care, str(turn), due_on, due_on + every)


def _occasion(stage: Stage, care: Care, turn: str, due_on: date, lapses_on: date) -> Occasion:
    run = care.began.isoformat() if care.again and care.began else ""
    return Occasion(stage, ":".join(filter(None, (stage, turn, care.episode, run))), due_on, lapses_on)

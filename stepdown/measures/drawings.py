"""One score of an instrument as a drawing of its trend."""

from collections.abc import Callable, Sequence
from datetime import date

from stepdown.kernel.instruments import Definition, reliable_change
from stepdown.measures.queries import Course
from stepdown.ui import charts


def courses_drawn(
    courses: Sequence[Course],
    *,
    events: Sequence[charts.TrendEvent] = (),
    sessions: Sequence[charts.TrendSession] = (),
    today: date | None = None,
    start: date | None = None,
    width: float = charts.TREND_WIDTH,
) -> list[tuple[str, str, charts.Drawing]]:
    """(title, what changed in a sentence, drawing) of each, all on one time axis: the baseline is the first score, and
    events and sessions stand with it. start: the first day of week 0, the earliest of these scores unless told."""
    start = start or min((course.points[0].on for course in courses), default=today or date.max)
    drawn = []
    for course in courses:
        label = course.definition.score[course.score].label
        one = score_trend(
            course.definition,
            course.score,
            course.points,
            start,
            what=label,
            events=events,
            sessions=sessions,
            today=today,
            width=width,
        )
        drawn.append((f"{course.definition.short_name}: {label}", charts.trend_meta(one), charts.trend(one)))
    return drawn


def score_trend(
    definition: Definition,
    score: str,
    points: Sequence[charts.TrendPoint],
    start: date,
    *,
    what: str = "",
    named: Callable[[str], str] = str,
    events: Sequence[charts.TrendEvent] = (),
    sessions: Sequence[charts.TrendSession] = (),
    today: date | None = None,
    weeks: int = 12,
    width: float = charts.TREND_WIDTH,
) -> charts.Trend:
    """Bands, direction, range and reliable change are the instrument's (INS-06); draw it with `charts.trend`.

    points: oldest first, None where the score is NULL. what: the score's name to the reader. named: a band's label in
    the reader's words. Raises ValueError for a score that is a class, since classes have no scale.
    """
    one = definition.score[score]
    if one.least is None or one.most is None:
        raise ValueError(f"{score} of {definition.id} is a class and has no scale.")
    return charts.Trend(
        what=what or definition.short_name,
        points=points,
        least=one.least,
        most=one.most,
        start=start,
        is_better_higher=one.higher_is == "better",
        bands=[charts.TrendBand(band.least, band.most, named(band.label)) for band in one.bands],
        change=reliable_change(definition, score),
        events=events,
        sessions=sessions,
        today=today,
        weeks=weeks,
        width=width,
    )

"""One score of an instrument as a drawing of its trend."""

from collections.abc import Callable, Sequence
from datetime import date

from stepdown.kernel.instruments import Definition, reliable_change
from stepdown.ui import charts


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

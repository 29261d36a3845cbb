"""The numbers that shape the demo, read from data/simulation_parameters.json, where each carries its source."""

import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random


@dataclass(frozen=True)
class Figures:
    """retention: (day, share still engaged) points from day 0; the rest are probabilities from 0 to 1."""

    retention: tuple[tuple[int, float], ...]
    attendance_mean: float
    attendance_sd: float
    late: float
    left_early: float
    first_session_missed: float

    def leaves_after(self, rng: Random) -> int | None:
        """The day a person stops coming, drawn from the retention curve; None when they stay to the end of it."""
        share = rng.random()
        days = [day for day, _ in self.retention]
        engaged = [still for _, still in self.retention]
        if share < engaged[-1]:
            return None
        i = bisect_right([-e for e in engaged], -share)
        (d0, e0), (d1, e1) = (days[i - 1], engaged[i - 1]), (days[i], engaged[i])
        return int(d0 + (d1 - d0) * (e0 - share) / (e0 - e1))


@cache
def figures() -> Figures:
    data = json.loads((Path(__file__).parent / "data" / "simulation_parameters.json").read_text())
    assumed = data["assumptions"]
    points = next(r for r in data["retention"] if "points" in r)["points"]
    return Figures(
        retention=tuple((p["day"], p["engaged"]) for p in points),
        attendance_mean=assumed["scheduled_session_attendance_while_active"]["mean"],
        attendance_sd=assumed["scheduled_session_attendance_while_active"]["sd"],
        late=assumed["late_arrival_over_10_min"]["p"],
        left_early=assumed["left_early"]["p"],
        first_session_missed=assumed["first_session_no_show_after_admission"]["p"],
    )

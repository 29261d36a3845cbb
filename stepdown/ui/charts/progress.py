"""The way through the program as steps going down, a score's course, and how long someone waits."""

import itertools
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from stepdown.ui.charts.svg import LETTER, Drawing, element, fits, listed, path, rect, svg, text

STEP, TREAD, LINE = 38.0, 350.0, 15.0


@dataclass(frozen=True)
class Level:
    """A level of care on the way down: its name, when it begins ("Feb 9", "From May 4"), and its share of the width."""

    name: str
    begins: str
    weight: float = 1.0


def way_through(
    levels: Sequence[Level],
    at: int,
    share: float,
    here: str,
    sentence: str,
    *,
    width: float = TREAD,
    step: float = STEP,
) -> Drawing:
    """Steps going down. The lamp stands on level `at` (from 0), `share` (0 to 1) of the way along it, named `here`.

    `sentence` says it in the reader's words. width: of the drawing. step: how far down each of them goes.
    Raises IndexError when there is no such level.
    """
    edges = [0.0, *itertools.accumulate(_treads(levels, width))]
    names = [_lines(level.name, edges[i + 1] - edges[i] - 12) for i, level in enumerate(levels)]
    # Below its tread a step has room for its lines as far down as the drawing goes.
    deep = max(step * i + 24 + LINE * (len(lines) - 1) for i, lines in enumerate(names))
    bottom = 4 + max(step * len(levels), deep + 10) + 2
    lamp_x = edges[at] + (edges[at + 1] - edges[at]) * min(1.0, max(0.0, share))
    lamp_y = 4 + step * at
    edge = "".join(f"H{edges[i + 1]:.0f}" + (f"v{step:.0f}" if i + 1 < len(levels) else "") for i in range(len(levels)))
    done = "".join(f"H{edges[i + 1]:.0f}v{step:.0f}" for i in range(at))
    parts = [
        path(f"M0 4{edge}V{bottom:.0f}H0z", "step-fill"),
        path(f"M0 4{done}H{lamp_x:.0f}V{bottom:.0f}H0z", "step-done"),
        path(f"M1 4{edge}", "step-line"),
        element("circle", class_="lamp-dot", cx=lamp_x, cy=lamp_y, r=8),
    ]
    half = len(here) * LETTER / 2
    here_x = min(width - half, max(half, lamp_x))
    taken = [(here_x - half, here_x + half)]
    for i, level in enumerate(levels):
        left = edges[i] + (6 if i == 0 else 8)
        for n, line in enumerate(names[i]):
            parts.append(text(left, 4 + step * i + 24 + LINE * n, line, class_="strong"))
        long = len(level.begins) * LETTER
        last = i + 1 == len(levels)
        start = width - long if last else edges[i] + (2 if i == 0 else 0)
        if all(start + long + LETTER < other[0] or other[1] + LETTER < start for other in taken):
            taken.append((start, start + long))
            parts.append(text(width if last else start, bottom + 16, level.begins, anchor="end" if last else ""))
    parts.append(text(here_x, bottom + 16, here, class_="strong", anchor="middle"))
    rows = tuple((level.name, level.begins, here if i == at else "") for i, level in enumerate(levels))
    headings = (gettext("Step"), gettext("When"), gettext("You are here"))
    return Drawing(svg(parts, width, bottom + 22, sentence, class_="draw way"), sentence, headings, rows)


def _treads(levels: Sequence[Level], width: float) -> list[float]:
    """How wide each step is: by its weight, but wide enough for its longest word where all of them have room."""
    wanted = [max(map(len, level.name.split()), default=0) * LETTER + 14 for level in levels]
    fixed: set[int] = set()
    while True:
        free = width - sum(wanted[i] for i in fixed)
        total = sum(level.weight for i, level in enumerate(levels) if i not in fixed)
        if free <= 0 or not total:
            return [width * level.weight / sum(one.weight for one in levels) for level in levels]
        given = [wanted[i] if i in fixed else free * level.weight / total for i, level in enumerate(levels)]
        narrow = {i for i, one in enumerate(given) if one < wanted[i] - 0.01}
        if not narrow:
            return given
        fixed |= narrow


def _lines(name: str, room: float) -> list[str]:
    """The name in lines that stay within `room`; a word that does not fit ends with an ellipsis."""
    letters = max(4, int(room // LETTER))
    wrapped = textwrap.wrap(name, letters, break_long_words=False)
    return [said for line in wrapped if (said := fits(line, room))]


def sparkline(values: Sequence[int | None], what: str, labels: Sequence[str] = ()) -> Drawing:
    """Scores from 0 to 10, oldest first; None leaves a gap. `what` begins the sentence ("Urge in the last groups")."""
    step = 58.0 / max(1, len(values) - 1)
    points = [
        (2 + step * i if len(values) > 1 else 60.0, 21 - 1.8 * v) if v is not None else None
        for i, v in enumerate(values)
    ]
    parts = [path("M2 21.5H62", "spark-base")]
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    for run in runs:
        if len(run) > 1:
            parts.append(path("M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in run), "tr-1"))
        elif run:
            parts.append(element("circle", class_="dot-1", cx=run[0][0], cy=run[0][1], r=1.8))
    last = next((point for point in reversed(points) if point), None)
    if last:
        parts.append(element("circle", class_="dot-1", cx=last[0], cy=last[1], r=2.8))
    known = [str(v) if v is not None else gettext("not given") for v in values]
    scores = ", ".join(known) or gettext("none yet")
    sentence = f"{what}: {scores}"
    rows = tuple((labels[i] if i < len(labels) else str(i + 1), said) for i, said in enumerate(known))
    drawn = svg(parts, 64, 24, sentence, class_="", fixed=True)
    return Drawing(drawn, sentence, (gettext("Group"), gettext("Score")), rows)


def waiting_bar(minutes: int, goal: int) -> Drawing:
    """How long someone waits, against the minutes within which we act. The bar ends at about four times the goal."""
    scale = 60.0 / max(1, goal)
    within, over = min(minutes, goal) * scale, min(200.0, max(0, minutes - goal) * scale)
    parts = [
        rect(0.5, 0.5, 259, 5, "at-ground", 2.5),
        rect(0, 0, within, 6, "bar", 3),
        rect(60, 0, over, 6, "over") if over else "",
        path("M60 0v6", "goal"),
    ]
    waited = ngettext("waiting for %(n)d minute", "waiting for %(n)d minutes", minutes) % {"n": minutes}
    aim = ngettext("we call within %(n)d minute", "we call within %(n)d minutes", goal) % {"n": goal}
    sentence = f"{listed([waited, aim])}."
    drawn: SafeString = svg(parts, 260, 6, sentence, class_="draw waitbar", stretch=True)
    return Drawing(drawn, sentence, (gettext("Waiting"), gettext("Goal")), ((str(minutes), str(goal)),))

"""The plan of a session as the top line of the room. A list that grows with its window; widths come from classes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from stepdown.ui.charts.svg import Drawing, element, number


@dataclass(frozen=True)
class PlanStep:
    """A part of the session: its name, its length in minutes, and whether it is a break."""

    name: str
    minutes: int
    rest: bool = False


def room_plan(steps: Sequence[PlanStep], elapsed: float) -> Drawing:
    """Segments as long as their minutes, what is over filled. `elapsed`: minutes since the start.

    room.css has a class for each length in steps of five minutes up to 180; others are drawn as the nearest.
    """
    total = sum(step.minutes for step in steps)
    entries, rows, begins, current = [], [], 0, ""
    for step in steps:
        ends = begins + step.minutes
        done, now = elapsed >= ends, begins <= elapsed < ends
        if now:
            current = step.name
        entries.append(_entry(step, done, now, (elapsed - begins) / step.minutes if now else 0.0))
        rows.append((step.name, ngettext("%(n)d minute", "%(n)d minutes", step.minutes) % {"n": step.minutes}))
        begins = ends
    share = min(1.0, max(0.0, elapsed / total)) if total else 0.0
    at = f"{number(share * 100)}%"
    line = element("svg", element("line", x1=at, x2=at, y1=0, y2="100%"), class_="agenda-now", aria_hidden="true")
    label = gettext("Plan for this session")
    drawn: SafeString = mark_safe(  # noqa: S308  # every part is escaped
        f'<div class="agenda-wrap"><ol class="agenda" aria-label="{escape(label)}">{"".join(entries)}</ol>{line}</div>'
    )
    said = gettext("Now: %(step)s.") % {"step": current} if current else ""
    listed = ", ".join(f"{name} {length}" for name, length in rows)
    return Drawing(drawn, f"{listed}. {said}".strip(), (gettext("Part"), gettext("Length")), tuple(rows))


def _entry(step: PlanStep, done: bool, now: bool, share: float) -> SafeString:
    width = min(180, max(5, round(step.minutes / 5) * 5))
    state = " done" if done else " now" if now else ""
    fill = ""
    if now and not step.rest:
        fill = element(
            "svg",
            element("rect", width=f"{number(share * 100)}%", height="100%"),
            class_="seg-fill",
            aria_hidden="true",
        )
    name = format_html('<span class="{}">{}</span>', "sr" if step.minutes < 10 else "", step.name)
    return format_html(
        '<li class="seg m{}{}{}"{}>{}{}</li>',
        width,
        " rest" if step.rest else "",
        state,
        mark_safe(' aria-current="step"') if now else "",
        mark_safe(fill),  # noqa: S308  # drawn above, of one number
        name,
    )

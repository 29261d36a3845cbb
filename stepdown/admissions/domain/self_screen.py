"""The private self-screen of the public site: twelve yes-or-no questions, an honest answer, nothing kept.

Source: instrument "iop-self-screen" (project-authored, not validated): danger outranks a medical check, that
outranks an unsafe home, that outranks signs that the program may fit.
"""

from dataclasses import dataclass
from functools import cache

from stepdown.kernel.instruments import Definition, evaluate, load

SIGNS = ("ss_lost_control", "ss_time_money", "ss_family_concern", "ss_dui", "ss_duties", "ss_tried_stop")
DANGER = ("ss_self_harm", "ss_overdose")
WITHDRAWAL = ("ss_stop_sick", "ss_daily_heavy")


def instrument() -> Definition:
    return load("iop-self-screen")


@cache
def items() -> tuple[str, ...]:
    """Item ids in the order they are asked."""
    return tuple(instrument().item)


@dataclass(frozen=True)
class Screened:
    """route: what the page tells the visitor (one of the instrument's classes). signs: how many of six, None when
    none of the six was answered. yes: the ids answered yes, in the order asked. flags: ids of the instrument, sorted.
    """

    route: str
    signs: int | None
    band: str | None
    yes: tuple[str, ...]
    flags: tuple[str, ...]


def screen(answers: dict[str, int | None]) -> Screened:
    """Answers by item id: 1 yes, 0 no, None or missing: skipped. Other keys are ignored."""
    known = {item: answers.get(item) for item in items()}
    result = evaluate(instrument(), known)
    signs = result.scores["signs"]
    return Screened(
        route=str(result.scores["route"]),
        signs=signs if isinstance(signs, int) else None,
        band=result.bands["signs"],
        yes=tuple(item for item in items() if known[item] == 1),
        flags=result.flags,
    )

"""Random placement problems, each made from a seed alone: what the tests and the bench of the engine are tried on."""

from datetime import date, time, timedelta
from random import Random

from stepdown.placement.matching.problem import (
    Chairs,
    Group,
    Leader,
    License,
    Option,
    Person,
    Problem,
    Window,
    Wishes,
)

TODAY = date(2026, 10, 5)  # the clocks go back within the horizon
ZONES = {
    **dict.fromkeys(("OK", "TX", "KS", "MO", "AR", "LA", "NE", "IA"), "America/Chicago"),
    **dict.fromkeys(("NM", "CO"), "America/Denver"),
    **dict.fromkeys(("WA", "OR"), "America/Los_Angeles"),
}
DAYS = ((0, 2, 4), (1, 3, 5), (0, 1, 3), (1, 2, 4))
STARTS = {"morning": (time(8), time(9), time(9, 30)), "evening": (time(17), time(17, 30), time(18))}
EVENING, MORNING = (time(16, 30), time(21, 30)), (time(7, 30), time(13))


def world(
    seed: int,
    *,
    people: int,
    groups: int,
    leaders: int,
    options: int = 0,
    states: int = 12,
    apart: float = 0.05,
    together: float = 0.02,
    acquainted: float = 0,
) -> Problem:
    """states: how many of the twelve people live in. apart, together: pairs for each person. acquainted: how many are
    kept apart from a leader; the more, the more groups have a co-leader."""
    r = Random(seed)
    used, known = list(ZONES)[:states], Random(seed)
    who = [f"P{n}" for n in range(people)]
    # Whoever is kept apart knows each other, and so mostly lives in one place and has the same hours.
    made = [_person(r, one, used) for one in who]
    for n, one in enumerate(made):
        if known.random() < acquainted:
            made[n] = one.model_copy(update={"not_led_by": (f"L{known.randrange(leaders)}",)})
    near: dict[tuple[str, str], list[str]] = {}
    for one in made:
        near.setdefault((one.state, one.program), []).append(one.id)
    circles = [circle for circle in near.values() if len(circle) > 1]
    pairs = (
        [tuple(r.sample(r.choice(circles), 2)) for _ in range(round(people * (apart + together)))] if circles else []
    )
    at = round(people * apart)
    led = [_leader(r, f"L{n}", used) for n in range(leaders)]
    return Problem.model_validate(
        {
            "version": 1,
            "today": TODAY,
            "people": made,
            "groups": [_co_led(_group(r, f"G{n}", leaders), known, leaders, acquainted) for n in range(groups)],
            "options": [_option(r, f"O{n}", leaders) for n in range(options)],
            "leaders": led,
            "apart": pairs[:at],
            "together": pairs[at:],
        }
    )


def _person(r: Random, one: str, states: list[str]) -> Person:
    state = r.choice(states)
    days = tuple(day for day in range(7) if r.random() > 0.12) or (0,)
    kind = r.random()
    spans = ([EVENING] if kind < 0.75 else []) + ([MORNING] if kind > 0.45 else [])
    return Person(
        id=one,
        program="iop" if r.random() < 0.9 else "aftercare",
        state=state,
        zone=ZONES[state],
        ready_on=TODAY + timedelta(r.choice((0, 0, 0, 1, 3, 7, 14))),
        waiting_since=TODAY - timedelta(r.randint(0, 90)),
        priority=r.choice((1, 2, 2, 3)),
        available=tuple(Window(days=days, begins=begins, ends=ends) for begins, ends in spans),
        tags=("women",) if r.random() < 0.4 else (),
        wishes=Wishes(
            band=r.choice(("morning", "evening")) if r.random() < 0.3 else None,
            days=(0, 1, 2, 3) if r.random() < 0.2 else (),
            language="es" if r.random() < 0.08 else None,
        ),
    )


def _meets(r: Random) -> dict[str, object]:
    band = r.choice(("morning", "evening", "evening"))
    return {
        "program": "aftercare" if r.random() < 0.12 else "iop",
        "band": band,
        "days": r.choice(DAYS),
        "starts_at": r.choice(STARTS[band]),
        "minutes": 180,
        "zone": r.choice(("America/Chicago", "America/Chicago", "America/Denver", "America/Los_Angeles")),
        "language": "es" if r.random() < 0.08 else "en",
        "only": ("women",) if r.random() < 0.08 else (),
    }


def _group(r: Random, one: str, leaders: int) -> Group:
    sitting = r.randint(2, 9)
    chairs = [Chairs(free_from=TODAY, count=10 - sitting)]
    chairs += [
        Chairs(free_from=TODAY + timedelta(r.randint(5, 60)), count=1) for _ in range(r.randint(0, min(3, sitting)))
    ]
    return Group.model_validate(
        {
            "id": one,
            **_meets(r),
            "leader": f"L{r.randrange(leaders)}",
            "sitting": tuple(f"{one}-{n}" for n in range(sitting)),
            "chairs": tuple(chairs),
        }
    )


def _co_led(group: Group, r: Random, leaders: int, often: float) -> Group:
    others = sorted({f"L{n}" for n in range(leaders)} - {group.leader})
    return group.model_copy(update={"co_leader": r.choice(others)}) if r.random() < often and others else group


def _option(r: Random, one: str, leaders: int) -> Option:
    could = r.sample(range(leaders), min(leaders, r.randint(1, 4)))
    return Option.model_validate(
        {
            "id": one,
            **_meets(r),
            "leaders": tuple(f"L{n}" for n in could),
            "opens_on": TODAY + timedelta(r.choice((3, 7, 14))),
            "chairs": r.choice((8, 10)),
        }
    )


def _leader(r: Random, one: str, states: list[str]) -> Leader:
    some = r.sample(states, min(len(states), r.randint(2, 6)))
    return Leader(
        id=one,
        licenses=tuple(
            License(
                state=state,
                first=date(2020, 1, 1),
                last=None if r.random() < 0.8 else TODAY + timedelta(r.randint(10, 200)),
            )
            for state in some
        ),
        most_groups=r.choice((None, None, 6, 8)),
    )

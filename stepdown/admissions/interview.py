"""Where each answer of the interview is kept, and what follows from the answers by itself.

A storage name is "answers.home.safe" (the level-of-care input), "about.state" (facts about the person), "words.home"
(what they said, by part) or a column of the assessment ("came_from").
"""

from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from stepdown.admissions.domain.advice import OUT_OF_SCOPE, Advice, advise
from stepdown.admissions.domain.answers import REQUIRED, merged, unknown_answers, value_at
from stepdown.admissions.domain.zones import zone_of
from stepdown.admissions.models import Assessment
from stepdown.kernel.decision import ALLOW, Decision
from stepdown.people import queries as people
from stepdown.privacy.queries_minors import may_be_admitted

COLUMNS = ("came_from", "came_from_name", "referred_by")


def value_of(assessment: Assessment, name: str) -> Any:
    """What is kept under a storage name; None or "" when nothing is."""
    where, _, path = name.partition(".")
    if where == "answers":
        return value_at(assessment.answers, path)
    if where in ("about", "words"):
        return getattr(assessment, where).get(path)
    return getattr(assessment, name)


def set_value(assessment: Assessment, name: str, value: Any) -> None:
    """Keep a value under a storage name. Does not save. Raises ValueError for a name that does not exist."""
    where, _, path = name.partition(".")
    if where == "answers":
        group, _, leaf = path.rpartition(".")
        if group:
            assessment.answers.setdefault(group, {})[leaf] = value
        else:
            assessment.answers[leaf] = value
    elif where in ("about", "words"):
        getattr(assessment, where)[path] = value
    elif name in COLUMNS:
        setattr(assessment, name, value)
    else:
        raise ValueError(f"No answer is called {name}.")


def same(one: Any, other: Any) -> bool:
    """Whether two kept values say the same; nothing kept, an empty text and an empty list are all nothing."""
    return (None if one in ("", []) else one) == (None if other in ("", []) else other)


def admits_minors(assessment: Assessment) -> Decision:
    """Whether the person's age stands in the way, by the rule of the state where they take part: the one of the
    address in the interview, by which it is also decided who is licensed to treat them. Source: RULE PRIV-15."""
    born = assessment.about.get("date_of_birth")
    if not born:
        return ALLOW
    return may_be_admitted(
        born=date.fromisoformat(born),
        day=today_of(assessment),
        state=assessment.about.get("state") or "",
        at=timezone.now(),
    )


def today_of(assessment: Assessment) -> date:
    """The day where the person is; where the reader is while nobody knows."""
    zone = zone_of(assessment.about)
    return timezone.localdate(timezone=ZoneInfo(zone) if zone else None)


def worked_out(assessment: Assessment) -> Advice:
    """What the rules advise on the answers as they are. They are for adults: about a minor whom the center admits they
    say no more than that, and everything else has to be asked before a licensed person decides without them."""
    advice = advise(assessment.answers)
    if advice.advice == OUT_OF_SCOPE and admits_minors(assessment):
        return replace(advice, missing=[path for path in REQUIRED if value_at(assessment.answers, path) is None])
    return advice


def age_on(born: date, day: date) -> int:
    """Whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))  # February 29: March 1


def covered_states() -> set[str]:
    """The states in which a counselor of the center is licensed today."""
    return set(people.licenses_on(timezone.localdate()).filter(staff__ended_at=None).values_list("state", flat=True))


def derive(assessment: Assessment, covered: set[str], today: date) -> None:
    """Fills in what is not asked but follows: age, licensed state, and the level stepped down from. Does not save."""
    answers = merged(unknown_answers(), assessment.answers)
    born, state = assessment.about.get("date_of_birth"), assessment.about.get("state")
    answers["age"] = max(0, age_on(date.fromisoformat(born), today)) if born else None
    answers["telehealth"]["in_licensed_state"] = state in covered if state else None
    came_from = assessment.came_from
    answers["history"]["stepping_down_from"] = {"": None, "direct": "none"}.get(came_from, came_from)
    assessment.answers = answers

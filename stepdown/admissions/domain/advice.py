"""Which level of care the rules advise, and why. Advice for a clinician to review: never an order or a diagnosis.

Source: program manual, "Level of care" (algorithm, steps 0 to 7). The most protective rule wins; ratings are never
averaged. What the manual leaves open is decided here so:

- Null is "not known": a rule fires only on what is known, so an unknown answer never moves a level by itself.
- An emergency and a person under 18 stop the process: nothing is listed as missing then, and contradictions are silent.
- "No safe alternative" (W7) holds unless a safe place is known; a home is bad when answered so or rated 3 or 4.
- A home rated 3 or more does not contradict its answers (C3) when the person is homeless.
- Duties "cannot be left" when leave is known to be impossible, unless it is known that there are no duties.
- "After stabilisation: RESIDENTIAL" needs a trigger that a safe place to stay does not set aside (R8).
- I2, I3, I5 and D2 are facts: they are listed for any severity that reaches them, mild and unknown too.
- P1 belongs to I1 and I4; it also fires beside R8, where the triggers no longer decide.
- A contradiction (C3, C4) is the last word on confidence: `conflict` also when something is missing. A clash (C1, C2)
  with something missing is `incomplete`.
- Alternatives stay listed with INCOMPLETE: they belong to its provisional advice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .answers import ASK_AT_ONCE, EMERGENCY, MORE_CARE, RATINGS, REQUIRED, problem_with, value_at

EMERGENCY_NOW = "EMERGENCY_NOW"
OUT_OF_SCOPE = "OUT_OF_SCOPE"
WITHDRAWAL_MANAGEMENT = "WITHDRAWAL_MANAGEMENT"
RESIDENTIAL = "RESIDENTIAL"
PHP = "PHP"
IOP = "IOP"
OUTPATIENT = "OUTPATIENT"
INCOMPLETE = "INCOMPLETE"

CLEAR = "clear"
BORDERLINE = "borderline"
CONFLICT = "conflict"
UNFINISHED = "incomplete"

AFTER_RESIDENTIAL = "after stabilisation: RESIDENTIAL"
AFTER_IOP_OR_PHP = "after stabilisation: IOP or PHP"
SAFE_RECOVERY_HOUSING = "IOP with safe recovery housing"
DOCUMENTED_REFUSAL = "PHP or IOP with safe housing and a documented refusal"

ADULT = 18


@dataclass(frozen=True)
class Advice:
    """What the rules say. `rules` in the order they fired, `missing` as dotted paths, `alternatives` as texts.

    `telehealth_ok` is None while unknown; `provisional_advice` is set only when `advice` is INCOMPLETE.
    """

    advice: str
    confidence: str
    rules: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    telehealth_ok: bool | None = None
    human_review: bool = True
    provisional_advice: str | None = None


@dataclass(frozen=True)
class _Step:
    """What one step decided: a level with its confidence, or (level "") nothing yet but rules to list."""

    level: str = ""
    confidence: str = CLEAR
    rules: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()


class _Known:
    """The answers, asked in the words of the rules. Comparisons with what is unknown are false."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = answers
        self.ratings = {name: self.number(f"ratings.{name}") for name in RATINGS}
        self.ciwa = self.number("withdrawal.ciwa_ar")
        self.cows = self.number("withdrawal.cows")
        self.severity = self.read("dsm_severity")
        self.preference = self.read("preference")
        self.from_level = self.read("history.stepping_down_from")

    def read(self, path: str) -> Any:
        """The answer, or None when it is not known or cannot be one."""
        value = value_at(self.answers, path)
        return None if problem_with(path, value) else value

    def number(self, path: str) -> float | None:
        value: float | None = self.read(path)
        return value

    def yes(self, path: str) -> bool:
        return self.read(path) is True

    def no(self, path: str) -> bool:
        return self.read(path) is False

    def rated(self, name: str, low: float, high: float = 4) -> bool:
        return _between(self.ratings[name], low, high)

    @property
    def home_answered_bad(self) -> bool:
        return self.no("home.safe") or self.yes("home.lives_with_people_who_use") or self.yes("home.homeless")

    @property
    def safe_place(self) -> bool:
        return self.yes("home.safe_alternative_housing")

    @property
    def duties_hold(self) -> bool:
        none = self.no("duties.work_or_school") and self.no("duties.caregiving")
        return self.no("duties.can_take_leave") and not none

    @property
    def signs(self) -> list[str]:
        names = {"I2a": "dui_owi", "I2b": "family_concern", "I2c": "increasing_time_money"}
        return [rule for rule, name in names.items() if self.yes(f"signs.{name}")]

    @property
    def failed_outpatient(self) -> bool:
        return self.yes("history.failed_outpatient")

    @property
    def stepping_down(self) -> bool:
        return self.from_level in MORE_CARE


def _between(value: float | None, low: float, high: float) -> bool:
    return value is not None and low <= value <= high


def _fired(rules: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(rule for rule, fires in rules.items() if fires)


def advise(answers: Mapping[str, Any]) -> Advice:
    """The advice for one person.

    answers: nested dict as in `default_input.json`; any name may be missing or null (not known). Nothing is filled in.
    Ratings 0 to 4, CIWA-Ar 0 to 67, COWS 0 to 48. Never raises: what cannot be an answer is not known.
    Source: program manual, "Level of care", steps 0 to 7; the order of the steps is part of the rules.
    """
    known = _Known(answers)
    fit, fit_rules = _telehealth(known)

    def stop(level: str, rules: tuple[str, ...]) -> Advice:
        return Advice(level, CLEAR, [*rules, *fit_rules], telehealth_ok=fit)

    if danger := _emergencies(known):
        return stop(EMERGENCY_NOW, tuple(dict.fromkeys(danger.values())))
    age = known.number("age")
    if age is not None and age < ADULT:
        return stop(OUT_OF_SCOPE, ("SC1",))

    contradictions = _contradictions(known)
    step = _level(known)
    result = Advice(
        advice=step.level,
        confidence=step.confidence,
        rules=[*contradictions, *step.rules, *fit_rules],
        missing=[path for path in REQUIRED if known.read(path) is None],
        alternatives=list(step.alternatives),
        telehealth_ok=fit,
    )
    result = _with_what_is_missing(result)
    return replace(result, confidence=CONFLICT) if contradictions else result


def emergencies(answers: Mapping[str, Any]) -> dict[str, str]:
    """Step 0: the path of each answer that is an emergency by itself -> the rule that it fires, in the order of the
    rules. Several scores and ratings fire the same one. answers: as in `advise`."""
    return _emergencies(_Known(answers))


def _emergencies(known: _Known) -> dict[str, str]:
    fires = {
        f"emergency.{flag}": (f"E{n}", known.yes(f"emergency.{flag}")) for n, flag in enumerate(EMERGENCY, start=1)
    }
    fires["withdrawal.ciwa_ar"] = "E9", _between(known.ciwa, 19, float("inf"))
    fires["withdrawal.cows"] = "E9", _between(known.cows, 25, float("inf"))
    fires |= {f"ratings.{name}": ("E10", known.rated(name, 4)) for name in ("d1", "d2", "d3")}
    return {path: rule for path, (rule, is_fired) in fires.items() if is_fired}


def _contradictions(known: _Known) -> tuple[str, ...]:
    """Step 2: answers that cannot both be right."""
    home_fine = known.yes("home.safe") and known.no("home.lives_with_people_who_use") and not known.yes("home.homeless")
    return _fired(
        {
            "C3": (known.home_answered_bad and known.rated("d6", 0, 1)) or (home_fine and known.rated("d6", 3)),
            "C4": known.rated("d1", 0, 1)
            and (_between(known.ciwa, 10, float("inf")) or _between(known.cows, 13, float("inf"))),
        }
    )


def _level(known: _Known) -> _Step:
    """Steps 3 to 6, most protective first; the rules that only note something travel with whatever is decided."""
    noted: tuple[str, ...] = ()
    step = _Step()
    for decide in (_withdrawal, _residential, _partial_hospitalization, _iop_or_outpatient):
        step = decide(known)
        if step.level:
            break
        noted += step.rules
    less_clear = "R8" in noted and step.level in (PHP, IOP) and step.confidence == CLEAR
    return replace(step, rules=noted + step.rules, confidence=BORDERLINE if less_clear else step.confidence)


def _withdrawal(known: _Known) -> _Step:
    """Step 3."""
    daily = known.yes("withdrawal.daily_alcohol_or_sedative")
    bad_home = known.home_answered_bad or known.rated("d6", 3)
    rules = _fired(
        {
            "W1": known.rated("d1", 3, 3),
            "W2": _between(known.ciwa, 10, 18),
            "W3": _between(known.cows, 13, 24),
            "W4": daily and known.yes("withdrawal.history_seizure_or_dt"),
            "W5": known.yes("withdrawal.pregnant") and known.yes("withdrawal.opioid_dependent_without_moud"),
            "W7": known.rated("d1", 2, 2) and bad_home and not known.safe_place,
        }
    )
    if rules:
        after = AFTER_RESIDENTIAL if _residential(known).level else AFTER_IOP_OR_PHP
        return _Step(WITHDRAWAL_MANAGEMENT, CLEAR, rules, (after,))
    return _Step(rules=_fired({"W6": known.rated("d1", 2, 2), "W8": daily}))


def _residential(known: _Known) -> _Step:
    """Step 4."""
    environment = _fired(
        {
            "R1": known.no("home.safe"),
            "R2": known.yes("home.lives_with_people_who_use"),
            "R3": known.yes("home.homeless"),
            "R4": known.rated("d6", 3),
        }
    )
    others = _fired(
        {
            "R5": known.rated("d5", 4),
            "R6": known.yes("history.failed_iop") and known.rated("d5", 3),
            "M1": known.rated("d2", 3, 3),
        }
    )
    set_aside = bool(environment) and known.safe_place
    rules = environment + others + (("R8",) if set_aside else ())
    if not others and (set_aside or not environment):
        return _Step(rules=rules)
    clashes = {
        "C1": (known.duties_hold, SAFE_RECOVERY_HOUSING),
        "C2": (known.preference == "refuses_residential", DOCUMENTED_REFUSAL),
    }
    alternatives = tuple(text for fires, text in clashes.values() if fires)
    rules += tuple(rule for rule, (fires, _text) in clashes.items() if fires)
    return _Step(RESIDENTIAL, CONFLICT if alternatives else CLEAR, rules, alternatives)


def _partial_hospitalization(known: _Known) -> _Step:
    """Step 5."""
    rules = _fired(
        {
            "M2": known.rated("d3", 3, 3),
            "P2": known.rated("d5", 3, 3),
            "P3": known.rated("d4", 3) and known.rated("d5", 2),
        }
    )
    if not rules:
        return _Step()
    if known.duties_hold:
        if "M2" in rules:
            return _Step(PHP, CONFLICT, (*rules, "C1"))
        return _Step(IOP, BORDERLINE, (*rules, "D1"), (PHP,))
    return _Step(PHP, CLEAR, rules)


def _iop_or_outpatient(known: _Known) -> _Step:
    """Step 6, its items in order."""
    if known.from_level == "iop":
        if known.rated("d5", 0, 1) and known.rated("d6", 0, 1):
            return _Step(OUTPATIENT, CLEAR, ("O5",))
        return _Step(IOP, CLEAR, ("I7",))
    step_down = ("I4",) if known.stepping_down else ()
    if known.severity == "in_remission":
        return _in_remission(known, step_down)
    if known.severity == "none":
        return _Step(OUTPATIENT, BORDERLINE if known.signs else CLEAR, (*step_down, "O2" if known.signs else "O3"))
    further = step_down or known.signs or known.failed_outpatient
    if known.severity == "moderate" and not further and all(known.rated(name, 0, 1) for name in RATINGS):
        return _Step(OUTPATIENT, BORDERLINE, ("O6",), (IOP,))
    return _by_severity(known, step_down)


def _in_remission(known: _Known, step_down: tuple[str, ...]) -> _Step:
    if step_down:
        return _Step(IOP, CLEAR, step_down)
    if known.rated("d5", 2):
        return _Step(IOP, BORDERLINE, ("I6",), (OUTPATIENT,))
    return _Step(OUTPATIENT, CLEAR, ("O4",))


def _by_severity(known: _Known, step_down: tuple[str, ...]) -> _Step:
    """Items 6 to 8: moderate or severe, mild, and severity not known yet (provisionally IOP)."""
    severe_enough = known.severity in ("moderate", "severe")
    pointing = _fired({"I3": known.failed_outpatient, "I5": any(known.rated(name, 2) for name in ("d4", "d5", "d6"))})
    rules = (
        *step_down,
        *(("I1",) if severe_enough else ()),
        *known.signs,
        *pointing,
        *(("D2",) if known.duties_hold else ()),
    )
    if (severe_enough or step_down) and known.preference == "residential":
        return _Step(IOP, BORDERLINE, (*rules, "P1"), (RESIDENTIAL,))
    if severe_enough or step_down or known.severity is None:
        return _Step(IOP, CLEAR, rules)
    if known.signs or pointing:
        return _Step(IOP, BORDERLINE, rules, (OUTPATIENT,))
    return _Step(OUTPATIENT, CLEAR, (*rules, "O1"))


def _with_what_is_missing(result: Advice) -> Advice:
    """Step 7: withdrawal management and residential care stand; a lower level waits until everything is known."""
    if not result.missing:
        return result
    danger_unknown = not set(ASK_AT_ONCE).isdisjoint(result.missing)
    if danger_unknown or result.advice not in (WITHDRAWAL_MANAGEMENT, RESIDENTIAL):
        return replace(result, advice=INCOMPLETE, confidence=UNFINISHED, provisional_advice=result.advice)
    return replace(result, confidence=UNFINISHED)


def _telehealth(known: _Known) -> tuple[bool | None, tuple[str, ...]]:
    """Whether care by video can work: True, False or None (not known), with T1 to T3. It never changes the level."""
    names = {"T1": "private_space", "T2": "device_and_internet", "T3": "in_licensed_state"}
    rules = _fired({rule: known.no(f"telehealth.{name}") for rule, name in names.items()})
    if rules:
        return False, rules
    return (True if all(known.yes(f"telehealth.{name}") for name in names.values()) else None), ()

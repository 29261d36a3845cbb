"""What an instrument consists of, read from its JSON. Conditions stay as JSON; `conditions.holds` reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Condition = Mapping[str, Any]
SEVERITIES = ("info", "attention", "urgent", "emergency")


@dataclass(frozen=True)
class Option:
    """value: what is stored. points: what it adds to a score; reverse keying is already in them."""

    value: int
    label: str
    points: int


@dataclass(frozen=True)
class Item:
    """One question. options: empty for a whole number from `least` to `most`, which scores itself.

    text: as shown, None when its words may not be shipped; label: our neutral name for it, for staff only.
    """

    id: str
    number: str
    text: str | None
    label: str
    options: tuple[Option, ...]
    least: int
    most: int
    scored: bool
    required: bool
    reverse: bool
    loinc: str | None

    @cached_property
    def points(self) -> Mapping[int, int]:
        """Points by value, of every value that may be stored."""
        if self.options:
            return {option.value: option.points for option in self.options}
        return {value: value for value in range(self.least, self.most + 1)}

    @property
    def allowed(self) -> str:
        """The values it takes, for a sentence: "0, 1 or 2", "a whole number from 0 to 30"."""
        if not self.options:
            return f"a whole number from {self.least} to {self.most}"
        *some, last = (str(value) for value in sorted(self.points))
        return f"{', '.join(some)} or {last}" if some else last


@dataclass(frozen=True)
class SkipRule:
    """When `when` is true, those of `items` that are blank count as answered with `score_as`."""

    when: Condition
    items: tuple[str, ...]
    score_as: int


@dataclass(frozen=True)
class Band:
    """An inclusive range of whole numbers and what it is called."""

    least: int
    most: int
    label: str


@dataclass(frozen=True)
class Class:
    """label: the score when it is the first whose `when` is true; NULL when one of `requires` is missing."""

    label: str
    when: Condition
    requires: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """How one number or class comes from the items.

    kind: sum, sum_scaled, value, count_if, highest_yes or classify. missing: none, prorate_mean or ignore.
    least, most: its range, None for classes. higher_is: better or worse, None for classes.
    derived: a name among `items` that stands for the first answered of several. excluded: (condition, items that do
    not count while it is true).
    """

    id: str
    label: str
    kind: str
    items: tuple[str, ...]
    missing: str
    max_missing: int
    least: int | None
    most: int | None
    higher_is: str | None
    bands: tuple[Band, ...]
    factor: int | float = 1
    op: str = ""
    value: int = 0
    derived: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: tuple[tuple[Condition, tuple[str, ...]], ...] = ()
    classes: tuple[Class, ...] = ()

    def band(self, value: int | float | str | None) -> str | None:
        """The label of the band a value lies in; None without a value or without bands."""
        if value is None or isinstance(value, str):
            return None
        return next((band.label for band in self.bands if band.least <= value < band.most + 1), None)


@dataclass(frozen=True)
class Flag:
    """severity: info, attention, urgent or emergency. action: what somebody has to do."""

    id: str
    when: Condition
    severity: str
    action: str

    @property
    def rank(self) -> int:
        """0 for info to 3 for emergency."""
        return SEVERITIES.index(self.severity)

    @property
    def acts_at_once(self) -> bool:
        """Whether somebody has to act the moment the answer is given (INS-03)."""
        return self.severity in {"urgent", "emergency"}


@dataclass(frozen=True)
class Check:
    """Two answers that hardly go together. It asks for another look; it changes no score and stops nobody."""

    id: str
    when: Condition
    message: str


@dataclass(frozen=True)
class Context:
    """Something known about the person that scoring uses: `sex`, say, with the values it may have."""

    id: str
    values: tuple[str, ...]
    use: str


@dataclass(frozen=True, eq=False)
class Definition:
    """One instrument. raw: its whole JSON, for what no rule reads (license, sources, LOINC)."""

    id: str
    name: str
    short_name: str
    version: str
    language: str
    respondent: str
    instructions: str
    recall: str
    items: tuple[Item, ...]
    skip_rules: tuple[SkipRule, ...]
    scores: tuple[Score, ...]
    flags: tuple[Flag, ...]
    checks: tuple[Check, ...]
    context: tuple[Context, ...]
    critical_items: tuple[str, ...]
    raw: Mapping[str, Any] = field(repr=False)

    @cached_property
    def item(self) -> Mapping[str, Item]:
        """Items by id, in the order they are asked."""
        return {item.id: item for item in self.items}

    @cached_property
    def score(self) -> Mapping[str, Score]:
        return {score.id: score for score in self.scores}

    @cached_property
    def flag(self) -> Mapping[str, Flag]:
        return {flag.id: flag for flag in self.flags}

    @cached_property
    def check(self) -> Mapping[str, Check]:
        return {check.id: check for check in self.checks}

    @property
    def has_text(self) -> bool:
        """Whether every item has the words to show (INS-01); those of some may not be shipped."""
        return all(item.text for item in self.items)

    @property
    def notice(self) -> str | None:
        """The license notice to show with the items."""
        notice: str | None = self.raw["license"]["notice_to_display"]
        return notice

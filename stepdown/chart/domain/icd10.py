"""ICD-10-CM codes F10 to F19: which hold on a day, how they are found, and which contradict each other.

Each list lies in `data/icd10cm/` under the first day it is in force; codes change every April 1 and October 1. A list
holds until the next one. Source: interop facts, section 9; RULE INT-11: a diagnosis is valid on the date; mild is .1x,
moderate and severe are .2x; "in remission" needs a clinician.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "data" / "icd10cm"
SEVERAL = "other_or_multiple"  # F19 stands for several substances, so that two of its codes may both be true
SUBSTANCES = {
    "alcohol": "alcohol",
    "opioids": "opioid",
    "cannabis": "cannabis",
    "sedatives_hypnotics_anxiolytics": "sedative",
    "cocaine": "cocaine",
    "other_stimulants": "stimulant",
    "hallucinogens": "hallucinogen",
    "nicotine": "nicotine",
    "inhalants": "inhalant",
    SEVERAL: "other substance",
}
SEVERITIES = {
    "abuse (DSM-5 mild)": "mild",
    "dependence (DSM-5 moderate/severe)": "moderate or severe",
    "use, unspecified": "severity not specified",
}


@dataclass(frozen=True)
class Code:
    """One billable code as its list has it. severity: of DSM-5, in words."""

    code: str
    words: str
    substance: str
    severity: str
    remission: bool

    @property
    def kind(self) -> str:
        """How severe and whether in remission: of one substance only one kind can be true at a time."""
        return f"{self.severity}, in remission" if self.remission else self.severity

    @property
    def plainly(self) -> str:
        """In person-first words: "alcohol use disorder, mild, in remission"."""
        return f"{SUBSTANCES[self.substance]} use disorder, {self.kind}"

    @property
    def is_uncomplicated(self) -> bool:
        return not self.remission and self.words.endswith(", uncomplicated") and "with" not in self.words


@cache
def lists(folder: Path = FOLDER) -> dict[date, Mapping[str, Code]]:
    """Every list, the newest first: the first day it is in force -> code -> the code."""
    found: dict[date, Mapping[str, Code]] = {}
    for path in sorted(folder.glob("*.csv"), reverse=True):
        with path.open(encoding="utf-8", newline="") as file:
            found[date.fromisoformat(path.stem)] = {
                row["code"]: Code(
                    row["code"],
                    row["description"],
                    row["substance"],
                    SEVERITIES[row["severity_family"]],
                    row["remission"] == "Y",
                )
                for row in csv.DictReader(file)
                if row["billable"] == "Y"
            }
    return found


def first_day(folder: Path = FOLDER) -> date:
    """The first day for which there is a list."""
    return min(lists(folder))


def codes_on(on: date, folder: Path = FOLDER) -> Mapping[str, Code]:
    """code -> the code, of the list in force on that day; empty before the first list."""
    return next((codes for begins, codes in lists(folder).items() if begins <= on), {})


def find(words: str, on: date, limit: int = 12, folder: Path = FOLDER) -> list[Code]:
    """Codes that hold on that day and fit what was typed: the beginning of a code, with or without its point, or
    words and beginnings of words in any order. Exact codes first, then uncomplicated. Nothing typed: none."""
    asked = words.casefold().split()
    if not asked:
        return []
    scored = []
    for code in codes_on(on, folder).values():
        spelled = re.split(r"[^\w.]+", f"{code.words} {code.plainly}".casefold())
        bare = code.code.replace(".", "").casefold()
        if all(
            bare.startswith(part.replace(".", "")) or any(word.startswith(part) for word in spelled) for part in asked
        ):
            exact = bare == words.replace(".", "").strip().casefold()
            usual = 0 if code.is_uncomplicated else 1 if code.remission else 2
            scored.append((not exact, usual, len(code.words), code.code, code))
    return [entry[-1] for entry in sorted(scored, key=lambda entry: entry[:4])[:limit]]


@dataclass(frozen=True)
class Clash:
    """An open diagnosis, by its code, that a new one contradicts, and the sentence that says why."""

    code: str
    sentence: str


def clashes(new: Code, open_codes: Iterable[Code]) -> list[Clash]:
    """What stands against recording `new` beside what is open: the same code; of the same substance another severity,
    or in remission and not; "uncomplicated" beside a complication. Two of F19 contradict only when equal."""
    found = []
    for old in open_codes:
        if old.code == new.code:
            found.append(Clash(old.code, f"{old.code} is open already."))
        elif old.substance != new.substance or new.substance == SEVERAL:
            continue
        elif old.remission != new.remission:
            found.append(
                Clash(
                    old.code,
                    f"{old.code} {'is in remission' if old.remission else 'is not in remission'} and {new.code} "
                    f"{'is' if new.remission else 'is not'}. Only one of them can be true.",
                )
            )
        elif old.severity != new.severity:
            found.append(
                Clash(
                    old.code,
                    f"{old.code} says {old.severity} and {new.code} says {new.severity}. "
                    "Of one substance only one severity can be true.",
                )
            )
        elif old.is_uncomplicated != new.is_uncomplicated:
            plain, other = (old, new) if old.is_uncomplicated else (new, old)
            found.append(Clash(old.code, f"{plain.code} says uncomplicated, and {other.code} names a complication."))
    return found

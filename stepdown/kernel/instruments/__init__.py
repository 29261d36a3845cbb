"""Instruments: questionnaires described by JSON, and the one engine that scores them all. Pure: no database, no clock.

`load("phq-9")` reads one of `data/`, checked; `evaluate` scores answers; `asked` tells which items to ask; `raised_by`
tells what an answer sets off at the moment it is given; `change` tells whether two scores differ reliably.
Source: the project's instrument format, "JSON semantics".
"""

from stepdown.kernel.instruments.asking import asked
from stepdown.kernel.instruments.changes import IMPROVED, NO_RELIABLE_CHANGE, WORSE, change, outcomes, reliable_change
from stepdown.kernel.instruments.definition import Band, Check, Context, Definition, Flag, Item, Option, Score
from stepdown.kernel.instruments.early import at_least, raised_by
from stepdown.kernel.instruments.loading import BadDefinition, NoSuchInstrument, all_ids, load, parse
from stepdown.kernel.instruments.scoring import ENGINE_VERSION, Answers, NotAllowed, Result, evaluate

__all__ = [
    "ENGINE_VERSION",
    "IMPROVED",
    "NO_RELIABLE_CHANGE",
    "WORSE",
    "Answers",
    "BadDefinition",
    "Band",
    "Check",
    "Context",
    "Definition",
    "Flag",
    "Item",
    "NoSuchInstrument",
    "NotAllowed",
    "Option",
    "Result",
    "Score",
    "all_ids",
    "asked",
    "at_least",
    "change",
    "evaluate",
    "load",
    "outcomes",
    "parse",
    "raised_by",
    "reliable_change",
]

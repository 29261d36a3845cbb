"""How an instrument is answered: one question at a time or as a whole form, finished, scored, scored again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.kernel.instruments import ENGINE_VERSION, Definition, Result, evaluate
from stepdown.measures import services_work
from stepdown.measures.domain.texts import text_hash
from stepdown.measures.instruments import instrument
from stepdown.measures.models import Administration, Scoring, WorkItem
from stepdown.measures.services_assign import NEEDS_TEXT, ask_next
from stepdown.people.models import Staff

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Saved:
    """What saving did. raised: work items that came up now."""

    administration: Administration
    raised: list[WorkItem]


@dataclass(frozen=True)
class Filled:
    """What filling in did. theirs: answers that somebody else gave meanwhile and that differ from this person's, by
    item; they stand, and nothing is finished, until this person has seen them."""

    administration: Administration
    theirs: dict[str, int | None]


@transaction.atomic
def save_answer(*, administration: Administration, item: str, value: int | None, now: datetime | None = None) -> Saved:
    """Keeps one answer of the patient, or (None) that the question was passed over; the same twice is once. What the
    answer sets off acts at this moment. Raises RuleBroken when the answers are finished or no longer asked for,
    NotAllowed for a value or an item that the instrument does not have. Source: RULE INS-03."""
    return _save(administration, {item: value}, now or timezone.now(), mode=Administration.Mode.SELF)


@transaction.atomic
def fill_in(
    *,
    administration: Administration,
    values: Mapping[str, int | None],
    context: Mapping[str, str],
    mode: str,
    is_finished: bool,
    by: Staff,
    seen: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> Filled:
    """Keeps what a clinician has changed on their page, and finishes and scores it when they say so. The patient may
    answer at the same time: what this person did not change is left as it is now.

    seen: what stood on the page when it was opened, by item and by name of the context; None: nothing did. Raises
    RuleBroken and NotAllowed as `save_answer` and `finish`."""
    now, seen = now or timezone.now(), seen or {}
    administration = _open(administration)
    mine = {item: value for item, value in values.items() if value != seen.get(item)}
    stands = {item: administration.values.get(item) for item in mine}
    theirs = {item: value for item, value in stands.items() if value not in (seen.get(item), mine[item])}
    told = {name: value for name, value in context.items() if value != seen.get(name, "")}
    saved = _save(
        administration, {item: value for item, value in mine.items() if item not in theirs}, now,
        mode=mode, context=administration.context | told, by=by,
    )  # fmt: skip
    if is_finished and not theirs:
        finish(administration=administration, by=by, now=now)
    return Filled(saved.administration, theirs)


def _save(
    administration: Administration,
    values: Mapping[str, int | None],
    now: datetime,
    *,
    mode: str,
    context: Mapping[str, str] | None = None,
    by: Staff | None = None,
) -> Saved:
    administration = _open(administration)
    definition = _readable(administration)
    before, context_before = administration.values, administration.context
    administration.values = {**before, **values}
    administration.mode, administration.entered_by = mode, by
    if context is not None:
        administration.context = {name: value for name, value in context.items() if value}
    administration.started_at = administration.started_at or now
    administration.saved_at = now
    _keep_what_was_read(administration, definition)
    is_as_before = administration.context == context_before
    items = [item for item, value in values.items() if not is_as_before or before.get(item) != value]
    raised = services_work.raise_by_answers(administration=administration, definition=definition, items=items, now=now)
    with rules_speak():
        administration.save()
    return Saved(administration, raised)


@transaction.atomic
def finish(*, administration: Administration, by: Staff | None = None, now: datetime | None = None) -> Scoring:
    """Ends the answering for good, scores, and lets every flag act. Raises RuleBroken when nothing is answered."""
    now = now or timezone.now()
    administration = _open(administration)
    definition = _readable(administration)
    if all(value is None for value in administration.values.values()):
        raise RuleBroken(_("Answer at least one question."))
    administration.finished_at, administration.entered_by = now, by or administration.entered_by
    _keep_what_was_read(administration, definition)
    with rules_speak():
        administration.save()
    scoring = _score(administration, definition, now, by)
    services_work.raise_flags(administration=administration, definition=definition, flags=scoring.flags, now=now)
    for flag in scoring.flags:
        if not definition.flag[flag].acts_at_once:  # those that do have asked with their work item
            ask_next(administration=administration, flag=flag, now=now)
    log.info("instrument finished", administration_id=administration.pk, flags=len(scoring.flags))
    return scoring


@transaction.atomic
def score_again(*, administration: Administration, by: Staff | None = None, now: datetime | None = None) -> Scoring:
    """Scores finished answers with the engine of today, in a row of its own; those before stay. Source: RULE INS-02."""
    if administration.finished_at is None:
        raise RuleBroken("These answers are not finished yet.")
    return _score(administration, instrument(administration.instrument), now or timezone.now(), by)


def _score(administration: Administration, definition: Definition, now: datetime, by: Staff | None) -> Scoring:
    result = evaluate(definition, administration.values, administration.context)
    return Scoring.objects.create(administration=administration, scored_at=now, by=by, **figures(result))


def figures(result: Result) -> dict[str, Any]:
    """The columns of a Scoring from what the engine found."""
    return {
        "engine": ENGINE_VERSION,
        "scores": dict(result.scores),
        "bands": dict(result.bands),
        "flags": list(result.flags),
        "checks": list(result.checks),
        "missing": dict(result.missing),
    }


def _open(administration: Administration) -> Administration:
    """As it is now, held until the end of the transaction."""
    rows = Administration.objects.select_for_update(of=("self",), no_key=True).select_related("patient")
    administration = rows.get(pk=administration.pk)
    if administration.finished_at:
        raise RuleBroken(_("You have sent these answers already. Thank you."))
    if administration.lapsed_at:
        raise RuleBroken(_("These questions are not asked any more. Newer ones take their place."))
    return administration


def _readable(administration: Administration) -> Definition:
    definition = instrument(administration.instrument)
    if not definition.has_text:
        raise RuleBroken(NEEDS_TEXT)
    return definition


def _keep_what_was_read(administration: Administration, definition: Definition) -> None:
    administration.version, administration.language = definition.version, definition.language
    administration.text_hash = text_hash(definition)

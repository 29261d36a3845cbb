"""Writing a group note, alone or two at once: what one saves is brought together with what was saved meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from stepdown.chart import queries
from stepdown.chart.domain.digest import version_of
from stepdown.chart.domain.merging import Meanwhile, merged, without_marks
from stepdown.chart.models import GroupNote, NotePart, Objective, SavedText
from stepdown.chart.services import NamesSomeone, locked
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Staff

log = structlog.get_logger(__name__)
ANSWERS = ("took_part", "response", "safety", "plan")
ONE_OF = ("topic", "took_part", "safety", "objective")


@dataclass(frozen=True)
class Sent:
    """How a save comes from a page. version: of the text the page was made of. once: the id of this save; with the
    same id again nothing is saved. after: earlier saves of the page, oldest first, that were never answered."""

    version: str = ""
    once: UUID | None = None
    after: Sequence[UUID] = ()


@dataclass(frozen=True)
class Saved:
    """What stands now. content, version: of the text. sent: the version of what the page sent, which is the base of
    what is typed on it. meanwhile: what somebody else did that the page did not know; by: who that was."""

    content: dict[str, Any]
    version: str
    sent: str
    meanwhile: tuple[Meanwhile, ...] = ()
    by: Staff | None = None


@transaction.atomic
def save_shared(
    *, note: GroupNote, topic: str, interventions: Sequence[str], words: str, sent: Sent | None = None, by: Staff
) -> Saved:
    """What the whole group did, once. sent: left out, the text stands as given, whatever it was.

    Raises NamesSomeone, or RuleBroken when the note is signed."""
    note = locked(note)
    given = {"topic": topic.strip(), "interventions": list(interventions), "words": words.strip()}
    saved = _brought_together(note, None, given, sent=sent or Sent(), by=by)
    text = saved.content
    _names_nobody(note, f"{text['topic']}\n{text['words']}")
    note.topic, note.interventions, note.shared_words = text["topic"], text["interventions"], text["words"]
    note.saved_at, note.saved_by = timezone.now(), by
    with rules_speak():
        note.save(update_fields=["topic", "interventions", "shared_words", "saved_at", "saved_by"])
    return saved


@transaction.atomic
def save_part(
    *,
    part: NotePart,
    words: str,
    objective: UUID | None = None,
    sent: Sent | None = None,
    by: Staff,
    **answers: Sequence[str],
) -> Saved:
    """One person's part, complete or not. answers: took_part, response, safety and plan, each a list of codes.
    objective: of their plan, which they worked toward. sent: left out, the text stands as given, whatever it was.

    Raises NamesSomeone, or RuleBroken when the note is signed."""
    note = locked(part.note)
    part = note.parts.select_related("note__session", "patient", "saved_by").get(pk=part.pk)
    if objective and not Objective.objects.filter(pk=objective, episode__patient=part.patient_id).exists():
        raise RuleBroken("This objective is not in this person’s plan. Choose one of those shown.")
    given: dict[str, Any] = {field: list(answers.get(field, [])) for field in ANSWERS}
    given |= {"objective": str(objective or ""), "words": words.strip()}
    saved = _brought_together(note, part, given, sent=sent or Sent(), by=by)
    text = saved.content
    _names_nobody(note, text["words"], about=part)
    for field in ANSWERS:
        setattr(part, field, text[field])
    part.objective_id = UUID(text["objective"]) if text["objective"] else None
    part.words, part.saved_by = text["words"], by
    with rules_speak():
        part.save(update_fields=[*ANSWERS, "objective", "words", "saved_by"])
        note.saved_at = timezone.now()
        note.save(update_fields=["saved_at"])
    return saved


def _brought_together(note: GroupNote, part: NotePart | None, given: dict[str, Any], *, sent: Sent, by: Staff) -> Saved:
    """What was sent with what stands, from the text the page began with; all three are kept for the saves to come."""
    text = part or note
    stands = text.content
    known = note.saved_texts.filter(part=part)
    version = version_of(given)
    if sent.once and known.filter(Q(pk=sent.once) | Q(after__contains=[sent.once])).exists():
        return Saved(stands, text.version, version)
    both = merged(_base(known, sent, stands, text.version), given, stands, one_of=ONE_OF)
    saved = Saved(both.content, version_of(both.content), version, both.meanwhile, text.saved_by)
    if both.content == stands and given == stands and not sent.after:
        return saved
    rows = [SavedText(id=sent.once or uuid4(), version=version, content=given, after=list(sent.after))]
    if both.content != given:
        rows.insert(0, SavedText(version=saved.version, content=both.content))
    if not known.filter(version=text.version).exists():
        rows.insert(0, SavedText(version=text.version, content=stands))
    for row in rows:
        row.note, row.part, row.by = note, part, by
    SavedText.objects.bulk_create(rows)
    if both.meanwhile:
        log.info("two texts brought together", note_id=note.pk, by=by.pk, fields=len(both.meanwhile))
    return saved


def _base(known: QuerySet[SavedText], sent: Sent, stands: dict[str, Any], version: str) -> dict[str, Any]:
    """The text that the sender began with: their latest save that came through though its answer did not, else the one
    their page was made of; nothing at all when nobody knows it any more."""
    if not sent.version:
        return stands
    unanswered = known.filter(pk__in=sent.after).order_by("-at").first() if sent.after else None
    if unanswered is None and sent.version == version:
        return stands
    began = unanswered or known.filter(version=sent.version).first()
    return began.content if began else {field: type(value)() for field, value in stands.items()}


def _names_nobody(note: GroupNote, text: str, about: NotePart | None = None) -> None:
    if matches := queries.names_found(note, without_marks(text), about.patient_id if about else None):
        raise NamesSomeone(matches)

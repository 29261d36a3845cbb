"""What a note still needs before it can be signed, and when it is late."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from stepdown.chart.domain.merging import is_untidy
from stepdown.chart.domain.vocabulary import QUESTIONS

# Source: glossary, "progress note": due 24 hours after the service, late at 72 hours.
DUE_AFTER = timedelta(hours=24)
LATE_AFTER = timedelta(hours=72)


def left_in_part(answers: Mapping[str, Sequence[str]], words: str) -> list[str]:
    """The questions of one present person's part that have no answer yet, in the order of the page."""
    left = [title for title, field, _, _ in QUESTIONS if not answers.get(field)]
    if is_untidy(words):
        return [*left, "One version where two stand"]
    return left if words.strip() else [*left, "In your words"]


def left_in_shared(topic: str, interventions: Sequence[str], words: str = "") -> list[str]:
    """What the shared part still needs."""
    left = [] if topic.strip() else ["Topic"]
    left = left if interventions else [*left, "What you did"]
    return [*left, "One version where two stand"] if is_untidy(words) else left


def state_of(ends_at: datetime, signed_at: datetime | None, now: datetime) -> str:
    """ "signed", "late" (72 hours after the session), "overdue" (24 hours) or "due"."""
    if signed_at is not None:
        return "signed"
    if now >= ends_at + LATE_AFTER:
        return "late"
    return "overdue" if now >= ends_at + DUE_AFTER else "due"

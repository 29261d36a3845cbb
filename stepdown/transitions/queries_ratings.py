"""How somebody was rated in the six dimensions: at the assessment, and again in care."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from stepdown.admissions.domain.parts import PARTS, RATING
from stepdown.admissions.models import Assessment, Episode
from stepdown.transitions.models import DIMENSIONS, Rating

NAMES = {ask.path.removeprefix("ratings."): part.title for part in PARTS for ask in part.asks if ask.kind == RATING}
QUESTIONS = {ask.path.removeprefix("ratings."): ask.words for part in PARTS for ask in part.asks if ask.kind == RATING}


@dataclass(frozen=True)
class Rated:
    """ratings: d1 to d6, each 0 to 4, or None when not rated. at, by: None and empty while nobody stands for it."""

    ratings: Mapping[str, int | None]
    at: datetime | None = None
    by: str = ""
    words: str = ""
    first: bool = False

    @property
    def said(self) -> str:
        """ "Withdrawal 0, Health 1" and so on."""
        rated = {name: self.ratings.get(key) for key, name in NAMES.items()}
        return ", ".join(f"{name} {rating}" for name, rating in rated.items() if rating is not None)


def ratings_of(episode: Episode) -> list[Rated]:
    """The newest first, that of the assessment among them. Two queries, one more without a decided assessment."""
    rows = Rating.objects.filter(episode=episode).select_related("by")
    found = [Rated({key: getattr(row, key) for key in DIMENSIONS}, row.at, row.by.name, row.words) for row in rows]
    decided = Assessment.objects.filter(inquiry__patient=episode.patient_id).exclude(decided_at=None)
    assessment = decided.select_related("decided_by").order_by("-decided_at").first() or episode.assessment
    if assessment:
        by = assessment.decided_by.name if assessment.decided_by else ""
        ratings = assessment.answers.get("ratings") or {}
        found.append(Rated(ratings, assessment.decided_at, by, first=True))
    return sorted(found, key=lambda one: one.at.timestamp() if one.at else 0, reverse=True)

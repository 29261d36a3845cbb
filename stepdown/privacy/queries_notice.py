"""The notice of privacy practices: which one holds, and who has it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery

from stepdown.people.models import Patient, Staff
from stepdown.privacy import texts
from stepdown.privacy.days import today
from stepdown.privacy.domain import notice as rules
from stepdown.privacy.in_care import patients_in_care
from stepdown.privacy.models import Notice, NoticeDelivery
from stepdown.privacy.queries_sharing import patients_kept_by
from stepdown.ui.navigation import Waiting

WORDS = ("written_en", "written_es", "text_en", "text_es")


@dataclass(frozen=True)
class Standing:
    """How one patient stands to the notice. current: in effect now, None while none is published; has_current: they
    got it. missed: those they are to get now, newest first; is_first: they never got any."""

    current: Notice | None
    has_current: bool
    missed: Sequence[Notice]
    is_first: bool


def notices() -> QuerySet[Notice]:
    """Every published version, without its words, the newest first."""
    return Notice.objects.defer(*WORDS).select_related("published_by").order_by("-number")


def in_effect() -> QuerySet[Notice]:
    """Those whose day has come at the center, the newest first: it is the notice of the center."""
    return Notice.objects.filter(effective_on__lte=today()).order_by("-number")


def current() -> Notice | None:
    return in_effect().first()


def laid_out(notice: Notice, language: str) -> texts.Text:
    """As a page shows it, in English where there is no translation."""
    spoken = "es" if language.startswith("es") else "en"
    return texts.laid_out(notice.text(spoken), version=str(notice.number), language=spoken)


def standing(patient: Patient) -> Standing:
    """Two queries."""
    given = NoticeDelivery.objects.filter(patient=patient, notice=OuterRef("pk"))
    rows = list(in_effect().defer(*WORDS).annotate(given=Exists(given)))
    versions = [rules.Version(row.number, row.is_material, row.given) for row in rows]
    numbers = rules.missed(versions)
    return Standing(
        current=rows[0] if rows else None,
        has_current=rules.has_current(versions),
        missed=[row for row in rows if row.number in numbers],
        is_first=not any(version.given for version in versions),
    )


def deliveries_to(patient: Patient) -> QuerySet[NoticeDelivery]:
    """What one patient got, the newest first."""
    rows = NoticeDelivery.objects.filter(patient=patient).select_related("recorded_by", "notice")
    return rows.defer(*(f"notice__{name}" for name in WORDS)).order_by("-given_at")


def without(staff: Staff) -> QuerySet[Patient]:
    """Those in care who are to get the notice, of whom this person keeps the sharing: they got none since the last
    material change. `last_version`, `last_given_at`: what they got last, None for nothing. Three queries."""
    material = in_effect().filter(is_material=True).aggregate(last=Max("number"))["last"]
    if material is None:
        return Patient.objects.none()
    got = NoticeDelivery.objects.filter(patient=OuterRef("pk"))
    latest = got.order_by("-notice__number")
    kept = patients_kept_by(staff).filter(pk__in=patients_in_care().values("pk"))
    return (
        kept.filter(~Exists(got.filter(notice__number__gte=material)))
        .annotate(
            last_version=Subquery(latest.values("notice__number")[:1]),
            last_given_at=Subquery(latest.values("given_at")[:1]),
        )
        .order_by("last_name", "first_name")
    )


def waits_for(staff: Staff) -> Waiting:
    """Three queries."""
    return Waiting(without(staff).count())

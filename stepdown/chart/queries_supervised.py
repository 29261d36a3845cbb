"""What waits for somebody because they supervise who wrote it. Source: glossary, "clinical supervisor": signs for
associate staff."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from stepdown.chart.models import PlanVersion
from stepdown.chart.queries_plan import patients_of
from stepdown.people.models import Patient, Staff
from stepdown.people.supervision import supervised_on
from stepdown.people.visibility import not_hidden
from stepdown.placement.queries import patients_visible_to


def patients_of_supervised(staff: Staff) -> QuerySet[Patient]:
    """`own_patients` of those who sign under this person's supervision today, as far as their record is not hidden."""
    return patients_of(supervised_on(staff, timezone.localdate())).filter(not_hidden(staff, "pk"))


def drafts_to_sign(staff: Staff) -> QuerySet[PlanVersion]:
    """Plans of `patients_of_supervised` that somebody wrote last who signs under this person's supervision today, whole
    or not, the longest waiting first."""
    drafts = PlanVersion.objects.drafts().filter(saved_by__in=supervised_on(staff, timezone.localdate()))
    drafts = drafts.filter(episode__patient__in=patients_of_supervised(staff), episode__ended_at=None)
    return drafts.select_related("episode__patient", "saved_by").order_by("saved_at")


def versions_signed_by(staff: Staff) -> QuerySet[PlanVersion]:
    """Those whose signature this person may look at: the ones they see, and `drafts_to_sign`."""
    seen = Q(episode__patient__in=patients_visible_to(staff)) | Q(pk__in=drafts_to_sign(staff).order_by().values("pk"))
    return PlanVersion.objects.filter(seen).select_related("episode__patient", "begun_by", "saved_by", "signed_by")

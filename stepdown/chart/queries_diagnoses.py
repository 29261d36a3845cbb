"""Whose diagnoses are read by whom."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from stepdown.admissions.models import Episode
from stepdown.chart.models import Diagnosis
from stepdown.chart.queries_supervised import patients_of_supervised
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.placement.queries import patients_visible_to


def patients_with_diagnoses(staff: Staff) -> QuerySet[Patient]:
    """Whose diagnoses this person reads: who they see, and the patients of those they supervise, for whom they record
    them; billing those of everyone in care."""
    if staff.has_role(Role.BILLER):
        return Patient.objects.filter(Exists(Episode.objects.filter(patient=OuterRef("pk"))))
    whose = Q(pk__in=patients_visible_to(staff).values("pk")) | Q(pk__in=patients_of_supervised(staff).values("pk"))
    return Patient.objects.filter(whose)


def diagnoses_seen_by(staff: Staff) -> QuerySet[Diagnosis]:
    return Diagnosis.objects.filter(patient__in=patients_with_diagnoses(staff)).select_related("patient")


def in_care_with_diagnoses(staff: Staff) -> QuerySet[Episode]:
    """Everyone in care with the diagnoses that hold, by name; billing sees those of restricted records too, as each of
    their days is billed. Two queries, for a page of them."""
    holds = Prefetch("patient__diagnoses", Diagnosis.objects.open(), to_attr="hold_now")
    episodes = Episode.objects.filter(ended_at=None, admitted_on__isnull=False).select_related("patient")
    if not staff.has_role(Role.BILLER):
        episodes = episodes.filter(not_hidden(staff))
    return episodes.order_by("patient__last_name", "patient__first_name").prefetch_related(holds)

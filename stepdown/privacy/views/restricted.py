"""Restricted records: which there are, and who sees them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.models import Patient, Role
from stepdown.people.proving import checked, first_proves
from stepdown.people.visibility import patients_visible_to
from stepdown.privacy import queries_restricted as queries
from stepdown.privacy import services_restricted as services
from stepdown.privacy.forms_restricted import LiftForm, NamesForm, RestrictForm
from stepdown.privacy.permissions_restricted import KEEPS_RESTRICTIONS
from stepdown.privacy.queries_sharing import patients_kept_by
from stepdown.privacy.views.finding import looked_for, status_of
from stepdown.ui.tell import tell

keeper = staff_page(*KEEPS_RESTRICTIONS)


@keeper
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def restricted(request: HttpRequest) -> HttpResponse:
    """Every restricted record; whose is to be restricted is looked for by POST, so that no address tells their name."""
    rows = list(queries.restrictions_kept_by(request.staff)[: queries.SHOWN])
    page = looked_for(request, patients_kept_by(request.staff)) | {
        "standing": [row for row in rows if row.lifted_at is None],
        "lifted": [row for row in rows if row.lifted_at],
    }
    return render(request, "privacy/restricted.html", page, status=status_of(page))


@keeper
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def restriction(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Restricts the record; of one that is restricted, who sees it."""
    patient = get_object_or_404(patients_kept_by(request.staff), pk=patient_id)
    standing = queries.restriction_of(patient)
    named = [one.staff for one in standing.named.filter(ended_at=None).select_related("staff")] if standing else []
    kind: type[NamesForm] = NamesForm if standing else RestrictForm
    initial = {"names": [str(one.pk) for one in named] or [str(patient.counselor_id)]}
    form = kind(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if standing:
                services.name(restriction=standing, names=form.chosen, by=request.staff)
            else:
                said = form.cleaned_data
                services.restrict(
                    patient=patient, why=said["why"], words=said["words"], names=form.chosen, by=request.staff
                )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Kept." if standing else "Restricted. Nobody else sees the record from now on.")
            return redirect(_after(request, patient))
    page = {"patient": patient, "standing": standing, "named": named, "form": form} | _history(request, patient)
    return render(request, "privacy/restriction.html", page, status=422 if form.errors else 200)


def _after(request: HttpRequest, patient: Patient) -> str:
    """Where one goes who may not see the record any more."""
    sees = request.staff.has_role(Role.PRIVACY) or patients_visible_to(request.staff).filter(pk=patient.pk).exists()
    return request.path if sees else "privacy:restricted"


def _history(request: HttpRequest, patient: Patient) -> dict[str, Any]:
    rows = queries.restrictions_kept_by(request.staff).filter(patient=patient)
    return {"before": [row for row in rows if row.lifted_at]}


@keeper
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    standing = get_object_or_404(queries.restrictions_kept_by(request.staff), patient=patient_id, lifted_at=None)
    asks_code, instead = first_proves(request, request.path)
    if instead:
        return instead
    form = LiftForm(request.POST if request.method == "POST" else None, asks_code=asks_code)
    if request.method == "POST" and checked(request, form):
        try:
            services.lift(restriction=standing, why=form.cleaned_data["words"], by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Lifted. Everyone whose work it is sees the record again.")
            return redirect("privacy:restriction", patient_id=patient_id)
    page = {"patient": standing.patient, "standing": standing, "form": form}
    return render(request, "privacy/lift.html", page, status=422 if form.errors else 200)

"""Disclosures without consent: emergencies, reports, courts, audits and research."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Patient
from stepdown.privacy import permissions_sharing as permissions
from stepdown.privacy import queries_sending as queries
from stepdown.privacy import services_exceptions as services
from stepdown.privacy.forms_exceptions import EmergencyForm, WithoutConsentForm
from stepdown.privacy.models import Basis
from stepdown.privacy.queries_sharing import patients_kept_by
from stepdown.privacy.views.sharing import keeps_sharing
from stepdown.privacy.wording_gate import NEUTRAL
from stepdown.ui.tell import tell

WHOM = {Basis.CHILD_ABUSE: "other", Basis.CRIME: "police", Basis.COURT_ORDER: "court", Basis.RESEARCH: "researcher"}


@keeps_sharing
@require_POST
def open_emergency(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient: Patient = get_object_or_404(patients_kept_by(request.staff), pk=patient_id)
    emergency = services.open_emergency(patient=patient, by=request.staff)
    tell(request, "Opened. Tell what keeps them alive, then write it down here.")
    return redirect("privacy:emergency", emergency_id=emergency.pk)


@keeps_sharing
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest, emergency_id: UUID) -> HttpResponse:
    """Closed with the four facts of 42 CFR 2.51(c). Source: RULE PRIV-22."""
    found = get_object_or_404(queries.emergencies_kept_by(request.staff), pk=emergency_id)
    initial = {"discloser": request.staff.name, "on": timezone.localdate()}
    form = EmergencyForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        facts = {name: said[name] for name in ("recipient", "affiliation", "discloser", "nature")}
        try:
            services.close_emergency(
                emergency=found, facts=facts | {"disclosed_at": said["at"]}, told=said["told"], by=request.staff
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Closed, and written down in the accounting.")
            return redirect("privacy:accounting", patient_id=found.patient_id)
    page = {"emergency": found, "patient": found.patient, "form": form}
    return render(request, "privacy/emergency.html", page, status=422 if form.errors else 200)


@keeps_sharing
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def without_consent(request: HttpRequest, patient_id: UUID, basis: str) -> HttpResponse:
    patient: Patient = get_object_or_404(patients_kept_by(request.staff), pk=patient_id)
    if basis not in WithoutConsentForm.ASKED:
        raise Http404
    kind = Basis(basis)
    permissions.disclose_without_consent(request.staff, kind).or_forbid()
    form = WithoutConsentForm(request.POST if request.method == "POST" else None, basis=kind)
    if request.method == "POST" and form.is_valid():
        if form.is_subpoena_alone:
            return _subpoena(request, patient)
        said: dict[str, Any] = form.cleaned_data
        services.disclose_without_consent(
            patient=patient, basis=kind, name=said["name"], address=said["address"], whom=WHOM.get(kind, "other"),
            facts=form.facts, at=said["at"], by=request.staff,
        )  # fmt: skip
        tell(request, "Written down in the accounting.")
        return redirect("privacy:accounting", patient_id=patient.pk)
    page = {"patient": patient, "form": form, "basis_said": kind.label, "neutral": NEUTRAL}
    return render(request, "privacy/without_consent.html", page, status=422 if form.errors else 200)


def _subpoena(request: HttpRequest, patient: Patient) -> HttpResponse:
    """The neutral answer, and nothing else. Source: RULE PRIV-23."""
    services.note_subpoena(patient=patient, words="A subpoena without a court order came.", by=request.staff)
    return render(request, "privacy/neutral.html", {"patient": patient, "neutral": NEUTRAL})

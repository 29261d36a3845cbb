"""Staff write down what a patient signed on paper: a consent to share, or an agreement with the center."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.models import Patient
from stepdown.privacy import permissions_sharing as permissions
from stepdown.privacy import queries, services, services_sharing, wording_minors
from stepdown.privacy import queries_sharing as sharing
from stepdown.privacy.days import here
from stepdown.privacy.domain.minors import Signs
from stepdown.privacy.forms_paper import OnPaperForm
from stepdown.privacy.queries_minors import who_signs
from stepdown.ui.tell import tell

keeps_sharing = staff_page(*sharing.KEEPS_SHARING)
METHOD = "on paper"


@keeps_sharing
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    """A consent to share that waits for its signature."""
    row = get_object_or_404(sharing.consents_kept_by(request.staff), pk=sharing_id)
    permissions.sign_on_paper(row).or_forbid()
    text = sharing.text_of(row)
    form = OnPaperForm(
        request.POST if request.method == "POST" else None,
        seen=services_sharing.digest_of(text.words),
        first_on=timezone.localdate(row.prepared_at, timezone=here()),
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        sign = lambda: services_sharing.sign(
            consent=row,
            name=said["signed_name"],
            seen=said["seen"],
            method=METHOD,
            place=None,
            now=max(form.signed_at, row.prepared_at),
        )
        if _is_kept(request, form, sign):
            return redirect("privacy:consent", row.pk)
    return _page(request, row.patient, text, form)


@keeps_sharing
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """The next agreement that is missing, one a page."""
    patient = get_object_or_404(sharing.patients_kept_by(request.staff), pk=patient_id)
    missing = queries.missing_consents(patient)
    if not missing:
        return _page(request, patient, None, None)
    signs = who_signs(patient, timezone.now()) or Signs.PATIENT
    text = wording_minors.agreement(missing[0], patient.language, signs)
    seen = services_sharing.digest_of(text.words)
    form = OnPaperForm(request.POST if request.method == "POST" else None, seen=seen)
    if request.method == "POST" and form.is_valid():
        sign = lambda: services.sign_consent(
            patient=patient,
            type=missing[0],
            language=text.language,
            signed_name=form.cleaned_data["signed_name"],
            method=METHOD,
            signed_at=form.signed_at,
        )
        if _is_kept(request, form, sign):
            return redirect("privacy:agreement_on_paper", patient.pk)
    return _page(request, patient, text, form)


def _is_kept(request: HttpRequest, form: OnPaperForm, sign: Any) -> bool:
    try:
        sign()
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return False
    tell(request, "Written down.")
    return True


def _page(request: HttpRequest, patient: Patient, text: Any, form: OnPaperForm | None) -> HttpResponse:
    """text, form: of what waits to be signed; none of what waits for nothing."""
    page = {"patient": patient, "text": text, "form": form, "sees_chart": sharing.sees_chart(request.staff)}
    return render(request, "privacy/on_paper.html", page, status=422 if form and form.errors else 200)

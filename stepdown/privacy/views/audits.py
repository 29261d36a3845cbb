"""A privacy officer prepares an audit, names the patients it is about, opens and ends it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.domain.documents import PDF
from stepdown.people.models import Patient
from stepdown.people.proving import checked, first_proves
from stepdown.privacy import queries_audits as queries
from stepdown.privacy import services_audits as services
from stepdown.privacy.days import today
from stepdown.privacy.forms_audits import AuditForm, EndForm, OpenForm
from stepdown.privacy.models import Audit
from stepdown.privacy.views.finding import looked_for, status_of
from stepdown.privacy.views.looks import officer
from stepdown.ui.files import to_keep
from stepdown.ui.tell import tell


@officer
@never_cache
@require_safe
def audits(request: HttpRequest) -> HttpResponse:
    standings = queries.standings(today())
    page = {"standings": standings, "running": [one for one in standings if one.state == "running"]}
    return render(request, "privacy/audits.html", page)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AuditForm(*sent)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.prepare(by=request.staff, **form.terms)
        except RuleBroken as broken:
            form.add_error(broken.rule if broken.rule in form.fields else None, str(broken))
        else:
            tell(request, "Prepared. Name the patients it is about, then open it.")
            return redirect("privacy:audit", made.pk)
    page = {"form": form, "has_auditors": queries.auditors().exists()}
    return render(request, "privacy/new_audit.html", page, status=422 if form.errors else 200)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def audit(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """How it stands and whom it is about; by POST, patients whose names begin so."""
    shown = _shown(_of(audit_id))
    page = shown | looked_for(request, Patient.objects.exclude(pk__in=[one.patient_id for one in shown["named"]]))
    return render(request, "privacy/audit.html", page, status=status_of(page))


@officer
@require_POST
def name(request: HttpRequest, audit_id: UUID, patient_id: UUID) -> HttpResponse:
    found, patient = _of(audit_id), get_object_or_404(Patient, pk=patient_id)
    try:
        services.name(audit=found, patient=patient, by=request.staff)
    except RuleBroken as broken:
        tell(request, str(broken))
    return redirect("privacy:audit", found.pk)


@officer
@require_POST
def take_out(request: HttpRequest, audit_id: UUID, patient_id: UUID) -> HttpResponse:
    found, patient = _of(audit_id), get_object_or_404(Patient, pk=patient_id)
    try:
        services.take_out(audit=found, patient=patient)
    except RuleBroken as broken:
        tell(request, str(broken))
    return redirect("privacy:audit", found.pk)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_audit(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """With a fresh proof: from then on somebody from outside reads records."""
    found = _of(audit_id)
    asks_code, instead = first_proves(request, request.path)
    if instead:
        return instead
    form = OpenForm(request.POST if request.method == "POST" else None, asks_code=asks_code)
    if request.method == "POST" and checked(request, form):
        try:
            services.open_audit(audit=found, by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Open. It ends by itself after its last day.")
            return redirect("privacy:audit", found.pk)
    page = {"form": form} | _shown(found)
    return render(request, "privacy/open_audit.html", page, status=422 if form.errors else 200)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end_audit(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    found = _of(audit_id)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end(audit=found, why=form.cleaned_data["why"], by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Ended. Nothing is shown any more.")
            return redirect("privacy:audit", found.pk)
    page = {"form": form} | _shown(found)
    return render(request, "privacy/end_audit.html", page, status=422 if form.errors else 200)


@officer
@never_cache
@require_safe
def audit_file(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """The agreement as it was sent to us, to keep; it is about no patient. Never shown within a page."""
    found = get_object_or_404(queries.documents(), pk=audit_id)
    answer = HttpResponse(bytes(found.document), content_type=PDF)
    return to_keep(answer, f"audit-agreement-{found.agreed_on:%Y-%m-%d}.pdf")


def _of(audit_id: UUID) -> Audit:
    return get_object_or_404(queries.audits(), pk=audit_id)


def _shown(found: Audit) -> dict[str, Any]:
    return {"one": queries.standing(found, today()), "audit": found, "named": list(queries.named_in(found))}

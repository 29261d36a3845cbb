"""Records that came from elsewhere: put in, listed, opened as a file, taken out; and what is under 42 CFR part 2."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.domain.documents import PDF
from stepdown.people.fresh import prove_before_file
from stepdown.people.models import Patient, Role
from stepdown.people.proving import checked, first_proves
from stepdown.privacy import gate
from stepdown.privacy import permissions_received as permissions
from stepdown.privacy import queries_received as queries
from stepdown.privacy import services_received as services
from stepdown.privacy.forms_received import Part2Form, ReceivedForm, TakeOutForm
from stepdown.privacy.models import ReceivedRecord
from stepdown.privacy.queries_sharing import patients_kept_by, sees_chart
from stepdown.privacy.views.looks import officer
from stepdown.privacy.views.sharing import keeps_sharing
from stepdown.ui.files import to_keep
from stepdown.ui.tell import tell

puts_in = staff_page(Role.COUNSELOR, Role.ADMISSIONS, Role.DIRECTOR)


@keeps_sharing
@never_cache
@require_safe
def received(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(patients_kept_by(request.staff), pk=patient_id)
    page = _shown(request, patient) | {"taken_out": queries.taken_out_of(patient)}
    return render(request, "privacy/received.html", page)


@puts_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def put_in(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(patients_kept_by(request.staff), pk=patient_id)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReceivedForm(*sent)
    if request.method == "POST" and form.is_valid():
        try:
            services.put_in(patient=patient, by=request.staff, **form.terms)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Put in. It carries its label wherever it goes.")
            return redirect("privacy:received", patient.pk)
    page = {"patient": patient, "form": form}
    return render(request, "privacy/put_in.html", page, status=422 if form.errors else 200)


@keeps_sharing
@never_cache
@require_safe
def received_file(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """The file as it came, to keep; never shown within a page. What was taken out is not opened."""
    found = _of(request, record_id)
    if found.taken_out_at:
        raise Http404
    prove_before_file(request)
    gate.inside(request.staff, found.patient)
    answer = HttpResponse(queries.content_of(found.pk), content_type=PDF)
    return to_keep(answer, f"record-{found.received_on:%Y-%m-%d}.pdf")


@puts_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: HttpRequest, record_id: UUID) -> HttpResponse:
    found = _of(request, record_id)
    form = TakeOutForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        permissions.take_out(request.staff, found).or_forbid()
        if form.is_valid():
            try:
                services.take_out(record=found, why=form.cleaned_data["why"], by=request.staff)
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                tell(request, "Taken out. It goes nowhere, and is opened no more.")
                return redirect("privacy:received", found.patient_id)
    page = {"record": found, "patient": found.patient, "form": form}
    return render(request, "privacy/take_received_out.html", page, status=422 if form.errors else 200)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide_part2(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """What of this record is under part 2, what was decided before, and a new decision. Source: RULE PRIV-01."""
    patient = get_object_or_404(Patient, pk=patient_id)
    asks_code, instead = first_proves(request, request.path)
    if instead:
        return instead
    page = _shown(request, patient)
    form = Part2Form(request.POST if request.method == "POST" else None, records=page["records"], asks_code=asks_code)
    if request.method == "POST" and checked(request, form):
        try:
            services.decide_part2(patient=patient, by=request.staff, **form.decision)
        except RuleBroken as broken:
            form.add_error("which", str(broken))
        else:
            tell(request, "Decided. It stands below with your reason.")
            return redirect("privacy:decide_part2", patient.pk)
    page["form"] = form
    return render(request, "privacy/part2.html", page, status=422 if form.errors else 200)


def _of(request: HttpRequest, record_id: UUID) -> ReceivedRecord:
    return get_object_or_404(queries.records_kept_by(request.staff), pk=record_id)


def _shown(request: HttpRequest, patient: Patient) -> dict[str, Any]:
    return {
        "patient": patient,
        "records": queries.received_by(patient),
        "whole_is_part2": queries.whole_is_part2(patient),
        "decisions": queries.decisions_on(patient),
        "sees_chart": sees_chart(request.staff),
        "may_put_in": permissions.put_in(request.staff),
        "may_decide": permissions.decide_part2(request.staff),
    }

"""Diagnoses: what holds and held, recording one, ending one, and the list for billing."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.chart import pages_plan as pages
from stepdown.chart import permissions_plan as permissions
from stepdown.chart import queries_diagnoses
from stepdown.chart import queries_plan as queries
from stepdown.chart import services_diagnoses as services
from stepdown.chart.domain import icd10
from stepdown.chart.forms_diagnoses import DiagnosisForm, EndDiagnosisForm, FindCodeForm
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.models import Patient, Role
from stepdown.ui.tell import tell

A_PAGE = 100
records = staff_page(Role.COUNSELOR, Role.DIRECTOR)


@staff_page(Role.BILLER, Role.DIRECTOR)
@require_safe
def coded(request: HttpRequest) -> HttpResponse:
    """Everyone in care, with the codes that hold."""
    pages_of = Paginator(queries_diagnoses.in_care_with_diagnoses(request.staff), A_PAGE)
    shown = pages_of.get_page(request.GET.get("page"))
    return render(request, "chart/coded.html", {"shown": shown, "all": pages_of.count})


@staff_page(*permissions.READS_DIAGNOSES)
@require_safe
def diagnoses(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(queries_diagnoses.patients_with_diagnoses(request.staff), pk=patient_id)
    page = pages.diagnoses_page(patient, request.staff, timezone.localdate())
    return render(request, "chart/diagnoses.html", page)


@records
@require_http_methods(["GET", "HEAD", "POST"])
def record_diagnosis(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Finds a code (act "find"), then records one of those found. What is looked for stays out of the address."""
    patient = get_object_or_404(queries_diagnoses.patients_with_diagnoses(request.staff), pk=patient_id)
    permissions.record_diagnosis(request.staff, patient).or_forbid()
    if request.method != "POST":
        return _page(request, patient, FindCodeForm())
    finding = FindCodeForm(request.POST)
    if not finding.is_valid():
        return _page(request, patient, finding, status=422)
    words = finding.cleaned_data["find"]
    found = icd10.find(words, timezone.localdate())
    if request.POST.get("act") == "find" or not found:
        if not found:
            finding.add_error("find", _("No code fits. Try fewer words, or the beginning of the code."))
        form = _form(patient, found, initial={"find": words, "from_on": timezone.localdate()}) if found else None
        return _page(request, patient, finding, form, status=200 if found else 422)
    form = _form(patient, found, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.record_diagnosis(
                patient=patient,
                code=given["code"],
                from_on=given["from_on"],
                remission=given["remission"],
                instead_of=form.ended,
                by=request.staff,
            )
        except services.Contradicts as broken:
            form.add_error("code", f"{broken} Record it in place of the other, or end that one first.")
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, _("Diagnosis recorded."))
            return redirect("chart:diagnoses", patient_id=patient.pk)
    return _page(request, patient, finding, form, status=422)


def _form(patient: Patient, found: list[icd10.Code], data: Any = None, **more: Any) -> DiagnosisForm:
    holds = [(str(each.pk), f"{each.code} {each.words}") for each in queries.open_diagnoses(patient)]
    return DiagnosisForm(data, codes=found, open_ones=holds, **more)


def _page(
    request: HttpRequest, patient: Patient, finding: FindCodeForm, form: DiagnosisForm | None = None, status: int = 200
) -> HttpResponse:
    holds = queries.coded(queries.open_diagnoses(patient), timezone.localdate())
    page = {"patient": patient, "finding": finding, "form": form, "open": holds}
    return render(request, "chart/record_diagnosis.html", page, status=status)


@records
@require_http_methods(["GET", "HEAD", "POST"])
def end_diagnosis(request: HttpRequest, diagnosis_id: UUID) -> HttpResponse:
    diagnosis = get_object_or_404(queries_diagnoses.diagnoses_seen_by(request.staff), pk=diagnosis_id)
    permissions.end_diagnosis(request.staff, diagnosis).or_forbid()
    form = EndDiagnosisForm(
        request.POST if request.method == "POST" else None, initial={"until_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.end_diagnosis(diagnosis=diagnosis, on=given["until_on"], why=given["why"], by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, _("Diagnosis ended. It stays in the history."))
            return redirect("chart:diagnoses", patient_id=diagnosis.patient_id)
    page = {"diagnosis": diagnosis, "patient": diagnosis.patient, "form": form}
    return render(request, "chart/end_diagnosis.html", page, status=422 if form.errors else 200)

"""A patient asks for their rights over their record; a privacy officer answers in time."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import patient_page
from stepdown.people.models import Patient
from stepdown.privacy import queries_rights as queries
from stepdown.privacy import services_rights as services
from stepdown.privacy.days import today
from stepdown.privacy.forms_rights import AnswerForm, AskForm, LongerForm, RecordForm
from stepdown.privacy.models import RightsRequest
from stepdown.privacy.views.looks import officer
from stepdown.privacy.views.self_pay import asks_which_days
from stepdown.ui.tell import tell

# Beside which field the sentence of a broken rule stands.
BESIDE = {"one_open_request_of_a_kind": "kind", "why": "why", "outcome": "outcome"}


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_rights(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["kind"] == RightsRequest.Kind.SELF_PAY:
            return asks_which_days(request, form.cleaned_data["words"])
        try:
            services.ask(patient=request.patient, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(BESIDE.get(broken.rule), str(broken))
        else:
            tell(request, _("We got it. You find the answer here."))
            return redirect("privacy:my_rights")
    page = {"form": form, "requests": queries.requests_of(request.patient)}
    return render(request, "privacy/my_rights.html", page, status=422 if form.errors else 200)


@patient_page
@require_POST
def withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    asked = get_object_or_404(queries.requests_of(request.patient), pk=request_id)
    try:
        services.withdraw(request=asked)
    except RuleBroken as broken:
        tell(request, str(broken))
    else:
        tell(request, _("You took it back."))
    return redirect("privacy:my_rights")


@officer
@never_cache
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    page = {"waiting": queries.waiting(), "answered": queries.answered(), "today": today()}
    return render(request, "privacy/requests.html", page)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Writes down a request that did not come by the patient's own page."""
    patient = get_object_or_404(Patient, pk=patient_id)
    form = RecordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask(patient=patient, by=request.staff, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(BESIDE.get(broken.rule), "One of this kind waits for its answer already.")
        else:
            return redirect("privacy:request", made.pk)
    page = {"form": form, "patient": patient, "requests": queries.requests_of(patient)}
    return render(request, "privacy/record_request.html", page, status=422 if form.errors else 200)


@officer
@never_cache
@require_safe
def asked(request: HttpRequest, request_id: UUID) -> HttpResponse:
    return _page(request, request_id)


@officer
@require_POST
def longer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    form = LongerForm(request.POST)
    return _done(request, request_id, form, lambda asked: services.take_longer(
        request=asked, why=form.cleaned_data["why"], by=request.staff
    ), longer=form)  # fmt: skip


@officer
@require_POST
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    kind = get_object_or_404(queries.all_requests(), pk=request_id).kind
    form = AnswerForm(request.POST, kind=kind)
    return _done(request, request_id, form, lambda asked: services.answer(
        request=asked, outcome=form.cleaned_data["outcome"], words=form.cleaned_data["words"], by=request.staff
    ), answering=form)  # fmt: skip


def _done(request: HttpRequest, request_id: UUID, form: Any, act: Any, **shown: Any) -> HttpResponse:
    one = get_object_or_404(queries.all_requests(), pk=request_id)
    if form.is_valid():
        try:
            act(one)
        except RuleBroken as broken:
            form.add_error(BESIDE.get(broken.rule), str(broken))
        else:
            return redirect("privacy:request", request_id)
    return _page(request, request_id, status=422, **shown)


def _page(request: HttpRequest, request_id: UUID, *, status: int = 200, **forms: Any) -> HttpResponse:
    one: RightsRequest = get_object_or_404(queries.all_requests(), pk=request_id)
    page = {"one": one, "today": today(), "longer": LongerForm(), "answering": AnswerForm(kind=one.kind)} | forms
    return render(request, "privacy/request.html", page, status=status)

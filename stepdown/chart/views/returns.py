"""Return to use for staff: write it down, answer it, add to it. Nothing here sends anyone away."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stepdown.chart import permissions_returns as permissions
from stepdown.chart import queries_returns as queries
from stepdown.chart import services_returns as services
from stepdown.chart.forms_returns import AddToReturnForm, AnswerReturnForm, RecordReturnForm
from stepdown.chart.queries_safety import safety_plan_of
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.placement.queries import patients_visible_to
from stepdown.ui.tell import tell

reads = staff_page(*permissions.READS)


@reads
@require_http_methods(["GET", "HEAD", "POST"])
def returns(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """What happened so far, and the form to write down more."""
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    may = permissions.record_return(request.staff, patient)
    form = RecordReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        may.or_forbid()
        if form.is_valid():
            event = services.record_return(patient=patient, **form.cleaned_data, by=request.staff)
            tell(request, _("Written down. The response is due in two working days."))
            return redirect("chart:return", return_id=event.pk)
    page = {"patient": patient, "events": queries.returns_of(patient), "form": form, "may": may}
    return render(request, "chart/returns.html", page, status=422 if form.errors else 200)


@reads
@require_http_methods(["GET", "HEAD", "POST"])
def return_to_use(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """One event; a form for its response until there is one."""
    event = get_object_or_404(queries.returns_visible_to(request.staff), pk=return_id)
    form = AnswerReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        permissions.answer_return(request.staff, event).or_forbid()
        if form.is_valid():
            try:
                services.answer_return(event=event, **form.cleaned_data, by=request.staff)
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                tell(request, _("Written down. It no longer waits on anyone’s day."))
                return redirect("chart:return", return_id=event.pk)
    return _page(request, event, form, AddToReturnForm())


@reads
@require_POST
def add_to_return(request: HttpRequest, return_id: UUID) -> HttpResponse:
    event = get_object_or_404(queries.returns_visible_to(request.staff), pk=return_id)
    permissions.record_return(request.staff, event.patient).or_forbid()
    form = AddToReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, event, AnswerReturnForm(), form)
    services.add_to_return(event=event, words=form.cleaned_data["words"], by=request.staff)
    tell(request, _("Added. What stood there before is unchanged."))
    return redirect("chart:return", return_id=event.pk)


def _page(request: HttpRequest, event: Any, form: AnswerReturnForm, adding: AddToReturnForm) -> HttpResponse:
    page = {
        "event": event,
        "patient": event.patient,
        "response": getattr(event, "response", None),
        "addenda": event.addenda.select_related("by"),
        "may": permissions.record_return(request.staff, event.patient),
        "safety_plan": safety_plan_of(event.patient),
        "form": form,
        "adding": adding,
    }
    return render(request, "chart/return.html", page, status=422 if form.errors or adding.errors else 200)

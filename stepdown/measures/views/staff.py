"""One patient's instruments for staff: the list, giving one, filling one in, reading what it came to."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.kernel.instruments import Definition
from stepdown.measures import permissions, queries, services, services_assign
from stepdown.measures.drawings import courses_drawn
from stepdown.measures.forms import FillInForm, GiveForm
from stepdown.measures.instruments import instrument, instruments
from stepdown.people.access import staff_page
from stepdown.people.models import Role
from stepdown.placement.queries import patients_visible_to

clinical = staff_page(*permissions.CLINICAL)
FILL_IN = "fill_in"


def _patient(request: HttpRequest, patient_id: UUID) -> Any:
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    permissions.see_scores(request.staff, patient).or_forbid()
    return patient


def _offered() -> list[Definition]:
    """What can be given: everything with words but the self-screen, which is asked before there is a patient."""
    return [one for one in instruments().values() if one.has_text and one.id != "iop-self-screen"]


@clinical
@never_cache
@require_safe
def patient(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    found = _patient(request, patient_id)
    return _page(request, found, GiveForm(offered=_offered()))


def _page(request: HttpRequest, patient: Any, form: GiveForm, status: int = 200) -> HttpResponse:
    zone = timezone.get_current_timezone()
    context = {
        "patient": patient,
        "page": queries.patient_page(patient),
        "trends": courses_drawn(queries.courses(patient, zone), today=timezone.localdate()),
        "form": form,
        "directs": request.staff.has_role(Role.DIRECTOR),
    }
    return render(request, "measures/patient.html", context, status=status)


@clinical
@require_POST
def give(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Puts it among what waits for the patient, or opens it to be filled in now."""
    found = _patient(request, patient_id)
    form = GiveForm(request.POST, offered=_offered())
    if not form.is_valid():
        return _page(request, found, form, status=422)
    said = form.cleaned_data
    try:
        given = services_assign.give(
            patient=found, name=said["instrument"], about=said["about"], once=said["once"], by=request.staff
        )
    except RuleBroken as broken:
        form.add_error("instrument", str(broken))
        return _page(request, found, form, status=422)
    if request.POST.get("act") == FILL_IN or not permissions.self_rated(instrument(given.instrument)):
        return redirect("measures:fill_in", given.pk)
    return redirect("measures:patient", found.pk)


def _administration(request: HttpRequest, administration_id: UUID) -> tuple[Any, Definition]:
    found = get_object_or_404(queries.administrations_visible_to(request.staff), pk=administration_id)
    return found, instrument(found.instrument)


@clinical
@never_cache
@require_safe
def administration(request: HttpRequest, administration_id: UUID) -> HttpResponse:
    """The answers and, once they are finished, what they came to with its reasons."""
    found, definition = _administration(request, administration_id)
    context = {
        "administration": found,
        "definition": definition,
        "lines": queries.lines(found, definition),
        "result": queries.result(found) if found.finished_at else None,
        "raised": queries.raised_for(found),
        "may_enter": permissions.enter(found, definition),
        "sees": patients_visible_to(request.staff).filter(pk=found.patient_id).exists(),
    }
    return render(request, "measures/administration.html", context)


@clinical
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fill_in(request: HttpRequest, administration_id: UUID) -> HttpResponse:
    """All questions on one page. Kept as it stands, or kept and scored; what an answer sets off acts with either. Where
    somebody else answered otherwise meanwhile, they are told first."""
    found, definition = _administration(request, administration_id)
    permissions.enter(found, definition).or_forbid()
    if request.method != "POST":
        return _form(request, found, definition, FillInForm(definition=definition, administration=found))
    form = FillInForm(request.POST, definition=definition, administration=found)
    if not form.is_valid():
        return _form(request, found, definition, form, status=422)
    try:
        filled = services.fill_in(
            administration=found, values=form.values, context=form.context_told, mode=form.cleaned_data["mode"],
            is_finished=request.POST.get("act") != "keep", by=request.staff, seen=form.seen,
        )  # fmt: skip
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return _form(request, found, definition, form, status=422)
    if filled.theirs:
        form.tell_of(filled.theirs)
        return _form(request, found, definition, form, status=422)
    return redirect("measures:administration", found.pk)


def _form(
    request: HttpRequest, administration: Any, definition: Definition, form: FillInForm, status: int = 200
) -> HttpResponse:
    context = {"administration": administration, "definition": definition, "form": form}
    return render(request, "measures/fill_in.html", context, status=status)

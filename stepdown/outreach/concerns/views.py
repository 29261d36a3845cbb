"""Staff read what people outside are worried about, and find out whom they mean."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.models import Role
from stepdown.people.visibility import patients_visible_to
from stepdown.ui.tell import tell

from . import services
from .forms import AsideForm, NameForm, PatientForm

SHOWN = 50
readers = staff_page(Role.ADMISSIONS, Role.COUNSELOR, Role.DIRECTOR)


@readers
@never_cache
@require_safe
def concerns(request: HttpRequest) -> HttpResponse:
    visible = services.visible_to(request.staff)
    page = {
        "waiting": list(visible.open()[:SHOWN]),
        "known": list(visible.exclude(patient=None).select_related("patient").order_by("-told_at")[:SHOWN]),
        "aside": list(visible.exclude(closed_at=None).order_by("-told_at")[:SHOWN]),
    }
    return render(request, "concerns/concerns.html", page)


def _of(request: HttpRequest, concern_id: UUID) -> Any:
    return get_object_or_404(services.visible_to(request.staff).select_related("patient"), pk=concern_id)


def _page(request: HttpRequest, concern: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    page = {"concern": concern, "form": NameForm(), "aside": AsideForm()}
    return render(request, "concerns/concern.html", page | more, status=status)


@readers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """One of them. A patient is looked for by POST, so that no address tells their name; `act` says what else is done:
    it is about somebody ("match"), or laid aside ("aside")."""
    found = _of(request, concern_id)
    if request.method != "POST":
        return _page(request, found)
    act = {"match": _match, "aside": _lay_aside}.get(request.POST.get("act", ""), _find)
    try:
        return act(request, found)
    except RuleBroken as broken:
        return _page(request, found, broken=str(broken), status=422)


def _find(request: HttpRequest, concern: Any) -> HttpResponse:
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, concern, form=form, status=422)
    return _page(request, concern, form=form, people=services.could_be(request.staff, form.cleaned_data["name"]))


def _match(request: HttpRequest, concern: Any) -> HttpResponse:
    """It is about this patient, whom whoever says so sees."""
    form = PatientForm(request.POST)
    if not form.is_valid():
        raise RuleBroken("Choose somebody from the list.")
    patient = get_object_or_404(patients_visible_to(request.staff), pk=form.cleaned_data["patient"])
    services.match(concern=concern, patient=patient, by=request.staff)
    tell(request, "It is on the care team’s list now.")
    return redirect("concerns:concern", concern.pk)


def _lay_aside(request: HttpRequest, concern: Any) -> HttpResponse:
    form = AsideForm(request.POST)
    if not form.is_valid():
        return _page(request, concern, aside=form, status=422)
    services.lay_aside(concern=concern, outcome=form.cleaned_data["outcome"], by=request.staff)
    tell(request, "Written down.")
    return redirect("concerns:concerns")

"""Everybody reports what may be a breach; a privacy officer judges it, says whom it concerns and who was told."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.models import Patient, Role
from stepdown.privacy import queries_breaches as queries
from stepdown.privacy import services_breaches as services
from stepdown.privacy.days import today
from stepdown.privacy.domain import breach as rules
from stepdown.privacy.forms_breaches import AssessForm, ConcludeForm, LeaveOutForm, LooksForm, ReportForm, ToldForm
from stepdown.privacy.forms_looks import PatientForm
from stepdown.privacy.models import Affected, SuspectedBreach
from stepdown.privacy.views.finding import looked_for, status_of
from stepdown.privacy.views.looks import officer
from stepdown.ui.tell import tell

WHOM = {
    rules.INDIVIDUALS: "Those concerned, by first-class mail, or by e-mail where they agreed to it",
    rules.HHS: "The Secretary of Health and Human Services, on the web page of the Office for Civil Rights",
    rules.MEDIA: "The media",
}


@staff_page()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """For all staff: the center knows from the day on which any of them does."""
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = services.report(by=request.staff, **form.cleaned_data)
        if request.staff.has_role(Role.PRIVACY):
            return redirect("privacy:breach", made.pk)
        tell(request, _("The privacy officer has it now. Thank you for telling."))
        return redirect("privacy:report")
    return render(request, "privacy/report.html", {"form": form}, status=422 if form.errors else 200)


@officer
@never_cache
@require_safe
def breaches(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/breaches.html", {"standings": queries.standings(), "today": today()})


@officer
@never_cache
@require_safe
def breach(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    return _page(request, _of(breach_id))


@officer
@require_POST
def assess(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    one, form = _of(breach_id), AssessForm(request.POST)
    act = lambda: services.assess(breach=one, factors=form.cleaned_data, by=request.staff)
    return _done(request, one, form, act, assessing=form)


@officer
@require_POST
def conclude(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    one, form = _of(breach_id), ConcludeForm(request.POST)
    act = lambda: services.conclude(breach=one, conclusion=form.cleaned_data["conclusion"], by=request.staff)
    return _done(request, one, form, act, concluding=form)


@officer
@require_POST
def told(request: HttpRequest, breach_id: UUID, whom: str) -> HttpResponse:
    if whom not in WHOM:
        raise Http404
    one, form = _of(breach_id), ToldForm(request.POST, prefix=whom)
    act = lambda: services.told(breach=one, whom=whom, on=form.cleaned_data["on"], by=request.staff)
    return _done(request, one, form, act, telling={whom: form})


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Whom it concerns; a patient is looked for by POST, so that no address tells their name."""
    one, looked = _of(breach_id), looked_for(request)
    return _people(request, one, status=status_of(looked), **looked)


@officer
@require_POST
def from_looks(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    one, form = _of(breach_id), LooksForm(request.POST)
    if not form.is_valid():
        return _people(request, one, status=422, looking=form)
    new = services.add_from_looks(breach=one, staff=form.cleaned_data["staff"].pk, by=request.staff, **form.span)
    tell(request, f"{new} came new on the list.")
    return redirect("privacy:affected", one.pk)


@officer
@require_POST
def add(request: HttpRequest, breach_id: UUID, patient_id: UUID) -> HttpResponse:
    one, patient = _of(breach_id), get_object_or_404(Patient, pk=patient_id)
    services.add(breach=one, patient=patient, by=request.staff)
    return redirect("privacy:affected", one.pk)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave_out(request: HttpRequest, breach_id: UUID, patient_id: UUID) -> HttpResponse:
    one = get_object_or_404(Affected.objects.select_related("patient"), breach=breach_id, patient=patient_id)
    form = LeaveOutForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.leave_out(affected=one, why=form.cleaned_data["why"], by=request.staff)
        return redirect("privacy:affected", breach_id)
    page = {"one": one, "form": form}
    return render(request, "privacy/leave_out.html", page, status=422 if form.errors else 200)


def _of(breach_id: UUID) -> SuspectedBreach:
    return get_object_or_404(queries.breaches(), pk=breach_id)


def _done(request: HttpRequest, one: SuspectedBreach, form: Any, act: Callable[[], Any], **shown: Any) -> HttpResponse:
    if form.is_valid():
        try:
            act()
        except RuleBroken as broken:
            form.add_error("on" if broken.rule == "on" else None, str(broken))
        else:
            return redirect("privacy:breach", one.pk)
    return _page(request, _of(one.pk), status=422, **shown)


def _page(request: HttpRequest, one: SuspectedBreach, *, status: int = 200, **shown: Any) -> HttpResponse:
    standing = queries.standing(one)
    telling = shown.pop("telling", {})
    factors = {name: getattr(one, name) for name in services.FACTORS}
    page = {
        "one": one,
        "standing": standing,
        "today": today(),
        "duties": [
            (todo, WHOM[todo.duty.whom], telling.get(todo.duty.whom) or ToldForm(prefix=todo.duty.whom))
            for todo in standing.todo
        ],
        "assessing": AssessForm(initial=factors),
        "concluding": ConcludeForm(),
    }
    return render(request, "privacy/breach.html", page | shown, status=status)


def _people(request: HttpRequest, one: SuspectedBreach, *, status: int = 200, **shown: Any) -> HttpResponse:
    page = {"one": one, "affected": queries.affected(one), "form": PatientForm(), "looking": LooksForm()}
    return render(request, "privacy/affected.html", page | shown, status=status)

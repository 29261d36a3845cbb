"""Days that patients pay for themself: they ask, a privacy officer writes down, billing confirms, they take it back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import patient_page, staff_page
from stepdown.people.models import Patient, Role
from stepdown.privacy import permissions_self_pay as permissions
from stepdown.privacy import queries_self_pay as queries
from stepdown.privacy import services_rights
from stepdown.privacy import services_self_pay as services
from stepdown.privacy.days import today
from stepdown.privacy.forms_self_pay import EndSelfPayForm, PaidForm, RecordSelfPayForm, SelfPayForm
from stepdown.privacy.views.finding import looked_for, status_of
from stepdown.privacy.views.looks import officer
from stepdown.ui.tell import tell

sees = staff_page(*permissions.SEES_SELF_PAY)


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_self_pay(request: HttpRequest) -> HttpResponse:
    form = SelfPayForm(request.POST if request.method == "POST" else None, initial={"first_on": today()})
    if request.method == "POST" and form.is_valid():
        services_rights.ask_self_pay(patient=request.patient, **form.terms)
        tell(request, _("From now on your health plan hears nothing from us about these days."))
        return redirect("privacy:my_rights")
    return render(request, "privacy/my_self_pay.html", {"form": form}, status=422 if form.errors else 200)


def asks_which_days(request: HttpRequest, words: str) -> HttpResponse:
    """The page after the choice; words: what they have typed on the page before."""
    form = SelfPayForm(initial={"first_on": today(), "words": words})
    return render(request, "privacy/my_self_pay.html", {"form": form})


@patient_page
@require_POST
def take_back(request: HttpRequest, self_pay_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.restrictions(), pk=self_pay_id, patient=request.patient)
    try:
        services_rights.take_back_self_pay(restriction=found)
    except RuleBroken as broken:
        tell(request, str(broken))
    else:
        tell(request, _("You took it back. Your health plan may hear about these days again."))
    return redirect("privacy:my_sharing")


@sees
@never_cache
@require_safe
def self_pay(request: HttpRequest) -> HttpResponse:
    """Of which days nothing may go to a plan: for billing too, without anything that was said."""
    standing = list(queries.standing()[: queries.SHOWN])
    page = {
        "standing": standing,
        "people": len({one.patient_id for one in standing}),
        "ended": queries.ended()[: queries.SHOWN],
        "keeps": request.staff.has_role(Role.PRIVACY),
    }
    return render(request, "privacy/self_pay.html", page)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Who it is; looked for by POST, so that no address tells their name."""
    page = looked_for(request)
    return render(request, "privacy/new_self_pay.html", page, status=status_of(page))


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """All that there is of a patient, with their words; and one more."""
    patient = get_object_or_404(Patient, pk=patient_id)
    form = RecordSelfPayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.restrict(patient=patient, by=request.staff, **form.terms)
        tell(request, "Written down. From now on nothing of these days goes to a health plan.")
        return redirect("privacy:record_self_pay", patient.pk)
    page = {"patient": patient, "form": form, "rows": queries.of_patient(patient)}
    return render(request, "privacy/record_self_pay.html", page, status=422 if form.errors else 200)


@sees
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paid(request: HttpRequest, self_pay_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.restrictions(), pk=self_pay_id)
    form = PaidForm(request.POST if request.method == "POST" else None, initial={"through": found.last_on})
    if request.method == "POST":
        permissions.confirm_paid(request.staff, found).or_forbid()
    if request.method == "POST" and form.is_valid():
        try:
            services.confirm_paid(restriction=found, by=request.staff, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error("through", str(broken))
        else:
            tell(request, "Written down.")
            return redirect("privacy:self_pay")
    return _page(request, "privacy/paid_self_pay.html", found, form)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, self_pay_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.restrictions(), pk=self_pay_id)
    form = EndSelfPayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        permissions.end(request.staff, found).or_forbid()
    if request.method == "POST" and form.is_valid():
        try:
            services.end(restriction=found, by=request.staff, words=form.cleaned_data["words"])
        except RuleBroken as broken:
            form.add_error("words", str(broken))
        else:
            tell(request, "Written down. A consent that holds is needed all the same for anything that goes to a plan.")
            return redirect("privacy:record_self_pay", found.patient_id)
    return _page(request, "privacy/end_self_pay.html", found, form)


def _page(request: HttpRequest, template: str, found: Any, form: Any) -> HttpResponse:
    page = {"one": found, "patient": found.patient, "form": form}
    return render(request, template, page, status=422 if form.errors else 200)

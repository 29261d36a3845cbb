"""Opening a record in an emergency, ending that, and what a privacy officer says of it."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.proving import checked, first_proves
from stepdown.privacy import opened
from stepdown.privacy import queries_restricted as queries
from stepdown.privacy import services_restricted as services
from stepdown.privacy.forms_restricted import EmergencyAccessForm, JudgeForm
from stepdown.privacy.permissions_restricted import OPENS_IN_EMERGENCY
from stepdown.privacy.queries_looks import looks_during
from stepdown.privacy.views.looks import officer
from stepdown.ui import when
from stepdown.ui.tell import tell

opens = staff_page(*OPENS_IN_EMERGENCY)
LATELY = timedelta(days=30)


@opens
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def emergency_access(request: HttpRequest) -> HttpResponse:
    """By the very name and birth date, a reason, and a proof of who asks; before these nothing is told of anybody."""
    asks_code, instead = first_proves(request, request.path)
    if instead:
        return instead
    form = EmergencyAccessForm(request.POST if request.method == "POST" else None, asks_code=asks_code)
    if request.method == "POST" and checked(request, form):
        said = {name: form.cleaned_data[name] for name in ("first", "last", "born", "why", "words")}
        try:
            found = services.open_in_emergency(**said, by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            if found.until:
                until = when.clock(found.until, timezone.get_current_timezone())
                tell(request, f"Open until {until}. A privacy officer was told.")
            else:
                tell(request, "You see this record anyway, so nothing was opened.")
            _remember(request)
            return redirect("desk:patient", patient_id=found.patient)
    _remember(request)
    page = {"form": form, "own": queries.open_for(request.staff, timezone.now())}
    return render(request, "privacy/emergency_access.html", page, status=422 if form.errors else 200)


def _remember(request: HttpRequest) -> None:
    """The line says from now on what is open, also what was opened by another sign-in, or by a form sent twice."""
    if until := queries.open_until(request.staff, timezone.now()):
        opened.remember(request, until)


@opens
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    services.end_own(by=request.staff)
    opened.forget(request)
    tell(request, "Closed. Write down what you did, where it belongs.")
    return redirect(reverse("desk:arrive"))


@officer
@never_cache
@require_safe
def accesses(request: HttpRequest) -> HttpResponse:
    page = {
        "to_judge": list(queries.to_judge().select_related("patient", "staff")[: queries.SHOWN]),
        "judged": queries.judged_lately(),
        "in_vain": queries.looked_in_vain(timezone.now() - LATELY),
    }
    return render(request, "privacy/accesses.html", page)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def access(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """Why it was opened, what was looked at in that time, and what the privacy officer finds."""
    one = get_object_or_404(queries.emergency_accesses(), pk=access_id)
    form = JudgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.judge(
                access=one, finding=form.cleaned_data["finding"], words=form.cleaned_data["words"], by=request.staff
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Written down, and closed.")
            return redirect("privacy:accesses")
    page = {
        "one": one,
        "over_at": queries.over_at(one),
        "is_open": queries.over_at(one) > timezone.now(),
        "looks": looks_during(one),
        "form": form,
    }
    return render(request, "privacy/access.html", page, status=422 if form.errors else 200)

"""Who looked at whose record: for the privacy officer, and for patients at their own."""

import csv
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.people.access import patient_page, staff_page
from stepdown.people.fresh import prove_before_file
from stepdown.people.models import Patient, Role, Staff
from stepdown.privacy import gate
from stepdown.privacy import queries_looks as queries
from stepdown.privacy.forms_looks import FilterForm
from stepdown.privacy.models import Act, Look
from stepdown.privacy.views.finding import looked_for, status_of
from stepdown.ui.files import to_keep

PAGE = 100
officer = staff_page(Role.PRIVACY)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def looks(request: HttpRequest) -> HttpResponse:
    """Everybody's looks; a patient is looked for by POST, so that no address tells their name."""
    page = _page(request) | {"check": queries.last_check()} | looked_for(request)
    return render(request, "privacy/looks.html", page, status=status_of(page))


@officer
@never_cache
@require_safe
def looks_at(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(Patient, pk=patient_id)
    return render(request, "privacy/looks.html", _page(request, patient=patient.pk) | {"patient": patient})


@officer
@never_cache
@require_safe
def looks_file(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """All looks at one patient, as a table for a spreadsheet; the file's name tells nobody's."""
    patient = get_object_or_404(Patient, pk=patient_id)
    prove_before_file(request)
    gate.inside(request.staff, patient)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    table = csv.writer(answer)
    table.writerow(["number", "time (UTC)", "who", "roles", "did", "page", "purpose", "from", "status", "seal"])
    for look in queries.looks(patient=patient.pk).iterator(chunk_size=2_000):
        table.writerow(_row(look))
    return to_keep(answer, f"looks-{timezone.localdate():%Y-%m-%d}.csv")


def _row(look: Look) -> list[Any]:
    who = look.staff.name if look.staff else ""
    at = look.at.strftime("%Y-%m-%d %H:%M:%S")
    return [
        look.number, at, who, look.roles, look.act, look.page, look.purpose, look.place or "", look.status, look.seal,
    ]  # fmt: skip


@officer
@never_cache
@require_safe
def unusual(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/unusual.html", {"asked": queries.to_ask()})


@patient_page
@never_cache
@require_safe
def looked_at_me(request: HttpRequest) -> HttpResponse:
    shown = Paginator(queries.days_looked_at(request.patient), PAGE).get_page(request.GET.get("page"))
    days = [day | {"said": queries.pages_said(day["pages"]), "roles": roles_said(day)} for day in shown]
    return render(request, "privacy/looked_at_me.html", {"shown": shown, "days": days})


def roles_said(day: dict[str, Any]) -> list[str]:
    return [str(Role(role).label) for role in day["staff__roles"]]


def _page(request: HttpRequest, **whose: Any) -> dict[str, Any]:
    """A page of looks, by what the address asks for; a filter that is none is not applied."""
    filters = FilterForm(request.GET)
    asked = {name: value for name, value in filters.cleaned_data.items() if value} if filters.is_valid() else {}
    found = list(queries.looks(**asked, **whose)[: PAGE + 1])
    page = {"lines": queries.lines(found[:PAGE]), "act": asked.get("act", ""), "acts": Act.choices}
    if by := asked.get("staff"):
        page["by"] = Staff.objects.filter(pk=by).first()
    if len(found) > PAGE:
        page["older"] = urlencode({**asked, "before": found[PAGE - 1].number})
    return page

"""All notes about one patient, and the search in them and in those of everyone whose notes one reads."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from stepdown.chart import queries_chart
from stepdown.chart.forms_search import SearchForm
from stepdown.chart.queries_search import search
from stepdown.people.access import staff_page
from stepdown.people.models import Role
from stepdown.placement.queries import patients_visible_to

PAGE = 50
clinical = staff_page(Role.COUNSELOR, Role.DIRECTOR)


@clinical
@require_http_methods(["GET", "HEAD", "POST"])
def search_notes(request: HttpRequest) -> HttpResponse:
    """What is looked for comes by POST, so that no address tells it."""
    return _searched(request, {"patient": None}, None)


@clinical
@require_http_methods(["GET", "HEAD", "POST"])
def patient_notes(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    page: dict[str, Any] = {"patient": patient}
    if request.method != "POST":
        notes: Any = queries_chart.All(patient, request.staff)
        shown = Paginator(notes, PAGE).get_page(request.GET.get("page"))
        page |= {"shown": shown, "notes": list(shown)}
    return _searched(request, page, patient)


def _searched(request: HttpRequest, page: dict[str, Any], patient: Any) -> HttpResponse:
    form = SearchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        page |= {"result": search(form.cleaned_data["words"], request.staff, patient)}
        page |= {"words": form.cleaned_data["words"]}
    return render(request, "chart/search.html", page | {"form": form}, status=422 if form.errors else 200)

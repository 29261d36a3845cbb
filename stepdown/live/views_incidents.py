"""Incidents: begun on an emergency card, told further on their page, listed for the director."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from stepdown.kernel.db import RuleBroken
from stepdown.live import board, permissions, queries, services_incidents
from stepdown.live.forms_staff import EntryForm
from stepdown.live.views_staff import from_the_room, leaders, prepared, session_of, wants_json


@from_the_room
@require_POST
def something_happened(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """One tap on the card; answered with the incident's page, or with nothing to the room, which shows the card."""
    session = session_of(request, session_id)
    permissions.prepare(request.staff, session).or_forbid()
    try:
        patient = board.patient_of(session, request.POST.get("patient", ""))
    except RuleBroken as broken:
        if wants_json(request):
            return JsonResponse({"why": str(broken)}, status=422)
        page = prepared(request, session_id) | {"sorry": str(broken)}
        return render(request, "live/emergency.html", page, status=422)
    begun = services_incidents.something_happened(session=session, patient=patient, by=request.staff)
    return JsonResponse({}) if wants_json(request) else redirect("live:incident", begun.pk)


def _incident(request: HttpRequest, incident_id: UUID) -> Any:
    return get_object_or_404(queries.incidents_visible_to(request.staff), pk=incident_id)


@leaders
@never_cache
@require_GET
def incident(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """What is known of one incident, and a form for more; nothing that stands there changes."""
    return render(request, "live/incident.html", {"incident": _incident(request, incident_id), "form": EntryForm()})


@from_the_room
@require_POST
def incident_entry(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """One more entry, from the incident's page or from the card in the room."""
    found = _incident(request, incident_id)
    form = EntryForm(request.POST)
    if form.is_valid():
        services_incidents.add_entry(incident=found, by=request.staff, **form.cleaned_data)
        return JsonResponse({}) if wants_json(request) else redirect("live:incident", found.pk)
    if wants_json(request):
        return JsonResponse({"why": " ".join(map(str, form.non_field_errors()))}, status=422)
    return render(request, "live/incident.html", {"incident": found, "form": form}, status=422)


@leaders
@never_cache
@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """The newest first: everyone's for a director, those of their own sessions for a counselor."""
    found = queries.incidents_visible_to(request.staff)[: queries.INCIDENTS_SHOWN]
    return render(request, "live/incidents.html", {"incidents": found})

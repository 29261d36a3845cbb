"""Incidents: begun on an emergency card, told further on their page, listed for the director."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.live import board, permissions, queries, services_incidents
from stepdown.live.forms_staff import ClosingForm, EntryForm, IncidentForm
from stepdown.live.views_staff import from_the_room, leaders, prepared, session_of, wants_json
from stepdown.placement.queries import patients_visible_to
from stepdown.privacy.queries import who_allow_emergency_call


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
@require_safe
def incident(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """What is known of one incident, and a form for more; nothing that stands there changes."""
    return _page(request, _incident(request, incident_id))


def _page(request: HttpRequest, found: Any, form: EntryForm | None = None) -> HttpResponse:
    """form: one that was not taken; it stays where it was typed."""
    page = {
        "incident": found,
        "form": EntryForm() if form is None or isinstance(form, ClosingForm) else form,
        "closing": form if isinstance(form, ClosingForm) else ClosingForm(),
        "agreed_to_call": bool(who_allow_emergency_call([found.patient_id])),
        "may_close": permissions.close_incident(request.staff, found),
    }
    return render(request, "live/incident.html", page, status=422 if form else 200)


@from_the_room
@require_POST
def incident_entry(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """One more entry, from the incident's page or from the card in the room."""
    found = _incident(request, incident_id)
    form = (ClosingForm if request.POST.get("done") == "closed" else EntryForm)(request.POST)
    if form.is_valid():
        try:
            _add(request, found, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error("words" if broken.rule == "closed_with_its_reason" else None, str(broken))
        else:
            return JsonResponse({}) if wants_json(request) else redirect("live:incident", found.pk)
    if wants_json(request):
        return JsonResponse({"why": " ".join(str(one) for said in form.errors.values() for one in said)}, status=422)
    return _page(request, found, form)


def _add(request: HttpRequest, found: Any, kind: str, done: str, words: str) -> None:
    if kind:
        services_incidents.say_kind(incident=found, kind=kind, by=request.staff)
    if done or words:
        services_incidents.add_entry(incident=found, by=request.staff, done=done, words=words)


@leaders
@never_cache
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """Those that are open, then those that are closed, the newest first: everyone's for a director, of their own people
    and sessions for a counselor."""
    found = list(queries.incidents_visible_to(request.staff)[: queries.INCIDENTS_SHOWN])
    page = {"open": [one for one in found if not one.closed], "closed": [one for one in found if one.closed]}
    return render(request, "live/incidents.html", page | {"now": timezone.now()})


@leaders
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def patient_incidents(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """One person's incidents, and writing one down that happened outside a session."""
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    form = IncidentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        begun = services_incidents.write_down(patient=patient, by=request.staff, **form.cleaned_data)
        return redirect("live:incident", begun.pk)
    found = list(queries.incidents_visible_to(request.staff).filter(patient=patient)[: queries.INCIDENTS_SHOWN])
    page = {"patient": patient, "incidents": found, "form": form, "now": timezone.now()}
    return render(request, "live/patient_incidents.html", page, status=422 if form.errors else 200)

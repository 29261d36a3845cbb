"""Side rooms, for both who are in one: the leader asks and goes back, the patient answers and goes back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from stepdown.kernel.db import RuleBroken
from stepdown.live import permissions, services_sides
from stepdown.live.views import session_of_patient
from stepdown.live.views_staff import act_of, patient_of, wants_json
from stepdown.people.access import patient_page


def _lead(request: HttpRequest, session: Any) -> object:
    match request.GET.get("step") or request.POST.get("step"):
        case "ask":
            patient = patient_of(request, session)
            return services_sides.ask_aside(session=session, patient=patient, by=request.staff)
        case "back":
            return services_sides.go_back(session=session, staff=request.staff)
    raise RuleBroken("This button is out of date. Open the room again.")


lead = act_of(_lead)


@patient_page
@require_POST
def aside(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The patient's answer to being asked to a side room, or their way back from it."""
    session = session_of_patient(request, session_id)
    decision = permissions.enter(request.patient, session)
    if not decision and wants_json(request):
        return JsonResponse({"why": decision.reason}, status=403)
    decision.or_forbid()
    step = request.POST.get("step")
    try:
        if step == "back":
            services_sides.go_back(session=session, patient=request.patient)
        else:
            services_sides.answer_aside(session=session, patient=request.patient, yes=step == "yes")
    except RuleBroken as broken:
        return JsonResponse({"why": str(broken)}, status=422)
    return JsonResponse({}) if wants_json(request) else redirect("live:room", session.pk)

"""Side rooms, for both who are in one: the leader asks and goes back, the patient answers and goes back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from stepdown.kernel.db import RuleBroken
from stepdown.live import board, permissions, services_pairs, services_sides
from stepdown.live.views import session_of_patient
from stepdown.live.views_staff import act_of, patient_of, wants_json
from stepdown.people.access import patient_page

PAIR_NUMBERS = ("1", "2", "3", "4", "5", "6")


def _lead(request: HttpRequest, session: Any) -> object:
    match request.GET.get("step") or request.POST.get("step"):
        case "ask":
            patient = patient_of(request, session)
            return services_sides.ask_aside(session=session, patient=patient, by=request.staff)
        case "first":
            patient = patient_of(request, session)
            return services_sides.talk_first(session=session, patient=patient, by=request.staff)
        case "let_in":
            return services_sides.let_in_from_talk(session=session, by=request.staff)
        case "back":
            return services_sides.go_back(session=session, staff=request.staff)
        case "withdraw":
            room = board.id_of(request.POST.get("room", ""))
            return services_sides.withdraw(session=session, side_room=room)
    raise RuleBroken("This button is out of date. Open the room again.")


def _pairs(request: HttpRequest, session: Any) -> object:
    match request.GET.get("step") or request.POST.get("step"):
        case "start":
            return services_pairs.start_pairs(
                session=session, by=request.staff, minutes=_minutes(request), chosen=_chosen(request)
            )
        case "visit":
            room = board.id_of(request.POST.get("room", ""))
            return services_pairs.visit_pair(session=session, side_room=room, by=request.staff)
        case "put":
            return services_pairs.put_in_pair(session=session, patient=patient_of(request, session))
        case "end":
            return services_pairs.end_pairs(session=session)
    raise RuleBroken("This button is out of date. Open the room again.")


def _minutes(request: HttpRequest) -> int:
    """Zero, which the service refuses, when it is no number."""
    typed = request.POST.get("minutes", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0


def _chosen(request: HttpRequest) -> dict[UUID, int]:
    """{patient id: number of a pair} from the fields named `in-<patient id>`; left empty: by chance."""
    numbers = {name.removeprefix("in-"): value for name, value in request.POST.items() if name.startswith("in-")}
    return {board.id_of(who): int(number) for who, number in numbers.items() if number in PAIR_NUMBERS}


lead = act_of(_lead)
pairs = act_of(_pairs)


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

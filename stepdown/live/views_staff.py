"""The leader's room. Every act is an ordinary form: it works from the page as well as from the room's scripts."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.kernel.decision import Decision
from stepdown.live import after, board, missing, permissions, queries, services, services_inside, tickets, words
from stepdown.live.final import are_minutes_final
from stepdown.live.links import socket_path
from stepdown.people import endings
from stepdown.people.access import staff_page
from stepdown.people.models import Role
from stepdown.timetable import queries as timetable
from stepdown.ui.tell import tell

leaders = staff_page(Role.COUNSELOR, Role.DIRECTOR)
# What an open room asks: nobody is thrown out of a group because nothing was pressed for a while.


def _is_in_room(request: HttpRequest) -> bool:
    """Whether the room that is asked about is the one that this person is in, or was in a moment ago."""
    about: dict[str, UUID] = request.resolver_match.kwargs if request.resolver_match else {}
    session, incident = about.get("session_id"), about.get("incident_id")
    return queries.is_or_was_in(request.account_staff, timezone.now(), session=session, incident=incident)


from_the_room = staff_page(Role.COUNSELOR, Role.DIRECTOR, lasting=_is_in_room)


def session_of(request: HttpRequest, session_id: UUID) -> Any:
    """The session, when it is in this person's sight."""
    return get_object_or_404(timetable.sessions_visible_to(request.staff), pk=session_id)


def _led(request: HttpRequest, session_id: UUID) -> Any:
    """The session, when this person leads it now."""
    session = session_of(request, session_id)
    permissions.lead(request.staff, session).or_forbid()
    return session


@leaders
@never_cache
@require_safe
def room(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The room with the leaders' rail; once it was ended, what comes next, and the way back into it."""
    session = session_of(request, session_id)
    if not session.cancelled_at and queries.is_ended(session) and permissions.leads(request.staff, session):
        may = permissions.reopen(request.staff, session)
        tried = queries.tried_by(request.staff, session)
        outcomes = missing.outcomes() if permissions.prepare(request.staff, session) else []
        page = {"session": session, "may": may, "tried": tried, "outcomes": outcomes}
        page["final"] = are_minutes_final(session)
        page["to_call"] = after.to_call(request.staff, session)
        return render(request, "live/ended.html", page)
    permissions.lead(request.staff, session).or_forbid()
    return render(request, "live/room_staff.html", _room(request, session))


@leaders
@require_POST
def open_again(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Opens the room that was ended by mistake, for everyone who was let in."""
    session = session_of(request, session_id)
    permissions.reopen(request.staff, session).or_forbid()
    services.open_room(session=session, by=request.staff)
    return redirect("live:staff_room", session.pk)


def _room(request: HttpRequest, session: Any, sorry: str = "") -> dict[str, Any]:
    handout = board.handout_of(session)
    return {
        "session": session,
        "handout": handout,
        "plan": board.plan(session, timezone.now(), handout),
        "words": words.room(session.leader.first_name),
        "encrypted": queries.is_encrypted(session),
        "socket": socket_path(request),
        "sorry": sorry,
        "break_minutes": board.break_minutes(session),
        "leads": True,
        "decided": queries.decided(session),
        "on_break": queries.break_now(session) is not None,
        "ticket_url": reverse("live:staff_ticket", args=[session.pk]),
        "people_url": reverse("live:staff_people", args=[session.pk]),
        "aside_url": reverse("live:staff_aside", args=[session.pk]),
        **board.rail(session, timezone.now()),
    }


@from_the_room
@require_POST
def ticket(request: HttpRequest, session_id: UUID) -> JsonResponse:
    """A ticket for the live process, or the sentence why not."""
    session = session_of(request, session_id)
    decision = permissions.lead(request.staff, session)
    if not decision:
        return JsonResponse({"why": decision.reason}, status=403)
    return JsonResponse(
        {"ticket": tickets.issue(session=session, staff=request.staff, browser=endings.staff_browser(request))}
    )


@from_the_room
@never_cache
@require_safe
def people(request: HttpRequest, session_id: UUID) -> JsonResponse:
    """What the people in the room are called."""
    session = _led(request, session_id)
    found = [
        {
            "join": str(one.join),
            "name": one.name,
            "role": one.role,
            "you": one.staff == request.staff.pk,
            "patient": str(one.patient) if one.patient else None,
        }
        for one in queries.people_in(session)
    ]
    return JsonResponse({"people": found})


@from_the_room
@never_cache
@require_safe
def waiting(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The rail's body alone, fetched again when who waits or who is in has changed."""
    session = _led(request, session_id)
    return render(
        request,
        "live/_rail.html",
        {"session": session, "decided": queries.decided(session), **board.rail(session, timezone.now())},
    )


def prepared(request: HttpRequest, session_id: UUID) -> dict[str, Any]:
    """The session and everyone's card, when this person prepares, leads or follows it up."""
    session = session_of(request, session_id)
    permissions.prepare(request.staff, session).or_forbid()
    return {"session": session, "cards": board.emergency_cards(session)}


@from_the_room
@never_cache
@require_safe
def emergency(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Where everyone is and how to reach them; `?inside` is how the room shows the same beside the faces."""
    page = "live/_cards.html" if "inside" in request.GET else "live/emergency.html"
    return render(request, page, prepared(request, session_id))


@leaders
@never_cache
@require_safe
def print_roster(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Who is expected, on one sheet of paper, for an evening without power or line."""
    return render(request, "live/roster.html", prepared(request, session_id))


def wants_json(request: HttpRequest) -> bool:
    """Whether the room's script asks, and not a form of the page."""
    return "application/json" in request.headers.get("Accept", "")


def back_to(request: HttpRequest, session: Any) -> str:
    """The address of the page beside the room that an act came from (`?from=`); "" for the room itself."""
    match request.GET.get("from"):
        case "day":
            return reverse("desk:day")
        case "visits":
            return reverse("live:visits", args=[session.pk])
        case "ended":
            return reverse("live:staff_room", args=[session.pk])
    return ""


Act = Callable[[HttpRequest, Any], object]
May = Callable[[Any, Any], Decision]


def act_of(do: Act, may: May = permissions.lead) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A leader's act as a view: done, or the sentence of the rule that said no (422). From another page than the room
    (`back_to`) it leads back there, also with that sentence."""

    @from_the_room
    @require_POST
    def view(request: HttpRequest, session_id: UUID) -> HttpResponse:
        session = session_of(request, session_id)
        as_json = wants_json(request)
        back = back_to(request, session)
        decision = may(request.staff, session)
        if not decision and as_json:
            return JsonResponse({"why": decision.reason}, status=403)
        decision.or_forbid()
        try:
            do(request, session)
        except RuleBroken as broken:
            if as_json:
                return JsonResponse({"why": str(broken)}, status=422)
            if back:
                tell(request, str(broken))
                return redirect(back)
            return render(request, "live/room_staff.html", _room(request, session, sorry=str(broken)), status=422)
        if as_json:
            return JsonResponse({})
        return redirect(back or reverse("live:staff_room", args=[session.pk]))

    return view


def patient_of(request: HttpRequest, session: Any) -> Any:
    """The patient a button names, when their seat covers the session."""
    return board.patient_of(session, request.POST.get("patient", ""))


let_in = act_of(
    lambda request, session: services.let_in(session=session, patient=patient_of(request, session), by=request.staff)
)
let_in_all = act_of(lambda request, session: services.let_in_all(session=session, by=request.staff))
send_out = act_of(
    lambda request, session: services.send_out(session=session, patient=patient_of(request, session), by=request.staff)
)
break_start = act_of(
    lambda request, session: services.start_break(
        session=session, by=request.staff, minutes=board.break_minutes(session)
    )
)
break_end = act_of(lambda request, session: services.end_break(session=session, by=request.staff))
end = act_of(lambda request, session: services.end_room(session=session, by=request.staff))
answer_word = act_of(
    lambda request, session: services_inside.answer_word(
        session=session,
        word=board.id_of(request.GET.get("word", "")),
        answer=request.POST.get("answer", ""),
        by=request.staff,
    )
)
decide = act_of(
    lambda request, session: services_inside.decide(
        session=session,
        what=request.POST.get("what", ""),
        on=request.POST.get("on") == "1",
        by=request.staff,
    )
)


def _take_step(request: HttpRequest, session: Any) -> object:
    match request.POST.get("step"):
        case "start":
            return services_inside.start_round(session=session, by=request.staff)
        case "next":
            return services_inside.next_turn(session=session, after=board.id_of(request.POST.get("turn_of", "")))
        case "skip":
            return services_inside.skip_turn(session=session, patient=board.id_of(request.POST.get("turn_of", "")))
        case "end":
            return services_inside.end_round(session=session)
    raise RuleBroken("This button is out of date. Open the room again.")


take_turns = act_of(_take_step)

"""Who visits a session: leaders name them and send them out, patients are told and asked, visitors come in."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.kernel.decision import Decision
from stepdown.live import board, permissions, queries, services_visits, tickets, visits, words
from stepdown.live.forms_visits import ColleagueForm, GuestForm
from stepdown.live.links import socket_path
from stepdown.live.models import Visit
from stepdown.live.views import session_of_patient
from stepdown.live.views_staff import act_of, from_the_room, leaders, session_of, wants_json
from stepdown.people import endings
from stepdown.people.access import patient_page, public
from stepdown.people.queries import the_center

# Leaders


@leaders
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def named(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Who observes, supervises or visits this session, and naming one more."""
    session = session_of(request, session_id)
    permissions.name_visits(request.staff, session).or_forbid()
    posted = request.POST if request.method == "POST" else None
    is_guest = posted is not None and "name" in posted
    colleague = ColleagueForm(None if is_guest else posted, session=session)
    guest = GuestForm(posted if is_guest else None)
    form = guest if is_guest else colleague
    if posted is not None and form.is_valid():
        try:
            if is_guest:
                services_visits.invite_guest(session=session, by=request.staff, **form.cleaned_data)
            else:
                services_visits.name_colleague(session=session, by=request.staff, **form.cleaned_data)
            return redirect("live:visits", session.pk)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
    found = [(row, visits.link_of(row.visit) if row.visit.role == visits.GUEST else "") for row in visits.rows(session)]
    context = {"session": session, "found": found, "colleague": colleague, "guest": guest, "form": form}
    return render(request, "live/visits.html", context, status=422 if form.errors else 200)


def _act(request: HttpRequest, session: Any) -> object:
    visit = board.id_of(request.POST.get("visit", ""))
    match request.GET.get("step"):
        case "let_in":
            return services_visits.let_guest_in(session=session, visit=visit, by=request.staff)
        case "out":
            return services_visits.send_visit_out(session=session, visit=visit, by=request.staff)
    raise RuleBroken("This button is out of date. Open the room again.")


act = act_of(_act, permissions.name_visits)

# Patients


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """What a patient is told of who visits, and their answer to a guest."""
    session = session_of_patient(request, session_id)
    permissions.come(request.patient, session).or_forbid()
    if request.method == "POST":
        try:
            services_visits.answer_guest(
                session=session,
                visit=board.id_of(request.POST.get("visit", "")),
                patient=request.patient,
                agrees=request.POST.get("answer") == "yes",
            )
        except RuleBroken as broken:
            return JsonResponse({"why": str(broken)}, status=422)
        return JsonResponse({}) if wants_json(request) else redirect("live:room", session.pk)
    return render(request, "live/_visits.html", {"session": session, "told": visits.told(session, request.patient)})


# Those who observe or supervise


def _room(request: HttpRequest, visit: Visit, addresses: dict[str, str]) -> HttpResponse:
    session = visit.session
    handout = board.handout_of(session)
    context = {
        "session": session,
        "handout": handout,
        "visit": visit,
        "plan": board.plan(session, timezone.now(), handout),
        "words": words.room(session.leader.first_name),
        "encrypted": queries.is_encrypted(session),
        "socket": socket_path(request),
        "center": the_center(),
        **addresses,
    }
    return render(request, "live/room_visit.html", context)


def _ticket(visit: Visit, browser: str = "") -> JsonResponse:
    decision = permissions.visit(visit, visit.session)
    if not decision:
        return JsonResponse({"why": decision.reason}, status=403)
    return JsonResponse({"ticket": tickets.issue_for_visit(session=visit.session, visit=visit.pk, browser=browser)})


def _people(visit: Visit) -> JsonResponse:
    """What the people in the room are called, for whoever is in it."""
    if not permissions.visit(visit, visit.session) or visit.pk not in visits.may_be_in(visit.session):
        raise Http404
    found = [
        {"join": str(one.join), "name": one.name, "role": one.role, "you": one.visit == visit.pk}
        for one in queries.people_let_in(visit.session)
    ]
    return JsonResponse({"people": found})


def _own_visit(request: HttpRequest, session_id: UUID) -> Visit:
    mine = Visit.objects.filter(session=session_id, staff=request.staff, out_at=None).select_related("session__leader")
    return get_object_or_404(mine)


@leaders
@never_cache
@require_safe
def observe(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The room for one of the staff who observes or supervises it."""
    visit = _own_visit(request, session_id)
    permissions.visit(visit, visit.session).or_forbid()
    names = ("observe_ticket", "observe_people")
    ticket, people = (reverse(f"live:{name}", args=[session_id]) for name in names)
    return _room(request, visit, {"ticket_url": ticket, "people_url": people})


@from_the_room
@require_POST
def observe_ticket(request: HttpRequest, session_id: UUID) -> JsonResponse:
    return _ticket(_own_visit(request, session_id), endings.staff_browser(request))


@from_the_room
@never_cache
@require_safe
def observe_people(request: HttpRequest, session_id: UUID) -> JsonResponse:
    return _people(_own_visit(request, session_id))


# Guests: the link is all they have, good for one session and one browser


# Sent to the addresses of that visit alone, which its name says where there is https.
COOKIE = "__Secure-visit" if settings.SECURE else "visit"


def _is_known(request: HttpRequest, visit: Visit) -> bool:
    """Whether this is the browser that opened the link first."""
    secret = request.COOKIES.get(COOKIE, "")
    return bool(visit.device) and services_visits.digest(secret) == visit.device


def _of_guest(view: Any) -> Any:
    """The guest whose link and browser this is, or 404."""

    @public
    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, visit_id: UUID, token: str) -> HttpResponse:
        visit = visits.guest_of(visit_id, token)
        if visit is None or not _is_known(request, visit):
            raise Http404
        return view(request, visit)

    return public(wrapped)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: HttpRequest, visit_id: UUID, token: str) -> HttpResponse:
    """The guest's link: what they agree to, and the way in."""
    visit = visits.guest_of(visit_id, token)
    if visit is None:
        raise Http404
    decision = permissions.visit(visit, visit.session)
    known = _is_known(request, visit)
    taken = bool(visit.device) and not known
    if request.method != "POST" or taken or not decision:
        return _guest_page(request, visit, decision, taken=taken)
    answer = redirect("live:guest_room", visit.pk, token)
    if not known:
        try:
            secret = services_visits.open_link(visit=visit)
        except RuleBroken:  # another browser was quicker by a moment
            return _guest_page(request, visit, decision, taken=True)
        path = reverse("live:guest", args=[visit.pk, token])
        answer.set_cookie(
            COOKIE, secret, max_age=86_400, path=path, secure=settings.SECURE, httponly=True, samesite="Lax"
        )
    return answer


def _guest_page(request: HttpRequest, visit: Visit, may: Decision, *, taken: bool) -> HttpResponse:
    context = {
        "visit": visit,
        "session": visit.session,
        "may": may,
        "taken": taken,
        "center": the_center(),
        "encrypted": queries.is_encrypted(visit.session),
    }
    return render(request, "live/guest.html", context, status=403 if taken or not may else 200)


@_of_guest
@require_safe
def guest_room(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Waiting, and then the room, for a guest."""
    if not permissions.visit(visit, visit.session):
        return redirect("live:guest", visit.pk, visits.token_of(visit))
    names = ("guest_ticket", "guest_people")
    ticket, people = (reverse(f"live:{name}", args=[visit.pk, visits.token_of(visit)]) for name in names)
    return _room(request, visit, {"ticket_url": ticket, "people_url": people})


@_of_guest
@require_POST
def guest_ticket(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _ticket(visit)


@_of_guest
@require_safe
def guest_people(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _people(visit)

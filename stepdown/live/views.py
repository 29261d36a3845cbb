"""The patient's door and room."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.live import (
    board,
    meanwhile,
    permissions,
    queries,
    services,
    services_inside,
    services_outside,
    sides,
    tickets,
    visits,
    words,
    words_devices,
)
from stepdown.live import door as doors
from stepdown.live.forms import HowForm, PlaceForm
from stepdown.live.links import socket_path
from stepdown.people import endings
from stepdown.people.access import patient_page
from stepdown.people.queries import the_center
from stepdown.timetable import queries as timetable
from stepdown.timetable.absences import stands_in


def session_of_patient(request: HttpRequest, session_id: UUID) -> Any:
    """The session, when this patient has a seat in it, or had one in its group."""
    session = timetable.sessions_of_patient(request.patient).filter(pk=session_id).first()
    return session or doors.session_of_old_seat(request.patient, session_id)


def _shut(request: HttpRequest, session: Any) -> HttpResponse | None:
    """The page that says why the door does not open now; None when it opens. A page that only asks whether it does
    (again.js) is answered with nothing, since its browser logs every refusal as an error."""
    found = doors.closed(session, request.patient, timezone.now())
    if found is None:
        return None
    if "open" in request.GET:
        return HttpResponse(status=204)
    handout = board.handout_of(session)
    context = {
        "session": session,
        "closed": found,
        "center": the_center(),
        "handout": handout,
        "meanwhile": meanwhile.offered(request.patient) if found.opens_at else [],
    }
    return render(request, "live/door_closed.html", context, status=403)


def _onward(request: HttpRequest, session: Any) -> HttpResponse | None:
    """The step that is still missing before the room; None when the patient may wait there."""
    step = doors.next_step(session, request.patient)
    return redirect(_address_of(step, session)) if step else None


def _address_of(step: str, session: Any) -> str:
    if step == "agree":
        back = reverse("live:door", args=[session.pk])
        return f"{reverse('privacy:agree')}?{urlencode({'next': back})}"
    return reverse(f"live:door_{step}", args=[session.pk])


@patient_page
@never_cache
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Where a personal link leads: into the room for whoever was let in, to an open door, else to Today."""
    session = doors.session_now(request.patient, timezone.now())
    if session is None:
        return redirect("desk:home")
    return redirect("live:room" if queries.is_admitted(session, request.patient) else "live:door", session.pk)


@patient_page
@never_cache
@require_safe
def door(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Step 1: camera and microphone."""
    session = session_of_patient(request, session_id)
    if refusal := _shut(request, session):
        return refusal
    if doors.next_step(session, request.patient) == "agree":
        return redirect(_address_of("agree", session))
    context = {
        "session": session,
        "handout": board.handout_of(session),
        "words": words_devices.door(),
        "stands_in": stands_in(session),
        "center": the_center(),
        "encrypted": queries.is_encrypted(session),
    }
    return render(request, "live/door_devices.html", context)


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door_where(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Step 2: where they are, how to call back, who else hears."""
    session = session_of_patient(request, session_id)
    if refusal := _shut(request, session):
        return refusal
    last = doors.check_shown(request.patient, request.POST.get("place", ""))
    offered = doors.places(request.patient, last)
    if request.method != "POST":
        form = PlaceForm(places=offered, initial=doors.first_answers(request.patient, offered, last))
        return _where(request, session, form, uncovered=doors.held_in(session, request.patient))
    form = PlaceForm(request.POST, places=offered)
    if not form.is_valid():
        return _where(request, session, form, status=422)
    said = {name: form.cleaned_data[name] for name in ("address", "state", "callback_phone", "alone")}
    how = doors.how_of(queries.door_check(session, request.patient))
    check = services.check_in(session=session, patient=request.patient, **said, **how)
    if not doors.is_covered(session, request.patient, said["state"]):
        services_outside.ask_directors(check=check)
        return _where(request, session, form, uncovered=form.state_named, status=422)
    return redirect("live:door_how" if said["alone"] else "live:door_near", session.pk)


def _where(request: HttpRequest, session: Any, form: PlaceForm, status: int = 200, uncovered: str = "") -> HttpResponse:
    context = {"session": session, "form": form, "uncovered": uncovered, "center": the_center()}
    return render(request, "live/door_where.html", context, status=status)


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door_near(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Someone is near: what helps, and going on once they are alone."""
    session = session_of_patient(request, session_id)
    if refusal := _shut(request, session):
        return refusal
    check = queries.door_check(session, request.patient)
    if check is None:
        return redirect("live:door_where", session.pk)
    if request.method == "POST":
        said = doors.place_of(check) | doors.how_of(check)
        services.check_in(session=session, patient=request.patient, **said, alone=True)
        return redirect("live:door_how", session.pk)
    return render(request, "live/door_near.html", {"session": session, "center": the_center()})


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door_how(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Step 3: urge, mood, use. It can be skipped."""
    session = session_of_patient(request, session_id)
    if refusal := _shut(request, session) or _onward(request, session):
        return refusal
    check = queries.door_check(session, request.patient)
    if check is None:
        return redirect("live:door_where", session.pk)
    before = doors.last_meeting(session, request.patient)
    since = doors.day_of_last(session, before, get_language() or "en") if before else ""
    how = doors.how_of(check)
    form = HowForm(request.POST if request.method == "POST" else None, since=since, initial=how)
    if request.method == "POST" and form.is_valid():
        said = doors.place_of(check)
        services.check_in(session=session, patient=request.patient, **said, alone=check.alone, **form.cleaned_data)
        return redirect("live:room", session.pk)
    context = {"session": session, "form": form, "to_skip": not how}
    return render(request, "live/door_how.html", context, status=422 if form.errors else 200)


@patient_page
@never_cache
@require_safe
def room(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Waiting for the group, and then the room itself."""
    session = session_of_patient(request, session_id)
    if refusal := _shut(request, session) or _onward(request, session):
        return refusal
    return render(request, "live/room_patient.html", _room(request, session))


def _room(request: HttpRequest, session: Any, sorry: str = "") -> dict[str, Any]:
    handout = board.handout_of(session)
    return {
        "session": session,
        "handout": handout,
        "sorry": sorry,
        "word_kinds": words.private_words(),
        "plan": board.plan(session, timezone.now(), handout),
        "begun": timezone.now() >= session.starts_at,
        "words": words.room(session.leader.first_name),
        "encrypted": queries.is_encrypted(session),
        "socket": socket_path(request),
        "check": queries.door_check(session, request.patient),
        "center": the_center(),
        "ticket_url": reverse("live:ticket", args=[session.pk]),
        "people_url": reverse("live:people", args=[session.pk]),
        "aside_url": reverse("live:aside", args=[session.pk]),
        "told": visits.told(session, request.patient),
        "meanwhile": meanwhile.offered(request.patient),
    }


@patient_page
@require_POST
def ticket(request: HttpRequest, session_id: UUID) -> JsonResponse:
    """A ticket for the live process, or the sentence why not and where it can be mended."""
    session = session_of_patient(request, session_id)
    decision = permissions.enter(request.patient, session)
    if not decision:
        step = doors.next_step(session, request.patient) if permissions.come(request.patient, session) else ""
        return JsonResponse({"why": decision.reason, "go": _address_of(step, session) if step else ""}, status=403)
    return JsonResponse(
        {
            "ticket": tickets.issue(
                session=session, patient=request.patient, browser=endings.mark_of_device(request.device)
            )
        }
    )


@patient_page
@never_cache
@require_safe
def people(request: HttpRequest, session_id: UUID) -> JsonResponse:
    """What the people in the room are called, for someone who was let in; at the door, who asks them to talk."""
    session = session_of_patient(request, session_id)
    told = sides.people_told(session, request.patient)
    if told is None or not permissions.enter(request.patient, session):
        raise Http404
    found = [
        {"join": str(one.join), "name": one.name, "role": one.role, "you": one.patient == request.patient.pk}
        for one in told
    ]
    return JsonResponse({"people": found})


@patient_page
@require_POST
def word(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A private word to the leaders, also from someone who still waits at the door."""
    session = session_of_patient(request, session_id)
    wants_json = "application/json" in request.headers.get("Accept", "")
    decision = permissions.enter(request.patient, session)
    if not decision and wants_json:
        return JsonResponse({"why": decision.reason}, status=403)
    decision.or_forbid()
    try:
        services_inside.tell_leaders(session=session, patient=request.patient, kind=request.POST.get("kind", ""))
    except RuleBroken as broken:
        if wants_json:
            return JsonResponse({"why": str(broken)}, status=422)
        return render(request, "live/room_patient.html", _room(request, session, sorry=str(broken)), status=422)
    if not wants_json:
        return redirect("live:room", session.pk)
    return JsonResponse({"said": words.word_sent(queries.leaders_in(session))})

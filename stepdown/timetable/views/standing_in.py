"""Who can stand in for one session: asked, assigned, and the answers."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.outreach.safe_way import said_of_all
from stepdown.people.access import staff_page
from stepdown.timetable import absences as reads
from stepdown.timetable import cover, permissions, queries, services_absences
from stepdown.timetable.absences import Place
from stepdown.timetable.forms_absences import AnswerForm, AskForm, AssignForm, PlaceForm
from stepdown.ui.tell import tell

SHOWN = 50  # of those who can, and of those who cannot


@staff_page(*permissions.LEADS)
@require_safe
def who(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Everyone who could stand in, and why others cannot."""
    session = _session(request, session_id)
    return _page(request, session, _place(session, request.GET.get("place", "")))


@staff_page(*permissions.LEADS)
@require_POST
def ask(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session, form = _session(request, session_id), AskForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        asked = sorted(said["staff"], key=lambda one: request.POST.getlist("staff").index(str(one.pk)))
        try:
            services_absences.ask(
                session=session,
                place=said["place"],
                staff=asked,
                in_order=said["order"] == AskForm.IN_ORDER,
                by=request.staff,
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Asked. The answers stand here.")
            return _back(session, said["place"])
    return _page(request, session, _place(session, request.POST.get("place", "")), form)


@staff_page(*permissions.DIRECTS)
@require_POST
def assign(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session, form = _session(request, session_id), AssignForm(request.POST)
    permissions.assign(request.staff).or_forbid()
    if form.is_valid():
        said = form.cleaned_data
        try:
            services_absences.assign(session=session, place=said["place"], staff=said["staff"], by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            patients = services_absences.told_who_leads(session) if said["place"] == Place.LEADER else []
            then = said_of_all(patients, "in the group is told who leads that day.") if patients else ""
            tell(request, f"Given. They are told. {then}".strip())
            return _back(session, said["place"])
    return _page(request, session, _place(session, request.POST.get("place", "")), form)


@staff_page(*permissions.LEADS)
@require_POST
def stop(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session, form = _session(request, session_id), PlaceForm(request.POST)
    if not form.is_valid():
        return _page(request, session, Place.LEADER, form)
    services_absences.stop_asking(session=session, place=form.cleaned_data["place"], by=request.staff)
    tell(request, "Nobody is asked any more. Who was asked is told.")
    return _back(session, form.cleaned_data["place"])


@staff_page(*permissions.LEADS)
@require_POST
def answer(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """Yes or no, from the one who is asked."""
    found = get_object_or_404(reads.asked(request.staff), pk=ask_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        yes = form.cleaned_data["answer"] == "yes"
        try:
            services_absences.answer(ask=found, yes=yes, by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "The session is yours. Thank you." if yes else "Thank you for telling.")
            return redirect("timetable:absences")
    return render(request, "timetable/answer_refused.html", {"form": form, "ask": found}, status=422)


def _session(request: HttpRequest, session_id: UUID) -> Any:
    found = get_object_or_404(queries.sessions_visible_to(request.staff), pk=session_id)
    permissions.ask_to_stand_in(request.staff, found).or_forbid()
    return found


def _place(session: Any, asked: str) -> str:
    """The place that is asked for, when the session has it; else the one whose owner is away."""
    if asked in Place.values and (asked == Place.LEADER or session.co_leader_id):
        return asked
    if (
        session.co_leader_id
        and reads.is_missing(session, Place.CO_LEADER)
        and not reads.is_missing(session, Place.LEADER)
    ):
        return Place.CO_LEADER
    return Place.LEADER


def _back(session: Any, place: str) -> HttpResponse:
    answer = redirect("timetable:stand_in", session.pk)
    answer["Location"] += f"?place={place}"
    return answer


def _page(request: HttpRequest, session: Any, place: str, form: Any = None) -> HttpResponse:
    found = reads.candidates(session, place)
    can, cannot = [one for one in found if one.can], [one for one in found if not one.can]
    asks = list(session.asks.filter(place=place).select_related("staff").order_by("made_at", "turn"))
    page = {
        "session": session,
        "place": place,
        "has": session.leader if place == Place.LEADER else session.co_leader,
        "is_missing": reads.is_missing(session, place),
        "short": cover.uncovered([session]).get(session.pk) if place == Place.LEADER else None,
        "can": can[:SHOWN],
        "can_count": len(can),
        "cannot": cannot[:SHOWN],
        "cannot_count": len(cannot),
        "to_ask": any(one.can and not (one.ask and one.ask.is_open) for one in found),
        "asks": asks,
        "is_asked": any(ask.is_open for ask in asks),
        "may_assign": permissions.assign(request.staff),
        "over": session.cancelled_at is not None or session.starts_at <= timezone.now(),
        "form": form,
    }
    return render(request, "timetable/stand_in.html", page, status=422 if form is not None else 200)

"""One session on a page of its own, where a director moves it, calls it off, brings it back or makes up for it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.outreach.safe_way import said_of_all
from stepdown.people.access import staff_page
from stepdown.timetable import permissions, queries, services_session
from stepdown.timetable.forms_session import CancelForm, SeenForm, WhenForm
from stepdown.timetable.models import Session
from stepdown.ui.tell import tell
from stepdown.ui.when import weekday, when


@require_safe
@staff_page(*permissions.DIRECTS)
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    return _page(request, _found(request, session_id))


@require_POST
@staff_page(*permissions.DIRECTS)
def move(request: HttpRequest, session_id: UUID) -> HttpResponse:
    found = _found(request, session_id)
    form = WhenForm(request.POST, session=found)
    if form.is_valid():
        try:
            moved = services_session.move_session(
                session=found, starts_at=form.starts_at, seen=form.cleaned_data["seen"], by=request.staff
            )
        except RuleBroken as broken:
            form.add_error("at", str(broken))
        else:
            then = when(moved.starts_at, timezone.now(), form.zone)
            tell(request, f"Moved: {weekday(moved.service_date)}, {then}. {_told(moved)}")
            return redirect("timetable:session", found.pk)
    return _page(request, _found(request, session_id), move=form)


@require_POST
@staff_page(*permissions.DIRECTS)
def cancel(request: HttpRequest, session_id: UUID) -> HttpResponse:
    found = _found(request, session_id)
    form = CancelForm(request.POST)
    if form.is_valid():
        told = _told(found)  # asked before: whose seat began with this session, sits in it no more
        try:
            services_session.cancel_session(session=found, by=request.staff, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error("why", str(broken))
        else:
            tell(request, f"Called off. {told} You can bring it back, or make up for it.")
            return redirect("timetable:session", found.pk)
    return _page(request, _found(request, session_id), cancel=form)


@require_POST
@staff_page(*permissions.DIRECTS)
def take_back(request: HttpRequest, session_id: UUID) -> HttpResponse:
    found = _found(request, session_id)
    form = SeenForm(request.POST)
    if form.is_valid():
        try:
            services_session.take_back_cancellation(session=found, by=request.staff, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, f"It takes place after all. {_told(found)}")
            return redirect("timetable:session", found.pk)
    return _page(request, _found(request, session_id), back=form)


@require_POST
@staff_page(*permissions.DIRECTS)
def make_up(request: HttpRequest, session_id: UUID) -> HttpResponse:
    found = _found(request, session_id)
    form = WhenForm(request.POST, session=found)
    if form.is_valid():
        try:
            instead = services_session.make_up(session=found, starts_at=form.starts_at, by=request.staff)
        except RuleBroken as broken:
            form.add_error("at", str(broken))
        else:
            tell(request, f"There is a session instead. {_told(instead)}")
            return redirect("timetable:session", instead.pk)
    return _page(request, _found(request, session_id), instead=form)


def _told(session: Session) -> str:
    if session.ends_at <= timezone.now():
        return "Nobody is told, as its time is past."
    patients, _ = services_session.concerned(session)
    return said_of_all(patients, "is told.")


def _found(request: HttpRequest, session_id: UUID) -> Any:
    permissions.direct(request.staff).or_forbid()
    sessions = queries.sessions_visible_to(request.staff).select_related("makes_up_for", "changed_by")
    return get_object_or_404(sessions, pk=session_id)


def _page(request: HttpRequest, found: Any, **forms: Any) -> HttpResponse:
    """The session with its forms; one of them filled in when it was not done."""
    patients, staff = services_session.concerned(found)
    visible = [seat.patient for seat in queries.roster(found, reader=request.staff)]
    now, instead_of_it = timezone.now(), found.made_up_by.standing().first()
    may, off = permissions.change_session(found, now), permissions.call_off(found, now)
    offered = {
        "move": may and not found.cancelled_at,
        "cancel": off and not found.cancelled_at,
        "back": off and found.cancelled_at,
        "instead": found.cancelled_at and not instead_of_it,
    }
    context = {
        "session": found,
        "group": found.group,
        "zone": found.group.zone,
        "may": may,
        "off": off,
        "said_afterwards": off and not may,
        "offered": offered,
        "refused": [form.error_summary[0].sentence for name, form in forms.items() if not offered[name]],
        "patients": len(patients),
        "untold": [one for one in visible if one.safe_contact_note],
        "staff": [one for one in staff if one != request.staff],
        "instead_of_it": instead_of_it,
        "move": WhenForm(session=found),
        "cancel": CancelForm(initial={"seen": found.revision}),
        "back": SeenForm(initial={"seen": found.revision}),
        "instead": WhenForm(session=found),
    }
    return render(request, "timetable/session.html", context | forms, status=422 if forms else 200)

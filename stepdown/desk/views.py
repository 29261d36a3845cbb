"""Where patients and staff arrive, and the pages that join what several stages know."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.chart.queries_safety import safety_plan_of
from stepdown.chart.queries_tries import tries_without_note
from stepdown.desk import drawings, pages, permissions
from stepdown.desk.queries import outlook as ahead_of
from stepdown.desk.queries.day import Day, day_of
from stepdown.desk.queries.days import WHOLE_DAY, held_days
from stepdown.desk.queries.find import find as find_for
from stepdown.desk.queries.home import home as home_of
from stepdown.desk.queries.month import month_of
from stepdown.live.after import to_call
from stepdown.live.outside import held_for
from stepdown.live.permissions import lead, prepare
from stepdown.live.queries import rooms_without_leader
from stepdown.live.visits import rooms_visited
from stepdown.measures import queries as measures
from stepdown.people.access import patient_page, staff_page
from stepdown.people.fresh import prove_before_file
from stepdown.people.models import Role, Staff
from stepdown.placement.queries import patient_visible_to
from stepdown.privacy import gate
from stepdown.privacy.permissions_restricted import OPENS_IN_EMERGENCY
from stepdown.privacy.queries_retention import holds_shown
from stepdown.timetable.absences import asks_to, stands_in, without_leader
from stepdown.timetable.license_board import short_soon
from stepdown.timetable.models import Session
from stepdown.timetable.permissions import change_session, direct
from stepdown.transitions import queries as transitions
from stepdown.ui import navigation, pdf
from stepdown.ui.charts.attendance import marks_key

VISITS_AHEAD = timedelta(days=7)
SHOWN = 3  # sessions without a leader
TRIES_SHOWN = 5  # calls and texts without a note


@staff_page(*Role)
def arrive(request: HttpRequest) -> HttpResponse:
    """Each role's own first page."""
    return redirect(next(page for roles, page in permissions.ARRIVES_AT if request.staff.has_role(*roles)))


@staff_page(*permissions.LEADS)
def day(request: HttpRequest) -> HttpResponse:
    now, zone = timezone.now(), timezone.get_current_timezone()
    shown = day_of(request.staff, now, zone)
    context = {
        "day": shown,
        "ruler": drawings.ruler(shown, zone),
        "rows": [(row, drawings.of_row(row)) for row in shown.rows],
        "leads": shown.next is not None and request.staff.pk in (shown.next.leader_id, shown.next.co_leader_id),
        "may_lead": lead(request.staff, shown.next, now) if shown.next else None,
        "may_prepare": prepare(request.staff, shown.next, now) if shown.next else None,
        "month": month_of(request.staff, now, zone),
        "news": _news(shown),
        "to_call": to_call(request.staff),
        "tries": tries_without_note(request.staff, now)[:TRIES_SHOWN],
        "held": held_for(request.staff, now),
        "asks": asks_to(request.staff, now),
        "missing": without_leader(now, None if request.staff.has_role(Role.DIRECTOR) else request.staff)[:SHOWN],
        "short": short_soon(None if request.staff.has_role(Role.DIRECTOR) else request.staff, now),
        "alone": [
            (away, _may_call_off(request.staff, away.session, now)) for away in rooms_without_leader(request.staff)
        ],
        "work": measures.work_open(request.staff),
        "visited": rooms_visited(request.staff, now, now + VISITS_AHEAD),
        "marks_key": marks_key("present", "partial", "missed", "excused"),
    }
    return render(request, "desk/day.html", context)


def _may_call_off(staff: Staff, session: Session, now: datetime) -> bool:
    """Whether this person can let a session go that nobody has opened."""
    return bool(direct(staff) and change_session(session, now))


def _news(day: Day) -> str:
    """Which title the page has: running, soon (within the hour), today, over or none."""
    if day.next is None or not day.is_today:
        return "over" if day.sessions else "none"
    if day.running:
        return "running"
    return "soon" if (day.next.starts_at - day.now).total_seconds() < 3600 else "today"


@staff_page(*permissions.SEES_PATIENTS)
def patient(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    found = patient_visible_to(request.staff, patient_id)
    if found is None:
        raise Http404
    page = pages.patient_page(found, request.staff, timezone.now())
    if pdf.wanted(request):
        prove_before_file(request)
        gate.inside(request.staff, found)
        ids = {"patient_id": found.pk, "by": request.staff.pk}
        return pdf.answer(request, "desk/patient_pdf.html", page, file="chart", **ids)
    # Only here: a copy of the chart may go on to others.
    return render(request, "desk/patient.html", page | {"holds": holds_shown(request.staff, found)})


def _way(episode: Any, week: int | None) -> Any:
    return drawings.way_of(transitions.timeline(episode), timezone.localdate(), week) if episode else None


@staff_page(*permissions.SEES_HELD_DAYS)
def days(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/held_days.html", {"days": held_days(timezone.now()), "whole": WHOLE_DAY})


@staff_page(*permissions.LOOKS_AHEAD)
def outlook(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    ahead = ahead_of.chairs_ahead(request.staff, now, request.GET.get("page"))
    together = ahead_of.totals(ahead.groups)
    loads, leaders = ahead_of.loads(now)
    context = {
        "ahead": ahead,
        "list": ahead.found,
        "all": together,
        "first": together[0] if together else None,
        "last": together[-1] if together else None,
        "loads": loads,
        "leaders": leaders,
        "waits": ahead_of.waits(request.staff, now, timezone.get_current_timezone()),
    }
    return render(request, "desk/outlook.html", context)


@require_safe
@staff_page(*Role)
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits behind each entry of the reader's menu; every page asks once it stands."""
    return render(request, "ui/_waiting.html", {"places": navigation.staff.waiting(request.staff)})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def find(request: HttpRequest) -> HttpResponse:
    """What was looked for comes by POST, so that no address carries a name."""
    may_open = request.staff.has_role(*OPENS_IN_EMERGENCY)
    page = {"found": find_for(request, request.POST.get("q", "")), "may_open": may_open}
    return render(request, "desk/found.html", page)


@patient_page
def home(request: HttpRequest) -> HttpResponse:
    shown = home_of(request.patient, timezone.now(), timezone.get_current_timezone())
    context = {
        "home": shown,
        "stands_in": stands_in(shown.session),
        "way": _way(shown.episode, shown.week_number),
        "waiting": measures.to_answer(request.patient),
    }
    return render(request, "desk/home.html", context)


@patient_page
def get_help(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/help.html", {"safety_plan": safety_plan_of(request.patient)})

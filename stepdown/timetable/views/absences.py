"""Who is away, which sessions have nobody who leads them, and what one is asked."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.models import Role
from stepdown.timetable import absences as reads
from stepdown.timetable import permissions, queries, services_absences
from stepdown.timetable.forms_absences import AbsenceForm
from stepdown.ui.tell import tell

MINE_SHOWN = 6
BESIDE = {"away_once": "first_on", "absence_ends_after_it_begins": "last_on"}


@staff_page(*permissions.LEADS)
@require_safe
def absences(request: HttpRequest) -> HttpResponse:
    return render(request, "timetable/absences.html", _page(request))


@staff_page(*permissions.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest) -> HttpResponse:
    """Fill in, look at the sessions it touches, then mark it."""
    form = AbsenceForm(request.POST or None, by=request.staff)
    touched = None
    if request.method == "POST" and form.is_valid():
        staff = form.cleaned_data.get("who") or request.staff
        permissions.mark_absence(request.staff, staff).or_forbid()
        if request.POST.get("act") != "mark":
            touched = reads.led_in(staff, form.starts_at, form.ends_at)
        else:
            try:
                services_absences.mark_absence(
                    staff=staff, starts_at=form.starts_at, ends_at=form.ends_at, by=request.staff
                )
            except RuleBroken as broken:
                field = BESIDE.get(broken.rule, broken.rule)
                form.add_error(field if field in form.fields else None, str(broken))
            else:
                tell(request, "Marked. See who can stand in for each session.")
                return redirect("timetable:absences")
    page = {"form": form, "touched": touched}
    return render(request, "timetable/absence_new.html", page, status=422 if form.errors else 200)


@staff_page(*permissions.LEADS)
@require_POST
def away_for_one(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The leader or co-leader who asks, or for a director the leader, is away for this one session."""
    session = get_object_or_404(queries.sessions_visible_to(request.staff), pk=session_id)
    staff = request.staff if request.staff.pk == session.co_leader_id else session.leader
    permissions.mark_absence(request.staff, staff).or_forbid()
    try:
        services_absences.mark_absence(
            staff=staff, starts_at=session.starts_at, ends_at=session.ends_at, by=request.staff
        )
    except RuleBroken as broken:
        return render(request, "timetable/absences.html", _page(request, refused=str(broken)), status=422)
    tell(request, "Marked. See who can stand in.")
    return redirect("timetable:stand_in", session.pk)


@staff_page(*permissions.LEADS)
@require_POST
def take_back(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    absence = get_object_or_404(reads.absences_visible_to(request.staff), pk=absence_id)
    permissions.mark_absence(request.staff, absence.staff).or_forbid()
    given = services_absences.take_back_absence(absence=absence, by=request.staff)
    if given:
        many = "One session stays" if given == 1 else f"{given} sessions stay"
        tell(request, f"Taken back. {many} with who stands in: {absence.staff.name} is not free then.")
    else:
        tell(request, "Taken back. All sessions are as before. Who stood in, and who comes after all, is told.")
    return redirect("timetable:absences")


def _page(request: HttpRequest, refused: str = "") -> dict[str, Any]:
    now, me = timezone.now(), request.staff
    everyone = me.has_role(Role.DIRECTOR)
    without = reads.without_leader(now, None if everyone else me)
    missing = list(without[: reads.SHOWN])
    return {
        "asks": reads.asks_to(me, now),
        "missing": reads.with_asks(missing),
        "missing_count": without.count() if len(missing) == reads.SHOWN else len(missing),
        "co_missing": list(reads.without_co_leader(now, None if everyone else me)[: reads.SHOWN]),
        "standing": reads.standing_absences(me, now, timezone.get_current_timezone()),
        "mine": reads.led_in(me, now, now + reads.AHEAD)[:MINE_SHOWN],
        "directs": everyone,
        "refused": refused,
    }

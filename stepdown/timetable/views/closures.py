"""Holidays and other days on which the whole center is closed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from stepdown.kernel.db import RuleBroken
from stepdown.outreach.safe_way import NOTED
from stepdown.people.access import staff_page
from stepdown.timetable import permissions, queries, services_closures
from stepdown.timetable.forms_closures import ClosureForm, OpenForm
from stepdown.timetable.models import Session
from stepdown.ui.tell import tell
from stepdown.ui.when import clock


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*permissions.DIRECTS)
def closures(request: HttpRequest) -> HttpResponse:
    """Fill in the days, look at what they call off, then close."""
    permissions.direct(request.staff).or_forbid()
    form = ClosureForm(request.POST or None)
    looked_at = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") != "close":
            days = form.cleaned_data["first_on"], form.cleaned_data["last_on"]
            now = timezone.now()
            off, stay = services_closures.sorted_out(queries.sessions_in(*days, now), now)
            looked_at = {"sessions": off, "stay": list(map(_stays, stay)), "people": services_closures.concerned(off)}
        else:
            try:
                made = services_closures.close_center(by=request.staff, **form.cleaned_data)
            except RuleBroken as broken:
                form.add_error("first_on", str(broken))
            else:
                said = f"Closed on these days. Everyone whose session is called off is told. {NOTED}"
                left = queries.sessions_in(made.first_on, made.last_on, timezone.now())
                tell(request, " ".join([said, *map(_stays, left)]))
                return redirect("timetable:closures")
    context = {"form": form, "looked_at": looked_at, "closures": queries.closures(timezone.localdate())}
    status = 422 if form.is_bound and looked_at is None else 200
    return render(request, "timetable/closures.html", context, status=status)


def _stays(session: Session) -> str:
    at = clock(session.starts_at, session.group.zone)
    return f"{session.group.name}, at {at}, stays: the group has met, or people are in its room."


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*permissions.DIRECTS)
def closure(request: HttpRequest, closure_id: UUID) -> HttpResponse:
    """One closure: what it called off, and taking it back."""
    permissions.direct(request.staff).or_forbid()
    found = get_object_or_404(queries.all_closures(), pk=closure_id)
    now = timezone.now()
    off = list(queries.called_off_by(found))
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            back, left = services_closures.open_center(
                closure=found, bring_back=form.cleaned_data["sessions"] == "back", by=request.staff
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            stay = f" {left} stay called off: their leader or group is taken by now." if back and left else ""
            tell(
                request, f"Open on these days. {back} {'session takes' if back == 1 else 'sessions take'} place.{stay}"
            )
            return redirect("timetable:closures")
    context = {
        "closure": found,
        "off": off,
        "ahead": [session for session in off if session.starts_at > now],
        "may": permissions.open_center(found, timezone.localdate()),
        "form": form,
    }
    return render(request, "timetable/closure.html", context, status=422 if form.is_bound else 200)

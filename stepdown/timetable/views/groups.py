"""Opening a group, and the sessions of one."""

from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.placement import words
from stepdown.placement.permissions import offer_seats
from stepdown.placement.programs import Kind
from stepdown.placement.queries import groups_visible_to, uuid_or_none
from stepdown.timetable import absences, cover, permissions, queries, services
from stepdown.timetable.forms import GroupForm, as_it_is
from stepdown.ui.tell import tell


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*permissions.DIRECTS)
def new(request: HttpRequest) -> HttpResponse:
    """One page: fill in, look at the sessions it would make, then open the group."""
    permissions.create_groups(request.staff).or_forbid()
    form = GroupForm(request.POST or None, initial=_filled_in(request))
    looked_at = False
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") != "open":
            looked_at = True
        else:
            try:
                group = services.open_group(by=request.staff, **form.group)
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                tell(request, f"{group.name} is open, with {len(form.meetings)} sessions for three months.")
                return redirect("placement:group", group.pk)
    context = {"form": form, "looked_at": looked_at}
    if looked_at:
        context["zone"] = ZoneInfo(form.cleaned_data["time_zone"])
    return render(request, "timetable/new.html", context, status=422 if form.is_bound and not looked_at else 200)


def _filled_in(request: HttpRequest) -> dict[str, Any]:
    """What the form begins with: as another group is (`like`, its id), led by `leader` (an id) from `opened_on` on.
    What makes no sense is passed over."""
    filled = {"time_zone": request.staff.time_zone, "chairs": "10", "opened_on": timezone.localdate()}
    like = uuid_or_none(request.GET.get("like", ""))
    if like and (group := groups_visible_to(request.staff).filter(pk=like).first()):
        filled |= {"program": group.program_id, "chairs": str(group.program.seats_limit)} | as_it_is(group)
    if (kind := request.GET.get("program")) in Kind.values:
        filled["program"] = kind
    if leader := uuid_or_none(request.GET.get("leader", "")):
        filled["leader"] = leader
    with suppress(ValueError):
        filled["opened_on"] = date.fromisoformat(request.GET.get("opened_on", ""))
    return filled


@require_safe
@staff_page(*permissions.SEES_GROUPS)
def sessions(request: HttpRequest, group_id: UUID) -> HttpResponse:
    now = timezone.now()
    group = get_object_or_404(groups_visible_to(request.staff), pk=group_id)
    planned = queries.change_ahead(group)
    minutes = group.program.meeting_minutes
    past = list(queries.past_sessions_of_group(group, now)[:12])
    coming = cover.marked(queries.sessions_of_group(group, now))
    context = {
        "group": group,
        "meets": words.meets(group, now),
        "led_by": words.led_by(group),
        "meant_for": words.meant_for(group),
        "coming": coming,
        "missing": absences.missing_among(coming),
        "may_ask": request.staff.has_role(*permissions.LEADS),
        "past": past,
        "past_parts": queries.zones_of(group, past),
        "change": permissions.direct(request.staff),
        "offer": offer_seats(request.staff),
        "planned": planned,
        "planned_meets": planned and words.meets_on(planned.days, planned.starts_at, minutes, planned.zone, now),
        "changes": [
            (change, words.meets_on(change.days, change.starts_at, minutes, change.zone, now))
            for change in queries.changes_of(group)
        ],
        "may_change": permissions.direct(request.staff),
        "never_met": {s.pk for s in past if s.cancelled_at is None and permissions.call_off(s, now)},
        "on_record": set(queries.records_visible_to(request.staff).filter(pk__in=[s.pk for s in past])),
        "now": now,
        "zone": group.zone,
    }
    return render(request, "timetable/sessions.html", context)

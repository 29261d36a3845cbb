"""Groups: the list, one group's chairs, and the map of all seats."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from stepdown.people.access import staff_page
from stepdown.people.permissions import change_licenses
from stepdown.placement import drawings, permissions, queries, words
from stepdown.ui.charts.seats import chairs_key


@require_GET
@staff_page(*permissions.SEES_GROUPS)
def groups(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    rows = [_row(each, now) for each in queries.all_groups_now(now)]
    own = set(queries.groups_visible_to(request.staff).values_list("pk", flat=True))
    context = {
        "rows": rows,
        "own": own,
        "free": sum(len(row["now"].free_next) for row in rows),
        "create": permissions.create_groups(request.staff),
    }
    return render(request, "placement/groups.html", context)


@require_GET
@staff_page(*permissions.SEES_GROUPS)
def seats(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    rows = [_row(each, now) for each in queries.all_groups_now(now)]
    for row in rows:
        states = drawings.chair_states(row["now"].there_next, row["now"].seats, row["now"].next_at or now)
        row |= {"chairs": drawings.chair_row(states), "held": states.count("held"), "taken": states.count("taken")}
    own = set(queries.groups_visible_to(request.staff).values_list("pk", flat=True))
    context = {"rows": rows, "own": own, "key": chairs_key(), "free": sum(len(row["now"].free_next) for row in rows)}
    return render(request, "placement/seats.html", context)


@require_GET
@staff_page(*permissions.SEES_GROUPS)
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    return group_response(request, group_id)


def group_response(request: HttpRequest, group_id: UUID, *, refused: str = "", status: int = 200) -> HttpResponse:
    """The group's page; `refused` is the sentence why an act on it was not done."""
    now = timezone.now()
    found = get_object_or_404(queries.groups_visible_to(request.staff), pk=group_id)
    context = {
        "group": found,
        "meets": words.meets(found, now),
        "led_by": words.led_by(found),
        "meant_for": words.meant_for(found),
        "page": queries.group_page(found, request.staff, queries.episodes_visible_to(request.staff), now),
        "key": chairs_key(),
        "offer": permissions.offer_seats(request.staff),
        "may_record": change_licenses(request.staff, found.leader),
        "change": permissions.create_groups(request.staff),
        "refused": refused,
        "now": now,
    }
    return render(request, "placement/group.html", context, status=status)


def _row(each: queries.GroupNow, now: datetime) -> dict[str, Any]:
    return {"now": each, "group": each.group, "meets": words.meets(each.group, each.next_at or now)}

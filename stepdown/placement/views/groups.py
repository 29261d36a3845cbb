"""Groups: the list, one group's chairs, and the map of all seats."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.people.access import staff_page
from stepdown.people.permissions import change_licenses
from stepdown.placement import drawings, permissions, queries, words
from stepdown.ui.charts.seats import chairs_key


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*permissions.SEES_GROUPS)
def groups(request: HttpRequest) -> HttpResponse:
    context = _list(request, timezone.now()) | {"create": permissions.create_groups(request.staff)}
    return render(request, "placement/groups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*permissions.SEES_GROUPS)
def seats(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = _list(request, now)
    for row in context["rows"]:
        states = drawings.chair_states(row["now"].there_next, row["now"].seats, row["now"].next_at or now)
        row |= {"chairs": drawings.chair_row(states), "held": states.count("held"), "taken": states.count("taken")}
        # Nobody sits there yet, and somebody will before a new person's program ended.
        row["promised"] = max(0, states.count("free") - len(row["now"].free_next))
    return render(request, "placement/seats.html", context | {"key": chairs_key()})


def _list(request: HttpRequest, now: datetime) -> dict[str, Any]:
    """One page of groups. What is looked for comes by POST, as names stay out of addresses."""
    asked = request.POST if request.method == "POST" else request.GET
    found = queries.group_list(request.POST.get("words", ""), asked.get("page"), now)
    rows = [
        {"now": each, "group": each.group, "meets": words.meets(each.group, each.next_at or now)}
        for each in found.groups
    ]
    own = queries.groups_visible_to(request.staff).filter(pk__in=[each.group.pk for each in found.groups])
    return {
        "list": found,
        "rows": rows,
        "own": set(own.values_list("pk", flat=True)),
        "free": sum(len(each.free_next) for each in found.groups),
    }


@require_safe
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

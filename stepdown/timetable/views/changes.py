"""A group that changes from a day on, is closed, or opens again: looked at before anything is stored."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from stepdown.kernel.db import RuleBroken
from stepdown.outreach.safe_way import NOTED
from stepdown.people.access import staff_page
from stepdown.placement import words
from stepdown.placement.queries import groups_visible_to
from stepdown.timetable import permissions, queries, services_closing, services_group
from stepdown.timetable.forms_group import ChangeForm, CloseForm
from stepdown.ui.tell import tell


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*permissions.DIRECTS)
def change(request: HttpRequest, group_id: UUID) -> HttpResponse:
    group = _found(request, group_id)
    form = ChangeForm(request.POST or None, group=group, seen=queries.seen_as(group))
    if request.method == "POST" and form.is_valid() and request.POST.get("act") == "save":
        if form.plan and form.plan.misfits and not form.cleaned_data["despite"]:
            form.add_error("despite", "Say that you know for whom the group is no longer right.")
        elif _saved(request, group, form):
            return redirect("timetable:sessions", group.pk)
    return _page(request, group, form=form, status=422 if form.is_bound and form.errors else 200)


def _saved(request: HttpRequest, group: Any, form: ChangeForm) -> bool:
    values = form.cleaned_data
    try:
        made = services_group.change_group(
            group=group,
            from_on=values["from_on"],
            seen=values["seen"],
            follow=form.following,
            despite=values["despite"],
            chairs=form.chairs_then,
            by=request.staff,
            **form.values,
        )
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return False
    many = len(form.plan.changed) if form.plan else 0
    said = (
        f"{many} {'session follows' if many == 1 else 'sessions follow'}" if many else "No session is at another time"
    )
    tell(request, f"{made.name} changes. {said}.")
    return True


@require_POST
@staff_page(*permissions.DIRECTS)
def take_back(request: HttpRequest, group_id: UUID) -> HttpResponse:
    group = _found(request, group_id)
    planned = queries.change_ahead(group)
    try:
        if planned is None:
            raise RuleBroken("No change of this group is planned any more.")
        services_group.take_back_change(change=planned, by=request.staff)
    except RuleBroken as broken:
        return _page(request, group, refused=str(broken), status=422)
    tell(request, f"Taken back. The group goes on as it is, and everyone is told. {NOTED}")
    return redirect("timetable:sessions", group.pk)


@require_POST
@staff_page(*permissions.DIRECTS)
def close(request: HttpRequest, group_id: UUID) -> HttpResponse:
    group = _found(request, group_id)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            services_closing.close_group(group=group, by=request.staff, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error("closed_on", str(broken))
        else:
            tell(request, "The group closes that day.")
            return redirect("timetable:sessions", group.pk)
    return _page(request, group, close=form, status=422)


@require_POST
@staff_page(*permissions.DIRECTS)
def reopen(request: HttpRequest, group_id: UUID) -> HttpResponse:
    group = _found(request, group_id)
    try:
        services_closing.reopen_group(group=group, by=request.staff)
    except RuleBroken as broken:
        return _page(request, group, refused=str(broken), status=422)
    tell(request, "The group stays open. Its sessions are back.")
    return redirect("timetable:sessions", group.pk)


def _found(request: HttpRequest, group_id: UUID) -> Any:
    permissions.direct(request.staff).or_forbid()
    return get_object_or_404(groups_visible_to(request.staff), pk=group_id)


def _page(request: HttpRequest, group: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    now, planned, seen = timezone.now(), queries.change_ahead(group), queries.seen_as(group)
    minutes = group.program.meeting_minutes
    context = {
        "group": group,
        "meets": words.meets(group, now),
        "led_by": words.led_by(group),
        "meant_for": words.meant_for(group),
        "seen": seen,
        "planned": planned,
        "planned_meets": planned and words.meets_on(planned.days, planned.starts_at, minutes, planned.zone, now),
        "now": now,
        "zone": group.zone,
        "close": CloseForm(),
    } | more
    context.setdefault("form", ChangeForm(None, group=group, seen=seen))
    plan = context["form"].plan
    context |= {"plan": plan, "following": {str(pk) for pk in context["form"].following} if plan else set()}
    return render(request, "timetable/change.html", context, status=status)

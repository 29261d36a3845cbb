"""A group's standby room: seen by whoever sees the group, set by a clinical director."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.live import elsewhere, permissions, queries_standby, services_standby
from stepdown.live.forms_standby import StandbyForm
from stepdown.people.access import staff_page
from stepdown.placement import permissions as placement
from stepdown.placement import words
from stepdown.placement.models import Group
from stepdown.placement.queries import groups_visible_to
from stepdown.ui.tell import tell


@staff_page(*placement.SEES_GROUPS)
@require_safe
def standby(request: HttpRequest, group_id: UUID) -> HttpResponse:
    return _page(request, get_object_or_404(groups_visible_to(request.staff), pk=group_id))


@staff_page(*placement.DIRECTS)
@require_POST
def set_standby(request: HttpRequest, group_id: UUID) -> HttpResponse:
    group = get_object_or_404(groups_visible_to(request.staff), pk=group_id)
    permissions.set_standby_room(request.staff).or_forbid()
    form = StandbyForm(request.POST)
    if form.is_valid():
        try:
            services_standby.set_standby_room(group=group, address=form.cleaned_data["address"], by=request.staff)
        except RuleBroken as broken:
            form.add_error("address", str(broken))
        else:
            tell(request, "Saved.")
            return redirect("live:standby", group.pk)
    return _page(request, group, form, status=422)


def _page(request: HttpRequest, group: Group, form: StandbyForm | None = None, status: int = 200) -> HttpResponse:
    known = queries_standby.standby_room(group)
    address = known.address if known is not None else ""
    context = {
        "group": group,
        "meets": words.meets(group, timezone.now()),
        "led_by": words.led_by(group),
        "meant_for": words.meant_for(group),
        "form": form or StandbyForm(initial={"address": address}),
        "known": known,
        "is_off": bool(address) and not elsewhere.may_meet(address),
        "may": permissions.set_standby_room(request.staff),
    }
    return render(request, "live/standby.html", context, status=status)

"""Work items: what nobody has settled, one of them, taking it, writing down what was done."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.live.queries import last_door_check
from stepdown.measures import permissions, queries, services_work
from stepdown.measures.domain.reasons import items_behind
from stepdown.measures.forms import SettleForm
from stepdown.measures.instruments import instrument_of
from stepdown.people.access import staff_page
from stepdown.placement.queries import patients_visible_to
from stepdown.privacy.queries import who_allow_emergency_call

clinical = staff_page(*permissions.CLINICAL)


@clinical
@never_cache
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    items = queries.work_open(request.staff)
    now = timezone.now()
    context = {"found": items, "late": sum(item.due_at <= now for item in items), "now": now}
    return render(request, "measures/work.html", context)


def _item(request: HttpRequest, work_item_id: UUID) -> Any:
    return get_object_or_404(queries.work_visible_to(request.staff), pk=work_item_id)


@clinical
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def work_item(request: HttpRequest, work_item_id: UUID) -> HttpResponse:
    """What was answered, what the instrument says is to be done, how to reach them, and what was done."""
    item = _item(request, work_item_id)
    if request.method != "POST":
        return _page(request, item, SettleForm())
    permissions.settle(item).or_forbid()
    form = SettleForm(request.POST)
    if not form.is_valid():
        return _page(request, item, form, status=422)
    try:
        services_work.settle(item=item, by=request.staff, **form.cleaned_data)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return _page(request, item, form, status=422)
    return redirect("measures:work_item", item.pk)


def _page(request: HttpRequest, item: Any, form: SettleForm, status: int = 200) -> HttpResponse:
    opens = queries.administrations_visible_to(request.staff).filter(pk__in={item.administration_id, item.asks_for_id})
    context = _why(item) | {
        "item": item,
        "form": form,
        "check": last_door_check(item.patient),
        "agreed_to_call": bool(who_allow_emergency_call([item.patient.pk])),
        "sees": patients_visible_to(request.staff).filter(pk=item.patient_id).exists(),
        "opens": set(opens.values_list("pk", flat=True)),
        "may_take": permissions.take(request.staff, item),
        "may_settle": permissions.settle(item),
        "is_late": item.settled_at is None and item.due_at <= timezone.now(),
    }
    return render(request, "measures/work_item.html", context, status=status)


def _why(item: Any) -> dict[str, Any]:
    """The answers that raised it; of what somebody outside wrote, none."""
    if item.concern:
        return {}
    definition = instrument_of(item.administration)
    behind = items_behind(definition, item.flag)
    told = [line for line in queries.lines(item.administration, definition) if line.item.id in behind]
    return {"definition": definition, "told": told}


@clinical
@require_POST
def take(request: HttpRequest, work_item_id: UUID) -> HttpResponse:
    item = _item(request, work_item_id)
    permissions.take(request.staff, item).or_forbid()
    services_work.take(item=item, by=request.staff)
    return redirect("measures:work_item", item.pk)

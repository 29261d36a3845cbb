"""Placing the whole waitlist: ask for a plan, see how far it is, read it, approve all or some of it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.outreach.safe_way import said_of_all
from stepdown.people.access import staff_page
from stepdown.placement import permissions, queries, services_plans, words
from stepdown.placement.errors import PlanDoesNotHold
from stepdown.placement.forms_waiting import SeedForm
from stepdown.placement.links import link_to
from stepdown.ui.tell import tell


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*permissions.SEATS)
def plans(request: HttpRequest) -> HttpResponse:
    form = SeedForm(request.POST or None)
    if request.method == "POST":
        permissions.offer_seats(request.staff).or_forbid()
        if form.is_valid():
            try:
                proposal = services_plans.ask_for_plan(seed=form.cleaned_data["seed"] or 0, by=request.staff)
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                return redirect("placement:plan", proposal.pk)
    context = {"form": form, "plans": queries.plans()[:20], "doing": queries.DOING}
    return render(request, "placement/plans.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*permissions.SEATS)
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.plans(), pk=plan_id)
    if request.method != "POST":
        return _page(request, found)
    permissions.offer_seats(request.staff).or_forbid()
    chosen = [pk for text in request.POST.getlist("person") if (pk := queries.uuid_or_none(text))]
    try:
        made = services_plans.approve(proposal=found, people=chosen, by=request.staff)
    except PlanDoesNotHold as broken:
        return _page(request, found, refused=str(broken), sentences=broken.sentences, chosen=chosen)
    except RuleBroken as broken:
        return _page(request, found, refused=str(broken))
    many = "One chair is" if len(made) == 1 else f"{len(made)} chairs are"
    told = said_of_all((seat.patient for seat in made), "gets the link to accept it; after 9 pm it waits until 8 am.")
    tell(request, f"{many} held for 48 hours. {told}")
    return redirect("placement:plan", found.pk)


@require_safe
@staff_page(*permissions.SEATS)
def progress(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The part of the page that asks again every two seconds; when there is a plan, the page is read anew."""
    found = get_object_or_404(queries.plans(), pk=plan_id)
    response = render(request, "placement/_plan_progress.html", _progress(found))
    if found.done_at or found.failed_at:
        response["HX-Refresh"] = "true"
    return response


def _set_up(request: HttpRequest, new: queries.NewGroup) -> str:
    """The page that sets the group up, filled in as the plan has it; "" for whoever may not."""
    if not permissions.create_groups(request.staff):
        return ""
    asked = {"like": new.like.pk, "leader": new.by, "opened_on": new.opens_on.isoformat()}
    return f"{link_to('timetable:new')}?{urlencode(asked)}"


def _progress(found: Any) -> dict[str, Any]:
    told = found.progress or {}
    return {
        "plan": found,
        "doing": queries.DOING.get(told.get("doing", ""), ""),
        "seconds": told.get("seconds"),
        "goals": [{**goal, "said": queries.GOALS[goal["name"]]} for goal in told.get("goals", [])][:4],
    }


def _page(
    request: HttpRequest,
    found: Any,
    *,
    refused: str = "",
    sentences: dict[UUID, str] | None = None,
    chosen: list[UUID] | None = None,
) -> HttpResponse:
    now = timezone.now()
    context = _progress(found) | {"refused": refused, "chosen": chosen, "now": now}
    if found.done_at:
        page = queries.plan_page(found, request.staff, sentences or {}, now)
        context |= {
            "page": page,
            "open": [each for each in page.placed if not each.offered],
            "new": [
                {"new": each, "meets": words.meets(each.like, now), "url": _set_up(request, each)} for each in page.new
            ],
        }
    return render(request, "placement/plan.html", context, status=422 if refused else 200)

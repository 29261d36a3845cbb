"""The waitlist, somebody's place on it, and the chain of offers of one group."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.placement import permissions, queries, services_chain, services_waitlist, words
from stepdown.placement.forms_waiting import SkipForm, StopForm, UrgencyForm
from stepdown.placement.views.seats import offer_page
from stepdown.ui.tell import tell

PAGE = 25


@require_safe
@staff_page(*permissions.SEATS)
def waitlist(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    visible = queries.episodes_visible_to(request.staff)
    page = Paginator(queries.on_waitlist(visible), PAGE).get_page(request.GET.get("page"))
    rows = [
        {"match": match, "place": page.start_index() + n} for n, match in enumerate(queries.matches(list(page), now))
    ]
    context = {
        "page": page,
        "rows": rows,
        "fitting": sum(bool(row["match"].fits) for row in rows),
        "offered": list(queries.offered_now(visible, now)),
        "stopped": list(queries.stopped_chains()),
    }
    return render(request, "placement/waitlist.html", context)


@require_POST
@staff_page(*permissions.SEATS)
def wait(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Puts somebody on the waitlist, takes them off it, or says how urgent it is."""
    episode = get_object_or_404(queries.episodes_visible_to(request.staff), pk=episode_id)
    permissions.wait(request.staff, episode).or_forbid()
    act = request.POST.get("act")
    if act == "urgency":
        return _set_urgency(request, episode)
    do = {"put": services_waitlist.put_on_waitlist, "take_off": services_waitlist.take_off_waitlist}.get(act or "")
    if do is None:
        return offer_page(request, episode, refused="Choose what to do.")
    try:
        do(episode=episode, by=request.staff)
    except RuleBroken as broken:
        return offer_page(request, episode, refused=str(broken))
    put = "On the waitlist. A free chair that fits is offered within a minute."
    tell(request, put if act == "put" else "Off the waitlist. No chair is offered by itself.")
    return redirect("placement:offer", episode.pk)


def _set_urgency(request: HttpRequest, episode: Any) -> HttpResponse:
    form = UrgencyForm(request.POST)
    if not form.is_valid():
        return offer_page(request, episode, urgency=form)
    try:
        services_waitlist.set_urgency(episode=episode, by=request.staff, **form.cleaned_data)
    except RuleBroken as broken:
        return offer_page(request, episode, refused=str(broken))
    tell(request, "Saved. The waitlist is in order anew.")
    return redirect("placement:offer", episode.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*permissions.SEATS)
def chain(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """What a group's chain offered and to whom it goes next; stopped, started, and people passed over."""
    group = get_object_or_404(queries.groups_visible_to(request.staff), pk=group_id)
    if request.method != "POST":
        return _chain_page(request, group)
    permissions.run_chain(request.staff).or_forbid()
    act = {"stop": _stop, "start": _start, "skip": _skip, "end_skip": _end_skip}.get(request.POST.get("act", ""))
    if act is None:
        return _chain_page(request, group, refused="Choose what to do.")
    try:
        return act(request, group) or redirect("placement:chain", group.pk)
    except RuleBroken as broken:
        return _chain_page(request, group, refused=str(broken))


def _stop(request: HttpRequest, group: Any) -> HttpResponse | None:
    form = StopForm(request.POST)
    if not form.is_valid():
        return _chain_page(request, group, stop=form)
    services_chain.stop_chain(group=group, reason=form.cleaned_data["reason"], by=request.staff)
    tell(request, "Stopped. Offers that are open stay open.")
    return None


def _start(request: HttpRequest, group: Any) -> None:
    services_chain.start_chain(group=group, by=request.staff)
    tell(request, "Started. A free chair is offered within a minute.")


def _skip(request: HttpRequest, group: Any) -> HttpResponse | None:
    form = SkipForm(request.POST, people=queries.episodes_visible_to(request.staff))
    if not form.is_valid():
        return _chain_page(request, group, skip=form)
    services_chain.skip_person(group=group, by=request.staff, **form.cleaned_data)
    tell(request, "Passed over in this group. Other groups still offer them a chair.")
    return None


def _end_skip(request: HttpRequest, group: Any) -> HttpResponse | None:
    asked = queries.uuid_or_none(request.POST.get("skip", ""))
    skip = queries.skips_of(group).filter(pk=asked).first() if asked else None
    if skip is None:
        return _chain_page(request, group, refused="This person is not passed over any more.")
    services_chain.end_skip(skip=skip, by=request.staff)
    tell(request, "They have their turn again.")
    return None


def _chain_page(
    request: HttpRequest, group: Any, *, stop: StopForm | None = None, skip: SkipForm | None = None, refused: str = ""
) -> HttpResponse:
    now = timezone.now()
    visible = queries.episodes_visible_to(request.staff)
    page = queries.chain_page(group, request.staff, visible, now)
    context = {
        "group": group,
        "meets": words.meets(group, now),
        "led_by": words.led_by(group),
        "page": page,
        "history": [{"seat": seat, "state": queries.seat_state(seat, now)} for seat in page.history],
        "stop": stop or StopForm(),
        "skip": skip or SkipForm(people=visible.filter(pk__in=[each.episode.pk for each in page.coming])),
        "refused": refused,
        "now": now,
    }
    return render(request, "placement/chain.html", context, status=422 if refused or stop or skip else 200)

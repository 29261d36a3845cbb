"""Offering a seat, taking an offer back, and the rare move to another group."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from stepdown.kernel.db import RuleBroken
from stepdown.outreach.safe_way import said_of_one
from stepdown.people.access import staff_page
from stepdown.placement import permissions, queries, services, words
from stepdown.placement.forms import AvailabilityForm, MoveForm, OfferForm
from stepdown.placement.forms_waiting import UrgencyForm
from stepdown.placement.views.groups import group_response
from stepdown.ui.tell import tell


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*permissions.SEATS)
def offer(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    episode = get_object_or_404(queries.episodes_visible_to(request.staff), pk=episode_id)
    if request.method != "POST":
        return offer_page(request, episode)
    permissions.offer_seats(request.staff).or_forbid()
    form = OfferForm(request.POST)
    if not form.is_valid():
        return offer_page(request, episode, refused=form.error_summary[0].sentence)
    group = get_object_or_404(queries.open_groups(timezone.now()), pk=form.cleaned_data["group"])
    from_group = request.POST.get("from") == "group"
    refused = permissions.offer_in(episode, group).reason
    if not refused:
        try:
            seat = services.offer_seat(episode=episode, group=group, by=request.staff)
        except RuleBroken as broken:
            refused = str(broken)
    if refused:
        if from_group:
            return group_response(request, group.pk, refused=refused, status=422)
        return offer_page(request, episode, refused=refused)
    then = said_of_one(episode.patient, "The patient gets the link to accept it; after 9 pm it waits until 8 am.")
    tell(request, f"Chair {seat.chair.number} is held for 48 hours. {then}")
    return redirect("placement:group", group.pk) if from_group else redirect("placement:offer", episode.pk)


def offer_page(
    request: HttpRequest,
    episode: Any,
    *,
    refused: str = "",
    availability: AvailabilityForm | None = None,
    urgency: UrgencyForm | None = None,
) -> HttpResponse:
    """Everything about a seat for one person; `refused` is the sentence why an act was not done."""
    now = timezone.now()
    fits = [
        {"fit": each, "meets": words.meets(each.group, each.first_at or now), "led_by": words.led_by(each.group)}
        for each in queries.groups_for(episode, level=queries.level_now(episode), now=now)
    ]
    initial = {"bands": episode.bands, "days_away": [str(day) for day in episode.days_away]}
    initial |= queries.wishes_said(episode)
    seat = queries.standing_seat(episode, now)
    context = {
        "episode": episode,
        "patient": episode.patient,
        "state": queries.STATE_NAMES.get(episode.patient.state, episode.patient.state),
        "possible": [each for each in fits if each["fit"].fit.possible],
        "blocked": [each for each in fits if not each["fit"].fit.possible],
        "seat": seat,
        "may_say_yes": permissions.say_yes(seat) if seat and not seat.accepted_at else None,
        "together": queries.count_pairs(episode.patient),
        "wait": permissions.wait(request.staff, episode),
        "waiting": queries.waiting_of(episode) if str(episode.status) == "waitlist" else None,
        "urgency": urgency or UrgencyForm(),
        "availability": availability or AvailabilityForm(initial=initial),
        "refused": refused,
        "now": now,
    }
    return render(request, "placement/offer.html", context, status=422 if refused or availability or urgency else 200)


@require_POST
@staff_page(*permissions.SEATS)
def availability(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    episode = get_object_or_404(queries.episodes_visible_to(request.staff), pk=episode_id)
    permissions.offer_seats(request.staff).or_forbid()
    form = AvailabilityForm(request.POST)
    if not form.is_valid():
        return offer_page(request, episode, availability=form)
    try:
        services.change_availability(episode=episode, by=request.staff, **form.values)
    except RuleBroken as broken:
        form.add_error("tags", str(broken))
        return offer_page(request, episode, availability=form)
    tell(request, "Saved. The groups below are ranked anew.")
    return redirect("placement:offer", episode.pk)


@require_POST
@staff_page(*permissions.SEATS)
def withdraw(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    seat = get_object_or_404(queries.seats_visible_to(request.staff), pk=seat_id)
    permissions.withdraw_seat(request.staff, seat, timezone.now()).or_forbid()
    came_from = request.POST.get("from")  # read before anything is written: what cannot be read is refused here
    try:
        services.withdraw_seat(seat=seat, by=request.staff)
    except RuleBroken as broken:
        return group_response(request, seat.group_id, refused=str(broken), status=422)
    tell(request, "The offer is taken back. The chair is free again.")
    if came_from == "group":
        return redirect("placement:group", seat.group_id)
    return redirect("placement:offer", seat.episode_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*permissions.SEATS)
def move(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    seat = get_object_or_404(queries.seats_visible_to(request.staff), pk=seat_id)
    now = timezone.now()
    permissions.move_seat(request.staff, seat, now).or_forbid()
    others, count = queries.groups_to_move_to(seat, now)
    choices = [(str(g.pk), f"{g.name}: {words.meets(g, now)}") for g in others]
    form = MoveForm(request.POST or None, groups=choices)
    if request.method == "POST" and form.is_valid():
        group = next(g for g in others if str(g.pk) == form.cleaned_data["group"])
        try:
            services.move_seat(seat=seat, group=group, reason=form.cleaned_data["reason"], by=request.staff)
        except RuleBroken as broken:
            form.add_error("group", str(broken))
        else:
            tell(request, "Moved. The old chair is free from the first session in the new group.")
            return redirect("placement:group", group.pk)
    context = {"form": form, "seat": seat, "patient": seat.patient, "others": others, "count": count}
    return render(request, "placement/move.html", context, status=422 if form.is_bound else 200)

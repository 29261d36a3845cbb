"""Stepping down, coming back and ending care: pages of one episode, and the list of who is due."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.outreach.safe_way import said_of_one
from stepdown.people.access import staff_page
from stepdown.people.models import Role
from stepdown.transitions import pages, permissions, queries, services
from stepdown.transitions.forms import DischargeForm, RatingForm
from stepdown.ui.fields import Form
from stepdown.ui.tell import tell

clinical = staff_page(Role.COUNSELOR, Role.DIRECTOR)
page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@clinical
@require_safe
def due(request: HttpRequest) -> HttpResponse:
    found = queries.step_downs_due(request.staff)
    waiting = [one for one in found if one.waits_for != "answer"]
    page = {"due": found, "waiting": waiting, "back": queries.ways_back(request.staff), "now": timezone.now()}
    return render(request, "transitions/due.html", page)


def _done(form: Form, act: Callable[[], object]) -> bool:
    """Does it; or puts the sentence that stands against it beside its field, and nothing is done."""
    try:
        act()
    except services.ReasonNeeded as broken:
        form.add_error("reason", str(broken))
    except RuleBroken as broken:
        form.add_error(None, str(broken))
    return form.is_valid()


@clinical
@page_or_form
def step_down(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    episode = get_object_or_404(queries.episodes_visible_to(request.staff), pk=episode_id)
    template = "transitions/step_down.html"
    if request.method != "POST":
        return render(request, template, pages.step_down_page(episode, request.staff))
    now = timezone.now()
    seat = queries.seat_to_leave(episode, now)
    permissions.step_down(request.staff, episode, seat).or_forbid()
    assert seat is not None, "the permission has looked"
    form = pages.step_down_form(episode, seat, now, request.POST)
    if form.is_valid() and _done(
        form,
        lambda: services.plan_step_down(
            episode=episode,
            group=form.chosen,
            effective_at=form.effective_at,
            reason=form.cleaned_data["reason"],
            by=request.staff,
        ),
    ):
        told = said_of_one(episode.patient, "The patient has been told.")
        tell(request, f"The place in Aftercare is held for 48 hours. {told}")
        return redirect("transitions:step_down", episode_id=episode.pk)
    return render(request, template, pages.step_down_page(episode, request.staff, form), status=422)


@clinical
@page_or_form
def rate(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    episode = get_object_or_404(queries.episodes_visible_to(request.staff), pk=episode_id)
    template = "transitions/rate.html"
    if request.method != "POST":
        return render(request, template, pages.rating_page(episode, request.staff))
    permissions.rate(request.staff, episode).or_forbid()
    form = RatingForm(request.POST)
    if form.is_valid() and _done(
        form,
        lambda: services.rate(
            episode=episode, ratings=form.ratings, words=form.cleaned_data["words"], by=request.staff
        ),
    ):
        tell(request, "The ratings are kept.")
        return redirect("transitions:rate", episode_id=episode.pk)
    return render(request, template, pages.rating_page(episode, request.staff, form), status=422)


@clinical
@page_or_form
def come_back(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    episode = get_object_or_404(queries.episodes_visible_to(request.staff), pk=episode_id)
    template = "transitions/come_back.html"
    if request.method != "POST":
        return render(request, template, pages.return_page(episode, request.staff))
    now = timezone.now()
    permissions.return_to_iop(request.staff, episode, queries.seat_to_leave(episode, now)).or_forbid()
    form = pages.return_form(episode, now, request.POST)
    if form.is_valid() and _done(
        form,
        lambda: services.return_to_iop(
            episode=episode, group=form.chosen, reason=form.cleaned_data["reason"], by=request.staff
        ),
    ):
        told = said_of_one(episode.patient, "The patient has been told.")
        tell(request, f"The place in IOP is held for 48 hours. {told}")
        return redirect("transitions:come_back", episode_id=episode.pk)
    return render(request, template, pages.return_page(episode, request.staff, form), status=422)


@clinical
@page_or_form
def discharge(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    episode = get_object_or_404(queries.episodes_visible_to(request.staff), pk=episode_id)
    template = "transitions/discharge.html"
    if request.method != "POST":
        return render(request, template, pages.discharge_page(episode, request.staff))
    permissions.discharge(request.staff, episode).or_forbid()
    form = DischargeForm(request.POST)
    if form.is_valid() and _done(
        form,
        lambda: services.discharge(
            episode=episode,
            status=form.cleaned_data["status"],
            note=form.cleaned_data["note"],
            at=form.at(timezone.now(), queries.zone_of(episode)),
            by=request.staff,
        ),
    ):
        tell(request, _("Care has ended in the record."))
        return redirect("transitions:discharge", episode_id=episode.pk)
    return render(request, template, pages.discharge_page(episode, request.staff, form), status=422)


@clinical
@require_POST
def cancel(request: HttpRequest, transition_id: UUID) -> HttpResponse:
    planned = get_object_or_404(queries.transitions_visible_to(request.staff), pk=transition_id)
    permissions.decide(request.staff, planned.episode).or_forbid()
    try:
        services.cancel(transition=planned, by=request.staff)
        sits = queries.seat_now(planned.episode)
        then = _("The seat lasts as long as before.") if sits else _("The old seat has ended. Plan the next move.")
        tell(request, f"{_('The plan is taken back.')} {then}")
    except RuleBroken as broken:
        tell(request, str(broken))
    back = "come_back" if planned.kind == planned.Kind.RETURN else "step_down"
    return redirect(f"transitions:{back}", episode_id=planned.episode_id)

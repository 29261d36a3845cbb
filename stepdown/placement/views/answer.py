"""The patient's answer to a seat that is held for them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import patient_page
from stepdown.placement import permissions, queries, services, words
from stepdown.placement.links import link_to
from stepdown.privacy.queries import missing_consents


@require_http_methods(["GET", "HEAD", "POST"])
@patient_page
def answer(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    seat = get_object_or_404(queries.seats_of(request.patient), pk=seat_id)
    refused, status = "", 200
    if request.method == "POST":
        act = {"accept": services.accept_seat, "decline": services.decline_seat}.get(request.POST.get("answer", ""))
        try:
            if act is None:
                raise RuleBroken(str(permissions.SAY_YES_OR_NO))
            act(seat=seat, by=request.patient)
        except RuleBroken as broken:
            seat.refresh_from_db()
            refused, status = str(broken), 422
        else:
            return redirect("placement:answer", seat.pk)
    now = timezone.now()
    group = queries.as_it_is_on(seat.group, seat.starts_at)
    context = {
        "seat": seat,
        "state": str(queries.seat_state(seat, now)),
        "begun": seat.starts_at <= now,
        "refused": refused,
        "days": words.days_said(group, get_language() or "en"),
        "first": queries.session_at(seat.group, seat.starts_at),
        "may_say_yes": permissions.say_yes(seat),
        "home": link_to("desk:home"),
        "agree": link_to("privacy:agree") if missing_consents(request.patient) else "",
    }
    return render(request, "placement/answer.html", context, status=status)

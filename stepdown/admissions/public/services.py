"""What a visitor of the public site does."""

from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.domain.screen_told import dangers, said_yes
from stepdown.admissions.models import Inquiry
from stepdown.kernel.db import one_at_a_time
from stepdown.outreach.models import Message
from stepdown.outreach.services import tell_all
from stepdown.people.models import Role, Staff

log = structlog.get_logger()
SAME_PERSON = timedelta(hours=12)
ON_CALL = (Role.ADMISSIONS, Role.DIRECTOR)  # for somebody who is nobody's patient yet


@transaction.atomic
def ask_for_call(
    *,
    name: str,
    phone: str,
    best_time: str,
    leave_message: str,
    language: str,
    self_screen: dict[str, int | None] | None = None,
) -> Inquiry:
    """Puts a request for a call on the board, and calls staff in when the answers tell of danger. Who asks again within
    12 hours is not put there twice: what they said last counts, but for a danger that they told of before, and they
    keep their place.

    phone: +1XXXXXXXXXX. self_screen: answers by item, when the person sent them along. Source: instrument
    "iop-self-screen", flag ss_crisis.
    """
    said: dict[str, Any] = {"name": name, "best_time": best_time, "leave_message": leave_message, "language": language}
    if self_screen is not None:
        said |= {"self_screen": self_screen, "court_or_dui": said_yes(self_screen, "ss_dui")}
    one_at_a_time(f"call for {phone}")  # two taps on the button are two requests at once
    waiting = Inquiry.objects.select_for_update().filter(
        phone=phone, status=Inquiry.Status.NEW, asked_at__gte=timezone.now() - SAME_PERSON
    )
    inquiry = waiting.first()
    if inquiry is None:
        inquiry = Inquiry.objects.create(phone=phone, **said)
        log.info("call asked for", inquiry_id=str(inquiry.pk))
        _call_in(inquiry, dangers(self_screen))
        return inquiry
    known = dangers(inquiry.self_screen)
    if self_screen is not None:
        said["self_screen"] = {**self_screen, **dict.fromkeys(known, 1)}
    for field, value in said.items():
        setattr(inquiry, field, value)
    inquiry.save(update_fields=list(said))
    log.info("call asked for again", inquiry_id=str(inquiry.pk))
    _call_in(inquiry, dangers(self_screen) - known)
    return inquiry


def _call_in(inquiry: Inquiry, told: frozenset[str]) -> None:
    """Tells who is on call of danger that was not told before, with neutral words and the page (RULE PRIV-03)."""
    if not told:
        return
    page = reverse("admissions:inquiry", args=[inquiry.pk])
    on_call = Staff.objects.current().filter(roles__overlap=[str(role) for role in ON_CALL])
    tell_all(staff=on_call, kind=Message.Kind.NEEDED_NOW, page=lambda _one: page)
    log.warning("danger told with a call", inquiry_id=str(inquiry.pk))

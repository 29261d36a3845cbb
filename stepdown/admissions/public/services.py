"""What a visitor of the public site does."""

from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.admissions.domain.screen_told import said_yes
from stepdown.admissions.models import Inquiry
from stepdown.kernel.db import one_at_a_time

log = structlog.get_logger()
SAME_PERSON = timedelta(hours=12)


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
    """Puts a request for a call on the board. Who asks again within 12 hours is not put there twice: what they said
    last counts, and they keep their place.

    phone: +1XXXXXXXXXX. self_screen: answers by item, when the person sent them along.
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
        return inquiry
    for field, value in said.items():
        setattr(inquiry, field, value)
    inquiry.save(update_fields=list(said))
    log.info("call asked for again", inquiry_id=str(inquiry.pk))
    return inquiry

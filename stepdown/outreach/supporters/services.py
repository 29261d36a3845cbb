"""Giving somebody a page, and sending them its link."""

from django.db import transaction

from stepdown.outreach.models import Message
from stepdown.outreach.services import send_to_supporter
from stepdown.people.models import Supporter
from stepdown.privacy import services_supporters
from stepdown.privacy.models import SharingConsent


@transaction.atomic
def give_page(*, consent: SharingConsent, phone: str, email: str, language: str, is_sent: bool) -> Supporter:
    """A new link, which the patient hands over or we send. Raises RuleBroken when they may have no page."""
    supporter = services_supporters.invite(consent=consent, phone=phone, email=email, language=language)
    if is_sent:
        send_to_supporter(supporter=supporter, kind=Message.Kind.PAGE_LINK)
    return supporter

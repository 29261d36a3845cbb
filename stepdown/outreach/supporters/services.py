"""Giving somebody a page, or asking a parent to sign, and sending them the link."""

from typing import Any

from django.db import transaction

from stepdown.outreach.models import Message
from stepdown.outreach.services import send_to_supporter
from stepdown.people.models import Patient, Supporter
from stepdown.privacy import services_minors, services_supporters
from stepdown.privacy.models import Parent, SharingConsent


@transaction.atomic
def ask_parent(*, patient: Patient, **told: Any) -> Parent:
    """The patient, under 18, names who signs with them, and we send that person a link. told: as in
    `services_minors.name_parent`, which raises RuleBroken."""
    parent = services_minors.name_parent(patient=patient, **told)
    send_to_supporter(supporter=parent.supporter, kind=Message.Kind.PAGE_LINK)
    return parent


@transaction.atomic
def give_page(*, consent: SharingConsent, phone: str, email: str, language: str, is_sent: bool) -> Supporter:
    """A new link, which the patient hands over or we send. Raises RuleBroken when they may have no page."""
    supporter = services_supporters.invite(consent=consent, phone=phone, email=email, language=language)
    if is_sent:
        send_to_supporter(supporter=supporter, kind=Message.Kind.PAGE_LINK)
    return supporter

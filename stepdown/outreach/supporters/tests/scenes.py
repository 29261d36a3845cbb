"""Somebody whom a patient lets see when the program begins: with a link, and known on a browser."""

from typing import Any

from django.test import Client
from django.urls import reverse

from stepdown.outreach.supporters.services import give_page
from stepdown.people import services_supporters, supporters
from stepdown.people.models import Patient, Supporter
from stepdown.privacy.models import SharingConsent
from stepdown.privacy.tests.factories import signed

PHONE = "+15125550142"


def supported(patient: Patient, consent: SharingConsent | None = None, **given: Any) -> Supporter:
    """With a link that nobody has opened."""
    to = {"phone": PHONE, "email": "", "language": "en", "is_sent": False}
    return give_page(consent=consent or signed(patient), **to | given)


def knowing(supporter: Supporter, client: Client | None = None, *, accepts: bool = True) -> Client:
    """A browser that knows them, by the cookie that the right code leaves."""
    client = client or Client()
    before = client.cookies[supporters.COOKIE].value if supporters.COOKIE in client.cookies else ""
    client.cookies[supporters.COOKIE] = services_supporters.trust_browser(supporter=supporter, known_by=before)
    if accepts:
        services_supporters.accept(supporter=supporter, words="I keep it to myself.")
    return client


def door_of(supporter: Supporter) -> str:
    return reverse("supporters:enter", args=[supporters.token_of(supporter)])


def page_of(supporter: Supporter) -> str:
    return reverse("supporters:page", args=[supporter.pk])

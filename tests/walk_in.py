"""Walks into the running product as somebody, in a real browser, by the cookie that signing in would have left."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from stepdown.people import devices, services
from stepdown.people.models import Patient, Staff
from stepdown.people.tests.clients import sign_in


def as_patient(page: Page, url: str, patient: Patient) -> Page:
    """On a device that knows this patient. Gives the page back."""
    _device, secret = services.trust_device(patient=patient)
    page.context.add_cookies([{"name": devices.COOKIE, "value": secret, "url": url}])
    return page


def as_staff(page: Page, url: str, staff: Staff) -> Page:
    """Signed in with both factors. Gives the page back."""
    session = sign_in(Client(), staff).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
    return page

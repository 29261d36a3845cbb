"""Walks in as somebody, with what the doors that people use leave in their browser."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from stepdown.people import devices, services
from stepdown.people.models import Patient, Staff
from stepdown.people.tests.factories import PASSWORD, TOTP_SECRET


def one_time_code(secret: str = TOTP_SECRET, at: float | None = None) -> str:
    """The six digits that an authenticator app shows for a base32 secret."""
    return format_hotp_value(hotp_value(secret, int((at or time.time()) // 30)))


def through_the_doors(client: Client, staff: Staff) -> Client:
    """Password, then the one-time code: the whole way in for staff made by StaffFactory. Gives the client back."""
    cache.clear()  # all tests sign in from one address, and would soon meet the limit of tries a minute
    client.post(reverse("account_login"), {"login": staff.account.email, "password": PASSWORD})
    answer = client.post(reverse("mfa_authenticate"), {"code": one_time_code()})
    assert answer.status_code == 302, "the second factor was refused"
    return client


def sign_in(client: Client, staff: Staff) -> Client:
    """The very session that `through_the_doors` leaves, at a tenth of the time. Gives the client back."""
    account = staff.account
    code = Authenticator.objects.get(user=account, type=Authenticator.Type.TOTP)
    session, now = SessionStore(), time.time()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "stepdown.people.backends.Passwords"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session["account_authentication_methods"] = [
        {"method": "password", "at": now, "email": account.email},
        {"method": "mfa", "at": now, "id": code.pk, "type": "totp"},
    ]
    session["account_authentication_methods_user"] = str(account.pk)
    session.set_expiry(0)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def as_patient(client: Client, patient: Patient) -> Client:
    """On a device that knows this patient. Gives the client back."""
    _device, secret = services.trust_device(patient=patient)
    client.cookies[devices.COOKIE] = secret
    return client


def proved_long_ago(client: Client, seconds: int = 400) -> Client:
    """The same session, in which nobody has proved who they are for so long. Gives the client back."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= seconds
    session["active_at"] = time.time()
    session.save()
    return client

"""How allauth behaves here: its adapters, and who is behind a proxy."""

import time
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

import structlog
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.sealing import opened, sealed

log = structlog.get_logger(__name__)

NOWHERE = "::"  # for a request whose address nobody knows
SECOND_FACTOR = "second-factor"  # the purpose under which its secrets are sealed
LAST_FACTOR = _("This is your only second factor. Add another one first, then remove this one.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This e-mail address and password do not fit together. Check both."),
        "incorrect_password": _("This is not your password. Try again, or set a new one."),
        "enter_current_password": _("This is not the password you have now. Enter it again."),
        "too_many_login_attempts": _("Too many codes were wrong. Wait 5 minutes, then try again."),
        "rate_limited": _("Too many codes were wrong. Wait 5 minutes, then try again."),
        "invalid_password_reset": _("This link is used up or too old. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # an administrator adds staff

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Does not count tries here: axes does, per account and address, so that a stranger locks nobody else out."""

    def set_password(self, user: Any, password: str) -> None:
        user.password_is_first, user.password_until = False, None
        super().set_password(user, password)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Not while a second factor is set back or an account is opened again: who reads that mail would need nothing
        else to come in. Who is new here may lose the password they were given."""
        is_new = user.last_login is None and not user.staff.second_factor_resets.exists()
        if user.password_until is None or is_new:
            super().send_password_reset_mail(user, email, context)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request) or NOWHERE

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Asks for the password again before a change to the account, unless it was given a moment ago."""
        records = get_authentication_records(context.request, context.request.user)
        return not any(time.time() - record["at"] < app_settings.REAUTHENTICATION_TIMEOUT for record in records)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The password alone, which every account has."""
        if not user.is_authenticated:
            return []
        return [{"id": "reauthenticate", "description": _("Password"), "url": reverse("account_reauthenticate")}]

    def reauthenticate(self, user: Any, password: str) -> bool:
        """By the password, or by a code for who has none, since their directory keeps it."""
        if user.has_usable_password():
            return bool(super().reauthenticate(user, password))
        form = ReauthenticateForm(data={"code": password}, user=user)
        if form.is_valid():
            form.save()
        return form.is_valid()

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return settings.LOGIN_REDIRECT_URL


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps one-time code secrets encrypted, and the last second factor in place."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code does not fit. Enter the newest one; each works once."),
        "cannot_delete_authenticator": LAST_FACTOR,
    }

    def encrypt(self, text: str) -> str:
        return sealed(SECOND_FACTOR, text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(SECOND_FACTOR, encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return str(_("My device"))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def address_of(request: HttpRequest) -> str | None:
    """The network address a request comes from; behind STEPDOWN_PROXIES proxies, the one the outermost of them saw."""
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    came_from = seen[-settings.PROXIES] if 0 < settings.PROXIES <= len(seen) else request.META.get("REMOTE_ADDR", "")
    with suppress(ValueError):
        return str(ip_address(came_from))
    return None


def note_sign_in(sender: Any, request: HttpRequest, user: Any, **_more: Any) -> None:
    """Keeps that somebody came in, by what and from where. Source: 45 CFR 164.308(a)(5)(ii)(C)."""
    by = [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
    log.info("signed in", account_id=str(user.pk), by=by, place=address_of(request))


def tried_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The account that axes counts a wrong password for."""
    typed = (credentials or {}).get("email") or request.POST.get("login") or ""
    return str(typed).strip().lower()

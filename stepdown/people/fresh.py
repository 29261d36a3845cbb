"""Whether someone has just proved who they are, and the way to do it again: for acts that bind, such as a signature."""

import time

from allauth.account.authentication import get_authentication_records
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode


def proved_lately(request: HttpRequest) -> bool:
    """Whether password, passkey or one-time code was given in this session within the last few minutes
    (setting ACCOUNT_REAUTHENTICATION_TIMEOUT, seconds)."""
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(record["at"] >= since for record in get_authentication_records(request, request.user))


def prove_again(back_to: str) -> HttpResponse:
    """Sends to the page that asks for password, passkey or code, and from there back to `back_to`."""
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back_to})}")


def gives_codes(request: HttpRequest) -> bool:
    """Whether this person proves with one-time codes, so that a page may ask for one itself."""
    return Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.TOTP).exists()


def refused(request: HttpRequest, code: str) -> str:
    """Takes a one-time code as the proof, once; "" when it is right, else the sentence beside it."""
    form = ReauthenticateForm(data={"code": code}, user=request.user)
    if not form.is_valid():
        return str(next(iter(form.errors.values()))[0])
    form.save()
    return ""

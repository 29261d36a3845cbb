"""Whether someone has just proved who they are, and the way to do it again: before what binds or cannot be taken back.

`prove_first(request)` stands before a signature or whatever opens a closed record, `prove_before_file(request)` before
a copy of a record as a file; `proving.ProvedForm` asks for a one-time code on the page itself, so that nothing typed is
lost. Source: NIST SP 800-63B, reauthentication; 45 CFR 164.312(d).
"""

import time
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode


class ProofNeeded(Exception):
    """Who asks has not proved lately who they are. The middleware sends them there, and then to `back_to`."""

    def __init__(self, back_to: str) -> None:
        super().__init__()
        self.back_to = back_to


def proved_lately(request: HttpRequest) -> bool:
    """Whether password, passkey or one-time code was given in this session within the last few minutes
    (setting ACCOUNT_REAUTHENTICATION_TIMEOUT, seconds)."""
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(record["at"] >= since for record in get_authentication_records(request, request.user))


def prove_first(request: HttpRequest, *, back_to: str = "") -> None:
    """Goes on for who has just proved who they are; for others raises ProofNeeded, which brings them here again."""
    if not proved_lately(request):
        raise ProofNeeded(back_to or request.path)


def prove_before_file(request: HttpRequest) -> None:
    """As `prove_first`, but back to the page where the file is asked for: a file that comes by itself leaves the
    question standing on the screen."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    is_ours = came_from.netloc == request.get_host()
    prove_first(request, back_to=came_from.path if is_ours else request.get_full_path())


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

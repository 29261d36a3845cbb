"""Signing in by the center's own directory (OpenID Connect): it says who somebody is, we say who works here, and our
second factor stays. Whoever has come in by it once has no password here any more.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import requests
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from stepdown.kernel import decision, outside

ID = "directory"  # also as agreements name the service
NOT_HERE = _("Nobody works here with the e-mail address that your directory knows. Ask an administrator.")
NO_ANSWER = _("Your directory does not answer. Try again, or sign in with your password.")
NOT_LET_IN = _("Your directory did not let you in. Try again, or ask who looks after it.")


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Lets in who has an account here, and brings everybody else back to the sign-in page with the reason."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if not sociallogin.is_existing:
            refuse(request, NOT_HERE)
        sociallogin.user.password_is_first = False
        sociallogin.user.save(update_fields=["password_is_first"])

    def get_requests_session(self) -> requests.Session:
        """For what we ask the directory ourselves. It is asked at the address that the center named, and nowhere it
        might send us on to; that raises requests.TooManyRedirects."""
        session: requests.Session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        refuse(request, NOT_LET_IN)


def refuse(request: HttpRequest, sentence: Any) -> None:
    """Back to the sign-in page, where the sentence stands."""
    messages.error(request, sentence)
    raise ImmediateHttpResponse(redirect(get_account_adapter().get_logout_redirect_url(request)))


def addresses() -> list[str]:
    """Of the directory, when one is set up."""
    return [settings.DIRECTORY_URL] if settings.DIRECTORY_URL else []


def may_sign_in() -> decision.Decision:
    """Whether there is a directory that may be asked now. Source: RULE PRIV-24."""
    if not settings.DIRECTORY_URL:
        return decision.refuse("This center has named no directory.")
    return outside.may_reach(ID, settings.DIRECTORY_URL)


def where_there_is_one(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The address is not there where a center has named no directory, or no agreement covers it."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_sign_in():
            raise Http404
        return view(request, *args, **kwargs)

    return opened


@where_there_is_one
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """To the directory."""
    try:
        provider = get_adapter().get_provider(request, provider=ID)
        answer: HttpResponse = provider.redirect(request, process="login", next_url=get_next_redirect_url(request))
    except requests.RequestException:
        messages.error(request, NO_ANSWER)
        return redirect("account_login")
    return answer


@where_there_is_one
@require_GET
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the directory, with what it says."""
    try:
        answer: HttpResponse = views.callback(request, provider_id)
    except ImmediateHttpResponse as refused:
        return refused.response
    except requests.RequestException:
        messages.error(request, NO_ANSWER)
        return redirect("account_login")
    return answer

"""Signing in by the center's own directory (OpenID Connect): it says who somebody is, we say who works here, and our
second factor stays. Whoever has come in by it once has no password here any more.
"""

import hmac
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

import requests
import structlog
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from stepdown.kernel import decision, outside

ID = "directory"  # also as agreements name the service
NOT_HERE = _("Nobody works here with the e-mail address that your directory knows. Ask an administrator.")
NO_ANSWER = _("Your directory does not answer. Try again, or sign in with your password.")
NOT_LET_IN = _("Your directory did not let you in. Try again, or ask who looks after it.")
ANOTHER = _("Your directory calls itself by another address than the one set up here. Ask an administrator.")

log = structlog.get_logger(__name__)


class Directory(OpenIDConnectOAuth2Adapter):
    """Takes what the directory says of itself only when it is the one that was named.
    Source: OpenID Connect Discovery 1.0, 4.3."""

    @property
    def openid_config(self) -> dict[str, Any]:
        says: dict[str, Any] = super().openid_config
        named = settings.DIRECTORY_URL.partition("/.well-known/")[0]
        if str(says.get("issuer", "")).rstrip("/") != named.rstrip("/"):
            log.error("the directory names another issuer")
            refuse(self.request, ANOTHER)
        return says


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Lets in who has an account here, and brings everybody else back to the sign-in page with the reason."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if not answers(sociallogin):
            log.error("the directory answered another question")
            refuse(request, NOT_LET_IN)
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


def answers(login: SocialLogin) -> bool:
    """Whether the directory's word was given for this very question: it holds the number that went with it. Source:
    OpenID Connect Core 1.0, 3.1.3.7."""
    asked = (login.state.get("data") or {}).get("nonce", "")
    said = (login.account.extra_data.get("id_token") or {}).get("nonce", "")
    return bool(asked) and hmac.compare_digest(asked.encode(), str(said).encode())


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
        Directory(request, ID).openid_config  # noqa: B018  # refuses one that is not the one named
        provider = get_adapter().get_provider(request, provider=ID)
        nonce = secrets.token_urlsafe(16)
        answer: HttpResponse = provider.redirect(
            request,
            process="login",
            next_url=get_next_redirect_url(request),
            data={"nonce": nonce},
            auth_params=provider.get_auth_params() | {"nonce": nonce},
        )
    except ImmediateHttpResponse as refused:
        return refused.response
    except requests.RequestException:
        messages.error(request, NO_ANSWER)
        return redirect("account_login")
    return answer


@where_there_is_one
@require_safe
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the directory, with what it says."""
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(Directory(request, provider_id))(request)
    except ImmediateHttpResponse as refused:
        return refused.response
    except requests.RequestException:
        messages.error(request, NO_ANSWER)
        return redirect("account_login")
    return answer


SERVICES = (
    outside.Service(
        key=ID,
        name="Directory for sign-in",
        gets="who of the staff signs in, and when",
        setting="STEPDOWN_DIRECTORY_URL",
        addresses=addresses,
    ),
)

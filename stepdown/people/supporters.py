"""A supporter's link, `{PUBLIC_URL}/with/<token>/`, and the cookie by which their browser is known for a month.

The token is made like that of a personal link (`links.py`) and stored nowhere either.
"""

import base64
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import override

from stepdown.people.links import derived
from stepdown.people.models import Supporter

COOKIE = f"{settings.COOKIE_PREFIX}supporter"
KNOWN_FOR = timedelta(days=30)


def token_of(supporter: Supporter) -> str:
    """43 URL-safe characters carrying 256 bits."""
    return base64.urlsafe_b64encode(derived("supporter-link", supporter.key)).rstrip(b"=").decode()


def url_of(supporter: Supporter) -> str:
    """The whole address, in their language."""
    with override(supporter.language):
        return f"{settings.PUBLIC_URL}{reverse('supporters:enter', args=[token_of(supporter)])}"


def secret_in(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")


def remember(response: HttpResponseBase, secret: str) -> None:
    """Puts the browser's secret into it: not for scripts, not for other sites, https only where we have it."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(KNOWN_FOR.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE,
        path="/",
    )


def emptied() -> HttpResponse:
    """To an open page that asks whether it may stay: the browser opens it anew, and finds nothing."""
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})

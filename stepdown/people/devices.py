"""The cookie by which a patient's browser is known again, after they have proved once who they are on it."""

import hashlib
import secrets

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE = f"{settings.COOKIE_PREFIX}device"
MAX_AGE = 400 * 24 * 3600  # 400 days, the longest that browsers keep a cookie


def new_secret() -> str:
    """256 random bits, URL-safe. Only `digest_of` it is stored."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """SHA-256 in hex: what `Device.digest` and `PersonalLink.digest` hold."""
    return hashlib.sha256(secret.encode()).hexdigest()


def secret_in(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")


def user_agent_in(request: HttpRequest) -> str:
    """What the browser calls itself; a null byte, which no browser sends, is no reason to break."""
    return request.headers.get("User-Agent", "").replace("\0", "")


def remember(response: HttpResponseBase, secret: str) -> None:
    """Puts the device's secret into the browser: not for scripts, not for other sites, https only where we have it."""
    response.set_cookie(
        COOKIE, secret, max_age=MAX_AGE, httponly=True, samesite="Lax", secure=settings.SECURE, path="/"
    )


def forget(response: HttpResponseBase) -> None:
    """Of a device that is known no longer: its secret goes, and what pages kept in the browser until it was sent."""
    response["Clear-Site-Data"] = '"storage"'
    response.delete_cookie(COOKIE, path="/", samesite="Lax")

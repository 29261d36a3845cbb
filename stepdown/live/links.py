"""Where the browser finds the live process."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

PATH = "/live/"


def socket_path(request: HttpRequest) -> str:
    """The live process's address as seen from this page."""
    return _socket_url(request.get_host(), is_secure=request.is_secure() or settings.SECURE)


def public_socket_url() -> str:
    """The live process's address as seen from a page at the address people type."""
    return _socket_url(urlsplit(settings.PUBLIC_URL).netloc, is_secure=settings.SECURE)


def _socket_url(host: str, *, is_secure: bool) -> str:
    """Its own port beside the pages'; or the pages' own host, where a web server that speaks TLS stands before both."""
    if settings.LIVE_PORT and not is_secure:
        host = f"{host.rsplit(':', 1)[0]}:{settings.LIVE_PORT}"
    return f"{'wss' if is_secure else 'ws'}://{host}{PATH}"

"""Where the browser finds the live process."""

from django.conf import settings
from django.http import HttpRequest

PATH = "/live/"


def socket_path(request: HttpRequest) -> str:
    """The live process's address as seen from this page: its own port when it has one, else the page's own host."""
    scheme = "wss" if request.is_secure() else "ws"
    host = request.get_host()
    if settings.LIVE_PORT:
        host = f"{host.rsplit(':', 1)[0]}:{settings.LIVE_PORT}"
    return f"{scheme}://{host}{PATH}"

"""Which of a visitor's devices a page may ask the browser for: nothing, but camera and microphone where people meet.
And that no page of others may take anything of ours in.

Source: W3C, Permissions Policy; RULE PRIV-39 for `display-capture`, by which a page could take a picture of itself.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "Permissions-Policy"
NEVER = ("display-capture", "geolocation", "usb", "serial", "hid", "midi", "payment")


def policy(*, with_devices: bool) -> str:
    """The header's value; `with_devices`: camera and microphone for this page itself, not for what it may frame."""
    who = "(self)" if with_devices else "()"
    allowed = [f"camera={who}", f"microphone={who}"]
    return ", ".join(allowed + [f"{name}=()" for name in NEVER])


class DevicesMiddleware:
    """Puts both on every answer; settings.PAGES_WITH_DEVICES names the URL namespaces whose pages have them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        match = request.resolver_match
        answer[HEADER] = policy(with_devices=match is not None and match.namespace in settings.PAGES_WITH_DEVICES)
        answer["Cross-Origin-Resource-Policy"] = "same-origin"
        return answer

"""What every answer tells the browser, so that a page of others, a script in a text, or a lost link can do little."""

import re

from django.conf import settings
from django.http import HttpResponseBase

ALWAYS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONLY_HERE = {"script-src", "style-src", "font-src", "form-action", "manifest-src"}
NOWHERE = {"default-src", "base-uri", "frame-ancestors"}
NONCE = re.compile(r"'nonce-[A-Za-z0-9+/=_-]+'")


def wrong_headers(answer: HttpResponseBase) -> list[str]:
    """What is missing or too wide in the headers and cookies of an answer, in words; empty when all is well."""
    found = [f"{name} is not {value}" for name, value in ALWAYS.items() if answer.headers.get(name) != value]
    found += [f"{name} lets pages of others read it" for name in answer.headers if name.startswith("Access-Control-")]
    return found + _wrong_policy(answer) + _wrong_devices(answer) + _wrong_cookies(answer) + _wrong_keeping(answer)


def _wrong_policy(answer: HttpResponseBase) -> list[str]:
    parts = [part.split() for part in answer.headers.get("Content-Security-Policy", "").split(";")]
    policy = {name: {source for source in sources if not NONCE.fullmatch(source)} for name, *sources in parts if name}
    found = [f"{name} lets in {policy.get(name)}" for name in ONLY_HERE if policy.get(name) != {"'self'"}]
    return found + [f"{name} lets in {policy.get(name)}" for name in NOWHERE if policy.get(name) != {"'none'"}]


def _wrong_devices(answer: HttpResponseBase) -> list[str]:
    match = getattr(answer, "resolver_match", None)
    meets = match is not None and match.namespace in settings.PAGES_WITH_DEVICES
    wanted = "(self)" if meets else "()"
    allowed = answer.headers.get("Permissions-Policy", "")
    return [f"{name} is not {wanted}" for name in ("camera", "microphone") if f"{name}={wanted}" not in allowed]


def _wrong_keeping(answer: HttpResponseBase) -> list[str]:
    """A file stays nowhere but where it was saved. A calendar program keeps what it reads."""
    is_file = "attachment" in answer.headers.get("Content-Disposition", "")
    is_calendar = answer.headers.get("Content-Type", "").startswith("text/calendar")
    stays = is_file and not is_calendar and "no-store" not in answer.headers.get("Cache-Control", "")
    return ["a file may be kept in between"] if stays else []


def _wrong_cookies(answer: HttpResponseBase) -> list[str]:
    """All are for our own pages; all but those that scripts of ours read, not for scripts."""
    for_scripts = {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
    return [
        f"cookie {name} goes too far"
        for name, cookie in answer.cookies.items()
        if cookie["samesite"] not in {"Lax", "Strict"}
        or not (cookie["httponly"] or name in for_scripts or not cookie.value)
    ]

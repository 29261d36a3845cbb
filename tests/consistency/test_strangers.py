"""Whatever anybody on the internet sends to any address, in whatever form, is answered with words: nothing breaks,
nothing of it comes back as markup, and nobody is led to a place outside."""

from contextlib import suppress
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from stepdown.people.tests.factories import CenterFactory
from tests.consistency.test_bad_input import FOREIGN, NAMES, NASTY, runs_what_was_sent
from tests.consistency.test_role_matrix import PAGES, PARTS

AT_ONCE = 50  # requests in an example
EXAMPLES = 60
TURNS = 5  # each with examples of its own, so that several workers share them

METHODS = ["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
KINDS_OF_BODY = [
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "text/html; charset=nothing",
    "",
]
HEADERS = [
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_AUTHORIZATION",
    "HTTP_COOKIE",
    "HTTP_HOST",
    "HTTP_HX_CURRENT_URL",
    "HTTP_HX_REQUEST",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_ORIGIN",
    "HTTP_RANGE",
    "HTTP_REFERER",
    "HTTP_USER_AGENT",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
]
COOKIES = ["sessionid", "csrftoken", "django_language", "device", "messages"]
FITTING = [UUID(FOREIGN), 1, "2026-12-01", "x", "cs"]
"""What may stand in the place of a part of an address; the first that the address takes."""


def address(name: str) -> str:
    for value in FITTING:
        with suppress(NoReverseMatch):
            return reverse(name, kwargs=dict.fromkeys(PARTS[name], value))
    return f"/{name}/"


def as_bytes(value: str) -> str:
    """As a server hands on what stands in a header: a character for each byte."""
    return value.replace("\r\n", "")[:300].encode().decode("latin-1")


ADDRESSES = [address(name) for name, _pattern, _parts in PAGES]

junk = st.sampled_from(list(NASTY.values())) | st.text(max_size=30)
in_header = st.sampled_from([as_bytes(value) for value in NASTY.values()]) | st.text(
    st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=30
)
cookie = st.builds(lambda name, value: f"{name}={quote(value[:300])}", st.sampled_from(COOKIES), junk)
named = st.dictionaries(st.sampled_from(NAMES), junk, max_size=4)
body = (
    named.map(lambda sent: urlencode(sent).encode())
    | st.binary(max_size=60)
    | st.sampled_from(
        [b"[" * 5_000, b"a=%", b"--x\r\n", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n', b"{}"]
    )
)


@st.composite
def path(draw: st.DrawFn) -> str:
    """One of ours; one in eight with a part that is something else."""
    ours = draw(st.sampled_from(ADDRESSES))
    if draw(st.integers(0, 7)):
        return ours
    parts = ours.split("/")
    parts[draw(st.integers(0, len(parts) - 1))] = quote(draw(junk)[:300], safe="%")
    return "/" + "/".join(parts).lstrip("/")


request = st.fixed_dictionaries(
    {
        "method": st.sampled_from(METHODS[:2]) | st.sampled_from(METHODS),
        "path": path(),
        "data": body,
        "content_type": st.sampled_from(KINDS_OF_BODY),
        "QUERY_STRING": st.just("") | named.map(urlencode) | junk.map(quote),
    },
    optional={"HTTP_COOKIE": cookie},
) | st.builds(
    lambda method, path, headers: {"method": method, "path": path, **headers},
    st.sampled_from(METHODS),
    path(),
    st.dictionaries(st.sampled_from(HEADERS), in_header, max_size=3),
)


def trouble(client: Client, asked: dict[str, Any]) -> str:
    try:
        answer = client.generic(**asked)
    except Exception as broken:
        return f"{type(broken).__name__}: {str(broken)[:160]}"
    if answer.status_code >= 500:
        return f"status {answer.status_code}"
    if runs_what_was_sent(answer):
        return "what was sent stands in the page as markup"
    onward = urlsplit(answer.headers.get("Location", ""))
    if onward.netloc not in {"", "testserver", "127.0.0.1"} or onward.scheme not in {"", "http", "https"}:
        return f"leads to {onward.geturl()[:160]}"
    return ""


@pytest.mark.everywhere
@pytest.mark.parametrize("turn", range(TURNS))
def test_whatever_a_stranger_sends_is_answered_with_words(turn, db):
    CenterFactory()

    @settings(max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(request, min_size=AT_ONCE, max_size=AT_ONCE))
    def sends(requests: list[dict[str, Any]]) -> None:
        with transaction.atomic():
            client = Client()
            wrong = [(asked, said) for asked in requests if (said := trouble(client, asked))]
            transaction.set_rollback(True)
        assert wrong == []

    sends()

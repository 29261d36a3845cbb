"""Whatever anybody on the internet sends to any address, in whatever form, is answered with words: nothing breaks,
nothing of it comes back as markup, and nobody is led to a place outside."""

from contextlib import suppress
from random import Random, SystemRandom
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from stepdown.people.tests.factories import CenterFactory
from tests.consistency.test_bad_input import FOREIGN, NAMES, NASTY, runs_what_was_sent
from tests.consistency.test_role_matrix import PAGES, PARTS

AT_ONCE = 50  # requests of a visitor
VISITORS = 60
TURNS = 5  # each with visitors of its own, so that several workers share them

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

JUNK = list(NASTY.values())
IN_HEADER = [as_bytes(value) for value in JUNK]
BODIES = [b"[" * 5_000, b"a=%", b"--x\r\n", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n', b"{}"]
LETTERS = [(0x20, 0x7E), (0, 0x1F), (0x7F, 0xFF), (0x100, 0xD7FF), (0xE000, 0x10FFFF)]
HEADER_LETTERS = [(0x20, 0x7E), (0xA0, 0xFF)]


def some_text(random: Random, letters: list[tuple[int, int]] = LETTERS) -> str:
    return "".join(chr(random.randint(*random.choice(letters))) for _ in range(random.randint(0, 30)))


def junk(random: Random) -> str:
    return random.choice(JUNK) if random.random() < 0.5 else some_text(random)


def in_header(random: Random) -> str:
    return random.choice(IN_HEADER) if random.random() < 0.5 else some_text(random, HEADER_LETTERS)


def named(random: Random) -> str:
    return urlencode({random.choice(NAMES): junk(random) for _ in range(random.randint(0, 4))})


def body(random: Random) -> bytes:
    kinds = [
        lambda: named(random).encode(),
        lambda: random.randbytes(random.randint(0, 60)),
        lambda: random.choice(BODIES),
    ]
    return random.choice(kinds)()


def path(random: Random) -> str:
    """One of ours; one in eight with a part that is something else."""
    ours = random.choice(ADDRESSES)
    if random.randrange(8):
        return ours
    parts = ours.split("/")
    parts[random.randrange(len(parts))] = quote(junk(random)[:300], safe="%")
    return "/" + "/".join(parts).lstrip("/")


def request(random: Random) -> dict[str, Any]:
    """What is sent, or what stands in the headers, is junk; a form more often than another method."""
    if random.random() < 0.5:
        headers = {random.choice(HEADERS): in_header(random) for _ in range(random.randint(0, 3))}
        return {"method": random.choice(METHODS), "path": path(random), **headers}
    asked = {
        "method": random.choice(METHODS[:2] if random.random() < 0.5 else METHODS),
        "path": path(random),
        "data": body(random),
        "content_type": random.choice(KINDS_OF_BODY),
        "QUERY_STRING": random.choice([lambda: "", lambda: named(random), lambda: quote(junk(random))])(),
    }
    if random.random() < 0.5:
        asked["HTTP_COOKIE"] = f"{random.choice(COOKIES)}={quote(junk(random)[:300])}"
    return asked


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

    for seed in (SystemRandom().getrandbits(32) for _ in range(VISITORS)):
        random = Random(seed)
        with transaction.atomic():
            client = Client()
            wrong = [
                (asked, said) for asked in (request(random) for _ in range(AT_ONCE)) if (said := trouble(client, asked))
            ]
            transaction.set_rollback(True)
        assert wrong == [], f"seed {seed}"

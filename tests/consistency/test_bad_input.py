"""Whatever is sent to a page, it answers with words and never with what was sent as markup, and what it refuses leaves
nothing behind."""

import re
from collections.abc import Callable
from contextlib import suppress
from html.parser import HTMLParser
from itertools import chain
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection, transaction
from django.http import HttpResponseBase, QueryDict
from django.test import Client
from django.urls import reverse
from django.urls.converters import UUIDConverter

from stepdown.people.tests.factories import CenterFactory
from stepdown.privacy.models import Look
from tests.consistency.files import files
from tests.consistency.parts import in_parts
from tests.consistency.role_matrix import ROWS
from tests.consistency.role_rows import OPEN, PEOPLE
from tests.consistency.test_forms import FORMS
from tests.consistency.test_role_matrix import PAGES as ADDRESSES
from tests.consistency.test_role_matrix import PARTS, addresses, walker

FOREIGN = "6f1c1f5e-7d0a-4c53-9f0e-2b8d6c1a9e77"
NASTY = {
    "empty": "",
    "spaces": " \t\r\n ",
    "very long": "w" * 6_000,
    "null byte": "Wa\x00lt",
    "emoji": "🫶🏽" * 20,
    "right to left": "\u202eوالت \u200f<b>",
    "markup": "\"'><script>alert(1)</script>{{ 7|add:1 }}{% now %}%s",
    "foreign id": FOREIGN,
    "not an id": "0-0-0",
    "huge number": "9" * 400,
    "not a number": "NaN",
    "endless": "1e999",
    "below zero": "-1",
    "digits that are not": "²①",
    "no such day": "2026-02-30T99:99",
    "before all calendars": "0001-01-01",
    "after all calendars": "9999-12-31T23:59",
    "an address": "//example.com\\@example.net/../",
    "a list": "[1,{}]",
}
"""What people, programs and mistakes send. Told apart by name in what the test reports."""

KINDS_A_PAGE = 7  # sent in all boxes at once; each box gets one of all kinds besides

ASKED_BY_HAND = re.compile(r"\b(?:POST|GET|asked)(?:\.get|\.getlist)?[\[(]\"(\w+)\"")

STORES_WHAT_IT_REFUSES = {
    "outreach:enter": "a wrong date of birth is counted, so that it cannot be guessed",
    "outreach:code": "a wrong code is counted, so that it cannot be guessed",
    "outreach:my_contact_codes": "a wrong code is counted, so that it cannot be guessed",
    "privacy:send": "what the gate refuses is kept with its reason, and whom it was for",
    "chart:note_template": "whoever looks first puts version 1 in force, which is what the product brings",
}


def names_asked_by_hand() -> set[str]:
    code = [path for path in files(".py", within=("stepdown",)) if "tests" not in path.parts]
    return {name for path in code for name in ASKED_BY_HAND.findall(path.read_text())}


NAMES = sorted(names_asked_by_hand() | set(chain.from_iterable(form.base_fields for form in FORMS.values())))
"""Every name by which some view of the product takes something in."""

IN_QUERIES = sorted({"next", "page", *names_asked_by_hand()})
WITH_EVERY_PAGE = {"as"}  # taken in for all pages alike, by what makes files of them

PAGES = {name: next((who for who in PEOPLE if row.meets[who] == OPEN), PEOPLE[0]) for name, row in ROWS.items()}
"""Every page with one of those who may open it; a stranger where nobody may."""


BY_ID = [
    name
    for name, pattern, parts in ADDRESSES
    if pattern.pattern.converters
    and all(isinstance(kind, UUIDConverter) for kind in pattern.pattern.converters.values())
]
"""Every page about one thing, told by its id."""


class Boxes(HTMLParser):
    """What the forms of a page would send if nothing were changed: {name: value}."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        name = has.get("name") or ""
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and (has.get("value") or "selected" in has):
            if "selected" in has or not self.sent.get(self._select):
                self.sent[self._select] = has.get("value") or ""
        elif tag in {"input", "textarea"} and name and name != "csrfmiddlewaretoken":
            fitting = {
                "date": "2026-12-01",
                "number": "1",
                "text": "Walt Specimen",
                "time": "09:00",
                "tel": "+15555550112",
            }
            self.sent[name] = has.get("value") or fitting.get(has.get("type") or "text", "1")


def rows_stored() -> dict[str, int]:
    """How many rows each table of ours has, but that of who looked, which a refused form is written down in too."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith("stepdown.")]
    tables = sorted({model._meta.db_table for config in ours for model in config.get_models() if model is not Look})
    counts = " union all ".join(f"select '{table}', count(*) from \"{table}\"" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())


def one_box_bad(client: Client, url: str):
    """The page's own form with one box after the other spoiled: ("box: kind", {name: value})."""
    page = client.get(url)
    if page.status_code != 200 or getattr(page, "streaming", False) or "html" not in page.headers["Content-Type"]:
        return
    sent = Boxes(page.content.decode()).sent
    kinds = list(NASTY.items())
    for place, box in enumerate(sent):
        kind, value = kinds[(place + len(url)) % len(kinds)]
        yield f"{box}: {kind}", sent | {box: value}


def bad_bodies(client: Client, url: str, turn: int):
    """`turn`: the number of the page, by which each gets other kinds."""
    kinds = list(NASTY)
    for place in range(KINDS_A_PAGE):
        kind = kinds[(turn * KINDS_A_PAGE + place) % len(kinds)]
        yield kind, dict.fromkeys(NAMES, NASTY[kind])
    yield "many at once", {name: [FOREIGN, "", "x"] for name in NAMES}
    yield "nested names", {f"{name}[0][__proto__]": "x" for name in NAMES} | {f"form-{n}-id": "x" for n in range(3)}
    in_half = NAMES[turn % 2 :: 2]  # Django takes in a hundred files at most
    yield "a file", {name: SimpleUploadedFile("a\u202eb.html", b"\x00\xff") for name in in_half}
    yield from one_box_bad(client, url)


NO_WRITES = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", 'INSERT INTO "PRIVACY_LOOK"')


class Writes:
    """Whether any statement since may have written something: whatever only reads or holds a place does not, nor does
    writing down who looked."""

    def __init__(self) -> None:
        self.has_written = False

    def __call__(self, execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        self.has_written |= not sql.lstrip(" (").upper().startswith(NO_WRITES)
        return execute(sql, *args)


class Taken(QueryDict):
    """What stands behind an address, and `names`, by which some view took something of it."""

    names: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.names.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.names.add(str(name))
        return super().__contains__(name)

    def getlist(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return super().getlist(name, default)

    def keys(self) -> Any:
        self.names.update(super().keys())
        return super().keys()

    def __iter__(self) -> Any:
        return iter(self.keys())

    def lists(self) -> Any:
        self.names.update(super().keys())
        return super().lists()


@pytest.fixture
def taken(monkeypatch) -> set[str]:
    """Names by which the pages asked since it was cleared took something of what stands behind the address. What a page
    takes nothing of changes nothing about its answer."""
    names: set[str] = set()

    def asked(request: WSGIRequest) -> Taken:
        if "taken" not in request.__dict__:
            request.__dict__["taken"] = Taken(request.META.get("QUERY_STRING", ""))
            request.__dict__["taken"].names = names
        return request.__dict__["taken"]

    monkeypatch.setattr(WSGIRequest, "GET", property(asked))
    return names


def sent(client: Client, url: str, data: dict) -> HttpResponseBase:
    """As a browser sends a form."""
    if any(isinstance(value, SimpleUploadedFile) for value in data.values()):
        return client.post(url, data)
    return client.post(url, urlencode(data, doseq=True), content_type="application/x-www-form-urlencoded")


def takes_nothing_in(client: Client, url: str) -> bool:
    """Whether it refuses every form before it looks at it; what breaks it with an empty one is said by the others."""
    with suppress(Exception), transaction.atomic():
        status = client.post(url).status_code
        transaction.set_rollback(True)
        return status == 405
    return False


def runs_what_was_sent(answer: HttpResponseBase) -> bool:
    """Whether a page holds what was sent to it as markup, so that it would run."""
    if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
        return False
    return b"<script>alert(1)" in answer.content


def what_went_wrong(client: Client, name: str, url: str, data: dict, before: dict[str, int]) -> str:
    watch = Writes()
    try:
        with transaction.atomic(), connection.execute_wrapper(watch):
            answer = sent(client, url, data)
    except Exception as broken:
        return f"{type(broken).__name__}: {str(broken)[:160]}"

    if answer.status_code >= 500:
        return f"status {answer.status_code}"
    if runs_what_was_sent(answer):
        return "what was sent stands in the page as markup"
    if answer.status_code >= 400 and watch.has_written and name not in STORES_WHAT_IT_REFUSES:
        more = {table for table, rows in rows_stored().items() if rows != before[table]}
        return f"refused with {answer.status_code}, but stored in {sorted(more)}" if more else ""
    return ""


@pytest.fixture
def center(settings, db):
    settings.DEMO = True
    CenterFactory()


@pytest.mark.everywhere
@pytest.mark.parametrize(("who", "names"), in_parts(PAGES, most=25))
def test_nothing_that_is_sent_breaks_a_page_or_is_half_kept(center, who, names):
    client, me, patient = walker(who)
    client.raise_request_exception = True
    cookies = client.cookies.copy()
    wrong = []
    for turn, (name, url) in enumerate(addresses(names, me, patient)):
        if takes_nothing_in(client, url):
            continue
        with transaction.atomic():
            client.cookies = cookies.copy()
            bodies = list(bad_bodies(client, url, turn))
            transaction.set_rollback(True)
        before = rows_stored()
        for kind, data in bodies:
            with transaction.atomic():
                client.cookies = cookies.copy()
                if trouble := what_went_wrong(client, name, url, data, before):
                    wrong.append(f"{name} with {kind}: {trouble}")
                transaction.set_rollback(True)
    assert wrong == []


def answers(client: Client, url: str, asked: dict[str, str]) -> HttpResponseBase | str:
    try:
        with transaction.atomic():
            return client.get(url, asked)
    except Exception as broken:
        return f"{type(broken).__name__}: {str(broken)[:160]}"


@pytest.mark.everywhere
@pytest.mark.parametrize(("who", "names"), in_parts(PAGES, most=50))
def test_junk_after_an_address_breaks_no_page(center, taken, who, names):
    junk = [value[:500] for value in NASTY.values()]
    client, me, patient = walker(who)
    client.raise_request_exception = True
    cookies = client.cookies.copy()
    wrong = []
    for name, url in addresses(names, me, patient):
        taken.clear()
        for turn in range(0, len(NASTY), 4):
            if turn and not taken & set(IN_QUERIES) - WITH_EVERY_PAGE:
                break
            with transaction.atomic():
                client.cookies = cookies.copy()
                asked = {name: junk[(turn + place) % len(junk)] for place, name in enumerate(IN_QUERIES)}
                answer = answers(client, url, asked)
                if isinstance(answer, str) or answer.status_code >= 500 or runs_what_was_sent(answer):
                    wrong.append(f"{name} with {asked}: {answer}")
                transaction.set_rollback(True)
    assert wrong == []


@pytest.mark.everywhere
@pytest.mark.parametrize("who", sorted(set(PAGES.values())))
def test_an_address_of_something_that_is_not_there_is_not_there(center, who):
    client, _me, _patient = walker(who)
    client.raise_request_exception = True
    wrong = []
    for name in (name for name, opener in PAGES.items() if opener == who and name in BY_ID):
        url = reverse(name, kwargs=dict.fromkeys(PARTS[name], UUID(FOREIGN)))
        for method in (client.get, client.post):
            with transaction.atomic():
                status = method(url).status_code
            if status not in {404, 405}:
                wrong.append(f"{name}: {status}")
    assert wrong == []

"""A visitor leaves no trace: no cookie, no row, no line in a log, no answer in an address or in the browser's store."""

import io
import logging.config
import re

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from stepdown.admissions.domain.self_screen import items
from stepdown.config.supervisor import product
from stepdown.kernel.logs import configuration
from stepdown.people.tests.factories import CenterFactory

pytestmark = pytest.mark.django_db
PAGES = ["home", "self_screen", "ask", "thanks", "privacy", "family", "referrers"]


@pytest.fixture(autouse=True)
def center():
    CenterFactory()
    with translation.override("en"):
        yield


def walk(client):
    """Every answer of someone who says no to all twelve questions, then turns to asking for a call and mistypes."""
    carried = {}
    yield client.get(reverse("public:self_screen"))
    for item in items():
        yield client.post(reverse("public:self_screen"), {**carried, "act": "next", "answer": "0"})
        carried[item] = "0"
    yield client.post(reverse("public:ask"), {**carried, "act": "bring", "send_answers": "on"})
    yield client.post(reverse("public:ask"), {**carried, "name": "Walt Specimen", "phone": "12", "send_answers": "on"})


def rows_of_every_table():
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        cursor.execute(" union all ".join(f"select '{table}', count(*) from \"{table}\"" for table in tables))
        return dict(cursor.fetchall())


def test_no_page_and_no_answer_sets_a_cookie_or_tells_another_site_where_the_visitor_was(client):
    addresses = [reverse(f"public:{name}") for name in PAGES]
    pages = [client.get(prefix + address) for address in addresses for prefix in ("", "/es")]
    assert {page.status_code for page in pages} == {200}
    for answer in (*pages, client.get("/not/here/"), *walk(client)):
        assert not answer.cookies
        assert answer["Referrer-Policy"] == "same-origin"


def test_the_self_screen_changes_no_table_at_all(client):
    before = rows_of_every_table()
    assert len(before) > 40
    for _answer in walk(client):
        assert rows_of_every_table() == before


def test_what_is_answered_and_typed_stays_in_no_store_on_the_way(client):
    for answer in walk(client):
        assert "no-store" in answer["Cache-Control"]


def test_answers_are_posted_and_no_link_or_address_carries_one(client):
    for answer in walk(client):
        page = answer.content.decode()
        addresses = re.findall(r'(?:href|src|action)="([^"]*)"', page)
        assert not [address for address in addresses if "ss_" in address or "?" in address]
        assert set(re.findall(r"<form[^>]*method=\"(\w+)\"", page)) <= {"post"}
        assert page.count("<form") == len(re.findall(r"<form[^>]*method=", page))


def test_answers_in_an_address_are_not_taken(client):
    page = client.get(reverse("public:self_screen"), {"ss_lost_control": "1", "act": "next", "answer": "1"})
    assert "Question 1 of 12" in page.content.decode()
    assert 'name="ss_lost_control"' not in page.content.decode()


def test_no_log_line_tells_of_a_visitor(client):
    logging.config.dictConfig(configuration())
    logging.getLogger("django").setLevel(logging.INFO)
    (handler,) = logging.getLogger().handlers[:1]
    stream, handler.stream = handler.stream, io.StringIO()
    try:
        for _answer in walk(client):
            pass
        written = handler.stream.getvalue()
    finally:
        handler.stream = stream
        logging.getLogger("django").setLevel(logging.WARNING)
    assert not [word for word in ("ss_", "self-screen", "Walt", "Specimen") if word in written]


def test_the_web_server_keeps_no_list_of_requests(monkeypatch):
    words = []
    monkeypatch.setattr(product.Product, "_python", lambda self, name, *given, **_: words.extend(given))
    maker = object.__new__(product.Product)
    maker.options = type("Options", (), {"port": 8000})()
    maker._web()
    assert "gunicorn" in words
    assert not [word for word in words if "access" in word]

import json
import re

import pytest
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.urls import path, resolve
from django.utils import translation

from stepdown.ui import center
from stepdown.ui.storage import StaticStorage
from stepdown.ui.tell import tell

LAYOUTS = ["public", "patient", "door", "staff", "room", "plain"]
urlpatterns = [
    path("staff/", lambda request: HttpResponse(), name="staff"),
    *i18n_patterns(path("me/", lambda request: HttpResponse(), name="me"), prefix_default_language=False),
]
pytestmark = pytest.mark.urls(__name__)


def request(url="/me/"):
    asked = RequestFactory().get(url)
    asked.resolver_match = resolve(asked.path)
    asked._messages = CookieStorage(asked)
    return asked


def layout(name, asked=None):
    asked = asked or request()
    return render_to_string(f"layouts/{name}.html", {"messages": messages.get_messages(asked)}, request=asked)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_page_has_one_main_part_a_skip_link_and_live_regions(name):
    html = layout(name)
    assert html.count("<main") == 1
    assert '<a class="skip" href="#main">' in html
    assert 'id="main"' in html
    assert 'id="say" role="status"' in html
    assert 'id="say-now" role="alert"' in html
    assert html.lstrip().startswith("<!doctype html>")


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_id_stands_twice_on_a_page(name):
    ids = re.findall(r'\bid="([^"]+)"', layout(name))
    assert len(ids) == len(set(ids))


def test_what_is_printed_of_a_record_carries_the_words_of_the_law():
    words = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."  # 42 CFR 2.32(a)(2)
    assert f'<p class="print-only">{words}</p>' in layout("staff")


def test_the_page_says_which_language_it_speaks():
    with translation.override("es"):
        assert '<html lang="es">' in layout("patient", request("/es/me/"))


@pytest.mark.parametrize(
    ("url", "language", "other"), [("/me/?step=2", "en", "/es/me/?step=2"), ("/es/me/", "es", "/me/")]
)
def test_the_language_switch_leads_to_the_same_page(url, language, other):
    with translation.override(language):
        html = layout("patient", request(url))
    assert f'class="lang" href="{other}"' in html


def test_a_page_with_one_language_has_no_switch():
    assert 'class="lang"' not in layout("patient", request("/staff/"))


def test_what_was_done_is_told_with_a_way_back():
    asked = request()
    tell(asked, "Seat held until 6:00 pm.", undo="/me/")
    html = layout("staff", asked)
    assert "Seat held until 6:00 pm." in html
    assert '<form method="post" action="/me/">' in html


def test_what_was_done_without_a_way_back_has_no_button():
    asked = request()
    tell(asked, "Saved.")
    assert "Undo" not in layout("staff", asked)


def test_an_answer_with_errors_is_swapped_like_any_other():
    config = json.loads(re.search(r"<meta name=\"htmx-config\" content='([^']+)'", layout("staff"))[1])
    assert {"code": "422", "swap": True} in config["responseHandling"]
    assert config["allowEval"] is False
    assert config["includeIndicatorStyles"] is False


def test_a_page_that_broke_needs_nothing_to_be_shown(monkeypatch):
    def broken():
        raise AssertionError("the database may be what broke")

    monkeypatch.setattr(center, "_provider", [broken])
    html = get_template("500.html").render()
    assert "Something on our side broke" in html
    assert "988" in html


def test_modules_of_scripts_import_each_other_by_names_that_change_with_their_content(tmp_path):
    storage = StaticStorage(location=tmp_path, base_url=settings.STATIC_URL)
    (tmp_path / "ui").mkdir()
    for name, text in (("say", "export const say = 1;\n"), ("keys", 'import { say } from "./say.js";\n')):
        (tmp_path / "ui" / f"{name}.js").write_text(text)
    paths = {f"ui/{name}.js": (storage, f"ui/{name}.js") for name in ("say", "keys")}
    list(storage.post_process(paths, dry_run=False))
    stored = (tmp_path / storage.stored_name("ui/keys.js")).read_text()
    assert re.search(r'from "\./say\.[0-9a-f]{12}\.js"', stored)

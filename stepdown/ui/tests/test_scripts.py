"""The small modules, each in a real browser and without a server: the page and its files come from this test."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parents[1] / "static"
SITE = "http://ui.invalid"
REGIONS = '<div id="say" role="status"></div><div id="say-now" role="alert"></div>'
LOADER = '<script type="module" src="/static/ui/modules.js"></script>'


def module(name):
    return f'data-module="ui/{name}" data-module-src="/static/ui/{name}.js"'


@pytest.fixture
def show(new_page):
    """show(body, answers={path: [(status, text), …]}) -> a page; what it sends is in page.sent."""

    def show_page(body, answers=None):
        page = new_page()
        page.sent = []
        replies = dict(answers or {})

        def reply(route):
            path = urlsplit(route.request.url).path
            if path == "/":
                html = f"<!doctype html><html lang='en'><title>t</title><body>{REGIONS}{body}{LOADER}</body></html>"
                route.fulfill(content_type="text/html", body=html)
            elif path.startswith("/static/"):
                route.fulfill(path=STATIC / path.removeprefix("/static/"))
            elif path in replies:
                page.sent.append(route.request.post_data or "")
                status, said = replies[path].pop(0)
                if status:
                    route.fulfill(status=status, content_type="application/json", body=said)
                else:
                    route.abort()
            else:
                route.fulfill(status=404)

        page.route("**/*", reply)
        page.clock.install()
        page.goto(SITE)
        return page

    return show_page


def ready(page, name):
    """Waits until the module has started on its element."""
    page.locator(f'[data-module="ui/{name}"][data-started]').first.wait_for(state="attached")


def text(page, selector, said):
    page.wait_for_function("([s, t]) => document.querySelector(s)?.textContent === t", arg=[selector, said])


TABLE = f"""<table {module("sort")}>
<thead><tr><th data-sort="text" aria-sort="descending">Name</th><th data-sort="number">Urge</th>
<th>Note</th></tr></thead>
<tbody><tr><td>Walt</td><td data-value="8">x</td><td></td></tr><tr><td>Ana</td><td data-value="">x</td><td></td></tr>
<tr><td>rosa</td><td data-value="10">x</td><td></td></tr></tbody></table>"""


def names(page):
    return page.locator("tbody td:first-child").all_text_contents()


def test_a_table_is_sorted_by_its_headings_and_says_so(show):
    page = show(TABLE)

    page.get_by_role("button", name="Urge").click()
    text(page, "#say", "sorted by urge, highest first")
    assert names(page) == ["rosa", "Walt", "Ana"], "who gave no number stands last"
    assert page.locator("th[aria-sort]").all_text_contents() == ["Urge"]

    page.get_by_role("button", name="Urge").click()
    text(page, "#say", "sorted by urge, lowest first")
    assert names(page) == ["Walt", "rosa", "Ana"]

    page.get_by_role("button", name="Name").click()
    assert names(page) == ["Ana", "rosa", "Walt"]
    assert page.evaluate("document.activeElement.textContent") == "Name"
    assert page.get_by_role("button").count() == 2


def test_behavior_starts_on_what_comes_later_and_ends_with_what_goes(show):
    page = show("<main></main>")
    page.evaluate("(html) => { document.querySelector('main').innerHTML = html }", TABLE)
    page.get_by_role("button", name="Urge").wait_for()

    page.evaluate("window.kept = document.querySelector('table'); kept.remove()")
    page.wait_for_function("window.kept.querySelector('button') === null")


def test_a_dialog_opens_from_its_opener_and_gives_the_focus_back(show):
    page = show(
        f"""<a href="/nowhere" data-opens="stop">Stop</a>
        <dialog id="stop" {module("dialog")}><button data-closes>Keep</button></dialog>"""
    )
    ready(page, "dialog")

    page.get_by_role("link", name="Stop").click()
    page.locator("dialog[open]").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Keep"

    page.keyboard.press("Escape")
    page.locator("dialog:not([open])").wait_for(state="attached")
    assert page.evaluate("document.activeElement.textContent") == "Stop"


def test_what_is_current_comes_into_view_in_what_scrolls_sideways(show):
    links = "".join(f'<a style="flex: none; width: 150px"{" aria-current" * (n == 6)}>{n}</a>' for n in range(10))
    page = show(f'<nav style="display: flex; width: 300px; overflow-x: auto" {module("in_view")}>{links}</nav>')
    ready(page, "in_view")
    box, link = page.locator("nav").bounding_box(), page.locator("[aria-current]").bounding_box()
    assert box["x"] <= link["x"]
    assert link["x"] + link["width"] <= box["x"] + box["width"]


@pytest.mark.parametrize(("current", "moved"), [(1, False), (8, True)])
def test_what_is_current_comes_into_view_in_a_long_menu(show, current, moved):
    links = "".join(
        f'<a style="display: block; height: 60px"{" aria-current" * (n == current)}>{n}</a>' for n in range(10)
    )
    page = show(f'<nav style="height: 300px; overflow-y: auto" {module("in_view")}>{links}</nav>')
    ready(page, "in_view")
    box, link = page.locator("nav").bounding_box(), page.locator("[aria-current]").bounding_box()
    assert box["y"] <= link["y"]
    assert link["y"] + link["height"] <= box["y"] + box["height"]
    assert (page.evaluate("document.querySelector('nav').scrollTop") > 0) is moved


def test_a_button_that_prints_appears_with_its_script(show):
    page = show(f"<button {module('print')} hidden>Print</button>")
    page.evaluate("() => { window.print = () => { window.printed = true } }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")


KEYS = f"""<div {module("keys")}><label>Find <input data-key="/"></label><button data-key="n">New</button>
<a href="#group" data-key="g">Groups</a></div>"""


def test_single_keys_work_and_are_off_while_someone_types(show):
    page = show(KEYS)
    ready(page, "keys")
    page.evaluate(
        "() => { window.pressed = 0; document.querySelector('button').onclick = () => { window.pressed += 1 } }"
    )

    page.keyboard.press("n")
    assert page.evaluate("window.pressed") == 1

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    page.keyboard.type("n/?")
    assert page.locator("input").input_value() == "n/?"
    assert page.evaluate("window.pressed") == 1


def test_a_question_mark_lists_the_keys(show):
    page = show(KEYS)
    ready(page, "keys")

    page.keyboard.press("?")

    assert page.locator("dialog[open] dt").all_text_contents() == ["/", "n", "g"]
    assert page.locator("dialog[open] dd").all_text_contents() == ["Find", "New", "Groups"]
    page.get_by_role("button", name="Close").click()
    page.locator("dialog").wait_for(state="detached")


FORM = f"""<form method="post" action="/save/" data-saved="Saved {{time}}" data-unsaved="Not saved yet."
{module("autosave")}><input type="hidden" name="version" value="1"><textarea name="words"></textarea>
<output data-autosave-says></output></form>"""


def test_writing_is_saved_and_said_so(show):
    page = show(FORM, {"/save/": [(200, '{"time": "9:11 pm", "version": "2"}')]})
    ready(page, "autosave")

    page.locator("textarea").fill("She spoke of work.")
    page.clock.run_for(1100)

    text(page, "output", "Saved 9:11 pm")
    assert "She spoke of work." in page.sent[0]
    assert page.locator("[name=version]").input_value() == "2"


def test_what_has_an_id_of_its_own_is_saved_under_it(show):
    once = '<input type="hidden" name="once" value="c0ffee">'
    page = show(FORM.replace("<textarea", f"{once}<textarea"), {"/save/": [(200, "{}"), (200, "{}")]})
    ready(page, "autosave")

    for words in ("She spoke", "She spoke of work."):
        page.locator("textarea").fill(words)
        page.clock.run_for(1100)

    page.wait_for_function("document.querySelector('output').dataset.state === 'saved'")
    assert ["c0ffee" in sent and "She spoke" in sent for sent in page.sent] == [True, True]


def test_a_lost_line_loses_no_word_and_is_tried_again(show):
    page = show(FORM, {"/save/": [(0, ""), (200, '{"time": "9:12 pm"}')]})
    ready(page, "autosave")

    page.locator("textarea").fill("She spoke of work.")
    page.clock.run_for(1100)
    text(page, "output", "Not saved yet.")
    assert page.locator("textarea").input_value() == "She spoke of work."

    page.clock.run_for(5100)
    text(page, "output", "Saved 9:12 pm")


def test_a_refusal_is_said_in_its_own_words(show):
    page = show(FORM, {"/save/": [(409, '{"sentence": "Jon changed this a minute ago."}')]})
    ready(page, "autosave")

    page.locator("textarea").fill("Mine.")
    page.clock.run_for(1100)

    text(page, "output", "Jon changed this a minute ago.")


def countdown(page, seconds):
    """Puts a countdown on the page that ends in so many seconds of its own clock."""
    page.evaluate(
        """([seconds, attributes]) => {
            const html = `<b ${attributes} data-minutes="{n} minutes" data-minute="{n} minute" data-over="now"
                data-says5="Five minutes." data-says1="One minute."></b>`;
            document.body.insertAdjacentHTML("beforeend", html.replace("<b ",
                `<b data-until="${new Date(Date.now() + seconds * 1000).toISOString()}" `));
        }""",
        [seconds, module("countdown")],
    )
    page.wait_for_function("document.querySelector('b')?.textContent")


def test_a_countdown_says_minutes_and_speaks_only_at_five_and_one(show):
    page = show("")
    countdown(page, 12 * 60)
    text(page, "b", "12 minutes")

    page.clock.run_for(6 * 60_000)
    text(page, "b", "6 minutes")
    assert page.locator("#say").text_content() == ""

    page.clock.run_for(61_000)
    text(page, "#say", "Five minutes.")
    page.clock.run_for(4 * 60_000)
    text(page, "#say", "One minute.")
    page.clock.run_for(61_000)
    text(page, "b", "now")


def test_a_toast_leaves_but_stays_while_someone_is_on_it(show):
    page = show(f'<div {module("toast")}><div role="status"><p class="toast"><button>Undo</button></p></div></div>')
    ready(page, "toast")

    page.keyboard.press("F6")
    assert page.evaluate("document.activeElement.textContent") == "Undo"
    page.clock.run_for(20_000)
    assert page.locator(".toast").count() == 1

    page.evaluate("document.activeElement.blur()")
    page.clock.run_for(9_000)
    page.locator(".toast").wait_for(state="detached")


AWAY = f"""<button>Behind</button><textarea>Typed</textarea>
<dialog class="away" {module("away")} data-url="/here/"><form method="post" action="/proof/">
<input type="hidden" name="csrfmiddlewaretoken" value="t"><input type="hidden" name="next" value="/here/">
<p data-sorry="Not your password." hidden></p><input name="password" type="password"><button>Go on</button>
</form></dialog>"""


def test_a_page_nobody_touches_is_covered_and_what_was_typed_stays(show):
    page = show(AWAY, {"/here/": [(200, '{"seconds": 0}')], "/proof/": [(422, "{}")]})
    page.locator("dialog[data-started]").wait_for(state="attached")
    page.clock.run_for(60_000)
    page.locator("dialog[open]").wait_for()
    page.keyboard.press("Escape")
    assert page.locator("dialog").evaluate("it => it.open"), "Esc uncovers nothing"
    page.locator("input[name=password]").fill("wrong")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("Not your password.").wait_for()
    assert page.locator("textarea").input_value() == "Typed"


def test_a_page_that_is_used_says_so_each_minute_and_is_not_covered(show):
    page = show(AWAY, {"/here/": [(200, '{"seconds": 900}')] * 2})
    page.locator("dialog[data-started]").wait_for(state="attached")
    page.keyboard.press("a")
    with page.expect_request("**/here/") as asked:
        page.clock.run_for(60_000)
    assert asked.value.method == "POST"
    page.clock.run_for(600_000)
    assert len(page.sent) == 1, "nobody touched it again, and there are minutes left"
    assert not page.locator("dialog").evaluate("it => it.open")

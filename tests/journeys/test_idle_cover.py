"""A counselor is called away from a half-written note: the page is covered, and the password brings it back."""

from importlib import import_module

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from stepdown.attendance.tests.factories import seated, session_over, was_in
from stepdown.chart import services
from stepdown.people.tests.factories import PASSWORD, CenterFactory
from tests.walk_in import as_staff

pytestmark = pytest.mark.browser
AWAY_MINUTES = 16  # one more than STEPDOWN_IDLE_MINUTES of the running product
ALMOST = 14


@pytest.fixture
def part():
    """Rosa's part of the note, not written yet."""
    CenterFactory()
    session = session_over()
    was_in(session, seated(session, first_name="Rosa"), 0, 170)
    return services.open_note(session=session, by=session.leader).parts.get()


@pytest.fixture
def page(product, new_page, part) -> Page:
    """The leader's page with that part, and a clock that can be put forward."""
    page = as_staff(new_page(), product.url, part.note.author)
    page.clock.install()
    page.goto(product.url + reverse("chart:part", args=[part.pk]))
    page.locator("form[data-started]").wait_for()
    return page


def go_away(page: Page, minutes: int = AWAY_MINUTES) -> None:
    """Nothing is done for so long, by the server's clock and by the page's."""
    (cookie,) = (one for one in page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)
    session = import_module(settings.SESSION_ENGINE).SessionStore(cookie["value"])
    session["active_at"] = session.get("active_at", 0) - minutes * 60
    for record in session["account_authentication_methods"]:
        record["at"] -= minutes * 60
    session.save()
    page.clock.fast_forward(minutes * 60_000)


def saving(page: Page):
    """What is typed within has been saved by itself at the end."""
    return page.expect_response(lambda answer: "x-autosave" in answer.request.headers and answer.ok)


def cover(page: Page):
    return page.get_by_role("dialog", name="Is it still you?")


def test_a_page_says_that_it_is_about_to_be_covered_and_who_moves_stays(page):
    warning = page.get_by_text("In about a minute the page is covered.")
    expect(warning).to_have_count(0)
    go_away(page, ALMOST)
    expect(warning).to_be_visible()
    expect(cover(page)).to_be_hidden()
    page.mouse.move(40, 40)
    page.mouse.move(80, 80)
    expect(warning).to_have_count(0)


def test_a_covered_page_keeps_the_draft_and_goes_on_in_place(page, part, axe):
    words = page.get_by_label("In your words")
    with saving(page):
        words.fill("Named the hour after work.")
    words.fill("Named the hour after work as the hardest.")
    before = page.url

    go_away(page)

    expect(cover(page)).to_be_visible()
    axe(page)
    cover(page).get_by_label("Password").fill("not this one")
    cover(page).get_by_role("button", name="Go on").click()
    expect(cover(page).get_by_role("alert")).to_have_text("This is not your password. Try again.")
    cover(page).get_by_label("Password").fill(PASSWORD)
    cover(page).get_by_role("button", name="Go on").click()
    expect(cover(page)).to_be_hidden()
    assert page.url == before
    expect(words).to_have_value("Named the hour after work as the hardest.")
    with saving(page):
        words.fill("Named the hour after work as the hardest. Plans a walk.")
    page.reload()
    expect(words).to_have_value("Named the hour after work as the hardest. Plans a walk.")


def test_nothing_of_a_person_is_seen_through_the_cover(page):
    go_away(page)
    expect(cover(page)).to_be_visible()

    covered = page.screenshot(animations="disabled", caret="hide")
    cover(page).evaluate("""(dialog) => {
        document.body.style.visibility = "hidden";
        dialog.style.visibility = "visible";
    }""")

    assert page.screenshot(animations="disabled", caret="hide") == covered, "what lies below makes no difference"
    assert "Rosa" not in page.title()


def test_a_page_opened_after_a_while_asks_and_leads_back_to_its_place(page):
    before = page.url
    with saving(page):
        page.get_by_label("In your words").fill("Named the hour after work.")

    go_away(page)
    page.goto(before)

    expect(page.get_by_role("heading", level=1, name="Is it still you?")).to_be_visible()
    expect(page.get_by_text("Rosa")).to_have_count(0)
    page.get_by_role("main").get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Go on").click()
    expect(page).to_have_url(before)
    expect(page.get_by_label("In your words")).to_have_value("Named the hour after work.")

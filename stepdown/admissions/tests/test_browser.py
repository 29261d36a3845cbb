"""The admissions pages in a real browser: for everyone, saved as one goes, danger at once."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.admissions.tests.factories import AssessmentFactory
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from tests.browser import DESKTOP, PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def signed_in(product, new_page):
    """Opens a page of the product as an admissions counselor; gives the page and a way to go to an address."""
    CenterFactory()
    cookies = sign_in(Client(), StaffFactory(roles=[Role.ADMISSIONS])).cookies

    def open_page(**options):
        page = new_page(**options)
        page.context.add_cookies(
            [{"name": name, "value": each.value, "url": product.url} for name, each in cookies.items()]
        )
        return page, lambda name, *args: page.goto(product.url + reverse(f"admissions:{name}", args=args))

    return open_page


def test_a_visitor_in_danger_reads_what_to_do_at_the_answer_and_is_asked_nothing_more(product, new_page, axe):
    CenterFactory()
    page = new_page(viewport=PHONE)
    page.goto(product.url + reverse("public:self_screen"))
    while "thoughts of killing yourself" not in page.locator("h1").inner_text():
        page.get_by_role("button", name="Skip this question").click()
    help_now = page.get_by_role("link", name="Call 988")
    assert not help_now.is_visible()
    page.get_by_label("Yes").check()
    help_now.wait_for()
    assert page.get_by_role("link", name="Call 911").is_visible()
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_role("heading", name="Please get help now. You do not have to wait for us.").wait_for()
    assert help_now.is_visible()
    assert page.get_by_role("radio").count() == 0
    page.get_by_role("button", name="Ask for a call").click()
    page.get_by_role("heading", name="Ask for a call").wait_for()
    assert help_now.is_visible()
    axe(page)


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"])
def test_every_part_of_an_assessment_can_be_used_by_everyone(signed_in, axe, viewport, scheme):
    assessment = AssessmentFactory(finished=True)
    page, go = signed_in(viewport=viewport, color_scheme=scheme)
    for part in ("about", "home", "history"):
        go("part", assessment.inquiry_id, part)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), part


def test_answers_and_words_are_saved_as_one_goes_and_the_advice_follows(signed_in):
    assessment = AssessmentFactory(finished=True)
    page, go = signed_in()
    go("part", assessment.inquiry_id, "home")
    page.get_by_role("group", name="Is home a safe place for them?").get_by_label("No", exact=True).check()
    page.locator("#advice", has_text="Home is not safe.").wait_for()
    page.get_by_text("Use only the safe way to reach them.").wait_for()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_label("In their words").fill("I sleep at the plant.")
    assessment.refresh_from_db()
    assert assessment.answers["home"]["safe"] is False
    assert assessment.words["home"] == "I sleep at the plant."


def test_an_emergency_answer_brings_the_panel_at_once(signed_in):
    page, go = signed_in()
    go("part", AssessmentFactory().inquiry_id, "danger")
    page.get_by_role("group", name="Overdose, or not responding, right now?").get_by_label("Yes").check()
    page.get_by_role("heading", name="Stay on the line. Help comes first.").wait_for()
    assert urlsplit(page.url).path.count("/danger/") == 1


def test_danger_that_comes_up_on_the_call_takes_one_press_from_any_part(signed_in):
    page, go = signed_in()
    asked = AssessmentFactory().inquiry_id
    go("part", asked, "home")
    page.get_by_role("button", name="Danger came up").click()
    page.get_by_role("heading", name="Stay on the line. Help comes first.").wait_for()
    assert page.get_by_text("Call 911 for the place where they are.").is_visible()
    assert page.get_by_role("link", name="988").is_visible()
    go("part", asked, "home")
    page.get_by_role("heading", name="Stay on the line. Help comes first.").wait_for()

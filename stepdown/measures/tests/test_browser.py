"""A check-in on a bad line: kept on the device, sent once when the line is back."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from stepdown.measures.models import CheckIn
from stepdown.people.models import Device
from stepdown.people.services import end_device
from stepdown.people.tests.factories import CenterFactory, PatientFactory
from tests.browser import PHONE
from tests.walk_in import as_patient

pytestmark = pytest.mark.browser
WORDS = "A hard evening, made up."


@pytest.fixture
def phone(product, new_page):
    """(the page, its patient): a check-in with words that was sent while the line was lost."""
    CenterFactory()
    patient = PatientFactory()
    page = as_patient(new_page(PHONE), product.url, patient)
    page.goto(product.url + reverse("measures:check_in"))
    page.locator("form[data-started]").wait_for()
    page.locator(".scale label").nth(3).click()
    page.get_by_label("Anything you want to say").fill(WORDS)
    page.context.set_offline(True)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-says]")).to_contain_text("The line is lost. Your answers are kept on this phone")
    assert not CheckIn.objects.filter(patient=patient).exists()
    return page, patient


def kept_on(page):
    return page.evaluate("JSON.stringify(localStorage)")


def test_a_check_in_waits_on_the_phone_for_the_line_and_is_sent_once(phone):
    page, patient = phone
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert CheckIn.objects.filter(patient=patient).count() == 1
    assert kept_on(page) == "{}"


def test_nobody_reads_what_waits_on_the_phone_and_it_goes_when_the_page_is_open_again(phone):
    page, patient = phone
    kept = kept_on(page)
    assert str(patient.pk) in kept
    assert not [readable for readable in (WORDS, "craving", "words", "hard") if readable in kept]
    context, url = page.context, page.url
    page.close()  # as a crash: nothing more is sent
    context.set_offline(False)
    page = context.new_page()
    page.goto(url)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert CheckIn.objects.get(patient=patient).words == WORDS
    assert kept_on(page) == "{}"


def test_on_a_device_that_is_ended_nothing_is_left(phone):
    page, patient = phone
    context, url = page.context, page.url
    page.close()
    end_device(device=Device.objects.get(patient=patient))
    context.set_offline(False)
    page = context.new_page()
    page.goto(url)
    page.wait_for_function("localStorage.length === 0")
    assert not CheckIn.objects.filter(patient=patient).exists()

"""A check-in on a bad line: kept on the device, sent once when the line is back."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from stepdown.measures.models import CheckIn
from stepdown.people.tests.factories import CenterFactory, PatientFactory
from tests.browser import PHONE
from tests.walk_in import as_patient

pytestmark = pytest.mark.browser


def test_a_check_in_waits_on_the_phone_for_the_line_and_is_sent_once(product, new_page):
    CenterFactory()
    patient = PatientFactory()
    phone = as_patient(new_page(PHONE), product.url, patient)
    phone.goto(product.url + reverse("measures:check_in"))
    phone.locator("form[data-started]").wait_for()
    phone.locator(".scale label").nth(3).click()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("[data-says]")).to_contain_text("The line is lost.")
    assert not CheckIn.objects.filter(patient=patient).exists()
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    assert CheckIn.objects.filter(patient=patient).count() == 1

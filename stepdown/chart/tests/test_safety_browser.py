"""A safety plan in a real browser: written by the patient on a phone, called from there, read by the counselor."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from stepdown.chart.tests.plans import in_group
from stepdown.people.tests.factories import CenterFactory
from tests.browser import DESKTOP, PHONE
from tests.walk_in import as_patient, as_staff

pytestmark = pytest.mark.browser


def test_a_patient_writes_a_safety_plan_and_calls_from_it(product, new_page, axe):
    CenterFactory()
    seat = in_group()
    phone = as_patient(new_page(viewport=PHONE), product.url, seat.patient)
    phone.goto(product.url + reverse("desk:home"))
    phone.get_by_role("link", name="Write your safety plan").click()
    phone.get_by_role("link", name="Write your safety plan").click()
    phone.get_by_label("What I can do on my own").fill("Walk round the block")
    people = phone.get_by_role("group", name="People I can ask for help")
    people.get_by_label("Name").first.fill("Sam Example")
    people.get_by_label("Phone number").first.fill("512 555 0142")
    phone.get_by_role("button", name="Save your plan").click()
    expect(phone.get_by_role("link", name="Call Sam Example")).to_have_attribute("href", "tel:+15125550142")
    axe(phone)
    phone.goto(product.url + reverse("desk:help"))
    phone.get_by_role("link", name="Open your safety plan").click()
    expect(phone.get_by_role("link", name="Text Sam Example")).to_be_visible()

    staff = as_staff(new_page(viewport=DESKTOP), product.url, seat.group.leader)
    staff.goto(product.url + reverse("desk:patient", args=[seat.patient.pk]))
    expect(staff.get_by_text(f"written by {seat.patient.called} alone")).to_be_visible()
    staff.get_by_role("link", name="Safety plan", exact=True).click()
    expect(staff.get_by_role("link", name="(512) 555-0142")).to_be_visible()

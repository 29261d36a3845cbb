"""A plan in a real browser: drafted and signed by the counselor, read and signed by the patient on a phone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from stepdown.chart import services_plan
from stepdown.chart.tests.plans import in_group
from stepdown.people.tests.factories import CenterFactory
from tests.browser import DESKTOP, PHONE
from tests.walk_in import as_patient, as_staff

pytestmark = pytest.mark.browser


def test_a_plan_is_drafted_and_signed_by_both(product, new_page, axe):
    CenterFactory()
    seat = in_group(assessed=True)
    version = services_plan.begin_version(episode=seat.episode, by=seat.group.leader)
    one = replace(version.document, problems=version.document.problems[:1])
    services_plan.save_draft(version=version, document=one, by=seat.group.leader)
    staff = as_staff(new_page(viewport=DESKTOP), product.url, seat.group.leader)
    staff.goto(product.url + reverse("chart:draft", args=[version.pk]))
    axe(staff)
    staff.get_by_label("What will be different").fill("Drives home another way")
    staff.get_by_role("button", name="Save", exact=True).click()
    expect(staff.get_by_text("Objective 1.1 has no number.")).to_be_visible()
    staff.get_by_label("How much, how often").fill("4 of 5 work days")
    staff.get_by_label("How we see it").fill("own word in group")
    staff.get_by_label("By", exact=True).fill((timezone.localdate() + timedelta(days=30)).isoformat())
    staff.get_by_role("button", name="Save and sign").click()
    staff.get_by_label("I wrote this plan").check()
    staff.get_by_role("button", name="Sign", exact=True).click()
    expect(staff.get_by_text("has not signed it yet")).to_be_visible()
    axe(staff)

    phone = as_patient(new_page(viewport=PHONE), product.url, seat.patient)
    phone.goto(product.url + reverse("desk:home"))
    phone.get_by_role("link", name="Your plan is ready").click()
    expect(phone.get_by_text("Step 1.1: Drives home another way")).to_be_visible()
    axe(phone)
    phone.get_by_label("I have read this, and I agree.").check()
    phone.get_by_label("Your full name").fill(seat.patient.name)
    phone.get_by_role("button", name="Sign", exact=True).click()
    expect(phone.get_by_text("Signed by", exact=True)).to_be_visible()

    staff.reload()
    expect(staff.get_by_text("has not signed it yet")).to_be_hidden()

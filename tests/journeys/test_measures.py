"""An answer that needs somebody: given on a phone, seen by the leader, settled with what was done."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from stepdown.measures.tests.factories import AdministrationFactory
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from tests.browser import DESKTOP, PHONE
from tests.walk_in import as_patient, as_staff

pytestmark = pytest.mark.browser


def test_an_answer_that_needs_somebody_reaches_the_leader_before_the_form_is_sent(product, new_page, axe):
    CenterFactory()
    group = GroupFactory(leader=StaffFactory(name="Ines Invented"))
    seat = SeatFactory(group=group, accepted=True, starts_at=timezone.now() - timedelta(days=9))
    AdministrationFactory(patient=seat.patient)

    phone = as_patient(new_page(PHONE), product.url, seat.patient)
    phone.goto(product.url + reverse("desk:home"))
    phone.get_by_role("link", name="Your mood in the last two weeks").click()
    for _ in range(8):
        phone.get_by_role("button", name="Not at all").click()
    axe(phone)
    phone.get_by_role("button", name="Several days").click()
    expect(phone.get_by_role("alert").filter(has_text="Call or text 988 now.")).to_be_visible()
    axe(phone)

    desk = as_staff(new_page(DESKTOP), product.url, group.leader)
    desk.goto(product.url + reverse("desk:day"))
    desk.get_by_text(f"{seat.patient.name} needs somebody.").wait_for()
    desk.get_by_role("link", name="See what was answered").click()
    expect(desk.get_by_text("Several days")).to_be_visible()
    axe(desk)
    desk.get_by_text("Talked with them: safe for now").click()
    desk.get_by_label("In a sentence or two").fill("A passing thought. Safe at home, calls tomorrow.")
    desk.get_by_role("button", name="Sign and settle").click()
    expect(desk.get_by_text("A passing thought.")).to_be_visible()

"""The note of a contact in a real browser: one tap, a phrase, saved by itself, what is missing said anew."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from stepdown.chart.models import ContactNote
from stepdown.chart.tests.plans import in_group
from stepdown.people.tests.factories import CenterFactory
from tests.browser import DESKTOP
from tests.walk_in import as_staff

pytestmark = pytest.mark.browser


def test_a_note_is_begun_in_one_tap_and_saves_what_a_phrase_puts_in(product, new_page, axe):
    CenterFactory()
    seat = in_group()
    staff = as_staff(new_page(viewport=DESKTOP), product.url, seat.group.leader)
    staff.goto(product.url + reverse("desk:patient", args=[seat.patient_id]))
    staff.get_by_role("button", name="Write a note").click()
    missing = staff.get_by_text("Write something under “Data”.")
    expect(missing).to_be_visible()
    staff.get_by_role("button", name="Reported an urge of").click()
    staff.keyboard.type("6")  # takes the place of the first gap
    expect(staff.get_by_label("Data")).to_have_value("Reported an urge of 6 of 10 at its highest, and …")
    expect(missing).to_be_hidden()
    axe(staff)
    assert ContactNote.objects.get(patient=seat.patient).written["Data"].startswith("Reported an urge of 6")

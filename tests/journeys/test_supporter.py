"""A page that somebody outside has open empties by itself when the patient stops sharing. Source: RULE PRIV-13."""

import pytest
from playwright.sync_api import expect

from stepdown.outreach.supporters.tests.scenes import page_of, supported
from stepdown.people import services_supporters, supporters
from stepdown.people.tests.factories import CenterFactory, PatientFactory
from stepdown.privacy.services_sharing import revoke

pytestmark = pytest.mark.browser
ASKS_BY_ITSELF = "htmx.ajax('GET', document.querySelector('[hx-get]').getAttribute('hx-get'), {swap: 'none'})"


def test_an_open_page_empties_when_the_patient_stops(product, new_page, axe):
    CenterFactory()
    patient = PatientFactory()
    supporter = supported(patient)
    services_supporters.accept(supporter=supporter, words="I keep it to myself.")
    secret = services_supporters.trust_browser(supporter=supporter, known_by="")
    page = new_page()
    page.context.add_cookies([{"name": supporters.COOKIE, "value": secret, "url": product.url}])
    page.goto(product.url + page_of(supporter))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"What {patient.called} lets you see")
    axe(page)
    expect(page.locator("[hx-get]")).to_have_attribute("hx-trigger", "every 20s")

    page.evaluate(ASKS_BY_ITSELF)
    expect(page.get_by_role("heading", level=1)).to_contain_text(patient.called)

    revoke(consent=patient.sharing_consents.get())
    page.evaluate(ASKS_BY_ITSELF)
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here")
    expect(page.locator("body")).not_to_contain_text(patient.called)

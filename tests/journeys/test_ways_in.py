"""The ways in, in a real browser: a patient on a new phone, staff with a code from an app, and staff with a passkey."""

import re

import pytest
from playwright.sync_api import expect

from stepdown.outreach.services import send_new_link
from stepdown.people import links
from stepdown.people.models import Account, Role
from stepdown.people.tests.clients import one_time_code
from stepdown.people.tests.factories import PASSWORD, CenterFactory, PatientFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable.tests.factories import SessionFactory
from tests.browser import DESKTOP, PHONE, broken_rules
from tests.copies import wait_until

pytestmark = pytest.mark.browser


def looks(new_page, axe, url: str, state=None) -> None:
    """The page keeps the rules of accessibility at both widths, light and dark."""
    page = new_page(storage_state=state, reduced_motion="reduce")  # colors change at once with the scheme
    page.goto(url)
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme="light")
        axe(page)
        page.emulate_media(color_scheme="dark")
        assert broken_rules(page, colors_only=True) == []


def test_a_patient_comes_in_on_a_new_phone_with_the_code_from_the_console(product, new_page, axe):
    CenterFactory()
    patient = PatientFactory(phone="+15555550177")
    send_new_link(patient=patient)
    url = links.url_of(patient.links.get())
    wait_until(lambda: url in product.console(), "the link is on the console")
    looks(new_page, axe, url)

    page = new_page(PHONE)
    page.goto(url)
    for box, value in (("Month", "3"), ("Day", "14"), ("Year", "1988")):
        page.get_by_label(box, exact=True).fill(value)
    page.get_by_role("button", name="Text me a code").click()
    said = re.compile(r"to \+15555550177 .*?Your code is (\d{6})", re.S)
    wait_until(lambda: said.search(product.console()), "the code is on the console")
    expect(page.get_by_label("Code", exact=True)).to_be_visible()
    axe(page)
    page.get_by_label("Code", exact=True).fill(said.search(product.console())[1])
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/me/")

    again = page.context.new_page()
    again.goto(url)
    assert again.url.endswith("/me/")

    page.goto(f"{product.url}/me/agree/")
    axe(page)
    for _ in range(3):
        page.get_by_label("I have read this, and I agree.").check()
        page.get_by_label("Your full name").fill("Walt Specimen")
        page.get_by_role("button", name="Sign").click()
    page.wait_for_url("**/me/agree/signed/")
    axe(page)
    page.get_by_role("link", name="Treatment", exact=True).click()
    page.get_by_text("Walt Specimen").wait_for()
    axe(page)
    state = page.context.storage_state()
    looks(new_page, axe, f"{product.url}/es/me/agree/signed/", state)

    SeatFactory(group=SessionFactory().group, episode__patient=patient, accepted=True)
    again.goto(url)
    expect(again.get_by_role("heading", name="Can we see and hear you?")).to_be_visible()
    again.get_by_role("link", name="Today").click()
    expect(again.get_by_role("heading", name="Your group is meeting now")).to_be_visible()
    again.get_by_role("link", name="Go to your group").click()
    expect(again.get_by_role("heading", name="Can we see and hear you?")).to_be_visible()


def test_staff_set_up_a_code_at_their_first_sign_in_and_use_it_from_then_on(product, new_page, axe):
    staff = StaffFactory(email="first@example.com", roles=[Role.ADMINISTRATOR], second_factor=False)
    looks(new_page, axe, f"{product.url}/staff/sign-in/")
    page = new_page(DESKTOP)
    page.goto(f"{product.url}/staff/people/")
    sign_in_with_password(page, staff.account.email)
    page.get_by_text("Set up a second step first.").wait_for()
    axe(page)
    page.get_by_role("link", name="Set up a code").click()
    page.get_by_role("button", name="Use this app").wait_for()
    axe(page)
    secret = page.locator("code").inner_text()
    page.get_by_label("Code", exact=True).fill(one_time_code(secret))
    page.get_by_role("button", name="Use this app").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    axe(page)
    spare = page.locator(".codes code").first.inner_text()
    state = page.context.storage_state()
    for path in ("people/", "people/new/", f"people/{staff.pk}/", "account/second-factor/", "account/password/"):
        looks(new_page, axe, f"{product.url}/staff/{path}", state)

    other = new_page(PHONE)
    other.goto(f"{product.url}/staff/people/")
    sign_in_with_password(other, staff.account.email)
    other.get_by_label("Code", exact=True).wait_for()
    axe(other)
    other.get_by_label("Code", exact=True).fill(spare)
    other.get_by_role("button", name="Go on").click()
    other.wait_for_url("**/staff/people/")


def test_a_passkey_opens_the_account_without_a_password(product, new_page, axe):
    StaffFactory(email="passkey@example.com", second_factor=False)
    home = product.url.replace("127.0.0.1", "localhost")  # an address of numbers cannot have passkeys
    page = new_page(DESKTOP)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    authenticator = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": authenticator})
    page.goto(f"{home}/staff/sign-in/")
    sign_in_with_password(page, "passkey@example.com")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add this device").wait_for()
    axe(page)
    page.get_by_role("button", name="Add this device").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto(f"{home}/staff/account/second-factor/")
    page.get_by_role("link", name="Remove My device").wait_for()
    axe(page)
    page.get_by_role("main").get_by_role("button", name="Sign out").click()

    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/staff/day/")
    assert page.get_by_role("navigation").first.is_visible()
    assert Account.objects.get(email="passkey@example.com").last_login

    page.goto(f"{home}/staff/account/second-factor/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    sign_in_with_password(page, "passkey@example.com")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/staff/day/")


def sign_in_with_password(page, email: str) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()

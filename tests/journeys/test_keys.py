"""The room with the keyboard alone and with a screen reader: the focus is never lost, and what happens is told."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from stepdown.live import services
from tests.browser import PHONE
from tests.journeys.scenes import hears, tile
from tests.walk_in import as_patient

pytestmark = pytest.mark.browser


def press(page: Page, name: str) -> None:
    """Presses a button by its key."""
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    page.keyboard.press("Enter")


def test_what_gives_way_to_its_opposite_gives_it_the_focus(scene):
    leader = scene.leader()
    page = scene.inside("Walt", viewport=PHONE)
    for name, opposite in (
        ("Start 10 min break", "End break"),
        ("End break", "Start 10 min break"),
        ("Pause the room", "Go on"),
        ("Go on", "Pause the room"),
    ):
        press(leader, name)
        expect(leader.get_by_role("button", name=opposite, exact=True)).to_be_focused()
    press(page, "I am back")
    expect(page.locator("#main")).to_be_focused()
    press(page, "Tell Ines")
    press(page, "I need help.")
    expect(page.get_by_role("button", name="Tell Ines")).to_be_focused()


def test_a_key_that_is_held_down_is_one_press(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    for _ in range(100):
        page.keyboard.down("m")
    page.keyboard.up("m")
    expect(tile(leader, "Walt").get_by_role("img", name="Muted")).to_be_visible()
    expect(tile(page, "Walt (you)")).to_be_visible()


def test_the_focus_stays_on_a_face_while_others_come_and_go_and_moves_on_from_one_that_went(scene):
    leader = scene.leader()
    walt = scene.inside("Walt")
    remy = scene.at_door("Remy")
    leader.get_by_role("button", name="Walt: more").focus()
    knock = scene.session.knocks.latest("at")
    services.let_in(session=scene.session, patient=knock.patient, by=scene.session.leader)
    expect(tile(leader, "Remy")).to_be_visible()
    expect(leader.get_by_role("button", name="Walt: more")).to_be_focused()
    walt.get_by_role("button", name="Remy: more").focus()
    remy.get_by_role("button", name="Leave").click()
    remy.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(tile(leader, "Remy")).to_have_count(0)
    expect(leader.get_by_role("button", name="Walt: more")).to_be_focused()
    expect(walt.get_by_role("button", name="Ines: more")).to_be_focused()


def test_a_screen_reader_tells_who_comes_raises_a_hand_and_goes(scene):
    scene.leader()
    walt = scene.inside("Walt")
    hears(walt, "You are in the room.")
    remy = scene.inside("Remy")
    hears(walt, "Remy joined.")
    remy.get_by_role("button", name="Raise hand").click()
    hears(walt, "Remy raised a hand, 1st.")
    hears(remy, "Your hand is up.")
    remy.get_by_role("button", name="Leave").click()
    remy.get_by_role("dialog").get_by_role("button", name="Leave").click()
    hears(walt, "Remy left.")
    hears(remy, "You left the room")


def test_a_screen_reader_tells_that_the_break_is_five_minutes_away(scene):
    page = as_patient(scene.new_page(viewport=PHONE), scene.product.url, scene.patient("Walt"))
    page.clock.install()
    page.goto(scene.url("room"))
    expect(page.locator("[data-count-to]")).to_have_text("to the break")
    minutes = int(page.locator("[data-count]").inner_text().split()[0])
    page.clock.fast_forward((minutes - 6) * 60_000)
    expect(page.locator("[data-count]")).to_have_text("6 min")
    page.clock.fast_forward("01:00")
    hears(page, "5 min to the break")


def test_the_way_from_the_door_into_the_room_needs_no_mouse(scene):
    patient = scene.patient("Walt")
    patient.seats.get().group.sessions.get(pk=scene.session.pk).door_checks.all().delete()
    page = as_patient(scene.new_page(viewport=PHONE), scene.product.url, patient)
    page.goto(scene.product.url + reverse("live:door", args=[scene.session.pk]))
    expect(page.get_by_text("Camera works")).to_be_visible()
    go_to(page, "Next: where you are")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Where are you right now?")).to_be_visible()
    go_to(page, "Nobody, I am alone")
    page.keyboard.press("Space")
    go_to(page, "Next: how you are")
    page.keyboard.press("Enter")
    expect(page.get_by_text("How strong is your urge")).to_be_visible()
    go_to(page, "Go to the waiting room")
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=place]")).to_be_visible()


def go_to(page: Page, name: str) -> None:
    """By Tab, until the control of that name has the focus."""
    named = "document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText"
    for _ in range(40):
        page.keyboard.press("Tab")
        if name in (page.evaluate(named) or ""):
            return
    pytest.fail(f"No Tab leads to {name}.")

"""What needs the leader is in sight, and what they press in need is in reach, on every screen."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser import PHONE
from tests.journeys.scenes import tile

pytestmark = pytest.mark.browser

TABLET: ViewportSize = {"width": 1024, "height": 768}
UPRIGHT: ViewportSize = {"width": 768, "height": 1024}
ON_ITS_SIDE: ViewportSize = {"width": 844, "height": 390}


def ask_for_help(page) -> None:
    page.keyboard.press("p")
    page.get_by_role("button", name="I need help.").click()


@pytest.mark.parametrize("viewport", [TABLET, UPRIGHT, ON_ITS_SIDE], ids=["tablet", "upright", "on its side"])
def test_a_cry_for_help_is_in_sight_beside_the_faces(scene, viewport):
    leader = scene.leader(viewport=viewport)
    page = scene.inside("Walt")
    expect(leader).to_have_title("Room")
    ask_for_help(page)
    card = leader.get_by_role("region", name="Private word")
    expect(card.get_by_role("button").first).to_be_in_viewport(ratio=1)
    expect(tile(leader, "Walt")).to_be_in_viewport()
    expect(leader).to_have_title("(1) Room")
    expect(leader.get_by_role("button", name="Read it")).to_be_hidden()


def test_a_cry_for_help_stands_above_the_faces_on_a_phone(scene):
    leader = scene.leader(viewport=PHONE)
    page = scene.inside("Walt", viewport=PHONE)
    scene.at_door("Remy")
    note = leader.locator("[data-part=below]")
    expect(note.get_by_role("button", name="See who waits")).to_be_in_viewport()
    expect(leader).to_have_title("(1) Room")
    ask_for_help(page)
    expect(note).to_contain_text("Walt sent you a private word.")
    expect(note).to_contain_text("1 person waits to come in.")
    expect(leader).to_have_title("(2) Room")
    note.get_by_role("button", name="Read it").click()
    card = leader.get_by_role("region", name="Private word")
    expect(card).to_be_focused()
    expect(card.get_by_text("I need help.")).to_be_in_viewport(ratio=1)
    card.get_by_role("button", name="I see you.").click()
    leader.get_by_role("button", name="Let Remy in").click()
    expect(note).to_be_hidden()
    expect(leader).to_have_title("Room")


@pytest.mark.parametrize("width", [320, 390, 768, 844, 1024])
def test_what_is_pressed_in_need_is_in_reach(scene, width):
    leader = scene.leader(viewport={"width": width, "height": 390 if width == 844 else 768})
    leader.get_by_role("button", name="Open chat").click()
    expect(leader.get_by_role("button", name="Close chat")).to_be_visible()
    for button in leader.locator(".controls .ctl:visible").all():
        name = button.inner_text()
        expect(button, name).to_be_in_viewport(ratio=1)
        box = button.bounding_box() or {}
        assert min(box["width"], box["height"]) >= 44, (name, box)
        assert button.evaluate("(it) => it.scrollWidth <= it.offsetWidth"), name

"""Keyboard focus is never beneath a bar that sticks, and such a bar scrolls nothing. Source: WCAG 2.2, 2.4.11."""

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser import DESKTOP, PHONE
from tests.journeys.scenes import Scene, tile

pytestmark = pytest.mark.browser

LOW: ViewportSize = {"width": 1440, "height": 600}
FOCUSED = """() => {
    const one = document.activeElement;
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return {
        name: one.getAttribute("aria-label") ?? one.textContent.trim(),
        isInSight: one === document.body || one.contains(there) || Boolean(there?.contains(one)),
    };
}"""


def hidden_focus(page: Page, key: str, begin: str, *, steps: int = 80) -> list[str]:
    """What had the focus and was covered, on the way from `begin` by this key."""
    page.evaluate("window.scrollTo(0, 0)")
    page.locator(begin).focus()
    found = []
    for _ in range(steps):
        page.keyboard.press(key)
        focused = page.evaluate(FOCUSED)
        if not focused["isInSight"]:
            found.append(focused["name"])
    return found


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP, LOW], ids=["phone", "desktop", "low"])
def test_whatever_a_leader_tabs_to_is_in_sight(scene: Scene, viewport: ViewportSize):
    for name in ("Gus", "June", "Theo", "Priya", "Dana", "Ivo", "Rosa"):
        scene.patient(name)
    page = scene.leader(viewport=viewport)
    assert hidden_focus(page, "Tab", "#main", steps=40) == []
    assert hidden_focus(page, "Shift+Tab", "[data-part=mic]", steps=25) == []


def test_the_bar_of_controls_scrolls_nothing(scene: Scene):
    for name in ("Gus", "June", "Theo", "Priya", "Dana", "Ivo", "Rosa"):
        scene.patient(name)
    page = scene.leader(viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollHeight > window.innerHeight")
    page.locator("[data-part=mic]").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.evaluate("window.scrollY") == 0
    assert tile(page, "Ines (you)").is_visible()

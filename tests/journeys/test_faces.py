"""Faces: all of them in sight on every screen, and a mark on whoever speaks."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from stepdown.live import services, tickets
from stepdown.live.light_crowd import Crowd
from stepdown.people.models import Role
from stepdown.people.tests.factories import StaffFactory
from tests.browser import DESKTOP, FLAGS, PHONE, Chromium
from tests.copies import UP_SECONDS, wait_until
from tests.journeys.scenes import Scene, tile
from tests.journeys.sounds import voice

pytestmark = pytest.mark.browser

ON_ITS_SIDE: ViewportSize = {"width": 844, "height": 390}

# Tiles of which a corner is out of the window or below something else.
COVERED = """() => [...document.querySelectorAll(".tile")].filter((tile) => {
    const { left, right, top, bottom } = tile.getBoundingClientRect();
    const corners = [[left, top], [right, top], [left, bottom], [right, bottom]];
    const inward = (edge, other) => edge + Math.sign(other - edge) * 12;
    return corners.some(([x, y]) => !tile.contains(
        document.elementFromPoint(inward(x, (left + right) / 2), inward(y, (top + bottom) / 2))));
}).length"""


@pytest.fixture
def crowd(product) -> Iterator[Crowd]:
    """Light people for the room, with sound alone: what is looked at is their tiles."""
    crowd = Crowd(url=f"ws://127.0.0.1:{product.live_port}/live/", origin=product.url)
    yield crowd
    crowd.close()


def joins(crowd: Crowd, scene: Scene, number: int) -> None:
    """The number-th person comes in; the twelfth is a second leader, since a group has ten chairs."""
    who: dict[str, Any]
    if number == 12:
        who = {"staff": StaffFactory(roles=[Role.DIRECTOR])}
    else:
        who = {"patient": scene.patient(f"Sample {number}")}
        services.let_in(session=scene.session, patient=who["patient"], by=scene.session.leader)
    person = crowd.comes(lambda: tickets.issue(session=scene.session, **who), camera=False, comes_back=True)
    crowd.until(lambda: person.join, f"person {number} is in", UP_SECONDS)


def test_all_faces_are_in_sight_on_every_screen_however_many(scene, crowd):
    pages = {"leader": scene.leader(), "patient": scene.inside("Walt")}
    here = 2
    for count in (2, 3, 5, 9, 12):
        while here < count:
            here += 1
            joins(crowd, scene, here)
        for who, page in pages.items():
            expect(page.locator(".tile")).to_have_count(count, timeout=UP_SECONDS * 1000)
            for viewport in (PHONE, ON_ITS_SIDE, DESKTOP):
                page.set_viewport_size(viewport)
                where = f"{who}, {count} people, {viewport}"
                wait_until(lambda page=page: page.evaluate(COVERED) == 0, f"no face is covered: {where}", 10)
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, where


@pytest.fixture
def speaking_page(chromium: Chromium, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """As new_page, in a browser whose microphone hears four seconds of a voice and six of nothing, again and again."""
    sound = voice(tmp_path / "voice.wav")
    browser = chromium.launch([*FLAGS, f"--use-file-for-fake-audio-capture={sound}"])
    yield lambda **options: browser.new_context(permissions=["camera", "microphone"], **options).new_page()
    browser.close()


def test_who_speaks_is_marked_until_they_stop(scene, speaking_page):
    leader = scene.leader()
    scene.new_page = speaking_page
    page = scene.inside("Walt", viewport=PHONE)
    for seen_by, name in ((leader, "Walt"), (page, "Walt (you)")):
        mark = tile(seen_by, name).get_by_text("Speaking", exact=True)
        expect(mark).to_be_visible(timeout=30_000)
        expect(mark).to_be_hidden(timeout=30_000)
        expect(mark).to_be_visible(timeout=30_000)
    leader.get_by_role("button", name="Walt: more").click()  # also while they speak
    leader.keyboard.press("Escape")
    page.keyboard.press("m")
    expect(tile(leader, "Walt").get_by_role("img", name="Muted")).to_be_visible()
    expect(tile(leader, "Walt").get_by_text("Speaking", exact=True)).to_be_hidden()


def test_what_the_browser_draws_in_the_room_is_dark_on_a_light_screen_too(scene):
    page = scene.leader(color_scheme="light")
    expect(page.locator("[data-part=pairs-people]")).to_be_attached()
    for part in (".rail", "input[type=number]"):
        assert page.locator(part).first.evaluate("(one) => getComputedStyle(one).colorScheme") == "dark"

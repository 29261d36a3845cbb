"""The way back into the room after the line or the live process was gone."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE
from tests.copies import UP_SECONDS, wait_until
from tests.journeys.scenes import Scene, sees, tile

pytestmark = pytest.mark.browser

LOOKED_AT_AGAIN = """() => document.dispatchEvent(new Event("visibilitychange"))"""


@dataclass
class Tries:
    """What a page does to come back, as its browser tells. `asked`: whether each question if anybody is there was
    answered, in order, None for not yet; `tickets` and `sockets`: how many were asked for and opened."""

    asked: list[bool | None] = field(default_factory=list)
    tickets: int = 0
    sockets: int = 0


def tries_of(page: Page, scene: Scene) -> Tries:
    """Counts from now on."""
    tries, numbers = Tries(), {}
    question = f"http://127.0.0.1:{scene.product.live_port}/live/"

    def begins(request) -> None:
        if request.url == question:
            numbers[request] = len(tries.asked)
            tries.asked.append(None)
        elif request.url.endswith("/ticket/"):
            tries.tickets += 1

    def ends(answered: bool) -> Callable[[object], None]:
        def keep(request) -> None:
            if request in numbers:
                tries.asked[numbers[request]] = answered

        return keep

    def opens(_: object) -> None:
        tries.sockets += 1

    page.on("request", begins)
    page.on("requestfinished", ends(True))
    page.on("requestfailed", ends(False))
    page.on("websocket", opens)
    return tries


def test_who_waits_for_a_server_that_starts_slowly_is_back_at_its_first_answer(scene):
    leader = scene.leader()
    page = scene.inside("Walt", viewport=PHONE)
    sees(leader, "Walt")
    tries = tries_of(page, scene)
    with scene.product.without("live"):
        wait_until(lambda: page.title() and len(tries.asked) >= 8, "the page has asked for more than ten seconds")
        # A socket and a ticket were tried once; since then the page only asks, every two seconds or so.
        assert (tries.sockets, tries.tickets, set(tries.asked[:-1])) == (1, 1, {False})
        expect(page.locator("[data-part=away]")).to_be_visible()
        sees(page, "Ines")
    expect(page.locator("[data-part=away]")).to_be_hidden(timeout=UP_SECONDS * 1000)
    expect(leader.locator("[data-part=away]")).to_be_hidden(timeout=UP_SECONDS * 1000)
    assert (tries.asked.count(True), tries.sockets, tries.tickets) == (1, 2, 2)
    leader.get_by_role("button", name="Pause the room").click()
    expect(page.get_by_role("heading", name="The room is paused")).to_be_visible()


def test_a_page_that_is_looked_at_again_does_not_wait_for_its_next_try(scene):
    new_page = scene.new_page

    def with_own_clock(**options) -> Page:
        page = new_page(**options)
        page.clock.install()
        return page

    scene.leader()
    scene.new_page = with_own_clock
    page = scene.inside("Walt", viewport=PHONE)
    tries = tries_of(page, scene)
    with scene.product.without("live"):
        wait_until(lambda: page.title() and False in tries.asked, "the page has asked")
        page.clock.pause_at(page.evaluate("Date.now()") + 1)  # its own next try never comes
        for event in ("visibilitychange", "online"):
            before = len(tries.asked)
            target = "document" if event == "visibilitychange" else "window"
            page.evaluate(f"{target}.dispatchEvent(new Event('{event}'))")
            wait_until(lambda count=before: page.title() and len(tries.asked) > count, f"it asks at once: {event}")
        page.clock.resume()
    expect(page.locator("[data-part=away]")).to_be_hidden(timeout=UP_SECONDS * 1000)
    expect(tile(page, "Walt (you)")).to_be_visible()

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
    sees(page, "Ines")
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


# A line that dies though nobody is told: nothing said on its sockets arrives, and nothing is heard. Sockets that
# are opened later are on another line.
DIES = """
const socket = WebSocket.prototype;
const say = socket.send;
const opened = [];
window.loseLine = () => { for (const one of opened) one.dead = true; };
socket.send = function (text) { if (!this.dead) say.call(this, text); };
const { set } = Object.getOwnPropertyDescriptor(socket, "onmessage");
Object.defineProperty(socket, "onmessage", {
    set(hear) {
        opened.push(this);
        set.call(this, hear && ((event) => { if (!this.dead) hear(event); }));
    },
});
"""


@pytest.fixture
def on_a_line_that_dies(scene) -> Scene:
    new_page = scene.new_page

    def opened(**options) -> Page:
        page = new_page(**options)
        page.add_init_script(DIES)
        return page

    scene.new_page = opened
    return scene


def loses_line(page: Page) -> None:
    page.evaluate("window.loseLine()")


def finds_line(page: Page) -> None:
    """Comes in again on a line that lives, as a page does in another network."""
    joined = page.locator(".tile").filter(has_text="(you)").get_attribute("data-join")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(".tile").filter(has_text="(you)")).not_to_have_attribute("data-join", joined)
    expect(page.locator("[data-part=away]")).to_be_hidden()


def test_a_hand_is_as_its_person_wanted_it_last(on_a_line_that_dies):
    scene = on_a_line_that_dies
    leader = scene.leader()
    page = scene.inside("Walt")
    page.keyboard.press("h")
    expect(tile(leader, "Walt")).to_contain_text("1st hand up")
    loses_line(page)
    page.keyboard.press("h")
    expect(page.get_by_role("button", name="Raise hand")).to_be_visible()
    finds_line(page)
    expect(tile(leader, "Walt").locator("[data-hand]")).to_be_hidden()
    loses_line(page)
    page.keyboard.press("h")
    finds_line(page)
    expect(tile(leader, "Walt")).to_contain_text("1st hand up")
    loses_line(page)
    leader.get_by_role("button", name="Give turn: Walt").click()
    expect(tile(leader, "Walt").locator("[data-hand]")).to_be_hidden()
    finds_line(page)
    expect(page.get_by_role("button", name="Raise hand")).to_be_visible()
    expect(tile(leader, "Walt").locator("[data-hand]")).to_be_hidden()


def test_microphone_camera_and_sound_only_are_as_they_were_switched_last(on_a_line_that_dies):
    scene = on_a_line_that_dies
    leader = scene.leader()
    page = scene.inside("Walt")
    sees(leader, "Walt")
    loses_line(page)
    page.keyboard.press("m")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Sound only").last.click()
    finds_line(page)
    expect(tile(leader, "Walt").get_by_role("img", name="Muted")).to_be_visible()
    expect(tile(leader, "Walt")).to_contain_text("Sound only")
    tab = page.context.new_page()
    page.close()
    tab.goto(scene.url("room"))
    expect(tile(tab, "Walt (you)").get_by_role("img", name="Muted")).to_be_visible()
    expect(tile(leader, "Walt").get_by_role("img", name="Muted")).to_be_visible()
    expect(tile(leader, "Walt")).to_contain_text("Sound only")


def test_a_leaders_mute_holds_until_the_muted_page_knows_of_it(on_a_line_that_dies):
    scene = on_a_line_that_dies
    leader = scene.leader()
    page = scene.inside("Walt")
    sees(leader, "Walt")
    loses_line(page)
    leader.get_by_role("button", name="Mute Walt").click()
    expect(tile(leader, "Walt").get_by_role("img", name="Muted")).to_be_visible()
    finds_line(page)
    expect(page.locator("[data-part=trouble]")).to_contain_text("Ines turned your microphone off.")
    expect(tile(page, "Walt (you)").get_by_role("img", name="Muted")).to_be_visible()
    page.keyboard.press("m")
    expect(tile(leader, "Walt").get_by_role("img", name="Sound on")).to_be_visible()


def test_lines_of_the_chat_that_did_not_come_back_stand_in_the_field_again(on_a_line_that_dies):
    scene = on_a_line_that_dies
    leader = scene.leader()
    page = scene.inside("Walt")
    leader.get_by_role("button", name="More", exact=True).click()
    leader.get_by_role("button", name="Open chat").click()
    field = page.get_by_label("Your line")
    field.fill("I was there")
    field.press("Enter")
    expect(page.locator("[data-part=chat-lines]")).to_contain_text("I was there")
    loses_line(page)
    field.fill("on Tuesday")
    field.press("Enter")
    field.fill("and on")
    finds_line(page)
    expect(field).to_have_value("on Tuesday and on")
    expect(page.locator("[data-part=chat-note]")).to_contain_text("this may not have been sent")
    field.press("Enter")
    expect(leader.locator("[data-part=chat-lines]")).to_contain_text("on Tuesday and on")


def test_what_a_leader_did_on_a_dead_line_is_not_done_later_and_the_leader_is_told(on_a_line_that_dies):
    scene = on_a_line_that_dies
    leader = scene.leader()
    page = scene.inside("Walt")
    sees(leader, "Walt")
    loses_line(leader)
    leader.get_by_role("button", name="Mute Walt").click()
    finds_line(leader)
    expect(leader.locator("[data-part=trouble]")).to_contain_text("may not have gone through")
    expect(tile(page, "Walt (you)").get_by_role("img", name="Sound on")).to_be_visible()
    leader.get_by_role("button", name="Mute Walt").click()
    expect(tile(page, "Walt (you)").get_by_role("img", name="Muted")).to_be_visible()


def test_a_page_whose_beats_are_not_answered_comes_in_again_by_itself(on_a_line_that_dies):
    scene = on_a_line_that_dies
    leader = scene.leader()
    page = scene.inside("Walt")
    sees(leader, "Walt")
    tries = tries_of(page, scene)
    loses_line(page)
    wait_until(lambda: page.title() and tries.sockets == 1, "the page gives up its dead socket")
    sees(leader, "Walt")
    expect(page.locator("[data-part=away]")).to_be_hidden(timeout=UP_SECONDS * 1000)

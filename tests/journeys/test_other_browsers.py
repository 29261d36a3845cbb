"""What other browsers do or cannot do, played in Chromium: no calls at all, sound that waits for a tap."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE
from tests.journeys.scenes import sees
from tests.walk_in import as_patient, as_staff

pytestmark = pytest.mark.browser

NO_CALLS = "delete window.RTCPeerConnection;"  # an iPhone in Lockdown Mode, say
CANNOT = "This browser cannot join a video meeting."
# Sound may begin only once somebody has touched the page.
WAITS_FOR_TAP = """
    const play = HTMLMediaElement.prototype.play;
    window.addEventListener("pointerdown", () => { window.touched = true; }, true);
    HTMLMediaElement.prototype.play = function () {
        if (window.touched || this.muted) return play.call(this);
        this.autoplay = false;
        this.pause();
        return Promise.reject(new DOMException("", "NotAllowedError"));
    };
"""
SILENT = "[...document.querySelectorAll('.tile:not(.you) audio')].filter(({ paused }) => paused).length"


@pytest.fixture
def without_calls(scene) -> Page:
    page = scene.new_page(viewport=PHONE)
    page.add_init_script(NO_CALLS)
    return as_patient(page, scene.product.url, scene.patient("Walt"))


def test_a_browser_without_calls_is_told_at_the_door_what_to_do(scene, without_calls, axe):
    page = without_calls
    page.goto(scene.url("door"))
    expect(page.get_by_text(CANNOT)).to_be_visible()
    expect(page.get_by_text("Open your link in the newest Chrome, Edge, Firefox or Safari.")).to_be_visible()
    expect(page.get_by_role("link", name="Next: where you are")).to_be_hidden()
    expect(page.get_by_role("link", name="Call us").first).to_be_visible()
    axe(page)


def test_a_browser_without_calls_is_not_let_in_as_if_it_were_there(scene, without_calls):
    leader = scene.leader()
    page = without_calls
    page.goto(scene.url("room"))
    expect(page.get_by_role("heading", name=CANNOT)).to_be_visible()
    remy = scene.inside("Remy")
    sees(leader, "Remy")  # whoever waited before Remy would stand there by now
    expect(leader.get_by_role("button", name="Let Walt in")).to_have_count(0)
    remy.close()
    staff = as_staff(scene.new_page(), scene.product.url, scene.session.leader)
    staff.add_init_script(NO_CALLS)
    staff.goto(scene.url("staff_room"))
    expect(staff.get_by_role("heading", name=CANNOT)).to_be_visible()


def test_sound_that_the_browser_holds_back_begins_at_any_tap(scene):
    scene.leader()
    page = scene.inside("Walt", viewport=PHONE)
    page.add_init_script(WAITS_FOR_TAP)
    page.reload()
    sees(page, "Ines")
    expect(page.get_by_role("button", name="Turn sound on")).to_be_visible()
    assert page.evaluate(SILENT) == 1
    page.get_by_role("button", name="Raise hand").click()
    expect(page.get_by_role("button", name="Turn sound on")).to_be_hidden()
    page.wait_for_function(f"{SILENT} === 0")

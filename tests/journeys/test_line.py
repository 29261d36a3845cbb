"""A person's own line: nothing is sent for what is off or out of sight, and a poor one is eased."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE
from tests.copies import wait_until
from tests.journeys.scenes import ARRIVED, OUT_OF_SIGHT, Scene, hears, hears_voice, sees, stands_still, tile

pytestmark = pytest.mark.browser

KEEP_ANSWERS = """
window.answers = [];
const take = RTCPeerConnection.prototype.setRemoteDescription;
RTCPeerConnection.prototype.setRemoteDescription = function (one) {
    if (one.type === "answer") window.answers.push(one.sdp);
    return take.call(this, one);
};
"""
# What the other side tells of a line that loses three packets in ten, once `window.poor` is true.
LOSE_PACKETS = """
const count = RTCPeerConnection.prototype.getStats;
RTCPeerConnection.prototype.getStats = async function (...one) {
    const found = new Map(await count.apply(this, one));
    return window.poor ? found.set("told", { type: "remote-inbound-rtp", fractionLost: 0.3 }) : found;
};
"""
PUT_ON = """async (label) => {
    const all = await navigator.mediaDevices.enumerateDevices();
    const { deviceId } = all.find((one) => one.kind === "audioinput" && one.label === label);
    sessionStorage.setItem("stepdown-devices", JSON.stringify({ microphone: deviceId }));
    navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
}"""


def starts_with(scene: Scene, script: str, *, own_clock: bool = False) -> None:
    """Pages opened from now on run this first."""
    new_page = scene.new_page

    def opened(**options) -> Page:
        page = new_page(**options)
        page.add_init_script(script)
        if own_clock:
            page.clock.install()
        return page

    scene.new_page = opened


def bytes_from(page: Page, name: str) -> int:
    """Of sound and picture of this person, as they arrived so far."""
    join = tile(page, name).get_attribute("data-join")
    return page.evaluate(ARRIVED).get(join, {}).get("bytes", 0)


def test_who_is_muted_without_camera_sends_nothing_at_all(scene):
    leader = scene.leader()
    starts_with(scene, KEEP_ANSWERS)
    page = scene.inside("Walt")
    sees(leader, "Walt")
    assert ["usedtx=1" in answer for answer in page.evaluate("window.answers")] == [True]
    page.keyboard.press("m")
    page.keyboard.press("c")
    expect(tile(leader, "Walt").get_by_role("img", name="Muted")).to_be_visible()
    last = -1

    def nothing_comes() -> bool:
        nonlocal last
        before, last = last, bytes_from(leader, "Walt")
        leader.wait_for_timeout(1000)  # fifty packets of sound
        return last == before

    wait_until(nothing_comes, "nothing of Walt arrives")
    page.keyboard.press("m")
    wait_until(lambda: bytes_from(leader, "Walt") > last, "Walt is heard again")


def test_a_page_behind_another_is_sent_no_pictures_and_the_group_still_sees_who_is_there(scene):
    leader = scene.leader()
    page = scene.inside("Walt", viewport=PHONE)
    sees(page, "Ines")
    page.evaluate(OUT_OF_SIGHT, True)
    stands_still(page, "Ines")
    sees(leader, "Walt")
    heard = bytes_from(page, "Ines")
    wait_until(lambda: bytes_from(page, "Ines") > heard, "Ines is still heard")
    page.evaluate(OUT_OF_SIGHT, False)
    sees(page, "Ines")


def test_who_comes_in_without_a_camera_is_heard(scene):
    leader = scene.leader()
    kept = {"of": str(scene.session.pk), "what": {"noCamera": True}}
    starts_with(scene, f"localStorage.devices ??= JSON.stringify({json.dumps(kept)});")
    page = scene.inside("Walt", viewport=PHONE)
    expect(tile(leader, "Walt")).to_contain_text("Camera off")
    hears_voice(leader, "Walt")
    page.keyboard.press("c")
    sees(leader, "Walt")
    hears_voice(leader, "Walt")


def test_on_sound_only_whoever_comes_is_heard(scene):
    leader = scene.leader()
    page = scene.inside("Walt", viewport=PHONE)
    sees(leader, "Walt")
    page.get_by_role("button", name="Sound only").last.click()
    scene.inside("Remy")
    hears_voice(page, "Remy")


def test_a_headset_that_was_chosen_and_is_there_again_is_used(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    sees(leader, "Walt")
    page.evaluate(PUT_ON, "Fake Audio Input 2")
    expect(page.locator("[data-part=told]")).to_contain_text("Now in use: Fake Audio Input 2.")
    expect(tile(leader, "Walt").get_by_role("img", name="Sound on")).to_be_visible()


def test_on_a_poor_line_sound_only_is_offered_by_itself(scene):
    leader = scene.leader()
    starts_with(scene, LOSE_PACKETS, own_clock=True)
    page = scene.inside("Walt", viewport=PHONE)
    sees(leader, "Walt")
    offer = page.locator("[data-part=poor]")
    page.evaluate("window.poor = true")

    def is_offered() -> bool:
        page.clock.fast_forward("00:05")  # one sample
        return offer.is_visible()

    wait_until(is_offered, "sound only is offered")
    hears(page, "Your line is weak. You can go on with sound only.")
    offer.get_by_role("button", name="Sound only").click()
    expect(tile(leader, "Walt")).to_contain_text("Sound only")
    expect(offer).to_be_hidden()

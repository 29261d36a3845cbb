"""What a patient's phone shows beside the faces: notes, controls and whose turn it is, in real browsers."""

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE
from tests.journeys.scenes import tile

pytestmark = pytest.mark.browser
SHORT = {"width": 390, "height": 664}  # a phone with the bars of its browser


def muted(scene, called: str, **options):
    """The page of a patient who is in, with the microphone off."""
    page = scene.inside(called, **options)
    page.get_by_role("button", name="Mute", exact=True).click()
    return page


def given_the_turn(leader, page, called: str):
    """The note that says so on the patient's page."""
    page.keyboard.press("h")
    leader.get_by_role("button", name=f"Give turn: {called}").click()
    note = page.locator("[data-part=turn]")
    expect(note).to_be_visible()
    return note


def test_notes_never_push_the_controls_or_the_way_to_help_off_the_screen(scene):
    leader = scene.leader()
    walt = muted(scene, "Walt", viewport=SHORT)
    scene.inside("Remy")
    given_the_turn(leader, walt, "Walt")
    walt.keyboard.press("p")
    walt.get_by_role("button", name="I need help.").click()
    leader.get_by_role("button", name="I see you. I am with you in a moment.").click()
    expect(walt.locator("[data-part=word]")).to_contain_text("I see you.")
    walt.get_by_role("button", name="Get help").click()
    for name in ("Unmute", "Camera off", "Raise hand", "Tell Ines", "Leave"):
        expect(walt.get_by_label("Controls").get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    expect(walt.get_by_role("button", name="Get help")).to_be_in_viewport(ratio=1)
    expect(walt.get_by_role("link", name="Call 988")).to_be_in_viewport(ratio=1)
    leader.keyboard.press("Shift+P")
    expect(walt.get_by_role("heading", name="The room is paused")).to_be_visible()
    leader.get_by_role("button", name="Go on").click()
    back = walt.get_by_role("button", name="I am back")
    back.click()
    expect(walt.locator(".controls")).to_be_in_viewport(ratio=1)
    expect(walt.locator("[data-part=tiles]")).to_be_visible()


def test_that_it_is_ones_turn_is_said_as_long_as_it_is_true(scene):
    leader = scene.leader()
    walt = muted(scene, "Walt", viewport=PHONE)
    note = given_the_turn(leader, walt, "Walt")
    note.get_by_role("button", name="Not now").click()
    expect(note).to_be_hidden()

    given_the_turn(leader, walt, "Walt")
    leader.keyboard.press("Shift+P")
    expect(walt.get_by_role("heading", name="The room is paused")).to_be_visible()
    expect(note).to_be_hidden()
    leader.get_by_role("button", name="Go on").click()
    walt.get_by_role("button", name="I am back").click()
    expect(note).to_be_hidden()

    given_the_turn(leader, walt, "Walt")
    leader.get_by_role("button", name="Walt: more").click()
    leader.get_by_role("dialog").get_by_role("button", name="Go to a side room").click()
    walt.get_by_role("button", name="Go there").click()
    expect(walt.locator("[data-part=aside]")).to_be_visible()
    expect(note).to_be_hidden()


def test_who_is_muted_when_the_round_comes_to_them_can_unmute_and_the_round_takes_the_note_along(scene):
    leader = scene.leader()
    walt, remy = muted(scene, "Walt", viewport=PHONE), muted(scene, "Remy")
    of_remy = given_the_turn(leader, remy, "Remy")
    leader.get_by_role("button", name="Check-in round").click()
    of_walt = walt.locator("[data-part=turn]")
    expect(of_walt.get_by_role("button", name="Unmute")).to_be_visible()
    expect(of_remy).to_be_hidden()
    walt.reload()
    expect(of_walt.get_by_role("button", name="Unmute")).to_be_visible()
    leader.get_by_role("button", name="Next").click()
    expect(of_remy.get_by_role("button", name="Unmute")).to_be_visible()
    expect(of_walt).to_be_hidden()
    of_remy.get_by_role("button", name="Unmute").click()
    expect(of_remy).to_be_hidden()
    expect(tile(walt, "Remy").get_by_role("img", name="Sound on")).to_be_visible()
    expect(of_remy).to_be_hidden()


def test_a_talk_is_the_answer_to_the_word_that_asked_for_it(scene):
    leader = scene.leader()
    walt = scene.inside("Walt", viewport=PHONE)
    walt.keyboard.press("p")
    walt.get_by_role("button", name="I want to step out for a minute.").click()
    word = walt.locator("[data-part=word]")
    expect(word).to_contain_text("Ines has it.")
    card = leader.get_by_role("region", name="Private word")
    card.get_by_role("button", name="Go to a side room").click()
    walt.get_by_role("button", name="Go there").click()
    expect(card).to_have_count(0)
    expect(word).to_be_hidden()
    walt.get_by_role("button", name="Back to the group").click()
    expect(walt.locator("[data-part=aside]")).to_be_hidden()
    walt.reload()
    expect(walt.locator(".tile")).to_have_count(2)
    expect(word).to_be_hidden()


MEETING = """() => {
    for (const one of document.querySelectorAll(".tile:not(.large)")) {
        one.classList.add("speaking");
        one.querySelector("[data-speaking]").hidden = false;
    }
    const marks = ".tile-name, .tile-state, .tile-hand, [data-why]";
    return [...document.querySelectorAll(".tile")].flatMap((tile) => {
        const boxes = [...tile.querySelectorAll(marks)].filter((one) => one.checkVisibility() && one.textContent.trim())
            .map((one) => [one.textContent.trim(), one.getBoundingClientRect()]);
        return boxes.flatMap(([a, one], at) => boxes.slice(at + 1)
            .filter(([, two]) => one.left < two.right && two.left < one.right)
            .filter(([, two]) => one.top < two.bottom && two.top < one.bottom)
            .map(([b]) => `${a} and ${b}`));
    });
}"""
"""Marks that stand on the same place of a face, while everyone in small speaks."""


def test_no_two_marks_stand_on_one_place_of_a_small_face(scene):
    leader = scene.leader()
    walt = muted(scene, "Walt", viewport=PHONE)
    remy, _ = scene.inside("Remy"), scene.inside("Noor")
    leader.get_by_role("button", name="Camera off").click()
    remy.get_by_role("button", name="Camera off").click()
    remy.keyboard.press("h")
    leader.get_by_role("button", name="Check-in round").click()
    expect(walt.locator("[data-part=turn]")).to_be_visible()
    leader.get_by_role("button", name="Next").click()
    walt.get_by_role("button", name="Noor: more").click()
    walt.get_by_role("button", name="Keep this picture large").click()
    expect(tile(walt, "Remy").get_by_text("Their turn")).to_be_visible()
    expect(tile(walt, "Remy")).to_contain_text("1st")
    expect(tile(walt, "Ines")).to_contain_text("Camera off")
    for size in (PHONE, SHORT):
        walt.set_viewport_size(size)
        walt.wait_for_function("document.querySelectorAll('.tile.large').length === 1")
        assert walt.evaluate(MEETING) == []


PLAN = """(() => {
    document.body.insertAdjacentHTML("beforeend", `
        <p class="topic"><span data-segment></span><i data-topic-name>Trust</i></p>
        <div id="plan" data-to-end="to the end" data-to-rest="left of the break" data-minutes="{n} min">
        <ol class="agenda"><li><span>Check-in</span></li><li><span>Skills: Trust</span></li></ol>
        <svg class="agenda-now"><line/></svg><b data-count></b><i data-count-to></i></div>`);
    const root = document.querySelector("#plan");
    const minutes = (n) => new Date(Date.now() + n * 60000 - 1000).toISOString();
    root.dataset.parts = JSON.stringify([{ kind: "talk", from: 0, to: 20 }, { kind: "skills", from: 20, to: 60 }]);
    const shown = [];
    const text = (one) => document.querySelector(one).innerText;
    const look = () => shown.push([text(".topic").trim(), `${text("[data-count]")} ${text("[data-count-to]")}`]);
    for (const begun of [-10, -30]) {
        root.dataset.start = minutes(begun);
        const stop = m.start(root);
        look();
        for (const until of [minutes(10), null]) {
            document.dispatchEvent(new CustomEvent("room:break", { detail: until }));
            look();
        }
        stop();
    }
    return shown;
})()"""


def test_the_top_line_counts_a_break_that_has_begun_and_the_topic_stands_once(run):
    before, after = ["Check-inTrust", "50 min to the end"], ["Skills: Trust", "30 min to the end"]
    resting = "10 min left of the break"
    assert run("plan.js", PLAN) == [
        *(before, [before[0], resting], before),
        *(after, [after[0], resting], after),
    ]

"""What people in the room do with each other, in real browsers."""

import pytest
from playwright.sync_api import expect

from stepdown.live import services_inside
from stepdown.live.models import PrivateWord
from stepdown.people.models import Role
from stepdown.people.tests.factories import StaffFactory
from tests.browser import PHONE
from tests.journeys.scenes import hears, sees, stands_still, tile
from tests.walk_in import as_staff

pytestmark = pytest.mark.browser


def test_a_hand_goes_up_gets_the_turn_and_comes_down(scene):
    leader = scene.leader()
    walt, remy = scene.inside("Walt", viewport=PHONE), scene.inside("Remy")
    remy.keyboard.press("h")
    expect(tile(leader, "Remy")).to_contain_text("1st hand up")
    walt.get_by_role("button", name="Raise hand").click()
    expect(tile(leader, "Walt")).to_contain_text("2nd hand up")
    expect(leader.locator("#rail-hands li")).to_contain_text(["Remy", "Walt"])

    leader.get_by_role("button", name="Give turn: Remy").click()
    expect(remy.locator("[data-part=turn]")).to_be_visible()
    hears(remy, "It is your turn to speak.")
    expect(tile(leader, "Walt")).to_contain_text("1st hand up")
    walt.get_by_role("button", name="Lower hand").click()
    expect(leader.locator("#rail-hands")).to_be_hidden()


def test_a_hand_that_is_up_stays_up_when_the_live_process_is_killed(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    page.keyboard.press("h")
    expect(tile(leader, "Walt")).to_contain_text("1st hand up")
    scene.product.kill("live")
    late = scene.inside("Remy")  # whoever comes now learns of hands from the new process alone
    expect(tile(late, "Walt")).to_contain_text("1st hand up", timeout=60_000)
    expect(tile(leader, "Walt")).to_contain_text("1st hand up")


def test_a_private_word_is_seen_and_answered_by_the_leader_alone(scene):
    leader = scene.leader()
    walt, remy = scene.inside("Walt", viewport=PHONE), scene.inside("Remy")
    walt.keyboard.press("p")
    walt.get_by_role("button", name="I want to step out for a minute.").click()
    expect(walt.locator("[data-part=word]")).to_contain_text("Ines has it. Only the leaders see it.")
    hears(leader, "Walt sent you a private word.")
    card = leader.get_by_role("region", name="Private word")
    expect(card).to_contain_text("I want to step out for a minute.")
    leader.get_by_role("button", name="End or leave").click()
    ending = leader.get_by_role("dialog")
    expect(ending).to_contain_text("Nobody has answered a private word yet: Walt.")
    ending.get_by_role("button", name="Stay").click()
    card.get_by_role("button", name="OK, take your time.").click()
    expect(walt.locator("[data-part=word]")).to_contain_text("Ines to you alone: OK, take your time.")
    expect(card).to_have_count(0)
    leader.get_by_role("button", name="End or leave").click()
    expect(ending.get_by_text("private word")).to_be_hidden()
    assert "step out" not in remy.locator("#room").inner_text()
    assert PrivateWord.objects.get(session=scene.session).answered_by == scene.session.leader


def test_what_another_leader_does_has_their_name(scene):
    scene.leader()
    page = scene.inside("Walt")
    ruth = as_staff(
        scene.new_page(), scene.product.url, StaffFactory(name="Ruth Invented", roles=[Role.COUNSELOR, Role.DIRECTOR])
    )
    ruth.goto(scene.url("staff_room"))
    ruth.get_by_role("button", name="Mute Walt").click()
    expect(page.locator("[data-part=trouble]")).to_contain_text("Ruth turned your microphone off.")
    ruth.get_by_role("button", name="Walt: more").click()
    ruth.get_by_role("dialog").get_by_role("button", name="Ask to turn on the microphone").click()
    expect(page.locator("[data-part=asked]")).to_contain_text("Ruth asks you to turn on your microphone.")
    page.keyboard.press("p")
    page.get_by_role("button", name="I need help.").click()
    ruth.get_by_role("button", name="I see you. I am with you in a moment.").click()
    answer = "Ruth to you alone: I see you. I am with you in a moment."
    expect(page.locator("[data-part=word]")).to_contain_text(answer)
    page.reload()
    expect(page.locator("[data-part=word]")).to_contain_text(answer)


def test_a_word_said_before_the_leader_came_is_there_when_they_come(scene):
    scene.at_door("Walt")
    patient = scene.session.door_checks.get().patient
    services_inside.tell_leaders(session=scene.session, patient=patient, kind="help")
    leader = scene.leader()
    expect(leader.get_by_role("region", name="Private word")).to_contain_text("I need help.")


def test_one_key_pauses_the_room_and_everyone_comes_back_by_their_own_act(scene):
    leader = scene.leader()
    page = scene.inside("Walt", viewport=PHONE)
    sees(leader, "Walt")
    leader.keyboard.press("Shift+P")
    expect(page.get_by_role("heading", name="The room is paused")).to_be_visible()
    hears(page, "The room is paused. Nobody sees or hears anybody.")
    expect(leader.get_by_role("heading", name="The room is paused")).to_be_visible()
    expect(leader.locator(".tile .video").first).to_have_css("visibility", "hidden")
    expect(page.get_by_role("button", name="I am back")).to_be_hidden()
    page.get_by_role("button", name="Tell Ines").click()
    page.get_by_role("button", name="I need help.").click()
    page.locator("[data-part=word]", has_text="Ines has it.").click(trial=True)
    leader.get_by_role("button", name="More", exact=True).click()
    leader.get_by_role("region", name="More").get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Get help").click()
    expect(page.get_by_role("link", name="Call 988")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="The room is paused")).to_be_visible()

    leader.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="The group goes on")).to_be_visible()
    expect(tile(leader, "Walt")).to_contain_text("Camera off")
    page.get_by_role("button", name="I am back").click()
    sees(leader, "Walt")


def test_who_loads_the_page_again_after_a_pause_is_still_off_until_they_come_back(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    sees(leader, "Walt")
    leader.keyboard.press("Shift+P")
    expect(page.get_by_role("heading", name="The room is paused")).to_be_visible()
    leader.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="The group goes on")).to_be_visible()
    page.reload()
    expect(tile(page, "Walt (you)")).to_contain_text("Camera off")
    expect(page.get_by_role("heading", name="The group goes on")).to_be_visible()
    expect(tile(leader, "Walt")).to_contain_text("Camera off")
    page.get_by_role("button", name="I am back").click()
    sees(leader, "Walt")
    page.reload()
    sees(leader, "Walt")
    expect(page.get_by_role("heading", name="The group goes on")).to_be_hidden()


def test_a_pause_and_the_chat_concern_who_is_in_and_not_who_waits(scene):
    leader = scene.leader()
    walt, remy = scene.inside("Walt"), scene.at_door("Remy")
    leader.get_by_role("button", name="Open chat").click()
    leader.keyboard.press("Shift+P")
    expect(walt.get_by_role("heading", name="The room is paused")).to_be_visible()
    leader.get_by_role("button", name="Go on").click()
    expect(walt.get_by_role("heading", name="The group goes on")).to_be_visible()
    expect(remy.locator("[data-part=rest]")).to_be_hidden()
    expect(remy.get_by_label("Your line")).to_be_hidden()
    expect(remy.locator("[data-part=mirror-off]")).to_be_hidden()
    leader.get_by_role("button", name="Let Remy in").click()
    sees(leader, "Remy")
    expect(remy.get_by_label("Your line")).to_be_visible()


def test_a_locked_room_says_so_at_the_door(scene):
    leader = scene.leader()
    scene.inside("Walt")
    leader.get_by_role("button", name="Lock the room").click()
    page = scene.at_door("Remy")
    expect(page.locator("[data-part=place]")).to_have_text(
        "The group is closed for a while. Ines opens it again. You are the first."
    )
    leader.get_by_role("button", name="Let Remy in").click(force=True)
    expect(leader.locator("[data-trouble]")).to_contain_text("The room is locked")
    leader.get_by_role("button", name="Locked. Unlock").click()
    leader.get_by_role("button", name="Let Remy in").click()
    expect(tile(leader, "Remy")).to_be_visible()


def test_a_check_in_round_goes_from_one_to_the_next(scene):
    leader = scene.leader()
    walt, remy = scene.inside("Walt", viewport=PHONE), scene.inside("Remy")
    leader.get_by_role("button", name="Check-in round").click()
    now = "[data-part=round] [aria-current]"
    expect(walt.locator(now)).to_contain_text("You")
    expect(tile(remy, "Walt")).to_contain_text("Their turn")
    expect(tile(walt, "You").get_by_text("Your turn")).to_be_visible()
    leader.keyboard.press("n")
    expect(remy.locator(now)).to_contain_text("You")
    hears(remy, "It is your turn to speak.")
    leader.get_by_role("button", name="Next").click()
    expect(walt.locator("[data-part=round]")).to_be_hidden()


def test_a_leader_asks_for_a_microphone_and_the_person_decides(scene):
    leader = scene.leader()
    page = scene.inside("Walt", viewport=PHONE)
    page.get_by_role("button", name="Mute", exact=True).click()
    for answer, heard in (
        ("Not now", "Walt does not want to speak now."),
        ("Turn on", "Walt turns the microphone on."),
    ):
        expect(tile(leader, "Walt").get_by_role("img", name="Muted")).to_be_visible()
        leader.get_by_role("button", name="Walt: more").click()
        leader.get_by_role("dialog").get_by_role("button", name="Ask to turn on the microphone").click()
        expect(page.locator("[data-part=asked]")).to_contain_text("Ines asks you to turn on your microphone.")
        page.get_by_role("button", name=answer).click()
        expect(leader.locator("[data-part=told]")).to_have_text(heard)
    expect(tile(leader, "Walt").get_by_role("img", name="Sound on")).to_be_visible()


def test_someone_is_sent_out_from_their_picture(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    leader.get_by_role("button", name="Walt: more").click()
    leader.get_by_role("dialog").get_by_role("button", name="Send out").click()
    expect(page.get_by_role("heading", name="You were asked to step out")).to_be_visible()


def test_a_picture_is_kept_large_and_ones_own_hidden_from_oneself(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    scene.inside("Remy")
    page.get_by_role("button", name="Remy: more").click()
    page.get_by_role("button", name="Keep this picture large").click()
    expect(tile(page, "Remy")).to_contain_text("Kept large")
    small, large = (tile(page, name).bounding_box()["width"] for name in ("Ines", "Remy"))
    assert large > small * 1.5
    page.get_by_role("button", name="You: more").click()
    page.get_by_role("button", name="Hide my picture from me").click()
    expect(tile(page, "Walt (you)")).to_contain_text("Hidden from you. The others see you.")
    sees(leader, "Walt")


def test_a_picture_that_is_kept_large_stays_so_when_its_person_comes_in_again(scene):
    leader = scene.leader()
    remy = scene.inside("Remy")
    leader.get_by_role("button", name="Remy: more").click()
    leader.get_by_role("button", name="Keep this picture large").click()
    expect(tile(leader, "Remy")).to_contain_text("Kept large")
    join = tile(leader, "Remy").get_attribute("data-join") or ""
    remy.reload()
    expect(tile(leader, "Remy")).not_to_have_attribute("data-join", join)
    expect(tile(leader, "Remy")).to_contain_text("Kept large")


def test_a_chat_lives_as_long_as_the_leader_keeps_it_open(scene):
    leader = scene.leader()
    walt, remy = scene.inside("Walt", viewport=PHONE), scene.inside("Remy")
    leader.get_by_role("button", name="Open chat").click()
    remy.get_by_label("Your line").fill("<b>Hello</b> all")
    remy.keyboard.press("Enter")
    expect(leader.get_by_role("log", name="Chat")).to_contain_text("Remy <b>Hello</b> all")
    expect(walt.get_by_role("button", name="Chat 1")).to_be_visible()
    walt.get_by_role("button", name="Chat 1").click()
    expect(walt.get_by_role("log", name="Chat")).to_contain_text("<b>Hello</b> all")
    expect(walt.get_by_role("button", name="Tell Ines")).to_be_in_viewport()
    leader.get_by_role("button", name="Close chat").click()
    expect(walt.get_by_role("log", name="Chat")).to_be_hidden()
    expect(walt.locator("[data-part=chat-lines] p")).to_have_count(0)


def test_a_line_may_hold_what_people_type_and_paste(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    leader.get_by_role("button", name="Open chat").click()
    page.get_by_label("Your line").fill("I\u00a0am\there \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001fae8")
    page.keyboard.press("Enter")
    said = "I am here \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001fae8"
    expect(leader.get_by_role("log", name="Chat")).to_contain_text(said)
    expect(tile(page, "Walt (you)")).to_be_visible()


def test_a_word_without_speaking_is_seen_on_the_picture(scene):
    leader = scene.leader()
    page = scene.inside("Walt", viewport=PHONE)
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Me too").click()
    expect(tile(leader, "Walt")).to_contain_text("Me too")
    hears(leader, "Walt: Me too")
    expect(page.get_by_role("button", name="Thank you")).to_be_disabled()
    expect(tile(leader, "Walt")).not_to_contain_text("Me too", timeout=15_000)


def test_the_parts_of_the_room_are_accessible(scene, axe):
    leader = scene.leader()
    page = scene.inside("Walt", viewport=PHONE)
    for name in ("Open chat", "Check-in round"):
        leader.get_by_role("button", name=name).click()
    page.keyboard.press("h")
    page.get_by_role("button", name="Tell Ines").click()
    page.get_by_role("button", name="I need help.").wait_for()
    axe(page)
    page.get_by_role("button", name="I need help.").click()
    expect(leader.get_by_role("region", name="Private word")).to_be_visible()
    axe(leader)
    for name in ("Chat", "More"):
        page.get_by_role("button", name=name, exact=True).click()
        close = page.locator("[data-side]:visible").get_by_role("button", name="Close")
        close.wait_for()
        axe(page)
        close.click()
    leader.get_by_role("button", name="Walt: more").click()
    leader.get_by_role("dialog").wait_for()
    axe(leader)


def test_sound_only_takes_one_tap_and_stops_pictures_both_ways(scene):
    leader = scene.leader()
    page = scene.inside("Walt", viewport=PHONE)
    sees(page, "Ines")
    page.locator(".topic").get_by_role("button", name="Sound only").click()
    expect(tile(leader, "Walt")).to_contain_text("Sound only")
    expect(tile(page, "Ines")).to_contain_text("Pictures off")
    stands_still(page, "Ines")
    page.get_by_role("button", name="Camera on").click()
    sees(page, "Ines")
    sees(leader, "Walt")


def test_pictures_out_of_sight_are_not_sent(scene):
    leader = scene.leader(viewport=PHONE)
    scene.inside("Walt")
    sees(leader, "Walt")
    leader.set_viewport_size({"width": 390, "height": 400})
    leader.get_by_role("button", name="Lock the room").scroll_into_view_if_needed()
    stands_still(leader, "Walt")
    leader.get_by_role("heading", level=1).scroll_into_view_if_needed()
    sees(leader, "Walt")


KEEP_TRACKS = """() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    window.taken = [];
    navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await ask(wanted);
        window.taken.push(...stream.getTracks());
        return stream;
    };
}"""
LAST = "window.taken.filter((track) => track.kind === '{kind}').at(-1)"


def with_tracks(scene) -> None:
    """Pages that keep hold of their own tracks, so that a test can take them away as the system does."""
    new_page = scene.new_page

    def opened(**options):
        page = new_page(**options)
        page.add_init_script(f"({KEEP_TRACKS})()")
        return page

    scene.new_page = opened


def test_a_headset_that_is_gone_gives_way_to_the_next_microphone(scene):
    with_tracks(scene)
    leader = scene.leader()
    page = scene.inside("Walt", viewport=PHONE)
    sees(leader, "Walt")
    for kind, called in (("audio", "microphone"), ("video", "camera")):
        page.evaluate(f"() => {{ const t = {LAST.format(kind=kind)}; t.stop(); t.dispatchEvent(new Event('ended')); }}")
        expect(page.locator("[data-part=told]")).to_contain_text(f"Your {called} was disconnected. Now in use:")
    sees(leader, "Walt")
    expect(tile(leader, "Walt").get_by_role("img", name="Sound on")).to_be_visible()


def test_a_call_takes_the_microphone_and_the_camera_and_gives_them_back(scene):
    with_tracks(scene)
    leader = scene.leader()
    page = scene.inside("Walt", viewport=PHONE)
    sees(leader, "Walt")
    held = "(on) => {{ const t = {0}; Object.defineProperty(t, 'muted', {{ value: on, configurable: true }}); {1} }}"
    tell = "t.dispatchEvent(new Event(on ? 'mute' : 'unmute'));"
    page.evaluate(held.format(LAST.format(kind="video"), tell), True)
    expect(page.locator("[data-part=held]")).to_contain_text("Something else uses your camera, perhaps a call.")
    expect(tile(leader, "Walt")).to_contain_text("Camera off")
    page.evaluate(held.format(LAST.format(kind="video"), tell), False)
    sees(leader, "Walt")
    page.evaluate(held.format(LAST.format(kind="audio"), tell), True)
    expect(page.locator("[data-part=held]")).to_contain_text("Something else uses your microphone, perhaps a call.")
    expect(tile(leader, "Walt").get_by_role("img", name="Muted")).to_be_visible()
    voice = "document.querySelector('.tile:not(.you) audio')"
    page.evaluate(f"{voice}.pause()")  # as some browsers do during a call
    page.evaluate(held.format(LAST.format(kind="audio"), tell), False)
    expect(page.locator("[data-part=held]")).to_be_hidden()
    page.wait_for_function(f"!{voice}.paused")
    expect(tile(leader, "Walt").get_by_role("img", name="Sound on")).to_be_visible()


def test_the_keys_of_the_room_are_listed_and_can_be_switched_off(scene, axe):
    leader = scene.leader()
    page = scene.inside("Walt")
    page.keyboard.press("?")
    listed = page.get_by_role("dialog", name="Keys on this page")
    for key in ("m", "c", "h", "p"):
        expect(listed.locator("kbd", has_text=key)).to_have_count(1)
    listed.get_by_label("Use these keys").uncheck()
    listed.get_by_role("button", name="Close").click()
    page.keyboard.press("m"), page.keyboard.press("?")
    expect(page.get_by_role("button", name="Mute", exact=True)).to_be_visible()
    expect(listed).to_have_count(0)
    page.get_by_role("button", name="Keys", exact=True).click()
    axe(page)
    listed.get_by_label("Use these keys").check()
    listed.get_by_role("button", name="Close").click()
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Unmute", exact=True)).to_be_visible()
    leader.keyboard.press("?")
    expect(leader.get_by_role("dialog")).to_contain_text("Shift P")
    leader.get_by_role("dialog").get_by_role("button", name="Close").click()
    leader.keyboard.press("w")
    expect(leader.locator("#rail-waiting")).to_be_focused()

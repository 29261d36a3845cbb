"""An encrypted room: pages that have the keys see each other, nobody else can open anything, and off costs nothing."""

import pytest
from playwright.sync_api import Page, expect

from stepdown.live import services_visits, visits
from stepdown.live.models import Visit
from stepdown.people.models import Patient, Role
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement.tests.factories import ProgramFactory
from tests.browser import PHONE
from tests.copies import UP_SECONDS, wait_until
from tests.journeys.scenes import ARRIVED, OUT_OF_SIGHT, Scene, frames, hears_voice, sees, stands_still, tile
from tests.walk_in import as_patient, as_staff

pytestmark = pytest.mark.browser

# Keeps the lines to the media server, and makes the page deaf to the keys of others while `window.deaf` is true.
WATCH = """
window.lines = [];
const Line = RTCPeerConnection;
window.RTCPeerConnection = class extends Line {
    constructor(...given) { super(...given); window.lines.push(this); }
};
const Socket = WebSocket;
window.WebSocket = class extends Socket {
    set onmessage(hear) {
        super.onmessage = (event) => { if (!window.deaf || JSON.parse(event.data).t !== "sender_key") hear?.(event); };
    }
};
"""
TRANSFORMS = """() => window.lines.flatMap((pc) => pc.getTransceivers()
    .flatMap(({ sender, receiver }) => [sender.transform, receiver.transform])).filter(Boolean).length"""
WORKERS = """() => performance.getEntriesByType("resource")
    .filter(({ name }) => name.includes("encryption_worker")).length"""
UNABLE = "delete window.RTCRtpScriptTransform;"
NOT_OPENED = "No picture or sound yet. We keep trying."
TOO_OLD = "This browser is too old for this group."


def begins_with(scene: Scene, script: str) -> Scene:
    """Pages opened from now on run this first."""
    new_page = scene.new_page

    def opened(**options) -> Page:
        page = new_page(**options)
        page.add_init_script(script)
        return page

    scene.new_page = opened
    return scene


def encrypts(scene: Scene) -> Scene:
    """In a program of its own: what is written stays for the tests that follow."""
    group = scene.session.group
    group.program = ProgramFactory(name="Encrypted", encrypted=True)
    group.save()
    return scene


def code(page: Page) -> str:
    return page.locator("[data-part=code]").text_content() or ""


def have_one_code(*pages: Page, other_than: str = "") -> str:
    """Waits until all of these pages show the same code, and gives it."""
    wait_until(
        lambda: len({code(page) for page in pages}) == 1 and code(pages[0]) not in ("", other_than),
        "all have the same code",
    )
    return code(pages[0])


def test_who_has_the_keys_sees_and_hears_and_what_travels_opens_to_nobody_else(scene, axe):
    leader = begins_with(encrypts(scene), WATCH).leader()
    walt = scene.inside("Walt", viewport=PHONE)
    sees(leader, "Walt")
    sees(walt, "Ines")
    assert [page.evaluate(TRANSFORMS) for page in (leader, walt)] == [4, 4]
    first = have_one_code(leader, walt)
    leader.get_by_role("button", name="Encrypted").first.click()
    expect(leader.get_by_role("region", name="Encrypted")).to_contain_text("2 devices can open what you send")
    axe(leader)

    remy = scene.at_door("Remy")
    remy.evaluate("window.deaf = true")  # no key reaches them, and all that the media server passes on does
    leader.get_by_role("button", name="Let Remy in").click()
    sees(leader, "Remy")
    expect(tile(remy, "Ines")).to_contain_text(NOT_OPENED, timeout=UP_SECONDS * 1000)
    assert remy.evaluate(ARRIVED)[tile(remy, "Ines").get_attribute("data-join")]["bytes"] > 10_000
    assert [frames(remy, name) for name in ("Ines", "Walt")] == [0, 0]
    remy.evaluate("window.deaf = false")  # they asked again and again
    for name in ("Ines", "Walt"):
        sees(remy, name)
        expect(tile(remy, name)).not_to_contain_text(NOT_OPENED)
    three = have_one_code(leader, walt, remy, other_than=first)

    scene.product.kill("janus")
    for page, others in ((leader, ("Walt", "Remy")), (walt, ("Ines", "Remy")), (remy, ("Ines", "Walt"))):
        for name in others:
            sees(page, name)
    assert have_one_code(leader, walt, remy) == three  # the same pages
    leader.close()
    have_one_code(walt, remy, other_than=three)
    sees(walt, "Remy")


def test_a_restart_of_the_live_process_needs_no_new_keys(scene):
    leader = begins_with(encrypts(scene), WATCH).leader()
    walt = scene.inside("Walt")
    sees(leader, "Walt")
    same = have_one_code(leader, walt)
    leader.evaluate("""window.codes = new Set();
        setInterval(() => window.codes.add(document.querySelector("[data-part=code]").textContent), 20)""")
    scene.product.kill("live")
    for page, name in ((leader, "Walt"), (walt, "Ines")):
        expect(page.locator("[data-part=away]")).to_be_hidden(timeout=UP_SECONDS * 1000)
        sees(page, name)
    assert leader.evaluate("[...window.codes]") == [same]
    remy = scene.inside("Remy")
    sees(remy, "Walt")
    sees(leader, "Remy")
    have_one_code(leader, walt, remy, other_than=same)


def test_a_side_room_and_a_pause_go_as_in_any_room(scene):
    leader = begins_with(encrypts(scene), WATCH).leader()
    walt, remy = scene.inside("Walt", viewport=PHONE), scene.inside("Remy")
    all_three = have_one_code(leader, walt, remy)
    leader.get_by_role("button", name="Walt: more").click()
    leader.get_by_role("dialog").get_by_role("button", name="Go to a side room").click()
    walt.get_by_role("button", name="Go there").click()
    sees(leader, "Walt")
    sees(walt, "Ines")
    have_one_code(leader, walt, other_than=all_three)
    expect(remy.locator("[data-part=code]")).to_be_empty()
    walt.get_by_role("button", name="Back to the group").click()
    for page, name in ((remy, "Walt"), (walt, "Remy"), (leader, "Remy")):
        sees(page, name)
    assert have_one_code(leader, walt, remy) == all_three
    leader.keyboard.press("Shift+P")
    expect(walt.get_by_role("heading", name="The room is paused")).to_be_visible()
    leader.get_by_role("button", name="Go on").click()
    walt.get_by_role("button", name="I am back").click()
    sees(leader, "Walt")
    sees(remy, "Walt")


def test_without_the_setting_nothing_is_changed_on_the_way(scene):
    leader = begins_with(scene, WATCH).leader()
    walt = scene.inside("Walt")
    sees(leader, "Walt")
    sees(walt, "Ines")
    for page in (leader, walt):
        assert (page.evaluate(TRANSFORMS), page.evaluate(WORKERS)) == (0, 0)
        assert page.get_by_role("button", name="Encrypted").count() == 0


def test_a_browser_that_cannot_is_told_at_the_door_and_in_the_room_what_to_do(scene, axe):
    begins_with(encrypts(scene), UNABLE)
    page = scene.new_page(viewport=PHONE)
    as_patient(page, scene.product.url, scene.patient("Walt"))
    page.goto(scene.url("door"))
    expect(page.get_by_text(TOO_OLD)).to_be_visible()
    expect(page.get_by_role("link", name="Next: where you are")).to_be_hidden()
    expect(page.get_by_role("link", name="Call us").first).to_be_visible()
    axe(page)
    page.goto(scene.url("room"))
    expect(page.get_by_role("heading", name=TOO_OLD)).to_be_visible()
    expect(page.get_by_role("link", name="Call us").first).to_be_visible()
    staff = as_staff(scene.new_page(), scene.product.url, scene.session.leader)
    staff.goto(scene.url("staff_room"))
    expect(staff.get_by_role("heading", name=TOO_OLD)).to_be_visible()


def test_sound_only_is_heard_and_pictures_open_again_afterwards(scene):
    leader = begins_with(encrypts(scene), WATCH).leader()
    walt = scene.inside("Walt", viewport=PHONE)
    sees(leader, "Walt")
    sees(walt, "Ines")
    walt.get_by_role("button", name="Sound only").last.click()
    expect(tile(leader, "Walt")).to_contain_text("Sound only")
    stands_still(walt, "Ines")
    scene.inside("Remy")  # for whom everyone takes a new key meanwhile
    hears_voice(leader, "Walt")
    hears_voice(walt, "Ines")
    hears_voice(walt, "Remy")
    walt.get_by_role("button", name="Sound only").last.click()
    sees(leader, "Walt")
    for name in ("Ines", "Remy"):
        sees(walt, name)
        expect(tile(walt, name)).not_to_contain_text(NOT_OPENED)


def test_pictures_that_were_out_of_sight_open_again_under_the_keys_of_now(scene):
    leader = begins_with(encrypts(scene), WATCH).leader()
    walt = scene.inside("Walt", viewport=PHONE)
    sees(walt, "Ines")
    before = have_one_code(leader, walt)
    walt.evaluate(OUT_OF_SIGHT, True)
    stands_still(walt, "Ines")
    remy = scene.inside("Remy")
    now = have_one_code(leader, walt, remy, other_than=before)
    hears_voice(walt, "Ines")
    walt.evaluate(OUT_OF_SIGHT, False)
    for name in ("Ines", "Remy"):
        sees(walt, name)
        expect(tile(walt, name)).not_to_contain_text(NOT_OPENED)
    assert have_one_code(leader, walt, remy) == now


def test_a_second_device_takes_the_place_and_the_keys_of_the_first(scene):
    leader = begins_with(encrypts(scene), WATCH).leader()
    laptop = scene.inside("Walt")
    sees(leader, "Walt")
    before = have_one_code(leader, laptop)
    patient = Patient.objects.get(seats__group=scene.session.group)
    phone = as_patient(scene.new_page(viewport=PHONE), scene.product.url, patient)
    phone.goto(scene.url("room"))
    expect(laptop.get_by_role("heading", name="You opened this on another device")).to_be_visible()
    sees(phone, "Ines")
    sees(leader, "Walt")
    have_one_code(leader, phone, other_than=before)
    expect(leader.locator("[data-part=code-of]")).to_contain_text("2 devices can open what you send")


def test_an_observer_and_a_guest_have_the_keys_while_they_are_in_and_no_longer(scene):
    leader = begins_with(encrypts(scene), WATCH).leader()
    walt = scene.inside("Walt", viewport=PHONE)
    sees(leader, "Walt")
    two = have_one_code(leader, walt)
    ruth, by = StaffFactory(name="Ruth Invented", roles=[Role.DIRECTOR]), scene.session.leader
    services_visits.name_colleague(session=scene.session, staff=ruth, role=Visit.Role.OBSERVER, by=by)
    observer = as_staff(scene.new_page(), scene.product.url, ruth)
    observer.goto(scene.url("observe"))
    sees(observer, "Walt")
    sees(walt, "Ruth")
    three = have_one_code(leader, walt, observer, other_than=two)

    sam = services_visits.invite_guest(session=scene.session, name="Sam", why="speaks about sleep", by=by)
    guest = scene.new_page(viewport=PHONE)
    guest.goto(visits.link_of(sam))
    guest.get_by_role("button", name="I keep it to myself. Come in").click()
    walt.locator(".visits").get_by_role("button", name="I agree").click()
    leader.get_by_role("button", name="Let Sam in").click()
    for name in ("Ines", "Walt", "Ruth"):
        sees(guest, name)
    sees(walt, "Sam")
    four = have_one_code(leader, walt, observer, guest, other_than=three)
    leader.get_by_role("button", name="Send Sam out").click()
    expect(guest.get_by_role("heading", name="You are not in the room any more")).to_be_visible()
    assert have_one_code(leader, walt, observer, other_than=four) == three
    sees(walt, "Ines")

"""The check of camera, microphone and sound finds the usual faults and says how to mend them on that browser."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from stepdown.live.tests.factories import agreed
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.tests.factories import SessionFactory
from tests.browser import CAMERA, FLAGS, PHONE, SPOKEN, Chromium
from tests.copies import wait_until
from tests.journeys.scenes import hears, sees, tile
from tests.journeys.sounds import silence
from tests.walk_in import as_patient

pytestmark = [pytest.mark.browser, pytest.mark.whole_browser]

AGENTS = {
    "Chrome on a computer": "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36",
    "Chrome on Android": "Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36",
    "Safari on an iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1",
    "Chrome on an iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) CriOS/130.0 Mobile Safari/604.1",
    "an app on an iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Mobile/15E148",
    "an app on Android": "Mozilla/5.0 (Linux; Android 14; wv) Version/4.0 Chrome/130.0 Mobile Safari/537.36",
    "Firefox on Android": "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0",
    "Firefox": "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0",
}
# What getUserMedia rejects with, as these browsers do.
DENIED = ("NotAllowedError", "Permission denied")
SYSTEM = ("NotAllowedError", "Permission denied by system")
UNANSWERED = ("NotAllowedError", "Permission dismissed")
TAKEN = ("NotReadableError", "Device in use")
MISSING = ("NotFoundError", "Requested device not found")
UNABLE = ("NotSupportedError", "")
REFUSE = """
navigator.mediaDevices.getUserMedia = (wish) => window.mended
    ? Promise.resolve(new MediaStream([document.createElement("canvas").captureStream().getTracks()[0]]))
    : Promise.reject(new DOMException("{1}", "{0}"));
"""


@pytest.fixture
def door(product, new_page) -> Callable[..., Page]:
    """door(page=None, **options) -> a page of a patient; `page.goto(page.door)` then opens the device check."""
    CenterFactory()
    session = SessionFactory(group=GroupFactory(leader=StaffFactory(name="Ines Invented")))

    def at_door(page: Page | None = None, **options) -> Page:
        page = page or new_page(viewport=PHONE, **options)
        as_patient(page, product.url, agreed(SeatFactory(group=session.group, accepted=True).patient))
        page.door = product.url + reverse("live:door", args=[session.pk])
        return page

    return at_door


def row(page: Page, kind: str):
    return page.locator(f"[data-device={kind}]")


@pytest.mark.parametrize(
    ("agent", "error", "what", "mend"),
    [
        ("Chrome on a computer", DENIED, "The browser does not let us use your camera.", "Click the sign left"),
        ("Chrome on a computer", SYSTEM, "Your device does not let the browser use the camera.", "then Privacy"),
        ("Chrome on a computer", UNANSWERED, "The browser asked about your camera", "choose Allow"),
        ("Chrome on a computer", TAKEN, "Another app uses your camera.", "such as Zoom or Teams"),
        ("Chrome on a computer", MISSING, "We find no camera on this device.", "Plug it in"),
        ("Chrome on Android", DENIED, "The browser does not let us use your camera.", "then Permissions"),
        ("Chrome on Android", SYSTEM, "Your device does not let the browser use the camera.", "then Apps"),
        ("Chrome on Android", TAKEN, "Another app uses your camera.", "End a call"),
        ("Safari on an iPhone", DENIED, "The browser does not let us use your camera.", "then Safari"),
        ("Safari on an iPhone", TAKEN, "Another app uses your camera.", "End a call"),
        ("Safari on an iPhone", MISSING, "We find no camera on this device.", "Start your phone anew"),
        ("Chrome on an iPhone", DENIED, "The browser does not let us use your camera.", "then your browser"),
        (
            "an app on an iPhone",
            DENIED,
            "The browser does not let us use your camera.",
            "Another app shows you this page.",
        ),
        ("an app on an iPhone", TAKEN, "Another app uses your camera.", "End a call"),
        ("an app on Android", UNABLE, "This browser cannot use your camera.", "Another app shows you this page."),
        ("Safari on an iPhone", UNABLE, "This browser cannot use your camera.", "in the newest Chrome"),
        ("Firefox on Android", DENIED, "The browser does not let us use your camera.", "so that it is allowed"),
        ("Firefox", DENIED, "The browser does not let us use your camera.", "remove the block"),
        ("Firefox", TAKEN, "Another app uses your camera.", "such as Zoom or Teams"),
    ],
)
def test_a_fault_is_named_and_how_to_mend_it_on_that_browser(door, agent, error, what, mend):
    page = door(user_agent=AGENTS[agent])
    page.add_init_script(REFUSE.format(*error))
    page.goto(page.door)
    expect(row(page, "camera").locator("[data-title]")).to_contain_text(what)
    expect(row(page, "camera").locator("[data-mend]")).to_contain_text(mend)
    expect(row(page, "microphone").locator("[data-trouble]")).to_be_visible()
    page.evaluate("window.mended = true")
    row(page, "camera").get_by_role("button", name="Try again").click()
    expect(row(page, "camera")).to_contain_text("Camera works")
    expect(row(page, "camera").locator("[data-trouble]")).to_be_hidden()


@pytest.fixture
def other_browser(whole_chromium: Chromium) -> Iterator[Callable[..., Page]]:
    """other_browser(*flags, but=(), **options) -> a page in a Chromium of its own, started with other flags."""
    browsers = []

    def opened(*flags: str, but: tuple[str, ...] = (), **options) -> Page:
        args = [flag for flag in FLAGS if flag not in but] + list(flags)
        browsers.append(whole_chromium.launch(args))
        context = browsers[-1].new_context(viewport=PHONE, **options)
        context.add_init_script(SPOKEN)
        return context.new_page()

    yield opened
    for browser in browsers:
        browser.close()


def test_a_computer_without_camera_and_microphone_may_go_on(door, other_browser):
    page = door(other_browser(but=(CAMERA,), permissions=["camera", "microphone"]))
    page.goto(page.door)
    for kind in ("camera", "microphone"):
        expect(row(page, kind)).to_contain_text(f"We find no {kind} on this device.")
        row(page, kind).get_by_role("button", name=f"Go on without {kind}").click()
        expect(row(page, kind)).to_contain_text(f"Going on without {kind}")
    kept = json.loads(page.evaluate("localStorage.devices"))
    assert kept == {"of": page.door.rstrip("/").split("/")[-1], "what": {"noCamera": True, "noMicrophone": True}}
    page.get_by_role("link", name="Next: where you are").click()
    expect(page.get_by_role("heading", name="Where are you right now?")).to_be_visible()


def test_another_microphone_that_is_chosen_is_used(door):
    page = door()
    page.goto(page.door)
    expect(row(page, "microphone")).to_contain_text("Fake Default Audio Input")
    row(page, "microphone").get_by_role("button", name="Change").click()
    page.get_by_label("Change microphone").select_option("Fake Audio Input 2")
    expect(row(page, "microphone").locator("[data-label]")).to_have_text("Fake Audio Input 2")
    page.reload()
    expect(row(page, "microphone").locator("[data-label]")).to_have_text("Fake Audio Input 2")


def test_a_microphone_that_is_not_there_any_more_gives_way_to_another(door):
    page = door()
    page.add_init_script("sessionStorage.setItem('stepdown-devices', JSON.stringify({ microphone: 'gone' }));")
    page.goto(page.door)
    expect(row(page, "microphone").locator("[data-label]")).to_have_text("Fake Default Audio Input")


# Of three cameras the first and the last do not open.
CAMERAS = """
    const media = navigator.mediaDevices, ask = media.getUserMedia.bind(media);
    window.works = ["b"];
    const all = ["a", "b", "c"].map((id) => ({ kind: "videoinput", deviceId: id, label: `Camera ${id}` }));
    media.enumerateDevices = async () => all;
    media.getUserMedia = async ({ audio, video }) => {
        if (audio) return ask({ audio });
        const id = video.deviceId?.exact ?? "a";
        if (!window.works.includes(id)) throw new DOMException("Device in use", "NotReadableError");
        const [track] = document.createElement("canvas").captureStream().getTracks();
        track.getSettings = () => ({ deviceId: id });
        Object.defineProperty(track, "label", { value: `Camera ${id}` });
        return { getTracks: () => [track] };
    };
"""


def test_a_first_camera_that_does_not_open_leaves_the_others_to_use_and_to_choose(door, axe):
    page = door()
    page.add_init_script(CAMERAS)
    page.goto(page.door)
    expect(row(page, "camera").locator("[data-label]")).to_have_text("Camera b")
    page.evaluate("window.works = []")
    row(page, "camera").get_by_role("button", name="Change").click()
    page.get_by_label("Change camera").select_option("Camera c")
    expect(row(page, "camera")).to_contain_text("Another app uses your camera.")
    expect(row(page, "camera").get_by_role("button", name="Change")).to_be_visible()
    axe(page)
    page.evaluate("window.works = ['c']")
    page.get_by_label("Change camera").select_option("Camera c")
    expect(row(page, "camera").locator("[data-label]")).to_have_text("Camera c")


def test_a_browser_that_was_told_no_says_so(door, other_browser):
    page = door(other_browser("--deny-permission-prompts", but=("--use-fake-ui-for-media-stream",)))
    page.goto(page.door)
    expect(row(page, "camera")).to_contain_text("The browser does not let us use your camera.")
    expect(row(page, "microphone")).to_contain_text("The browser does not let us use your microphone.")


def test_a_question_of_the_browser_is_pointed_at(door):
    page = door()
    page.clock.install()
    page.add_init_script("navigator.mediaDevices.getUserMedia = () => new Promise(() => {});")
    page.goto(page.door)
    expect(row(page, "camera")).to_contain_text("Looking for your camera")
    page.clock.fast_forward("00:02")
    expect(row(page, "camera")).to_contain_text("When the browser asks, choose Allow.")


def test_a_microphone_that_gives_nothing_is_noticed_and_forgiven_once_it_does(door, other_browser, tmp_path: Path):
    sound = silence(tmp_path / "silence.wav")
    page = door(other_browser(f"--use-file-for-fake-audio-capture={sound}", permissions=["camera", "microphone"]))
    page.goto(page.door)
    expect(row(page, "microphone")).to_contain_text("Say something")
    expect(row(page, "microphone")).to_contain_text("We hear nothing yet", timeout=30_000)
    expect(row(page, "microphone").locator("[data-mend]")).to_contain_text("Look for a mute switch")
    hears(page, "We hear nothing yet")
    row(page, "microphone").get_by_role("button", name="Try again").click()
    expect(row(page, "microphone")).to_contain_text("Say something")


def test_a_microphone_that_cannot_be_measured_is_not_called_silent(door):
    page = door()
    page.add_init_script("""
        AudioContext.prototype.resume = () => new Promise(() => {});
        Object.defineProperty(AudioContext.prototype, "state", { get: () => "suspended" });
    """)
    page.clock.install()
    page.goto(page.door)
    expect(row(page, "microphone")).to_contain_text("Say something")
    page.clock.fast_forward("00:08")
    expect(row(page, "microphone")).to_contain_text("Your microphone is on.")
    expect(row(page, "microphone").locator("[data-trouble]")).to_be_hidden()


# What the browser asks stands until the test answers it: window.allow.audio(), window.allow.video().
ASKS = """
    const media = navigator.mediaDevices, ask = media.getUserMedia.bind(media);
    window.allow = {};
    media.getUserMedia = (wish) => new Promise((answer) => {
        window.allow[wish.video ? "video" : "audio"] = async () => {
            window.taken = await ask(wish);
            answer(window.taken);
        };
    });
"""


def asks(page: Page, kind: str) -> None:
    """Waits until the browser asks about "audio" or "video"."""
    wait_until(lambda: page.evaluate(f"'{kind}' in (window.allow ?? {{}})"), f"the browser asks about {kind}")


def test_who_mutes_while_the_browser_asks_about_the_camera_is_muted_at_once(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    page.get_by_role("button", name="Camera off").click()
    page.evaluate(f"() => {{ {ASKS} }}")
    page.get_by_role("button", name="Camera on").click()
    asks(page, "video")
    page.get_by_role("button", name="Mute", exact=True).click()
    expect(tile(leader, "Walt").get_by_role("img", name="Muted")).to_be_visible()
    page.evaluate("window.allow.video()")
    sees(leader, "Walt")


def test_who_is_asked_about_the_camera_is_heard_meanwhile(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    page.add_init_script(ASKS)
    page.reload()
    expect(tile(page, "Walt (you)")).to_be_visible()
    asks(page, "audio")
    page.evaluate("window.allow.audio()")
    asks(page, "video")
    expect(tile(leader, "Walt").get_by_role("img", name="Sound on")).to_be_visible()
    expect(tile(leader, "Walt")).to_contain_text("Camera off")


def test_a_camera_that_is_allowed_after_one_has_left_is_let_go(scene):
    scene.leader()
    page = scene.inside("Walt")
    page.get_by_role("button", name="Camera off").click()
    page.evaluate(f"() => {{ {ASKS} }}")
    page.get_by_role("button", name="Camera on").click()
    asks(page, "video")
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", name="You left the room")).to_be_visible()
    page.evaluate("window.allow.video()")
    ended = "window.taken?.getTracks().every((track) => track.readyState === 'ended')"
    wait_until(lambda: page.evaluate(ended), "the camera is let go")


def test_who_may_use_neither_reads_of_both(scene):
    scene.leader()
    page = scene.inside("Walt")
    page.add_init_script(REFUSE.format(*DENIED))
    page.reload()
    for kind in ("camera", "microphone"):
        expect(page.locator("[data-part=trouble]")).to_contain_text(f"The browser does not let us use your {kind}.")


def test_who_hears_no_tones_reads_what_to_do(door, axe):
    page = door(user_agent=AGENTS["Safari on an iPhone"])
    page.goto(page.door)
    page.get_by_role("button", name="Play sound").click()
    page.get_by_role("group", name="Did you hear two tones?").get_by_role("button", name="No").click()
    expect(page.locator("[data-unheard]")).to_contain_text("silent mode off")
    axe(page)
    page.get_by_role("button", name="Play sound").click()
    page.get_by_role("button", name="Yes").click()
    expect(page.locator("[data-sound]")).to_contain_text("You hear the sound")
    expect(page.get_by_role("button", name="Play sound")).to_be_focused()

"""Breaks and pauses (rest.js), and the screen that stays on (awake.js), mostly without a room."""

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE
from tests.copies import wait_until

pytestmark = pytest.mark.browser

# A page with the panel of a break; seen() is whether it shows, its phase, and whether camera and microphone are off.
PANEL = """
    const html = `<h2><b data-left></b></h2><p data-rest="on"></p><p data-rest="aside"></p>`;
    const root = new DOMParser().parseFromString(`<section>${html}</section>`, "text/html").querySelector("section");
    const said = [];
    let off = false;
    const pausing = (away = false) => m.rest({ root, rest: (on) => { off = on; }, say: (key) => said.push(key), away });
    const seen = () => [!root.hidden, root.dataset.phase, off];
    const until = new Date(Date.now() + 600000).toISOString();
"""


def test_who_says_i_am_back_in_a_side_room_is_off_again_with_the_group_that_is_still_on_a_break(run):
    found = run(
        "rest.js",
        f"""await (async () => {{
            {PANEL}
            const panel = pausing();
            panel.set(until);
            const steps = [seen()];
            panel.side(true);
            steps.push(seen());
            panel.back();
            steps.push(seen());
            panel.side(false);
            panel.set(until);
            steps.push(seen());
            panel.back();
            panel.set(null);
            steps.push(seen());
            panel.stop();
            return [steps, said];
        }})()""",
    )
    assert found == [
        [
            [True, "on", True],
            [True, "aside", True],
            [False, "aside", False],
            [True, "on", True],
            [False, "over", False],
        ],
        ["breakBegan", "breakBegan", "breakOver"],
    ]


def test_who_comes_back_to_the_group_after_its_break_stays_as_they_were_in_the_side_room(run):
    found = run(
        "rest.js",
        f"""await (async () => {{
            {PANEL}
            const ends = [];
            for (const says of [true, false]) {{
                const panel = pausing();
                panel.set(until);
                panel.side(true);
                if (says) panel.back();
                panel.side(false);
                panel.set(null);
                ends.push(seen());
                panel.stop();
            }}
            return ends;
        }})()""",
    )
    assert found == [[False, "over", False], [True, "over", True]]


def test_a_line_made_anew_in_either_room_turns_nothing_on_or_off(run):
    found = run(
        "rest.js",
        f"""await (async () => {{
            {PANEL}
            const panel = pausing();
            panel.side(false), panel.set(until), panel.back();
            panel.side(false), panel.set(until);
            const group = seen();
            panel.side(true), panel.side(true);
            const beside = seen();
            panel.stop();
            const again = pausing(true); // the page is loaded again in the side room
            again.begin(), again.side(true);
            const loaded = seen();
            again.stop();
            return [group, beside, loaded];
        }})()""",
    )
    assert found == [[False, "on", False], [False, "aside", False], [True, "aside", True]]


# A browser whose screen locks are counted: { held, asked }; each is given once `wait` is kept.
LOCKS = """
    window.screenLocks = { held: 0, asked: 0, wait: Promise.resolve() };
    Object.defineProperty(navigator, "wakeLock", { value: { async request() {
        const locks = window.screenLocks;
        locks.asked += 1;
        await locks.wait;
        locks.held += 1;
        const lock = new EventTarget();
        lock.release = () => { locks.held -= 1; lock.dispatchEvent(new Event("release")); };
        return lock;
    } } });
"""


def test_a_screen_that_is_let_go_while_the_browser_still_thinks_about_it_goes_dark(run):
    found = run(
        "awake.js",
        f"""await (async () => {{
            {LOCKS}
            const locks = window.screenLocks;
            let give;
            locks.wait = new Promise((given) => {{ give = given; }});
            const screen = m.awake();
            screen.on(), screen.on();
            const asked = locks.asked;
            screen.stop(), give();
            await new Promise((done) => setTimeout(done, 20));
            return [asked, locks.held];
        }})()""",
    )
    assert found == [1, 0]


def test_the_screen_of_who_waits_at_the_door_stays_on_until_they_are_out(scene):
    scene.leader()
    page = scene.at_door("Walt", viewport=PHONE)
    page.add_init_script(LOCKS)
    page.reload()
    expect(page.locator("[data-part=place]")).to_be_visible()
    wait_until(lambda: page.evaluate("window.screenLocks.held") == 1, "the screen stays on")
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", name="You left the room")).to_be_visible()
    assert page.evaluate("window.screenLocks.held") == 0

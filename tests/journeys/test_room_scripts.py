"""The room's scripts without a room: layout, pauses, the plan, faults, words. Run in the browser they are for."""

import pytest

from tests.journeys.scenes import hears

pytestmark = pytest.mark.browser


def test_faces_take_the_room_there_is(run):
    desktop = run("layout.js", "[1, 2, 3, 4, 6, 9, 12].map((n) => m.columns(n, 1090, 700))")
    assert desktop == [1, 2, 2, 2, 3, 3, 4]
    assert run("layout.js", "[1, 2].map((n) => m.columns(n, 374, 690))") == [1, 1]
    assert run("layout.js", "[3, 4, 5, 7, 9, 12].map(m.smallColumns)") == [2, 3, 4, 3, 4, 4]


def test_the_large_picture_stays_until_someone_else_has_spoken_for_two_seconds(run):
    large = "m.large('a', new Map({since}), ['a', 'b'], {now})"
    assert run("layout.js", large.format(since="[]", now=9000)) == "a"
    assert run("layout.js", large.format(since="[['b', 8000]]", now=9000)) == "a"
    assert run("layout.js", large.format(since="[['b', 6000]]", now=9000)) == "b"
    assert run("layout.js", large.format(since="[['a', 8900], ['b', 6000]]", now=9000)) == "a"
    assert run("layout.js", "m.large('gone', new Map(), ['b'], 0)") == "b"
    assert run("layout.js", "m.large('gone', new Map(), [], 0)") is None


def test_pauses_grow_and_never_pass_three_seconds(run):
    assert run("backoff.js", "[0, 1, 2, 3, 4, 50].map((n) => m.pause(n, 0.5))") == [0, 500, 1000, 2000, 2000, 2000]
    assert run("backoff.js", "[m.pause(9, 0), m.pause(9, 1)]") == [1400, 2600]


def test_the_plan_counts_to_what_comes_next(run):
    parts = (
        "[{kind: 'process', from: 0, to: 60}, {kind: 'break', from: 60, to: 70}, {kind: 'skills', from: 70, to: 90}]"
    )
    found = run("plan.js", f"[-3, 31.5, 62, 75, 90].map((minute) => m.next({parts}, minute))")
    assert [(one["kind"], one["minutes"]) for one in found] == [
        ("start", 3),
        ("break", 29),
        ("back", 8),
        ("end", 15),
        ("over", 0),
    ]


def test_faults_have_one_name_in_every_browser(run):
    names = "['NotAllowedError', 'TrackStartError', 'NotFoundError', 'Odd']"
    found = run("capture.js", f"{names}.map((name) => m.fault({{ name }}))")
    assert found == ["denied", "taken", "missing", "unknown"]
    assert run("capture.js", "m.fault({ name: 'NotAllowedError' }, { secure: false })") == "insecure"


def test_an_ipad_is_not_taken_for_the_mac_that_it_says_it_is(run):
    mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15"
    chrome = (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 CriOS/130.0 Version/18.0 Safari/605.1.15"
    )
    assert run("capture.js", f"[m.browser('{mac}', 0), m.browser('{mac}', 5)]") == ["safari", "safari-ios"]
    assert run("capture.js", f"m.browser('{chrome}', 5)") == "ios"


def test_a_browser_without_cameras_and_microphones_at_all_is_not_called_one_where_none_is_found(run):
    found = run(
        "capture.js",
        """await (async () => {
            Object.defineProperty(navigator, "mediaDevices", { value: undefined });
            return m.camera().catch((error) => m.fault(error));
        })()""",
    )
    assert found == "unable"


def test_loudness_goes_from_a_quiet_room_to_speech_close_by(run):
    assert run("capture.js", "[0, 0.001, 0.02, 0.32, 1].map(m.loudness)") == [0, 0, 52, 100, 100]


def test_a_leader_has_the_emergency_cards_also_while_the_pages_are_away(product, new_page):
    page = new_page()
    page.clock.install()
    page.goto(product.url)
    page.evaluate("""async () => {
        const m = await import("/static/live/emergency.js");
        const html = `<a data-do="emergency" href="/cards/"></a><p data-part="trouble"></p>
            <aside data-part="emergency" tabindex="-1" hidden><div data-part="cards-old" hidden>
                <p data-cards="kept">Old, of <b data-cards-at></b></p><p data-cards="none">None</p></div>
            <div data-part="cards">Say at once</div></aside>`;
        document.body.insertAdjacentHTML("beforeend", `<div id="room">${html}</div>`);
        const root = document.querySelector("#room"), panel = root.querySelector("aside");
        let away = true, asked = 0, opened = 0;
        window.open = () => { opened += 1; };
        window.fetch = (url, { signal }) => {
            asked += 1;
            if (!away) return Promise.resolve(new Response("Kept"));
            return new Promise((_, fails) => signal.addEventListener("abort", () => fails(new Error("late"))));
        };
        const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });
        const part = m.emergency({ root, page: (name) => root.querySelector(`[data-part=${name}]`), words: {} });
        const seen = [];
        part.pressed.emergency();
        seen.push(panel.innerText.trim());
        window.tested = (async () => {
            await wait(4100);
            seen.push(panel.innerText.replace(/\\s+/g, " ").trim());
            away = false;
            await part.pressed.renewCards();
            seen.push(panel.innerText.trim());
            part.pressed.emergency();
            part.in();
            seen.push(asked);
            await wait(5100);
            seen.push(asked);
            away = true;
            part.pressed.emergency();
            await wait(4100);
            seen.push(/^Old, of \\d/.test(panel.innerText.trim()), opened);
            part.stop();
            return seen;
        })();
    }""")
    page.clock.run_for(14_000)
    assert page.evaluate("window.tested") == ["Say at once", "None Say at once", "Kept", 2, 3, True, 0]


# A page's part about the standby room, and how it stands: shown, its phase, whether "I am back" is hidden.
STANDBY = """
    const m = await import("/static/live/standby.js");
    const html = `<p data-part="away"></p><div data-part="standby"><h2>Away</h2><a data-part="standby-way"></a>
        <p data-part="standby-changed"></p><button data-standby="over"></button></div>`;
    const root = new DOMParser().parseFromString(html, "text/html").body;
    root.dataset.session = "this meeting";
    const told = [], rests = [];
    const loaded = () => m.standby({
        root, page: (name) => root.querySelector(`[data-part=${name}]`), words: { said: { videoBack: "Back" } },
        mine: { rest: (why, on) => rests.push(on) }, note: (sentence) => told.push(sentence),
    });
    const panel = root.querySelector("div");
    const seen = () => [panel.hidden, panel.dataset.phase, root.querySelector("button").hidden];
"""


def test_who_comes_in_again_on_another_line_comes_back_from_the_standby_room(product, new_page):
    page = new_page()
    page.goto(product.url)
    found = page.evaluate(f"""async () => {{
        {STANDBY}
        const part = loaded();
        part.means.standby({{ on: true, address: "https://meet.example.org" }});
        root.querySelector("a").click();
        part.in();
        const back = seen();
        part.pressed.standbyBack();
        part.in();
        part.means.standby({{ on: false }});
        part.means.standby({{ on: true, address: "" }});
        part.in();
        return [back, seen(), rests, told];
    }}""")
    assert found == [[False, "over", False], [True, "over", False], [True, False], ["Back"]]


def test_who_went_to_the_standby_room_is_off_on_a_page_loaded_again_until_they_are_back(product, new_page):
    page = new_page()
    page.goto(product.url)
    found = page.evaluate(f"""async () => {{
        {STANDBY}
        loaded().means.standby({{ on: true, address: "https://meet.example.org" }});
        root.querySelector("a").click();
        const again = loaded();
        again.means.standby({{ on: true, address: "https://meet.example.org" }});
        const stands = [seen()];
        again.in();
        stands.push(seen());
        again.pressed.standbyBack();
        loaded().in();
        return [...stands, seen(), rests];
    }}""")
    assert found == [[False, "on", True], [False, "over", False], [True, "over", False], [True, True, False]]


def test_a_break_counts_down_to_nothing_and_not_below(run):
    assert run("rest.js", "[581, 60, 0.4, 0, -5].map(m.remaining)") == ["9:41", "1:00", "0:01", "0:00", "0:00"]


def test_lines_of_one_person_belong_together(run):
    assert run("media.js", "m.byPerson({ 0: 'a', 1: 'a', 2: 'b' })") == {"a": ["0", "1"], "b": ["2"]}


def test_whose_line_drops_for_a_moment_has_not_left(run):
    told = run(
        "announcer.js",
        """await new Promise((done) => {
            const told = [];
            const herald = m.announcer((change) => told.push(change), 20);
            herald.present(["Ines", "Walt"]);
            herald.present(["Ines"]);
            herald.present(["Ines", "Walt"]);
            setTimeout(() => {
                herald.present(["Ines", "Remy"]);
                setTimeout(() => done(told), 100);
            }, 100);
        })""",
    )
    assert told == [{"joined": ["Remy"], "left": ["Walt"]}]


def test_two_of_one_name_are_two_people(run):
    told = run(
        "announcer.js",
        """await new Promise((done) => {
            const herald = m.announcer(done, 20);
            herald.present(["Ines", "Walt"]);
            herald.present(["Ines", "Walt", "Walt"]);
        })""",
    )
    assert told == {"joined": ["Walt"], "left": []}


def test_a_line_is_poor_when_three_of_four_samples_are(run):
    good, lossy, slow = "{loss: 0.01, rtt: 0.1}", "{loss: 0.2, rtt: 0.1}", "{loss: 0, rtt: 1.5}"
    for samples, is_poor in (
        ([], False),
        ([lossy, lossy], False),
        ([lossy, good, slow, lossy], True),
        ([lossy, good, good, lossy], False),
        ([lossy, lossy, lossy, good, good], False),
    ):
        assert run("quality.js", f"m.isPoor([{', '.join(samples)}])") is is_poor


def test_the_line_is_timed_in_every_browser(run):
    heard = "{type: 'remote-inbound-rtp', fractionLost: 0.1, roundTripTime: 0.3}"
    seen = "{type: 'remote-inbound-rtp', fractionLost: 0.02, roundTripTime: 0.9}"
    timed = "{type: 'candidate-pair', nominated: true, currentRoundTripTime: 1.2}"
    untimed = "{type: 'candidate-pair', nominated: true}"
    assert run("quality.js", f"m.sending([{heard}, {seen}, {untimed}])") == {"loss": 0.1, "rtt": 0.9}
    assert run("quality.js", f"m.sending([{heard}, {seen}, {timed}])") == {"loss": 0.1, "rtt": 1.2}
    assert run("quality.js", "m.sending([])") == {"loss": 0, "rtt": 0}


def test_the_worse_direction_counts_and_a_new_line_begins_at_nothing(run):
    sample = "m.sample({{lost: {0}, received: {1}}}, {{lost: {2}, received: {3}}}, {{loss: {4}, rtt: 0.2}})"
    assert run("quality.js", sample.format(0, 100, 25, 175, 0.01)) == {"loss": 0.25, "rtt": 0.2}
    assert run("quality.js", sample.format(0, 100, 0, 200, 0.3)) == {"loss": 0.3, "rtt": 0.2}
    assert run("quality.js", sample.format(50, 900, 0, 0, 0)) == {"loss": 0, "rtt": 0.2}


def test_whose_pictures_nobody_looks_at_is_told_anew_whenever_one_is_in_again(product, new_page):
    """Over there it may stand as it was on the line of before, though it could not be told since."""
    page = new_page()
    page.goto(product.url)
    told = page.evaluate("""async () => {
        const m = await import("/static/live/saving.js");
        const html = `<div data-session="x"><p data-part="poor" hidden></p><ul data-part="tiles"></ul></div>`;
        const root = new DOMParser().parseFromString(html, "text/html").body.firstChild;
        const told = [];
        let away = false, hidden = true;
        Object.defineProperty(document, "visibilityState", { get: () => (hidden ? "hidden" : "visible") });
        const part = m.saving({
            root, page: (name) => root.querySelector(`[data-part=${name}]`), words: { said: {} },
            mine: { state: () => ({ camera: false }) }, health: async () => null,
            send: ({ who }) => { if (!away) told.push(who); return !away; },
        });
        part.in();
        part.draw([{ join: "me" }, { join: "Ines" }], "me");
        away = true;
        hidden = false;
        document.dispatchEvent(new Event("visibilitychange"));
        away = false;
        part.in();
        part.stop();
        return told;
    }""")
    assert told == [[], ["Ines"], []]


def test_what_is_said_at_the_same_moment_is_spoken_one_after_the_other(product, new_page):
    page = new_page()
    page.goto(product.url)
    heard = page.evaluate("""async () => {
        const { say } = await import("/static/ui/say.js");
        const region = document.getElementById("say");
        const heard = [];
        return new Promise((done) => {
            new MutationObserver(() => {
                if (region.textContent) heard.push(region.textContent);
                if (heard.length === 3) done(heard);
            }).observe(region, { childList: true });
            for (const sentence of ["Walt joined.", "Remy raised a hand.", "Remy raised a hand."]) say(sentence);
        });
    }""")
    assert heard == ["Walt joined.", "Remy raised a hand.", "Remy raised a hand."]


def test_that_the_browser_plays_no_sound_is_spoken_once(product, new_page):
    page = new_page()
    page.goto(product.url)
    page.evaluate("""async () => {
        const m = await import("/static/live/notes.js");
        document.body.insertAdjacentHTML("beforeend", `<p id="sound" hidden>No sound. <button>Turn on</button></p>`);
        const { blocked } = m.notes((name) => document.getElementById(name));
        for (let n = 0; n < 3; n += 1) {
            blocked();
            await new Promise(requestAnimationFrame);
        }
    }""")
    hears(page, "No sound. Turn on")
    assert page.locator("#sound").is_visible()
    assert page.evaluate("window.spoken").count("No sound. Turn on") == 1


def test_what_is_pasted_becomes_one_line_of_plain_text(run):
    assert run("chat.js", r"m.plain(' a\tb\u00a0c\u2028d\u202ee\ud800 ')") == "a b c de"
    assert run("chat.js", r"m.plain('\u{1f468}\u200d\u{1f469} \u{1fae8}')") == "\U0001f468\u200d\U0001f469 \U0001fae8"


def test_a_line_of_the_chat_waits_for_the_name_of_who_wrote_it(product, new_page):
    page = new_page()
    page.goto(product.url)
    found = page.evaluate("""async () => {
        const m = await import("/static/live/chat.js");
        const html = `<ol data-part="chat-lines"></ol><p data-part="chat-note"></p>
            <form data-part="chat-form"><input name="text"></form>
            <template data-part="chat-line"><li><b data-name></b> <i data-text></i></li></template>`;
        const root = new DOMParser().parseFromString(html, "text/html").body;
        const page = (name) => root.querySelector(`[data-part=${name}]`);
        const words = { tile: { youAlone: "You" }, said: { wrote: "" } };
        const names = new Map([["b", { name: "Walt" }]]);
        const part = m.chat({ root, page, words, names, send: () => true }, { isOpen: () => true });
        const seen = () => [...page("chat-lines").children].map((line) => line.textContent);
        for (const who of ["b", "a", "b"]) part.means.chat({ who, text: `from ${who}` });
        const before = seen();
        names.set("a", { name: "Remy" });
        part.draw();
        return [before, seen()];
    }""")
    assert found == [["Walt from b"], ["Walt from b", "Remy from a", "Walt from b"]]


def test_a_question_about_a_guest_is_exchanged_only_when_it_says_something_else_and_under_no_finger(run):
    found = run(
        "visits.js",
        """await (async () => {
            let token = 0;
            let buttons = `<button name="answer" value="yes">I agree</button>`;
            const sign = () => `<input type="hidden" name="csrfmiddlewaretoken" value="${token++}">`;
            const part = () => `<form data-visit="v">${sign()}`
                + `<p>Sam would like to visit.</p>${buttons}</form>`;
            window.fetch = async () => new Response(part());
            const root = document.body.appendChild(document.createElement("div"));
            root.dataset.url = "/told/";
            root.append(...new DOMParser().parseFromString(part(), "text/html").body.childNodes);
            m.start(root);
            const soon = () => new Promise((done) => setTimeout(done, 100));
            const told = async () => { document.dispatchEvent(new CustomEvent("room:visits")); await soon(); };
            const first = root.querySelector("button");
            first.focus();
            await told();
            const kept = first.isConnected && document.activeElement === first;
            buttons = `<button name="answer" value="no">No</button>`;
            first.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
            await told();
            const held = first.isConnected;
            first.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
            await soon();
            return [kept, held, first.isConnected, document.activeElement.value];
        })()""",
    )
    assert found == [True, True, False, "no"]

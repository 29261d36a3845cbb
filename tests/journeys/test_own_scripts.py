"""A person's own microphone and camera (own.js), and what is kept of how they were switched, without a room."""

import pytest

pytestmark = pytest.mark.browser


def test_who_is_back_for_one_reason_is_still_off_for_another(run):
    found = run(
        "own.js",
        """await (async () => {
            const mine = m.own({ changed() {}, trouble() {}, moved() {}, held() {} });
            await mine.begin();
            await mine.rest("group", true);
            await mine.rest("standby", true);
            await mine.rest("standby", false);
            const before = mine.state().camera;
            await mine.rest("group", false);
            const after = mine.state().camera;
            mine.stop();
            return [before, after];
        })()""",
    )
    assert found == [False, True]


# A page that has a call: what is asked for is given or refused, as `fate` says.
CALL = """
    const told = [], tracks = [], media = navigator.mediaDevices;
    let fate = "given";
    media.getUserMedia = async (wish) => {
        if (fate !== "given") throw new DOMException("", fate);
        const kind = wish.video ? "camera" : "microphone";
        tracks.push({ kind, label: kind, muted: false, readyState: "live", stop() {}, getSettings: () => ({}) });
        return { getTracks: () => tracks.slice(-1) };
    };
    const mine = m.own({
        changed() {},
        trouble: (kind, fault) => told.push(`${kind} ${fault}`),
        moved: (kind) => told.push(`${kind} moved`),
        held: (kind, on, back) => told.push(`${kind} ${on ? "held" : back ? "back" : "let go"}`),
    });
    const look = async () => {
        document.dispatchEvent(new Event("visibilitychange"));
        await new Promise((done) => setTimeout(done, 20));
    };
    const take = (kind) => {
        const track = tracks.findLast((one) => one.kind === kind);
        track.muted = true;
        track.onmute();
    };
    const on = () => [mine.state().mic, mine.state().camera];
    await mine.begin();
"""


def test_what_a_call_took_is_back_when_the_page_is_looked_at_after_it(run):
    found = run(
        "own.js",
        f"""await (async () => {{
            {CALL}
            take("camera");
            await look();
            const first = on();
            take("microphone");
            fate = "NotReadableError";
            await look(), await look();
            const during = on();
            fate = "given";
            await look();
            return [first, during, on(), told];
        }})()""",
    )
    assert found == [
        [True, True],
        [False, True],
        [True, True],
        ["camera held", "camera back", "microphone held", "microphone taken", "microphone let go", "microphone back"],
    ]


def test_who_left_the_browsers_question_unanswered_is_asked_again_by_no_look_at_the_page(run):
    found = run(
        "own.js",
        f"""await (async () => {{
            {CALL}
            take("camera");
            await mine.camera(false);
            media.getUserMedia = () => Promise.reject(new DOMException("Permission dismissed", "NotAllowedError"));
            await mine.camera(true);
            let asked = 0;
            media.getUserMedia = async () => {{ asked += 1; }};
            await look();
            return [asked, told];
        }})()""",
    )
    assert found == [0, ["camera held", "camera let go", "camera unanswered"]]


def test_what_a_call_took_during_a_break_is_asked_for_anew_by_who_comes_back_or_unmutes(run):
    found = run(
        "own.js",
        f"""await (async () => {{
            {CALL}
            await mine.rest("group", true);
            take("microphone");
            await mine.rest("group", false);
            const back = on();
            take("microphone");
            const muted = on();
            await mine.mic();
            return [back, muted, on(), told];
        }})()""",
    )
    once = ["microphone held", "microphone back"]
    assert found == [[True, True], [False, True], [True, True], once + once]


def test_what_is_pressed_in_a_break_is_undone_by_pressing_it_again_and_comes_back_as_it_shows(run):
    found = run(
        "own.js",
        f"""await (async () => {{
            {CALL}
            await mine.mic(false), await mine.camera(false);
            const shown = [mine.later()];
            await mine.rest("group", true);
            for (let n = 0; n < 2; n += 1) {{
                await mine.mic(), await mine.camera();
                shown.push(Object.values(mine.later()));
            }}
            await mine.mic();
            const during = on();
            await mine.rest("group", false);
            return [shown, during, on()];
        }})()""",
    )
    assert found == [[None, [True, True], [False, False]], [False, False], [True, False]]


# A page with microphones of these names, of which those in `busy` do not open; the browser takes the first by itself.
MICROPHONES = """
    const told = [], media = navigator.mediaDevices, all = ["built-in", "headset", "desk"];
    const busy = new Set(), open = new Set();
    let fault = "NotReadableError";
    media.enumerateDevices = async () => all.map((id) => ({ kind: "audioinput", deviceId: id, label: id }));
    media.getUserMedia = async ({ audio, video }) => {
        const id = audio?.deviceId?.exact ?? all[0];
        if (video || busy.has(id)) throw new DOMException("", fault);
        open.add(id);
        const state = { label: id, muted: false, readyState: "live" };
        const track = { ...state, stop: () => open.delete(id), getSettings: () => ({ deviceId: id }) };
        return { getTracks: () => [track] };
    };
    const capture = await import("/static/live/capture.js");
    const mine = () => m.own({
        changed() {},
        trouble: (kind, fault) => told.push(`${kind} ${fault}`),
        moved: (kind, label) => told.push(label),
        held() {},
    });
    capture.switches("", { noCamera: true });
    const plugged = async () => {
        media.dispatchEvent(new Event("devicechange"));
        await new Promise((done) => setTimeout(done, 20));
    };
"""


def test_a_chosen_microphone_that_is_busy_gives_way_to_any_other_that_opens(run):
    found = run(
        "own.js",
        f"""await (async () => {{
            {MICROPHONES}
            capture.choose({{ microphone: "headset" }});
            const used = [];
            for (const these of [["headset"], ["headset", "built-in"], all]) {{
                these.forEach((id) => busy.add(id));
                const one = mine();
                await one.begin();
                used.push(one.state().sound?.label ?? null);
                one.stop();
            }}
            return [used, told, [...open]];
        }})()""",
    )
    assert found == [["built-in", "desk", None], ["microphone taken"], []]


def test_who_is_not_allowed_one_microphone_is_asked_about_no_other(run):
    found = run(
        "own.js",
        f"""await (async () => {{
            {MICROPHONES}
            capture.choose({{ microphone: "headset" }});
            busy.add("headset");
            fault = "NotAllowedError";
            const one = mine();
            await one.begin();
            one.stop();
            return told;
        }})()""",
    )
    assert found == ["microphone denied"]


def test_a_camera_that_looks_away_is_taken_by_choice_alone(run):
    found = run(
        "capture.js",
        """await (async () => {
            const media = navigator.mediaDevices, stopped = [];
            const looks = { front: "user", back: "environment" };
            media.enumerateDevices = async () => Object.keys(looks).map((id) => ({ kind: "videoinput", deviceId: id }));
            media.getUserMedia = async ({ video }) => {
                const id = video.deviceId?.exact ?? "front";
                if (id === "front") throw new DOMException("", "NotReadableError");
                const track = { id, stop: () => stopped.push(id), getSettings: () => ({ facingMode: looks[id] }) };
                return { getTracks: () => [track] };
            };
            return [await m.camera().catch(m.fault), stopped, (await m.camera("back")).id];
        })()""",
    )
    assert found == ["taken", ["back"], "back"]


def test_the_microphone_in_use_is_kept_until_the_chosen_one_that_is_there_again_opens(run):
    found = run(
        "own.js",
        f"""await (async () => {{
            {MICROPHONES}
            capture.choose({{ microphone: "headset" }});
            busy.add("headset");
            const one = mine();
            await one.begin();
            const begun = one.state().sound;
            await plugged(), await plugged();
            const kept = [one.state().sound === begun, [...open], [...told]];
            busy.clear();
            await plugged(), await plugged();
            return [kept, one.state().sound.label, [...open], told];
        }})()""",
    )
    assert found == [[True, ["built-in"], []], "headset", ["headset"], ["headset"]]


def test_a_link_opened_in_another_tab_turns_nothing_on_that_was_off_in_this_meeting(product, new_page):
    page = new_page()
    tab = page.context.new_page()
    for one in (page, tab):
        one.goto(f"{product.url}/me/now/")
    begins = """async (session) => {
        const { own } = await import("/static/live/own.js");
        window.mine = own({ changed() {}, trouble() {}, moved() {}, held() {}, session });
        await mine.begin();
        return [mine.state().mic, mine.state().camera];
    }"""
    door = """async () => (await import("/static/live/capture.js")).switches("7", { noCamera: true })"""
    assert page.evaluate(begins, "7") == [True, True]
    page.evaluate("mine.mic(false)")
    assert tab.evaluate(begins, "7") == [False, True]
    tab.evaluate(door)
    assert page.evaluate(begins, "7") == [False, False]
    page.evaluate("Promise.all([mine.mic(true), mine.camera(true)])")
    assert tab.evaluate(begins, "7") == [True, True]
    tab.evaluate("mine.mic(false)")
    assert page.evaluate(begins, "8") == [True, True]

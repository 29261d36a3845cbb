"""What announcer.js, hands.js and round.js speak of who comes and goes, raises a hand and has the turn."""

from collections.abc import Callable

import pytest

from tests.journeys.scenes import hears

pytestmark = pytest.mark.browser


def test_who_came_is_told_however_often_the_room_is_drawn_meanwhile(run):
    told = run(
        "announcer.js",
        """await new Promise((done) => {
            const told = [];
            const herald = m.announcer((change) => told.push(change), 60);
            herald.present(["Ines"]);
            const draws = setInterval(() => herald.present(["Walt", "Ines"]), 20);
            setTimeout(() => { clearInterval(draws); done(told); }, 300);
        })""",
    )
    assert told == [{"joined": ["Walt"], "left": []}]


def test_who_came_is_told_in_the_end_also_while_others_go_on_coming_and_going(run):
    told = run(
        "announcer.js",
        """await new Promise((done) => {
            const told = [];
            const herald = m.announcer((change) => told.push(change), 100);
            herald.present(["Ines"]);
            let there = false;
            const draws = setInterval(() => {
                there = !there;
                herald.present(there ? ["Ines", "Walt", "Remy"] : ["Ines", "Walt"]);
            }, 30);
            setTimeout(() => { clearInterval(draws); done(told.flatMap(({ joined }) => joined)); }, 600);
        })""",
    )
    assert "Walt" in told


def test_whoever_is_there_when_one_begins_anew_is_told_of_by_nobody(run):
    told = run(
        "announcer.js",
        """await new Promise((done) => {
            const told = [];
            const herald = m.announcer((change) => told.push(change), 20);
            herald.present(["Ines"]);
            herald.present(["Ines", "Walt"]);
            herald.begin();
            setTimeout(() => herald.present(["Ines", "Remy"]), 40);
            setTimeout(() => done(told), 120);
        })""",
    )
    assert told == []


@pytest.fixture
def part(product, new_page) -> Callable[..., list[str]]:
    """part("hands", lines) -> what the part says of the room by these lines, with the part as `part`, and its names.

    `person(join, name, more)` is one in the room, of whom the page is that of "me".
    """
    page = new_page()
    page.goto(f"{product.url}/me/now/")

    def says(name: str, lines: str) -> list[str]:
        page.evaluate(f"""async () => {{
            const m = await import("/static/live/{name}.js");
            const {{ say }} = await import("/static/ui/say.js");
            const html = `<p data-part="turn"></p><section data-part="round"><ol></ol><input name="turn_of">
                <p data-part="round-waits" hidden>Away: <b data-away></b></p></section>
                <template data-part="round-row"><li><b data-name></b><i data-done></i></li></template>`;
            const root = new DOMParser().parseFromString(`<div>${{html}}</div>`, "text/html").querySelector("div");
            const words = {{ places: ["first", "second"], tile: {{ youAlone: "You" }}, said: {{
                handsUp: "{{name}} up, {{place}}", roundBegan: "begins: {{name}}", turn: "turn: {{name}}",
                myTurn: "my turn", roundOver: "over",
            }} }};
            const names = new Map();
            const page = (one) => root.querySelector(`[data-part=${{one}}]`);
            const part = (m.hands ?? m.round)({{ root, page, words, names }});
            const person = (join, name, more) => {{
                names.set(join, {{ name, you: name === "me" }});
                return {{ join, hand: null, round: null, ...more }};
            }};
            const draw = (turn, ...people) => part.draw(people, "me", turn, people);
            const me = person("me", "me");
            {lines}
            part.stop?.();
            say("that is all");
        }}""")
        hears(page, "that is all")
        spoken = page.evaluate("window.spoken")
        return spoken[: spoken.index("that is all")]

    return says


def test_a_hand_of_a_line_made_anew_is_told_once(part):
    said = part(
        "hands",
        """
            draw(null, me);
            draw(null, me, person("a", "Ana", { hand: 7 }));
            draw(null, me);
            draw(null, me, person("b", "Ana", { hand: 7 }));
            draw(null, me, person("b", "Ana", { hand: 9 }), person("c", "Ben", { hand: 8 }));
        """,
    )
    assert said == ["Ana up, first", "Ben up, first", "Ana up, second"]


def test_hands_that_were_up_are_not_told_to_who_is_let_in_from_a_talk_at_the_door(part):
    said = part(
        "hands",
        """
            part.in({ hand: null, life: "", side: { kind: "door" } });
            draw(null, me, person("i", "Ines"));
            part.in({ hand: null, life: "", side: null });
            draw(null, person("i", "Ines"));
            draw(null, me, person("a", "Ana", { hand: 7 }));
            draw(null, me, person("a", "Ana", { hand: 7 }), person("b", "Ben", { hand: 8 }));
        """,
    )
    assert said == ["Ben up, second"]


ROUND = """
    const ana = (round, join = "a") => person(join, "Ana", { round });
    const ben = (round) => person("b", "Ben", { round });
"""


def test_who_speaks_later_gives_the_turn_to_somebody_who_is_named(part):
    said = part(
        "round",
        f"""
            {ROUND}
            draw(null, me);
            draw(1, me, ana(1), ben(2));
            draw(1, me, ana(2), ben(1));
            draw(1, me, ana(2), ben(1));
            draw(2, me, ana(2), ben(1));
            draw(2, me, ana(2, "again"), ben(1));
            draw(null, me, ana(null));
        """,
    )
    assert said == ["begins: Ana", "turn: Ben", "turn: Ana", "over"]


def test_a_page_that_comes_while_a_round_goes_on_is_not_told_that_it_begins(part):
    said = part("round", f"{ROUND} draw(null); draw(3, me, ana(3), ben(1)); draw(4, {{ ...me, round: 4 }}, ana(3));")
    assert said == ["turn: Ana", "my turn"]


def test_leaders_are_told_once_for_whom_a_round_waits(part):
    said = part(
        "round",
        """
            part.roster({ turn_of: "1", waits_for: [] });
            for (let n = 0; n < 2; n += 1) part.roster({ turn_of: "2", waits_for: ["Ana", "Ben"] });
            say(`${page("round").querySelector("[name=turn_of]").value} ${page("round-waits").hidden}`);
            part.roster({ turn_of: "2", waits_for: [] });
            say(`hidden: ${page("round-waits").hidden}`);
            part.roster({});
        """,
    )
    assert said == ["Away: Ana, Ben", "2 false", "hidden: true"]

"""The scripts that seal picture and sound end to end, without a room. Run in the browser they are for."""

import re

import pytest

pytestmark = pytest.mark.browser

SEALED = """await (async () => {
    const secret = new Uint8Array(32).fill(7);
    const key = await m.frameKey(secret, "a", 0);
    const whole = new Uint8Array(40).map((_, at) => at * 2);
    const kinds = { audio: whole, picture: whole, change: whole.map((one, at) => one | (at === 0)) };
    const found = {};
    for (const [name, data] of Object.entries(kinds)) {
        const kind = name === "audio" ? "audio" : "video";
        const sealed = await m.seal(data, kind, { key, number: 300, counter: 5 });
        const opened = await m.open(sealed, kind, key);
        const clear = m.readable(kind, data);
        const opens = (other, by = key) => m.open(other, kind, by).then(() => true, () => false);
        const changed = (at) => sealed.map((one, place) => (place === at ? one ^ 1 : one));
        found[name] = {
            clear, longer: sealed.length - data.length, number: m.numberOf(sealed), same: opened.join() === data.join(),
            head: sealed.subarray(0, clear).join() === data.subarray(0, clear).join(),
            body: sealed.subarray(clear, data.length).join() !== data.subarray(clear).join(),
            opens: await Promise.all([
                opens(changed(clear - 1)), opens(changed(clear)), opens(changed(sealed.length - 7)),
                opens(changed(sealed.length - 4)), opens(changed(sealed.length - 1)), opens(data),
                opens(sealed, await m.frameKey(secret, "b", 0)), opens(sealed, await m.frameKey(secret, "a", 1)),
            ]),
        };
    }
    return found;
})()"""


def test_a_sealed_frame_opens_whole_with_its_own_key_and_not_at_all_when_anything_was_changed(run):
    for name, found in run("ciphers.js", SEALED).items():
        clear = {"audio": 1, "picture": 10, "change": 3}[name]
        assert (name, found) == (
            name,
            {
                "clear": clear, "longer": 22, "number": 300, "same": True, "head": True, "body": True,
                "opens": [False] * 8,
            },
        )  # fmt: skip
    assert run("ciphers.js", "[0, 22, 23].map((length) => m.numberOf(new Uint8Array(length)))") == [-1, -1, 0]


def test_the_same_frame_never_looks_the_same_twice(run):
    assert run(
        "ciphers.js",
        """await (async () => {
            const key = await m.frameKey(m.newSecret(), "a", 0);
            const sealed = (counter) => m.seal(new Uint8Array(30), "audio", { key, number: 0, counter });
            const [one, other] = [await sealed(1), await sealed(2)];
            return one.subarray(1, 30).join() !== other.subarray(1, 30).join();
        })()""",
    )


def test_a_key_is_read_by_whom_it_is_for_on_its_one_way_alone(run):
    found = run(
        "ciphers.js",
        """await (async () => {
            const [a, b, c] = [await m.newPair(), await m.newPair(), await m.newPair()];
            const way = { room: "r", from: "a", to: "b" };
            const secret = m.newSecret();
            const text = await m.wrap({ number: 258, secret }, a.pair, b.told, way);
            const read = (pair, theirs, by) => m.unwrap(text, pair, theirs, by).then(
                (key) => key.number === 258 && key.secret.join() === secret.join(), () => false);
            return {
                length: text.length, told: a.told.length, extractable: a.pair.privateKey.extractable,
                theirs: await read(b.pair, a.told, way),
                others: [
                    await read(c.pair, a.told, way), await read(b.pair, c.told, way),
                    await read(b.pair, a.told, { ...way, room: "s" }),
                    await read(b.pair, a.told, { ...way, from: "c" }),
                    await read(b.pair, a.told, { ...way, to: "c" }),
                ],
                keys: await Promise.all([a.told, "A".repeat(87) + "=", "?"].map((one) => m.isPublic(one))),
            };
        })()""",
    )
    assert found == {
        "length": 84, "told": 88, "extractable": False, "theirs": True, "others": [False] * 5,
        "keys": [True, False, False],
    }  # fmt: skip


def test_two_pages_have_the_same_code_only_with_the_same_keys_in_the_same_room(run):
    codes = run(
        "ciphers.js",
        """await Promise.all([[["a", "b"], "r"], [["b", "a"], "r"], [["a", "c"], "r"], [["a", "b"], "s"]]
            .map(([keys, room]) => m.safetyCode(keys, room)))""",
    )
    assert codes[0] == codes[1]
    assert len(set(codes)) == 3
    assert all(re.fullmatch(r"\d{5} \d{5} \d{5} \d{5}", code) for code in codes)

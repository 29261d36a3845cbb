"""What lies sealed opens with the ring of keys and nothing else, and is sealed anew while it is used."""

import os

import pytest

from stepdown.kernel import keys, rotation, sealing
from stepdown.kernel.sealing import Store, Unreadable, key_of, opened, opened_bytes, sealed, sealed_bytes

SAID = "Spoke about the brother at length; I wonder about grief."


@pytest.fixture
def ring(settings, tmp_path):
    """A ring of one key."""
    settings.KEY_RING = tmp_path / "keys"
    keys.make_if_missing(settings.KEY_RING)
    return settings.KEY_RING


class Rows:
    """A store of sealed text that seals two at a time."""

    def __init__(self, *stored: str) -> None:
        self.stored = list(stored)
        self.fails_after = 99

    def count(self) -> dict[str, int]:
        return {key: [key_of(text) for text in self.stored].count(key) for key in map(key_of, self.stored)}

    def renew(self, newest: str) -> int:
        if not self.fails_after:
            raise ConnectionError
        self.fails_after -= 1
        old = [number for number, text in enumerate(self.stored) if key_of(text) != newest][:2]
        for number in old:
            self.stored[number] = sealed("notes", opened("notes", self.stored[number]))
        return len(old)


@pytest.fixture
def rows(ring, monkeypatch):
    rows = Rows(*(sealed("notes", f"{SAID} {number}") for number in range(5)))
    monkeypatch.setattr(sealing, "_stores", [Store("Notes", rows.count, rows.renew)])
    return rows


def test_what_is_sealed_for_one_purpose_opens_for_no_other(ring):
    stored = sealed("one", SAID)
    assert SAID not in stored
    assert stored != sealed("one", SAID)
    assert opened("one", stored) == SAID
    with pytest.raises(Unreadable):
        opened("two", stored)


@pytest.mark.parametrize("change", [str.swapcase, lambda text: text[:-8], lambda text: "", lambda text: text + "é"])
def test_what_was_changed_opens_no_more(ring, change):
    with pytest.raises(Unreadable):
        opened("one", change(sealed("one", SAID)))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 %%EOF", bytes(range(256)) * 2000])
def test_a_file_comes_out_as_it_went_in_for_its_purpose_alone(ring, content):
    stored = sealed_bytes("one", content)
    assert stored != sealed_bytes("one", content)
    assert opened_bytes("one", stored) == content
    for purpose, changed in (("two", stored), ("one", stored[:-1]), ("one", b"\xff" + stored), ("one", b"")):
        with pytest.raises(Unreadable):
            opened_bytes(purpose, changed)


def test_with_the_ring_of_another_installation_it_does_not_open(ring, settings, tmp_path):
    stored = sealed("one", SAID)
    settings.KEY_RING = tmp_path / "others"
    keys.make_if_missing(settings.KEY_RING)
    with pytest.raises(Unreadable):
        opened("one", stored)


def test_a_new_key_is_taken_at_once_and_the_old_one_still_opens(ring):
    stored = sealed("one", SAID)
    key = keys.add(ring)
    assert key_of(sealed("one", SAID)) == key.id
    assert opened("one", stored) == SAID


def test_a_ring_that_is_there_is_never_made_again_and_is_for_our_eyes_only(ring):
    before = ring.read_text()
    keys.make_if_missing(ring)
    assert ring.read_text() == before
    assert ring.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "a key\n", "id day c2hvcnQ=\n"])
def test_a_ring_that_cannot_be_read_is_said_with_its_place(ring, content):
    ring.write_text(content)
    os.utime(ring, ns=(1, 1))
    with pytest.raises(keys.NoKeys, match=str(ring)):
        sealed("one", SAID)


def test_everything_is_sealed_with_a_new_key(rows, ring):
    before = list(rows.stored)
    newest = rotation.rotate()
    assert {key_of(text) for text in rows.stored} == {newest} != {key_of(text) for text in before}
    assert [opened("notes", text) for text in rows.stored] == [opened("notes", text) for text in before]


def test_a_rotation_that_was_broken_off_is_gone_on_with(rows, ring):
    rows.fails_after = 1
    with pytest.raises(ConnectionError):
        rotation.rotate()
    assert [opened("notes", text) for text in rows.stored] == [f"{SAID} {number}" for number in range(5)]
    begun = sealing.ring()[0].id

    rows.fails_after = 99
    assert rotation.rotate() == begun
    assert rows.count() == {begun: 5}


def test_a_key_goes_when_nothing_needs_it(rows, ring):
    old = sealing.ring()[0].id
    keys.add(ring)
    assert rotation.drop_unused() == set()
    rotation.rotate()
    assert rotation.drop_unused() == {old}
    assert [key.id for key in keys.read(ring)] == [key_of(rows.stored[0])]

"""How media servers are named in the environment."""

import json

import pytest

from stepdown.live.media.named import Named, read, write

ONE = Named(name="media-1", address="/run/stepdown/janus.sock", api_secret="a", room_key="r")
FAR = Named(name="media-far", address="wss://media.example.org:8989/", api_secret="a", room_key="r")


def test_what_is_written_is_read():
    assert read(write([ONE, FAR])) == (ONE, FAR)
    assert "\n" not in write([ONE, FAR])


def test_nothing_names_none():
    assert read("", "") == read("[]") == ()


def test_several_texts_are_one_list():
    assert read(write([ONE]), write([FAR])) == (ONE, FAR)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "not written as JSON"),
        ("{}", "is a list"),
        ('["media-1"]', "all as text"),
        (json.dumps([{"name": "media-1"}]), "all as text"),
        (json.dumps([{**vars(ONE), "room_key": ""}]), "all as text"),
        (json.dumps([{**vars(ONE), "port": "1"}]), "all as text"),
        (json.dumps([{**vars(ONE), "name": "Media 1"}]), "small letters"),
        (json.dumps([{**vars(ONE), "address": "http://media.example.org"}]), "begins with ws:// or wss://"),
        (json.dumps([{**vars(ONE), "address": "ws://"}]), "begins with ws:// or wss://"),
        (json.dumps([vars(ONE), vars(ONE)]), "the same name"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(text, why):
    with pytest.raises(ValueError, match=why):
        read(text)

"""How many media servers run on this machine, and how they keep out of each other's way."""

import json

import pytest

from stepdown.config.supervisor import janus
from stepdown.config.supervisor.accounts import OURSELVES
from stepdown.config.supervisor.home import Home
from stepdown.config.supervisor.janus import Media, NoMediaServer, media_addresses, ports_of
from stepdown.config.supervisor.options import MEDIA_AT_MOST, CannotRun, Options

SECRETS = {"STEPDOWN_JANUS_API_SECRET": "api", "STEPDOWN_JANUS_ROOM_KEY": "room"}
FAR = {"name": "media-far", "address": "/run/far.sock", "api_secret": "a", "room_key": "r"}


def several(tmp_path, count: int) -> list[Media]:
    home = Home(tmp_path, OURSELVES)
    return [Media(home, 8000, number, count) for number in range(1, count + 1)]


def test_one_alone_has_all_the_ports_of_its_copy(tmp_path):
    assert [media.ports for media in several(tmp_path, 1)] == [ports_of(8000)]


@pytest.mark.parametrize("count", range(2, MEDIA_AT_MOST + 1))
def test_several_share_the_ports_and_nothing_else(tmp_path, count):
    servers = several(tmp_path, count)
    ports = [port for media in servers for port in range(media.ports[0], media.ports[1] + 1)]
    first, last = ports_of(8000)
    assert len(ports) == len(set(ports))
    assert first <= min(ports) <= max(ports) <= last
    for own in ("name", "child", "folder", "socket", "admin_socket"):
        assert len({getattr(media, own) for media in servers}) == count


def test_the_live_process_is_told_how_to_reach_each(tmp_path):
    first, second = (media.named(SECRETS) for media in several(tmp_path, 2))
    assert (first.name, second.name) == ("media-1", "media-2")
    assert first.address != second.address
    assert (second.api_secret, second.room_key) == ("api", "room")


@pytest.mark.parametrize(
    ("told", "addresses"),
    [
        ("", ("10.0.0.5", "10.0.0.5")),
        ("127.0.0.1", ("127.0.0.1", "127.0.0.1")),  # this machine has it
        ("203.0.113.7", ("203.0.113.7", "10.0.0.5")),
    ],
)
def test_an_address_that_the_machine_does_not_have_leads_to_the_one_it_has(monkeypatch, told, addresses):
    monkeypatch.setenv("STEPDOWN_MEDIA_ADDRESS", told)
    monkeypatch.setattr(janus, "_toward_others", lambda: "10.0.0.5")
    assert media_addresses() == addresses


@pytest.mark.parametrize("told", ["", "203.0.113.7"])
def test_without_any_address_video_is_off_with_a_sentence(monkeypatch, told):
    monkeypatch.setenv("STEPDOWN_MEDIA_ADDRESS", told)
    monkeypatch.setattr(janus, "_toward_others", lambda: None)
    with pytest.raises(NoMediaServer, match="no network address but its loopback"):
        media_addresses()


@pytest.mark.parametrize("count", ["two", "-1", str(MEDIA_AT_MOST + 1)])
def test_a_number_that_cannot_be_meant_is_refused_with_a_sentence(monkeypatch, count):
    monkeypatch.setenv("STEPDOWN_MEDIA_COUNT", count)
    with pytest.raises(CannotRun, match=f"STEPDOWN_MEDIA_COUNT is '{count}'. Give a number from 0 to {MEDIA_AT_MOST}"):
        Options.from_environment()


def test_servers_elsewhere_are_read_before_anything_starts(monkeypatch):
    monkeypatch.setenv("STEPDOWN_MEDIA_SERVERS", json.dumps([FAR]))
    assert json.loads(Options.from_environment().media_elsewhere) == [FAR]
    monkeypatch.setenv("STEPDOWN_MEDIA_SERVERS", "[{}]")
    with pytest.raises(CannotRun, match=r"docs/operations\.md, More than one media server"):
        Options.from_environment()

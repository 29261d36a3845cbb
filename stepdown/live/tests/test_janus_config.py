from dataclasses import replace
from pathlib import Path

import pytest

from stepdown.live.media.janus_config import MediaServer, Modules, files

SERVER = MediaServer(
    folder=Path("/srv/janus"),
    library=Path("/usr/lib/x86_64-linux-gnu/janus"),
    modules=Modules(
        plugins=("libjanus_videoroom.so", "libjanus_streaming.so", "libjanus_echotest.so"),
        transports=("libjanus_http.so", "libjanus_websockets.so"),
        events=("libjanus_sampleevh.so", "libjanus_wsevh.so"),
        loggers=("libjanus_jsonlog.so",),
    ),
    socket=Path("/run/stepdown/ws.sock"),
    admin_socket=Path("/run/stepdown/admin.sock"),
    name="media-1",
    address="192.0.2.7",
    interface="192.0.2.7",
    ports=(20000, 20599),
    cores=2,
    api_secret="api",
    admin_secret="admin",
    room_key="room",
    events_url="ws://127.0.0.1:8001/events",
)


def test_every_module_but_the_three_we_use_is_off():
    core = files(SERVER)["janus.jcfg"]

    assert 'disable = "libjanus_echotest.so,libjanus_streaming.so"' in core
    assert 'disable = "libjanus_http.so"' in core
    assert 'disable = "libjanus_sampleevh.so"' in core
    assert 'disable = "libjanus_jsonlog.so"' in core


def test_no_network_port_is_opened_for_its_interfaces():
    transport = files(SERVER)["janus.transport.websockets.jcfg"]

    assert 'ws_unix = "/run/stepdown/ws.sock"' in transport
    assert 'admin_ws_unix = "/run/stepdown/admin.sock"' in transport
    assert "ws_port" not in transport
    assert "wss = false" in transport


def test_calls_outlive_a_restart_of_the_live_process():
    assert "reclaim_session_timeout = 30" in files(SERVER)["janus.jcfg"]


def test_browsers_are_told_the_address_of_its_own_interface():
    core = files(SERVER)["janus.jcfg"]

    assert 'ice_enforce_list = "192.0.2.7"' in core
    assert "ice_lite = true" in core
    assert "nat_1_1_mapping" not in core


def test_behind_a_translation_it_listens_at_its_own_address_and_tells_the_other():
    core = files(replace(SERVER, interface="10.0.0.5"))["janus.jcfg"]

    assert 'ice_enforce_list = "10.0.0.5"' in core
    assert 'nat_1_1_mapping = "192.0.2.7"' in core
    assert "ice_lite = false" in core


def test_rooms_are_made_only_with_the_key_and_named_by_text():
    room = files(SERVER)["janus.plugin.videoroom.jcfg"]

    assert 'admin_key = "room"' in room
    assert "string_ids = true" in room


@pytest.mark.parametrize("bad", ['a"b', "a\\b", "a\nb"])
def test_a_value_cannot_break_out_of_its_quotes(bad):
    with pytest.raises(ValueError, match="cannot stand in a setting"):
        files(replace(SERVER, api_secret=bad))

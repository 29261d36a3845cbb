"""RULE PRIV-39: recording, live transcription and chat history are off at build level for group rooms."""

import re
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from django.apps import apps
from django.core.management import get_commands
from django.urls import reverse

from stepdown.kernel import devices
from stepdown.live.media import janus_config
from stepdown.live.tests.test_janus_config import SERVER

ROOT = Path(__file__).resolve().parents[2]
LIVE = ROOT / "stepdown" / "live"
# What a script would record, transcribe, or send past the media server with.
RECORDS = re.compile(r"MediaRecorder|SpeechRecognition|captureStream|createDataChannel|getDisplayMedia|AudioWorklet")
STORES = re.compile(r"record(ing)?s?$|transcript|caption|chat(log|_?history|_?message)?$|audio_?file|video_?file", re.I)


def test_no_table_could_hold_what_was_said_or_shown():
    for model in apps.get_app_config("live").get_models():
        names = [model.__name__, *(field.name for field in model._meta.get_fields())]
        assert [name for name in names if STORES.search(name)] == []
        kinds = {field.get_internal_type() for field in model._meta.get_fields() if hasattr(field, "get_internal_type")}
        assert not kinds & {"FileField", "ImageField", "BinaryField"}


def test_the_media_server_loads_nothing_that_records():
    """RULE PRIV-39."""
    plugins = ("libjanus_recordplay.so", "libjanus_videoroom.so")
    files = janus_config.files(replace(SERVER, modules=replace(SERVER.modules, plugins=plugins)))
    assert 'disable = "libjanus_recordplay.so"' in files["janus.jcfg"]
    text = "\n".join(files.values())
    assert not re.search(r"record\w*\s*=\s*true|rec_dir", text)


def test_rooms_are_made_with_recording_off_and_locked():
    """RULE PRIV-39."""
    source = (LIVE / "media" / "janus.py").read_text()
    assert '"record": False' in source
    assert '"lock_record": True' in source
    assert not re.search(r"rec_dir|rtp_forward|\"record\": True|enable_recording", source)


def test_no_script_of_the_room_records_transcribes_or_keeps_a_chat():
    """RULE PRIV-39."""
    for path in [*LIVE.rglob("*.js"), *LIVE.rglob("*.html")]:
        assert not RECORDS.search(path.read_text()), path


def test_a_page_has_camera_and_microphone_only_where_people_meet_and_never_the_screen(client, db):
    assert devices.policy(with_devices=True).startswith("camera=(self), microphone=(self), display-capture=(),")
    public = client.get("/")["Permissions-Policy"]
    assert public == devices.policy(with_devices=False)
    assert public.startswith("camera=(), microphone=(), display-capture=(),")
    room = client.get(reverse("live:room", args=[uuid4()]))["Permissions-Policy"]
    assert room == devices.policy(with_devices=True)


def test_no_command_of_the_room_exports_what_was_said():
    assert not [name for name, app in get_commands().items() if app == "stepdown.live" and STORES.search(name)]

"""The operator's command that tells whether video works here."""

import sys
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from stepdown.live import tickets
from stepdown.live.management.commands.room_check import Command
from stepdown.live.models import Join
from stepdown.live.server import store
from stepdown.timetable.tests.factories import SessionFactory
from tests.copies import Copy, free_port


def test_without_what_it_needs_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "stepdown.live.light_crowd", None)
    with pytest.raises(CommandError, match="make room-check installs what is needed"):
        call_command("room_check")


def test_where_nothing_answers_it_says_so(settings):
    settings.PUBLIC_URL, settings.LIVE_PORT, settings.SECURE = "http://127.0.0.1:1", str(free_port()), False
    told = StringIO()
    with pytest.raises(CommandError, match="Video does not work here yet"):
        call_command("room_check", stdout=told)
    assert told.getvalue().startswith("FAILS       socket of the live process at ws://127.0.0.1:")


def test_where_no_relay_is_set_up_it_says_so_and_for_whom_that_matters():
    told = StringIO()
    Command(stdout=told)._check_relays(None, [("media-1", [])])
    assert "not set up  relay (TURN) over UDP" in told.getvalue()
    assert "lets no UDP through" in told.getvalue()


class Someone:
    """One end of a check, as it may stand."""

    join, is_open = "a-join", True

    def __init__(self, received: list[tuple[str, float]] = ()) -> None:
        self.received = received

    def heard(self, kind: str) -> list[dict[str, object]]:
        said = {
            "in": [{"ice": []}],
            "published": [{"jsep": {"sdp": ""}}],
            "received": [{"mid": mid, "late": late} for mid, late in self.received],
        }
        return said.get(kind, [])

    def sounds_from(self, join: str) -> int:
        return 1

    frames_from = sounds_from


class Few:
    """In place of a crowd: whoever comes stands as told, and nothing is waited for."""

    def __init__(self, *stand: list[tuple[str, float]]) -> None:
        self.stand = list(stand) or [[]]
        self.came: list[tuple[str, str]] = []  # to which media server, by which relay

    def comes(self, ticket, relay=""):
        self.came.append((tickets.read(ticket()).server, relay))
        return Someone(self.stand[(len(self.came) - 1) % len(self.stand)])

    def comes_about(self, is_so, seconds):
        return is_so()

    def run(self, work):
        work.close()
        return "UDP", True


@pytest.fixture
def checked():
    told = StringIO()
    command = Command(stdout=told)
    command._failed = 0
    return command, told


BOTH = [("0", 0.1), ("1", 0.0)]


@pytest.mark.parametrize(
    ("stand", "failed", "line"),
    [
        ([BOTH], 0, "works       what the media server tells of them, for the attendance\nworks       clock"),
        ([BOTH, []], 1, "FAILS       what the media server tells of them"),
        ([BOTH, BOTH[:1]], 1, "FAILS       what the media server tells of them"),
        ([[("0", 90.1), ("1", 93.0)]], 1, "It is 90 seconds behind ours"),
        ([[("0", -90.1), ("1", -89.0)]], 1, "It is 89 seconds ahead of ours"),
    ],
)
def test_where_attendance_would_come_to_nothing_it_says_so(checked, stand, failed, line):
    command, told = checked
    command._check(Few(*stand), "media-far")
    assert line in told.getvalue()
    assert command._failed == failed


def test_each_relay_is_tried_toward_each_media_server(checked, settings):
    settings.TURN_URLS = []
    command, told = checked
    ice = [{"urls": ["turn:r"], "username": "u", "credential": "c"}]
    crowd = Few()
    command._check_relays(crowd, [("media-1", ice), ("media-far", ice)])
    assert crowd.came == [("media-1", "turn:r")] * 2 + [("media-far", "turn:r")] * 2
    assert "sound by the relay (TURN) over UDP to media-far, back" in told.getvalue()


@pytest.mark.django_db
def test_a_tester_comes_into_no_room_of_a_session():
    session = SessionFactory()
    assert not store.read_entry(tickets.read(tickets.issue_for_test(session.pk))).decision
    assert store.read_entry(tickets.read(tickets.issue_for_test(uuid4()))).decision


@pytest.mark.browser
def test_where_video_works_each_line_says_so_and_nothing_is_kept(product: Copy):
    begun_at = timezone.now()
    told = product.manage("room_check").splitlines()
    assert [line[:12].strip() for line in told] == ["works"] * 18
    assert [line for line in told if "UDP by 127.0.0.9" in line] == told[2:6]
    assert [line[12:] for line in told[6:8]] == [
        "what the media server tells of them, for the attendance",
        "clock of the media server",
    ]
    for transport, lines in (("UDP", told[8:13]), ("TCP", told[13:18])):
        assert f"relay (TURN) over {transport} takes browsers' credentials" in lines[0]
        assert [line[12:] for line in lines[1:]] == [
            f"{what} by the relay (TURN) over {transport} to media-1, {way}"
            for what in ("sound", "picture")
            for way in ("there", "back")
        ]
    assert not Join.objects.filter(at__gte=begun_at).exists()
    assert "Traceback" not in product.log("live")

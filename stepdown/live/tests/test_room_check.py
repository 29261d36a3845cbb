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
    Command(stdout=told)._check_relays(None, "", [])
    assert "not set up  relay (TURN) over UDP" in told.getvalue()
    assert "lets no UDP through" in told.getvalue()


@pytest.mark.django_db
def test_a_tester_comes_into_no_room_of_a_session():
    session = SessionFactory()
    assert not store.read_entry(tickets.read(tickets.issue_for_test(session.pk))).decision
    assert store.read_entry(tickets.read(tickets.issue_for_test(uuid4()))).decision


@pytest.mark.browser
def test_where_video_works_each_line_says_so_and_nothing_is_kept(product: Copy):
    begun_at = timezone.now()
    told = product.manage("room_check").splitlines()
    assert [line[:12].strip() for line in told] == ["works"] * 16
    assert [line for line in told if "UDP by 127.0.0.9" in line] == told[2:6]
    for transport, lines in (("UDP", told[6:11]), ("TCP", told[11:16])):
        assert f"relay (TURN) over {transport} takes browsers' credentials" in lines[0]
        assert [line[12:] for line in lines[1:]] == [
            f"{what} by the relay (TURN) over {transport}, {way}"
            for what in ("sound", "picture")
            for way in ("there", "back")
        ]
    assert not Join.objects.filter(at__gte=begun_at).exists()
    assert "Traceback" not in product.log("live")

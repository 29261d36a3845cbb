"""Credentials for the relay."""

from datetime import UTC, datetime

import pytest

from stepdown.live.relays import credentials, relays
from stepdown.people.tests.factories import StaffFactory
from stepdown.privacy.services_vendors import end
from stepdown.privacy.tests.factories import agreed_with

JOIN = "0b0e7c7e-4b0c-4c5e-9a43-0f6a1f7d2c11"


def test_credentials_are_what_the_relay_works_out_itself():
    # openssl dgst -sha1 -hmac north -binary | base64, of the user name
    assert credentials(JOIN, "north", datetime(2026, 1, 1, tzinfo=UTC)) == (
        f"1767225600:{JOIN}",
        "llusmTDhpOF+V1SL0bjWxb1fzBI=",
    )


@pytest.mark.django_db
def test_a_browser_is_told_of_the_relay_under_the_id_of_its_join(settings, time_machine):
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:turn.example.org?transport=udp"], "north"
    time_machine.move_to(datetime(2025, 12, 31, 18, tzinfo=UTC), tick=False)
    agreed_with("relay")
    assert relays(JOIN) == [
        {
            "urls": ["turn:turn.example.org?transport=udp"],
            "username": f"1767225600:{JOIN}",
            "credential": "llusmTDhpOF+V1SL0bjWxb1fzBI=",
        }
    ]


def test_without_a_relay_a_browser_is_told_of_none(settings):
    settings.TURN_URLS = []
    assert relays(JOIN) == []


@pytest.mark.django_db
def test_a_relay_of_somebody_else_is_told_of_only_while_an_agreement_covers_it(settings):
    """RULE PRIV-24."""
    ours, theirs = "turn:127.0.0.1:3478?transport=udp", "turns:relay.example.com:443?transport=tcp"
    settings.TURN_URLS = [ours, theirs]

    def told() -> object:
        return relays(JOIN)[0]["urls"]

    assert told() == [ours]
    row = agreed_with("relay")
    assert told() == [ours, theirs]
    end(agreement=row, why="They were bought.", by=StaffFactory())
    assert told() == [ours]

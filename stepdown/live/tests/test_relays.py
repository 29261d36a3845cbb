"""Credentials for the relay."""

from datetime import UTC, datetime

from stepdown.live.relays import credentials, relays

JOIN = "0b0e7c7e-4b0c-4c5e-9a43-0f6a1f7d2c11"


def test_credentials_are_what_the_relay_works_out_itself():
    # openssl dgst -sha1 -hmac north -binary | base64, of the user name
    assert credentials(JOIN, "north", datetime(2026, 1, 1, tzinfo=UTC)) == (
        f"1767225600:{JOIN}",
        "llusmTDhpOF+V1SL0bjWxb1fzBI=",
    )


def test_a_browser_is_told_of_the_relay_under_the_id_of_its_join(settings, time_machine):
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:turn.example.org?transport=udp"], "north"
    time_machine.move_to(datetime(2025, 12, 31, 18, tzinfo=UTC), tick=False)
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

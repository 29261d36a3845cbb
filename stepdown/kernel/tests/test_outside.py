"""What counts as outside, and that nothing goes there without an agreement."""

import pytest

from stepdown.kernel import outside


@pytest.fixture(autouse=True)
def named(settings, monkeypatch):
    settings.OWN_HOSTS = ["turn.example.org", ".own.example.net", "10.1.2.3"]
    monkeypatch.setattr(outside, "_agreed", [])


@pytest.mark.parametrize(
    "address",
    [
        "/run/stepdown/far.sock",
        "localhost",
        "127.0.0.1",
        "127.0.0.9",
        "::1",
        "http://127.0.0.1:9000/o",
        "http://LOCALHOST:8000/x",
        "wss://[::1]:8188/",
        "turn:127.0.0.9:3478?transport=udp",
        "turns:[::1]:443?transport=tcp",
        "turn:turn.example.org:3478?transport=udp",
        "https://meet.own.example.net/x",
        "10.1.2.3",
    ],
)
def test_this_machine_and_what_is_named_are_our_own(address):
    assert outside.is_own(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "mail.example.com",
        "https://api.example.com/Messages.json",
        "https://127.0.0.1@api.example.com/x",
        "https://localhost.example.com/x",
        "https://127.0.0.1.example.com/x",
        "https://example.com/127.0.0.1",
        "https://[::1",
        "turn:relay.example.com:3478",
        "turn:evilturn.example.org:3478",
        "10.1.2.4",
        "192.168.0.7",
        "0.0.0.0",
        "http://2130706433/",
    ],
)
def test_everything_else_is_outside(address):
    """RULE PRIV-24. An address of a private network too: a provider's service can stand behind one."""
    assert not outside.is_own(address)


def test_nothing_is_handed_over_while_nobody_says_that_it_is_agreed():
    """RULE PRIV-24."""
    asked = outside.may_reach("text", "https://api.example.com/")
    assert (bool(asked), asked.reason) == (False, outside.NO_AGREEMENT)
    assert outside.may_reach("text", "http://127.0.0.1:9000/")


def test_an_agreement_is_for_the_services_that_it_covers():
    """RULE PRIV-24."""
    outside.provide(lambda service: service == "text")
    assert outside.may_reach("text", "https://api.example.com/")
    assert not outside.may_reach("mail", "mail.example.com")

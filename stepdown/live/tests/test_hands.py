"""Raised hands: their order, and what becomes of it when a line is lost."""

from datetime import UTC, datetime, timedelta

from stepdown.live.domain.hands import OLDEST, Hands, moment

NOW = datetime(2026, 3, 9, 18, 0, tzinfo=UTC)


def at(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


def order(hands: Hands, *people: str) -> list[str]:
    return sorted((one for one in people if hands.since(one)), key=lambda one: hands.since(one) or NOW)


def test_who_raised_first_comes_first():
    hands = Hands()
    assert hands.up("noor", at(5))
    assert hands.up("marcus", at(9))
    assert order(hands, "marcus", "noor", "june") == ["noor", "marcus"]


def test_a_hand_that_is_up_keeps_its_place():
    hands = Hands()
    hands.up("noor", at(0))
    hands.up("marcus", at(1))
    assert not hands.up("noor", at(2))
    assert hands.since("noor") == at(0)


def test_a_lowered_hand_is_forgotten():
    hands = Hands()
    hands.up("noor", at(0))
    assert hands.down("noor")
    assert not hands.down("noor")
    assert hands.since("noor") is None


def test_a_browser_that_comes_back_says_since_when_and_the_order_holds():
    hands = Hands()
    hands.up("marcus", at(60), since=at(20))
    hands.up("noor", at(61), since=at(10))
    assert order(hands, "marcus", "noor") == ["noor", "marcus"]


def test_a_hand_is_never_up_from_the_future_or_from_before_the_session():
    hands = Hands()
    hands.up("noor", NOW, since=at(3600))
    hands.up("marcus", NOW, since=NOW - timedelta(days=30))
    assert hands.since("noor") == NOW
    assert hands.since("marcus") == NOW - OLDEST


def test_two_hands_of_the_same_moment_keep_an_order_that_browsers_can_tell():
    hands = Hands()
    for who in ("a", "b", "c"):
        hands.up(who, NOW)
    told = [moment(hands.since(who)) for who in ("a", "b", "c")]
    assert told == sorted(set(told))

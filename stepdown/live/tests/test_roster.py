"""Who is told to be in: everyone at their own place, and for some seconds those whose line is lost."""

from datetime import UTC, datetime, timedelta

from stepdown.live.server.roster import KEPT, Roster

NOW = datetime(2026, 3, 9, 18, 0, tzinfo=UTC)
LATER = NOW + KEPT + timedelta(seconds=1)


def people(**joins):
    return {name: {"join": join} for name, join in joins.items()}


def told(roster, present, now=NOW):
    return [(one["join"], one["line"]) for one in roster.told(present, now)]


def test_who_comes_back_has_the_place_they_had():
    roster = Roster()
    assert told(roster, people(ines=1, walt=2, remy=3)) == [(1, ""), (2, ""), (3, "")]
    assert told(roster, people(ines=1, remy=3)) == [(1, ""), (2, "lost"), (3, "")]
    assert told(roster, people(remy=3, ines=1, walt=4)) == [(1, ""), (4, ""), (3, "")]


def test_who_stays_away_is_told_no_more_and_still_has_a_place():
    roster = Roster()
    told(roster, people(ines=1, walt=2, remy=3))
    told(roster, people(ines=1, remy=3))
    assert not roster.is_due(NOW)
    assert roster.is_due(LATER)
    assert told(roster, people(ines=1, remy=3), LATER) == [(1, ""), (3, "")]
    assert not roster.is_due(LATER)
    assert told(roster, people(ines=1, walt=5, remy=3), LATER) == [(1, ""), (5, ""), (3, "")]


def test_who_leaves_is_gone_at_once():
    roster = Roster()
    told(roster, people(ines=1, walt=2))
    roster.left("walt")
    assert told(roster, people(ines=1)) == [(1, "")]

"""On which media server a room lives."""

import pytest

from stepdown.live.domain.placing import PATIENCE_SECONDS, Standing, place

LONG = PATIENCE_SECONDS * 2


def test_a_new_room_goes_where_there_are_fewest_rooms():
    assert place([Standing("a", rooms=2, people=2), Standing("b", rooms=1, people=12)]) == "b"


def test_of_those_with_as_many_rooms_it_goes_where_there_are_fewest_people():
    assert place([Standing("a", rooms=1, people=12), Standing("b", rooms=1, people=3)]) == "b"


def test_of_those_with_as_much_to_do_it_goes_to_the_first():
    assert place([Standing("a"), Standing("b")]) == "a"


def test_rooms_that_open_at_the_same_time_are_spread():
    rooms = {"a": 0, "b": 0, "c": 0}
    for _ in range(6):
        rooms[place([Standing(name, rooms=count) for name, count in rooms.items()])] += 1
    assert rooms == {"a": 2, "b": 2, "c": 2}


def test_one_that_does_not_answer_takes_no_new_room():
    assert place([Standing("a", away=0.0), Standing("b", rooms=9)]) == "b"


def test_a_room_stays_where_it_is_however_much_there_is_to_do():
    assert place([Standing("a"), Standing("b", rooms=9)], now="b") == "b"


def test_a_room_waits_for_its_server_for_a_moment():
    assert place([Standing("a"), Standing("b", away=PATIENCE_SECONDS / 2)], now="b") == "b"


def test_a_room_moves_when_its_server_is_not_back_soon():
    assert place([Standing("a", away=LONG), Standing("b", rooms=3), Standing("c", rooms=2)], now="a") == "c"


def test_a_room_that_moved_stays_when_its_first_server_is_back():
    assert place([Standing("a"), Standing("b", rooms=3)], now="b") == "b"


def test_a_room_moves_from_a_server_that_is_not_named_any_more():
    assert place([Standing("a", rooms=3)], now="gone") == "a"


@pytest.mark.parametrize("now", ["a", "b"])
def test_when_none_answers_a_room_stays_where_it_is(now):
    assert place([Standing("a", away=LONG), Standing("b", away=LONG)], now=now) == now


@pytest.mark.parametrize("servers", [[], [Standing("a", away=LONG)]])
def test_when_none_answers_a_new_room_is_nowhere(servers):
    assert place(servers) is None

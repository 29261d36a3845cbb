"""How often one person may open the room."""

from uuid import uuid4

import pytest

from stepdown.live.domain.messages import COMINGS_AT_ONCE, COMINGS_PER_SECOND
from stepdown.live.domain.refusals import COME_AGAIN, Refused
from stepdown.live.server.comings import REMEMBERED, Comings


def test_one_person_comes_only_so_often_and_others_do_not_suffer():
    now = [0.0]
    comings, one, other = Comings(lambda: now[0]), uuid4(), uuid4()
    for _ in range(COMINGS_AT_ONCE):
        comings.count(one)
    with pytest.raises(Refused) as refused:
        comings.count(one)
    assert refused.value.reason in COME_AGAIN
    comings.count(other)
    now[0] += 1 / COMINGS_PER_SECOND
    comings.count(one)


def test_those_who_have_not_come_for_a_while_are_forgotten_and_no_one_else():
    now = [0.0]
    comings, one = Comings(lambda: now[0]), uuid4()
    for _ in range(REMEMBERED):
        comings.count(uuid4())
    now[0] += COMINGS_AT_ONCE / COMINGS_PER_SECOND
    for _ in range(COMINGS_AT_ONCE):
        comings.count(one)
    assert len(comings) == 1
    with pytest.raises(Refused):
        comings.count(one)

"""Two leaders press at the very same moment in a check-in round."""

import pytest

from stepdown.kernel.tests.at_once import while_open
from stepdown.live import queries, services_inside
from stepdown.live.tests.factories import RoomFactory
from stepdown.live.tests.test_sides import in_room

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("first", ["step", "end"])
@pytest.mark.parametrize("step", ["next", "later"])
def test_a_round_that_one_ends_while_another_goes_on_in_it_has_ended(step, first):
    session = RoomFactory().session
    speaks, _ = in_room(session), in_room(session)
    services_inside.start_round(session=session, by=session.leader)

    def go_on():
        if step == "next":
            services_inside.next_turn(session=session, after=speaks.pk)
        else:
            services_inside.skip_turn(session=session, patient=speaks.pk)

    def end():
        services_inside.end_round(session=session)

    while_open(*((go_on, end) if first == "step" else (end, go_on)))
    assert queries.round_now(session) is None

"""Two people who plan for one person at the same moment."""

import pytest

from stepdown.kernel.db import RuleBroken
from stepdown.kernel.tests.at_once import all_at_once
from stepdown.people.tests.factories import CenterFactory
from stepdown.placement.models import Seat
from stepdown.transitions import services
from stepdown.transitions.models import Transition
from stepdown.transitions.tests.factories import group_with_sessions, in_iop

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_step_down_planned_twice_at_once_is_planned_once():
    CenterFactory()
    aftercare, episode = group_with_sessions(aftercare=True), in_iop()

    def plan():
        return services.plan_step_down(episode=episode, group=aftercare, reason="Steady.", by=aftercare.leader)

    results = all_at_once([plan] * 5)
    assert sum(isinstance(r, Transition) for r in results) == 1
    assert {type(r) for r in results if not isinstance(r, Transition)} <= {RuleBroken}
    assert Seat.objects.filter(episode=episode, group=aftercare).count() == 1

"""Two who wait for each other."""

from threading import Barrier

import pytest
from django.db import transaction

from stepdown.kernel.db import AT_ONCE, RuleBroken, one_at_a_time, rules_speak
from stepdown.kernel.tests.at_once import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_wait_for_each_other_one_goes_on_and_one_reads_what_to_do():
    both_hold_one = Barrier(2)

    @transaction.atomic
    def hold(mine: str, other: str) -> str:
        one_at_a_time(mine)
        both_hold_one.wait(timeout=30)
        with rules_speak():
            one_at_a_time(other)
        return "went on"

    results = all_at_once([lambda: hold("a", "b"), lambda: hold("b", "a")])
    refused = [one for one in results if isinstance(one, RuleBroken)]
    assert [str(one) for one in refused] == [AT_ONCE]
    assert results.count("went on") == 1

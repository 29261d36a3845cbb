"""Every rule of privacy is named by a test, or stands among those that are not built, with what is missing."""

import pytest

from tests.rules import IN_PART, NOT_BUILT, named, rules

NAMED = named()


@pytest.mark.parametrize("rule", rules())
def test_a_rule_has_a_test_or_a_reason_why_not(rule):
    assert (rule in NAMED) != (rule in NOT_BUILT), (
        f"{rule}: name it in the docstring of the test that proves it, or say in NOT_BUILT what is missing; not both."
    )


def test_no_test_names_a_rule_that_is_none():
    assert NAMED.keys() - rules().keys() == set()


def test_what_is_built_in_part_has_a_test():
    assert IN_PART.keys() <= NAMED.keys()


def test_the_list_of_rules_is_whole():
    assert list(rules()) == [f"PRIV-{number:02}" for number in range(1, 47)]

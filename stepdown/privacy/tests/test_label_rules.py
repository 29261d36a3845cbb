"""Which label goes with a record that came from elsewhere, and what is under 42 CFR part 2."""

import pytest

from stepdown.privacy.domain.labels import Came, carried, is_part2, may_clear

WORDS = {"words": "Ours.", "whole": "The long one.", "short": "The short one."}


def test_what_nobody_decided_is_under_part_2():
    """RULE PRIV-01, PRIV-02."""
    assert is_part2(None)
    assert is_part2(True)
    assert not is_part2(False)


@pytest.mark.parametrize("decided", [None, True, False])
@pytest.mark.parametrize(
    ("came", "said"), [(Came.WHOLE, "The long one."), (Came.SHORT, "The short one."), (Came.OTHER, "Ours.")]
)
def test_a_notice_stays_with_the_record_whatever_is_decided(came, said, decided):
    """RULE PRIV-20."""
    assert carried(came, **WORDS, decided=decided) == said
    assert not may_clear(came)


@pytest.mark.parametrize("came", [Came.NONE, Came.UNKNOWN])
def test_what_came_without_one_or_cannot_be_told_is_labeled_until_it_is_cleared(came):
    """RULE PRIV-01, PRIV-02."""
    assert carried(came, **WORDS, decided=None) == "The short one."
    assert carried(came, **WORDS, decided=False) == ""
    assert may_clear(came)

"""Who may have a page of their own, and what is one look at it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stepdown.privacy.domain.sharing import Kind, Whom
from stepdown.privacy.domain.supporters import VISIT, is_same_visit, may_have_page
from stepdown.privacy.tests.test_consent_rules import SIGNED, consent

NOW = SIGNED + timedelta(days=1)


@pytest.mark.parametrize("whom", Whom)
def test_family_friends_providers_and_who_watches_a_case_may_have_a_page(whom):
    kind = Kind.JUSTICE if whom == Whom.MONITOR else Kind.SPECIFIC
    may = may_have_page(consent(kind, recipient_kind=whom, redisclosure_statement="May be passed on."), NOW)
    assert bool(may) is (whom in {Whom.FAMILY, Whom.SUPPORTER, Whom.PROVIDER, Whom.MONITOR})


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.SPECIFIC, Kind.JUSTICE}))
def test_no_other_kind_of_consent_opens_a_page(kind):
    assert not may_have_page(consent(kind, recipient_kind=Whom.FAMILY), NOW)


def test_what_holds_no_more_opens_none():
    held = consent(Kind.SPECIFIC, recipient_kind=Whom.FAMILY)
    assert may_have_page(held, NOW)
    for ended in ({"revoked_at": NOW}, {"stopped_at": NOW}, {"is_false": True}, {"expired_at": NOW - timedelta(1)}):
        assert may_have_page(replace(held, **ended), NOW).reason == "Nothing is shared with them now."


def test_looks_within_a_quarter_of_an_hour_are_one_visit():
    began = datetime(2026, 3, 11, 18, 0, tzinfo=UTC)
    assert not is_same_visit(None, began)
    assert is_same_visit(began, began)
    assert is_same_visit(began, began + VISIT - timedelta(seconds=1))
    assert not is_same_visit(began, began + VISIT)

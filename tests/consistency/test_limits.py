"""Whatever opens for strangers, or for somebody from outside, has a limit, and every limit a page."""

from stepdown.config import limits, settings
from stepdown.people.access import access_of
from tests.consistency.test_role_matrix import PAGES

OUTSIDE = {"public", "supporter"}
OPEN = {name for name, pattern, _parts in PAGES if (mark := access_of(pattern.callback)) and mark.audience in OUTSIDE}


def test_every_public_page_has_a_limit():
    assert sorted(OPEN - set(limits.PUBLIC)) == [], "pages without a row in stepdown/config/limits.py"


def test_every_limit_has_a_page():
    assert sorted(set(limits.PUBLIC) - OPEN) == []
    assert sorted(set(limits.COSTLY) - {name for name, _pattern, _parts in PAGES}) == []


def test_the_product_counts():
    assert settings.LIMITS == limits.PUBLIC | limits.COSTLY
    assert settings.MIDDLEWARE.index("stepdown.people.limits.LimitsMiddleware") > settings.MIDDLEWARE.index(
        "stepdown.people.middleware.PeopleMiddleware"
    )

"""From when on an accounting lists. Source: RULE PRIV-27."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stepdown.privacy.domain.accounting import HIPAA_YEARS, YEARS, since

CENTRAL = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("now", "years", "first"),
    [
        (datetime(2026, 3, 11, 18, tzinfo=UTC), YEARS, datetime(2023, 3, 11, 6, tzinfo=UTC)),
        (datetime(2026, 3, 11, 18, tzinfo=UTC), HIPAA_YEARS, datetime(2020, 3, 11, 5, tzinfo=UTC)),
        (datetime(2026, 3, 11, 5, 59, tzinfo=UTC), YEARS, datetime(2023, 3, 11, 6, tzinfo=UTC)),
        (datetime(2026, 3, 11, 4, 59, tzinfo=UTC), YEARS, datetime(2023, 3, 10, 6, tzinfo=UTC)),
        (datetime(2028, 2, 29, 18, tzinfo=UTC), YEARS, datetime(2025, 2, 28, 6, tzinfo=UTC)),
    ],
)
def test_it_begins_with_that_day_where_the_patient_is(now, years, first):
    """RULE PRIV-27."""
    assert since(now, years, CENTRAL) == first


def test_the_six_years_hold_the_three():
    now = datetime(2026, 7, 1, tzinfo=UTC) + timedelta(minutes=3)
    assert since(now, HIPAA_YEARS, CENTRAL) < since(now, YEARS, CENTRAL) < now

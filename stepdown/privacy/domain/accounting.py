"""Which disclosures an accounting lists. Source: RULE PRIV-27; 42 CFR 2.25 (3 years); 45 CFR 164.528 (6 years)."""

from datetime import datetime, time, tzinfo

YEARS, HIPAA_YEARS = 3, 6


def since(now: datetime, years: int, zone: tzinfo) -> datetime:
    """The first moment of the window: when that day, so many years ago, began where the patient is. What was sent at
    that very moment is in it, what was sent before is not. From February 29, the day before it."""
    today = now.astimezone(zone).date()
    try:
        first = today.replace(year=today.year - years)
    except ValueError:
        first = today.replace(year=today.year - years, day=28)
    return datetime.combine(first, time.min, zone)

"""How long a leader's licenses reach, and whom the group loses when one ends.

Source: level-of-care rules on telehealth: the leader is licensed where each patient sits.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

FOREVER = date.max
# Validity of one license, both days included; no last day means that it never expires.
Validity = tuple[date, date | None]


def covered_until(licenses: Iterable[Validity], on: date) -> date | None:
    """The last day up to which the licenses cover every day from `on`; None when `on` itself is not covered."""
    end: date | None = None
    for first, last in sorted(licenses, key=lambda v: v[0]):
        reach = end.toordinal() + 1 if end else on.toordinal()
        if first.toordinal() <= reach and (last is None or last.toordinal() >= reach):
            if last is None:
                return FOREVER
            end = last
    return end


@dataclass(frozen=True)
class Gap:
    """A state in which the leader's license does not reach as far as the people who sit there.

    until: the last covered day; None when there is no valid license today.
    """

    place: str
    until: date | None
    people: int


def gaps(sitters: Iterable[tuple[str, date]], licenses: Mapping[str, Sequence[Validity]], today: date) -> list[Gap]:
    """Every gap, the most pressing first. sitters: (state, last day in the group) of each person; licenses by state."""
    people: dict[str, list[date]] = {}
    for place, last in sitters:
        people.setdefault(place, []).append(last)
    found = []
    for place, days in people.items():
        until = covered_until(licenses.get(place, ()), today)
        left_out = sum(until is None or until < last for last in days)
        if left_out:
            found.append(Gap(place, until, left_out))
    return sorted(found, key=lambda gap: (gap.until or date.min, gap.place))

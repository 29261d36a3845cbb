"""How often one person may come to the door, on all their devices together."""

import time
from collections.abc import Callable
from uuid import UUID

from stepdown.live.domain.messages import COMINGS_AT_ONCE, COMINGS_PER_SECOND, Allowance
from stepdown.live.domain.refusals import Reason, Refused

REMEMBERED = 500  # people, before those who have not come for a while are forgotten


class Comings:
    """Each coming reads the tables and moves the person's other device out: a flood would keep everybody busy."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left: dict[UUID, Allowance] = {}

    def __len__(self) -> int:
        return len(self._left)

    def count(self, person: UUID) -> None:
        """To be called at each coming. Raises Refused when there are too many; a little later there are not."""
        if len(self._left) >= REMEMBERED:
            self._left = {one: left for one, left in self._left.items() if not left.is_full}
        if person not in self._left:
            self._left[person] = Allowance(self._clock, at_once=COMINGS_AT_ONCE, per_second=COMINGS_PER_SECOND)
        if not self._left[person].take():
            raise Refused("The room was opened too often. It opens again in a moment.", Reason.TOO_OFTEN)

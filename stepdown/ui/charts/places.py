"""Words in a drawing that cover neither each other nor the lines."""

from collections.abc import Iterable

from stepdown.ui.charts.svg import LETTER, text

Spot = tuple[float, float, str]  # an end or the middle of the words' base line, and which of them
SHARE = {"": 0.0, "middle": 0.5, "end": 1.0}


class Places:
    """Words that do not cover each other; those without room are left to the table and the sentence."""

    def __init__(self, left: float, top: float, right: float, bottom: float) -> None:
        self.frame = left, top, right, bottom
        self.taken: list[tuple[float, float, float, float]] = []
        self.parts: list[str] = []

    def take(self, x: float, y: float, width: float, height: float) -> None:
        self.taken.append((x, y, x + width, y + height))

    def write(self, said: str, spots: Iterable[Spot], class_: str = "", *, always: bool = False) -> bool:
        """At the first free spot; nowhere when none is free, but for `always`. Whether it is written."""
        places = [(x, y, anchor, x - len(said) * LETTER * SHARE[anchor]) for x, y, anchor in spots]
        wide = len(said) * LETTER
        free = (place for place in places if self._is_free(place[3], place[1] - 10, place[3] + wide, place[1] + 3))
        found = next(free, places[0] if always else None)
        if found is None:
            return False
        x, y, anchor, left = found
        self.take(left - 8, y - 10, wide + 16, 13)
        self.parts.append(text(x, y, said, class_=class_, anchor=anchor))
        return True

    def _is_free(self, left: float, top: float, right: float, bottom: float) -> bool:
        if left < self.frame[0] or top < self.frame[1] or right > self.frame[2] or bottom > self.frame[3]:
            return False
        for other in self.taken:
            if right > other[0] and other[2] > left and bottom > other[1] and other[3] > top:
                return False
        return True

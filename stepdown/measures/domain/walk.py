"""One question after the other: which comes next, which came before, how far it is.

`order` is the ids of the questions that are asked, as `kernel.instruments.asked` gives them. `answers` is a dict of
item id to value, None for a question that was passed over; one that is not in it has not been asked yet.
"""

import re
from collections.abc import Sequence

from stepdown.kernel.instruments import Answers, Item


def next_item(order: Sequence[str], answers: Answers) -> str | None:
    """The first question that was neither answered nor passed over; None when there is none left."""
    return next((item for item in order if item not in answers), None)


def before(order: Sequence[str], item: str) -> str | None:
    """The question before this one; None for the first, or for one that is not asked."""
    place = order.index(item) if item in order else 0
    return order[place - 1] if place else None


def value_in(item: Item, said: str) -> int:
    """The value behind what was sent. Raises ValueError for anything that the question does not take."""
    if not re.fullmatch(r"[0-9]{1,4}", said) or int(said) not in item.points:
        raise ValueError(said)
    return int(said)


def blanks(order: Sequence[str], answers: Answers) -> list[str]:
    """The questions that are asked and have no answer."""
    return [item for item in order if answers.get(item) is None]

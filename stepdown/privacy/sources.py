"""What there is to send of each class of data. A stage that keeps it says so once, in its AppConfig.ready()."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils.translation import override

from stepdown.people.models import Patient
from stepdown.privacy.domain.sharing import Data


@dataclass(frozen=True)
class Item:
    """One thing that is given out. id: of its row; title and lines: the very words."""

    id: str
    title: str
    lines: tuple[str, ...]
    on: date | None = None

    @property
    def digest(self) -> str:
        said = json.dumps([self.id, self.title, *self.lines, self.on and self.on.isoformat()])
        return sha256(said.encode()).hexdigest()


Source = Callable[[Patient], list[Item]]
_sources: dict[Data, Source] = {}


def provide(sources: Mapping[Data, Source]) -> None:
    _sources.update(sources)


def known() -> list[Data]:
    """The classes of which something can be sent, in the order of `Data`."""
    return [data for data in Data if data in _sources]


def items_of(patient: Patient, classes: Iterable[str], *, language: str = "en") -> dict[Data, list[Item]]:
    """What there is of these classes, in that language as far as a stage has words in it. Raises KeyError for a class
    that nobody provides."""
    with override(language):
        return {Data(each): _sources[Data(each)](patient) for each in classes}

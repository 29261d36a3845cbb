"""What there is to send of each class of data. A stage that keeps it says so once, in its AppConfig.ready()."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from django.utils.translation import override

from stepdown.people.models import Patient
from stepdown.privacy.domain.sharing import Data


@dataclass(frozen=True)
class Item:
    """One thing that is given out. id: of its row; title and lines: the very words. label: the notice that it carries
    wherever it goes, of what came from elsewhere (RULE PRIV-20); file: gives the PDF file that belongs to it, and
    file_digest is its SHA-256, in hexadecimal."""

    id: str
    title: str
    lines: tuple[str, ...]
    on: date | None = None
    label: str = ""
    file: Callable[[], bytes] | None = field(default=None, compare=False)
    file_digest: str = ""

    @property
    def file_name(self) -> str:
        """Tells of nobody."""
        return f"record-{self.id[:8]}.pdf"

    @property
    def digest(self) -> str:
        said = [
            self.id,
            self.title,
            *self.lines,
            self.on and self.on.isoformat(),
            *filter(None, [self.label, self.file_digest]),
        ]
        return sha256(json.dumps(said).encode()).hexdigest()


def told(items: Mapping[Data, list[Item]]) -> list[dict[str, str]]:
    """What a disclosure keeps of each item: its class, its id, its digest, and the label that went with it."""
    return [
        {"class": data, "id": item.id, "digest": item.digest} | ({"label": item.label} if item.label else {})
        for data, found in items.items()
        for item in found
    ]


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

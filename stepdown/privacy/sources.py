"""What there is to send of each class of data. A stage that keeps it says so once, in its AppConfig.ready()."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from django.utils.translation import override

from stepdown.people.models import Patient
from stepdown.privacy.domain.self_pay import Days
from stepdown.privacy.domain.sharing import BY_DAY, Data


@dataclass(frozen=True)
class Item:
    """One thing that is given out. id: of its row; title and lines: the very words. label: the notice that it carries
    wherever it goes, of what came from elsewhere (RULE PRIV-20); file: gives the PDF file that belongs to it, and
    file_digest is its SHA-256, in hexadecimal. on: its day; covers: the days that it tells of, where
    these are others."""

    id: str
    title: str
    lines: tuple[str, ...]
    on: date | None = None
    label: str = ""
    file: Callable[[], bytes] | None = field(default=None, compare=False)
    file_digest: str = ""
    covers: Days | None = None

    @property
    def days(self) -> Days:
        """The days that it tells of; all days, where nobody can say."""
        if self.covers:
            return self.covers
        return Days(self.on, self.on) if self.on else Days(date.min, date.max)

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


def within(items: Mapping[Data, list[Item]], days: Days | None) -> dict[Data, list[Item]]:
    """Of what tells of a day each, those of these days; all of it for None."""
    return {
        data: [item for item in found if days is None or data not in BY_DAY or days.touches(item.days)]
        for data, found in items.items()
    }


def days_told(items: Mapping[Data, list[Item]]) -> dict[str, list[Days]]:
    """The days that each class tells of."""
    return {data: [item.days for item in found] for data, found in items.items()}

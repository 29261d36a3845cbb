"""Fixed reports: what goes out by consents of a kind that `domain.sharing.REPORT` names, and nothing else by them.

The stage that keeps what there is to say provides the parts once, in its AppConfig.ready(). Source: RULE PRIV-17.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import override

from stepdown.people.models import Patient
from stepdown.privacy import sources
from stepdown.privacy.domain.self_pay import Days
from stepdown.privacy.domain.sharing import REPORT, Data, Kind
from stepdown.privacy.sources import Item, Source

_parts: dict[Kind, dict[Data, Source]] = {}


def provide(kind: Kind, parts: Mapping[Data, Source]) -> None:
    _parts[kind] = dict(parts)


def given_out(
    patient: Patient, classes: Iterable[str], kind: Kind, *, language: str = "en", within: Days | None = None
) -> dict[Data, list[Item]]:
    """What goes out by a consent of this kind, whatever the way: its fixed report in English, or what there is of each
    class in that language; of what tells of a day each, only what tells of those `within`."""
    if kind in REPORT:
        return items_of(patient, classes, kind)
    return sources.within(sources.items_of(patient, classes, language=language), within)


def items_of(patient: Patient, classes: Iterable[str], kind: Kind) -> dict[Data, list[Item]]:
    """In English and in the report's own order. Raises KeyError for a class that is no part of it."""
    asked = {Data(each) for each in classes}
    if beyond := asked - set(REPORT[kind]):
        raise KeyError(*beyond)
    with override("en"):
        return {part: _parts[kind][part](patient) for part in REPORT[kind] if part in asked}

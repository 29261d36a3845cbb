"""The instruments as this center has them: those of the product, with the wording it has loaded itself."""

from uuid import UUID

from stepdown.kernel.instruments import Definition, all_ids, load, parse
from stepdown.measures.domain.texts import with_text
from stepdown.measures.models import Administration, TextPack, TurnedOff


def instruments() -> dict[str, Definition]:
    """All by id, with the newest text pack of those that need one. One query."""
    packs = {pack.instrument: pack for pack in TextPack.objects.order_by("at")}
    return {name: _with(load(name), packs.get(name)) for name in all_ids()}


def instrument(name: str) -> Definition:
    """One of them; no query for one whose words come with the product. Raises NoSuchInstrument."""
    definition = load(name)
    if definition.has_text:
        return definition
    return _with(definition, TextPack.objects.filter(instrument=name).order_by("at").last())


def instrument_of(administration: Administration) -> Definition:
    """As it was read when these answers were given; for open ones, as it is now."""
    definition = load(administration.instrument)
    if definition.has_text or not administration.text_hash:
        return instrument(administration.instrument)
    read = (administration.instrument, administration.text_hash)
    if read not in _read:
        pack = TextPack.objects.filter(instrument=read[0], text_hash=read[1]).order_by("at").last()
        if pack is None:
            return definition
        _read[read] = _with(definition, pack)
    return _read[read]


def turned_off() -> set[str]:
    """Ids of those that this center does not ask by themselves. One query."""
    return set(TurnedOff.objects.values_list("instrument", flat=True))


def _with(definition: Definition, pack: TextPack | None) -> Definition:
    if pack is None or pack.version != definition.version:
        return definition
    if pack.pk not in _parsed:
        _parsed[pack.pk] = parse(with_text(definition.raw, pack.content))
    return _parsed[pack.pk]


_parsed: dict[UUID, Definition] = {}  # by text pack, whose rows never change
_read: dict[
    tuple[str, str], Definition
] = {}  # by instrument and the hash of its words, so that many cost no query each

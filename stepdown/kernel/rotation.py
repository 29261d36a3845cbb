"""A new key for everything that lies sealed, while the system runs. Broken off, it is gone on with."""

from collections import Counter
from collections.abc import Callable

from django.conf import settings

from stepdown.kernel import keys, sealing


def in_use() -> Counter[str]:
    """How many pieces of sealed text each key is needed for, by its id."""
    found: Counter[str] = Counter()
    for store in sealing.stores():
        found.update(store.count())
    return found


def rotate(told: Callable[[str, int], object] = lambda name, pieces: None) -> str:
    """Seals everything with the newest key, and returns its id. A rotation that was broken off is gone on with; when
    all is sealed with the newest key already, a new one is made first. told: hears of each batch."""
    newest = sealing.ring()[0].id
    if not in_use().keys() - {newest}:
        newest = keys.add(settings.KEY_RING).id
    for store in sealing.stores():
        while pieces := store.renew(newest):
            told(store.name, pieces)
    return newest


def drop_unused() -> set[str]:
    """Takes the keys out of the ring that nothing in the database is sealed with; returns their ids. Backups from
    before may need them."""
    unused = {key.id for key in sealing.ring()[1:]} - in_use().keys()
    keys.drop(settings.KEY_RING, unused)
    return unused

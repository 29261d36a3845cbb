"""What a patient can do while they wait for the group, or after it. Live knows the room only: a later stage that has
something says so in its AppConfig.ready(), and the page links to it without being left."""

from collections.abc import Callable
from typing import NamedTuple

from stepdown.people.models import Patient


class Meanwhile(NamedTuple):
    """A link: what it is about, to the patient, and where it leads."""

    title: str
    url: str


Provider = Callable[[Patient], Meanwhile | None]
_providers: dict[str, Provider] = {}


def provide(provider: Provider) -> None:
    """Providing the same twice, as happens when apps load again, keeps one."""
    _providers[f"{provider.__module__}.{provider.__qualname__}"] = provider


def offered(patient: Patient) -> list[Meanwhile]:
    """What each stage has for this patient now."""
    return [found for provider in _providers.values() if (found := provider(patient))]

"""Plays the text message provider. `tests/fakes/test_text_gateway.py` holds it and the real client alike."""

import itertools
import re
from dataclasses import dataclass, field

from stepdown.outreach.gateways import NotSent, Refused


@dataclass
class FakeTextGateway:
    """Keeps what was sent as (to, words). `is_down` makes it fail the way a provider does that cannot be reached."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    is_down: bool = False
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def send(self, *, to: str, words: str) -> str:
        if self.is_down:
            raise NotSent("The text service answered 503.")
        if not re.fullmatch(r"\+1\d{10}", to):
            raise Refused("The text service answered 400.")
        self.sent.append((to, words))
        return f"SM{next(self._numbers):032x}"

"""Plays the text message provider. `tests/fakes/test_text_gateway.py` holds it and the real client alike."""

import base64
import hashlib
import hmac
import itertools
import re
from dataclasses import dataclass, field

from stepdown.outreach.gateways import NotSent, Refused


@dataclass
class FakeTextGateway:
    """Keeps what was sent as (to, words). `is_down` makes it fail the way a provider does that cannot be reached.
    `secret`: what it signs with when it posts what somebody wrote back."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    is_down: bool = False
    secret: str = ""
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def send(self, *, to: str, words: str) -> str:
        if self.is_down:
            raise NotSent("The text service answered 503.")
        if not re.fullmatch(r"\+1\d{10}", to):
            raise Refused("The text service answered 400.")
        self.sent.append((to, words))
        return f"SM{next(self._numbers):032x}"

    def reply(
        self, url: str, *, sender: str, words: str, receipt: str | None = None
    ) -> tuple[dict[str, str], dict[str, str]]:
        """The form that the provider posts to `url` when somebody writes back, and its headers."""
        fields = {
            "MessageSid": receipt or f"SM{next(self._numbers):032x}",
            "From": sender,
            "To": "+15555550100",
            "Body": words,
        }
        said = url + "".join(name + value for name, value in sorted(fields.items()))
        signed = hmac.new(self.secret.encode(), said.encode(), hashlib.sha1).digest()
        return fields, {"X-Twilio-Signature": base64.b64encode(signed).decode()}

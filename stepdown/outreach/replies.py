"""What people write back to a text message: read, proved to come from the provider, and told to who asked.

The provider posts a form (MessageSid, From, Body) to our address and signs it, as large providers do: base64 of
HMAC-SHA1, under the account's secret, over the address and every field, name and value, in the order of the names.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Answer = Literal["yes", "no"]
# What somebody means who writes one of these, whatever the letters' size and the marks behind.
WORDS: dict[str, Answer] = {"yes": "yes", "y": "yes", "si": "yes", "sí": "yes", "no": "no", "n": "no"}


@dataclass(frozen=True)
class Reply:
    """One message that came back. phone: +1XXXXXXXXXX. answer: None when it is neither yes nor no."""

    receipt: str
    phone: str
    answer: Answer | None


# Who takes an answer: given the phone and the answer, says whether it was theirs to take.
Taker = Callable[[str, Answer | None], None]
_takers: list[Taker] = []


def register(taker: Taker) -> None:
    """A later stage that asks questions by text message takes the answers."""
    _takers.append(taker)


def told(reply: Reply) -> None:
    for taker in _takers:
        taker(reply.phone, reply.answer)


def meant(words: str) -> Answer | None:
    return WORDS.get(words.strip().strip(".!¡").lower())


def signature(secret: str, url: str, fields: Mapping[str, str]) -> str:
    """How the provider signs what it posts to that address."""
    said = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(secret.encode(), said.encode(), hashlib.sha1).digest()).decode()


def read(secret: str, url: str, fields: Mapping[str, str], signed: str) -> Reply | None:
    """The reply in a posted form; None when it is not the provider's, or no message at all."""
    if not secret or not hmac.compare_digest(signature(secret, url, fields).encode(), signed.encode()):
        return None
    if not fields.get("MessageSid") or not fields.get("From"):
        return None
    return Reply(fields["MessageSid"][:80], fields["From"], meant(fields.get("Body", "")))

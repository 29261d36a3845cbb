"""Ways out of the house for a text message. Which one is used is a matter of configuration:

STEPDOWN_TEXT_URL      address that takes messages as a form (To, From, Body), as large providers do
STEPDOWN_TEXT_ACCOUNT  account name there
STEPDOWN_TEXT_SECRET   its secret
STEPDOWN_TEXT_FROM     the number that messages come from
STEPDOWN_TEXT_REPLIES  "1" when the provider posts what people write back to /replies/ (see replies.py)
"""

import base64
import json
import uuid
from dataclasses import dataclass
from http.client import HTTPException
from typing import Protocol
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

from stepdown.kernel import outside
from stepdown.kernel.decision import Decision, refuse

TEXT, MAIL = "text", "mail"  # as agreements name the services
SECONDS = 10


class NotSent(Exception):
    """It did not go out this time; trying again may help. Says nothing of the number or the words."""


class Refused(Exception):
    """It never will go out like this: the number or the account is wrong. Says nothing of the number or the words."""


class TextGateway(Protocol):
    def send(self, *, to: str, words: str) -> str:
        """Hands one message over. `to`: +1XXXXXXXXXX. Returns the receipt's id. Raises NotSent or Refused."""
        ...


class ConsoleGateway:
    """The demo's telephone: a frame on the console, so that whoever tries the product reads codes and links."""

    def send(self, *, to: str, words: str) -> str:
        title = f" Text message to {to} "
        width = max(len(words), len(title)) + 2
        print(f"┌{title.center(width, '─')}┐\n│ {words.ljust(width - 2)} │\n└{'─' * width}┘", flush=True)
        return f"console-{uuid.uuid4()}"


class NoRedirects(HTTPRedirectHandler):
    """Our secret and somebody's number go to the address in the settings and to no other."""

    def redirect_request(self, *args: object) -> None:
        return None


_opener = build_opener(NoRedirects)


@dataclass(frozen=True)
class HttpTextGateway:
    """Posts a form with To, From and Body; the answer is JSON with the receipt's id as `sid`."""

    url: str
    account: str
    secret: str
    sender: str

    def send(self, *, to: str, words: str) -> str:
        credentials = base64.b64encode(f"{self.account}:{self.secret}".encode()).decode()
        request = Request(  # noqa: S310  the address is the installation's own setting
            self.url,
            data=urlencode({"To": to, "From": self.sender, "Body": words}).encode(),
            headers={"Authorization": f"Basic {credentials}", "Accept": "application/json"},
        )
        try:
            with _opener.open(request, timeout=SECONDS) as answer:
                receipt = json.load(answer).get("sid")
        except HTTPError as error:
            may_help = error.code >= 500 or error.code == 429
            raise (NotSent if may_help else Refused)(f"The text service answered {error.code}.") from None
        except (OSError, HTTPException):
            raise NotSent("The text service does not answer.") from None
        except (ValueError, AttributeError):
            raise NotSent("The text service answered with something else than a receipt.") from None
        if not receipt:
            raise NotSent("The text service gave no receipt.")
        return str(receipt)


def text_addresses() -> list[str]:
    """Of the text message service, when one is set up."""
    return [settings.TEXT_URL] if settings.TEXT_URL else []


def may_text() -> Decision:
    """Whether a text message service is set up and may be used now. Source: RULE PRIV-24."""
    if not settings.TEXT_URL:
        return refuse("No text service is set up.")
    return outside.may_reach(TEXT, settings.TEXT_URL)


def text_gateway() -> TextGateway:
    """The configured one, while it may be used; the console in the demo. Raises Refused where there is none."""
    if may := may_text():
        return HttpTextGateway(settings.TEXT_URL, settings.TEXT_ACCOUNT, settings.TEXT_SECRET, settings.TEXT_FROM)
    if settings.DEMO:
        return ConsoleGateway()
    raise Refused(may.reason)


SERVICES = (
    outside.Service(
        key=TEXT,
        name="Text messages",
        gets="telephone numbers, and words with a code or a personal link",
        setting="STEPDOWN_TEXT_URL",
        addresses=text_addresses,
    ),
)

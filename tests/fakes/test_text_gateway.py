"""One contract for the real client of the text message provider and for the fake that plays it."""

import base64
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from stepdown.outreach import replies
from stepdown.outreach.gateways import HttpTextGateway, NotSent, Refused
from tests.fakes.text_gateway import FakeTextGateway

TO = "+15555550142"


class Provider(BaseHTTPRequestHandler):
    """A provider on this machine, with the manners of the large ones."""

    def do_POST(self) -> None:
        server = self.server
        form = {key: values[0] for key, values in parse_qs(self._body()).items()}
        server.seen.append((self.headers["Authorization"], form))
        if server.answer is not None:
            return self._answer(*server.answer)
        if not re.fullmatch(r"\+1\d{10}", form.get("To", "")):
            return self._answer(400, b'{"code": 21211}')
        return self._answer(201, json.dumps({"sid": f"SM{len(server.seen):032x}"}).encode())

    def _body(self) -> str:
        return self.rfile.read(int(self.headers["Content-Length"])).decode()

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Location", "/elsewhere")  # heeded with a status that leads on
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def provider() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.seen, server.answer = [], None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def client_of(provider: ThreadingHTTPServer) -> HttpTextGateway:
    return HttpTextGateway(f"http://127.0.0.1:{provider.server_port}/Messages.json", "AC1", "hush", "+15555550100")


class Case:
    """A gateway, what its receiving side got, and a switch that puts that side out of order."""

    def __init__(self, gateway, got, break_down) -> None:
        self.gateway, self.got, self.break_down = gateway, got, break_down


@pytest.fixture(params=["real", "fake"])
def case(request, provider) -> Case:
    if request.param == "fake":
        fake = FakeTextGateway()
        return Case(fake, lambda: fake.sent, lambda: setattr(fake, "is_down", True))
    return Case(
        client_of(provider),
        lambda: [(form["To"], form["Body"]) for _auth, form in provider.seen],
        lambda: setattr(provider, "answer", (503, b"")),
    )


def test_a_message_arrives_word_for_word(case):
    words = "Su código es 004217. Sirve & llega: https://example.invalid/me/a_b-c/?x=1"
    case.gateway.send(to=TO, words=words)
    assert case.got() == [(TO, words)]


def test_every_message_has_a_receipt_of_its_own(case):
    receipts = {case.gateway.send(to=TO, words="One"), case.gateway.send(to=TO, words="Two")}
    assert len(receipts) == 2
    assert all(receipts)


def test_a_wrong_number_is_refused_and_not_told_to_the_log(case):
    with pytest.raises(Refused) as refusal:
        case.gateway.send(to="+1555", words="One")
    assert str(refusal.value) == "The text service answered 400."


def test_a_provider_out_of_order_may_be_tried_again(case):
    case.break_down()
    with pytest.raises(NotSent) as failure:
        case.gateway.send(to=TO, words="One")
    assert str(failure.value) == "The text service answered 503."


def test_the_real_client_shows_its_account_and_its_number(provider):
    client_of(provider).send(to=TO, words="One")
    authorization, form = provider.seen[0]
    assert base64.b64decode(authorization.removeprefix("Basic ")) == b"AC1:hush"
    assert form["From"] == "+15555550100"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((429, b""), "The text service answered 429."),
        ((200, b"<html>"), "The text service answered with something else than a receipt."),
        ((200, b"[]"), "The text service answered with something else than a receipt."),
        ((200, b"{}"), "The text service gave no receipt."),
    ],
)
def test_an_answer_that_is_no_receipt_is_tried_again(provider, answer, sentence):
    provider.answer = answer
    with pytest.raises(NotSent, match=sentence):
        client_of(provider).send(to=TO, words="One")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nothing_is_sent_on_to_another_address(provider, status):
    provider.answer = (status, b"")
    with pytest.raises(Refused, match=f"The text service answered {status}."):
        client_of(provider).send(to=TO, words="One")
    assert len(provider.seen) == 1


def test_nobody_at_the_address_is_tried_again(provider):
    gateway = client_of(provider)
    provider.server_close()
    with pytest.raises(NotSent, match=r"The text service does not answer\."):
        gateway.send(to=TO, words="One")


# As the provider's own documentation and library show it.
# Source: Twilio, "Security", and twilio-python, tests/unit/test_request_validator.py.
CALL = {"CallSid": "CA1234567890ABCDE", "Digits": "1234", "To": "+18005551212"}
CALL_URL = "https://mycompany.com/myapp.php?foo=1&bar=2"


@pytest.mark.parametrize(
    ("number", "signed"),
    [("+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="), ("+12349013030", "0/KCTR6DLpKmkAf8muzZqo1nDgQ=")],
)
def test_a_signature_is_made_as_the_provider_makes_it(number, signed):
    assert replies.signature("12345", CALL_URL, CALL | {"From": number, "Caller": number}) == signed


def test_what_the_fake_hands_over_is_read_as_what_the_provider_hands_over():
    url = "https://example.org/replies/"
    fields, headers = FakeTextGateway(secret="hush").reply(url, sender=TO, words="S\u00ed", receipt="SM7")
    assert replies.read("hush", url, fields, headers["X-Twilio-Signature"]) == replies.Reply("SM7", TO, "yes")


@pytest.mark.parametrize("change", [{"Body": "NO"}, {"From": "+15555550143"}, {"More": "1"}])
def test_what_was_changed_on_the_way_is_not_read(change):
    url = "https://example.org/replies/"
    fields, headers = FakeTextGateway(secret="hush").reply(url, sender=TO, words="YES")
    assert replies.read("hush", url, fields | change, headers["X-Twilio-Signature"]) is None

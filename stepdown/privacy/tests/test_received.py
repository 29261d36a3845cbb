"""Records that came from elsewhere keep their label wherever they go; a privacy officer says what is under part 2."""

import re
import zlib
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from stepdown.chart.tests.plans import in_group
from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Role
from stepdown.people.tests.clients import proved_long_ago, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import part2, queries_received, sources
from stepdown.privacy import services_received as services
from stepdown.privacy.days import today
from stepdown.privacy.domain.sharing import Data
from stepdown.privacy.models import Disclosure, Look, Part2Decision, ReceivedRecord
from stepdown.privacy.tests.factories import SUMMARY, audited, came, queued, signed
from stepdown.ui.tests.reading_pdf import pages

pytestmark = pytest.mark.django_db
SHORT, WHOLE = part2.statement(whole=False), part2.statement()
OTHER = "Protected by Federal rules. Do not pass this on, says Example Hospital."


@pytest.fixture(autouse=True)
def center():
    CenterFactory()


@pytest.fixture
def officer():
    return StaffFactory(roles=[Role.PRIVACY])


@pytest.fixture
def patient():
    return PatientFactory()


def html(answer) -> str:
    return " ".join(answer.content.decode().split())


def form_of(**changed):
    """The form, as a browser sends it."""
    on = today()
    fields = {
        "received-source": "hospital", "received-from_whom": "Example Hospital", "received-what": "Discharge summary",
        "received-received_on_month": on.month, "received-received_on_day": on.day,
        "received-received_on_year": on.year, "received-came": "short",
        "received-file": SimpleUploadedFile("scan.pdf", SUMMARY),
    }  # fmt: skip
    return {name: value for name, value in (fields | changed).items() if value is not None}


def files_in(made: bytes) -> list[bytes]:
    """The files that are attached to a PDF file of ours."""
    found = re.findall(rb"/Type /EmbeddedFile.*?stream\n(.*?)\nendstream", made, re.DOTALL)
    unpacked = []
    for packed in found:
        with suppress(zlib.error):
            unpacked.append(zlib.decompress(packed))
    return unpacked


def exported(patient, classes=(Data.RECEIVED,)):
    """(the PDF file of a packet, its disclosure), released on the product's page."""
    me = StaffFactory(roles=[Role.DIRECTOR])
    packet = queued(signed(patient, scope=list(classes)), me)
    client = sign_in(Client(), me)
    assert client.post(reverse("privacy:packet_act", args=[packet.pk, "release"])).status_code == 302
    return client.get(reverse("privacy:packet_file", args=[packet.pk])).content, Disclosure.objects.get(packet=packet)


# -- the label stays


@pytest.mark.parametrize(
    ("sent", "label"),
    [
        ({"received-came": "short"}, SHORT),
        ({"received-came": "whole"}, WHOLE),
        ({"received-came": "other", "received-words": OTHER}, OTHER),
        ({"received-came": "unknown"}, SHORT),
    ],
)
def test_what_comes_with_a_label_leaves_with_it_word_for_word(client, sent, label):
    """RULE PRIV-02, PRIV-20: import, export, compare."""
    seat = in_group()
    sign_in(client, seat.group.leader).post(reverse("privacy:put_in", args=[seat.patient_id]), form_of(**sent))
    made, row = exported(seat.patient)
    words = " ".join(pages(made))
    assert "Discharge summary" in words
    assert " ".join(label.split()) in words.partition("Discharge summary")[2]
    assert files_in(made) == [SUMMARY]
    assert sha256(SUMMARY).hexdigest() in words.replace(" ", "")
    assert [item["label"] for item in row.items] == [label]
    assert row.statement == 1


def test_the_list_of_the_packet_names_the_label_before_it_goes(client, officer, patient):
    """RULE PRIV-20."""
    came(patient, came="other", words=OTHER)
    packet = queued(signed(patient, scope=[Data.RECEIVED]), officer)
    assert OTHER in html(sign_in(client, officer).get(reverse("privacy:packet", args=[packet.pk])))


def test_an_auditor_reads_the_label_too(client, patient):
    """RULE PRIV-20."""
    came(patient, came="other", words=OTHER)
    auditor = StaffFactory(roles=[Role.AUDITOR])
    audit = audited(patient, auditor=auditor, classes=[Data.RECEIVED])
    assert OTHER in html(sign_in(client, auditor).get(reverse("audits:record", args=[audit.pk, patient.pk])))


def test_a_label_changes_the_digest_of_what_was_sent(patient, officer):
    row = came(patient, came="none")
    (before,) = queries_received.items_of(patient)
    services.decide_part2(patient=patient, record=row, is_part2=False, why="Of a broken arm.", by=officer)
    (after,) = queries_received.items_of(patient)
    assert (before.label, after.label) == (SHORT, "")
    assert before.digest != after.digest


# -- what is under part 2


def test_every_record_is_under_part_2_until_an_officer_clears_it_with_a_reason(patient, officer):
    """RULE PRIV-01."""
    row = came(patient, came="none")
    assert queries_received.whole_is_part2(patient)
    assert queries_received.received_by(patient)[0].is_part2
    for by, why in ((StaffFactory(roles=[Role.DIRECTOR]), "Not ours."), (officer, "")):
        with pytest.raises(RuleBroken):
            services.decide_part2(patient=patient, record=row, is_part2=False, why=why, by=by)
    services.decide_part2(patient=patient, record=row, is_part2=False, why="Of a broken arm.", by=officer)
    assert not queries_received.received_by(patient)[0].is_part2
    assert queries_received.whole_is_part2(patient)
    services.decide_part2(patient=patient, record=row, is_part2=True, why="It names a diagnosis.", by=officer)
    assert queries_received.received_by(patient)[0].is_part2
    assert [one.why for one in queries_received.decisions_on(patient)] == ["It names a diagnosis.", "Of a broken arm."]


def test_who_treats_the_patient_reads_what_was_decided_and_why(client, officer):
    """RULE PRIV-01."""
    seat = in_group()
    row = came(seat.patient, came="none")
    services.decide_part2(patient=seat.patient, record=row, is_part2=False, why="Of a broken arm.", by=officer)
    page = html(sign_in(client, seat.group.leader).get(reverse("privacy:received", args=[seat.patient_id])))
    assert "Of a broken arm." in page
    assert officer.name in page


def test_what_came_with_a_notice_is_cleared_by_nobody(patient, officer):
    """RULE PRIV-20; also where the program forgets to ask."""
    row = came(patient)
    with pytest.raises(RuleBroken, match="stays with it"):
        services.decide_part2(patient=patient, record=row, is_part2=False, why="An error.", by=officer)
    with pytest.raises(DatabaseError, match="stays with it"), transaction.atomic():
        Part2Decision.objects.create(patient=patient, record=row, is_part2=False, why="An error.", by=officer)


def test_what_was_decided_never_changes_and_not_twice(patient, officer):
    services.decide_part2(patient=patient, record=None, is_part2=False, why="Seen for an evaluation only.", by=officer)
    with pytest.raises(RuleBroken, match="so already"):
        services.decide_part2(patient=patient, record=None, is_part2=False, why="Again.", by=officer)
    for act in (Part2Decision.objects.get().delete, lambda: Part2Decision.objects.update(is_part2=True)):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_clearing_the_record_changes_the_statement_that_goes_along_and_not_the_gate(client, officer, patient):
    """RULE PRIV-01, PRIV-11: one of the two statements goes in any case, and only by consent."""
    services.decide_part2(patient=patient, record=None, is_part2=False, why="Seen for an evaluation only.", by=officer)
    made, row = exported(patient, [Data.PROGRAM])
    assert row.statement == 2
    assert SHORT in " ".join(pages(made))
    url = reverse("privacy:send", args=[patient.pk])
    asked = {"to": "new", "whom": "other", "name": "Somebody", "address": "3 Example Street", "purpose": "treatment",
             "classes": ["program"], "way": "mail", "act": "prepare"}  # fmt: skip
    assert "The gate says no" in html(sign_in(client, officer).post(url, asked))


def test_one_labeled_record_brings_the_whole_statement_back(patient, officer):
    """RULE PRIV-20."""
    services.decide_part2(patient=patient, record=None, is_part2=False, why="Seen for an evaluation only.", by=officer)
    came(patient)
    _made, row = exported(patient)
    assert row.statement == 1


# -- put in, opened, taken out


def test_it_is_kept_as_it_came_and_opened_as_a_file_by_who_has_proved_who_they_are(client):
    seat = in_group()
    row = came(seat.patient)
    assert row.digest == sha256(SUMMARY).hexdigest()
    url = reverse("privacy:received_file", args=[row.pk])
    sign_in(client, seat.group.leader)
    answer = client.get(url)
    assert answer.content == SUMMARY
    assert answer["Content-Disposition"].startswith("attachment;")
    look = Look.objects.order_by("-number").first()
    assert (look.act, look.page, look.patients) == ("taken", "privacy:received_file", [seat.patient_id])
    assert proved_long_ago(client).get(url).status_code == 302


def test_who_does_not_see_the_patient_finds_no_record(client):
    row = came(in_group().patient)
    sign_in(client, StaffFactory())
    for name in ("received_file", "take_received_out"):
        assert client.get(reverse(f"privacy:{name}", args=[row.pk])).status_code == 404
    assert client.get(reverse("privacy:received", args=[row.patient_id])).status_code == 404


def test_the_chart_names_what_came(client):
    seat = in_group()
    came(seat.patient, what="Summary of nine days")
    page = html(sign_in(client, seat.group.leader).get(reverse("desk:patient", args=[seat.patient_id])))
    assert "Summary of nine days" in page


def test_what_was_put_into_the_wrong_record_is_taken_out_and_goes_nowhere(client):
    seat = in_group()
    row, url = came(seat.patient), reverse("privacy:received", args=[seat.patient_id])
    sign_in(client, seat.group.leader)
    out = reverse("privacy:take_received_out", args=[row.pk])
    assert client.post(out, {"out-why": ""}).status_code == 422
    assert client.post(out, {"out-why": "It is about somebody else."}).url == url
    assert "It is about somebody else." in html(client.get(url))
    assert client.get(reverse("privacy:received_file", args=[row.pk])).status_code == 404
    assert sources.items_of(seat.patient, [Data.RECEIVED]) == {Data.RECEIVED: []}
    assert client.post(out, {"out-why": "Again."}).status_code == 403


def test_what_came_never_changes(patient):
    row = came(patient)
    for act in (
        row.delete,
        lambda: ReceivedRecord.objects.update(came="none"),
        lambda: ReceivedRecord.objects.update(document=b"%PDF another"),
        lambda: ReceivedRecord.objects.update(patient=PatientFactory()),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_sent_twice_it_is_one(patient):
    assert came(patient) == came(patient)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"received-file": SimpleUploadedFile("a.pdf", b"\xff\xd8\xff made up \xff\xd9")}, "no whole PDF file"),
        ({"received-source": None}, "Choose from whom it came."),
        ({"received-from_whom": ""}, "Enter who sent it."),
        ({"received-came": None}, "is an answer."),
        ({"received-came": "other"}, "Copy the words of the notice."),
        ({"received-received_on_year": ""}, "year too"),
        (
            {"received-covers_from_month": 1, "received-covers_from_day": 2, "received-covers_from_year": 2025},
            "Enter the last day too.",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(client, changed, said):
    seat = in_group()
    url = reverse("privacy:put_in", args=[seat.patient_id])
    answer = sign_in(client, seat.group.leader).post(url, form_of(**{"received-what": "As it was typed"} | changed))
    assert answer.status_code == 422
    assert said in html(answer)
    assert "As it was typed" in html(answer)
    assert not ReceivedRecord.objects.exists()


def test_the_officer_decides_on_the_page_and_reads_what_was_decided(client, officer, patient):
    """RULE PRIV-01."""
    row = came(patient, came="unknown")
    labeled = came(patient, document=b"%PDF-1.7 another one %%EOF")
    url = reverse("privacy:decide_part2", args=[patient.pk])
    sign_in(client, officer)
    assert client.post(url, {"part2-which": str(row.pk), "part2-it_is": "no"}).status_code == 422
    told = {"part2-it_is": "no", "part2-why": "Of a broken arm."}
    answer = client.post(url, told | {"part2-which": str(labeled.pk)})
    assert answer.status_code == 422
    assert "stays with it" in html(answer)
    assert client.post(url, told | {"part2-which": str(row.pk)}).url == url
    assert "Of a broken arm." in html(client.get(url))
    assert client.post(url, told | {"part2-which": "whole"}).url == url
    assert "is not under 42 CFR part 2" in html(client.get(url))


def test_the_last_day_may_not_come_before_the_first(patient):
    with pytest.raises(RuleBroken, match="in their order"):
        came(patient, covers_until=today() - timedelta(days=30))

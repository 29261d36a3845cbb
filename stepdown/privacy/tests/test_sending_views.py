"""The pages on which records are sent and accounted for, and files that may not be given out."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from stepdown.people.models import Patient, Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import gate, part2, services_sharing
from stepdown.privacy.middleware import LooksMiddleware
from stepdown.privacy.models import Disclosure, Look, Packet, RefusedDisclosure
from stepdown.privacy.tests.factories import queued, sent, signed
from stepdown.ui.tests.reading_pdf import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient():
    CenterFactory()
    return PatientFactory()


@pytest.fixture
def me():
    return StaffFactory(roles=[Role.DIRECTOR])


@pytest.fixture
def client(me):
    return sign_in(Client(), me)


def asked(row, **changed):
    return {
        "to": str(row.recipient_id), "purpose": "patient_request", "classes": ["program"], "way": "mail",
        "act": "ask",
    } | changed  # fmt: skip


def test_nothing_is_chosen_before(client, patient):
    """RULE PRIV-05."""
    signed(patient)
    page = client.get(reverse("privacy:send", args=[patient.pk])).content.decode()
    assert "checked" not in page
    assert 'value="counseling_notes"' not in page


def test_the_gate_speaks_before_anything_is_made(client, patient):
    row, url = signed(patient), reverse("privacy:send", args=[patient.pk])
    answer = client.post(url, asked(row))
    assert "The gate says yes." in answer.content.decode()
    assert not Packet.objects.exists()
    assert client.post(url, asked(row, act="prepare")).status_code == 302
    assert Packet.objects.get().state == "queued"


def test_a_no_says_why_and_prepares_nothing(client, patient):
    row = signed(patient)
    answer = client.post(reverse("privacy:send", args=[patient.pk]), asked(row, classes=["tests"], act="prepare"))
    assert answer.status_code == 422
    assert "does not cover: drug tests" in answer.content.decode()
    assert (Packet.objects.count(), RefusedDisclosure.objects.count()) == (0, 1)


def test_somebody_new_needs_a_name_and_an_address(client, patient):
    row = signed(patient)
    answer = client.post(reverse("privacy:send", args=[patient.pk]), asked(row, to="new"))
    assert answer.status_code == 422
    assert {"whom", "name", "address"} == set(answer.context["form"].errors)


def test_a_packet_is_a_file_with_the_notice_the_scope_and_the_consent(client, patient, me):
    packet = queued(signed(patient), me)
    client.post(reverse("privacy:packet_act", args=[packet.pk, "release"]))
    found = Disclosure.objects.get()
    answer = client.get(reverse("privacy:packet_file", args=[packet.pk]))
    words = " ".join(pages(answer.content))
    for said in (part2.text("notice_2_32_statement_1")[:60], part2.statement(whole=False), found.scope[:40]):
        assert " ".join(said.split()) in words
    assert f"Sharing with {found.recipient_name}" in words
    assert Look.objects.order_by("-number").first().act == "taken"


def test_a_packet_that_was_stopped_is_not_released(client, patient, me):
    row = signed(patient)
    packet = queued(row, me)
    services_sharing.revoke(consent=row)
    answer = client.post(reverse("privacy:packet_act", args=[packet.pk, "release"]))
    assert answer.status_code == 422
    assert client.get(reverse("privacy:packet_file", args=[packet.pk])).status_code == 404


def test_a_packet_of_somebody_elses_patient_is_not_there(patient, me):
    packet = queued(signed(patient), me)
    stranger = sign_in(Client(), StaffFactory())
    assert stranger.get(reverse("privacy:packet", args=[packet.pk])).status_code == 404
    assert stranger.post(reverse("privacy:packet_act", args=[packet.pk, "release"])).status_code == 404


@pytest.mark.parametrize("years", ["", "6", "nonsense"])
def test_staff_and_the_patient_read_the_same_accounting(client, patient, me, years):
    sent(signed(patient), me)
    for reader, url in (
        (client, reverse("privacy:accounting", args=[patient.pk])),
        (as_patient(Client(), patient), reverse("privacy:my_accounting")),
    ):
        page = reader.get(url, {"years": years})
        assert "Lila Specimen" in page.content.decode()
        assert page.context["years"] == (6 if years == "6" else 3)
        kept = reader.get(url, {"years": years, "as": "pdf"})
        assert kept.headers["Content-Type"] == "application/pdf"
        assert "1 Example Street" in " ".join(pages(kept.content))


def given_out(made):
    """What the middleware gives out of an answer made by `made`, for somebody of the staff."""
    request = RequestFactory().get("/")
    request.resolver_match, request.account_staff, request.patient, request.supporter = None, None, None, None
    return LooksMiddleware(lambda _request: made())(request)


def a_file(passes=None, kind="application/pdf"):
    def made():
        Patient.objects.get(pk=PatientFactory().pk)
        if passes:
            passes()
        return HttpResponse(b"x", content_type=kind)

    return made


@pytest.mark.parametrize("kind", ["application/pdf", "text/csv", "text/calendar", "text/plain", "application/zip"])
def test_a_file_about_somebody_that_passed_no_gate_is_not_given_out(kind):
    assert given_out(a_file(kind=kind)).status_code == 403


def test_a_page_sent_as_an_attachment_is_a_file():
    answer = HttpResponse("x")
    answer["Content-Disposition"] = 'attachment; filename="x.html"'
    assert gate.is_file(answer)
    assert not gate.is_file(HttpResponse("x"))


def test_a_file_that_passed_is_given_out():
    assert given_out(a_file(lambda: gate.own(PatientFactory()))).status_code == 200
    assert given_out(a_file(lambda: gate.inside(StaffFactory()))).status_code == 200


def test_a_file_about_nobody_needs_no_gate():
    assert given_out(lambda: HttpResponse(b"x", content_type="text/csv")).status_code == 200


def test_what_passed_for_one_answer_opens_nothing_for_the_next():
    given_out(a_file(lambda: gate.own(PatientFactory())))
    assert given_out(a_file()).status_code == 403

"""A patient's own check-in: once, whatever the line does; read by the care team."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from stepdown.kernel.db import RuleBroken
from stepdown.measures.models import CheckIn
from stepdown.measures.services_check_in import check_in
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory
from stepdown.placement.tests.factories import SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(client):
    CenterFactory()
    patient = PatientFactory()
    as_patient(client, patient)
    return patient


def send(client, **said):
    return client.post(reverse("measures:check_in"), {"once": str(uuid4()), **said}, follow=True)


def text(answer):
    return " ".join(answer.content.decode().split())


def test_it_is_kept_as_it_is_said(client, patient):
    page = text(send(client, craving="3", mood="ok", used_since="no", triggers=["work", "money"], words="Long day"))
    kept = CheckIn.objects.get()
    assert (kept.patient, kept.craving, kept.used_since, kept.triggers) == (patient, 3, False, ["work", "money"])
    assert "Thank you" in page
    assert "988" not in page


def test_sent_twice_it_counts_once(client, patient):
    once = uuid4()
    for _ in range(2):
        assert check_in(patient=patient, once=once, craving=4).pk == once
    assert CheckIn.objects.count() == 1


def test_one_who_sends_the_id_of_another_s_keeps_one_of_their_own(patient):
    once = uuid4()
    other = check_in(patient=PatientFactory(), once=once, craving=4)
    own = check_in(patient=patient, once=once, craving=9)
    assert (own.pk != other.pk, own.patient, own.craving) == (True, patient, 9)


def test_a_strong_urge_is_met_with_help(client, patient):
    assert "Call or text 988." in text(send(client, craving="7"))


def test_a_very_low_mood_is_met_with_help(client, patient):
    assert "Call or text 988." in text(send(client, mood="very_low"))


def test_use_is_thanked_for_and_changes_no_seat(client, patient):
    assert "You stay in the group" in text(send(client, used_since="yes"))


def test_nothing_at_all_is_not_kept(client, patient):
    answer = send(client)
    assert answer.status_code == 422
    assert "Answer at least one question." in text(answer)
    with pytest.raises(RuleBroken, match="at least one"):
        check_in(patient=patient, once=uuid4())


def test_a_script_is_told_where_to_go_on_and_why_not(client, patient):
    url, json = reverse("measures:check_in"), {"Accept": "application/json"}
    kept = client.post(url, {"once": str(uuid4()), "craving": "2"}, headers=json)
    assert kept.json() == {"go": reverse("measures:checked_in", args=[CheckIn.objects.get().pk])}
    refused = client.post(url, {"once": str(uuid4())}, headers=json)
    assert (refused.status_code, refused.json()) == (422, {"why": "Answer at least one question."})


def test_each_device_of_theirs_has_a_key_of_its_own_for_what_it_keeps(client, patient):
    def key():
        return re.search(r'data-kept-key="([^"]+)"', client.get(reverse("measures:check_in")).content.decode())[1]

    first = key()
    assert key() == first
    as_patient(client, patient)
    assert key() != first


def test_the_second_time_it_asks_since_the_last(client, patient):
    check_in(patient=patient, once=uuid4(), craving=1)
    assert "since your last check-in" in text(client.get(reverse("measures:check_in")))


def test_the_care_team_reads_it(client):
    CenterFactory()
    seat = SeatFactory(accepted=True)
    check_in(
        patient=seat.patient, once=uuid4(), craving=6, triggers=["offered"], helped="A walk", words="Rough evening"
    )
    page = text(sign_in(client, seat.group.leader).get(reverse("measures:patient", args=[seat.patient.pk])))
    assert "People who offer. Helped: “A walk” “Rough evening”" in page


def test_nobody_else_opens_it(client, patient):
    other = check_in(patient=PatientFactory(), once=uuid4(), craving=6)
    assert client.get(reverse("measures:checked_in", args=[other.pk])).status_code == 404

"""Whoever asks from outside learns from no page whether somebody is a patient. Source: RULE PRIV-04; 42 CFR 2.13(c)."""

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.people import links, services
from stepdown.people.tests.factories import CenterFactory, PatientFactory

pytestmark = pytest.mark.django_db
NEVER = 43 * "x"
CALL = {"name": "Sam", "best_time": "now", "leave_message": "no"}


@pytest.fixture
def patient():
    CenterFactory()
    return PatientFactory()


def test_a_call_asked_for_with_the_number_of_a_patient_reads_like_any_other(patient):
    """RULE PRIV-04."""
    answers = []
    for phone in (patient.phone, "+15125550188"):
        client = Client()
        answer = client.post(reverse("public:ask"), CALL | {"phone": phone})
        answers.append((answer.status_code, answer.url, client.get(answer.url).content))
    assert answers[0] == answers[1]


def test_a_link_that_was_a_patients_reads_like_one_that_never_was(patient):
    token = links.token_of(services.issue_link(patient=patient))
    services.stop_link(patient=patient)
    client = Client()
    for way in ("outreach:enter", "outreach:code", "supporters:enter", "supporters:code"):
        over, never = (client.post(reverse(way, args=[one]), {}) for one in (token, NEVER))
        assert over.status_code == never.status_code == 404
        assert over.content.decode().replace(token, NEVER) == never.content.decode()

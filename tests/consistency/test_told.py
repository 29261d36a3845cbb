"""The search for names outside the pages finds them; what it is used on is in tests/browser.py."""

import pytest

from stepdown.outreach import services
from stepdown.outreach.models import Message
from stepdown.people.tests.factories import PatientFactory
from tests.told import names_told

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(tmp_path):
    return tmp_path / "web.log"


def test_a_name_in_a_log_or_an_address_is_found(log):
    PatientFactory(last_name="Distinctly")
    log.write_text("level=info event=opened name=distinctly")
    found = names_told([log], ["http://127.0.0.1/staff/find/?q=Distinctly", "http://127.0.0.1/distinctlyother/"])
    assert found == ["address: Distinctly", "web.log: distinctly"]


def test_a_name_in_the_arguments_of_a_job_or_in_a_message_is_found(log):
    patient = PatientFactory(last_name="Distinctly")
    message = services.send(patient=patient, kind=Message.Kind.PERSONAL_LINK)
    assert names_told([log], []) == []
    Message.objects.filter(pk=message.pk).update(failure="no phone of Distinctly")
    assert names_told([log], []) == ["message: Distinctly"]


def test_ids_tell_nothing(log):
    patient = PatientFactory(last_name="Distinctly")
    log.write_text(f"level=info event=opened patient_id={patient.pk}")
    assert names_told([log], [f"http://127.0.0.1/staff/patients/{patient.pk}/"]) == []

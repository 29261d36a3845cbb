"""The pages of a safety plan: the patient's, that of the staff, bad input, two at one plan."""

import pytest
from django.urls import reverse

from stepdown.chart.domain.safety_plan import Contact, Document
from stepdown.chart.forms_safety import SafetyPlanForm
from stepdown.chart.queries_safety import safety_plan_of
from stepdown.chart.tests.plans import in_group
from stepdown.chart.tests.safety import DOCUMENT, boxes, safety_plan
from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db
MINE, WRITE_MINE = reverse("chart:my_safety_plan"), reverse("chart:write_my_safety_plan")


@pytest.fixture
def seat():
    CenterFactory()
    return in_group()


def told(answer):
    return answer.content.decode()


# -- the patient's own phone


def test_988_stands_first_also_without_a_plan(client):
    page = told(as_patient(client, PatientFactory()).get(MINE))
    assert page.index("tel:988") < page.index("<h1")
    assert WRITE_MINE in page


def test_their_own_people_are_called_and_texted_with_one_tap(client):
    patient = PatientFactory()
    safety_plan(patient)
    page = told(as_patient(client, patient).get(MINE))
    assert 'href="tel:+15125550142"' in page
    assert 'href="sms:+15125550142"' in page
    assert "Call Sam" in page
    assert page.rindex("tel:988") > page.index("tel:+15125550142")


def test_who_has_no_number_is_shown_without_a_button(client):
    patient = PatientFactory()
    safety_plan(patient, document=Document(people=(Contact("Sam"),)))
    page = told(as_patient(client, patient).get(MINE))
    assert "<b>Sam</b>" in page
    assert "Call Sam" not in page
    assert "Nobody you can ask for help has a phone number yet." in page


def test_a_patient_writes_their_plan_alone(client):
    patient = PatientFactory()
    answer = as_patient(client, patient).post(WRITE_MINE, boxes(people__0__phone="(512) 555-0142"))
    assert answer.url == MINE
    plan = safety_plan_of(patient)
    assert (plan.document, plan.written_by) == (DOCUMENT, None)
    assert plan.device.patient == patient


def test_nothing_typed_is_lost_on_a_bad_number(client):
    patient = PatientFactory()
    answer = as_patient(client, patient).post(WRITE_MINE, boxes(people__0__phone="555 01", alone="Walk the dog"))
    assert answer.status_code == 422
    page = told(answer)
    assert "Enter a phone number with 10 digits. This one has 5." in page
    assert "Walk the dog" in page
    assert 'value="555 01"' in page
    assert safety_plan_of(patient) is None


def test_a_number_without_a_name_asks_whose_it_is(client):
    data = boxes(Document(people=(Contact("", "+15125550142"),)))
    answer = as_patient(client, PatientFactory()).post(WRITE_MINE, data)
    assert (answer.status_code, "Write down whose number this is." in told(answer)) == (422, True)


def test_an_empty_plan_is_answered_with_a_sentence(client):
    answer = as_patient(client, PatientFactory()).post(WRITE_MINE, {})
    assert (answer.status_code, "Write down one thing first." in told(answer)) == (422, True)


def test_the_boxes_begin_with_the_plan_in_force(client):
    patient = PatientFactory()
    safety_plan(patient)
    page = told(as_patient(client, patient).get(WRITE_MINE))
    assert "Cold water on my face" in page
    assert "(512) 555-0142" in page


def test_the_page_speaks_spanish(client):
    patient = PatientFactory()
    safety_plan(patient)
    page = told(as_patient(client, patient).get(f"/es{MINE}"))
    assert "Su plan de seguridad" in page
    assert "Llamar a Sam" in page


# -- staff


def test_staff_read_who_wrote_it_and_earlier_versions(client, seat):
    first = safety_plan(seat.patient, seat.group.leader)
    safety_plan(seat.patient, document=Document(alone=("Call Sam first",)))
    page = told(sign_in(client, seat.group.leader).get(reverse("chart:safety_plan", args=[seat.patient.pk])))
    assert f"written by {seat.patient.called} alone" in page
    assert f"written with {seat.group.leader.name}" in page
    assert "There is nobody yet whom you can ask for help." in page
    version = reverse("chart:safety_plan_version", args=[first.pk])
    assert version in page
    assert "Walk round the block" in told(client.get(version))


def test_staff_write_it_together(client, seat):
    url = reverse("chart:write_safety_plan", args=[seat.patient.pk])
    assert sign_in(client, seat.group.leader).post(url, boxes()).status_code == 302
    plan = safety_plan_of(seat.patient)
    assert (plan.document, plan.written_by) == (DOCUMENT, seat.group.leader)


def test_saving_over_somebody_elses_words_is_refused_once_with_theirs_beside(client, seat):
    url = reverse("chart:write_safety_plan", args=[seat.patient.pk])
    safety_plan(seat.patient)
    page = sign_in(client, seat.group.leader)
    data = boxes(Document(alone=("Count to a hundred",)), seen=0)
    answer = page.post(url, data)
    assert answer.status_code == 422
    assert "What it says now" in told(answer)
    assert "Walk round the block" in told(answer)
    assert "Count to a hundred" in told(answer)
    assert 'name="seen" value="1"' in told(answer)
    assert page.post(url, data | {"seen": "1"}).status_code == 302
    assert safety_plan_of(seat.patient).document.alone == ("Count to a hundred",)


def test_who_does_not_see_the_patient_finds_no_plan(client, seat):
    plan = safety_plan(seat.patient)
    page = sign_in(client, StaffFactory())
    for name, key in (("safety_plan", seat.patient.pk), ("write_safety_plan", seat.patient.pk)):
        assert page.get(reverse(f"chart:{name}", args=[key])).status_code == 404
    assert page.get(reverse("chart:safety_plan_version", args=[plan.pk])).status_code == 404


def test_admissions_reads_the_plan_and_is_told_who_writes_it(client, seat):
    page = sign_in(client, StaffFactory(roles=[Role.ADMISSIONS]))
    assert "You can read it." in told(page.get(reverse("chart:safety_plan", args=[seat.patient.pk])))
    assert page.get(reverse("chart:write_safety_plan", args=[seat.patient.pk])).status_code == 403


# -- where people arrive


def test_home_and_help_lead_to_the_plan_in_one_tap(client, seat):
    page = as_patient(client, seat.patient)
    assert "Write your safety plan" in told(page.get(reverse("desk:home")))
    safety_plan(seat.patient)
    for name in ("desk:home", "desk:help"):
        assert f'href="{MINE}"' in told(page.get(reverse(name)))


def test_the_page_of_a_patient_shows_the_plan_short(client, seat):
    page, url = sign_in(client, seat.group.leader), reverse("desk:patient", args=[seat.patient.pk])
    assert "Write a safety plan" in told(page.get(url))
    safety_plan(seat.patient, seat.group.leader)
    shown = told(page.get(url))
    assert "Walk round the block" in shown
    assert "tel:+15125550142" in shown
    assert f"written with {seat.group.leader.name}" in shown


def test_the_summary_says_in_which_part_and_row_a_number_is_wrong():
    rows = {"people-0-name": "My sister", "people-0-phone": "hers", "people-1-phone": "+15125550142"}
    form = SafetyPlanForm(rows, of=Document(), seen=0)
    assert not form.is_valid()
    assert [line.sentence.partition(": ")[0] for line in form.error_summary] == [
        "People I can ask for help, 1",
        "People I can ask for help, 2",
    ]

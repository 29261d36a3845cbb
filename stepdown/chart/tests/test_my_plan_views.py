"""The patient's page of their plan: reading it, signing it, asking for a change."""

from hashlib import sha256

import pytest
from django.urls import reverse

from stepdown.chart import queries_plan, services_plan, wording
from stepdown.chart.models import PlanAnswer
from stepdown.chart.tests.plans import draft, in_group, program_over, seen_of, signed_by_both, signed_plan
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    CenterFactory()
    return in_group()


def url_of(name, *args):
    return reverse(f"chart:{name}", args=[arg.pk for arg in args])


def test_without_a_plan_the_page_says_so(client, seat):
    as_patient(client, seat.patient)
    assert "Your plan is not ready yet" in client.get(reverse("chart:my_plan")).content.decode()
    assert client.get(reverse("chart:answer_my_plan")).url == reverse("chart:my_plan")
    draft(seat)
    assert "Your plan is not ready yet" in client.get(reverse("chart:my_plan")).content.decode()


def test_the_patient_reads_all_of_it_and_signs(client, seat):
    version = signed_plan(seat)
    as_patient(client, seat.patient)
    page = client.get(reverse("chart:my_plan")).content.decode()
    for told in ("Your plan is ready to read and sign.", "I want my mornings back.", "What signing means"):
        assert told in page
    data = {"seen": seen_of(version), "agreed": "on", "signed_name": "Walt Specimen"}
    assert client.post(reverse("chart:my_plan"), data | {"agreed": ""}).status_code == 422
    assert client.post(reverse("chart:my_plan"), data).status_code == 302
    kept = PlanAnswer.objects.get()
    assert (kept.kind, kept.signed_name) == ("signed", "Walt Specimen")
    assert kept.device.patient == seat.patient
    copy = client.get(reverse("chart:my_plan_copy"))
    assert "attachment" in copy["Content-Disposition"]
    assert kept.text in copy.content.decode()


def test_a_page_that_is_out_of_date_is_read_again_before_it_is_signed(client, seat):
    signed_plan(seat)
    as_patient(client, seat.patient)
    answer = client.post(reverse("chart:my_plan"), {"seen": "0" * 64, "agreed": "on", "signed_name": "Walt"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The plan has changed. Read it again, then sign." in page
    assert seen_of(queries_plan.plan_for(seat.patient)) in page


def test_the_page_speaks_the_language_of_its_reader(client, seat):
    version = signed_plan(seat)
    as_patient(client, seat.patient)
    page = client.get(f"/es{reverse('chart:my_plan')}").content.decode()
    assert "Lo que lo hace difícil: Drinks after work." in page
    assert sha256(wording.plan_text(version, "es").encode()).hexdigest() in page


def test_a_change_is_asked_for_and_stands_on_the_counselors_page(client, seat):
    signed_plan(seat)
    as_patient(client, seat.patient)
    url = reverse("chart:answer_my_plan")
    assert client.post(url, {"kind": "change", "words": ""}).status_code == 422
    assert client.post(url, {"kind": "change", "words": "Four days, not five."}).url == reverse("chart:my_plan")
    assert "Four days, not five." in client.get(reverse("chart:my_plan")).content.decode()
    sign_in(client, seat.group.leader)
    assert "Four days, not five." in client.get(url_of("plan", seat.patient)).content.decode()
    assert "Four days, not five." in client.get(reverse("chart:plans")).content.decode()
    assert "Four days, not five." in client.get(reverse("desk:day")).content.decode()


def test_what_was_signed_before_can_be_kept_by_its_signer_alone(client, seat):
    kept = signed_by_both(seat)
    signed_plan(seat)
    as_patient(client, seat.patient)
    url = url_of("my_signed_plan", kept)
    assert url in client.get(reverse("chart:my_plan")).content.decode()
    assert kept.text_digest in client.get(url).content.decode()
    client.cookies.clear()
    as_patient(client, in_group().patient)
    assert client.get(url).status_code == 404


def test_home_tells_of_the_plan(client, seat):
    version = signed_plan(seat)
    as_patient(client, seat.patient)
    assert "Your plan is ready" in client.get(reverse("desk:home")).content.decode()
    services_plan.sign_as_patient(
        version=version, patient=seat.patient, signed_name="Walt", seen=seen_of(version), language="en"
    )
    page = client.get(reverse("desk:home")).content.decode()
    assert "Your plan is ready" not in page
    assert reverse("chart:my_plan") in page


def test_what_was_signed_can_be_kept_after_the_program(client, seat):
    kept = signed_by_both(seat)
    program_over(seat)
    as_patient(client, seat.patient)
    assert reverse("chart:my_plan") in client.get(reverse("desk:home")).content.decode()
    page = client.get(reverse("chart:my_plan")).content.decode()
    assert "Your plan is not ready yet" not in page
    assert url_of("my_signed_plan", kept) in page
    in_group(patient=seat.patient, days=0)
    page = client.get(reverse("chart:my_plan")).content.decode()
    assert "Your plan is not ready yet" in page
    assert url_of("my_signed_plan", kept) in page

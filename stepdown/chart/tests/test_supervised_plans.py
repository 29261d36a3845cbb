"""Who works under supervision writes plans, and their supervisor or a director signs them and records diagnoses."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.chart import permissions_plan as permissions
from stepdown.chart import queries_plan, queries_supervised, services_plan
from stepdown.chart.models import Diagnosis
from stepdown.chart.tests.cosigning import supervised
from stepdown.chart.tests.note_pages import seen_on, signed_on, url_of
from stepdown.chart.tests.plans import boxes, document, draft, in_group
from stepdown.people.models import Role, Supervision
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, LicenseFactory, StaffFactory
from stepdown.placement.models import Seat
from stepdown.placement.tests.factories import SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth():
    CenterFactory()
    return StaffFactory(name="Ruth Hill", letters="LPC-S")


@pytest.fixture
def seat(ruth):
    return in_group(supervised(ruth, name="Jon Rivers"))


def test_an_associate_writes_the_plan_and_does_not_sign_it(client, seat):
    version = draft(seat)
    sign_in(client, seat.group.leader)
    told = "You work under supervision. Ruth Hill or a licensed clinical director signs the plan."
    assert told in client.get(url_of("draft", version)).content.decode()
    answer = client.post(url_of("sign_plan", version), {"attest": "on", "seen": version.version})
    assert (answer.status_code, told in answer.content.decode()) == (403, True)
    assert queries_plan.in_force(seat.episode) is None


def test_the_supervisor_finds_it_on_their_day_when_it_is_whole_and_signs_it(client, seat, ruth):
    version = draft(seat, document(goal=""))
    sign_in(client, ruth)
    day = reverse("desk:day")
    assert "Sign the plan of" not in client.get(day).content.decode()
    draft(seat)
    assert f"Sign the plan of {seat.patient.called}" in client.get(day).content.decode()
    url = url_of("sign_plan", version)
    page = client.get(url).content.decode()
    assert "Written by Jon Rivers" in page
    assert services_plan.SUPERVISES in page
    assert client.get(url_of("draft", version)).status_code == 404, "they sign it and do not write it"
    assert signed_on(client, url).url == reverse("chart:plans")
    signed = queries_plan.in_force(seat.episode)
    assert (signed.signed_by, signed.attestation) == (ruth, services_plan.SUPERVISES)
    assert "Sign the plan of" not in client.get(day).content.decode()
    assert client.get(url).status_code == 404


def test_a_licensed_director_signs_it_too(client, seat):
    version = draft(seat)
    director = StaffFactory(roles=[Role.DIRECTOR])
    assert "No license of yours" in permissions.sign_plan(director, version).reason
    LicenseFactory(staff=director)
    assert signed_on(sign_in(client, director), url_of("sign_plan", version)).url == url_of("plan", seat.patient)
    assert queries_plan.in_force(seat.episode).attestation == services_plan.READ


def test_a_director_who_saves_and_signs_it_unchanged_does_not_say_that_they_wrote_it(client, seat, ruth):
    version, director = draft(seat), LicenseFactory(staff__roles=[Role.DIRECTOR]).staff
    sign_in(client, director)
    answer = client.post(url_of("draft", version), boxes(version, act="sign"))
    assert answer.url == url_of("sign_plan", version)
    assert services_plan.READ in client.get(answer.url).content.decode()
    assert queries_supervised.drafts_to_sign(ruth).get() == version, "it still waits for the supervisor"
    client.post(url_of("draft", version), boxes(version, hope="Mornings.", act="sign"))
    assert services_plan.ATTESTATION in client.get(answer.url).content.decode()


def test_a_review_alone_is_a_change_of_the_plan(seat, ruth):
    version = draft(seat)
    services_plan.save_draft(version=version, document=version.document, review="Went through it.", by=ruth)
    version.refresh_from_db()
    assert version.saved_by == ruth


def test_nobody_signs_under_a_statement_that_was_not_on_their_page(client):
    """RULE PRIV-43."""
    CenterFactory()
    seat = in_group()
    version, leader = draft(seat), seat.group.leader
    url = url_of("sign_plan", version)
    opened = seen_on(sign_in(client, leader), url)
    for given in (document(goal="Sober at work."), version.document):
        services_plan.save_draft(version=version, document=given, by=StaffFactory(roles=[Role.DIRECTOR]))
    answer = client.post(url, {"attest": "on"} | opened)
    assert (answer.status_code, services_plan.READ in answer.content.decode()) == (422, True)
    assert queries_plan.in_force(seat.episode) is None
    again = {"attest": "on", "seen": answer.context["form"]["seen"].value()}
    assert client.post(url, again).url == url_of("plan", seat.patient)
    assert queries_plan.in_force(seat.episode).attestation == services_plan.READ


def test_only_who_wrote_it_last_says_that_they_wrote_it(seat, ruth):
    version = draft(seat)
    assert services_plan.attestation_of(version, seat.group.leader) == services_plan.ATTESTATION
    services_plan.save_draft(version=version, document=document(goal="Sober at work."), by=ruth)
    version.refresh_from_db()
    assert services_plan.attestation_of(version, ruth) == services_plan.ATTESTATION
    assert services_plan.attestation_of(version, seat.group.leader) == services_plan.READ


def test_once_the_supervision_has_ended_their_own_signature_is_enough(seat, ruth):
    version = draft(seat)
    Supervision.objects.update(until_on=timezone.localdate() - timedelta(days=1))
    assert permissions.sign_plan(seat.group.leader, version)
    assert not permissions.sign_plan(ruth, version)
    assert not queries_supervised.versions_signed_by(ruth).exists()


def test_a_plan_of_somebody_else_is_not_there_for_a_supervisor(client, seat, ruth):
    version = draft(in_group())
    assert sign_in(client, ruth).get(url_of("sign_plan", version)).status_code == 404


def test_a_draft_of_a_patient_whom_they_treat_no_more_is_not_there_for_a_supervisor(client, seat, ruth):
    version, now = draft(seat), timezone.now()
    Seat.objects.filter(pk=seat.pk).update(ends_at=now)
    SeatFactory(episode=seat.episode, accepted=True, starts_at=now, offered_at=now - timedelta(days=1))
    sign_in(client, ruth)
    assert "Sign the plan of" not in client.get(reverse("desk:day")).content.decode()
    assert client.get(url_of("sign_plan", version)).status_code == 404
    assert not permissions.sign_plan(ruth, version)


def test_the_supervisor_records_the_diagnoses_of_the_patients_of_an_associate(client, seat, ruth):
    url = url_of("record_diagnosis", seat.patient)
    answer = sign_in(client, seat.group.leader).get(url)
    told = "Ruth Hill or a licensed clinical director records diagnoses."
    assert (answer.status_code, told in answer.content.decode()) == (403, True)
    sign_in(client, ruth)
    on = timezone.localdate() - timedelta(days=1)  # past in every zone
    day = {"from_on_month": on.month, "from_on_day": on.day, "from_on_year": on.year}
    sent = {"find": "alcohol dependence", "code": "F10.20"} | day
    assert client.post(url, sent).url == url_of("diagnoses", seat.patient)
    assert Diagnosis.objects.get().recorded_by == ruth
    page = client.get(url_of("diagnoses", seat.patient)).content.decode()
    assert f'{reverse("desk:patient", args=[seat.patient_id])}"' not in page, "a page that is not there for them"
    assert client.get(url_of("record_diagnosis", in_group().patient)).status_code == 404

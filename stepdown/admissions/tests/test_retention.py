"""Inquiries that led to no admission are kept for their time, and not a day less when somebody becomes a patient."""

import pytest
from django.urls import reverse

from stepdown.admissions.models import Assessment, Call, Danger, Inquiry
from stepdown.admissions.services import save_answers
from stepdown.admissions.tests.factories import AssessmentFactory
from stepdown.kernel.db import RuleBroken
from stepdown.kernel.tests.at_once import while_open
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import queries_retention as queries
from stepdown.privacy import services_destruction as services
from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.models import DueRecord
from stepdown.privacy.services_restricted import restrict
from stepdown.privacy.services_retention import hold, lift
from stepdown.privacy.tests.retention import day_of, director, due, officer, proposed, years_ago

pytestmark = pytest.mark.django_db
INQUIRIES = RecordClass.INQUIRIES


def called(years: float = 8, *, closed: bool = True) -> Inquiry:
    """Called, was assessed, was in danger, and was referred elsewhere, all on that day."""
    CenterFactory()
    at, by = years_ago(years), StaffFactory(roles=[Role.ADMISSIONS])
    ended = {"status": Inquiry.Status.REFERRED_OUT, "closed_at": at, "closed_by": by} if closed else {}
    inquiry = Inquiry.objects.create(name="Lou Nobody", phone="+15555550177", asked_at=at, **ended)
    Call.objects.create(inquiry=inquiry, by=by, at=at, outcome="reached", next_step="assess_now", note="Talked.")
    assessment = AssessmentFactory(inquiry=inquiry, started_by=by, started_at=at, saved_at=at)
    Danger.objects.create(assessment=assessment, noted_at=at, noted_by=by, handled_by=by, done="988.", done_at=at)
    return inquiry


def is_due(inquiry: Inquiry) -> bool:
    services.find_due()
    return DueRecord.objects.filter(root=inquiry.pk).exists()


def test_an_inquiry_past_its_time_is_listed_without_a_name(client):
    inquiry = called()
    due(inquiry, INQUIRIES)
    said = sign_in(client, officer()).get(reverse("privacy:due")).content.decode()
    assert f"An inquiry of {day_of(inquiry.asked_at)} that led to no admission" in said
    assert "Lou Nobody" not in said


def test_an_inquiry_goes_with_its_calls_assessments_and_dangers_and_all_their_states():
    """RULE PRIV-34."""
    inquiry, other = called(), called(3)
    Call.objects.filter(inquiry=inquiry).update(note="We talked.")
    certificate = services.approve(destruction=proposed(inquiry, officer(), INQUIRIES), by=director())
    gone = ["Inquiry", "Call", "Assessment", "Danger"]
    assert certificate.counts == {f"admissions.{name}": 1 for name in gone}
    assert certificate.states == 5
    for model in (Inquiry, Call, Assessment, Danger):
        assert model.objects.count() == 1
        assert set(model.pgh_event_model.objects.values_list("pgh_obj", flat=True)) == {model.objects.get().pk}
    assert Inquiry.objects.get() == other


def test_an_open_inquiry_is_never_due():
    assert not is_due(called(20, closed=False))


@pytest.mark.parametrize(("last", "listed"), [(6.9, False), (7.1, True)])
def test_years_run_from_the_last_call(last, listed):
    inquiry = called(9)
    Call.objects.create(inquiry=inquiry, by=StaffFactory(), at=years_ago(last), outcome="called_us", next_step="close")
    assert is_due(inquiry) is listed


def test_an_inquiry_of_a_patient_is_kept_as_theirs():
    inquiry = called()
    Inquiry.objects.update(patient=PatientFactory(created_at=years_ago(8)), status=Inquiry.Status.ADMITTED)
    assert not is_due(inquiry)
    assert "admissions.Inquiry" in queries.counted(Inquiry.objects.get().patient_id)[RecordClass.CARE].counts


def test_what_has_led_to_a_patient_since_it_was_proposed_stays():
    inquiry = called()
    destruction = proposed(inquiry, officer(), INQUIRIES)
    Inquiry.objects.update(patient=PatientFactory(), status=Inquiry.Status.ADMITTED)
    with pytest.raises(RuleBroken, match="led to a patient since"):
        services.approve(destruction=destruction, by=director())
    assert Inquiry.objects.filter(pk=inquiry.pk).exists()


def test_a_hold_on_an_inquiry_keeps_the_record_of_the_patient_whom_it_led_to():
    """RULE PRIV-34: a hold does not end because somebody was admitted."""
    inquiry, by = called(), officer()
    patient = PatientFactory(created_at=years_ago(12))
    held = hold(stranger=inquiry.pk, matter="Case 12", words="A letter came.", by=by)
    Inquiry.objects.update(patient=patient, status=Inquiry.Status.ADMITTED)
    with pytest.raises(RuleBroken, match=r"Legal hold: Case 12\."):
        proposed(patient, by, RecordClass.CARE)
    assert queries.holds_on(patient.pk) == [held]
    assert queries.on_whom([held]) == [(held, "What came in before somebody became a patient")]


def test_a_lifted_hold_on_an_inquiry_goes_with_the_patient_whom_it_led_to():
    inquiry, by = called(12), officer()
    patient = PatientFactory(created_at=years_ago(12))
    held = hold(stranger=inquiry.pk, matter="Case 12", words="A letter came.", by=by)
    lift(hold=held, why="Settled.", by=by)
    Inquiry.objects.update(patient=patient, status=Inquiry.Status.ADMITTED)
    certificate = services.approve(destruction=proposed(patient, by, RecordClass.CARE), by=director())
    assert certificate.counts["privacy.LegalHold"] == 1


@pytest.mark.django_db(transaction=True)
def test_a_destruction_waits_for_who_becomes_a_patient_and_is_refused():
    """RULE PRIV-34, on connections of their own: the database looks once more when it has the row."""
    inquiry, second = called(), director()
    destruction, patient = proposed(inquiry, officer(), INQUIRIES), PatientFactory()

    def becomes_a_patient() -> None:
        row = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
        row.patient, row.status = patient, Inquiry.Status.ADMITTED
        row.save()

    with pytest.raises(RuleBroken, match="led to a patient since"):
        while_open(becomes_a_patient, lambda: services.approve(destruction=destruction, by=second))
    assert Inquiry.objects.get().patient == patient
    assert Call.objects.filter(inquiry=inquiry).exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_written_down_meanwhile_keeps_all_of_it():
    """RULE PRIV-34: an assessment of a closed inquiry that somebody goes on with is a fresh entry."""
    inquiry, second, by = called(), director(), StaffFactory(roles=[Role.ADMISSIONS])
    destruction = proposed(inquiry, officer(), INQUIRIES)
    values = {"answers.home.safe": True}
    with pytest.raises(RuleBroken, match="not due yet"):
        while_open(
            lambda: save_answers(assessment=Assessment.objects.get(), values=values, seen={}, by=by),
            lambda: services.approve(destruction=destruction, by=second),
        )
    assert Inquiry.objects.filter(pk=inquiry.pk).exists()


def test_a_hold_on_what_led_to_a_restricted_record_is_there_for_nobody_else(client):
    """Its matter may tell whom it is about."""
    inquiry, by = called(), officer()
    hold(stranger=inquiry.pk, matter="Hiddenaway against us", words="A letter came.", by=by)
    sign_in(client, director())
    holds = reverse("privacy:holds")
    assert "Hiddenaway" in client.get(holds).content.decode()
    patient = PatientFactory()
    Inquiry.objects.update(patient=patient, status=Inquiry.Status.ADMITTED)
    restrict(patient=patient, why="related", words="A cousin works here.", names=[StaffFactory()], by=by)
    assert "Hiddenaway" not in client.get(holds).content.decode()
    assert "Hiddenaway" in sign_in(client, by).get(holds).content.decode()

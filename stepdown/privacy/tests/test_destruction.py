"""What is past its time is destroyed by two people, and by no one while it is held."""

import uuid

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.kernel.tests.at_once import all_at_once, while_open
from stepdown.people.models import Patient
from stepdown.people.tests.factories import StaffFactory
from stepdown.privacy import services_destruction as services
from stepdown.privacy import services_looks
from stepdown.privacy.days import here
from stepdown.privacy.domain.retention import CountsFrom, RecordClass, Rule
from stepdown.privacy.models import (
    Act,
    Consent,
    ConsentEvent,
    DestructionCertificate,
    Disclosure,
    DueRecord,
    Look,
    Purpose,
)
from stepdown.privacy.services_retention import decide_policy, hold, lift
from stepdown.privacy.services_rights import ask
from stepdown.privacy.tests.factories import sent, signed
from stepdown.privacy.tests.retention import YEAR, director, due, long_gone, officer, proposed, years_ago

pytestmark = pytest.mark.django_db
PAPERS = RecordClass.HIPAA_DOC


def classes_due(patient: Patient) -> set[str]:
    services.find_due()
    return set(DueRecord.objects.filter(patient=patient).values_list("record_class", flat=True))


# -- what is due


def test_what_is_past_its_time_is_listed_with_the_reason():
    patient = long_gone()
    row = due(patient)
    assert (row.held, row.first_on, row.due_on.year - row.first_on.year) == (1, row.last_on, 6)
    assert row.why.startswith("6 years from ")


def test_what_is_not_past_its_time_is_not_listed():
    assert classes_due(long_gone(5.9)) == set()


def test_a_consent_counts_from_the_last_day_on_which_it_was_in_effect():
    """45 CFR 164.316(b)(2)(i): six years from when it was made or when it last was in effect, whichever is later."""
    patient = long_gone(8)
    with time_machine.travel(years_ago(8), tick=False):
        signed(patient, expires_event="", expires_on=years_ago(6.1).date())
    assert classes_due(patient) == {PAPERS}
    proposal = proposed(patient, officer())
    with time_machine.travel(years_ago(8), tick=False):
        signed(patient, expires_event="", expires_on=timezone.localdate() + 9 * YEAR)
    assert classes_due(patient) == set()
    with pytest.raises(RuleBroken, match="not due yet"):
        services.approve(destruction=proposal, by=director())
    with pytest.raises(RuleBroken, match="The law keeps this for 6 years"), rules_speak(), transaction.atomic():
        connection.cursor().execute("SELECT privacy_destroy(%s, %s)", [proposal.pk, director().pk])


def test_a_class_is_listed_by_its_own_time():
    assert classes_due(long_gone(8)) == {PAPERS}
    assert classes_due(long_gone(11)) == {PAPERS, RecordClass.PERSON}


def test_a_longer_time_takes_it_off_the_list():
    patient = long_gone(8)
    assert classes_due(patient) == {PAPERS}
    rule = Rule(9, CountsFrom.LAST_ENTRY, None, "Our insurer")
    decide_policy(record_class=PAPERS, rule=rule, why="They ask for it.", by=officer())
    assert classes_due(patient) == set()


def test_a_fresh_entry_takes_it_off_the_list():
    patient = long_gone()
    assert PAPERS in classes_due(patient)
    ask(patient=patient, kind="access", words="")
    assert classes_due(patient) == {RecordClass.PERSON}


# -- two people


def test_nothing_is_destroyed_without_a_second_person_and_a_certificate():
    """RULE PRIV-34."""
    patient, first, second = long_gone(), officer(), director()
    destruction = proposed(patient, first)
    assert Consent.objects.filter(patient=patient).exists()
    with pytest.raises(RuleBroken, match="You proposed this yourself"):
        services.approve(destruction=destruction, by=first)
    assert Consent.objects.filter(patient=patient).exists()

    certificate = services.approve(destruction=destruction, by=second)
    destruction.refresh_from_db()
    assert not Consent.objects.filter(patient=patient).exists()
    assert not Consent.pgh_event_model.objects.filter(patient=patient).exists()
    assert certificate.counts == {"privacy.Consent": 1}
    assert (certificate.rows, certificate.states, certificate.record_class) == (1, 1, PAPERS)
    assert certificate.first_on == certificate.last_on == years_ago(11).astimezone(here()).date()
    assert (destruction.outcome, destruction.proposed_by, certificate.approved_by) == ("destroyed", first, second)
    assert "deleted" in certificate.method


def test_what_of_others_is_there_stays():
    patient, other = long_gone(), long_gone()
    services.approve(destruction=proposed(patient, officer()), by=director())
    assert Consent.objects.filter(patient=other).count() == 1
    assert Consent.pgh_event_model.objects.filter(patient=other).count() == 1


@pytest.mark.parametrize("role", ["counselor", "admissions", "biller", "administrator"])
def test_the_second_person_has_the_right_role(role):
    destruction = proposed(long_gone(), officer())
    with pytest.raises(RuleBroken, match="A privacy officer or a clinical director approves"):
        services.approve(destruction=destruction, by=StaffFactory(roles=[role]))


def test_who_has_left_approves_nothing():
    gone, destruction = director(), proposed(long_gone(), officer())
    gone.ended_at = timezone.now()
    gone.save()
    with pytest.raises(RuleBroken, match="who works here"):
        services.approve(destruction=destruction, by=gone)


def test_it_is_approved_once():
    destruction = proposed(long_gone(), officer())
    services.approve(destruction=destruction, by=director())
    with pytest.raises(RuleBroken, match="decided this already"):
        services.approve(destruction=destruction, by=director())


def test_what_is_refused_or_taken_back_can_be_proposed_again():
    patient, first = long_gone(), officer()
    destruction = proposed(patient, first)
    with pytest.raises(RuleBroken, match="already"):
        proposed(patient, officer())
    with pytest.raises(RuleBroken, match="You proposed this yourself"):
        services.refuse(destruction=destruction, why="No.", by=first)
    services.refuse(destruction=destruction, why="Their lawyer wrote.", by=director())
    services.withdraw(destruction=proposed(patient, first), by=first)
    assert proposed(patient, first).ended_at is None
    assert Consent.objects.filter(patient=patient).exists()


# -- what keeps it


def test_a_hold_always_wins():
    """RULE PRIV-34: also when it is put on between the proposal and the approval."""
    patient, by = long_gone(), officer()
    destruction = proposed(patient, by)
    held = hold(patient=patient, matter="Case 12", words="A letter came.", by=by)
    with pytest.raises(RuleBroken, match=r"Legal hold: Case 12\."):
        services.approve(destruction=destruction, by=director())
    assert Consent.objects.filter(patient=patient).exists()
    lift(hold=held, why="Settled.", by=by)
    services.approve(destruction=destruction, by=director())
    assert not Consent.objects.filter(patient=patient).exists()


def test_the_database_itself_heeds_a_hold():
    patient, by = long_gone(), officer()
    destruction = proposed(patient, by)
    hold(patient=patient, matter="Case 12", words="A letter came.", by=by)
    with pytest.raises(RuleBroken, match="A legal hold stands"), rules_speak(), connection.cursor() as cursor:
        cursor.execute("SELECT privacy_destroy(%s, %s)", [destruction.pk, director().pk])


@pytest.mark.parametrize(("begins", "ends", "holds"), [(12, 10, True), (12, None, True), (5, None, False)])
def test_a_hold_on_a_time_keeps_whoever_has_records_of_it(begins, ends, holds):
    patient, by = long_gone(11), officer()
    destruction = proposed(patient, by)
    hold(
        begins_on=years_ago(begins).date(), ends_on=ends and years_ago(ends).date(), matter="Audit", words="All.", by=by
    )
    if holds:
        with pytest.raises(RuleBroken, match="Legal hold: Audit"):
            services.approve(destruction=destruction, by=director())
    else:
        services.approve(destruction=destruction, by=director())
    assert Consent.objects.filter(patient=patient).exists() is holds


def test_an_open_request_keeps_the_rest():
    patient = long_gone()
    row = due(patient, RecordClass.PERSON)
    ask(patient=patient, kind="access", words="")
    with pytest.raises(RuleBroken, match="A request of theirs waits"):
        services.propose(record=row, words="Past its time.", by=officer())


def test_who_the_person_is_goes_last():
    patient = long_gone()
    with pytest.raises(RuleBroken, match="To be destroyed before it: Consents, notices and requests"):
        proposed(patient, officer(), RecordClass.PERSON)
    services.approve(destruction=proposed(patient, officer()), by=director())
    services.approve(destruction=proposed(patient, officer(), RecordClass.PERSON), by=director())
    assert not Patient.objects.filter(pk=patient.pk).exists()
    assert not Patient.pgh_event_model.objects.filter(pgh_obj=patient.pk).exists()


# -- what is kept apart


def test_disclosures_go_before_the_consent_they_rest_on():
    """RULE PRIV-34, of rows that are only ever added to."""
    by = officer()
    with time_machine.travel(years_ago(12), tick=True):
        patient = long_gone(0)
        disclosure = sent(signed(patient, by=by), by)
    assert classes_due(patient) == {PAPERS, RecordClass.ACCOUNTING, RecordClass.PERSON}
    with pytest.raises(RuleBroken, match=r"To be destroyed before it: Disclosures\."):
        proposed(patient, by)
    for each in (RecordClass.ACCOUNTING, PAPERS, RecordClass.PERSON):
        certificate = services.approve(destruction=proposed(patient, by, each), by=director())
        assert certificate.rows
    gone = [
        Disclosure.objects.filter(pk=disclosure.pk),
        ConsentEvent.objects.all(),
        Patient.objects.filter(pk=patient.pk),
    ]
    assert [rows.exists() for rows in gone] == [False] * 3


def test_who_looked_stays_and_its_chain_holds():
    patient, by = long_gone(), officer()
    for own in (None, patient):
        services_looks.keep(
            staff=None if own else by, own=own, act=Act.READ, page="desk:patient", about="{}",
            purpose=Purpose.OWN, place=None, status=200, patients=[patient.pk],
        )  # fmt: skip
    services.approve(destruction=proposed(patient, officer()), by=director())
    services.approve(destruction=proposed(patient, officer(), RecordClass.PERSON), by=director())
    assert Look.objects.filter(patients__contains=[patient.pk]).count() == 2
    assert services_looks.verify().broken_at is None


# -- only so


def test_no_certificate_without_a_destruction_and_no_destruction_without_a_certificate():
    destruction = proposed(long_gone(), officer())
    destruction.outcome, destruction.ended_at, destruction.ended_by = "destroyed", timezone.now(), director()
    with pytest.raises(RuleBroken, match="without a certificate"), rules_speak():
        destruction.save()


@pytest.mark.parametrize("change", ["DELETE FROM privacy_destruction", "DELETE FROM privacy_legalhold"])
def test_proposals_and_holds_are_never_deleted(change):
    patient, by = long_gone(), officer()
    proposed(patient, by)
    hold(patient=patient, matter="Case 12", words="A letter came.", by=by)
    with pytest.raises(RuleBroken), rules_speak(), connection.cursor() as cursor:
        cursor.execute(change)


def test_afterwards_triggers_refuse_as_before():
    patient = long_gone()
    services.approve(destruction=proposed(patient, officer()), by=director())
    with pytest.raises(RuleBroken), rules_speak():
        DestructionCertificate.objects.all().delete()


def test_the_processes_destroy_by_proposal_alone(as_web):
    """The role that serves people deletes none of it by itself, and through the function only what was proposed."""
    patient, first = long_gone(), officer()
    destruction = proposed(patient, first)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        DestructionCertificate.objects.create(
            destruction=destruction, at=timezone.now(), record_class=PAPERS, counts={}, states=0, method="none",
            approved_by=first, xact="1",
        )  # fmt: skip
    with pytest.raises(RuleBroken, match="decided this already"), rules_speak(), connection.cursor() as cursor:
        cursor.execute("SELECT privacy_destroy(%s, %s)", [uuid.uuid4(), director().pk])
    services.approve(destruction=destruction, by=director())
    assert not Consent.objects.filter(patient=patient).exists()


# -- at the same moment


@pytest.mark.django_db(transaction=True)
def test_an_approval_waits_for_a_hold_that_is_being_put_on_and_is_refused():
    """RULE PRIV-34, on connections of their own."""
    patient, by, second = long_gone(), officer(), director()
    destruction = proposed(patient, by)
    with pytest.raises(RuleBroken, match="Legal hold: Case 12"):
        while_open(
            lambda: hold(patient=patient, matter="Case 12", words="A letter came.", by=by),
            lambda: services.approve(destruction=destruction, by=second),
        )
    assert Consent.objects.filter(patient=patient).exists()


@pytest.mark.django_db(transaction=True)
def test_a_hold_waits_for_what_is_being_destroyed():
    patient, by, second = long_gone(), officer(), director()
    destruction = proposed(patient, by)
    held = while_open(
        lambda: services.approve(destruction=destruction, by=second),
        lambda: hold(patient=patient, matter="Case 12", words="A letter came.", by=by),
    )
    assert held.lifted_at is None
    assert DestructionCertificate.objects.get().counts == {"privacy.Consent": 1}


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_destroy_once():
    destruction = proposed(long_gone(), officer())
    second = director()
    found = all_at_once([lambda: services.approve(destruction=destruction, by=second)] * 3)
    assert sum(isinstance(one, DestructionCertificate) for one in found) == 1
    assert DestructionCertificate.objects.count() == 1

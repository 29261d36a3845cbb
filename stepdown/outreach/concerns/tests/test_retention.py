"""Worries about nobody known here are kept for their time; whom somebody finds after all keeps them."""

import pytest

from stepdown.kernel.db import RuleBroken
from stepdown.kernel.tests.at_once import while_open
from stepdown.outreach.concerns.services import match
from stepdown.outreach.models import Concern
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import queries_retention as queries
from stepdown.privacy import services_destruction as services
from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.models import DueRecord
from stepdown.privacy.services_retention import hold
from stepdown.privacy.tests.retention import day_of, director, due, officer, proposed, years_ago

pytestmark = pytest.mark.django_db
CONCERNS = RecordClass.CONCERNS


def laid_aside(years: float = 8) -> Concern:
    CenterFactory()
    at = years_ago(years)
    return Concern.objects.create(
        about="Remy Nobody", words="Drinks again.", teller="Pat Caller", told_at=at, closed_at=at,
        closed_by=StaffFactory(), outcome="Nobody here.",
    )  # fmt: skip


def test_a_worry_is_destroyed_by_two_with_its_states_and_says_no_name():
    """RULE PRIV-34."""
    concern = laid_aside()
    (line,) = queries.due_lines([due(concern, CONCERNS)])
    assert line.whose == f"A worry of {day_of(concern.told_at)} about nobody known here"
    certificate = services.approve(destruction=proposed(concern, officer(), CONCERNS), by=director())
    assert (certificate.counts, certificate.states) == ({"outreach.Concern": 1}, 1)
    assert not Concern.pgh_event_model.objects.exists()


def test_a_worry_that_nobody_has_laid_aside_is_never_due():
    concern = laid_aside(20)
    Concern.objects.update(closed_at=None, closed_by=None, outcome="")
    services.find_due()
    assert not DueRecord.objects.filter(root=concern.pk).exists()


def test_a_worry_that_is_found_to_be_about_a_patient_is_theirs_and_stays_held():
    concern, by = laid_aside(), officer()
    held = hold(stranger=concern.pk, matter="Case 12", words="A letter came.", by=by)
    patient = PatientFactory(created_at=years_ago(8))
    match(concern=concern, patient=patient, by=StaffFactory())
    services.find_due()
    assert not DueRecord.objects.filter(root=concern.pk).exists()
    assert queries.holds_on(patient.pk) == [held]


@pytest.mark.django_db(transaction=True)
def test_a_destruction_waits_for_who_finds_the_patient_and_is_refused():
    """RULE PRIV-34, on connections of their own."""
    concern, second, finder = laid_aside(), director(), StaffFactory()
    destruction, patient = proposed(concern, officer(), CONCERNS), PatientFactory()
    with pytest.raises(RuleBroken, match="led to a patient since"):
        while_open(
            lambda: match(concern=concern, patient=patient, by=finder),
            lambda: services.approve(destruction=destruction, by=second),
        )
    assert Concern.objects.get().patient == patient


@pytest.mark.django_db(transaction=True)
def test_who_finds_the_patient_too_late_is_told_so():
    concern, second, finder = laid_aside(), director(), StaffFactory()
    destruction, patient = proposed(concern, officer(), CONCERNS), PatientFactory()
    with pytest.raises(RuleBroken, match="is destroyed"):
        while_open(
            lambda: services.approve(destruction=destruction, by=second),
            lambda: match(concern=concern, patient=patient, by=finder),
        )
    assert not Concern.objects.exists()

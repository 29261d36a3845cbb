"""Writing a safety plan, and what the database keeps of it."""

import pytest
from django.db import DatabaseError, transaction

from stepdown.chart import queries_safety, services_safety
from stepdown.chart.domain.safety_plan import Document
from stepdown.chart.models import SafetyPlan
from stepdown.chart.permissions_safety import write_safety_plan as may_write
from stepdown.chart.tests.plans import in_group
from stepdown.chart.tests.safety import DOCUMENT, safety_plan
from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Role
from stepdown.people.tests.factories import PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db
OTHER = Document(alone=("Call Sam first",))


def test_each_writing_is_a_version_of_its_own_and_the_newest_is_in_force():
    patient, leader = PatientFactory(), StaffFactory()
    first = safety_plan(patient, leader)
    second = safety_plan(patient, document=OTHER)
    assert [plan.number for plan in queries_safety.safety_plans_of(patient)] == [2, 1]
    assert queries_safety.safety_plan_of(patient) == second
    assert (first.written_by, second.written_by) == (leader, None)


def test_the_same_words_sent_twice_make_one_version():
    patient = PatientFactory()
    assert safety_plan(patient) == safety_plan(patient)


def test_a_version_never_changes():
    plan = safety_plan(PatientFactory())
    for act in (lambda: SafetyPlan.objects.update(number=7), plan.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_plan_without_a_word_is_refused():
    with pytest.raises(RuleBroken, match="Write down one thing first"):
        safety_plan(PatientFactory(), document=Document())


def test_what_somebody_else_saved_since_is_not_written_over_unseen():
    patient, leader = PatientFactory(), StaffFactory()
    theirs = safety_plan(patient, leader)
    with pytest.raises(services_safety.ChangedMeanwhile, match=leader.name) as refused:
        services_safety.write_safety_plan(patient=patient, document=OTHER, seen="0", by=None)
    assert refused.value.theirs == theirs
    services_safety.write_safety_plan(patient=patient, document=OTHER, seen="1", by=None)
    assert queries_safety.safety_plan_of(patient).document == OTHER


def test_what_one_saved_oneself_on_another_page_may_be_written_over():
    patient = PatientFactory()
    safety_plan(patient)
    services_safety.write_safety_plan(patient=patient, document=OTHER, seen="0", by=None)
    assert queries_safety.safety_plan_of(patient).document == OTHER


def test_who_leads_the_group_has_the_caseload_or_directs_writes_it():
    seat = in_group()
    seat.patient.counselor = StaffFactory()
    seat.patient.save()
    for staff in (seat.group.leader, seat.patient.counselor, StaffFactory(roles=[Role.DIRECTOR])):
        assert may_write(staff, seat.patient)
    assert "The leaders of this person’s group" in may_write(StaffFactory(), seat.patient).reason
    assert "You can read it" in may_write(StaffFactory(roles=[Role.ADMISSIONS]), seat.patient).reason


def test_a_version_shows_the_words_it_was_written_with():
    plan = safety_plan(PatientFactory())
    assert SafetyPlan.objects.get(pk=plan.pk).document == DOCUMENT

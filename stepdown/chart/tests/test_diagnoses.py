"""Diagnoses are recorded by the licensed, hold from a day to a day, and never contradict each other."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from stepdown.chart import permissions_plan, queries_diagnoses, queries_plan
from stepdown.chart.models import Diagnosis
from stepdown.chart.services_diagnoses import Contradicts, end_diagnosis, record_diagnosis
from stepdown.chart.tests.plans import in_group
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import License, Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, LicenseFactory, StaffFactory
from stepdown.privacy.services_self_pay import restrict

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)


@pytest.fixture
def seat():
    CenterFactory()
    with time_machine.travel(f"{TODAY}T18:00:00Z", tick=False):
        yield in_group()


def record(seat, code="F10.20", on=TODAY, **options):
    return record_diagnosis(patient=seat.patient, code=code, from_on=on, by=seat.group.leader, **options)


def test_a_diagnosis_keeps_the_words_of_its_list_and_who_recorded_it(seat):
    row = record(seat)
    assert (row.code, row.words, row.kind) == ("F10.20", "Alcohol dependence, uncomplicated", "moderate or severe")
    assert (row.recorded_by, row.recorded_as) == (seat.group.leader, seat.group.leader.signature)
    assert queries_plan.open_diagnoses(seat.patient) == [row]


def test_a_code_holds_on_the_day_it_is_recorded_for(seat):
    with pytest.raises(RuleBroken, match="The list of codes begins on April 1, 2026"):
        record(seat, on=date(2026, 3, 31))
    with pytest.raises(RuleBroken, match="F10 is not a code that holds on November 28, 2026"):
        record(seat, code="F10")


def test_remission_is_said_with_its_specifier_and_only_there(seat):
    with pytest.raises(RuleBroken, match="early or sustained"):
        record(seat, code="F10.21")
    with pytest.raises(RuleBroken, match="does not say “in remission”"):
        record(seat, code="F10.20", remission="early")
    assert record(seat, code="F10.21", remission="early").remission == "early"


def test_what_contradicts_an_open_one_is_refused_with_the_sentence(seat):
    record(seat)
    with pytest.raises(Contradicts, match=r"F10.20 says moderate or severe and F10.10 says mild") as broken:
        record(seat, code="F10.10")
    assert [clash.code for clash in broken.value.clashes] == ["F10.20"]
    record(seat, code="F11.10")


def test_one_may_take_the_place_of_another(seat):
    old = record(seat, on=TODAY - timedelta(days=60))
    new = record(seat, code="F10.21", remission="early", instead_of=old.pk)
    old.refresh_from_db()
    assert (old.until_on, old.ended_why) == (TODAY, "Now F10.21")
    assert queries_plan.open_diagnoses(seat.patient) == [new]
    assert queries_plan.diagnoses_of(seat.patient) == [new, old]


def test_a_refused_one_leaves_the_old_one_open(seat):
    old, mild = record(seat), record(seat, code="F11.10")
    with pytest.raises(Contradicts):
        record(seat, code="F11.20", instead_of=old.pk)
    assert queries_plan.open_diagnoses(seat.patient) == [old, mild]


def test_somebody_elses_diagnosis_is_not_ended_by_ones_own(seat):
    foreign = record(in_group())
    record(seat, instead_of=foreign.pk)
    foreign.refresh_from_db()
    assert foreign.until_on is None


def test_the_database_keeps_one_kind_of_a_substance(seat):
    record(seat)
    row = Diagnosis.objects.get()
    other = {
        name: getattr(row, name)
        for name in ("patient", "substance", "from_on", "recorded_by", "recorded_as", "remission")
    }
    with pytest.raises(RuleBroken, match="Another diagnosis of the same substance"), rules_speak():
        Diagnosis.objects.create(code="F10.10", words="x", kind="mild", **other)
    with pytest.raises(RuleBroken, match="holds already"), rules_speak():
        Diagnosis.objects.create(code="F10.20", words="x", kind=row.kind, **other)


def test_it_ends_once_with_a_reason_and_never_before_it_began(seat):
    row = record(seat)
    with pytest.raises(RuleBroken, match="cannot end before it begins"):
        end_diagnosis(diagnosis=row, on=TODAY - timedelta(days=1), why="x", by=seat.group.leader)
    with pytest.raises(RuleBroken, match="Say why"):
        end_diagnosis(diagnosis=row, on=TODAY, why=" ", by=seat.group.leader)
    end_diagnosis(diagnosis=row, on=TODAY, why="Entered by mistake", by=seat.group.leader)
    with pytest.raises(RuleBroken, match="stays as it was recorded"):
        end_diagnosis(diagnosis=row, on=TODAY, why="Again", by=seat.group.leader)
    assert record(seat).pk != row.pk


@pytest.mark.parametrize("change", [{"code": "F10.10"}, {"from_on": date(2026, 5, 1)}, {"remission": "early"}])
def test_history_is_not_rewritten(seat, change):
    row = record(seat)
    with pytest.raises(RuleBroken, match="stays as it was recorded"), rules_speak():
        Diagnosis.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(RuleBroken, match="stays as it was recorded"), rules_speak():
        Diagnosis.objects.filter(pk=row.pk).delete()


def test_a_code_that_left_the_list_is_pointed_out(seat, monkeypatch):
    row = record(seat)
    monkeypatch.setattr("stepdown.chart.domain.icd10.codes_on", lambda on: {"F10.10": None} if on > TODAY else {})
    (shown,) = queries_plan.coded([row], TODAY + timedelta(days=300))
    assert shown.outdated
    assert shown.plainly == "alcohol use disorder, moderate or severe"


# -- who may


def may(staff, seat):
    return permissions_plan.record_diagnosis(staff, seat.patient)


def test_the_licensed_leader_and_the_licensed_director_record(seat):
    assert may(seat.group.leader, seat)
    director = StaffFactory(roles=[Role.DIRECTOR])
    assert may(director, seat).reason == "A licensed counselor records diagnoses. No license of yours is valid today."
    LicenseFactory(staff=director)
    assert may(director, seat)


def test_admissions_may_not_record_even_with_a_license(seat):
    kit = StaffFactory(roles=[Role.ADMISSIONS])
    LicenseFactory(staff=kit)
    assert may(kit, seat).reason == "A licensed counselor records diagnoses. You can read them."


def test_a_license_that_ran_out_is_none(seat):
    License.objects.update(expires_on=TODAY - timedelta(days=1))
    assert not may(seat.group.leader, seat)


def test_a_counselor_of_another_group_may_not(seat):
    other = StaffFactory()
    LicenseFactory(staff=other)
    assert may(other, seat).reason.startswith("The leaders of this person’s group")


def test_a_co_leader_and_the_counselor_of_the_caseload_may_write(seat):
    co, own = StaffFactory(), StaffFactory()
    seat.group.co_leader = co
    seat.group.save()
    seat.patient.counselor = own
    seat.patient.save()
    for staff in (co, own):
        assert permissions_plan.write_plan(staff, seat.patient)


def test_who_led_them_once_may_read_and_not_write(seat):
    seat.ends_at = seat.starts_at + timedelta(days=1)
    seat.save()
    assert not permissions_plan.write_plan(seat.group.leader, seat.patient)


def test_billing_reads_diagnoses_of_those_in_care(seat):
    bill = StaffFactory(roles=[Role.BILLER])
    assert queries_diagnoses.patients_with_diagnoses(bill).get() == seat.patient
    record(seat)
    (episode,) = queries_diagnoses.in_care_with_diagnoses(bill)
    assert [each.code for each in episode.patient.hold_now] == ["F10.20"]


def test_beside_the_codes_billing_reads_of_which_days_no_plan_is_told(seat, client):
    """RULE PRIV-29."""
    restrict(patient=seat.patient, first_on=TODAY, last_on=TODAY + timedelta(days=3), words="Not my husband.")
    page = sign_in(client, StaffFactory(roles=[Role.BILLER])).get(reverse("chart:diagnoses", args=[seat.patient_id]))
    said = page.content.decode()
    assert "Health plans are told nothing of these days: November 28 to December 1." in said
    assert "husband" not in said

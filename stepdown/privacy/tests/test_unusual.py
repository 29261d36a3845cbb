"""Which looks are asked about: relatives, nights, many records, refusals. 45 CFR 164.308(a)(1)(ii)(D)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.people.models import Role
from stepdown.people.services import write_contact_down
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import queries_looks
from stepdown.privacy.domain.unusual import MANY, Opened, Why, is_night, questions
from stepdown.privacy.models import Act
from stepdown.privacy.tests.test_looks import looked, tampered

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
ME = uuid4()


def opened(number=1, *, at=NOON, patient=None, who=ME, refused=False):
    return Opened(number, who, at, None if refused else patient or uuid4(), refused)


def why(*looks, **ties):
    return [(one.why, one.count) for one in questions(looks, {Why(name): pairs for name, pairs in ties.items()})]


def test_a_day_like_any_other_asks_nothing():
    assert why(*(opened(n, at=NOON + timedelta(minutes=20 * n)) for n in range(20))) == []


def test_a_relative_is_asked_about_however_often_once_a_day():
    patient = uuid4()
    looks = [opened(1, patient=patient), opened(2, patient=patient), opened(3)]
    assert why(*looks, relative={(ME, patient)}) == [(Why.RELATIVE, 2)]
    assert why(*looks, household={(ME, patient)}) == [(Why.HOUSEHOLD, 2)]
    assert why(*looks, relative={(uuid4(), patient)}) == []


@pytest.mark.parametrize(
    ("hour", "minute", "night"),
    [(22, 59, False), (23, 0, True), (0, 0, True), (4, 59, True), (5, 0, False), (12, 0, False)],
)
def test_night_is_from_eleven_to_five_where_they_work(hour, minute, night):
    assert is_night(NOON.replace(hour=hour, minute=minute)) is night


@pytest.mark.parametrize(("people", "minutes", "asked"), [(MANY, 59, True), (MANY - 1, 59, False), (MANY, 61, False)])
def test_many_are_so_many_different_people_within_one_hour(people, minutes, asked):
    step = timedelta(minutes=minutes) / (people - 1)
    found = why(*(opened(n, at=NOON + n * step) for n in range(people)))
    assert found == ([(Why.MANY, people)] if asked else [])


def test_one_person_opened_often_is_not_many():
    patient = uuid4()
    assert why(*(opened(n, patient=patient) for n in range(2 * MANY))) == []


@pytest.mark.parametrize(("times", "asked"), [(2, False), (3, True)])
def test_several_refusals_of_one_day_are_asked_about(times, asked):
    assert why(*(opened(n, refused=True) for n in range(times))) == ([(Why.REFUSED, times)] if asked else [])
    assert why(*(opened(n, refused=True, who=uuid4()) for n in range(times))) == []


def test_the_newest_day_comes_first_and_tells_where_its_list_begins():
    one, other = UUID(int=1), UUID(int=2)
    old = opened(7, patient=one, at=NOON - timedelta(days=1))
    new = [opened(8, patient=other), opened(9, patient=other)]
    first, second = questions([old, *new], {Why.RELATIVE: {(ME, one), (ME, other)}})
    assert (first.patients, first.last_number) == ((other,), 10)
    assert second.patients == (one,)


@pytest.fixture
def center(db):
    return CenterFactory()


@pytest.mark.parametrize(
    "theirs", [{"last_name": "SAMPLE"}, {"phone": "+15555550111"}, {"emergency_contact_phone": "+15555550111"}]
)
def test_the_same_family_name_or_a_number_in_common_is_maybe_a_relative(center, theirs, time_machine):
    time_machine.move_to("2026-03-11T18:00Z")
    ines = StaffFactory(name="Ines Sample", phone="+15555550111")
    looked(PatientFactory(**theirs), staff=ines)
    looked(PatientFactory(), staff=ines)
    looked(PatientFactory(**theirs), staff=StaffFactory(name="Omar Leadsome"))
    (asked,) = queries_looks.to_ask()
    assert (asked.question.why, asked.staff) == (Why.RELATIVE, ines)


def lives(staff, line, zip_code="55401"):
    write_contact_down(staff=staff, phone="", address_line=line, postal_code=zip_code, by=staff)
    return staff


def test_somebody_of_their_own_household_is_found_by_street_and_zip_and_the_page_tells_no_address(
    center, client, time_machine
):
    """164.308(a)(1)(ii)(D)"""
    time_machine.move_to("2026-03-11T18:00Z")
    ines = lives(StaffFactory(name="Ines Here"), "7 Sample Lane, Apt 2")
    near = {"address_line": "7 SAMPLE LN #2", "postal_code": "55401-1234"}
    for whose in ({}, {"last_name": "Here"}):  # a relative as well: one question
        looked(PatientFactory(**near | whose), staff=ines)
    looked(PatientFactory(address_line="7 Sample Lane, Apt 3", postal_code="55401"), staff=ines)
    looked(PatientFactory(address_line="7 Sample Lane, Apt 2", postal_code="55402"), staff=ines)
    looked(PatientFactory(**near), staff=lives(StaffFactory(name="Omar Elsewhere"), "9 Sample Lane"))
    (asked,) = queries_looks.to_ask()
    assert (asked.question.why, asked.staff, asked.question.count) == (Why.HOUSEHOLD, ines, 2)
    page = sign_in(client, StaffFactory(roles=[Role.PRIVACY])).get(reverse("privacy:unusual")).content.decode()
    assert "the same address" in page
    assert "sample l" not in page.casefold()
    assert "55401" not in page


@pytest.mark.parametrize("many", [1, 12])
def test_the_list_takes_as_many_queries_for_many_people_as_for_one(
    center, time_machine, django_assert_num_queries, many
):
    time_machine.move_to("2026-03-11T18:00Z")
    for number in range(many):
        ines = lives(StaffFactory(name=f"Ines Here{number}"), f"{number} Sample Lane")
        looked(PatientFactory(address_line=f"{number} Sample Ln", postal_code="55401"), staff=ines)
    with django_assert_num_queries(7):
        assert len(queries_looks.to_ask()) == many


def test_an_officer_reads_whom_to_ask_and_lists_of_many_are_left_out(center, client, time_machine):
    time_machine.move_to("2026-03-11T08:00Z")  # 3 am in Chicago
    ines, officer = StaffFactory(name="Ines Sample"), StaffFactory(roles=[Role.PRIVACY])
    patient = PatientFactory()
    looked(patient, staff=ines)
    looked(PatientFactory(), PatientFactory(), staff=StaffFactory(name="Omar Leadsome"))
    page = sign_in(client, officer).get(reverse("privacy:unusual")).content.decode()
    assert "One thing to ask about" in page
    assert "Ines Sample" in page
    assert patient.name in page
    assert "Omar" not in page


def test_what_is_older_than_two_weeks_is_not_asked_about(center):
    patient = PatientFactory(last_name="Sample")
    looked(patient, staff=StaffFactory(name="Ines Sample"), act=Act.READ)
    tampered("UPDATE privacy_look SET at = %s", timezone.now() - timedelta(days=14, minutes=1))
    assert queries_looks.to_ask() == []

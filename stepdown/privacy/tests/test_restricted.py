"""A restricted record is there for who treats the patient and who is named, and for nobody else."""

import pytest
from django.urls import reverse

from stepdown.kernel.db import RuleBroken
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.services import change_roles, end_staff
from stepdown.people.tests.clients import proved_long_ago, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.people.visibility import patients_visible_to
from stepdown.placement.tests.factories import SeatFactory
from stepdown.privacy import queries_restricted as queries
from stepdown.privacy import services_restricted as services
from stepdown.privacy.models import NamedFor, Restriction

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def center():
    return CenterFactory()


@pytest.fixture
def officer():
    return StaffFactory(roles=[Role.PRIVACY])


@pytest.fixture
def director():
    return StaffFactory(roles=[Role.DIRECTOR])


def restricted(patient, *names, by):
    names = names or [StaffFactory()]
    return services.restrict(patient=patient, why="public", words="Is in the papers.", names=names, by=by)


def sees(staff, patient):
    return patients_visible_to(staff).filter(pk=patient.pk).exists()


def test_whoever_treats_them_or_is_named_sees_it_and_nobody_else(officer, director):
    seat = SeatFactory(accepted=True)
    admissions, named = StaffFactory(roles=[Role.ADMISSIONS]), StaffFactory(roles=[Role.ADMISSIONS])
    restricted(seat.patient, named, by=officer)
    assert sees(seat.group.leader, seat.patient)
    assert sees(named, seat.patient)
    assert not sees(director, seat.patient)
    assert not sees(admissions, seat.patient)
    assert not sees(StaffFactory(), seat.patient)


def test_a_director_who_leads_the_group_sees_it(officer):
    seat = SeatFactory(accepted=True, group__leader=StaffFactory(roles=[Role.DIRECTOR]))
    restricted(seat.patient, by=officer)
    assert sees(seat.group.leader, seat.patient)


def test_the_chart_and_the_search_say_nothing_of_it(client, officer, director):
    patient = PatientFactory(last_name="Unmistakable")
    sign_in(client, director)
    assert client.get(reverse("desk:patient", args=[patient.pk])).status_code == 200
    restricted(patient, by=officer)
    assert client.get(reverse("desk:patient", args=[patient.pk])).status_code == 404
    assert b"Unmistakable," not in client.post(reverse("placement:patients"), {"q": "Unmist"}).content
    assert patient.name.encode() not in client.post(reverse("desk:find"), {"q": "Unmist"}).content


def test_who_is_no_longer_named_sees_it_no_more(officer):
    patient, first, second = PatientFactory(), StaffFactory(), StaffFactory()
    restriction = restricted(patient, first, by=officer)
    services.name(restriction=restriction, names=[second], by=officer)
    assert not sees(first, patient)
    assert sees(second, patient)
    ended = NamedFor.objects.get(staff=first)
    assert ended.ended_by == officer


def test_somebody_always_sees_it(officer):
    restriction = restricted(PatientFactory(), by=officer)
    with pytest.raises(RuleBroken, match="at least one"):
        services.name(restriction=restriction, names=[], by=officer)


def test_when_the_last_one_named_leaves_the_directors_are_called_and_see_it_and_officers_are_told(
    client, officer, director
):
    """RULE PRIV-33."""
    patient, first, last = PatientFactory(), StaffFactory(), StaffFactory()
    restricted(patient, first, last, by=officer)
    assert queries.who_is_called(patient) == sorted([first, last], key=lambda one: one.name)
    end_staff(staff=first, by=officer)
    assert (queries.who_is_called(patient), sees(director, patient)) == ([last], False)
    assert [(one.staff, one.page) for one in Message.objects.all()] == [(officer, reverse("privacy:restricted"))]
    end_staff(staff=last, by=officer)
    assert (queries.who_is_called(patient), sees(director, patient)) == ([director], True)
    assert not sees(StaffFactory(roles=[Role.ADMISSIONS]), patient)
    assert Message.objects.count() == 2
    page = sign_in(client, officer).get(reverse("privacy:restricted")).content.decode()
    assert page.count("works here no more") == 2


def test_who_is_named_and_treats_nobody_any_more_is_called_no_more_and_officers_are_told(officer, director):
    """RULE PRIV-33."""
    patient, named = PatientFactory(), StaffFactory()
    restricted(patient, named, by=officer)
    change_roles(staff=named, name=named.name, letters="", roles=[Role.COUNSELOR, Role.BILLER], by=StaffFactory())
    assert (queries.who_is_called(patient), Message.objects.count()) == ([named], 0)
    change_roles(staff=named, name=named.name, letters="", roles=[Role.BILLER], by=StaffFactory())
    assert queries.who_is_called(patient) == [director]
    assert [one.staff for one in Message.objects.all()] == [officer]


def test_of_somebody_who_was_named_for_nobody_officers_are_told_nothing(officer):
    end_staff(staff=StaffFactory(), by=officer)
    assert not Message.objects.exists()


def test_a_record_is_restricted_once(officer):
    patient = PatientFactory()
    restricted(patient, by=officer)
    with pytest.raises(RuleBroken, match="restricted already"):
        restricted(patient, by=officer)


def test_lifted_it_is_a_record_as_any_other_and_both_are_kept(officer, director):
    patient = PatientFactory()
    restriction = restricted(patient, by=officer)
    services.lift(restriction=restriction, why="Left the papers.", by=officer)
    assert sees(director, patient)
    events = Restriction.pgh_event_model.objects.filter(pgh_obj=restriction.pk).order_by("pgh_id")
    assert list(events.values_list("pgh_label", "lifted_why")) == [("insert", ""), ("update", "Left the papers.")]
    with pytest.raises(RuleBroken, match="lifted already"):
        services.lift(restriction=restriction, why="Again.", by=officer)


def test_a_director_learns_only_of_the_restrictions_of_records_they_see(officer, director):
    restricted(PatientFactory(), by=officer)
    theirs = restricted(PatientFactory(), director, by=officer)
    assert list(queries.restrictions_kept_by(director)) == [theirs]
    assert queries.restrictions_kept_by(officer).count() == 2
    assert not queries.restrictions_kept_by(StaffFactory(roles=[Role.ADMINISTRATOR])).exists()


def test_a_director_who_restricts_a_record_loses_sight_of_it_unless_they_are_named(client, director):
    patient, counselor = PatientFactory(), StaffFactory()
    page = reverse("privacy:restriction", args=[patient.pk])
    sign_in(client, director)
    answer = client.post(page, {"why": "related", "words": "My niece.", "names": [str(counselor.pk)]})
    assert answer.status_code == 302
    assert answer.url == reverse("privacy:restricted")
    assert client.get(page).status_code == 404
    assert sees(counselor, patient)


def test_a_restriction_without_a_reason_keeps_what_was_typed(client, officer):
    patient = PatientFactory()
    answer = sign_in(client, officer).post(reverse("privacy:restriction", args=[patient.pk]), {"words": "A cousin."})
    assert answer.status_code == 422
    assert b"Choose why." in answer.content
    assert b"A cousin." in answer.content
    assert not Restriction.objects.exists()


def test_lifting_asks_again_who_it_is(client, officer):
    patient = PatientFactory()
    restricted(patient, by=officer)
    proved_long_ago(sign_in(client, officer))
    answer = client.post(reverse("privacy:lift", args=[patient.pk]), {"words": "It is over."})
    assert answer.status_code == 422
    assert queries.restriction_of(patient)

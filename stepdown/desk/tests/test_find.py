"""The one box that finds: people and groups one may see, pages of one's own menu; nothing of it in an address."""

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.desk.tests.scenes import group_tonight
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db
FIND = reverse("desk:find")


@pytest.fixture(autouse=True)
def center():
    CenterFactory()


def finds(staff, words):
    return sign_in(Client(), staff).post(FIND, {"q": words}).content.decode().split("<main")[1]


def test_a_counselor_finds_their_people_their_group_and_a_page_by_the_first_letters():
    leader = StaffFactory()
    session, seats = group_tonight(leader)
    assert reverse("desk:patient", args=[seats[0].patient_id]) in finds(leader, "wal")
    assert reverse("placement:group", args=[session.group_id]) in finds(leader, "CED")
    assert reverse("placement:patients") in finds(leader, "pati")


@pytest.mark.parametrize("words", ["Walt", "Cedar", "Specimen"])
def test_another_counselor_finds_nothing_of_it(words):
    group_tonight(StaffFactory())
    assert "Nothing you may see begins with" in finds(StaffFactory(), words)


@pytest.mark.parametrize("role", ["biller", "administrator"])
def test_who_sees_no_patients_finds_none(role):
    PatientFactory(first_name="Walt")
    assert "Nothing you may see begins with" in finds(StaffFactory(roles=[role]), "Walt")


def test_pages_of_other_roles_are_not_found():
    page = finds(StaffFactory(roles=["biller"]), "held")
    assert reverse("desk:held_days") in page
    assert reverse("desk:held_days") not in finds(StaffFactory(roles=["admissions"]), "held")


def test_more_than_a_dozen_people_are_a_step_away():
    PatientFactory.create_batch(13, last_name="Manyname")
    page = finds(StaffFactory(roles=["director"]), "manyname")
    assert page.count("Manyname</a>") == 12
    assert "See everyone whose name begins so" in page


@pytest.mark.parametrize("words", ["", "  ", "\x00"])
def test_nothing_typed_says_what_can_be(words):
    assert "Type the beginning of a name" in finds(StaffFactory(), words)


def test_an_address_with_words_in_it_finds_nothing():
    leader = StaffFactory()
    group_tonight(leader)
    assert "Type the beginning" in sign_in(Client(), leader).get(FIND, {"q": "Walt"}).content.decode()


def test_every_page_of_a_counselor_leads_to_their_groups():
    leader = StaffFactory()
    session, _ = group_tonight(leader)
    menu = sign_in(Client(), leader).get(FIND).content.decode().split("<main")[0]
    assert "My groups" in menu
    assert reverse("placement:group", args=[session.group_id]) in menu
    assert "My groups" not in sign_in(Client(), StaffFactory()).get(FIND).content.decode()

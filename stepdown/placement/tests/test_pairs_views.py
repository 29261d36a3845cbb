import pytest
from django.urls import reverse

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.placement import services_pairs
from stepdown.placement.models import Pair, Wishes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _center():
    CenterFactory()


@pytest.fixture
def staff():
    return StaffFactory(roles=[Role.ADMISSIONS])


@pytest.fixture
def admissions(client, staff):
    return sign_in(client, staff)


@pytest.fixture
def patient():
    return EpisodeFactory(patient__first_name="Bea", patient__last_name="Nobody").patient


def html(response):
    return " ".join(response.content.decode().split())


def send(client, patient, **data):
    return client.post(reverse("placement:pairs", args=[patient.pk]), data)


def test_another_patient_is_looked_up_chosen_and_written_down(admissions, patient, staff):
    other = PatientFactory(first_name="Walt", last_name="Invented")
    assert "Walt Invented" in html(send(admissions, patient, act="find", words="inv"))
    assert "Bea and Walt Invented" in html(
        send(admissions, patient, act="with_patient", step="choose", other=str(other.pk))
    )
    response = send(
        admissions, patient, act="with_patient", other=str(other.pk), how="apart", kind="no_contact", reason="A court."
    )
    assert response.status_code == 302
    pair = Pair.objects.get()
    assert {pair.one, pair.other} == {patient, other}
    page = html(admissions.get(reverse("placement:pairs", args=[other.pk])))
    assert "Bea Nobody" in page
    assert "No-contact order. A court." in page


def test_who_did_not_write_it_down_reads_no_reason_and_ends_nothing(admissions, patient):
    pair = services_pairs.pair_up(
        patient=patient, other=PatientFactory(), kind="no_contact", reason="A court.", by=StaffFactory()
    )
    page = html(admissions.get(reverse("placement:pairs", args=[patient.pk])))
    assert "Keep apart" in page
    assert "court" not in page
    assert "No-contact order." not in page
    assert send(admissions, patient, act="end", pair=str(pair.pk)).status_code == 403


def test_one_of_the_staff_is_written_down_and_it_is_ended(admissions, patient):
    known = StaffFactory(name="Omar Leadsome")
    assert send(admissions, patient, act="with_staff", staff=known.pk, kind="acquainted").status_code == 302
    pair = Pair.objects.get(staff=known)
    assert send(admissions, patient, act="end", pair=str(pair.pk)).status_code == 302
    pair.refresh_from_db()
    assert pair.ended_at


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"act": "find", "words": ""}, "Enter the beginning of a first or last name."),
        ({"act": "with_staff"}, "Choose who of the staff."),
        ({"act": "with_patient", "other": "x"}, "Look the other patient up by name first."),
        ({"act": "end", "pair": "x"}, "This has ended already."),
        ({}, "Choose what to do."),
    ],
)
def test_what_is_missing_is_said(admissions, patient, data, sentence):
    response = send(admissions, patient, **data)
    assert response.status_code == 422
    assert sentence in html(response)


def test_what_was_chosen_stays_when_something_is_missing(admissions, patient):
    other = PatientFactory()
    response = send(admissions, patient, act="with_patient", other=str(other.pk), how="together", reason="Kept")
    assert response.status_code == 422
    assert "Choose what they are to each other." in html(response)
    assert "Kept" in html(response)


def test_a_patient_out_of_sight_is_not_there(client, patient):
    sign_in(client, StaffFactory(roles=[Role.COUNSELOR]))
    assert client.get(reverse("placement:pairs", args=[patient.pk])).status_code == 404


def test_wishes_are_kept_with_the_availability(admissions, patient):
    episode = patient.episodes.get()
    url = reverse("placement:availability", args=[episode.pk])
    data = {"bands": ["evening"], "band": "evening", "days": ["0", "2"], "true_of": ["women"], "tags": ["women"]}
    assert admissions.post(url, data).status_code == 302
    wishes = Wishes.objects.get(episode=episode)
    assert (wishes.band, wishes.days, wishes.tags) == ("evening", [0, 2], ["women"])


def test_a_wish_for_a_group_that_would_not_take_them_is_refused_beside_the_field(admissions, patient):
    episode = patient.episodes.get()
    url = reverse("placement:availability", args=[episode.pk])
    response = admissions.post(url, {"bands": ["evening"], "tags": ["women"]})
    assert response.status_code == 422
    assert "takes only those of whom that is true" in html(response)
    assert not Wishes.objects.exists()

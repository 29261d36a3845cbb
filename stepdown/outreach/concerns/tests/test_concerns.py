"""Concerns: one way in, the same answer whoever is meant, and the care team of whom it is about alone reads on."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.tests.factories import InquiryFactory
from stepdown.measures import services_work
from stepdown.measures.care import candidates
from stepdown.outreach.concerns import services
from stepdown.outreach.models import Concern, Message
from stepdown.outreach.supporters.tests.scenes import knowing, supported
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.privacy.services_restricted import restrict
from stepdown.privacy.services_sharing import revoke

pytestmark = pytest.mark.django_db
SAID = {"words": "Has not left the house for days.", "in_danger": "no"}
WORRIED = reverse("public:worried")


@pytest.fixture
def seat():
    CenterFactory()
    return SeatFactory(accepted=True)


def told(client=None, **changed):
    answer = (client or Client()).post(WORRIED, SAID | {"about": "Remy Nobody"} | changed)
    assert answer.status_code == 302
    return answer


def by_stranger(**changed) -> Concern:
    said = {"about": "Remy Nobody", "words": "Drinks again.", "in_danger": False, "language": "en"}
    return services.tell(once=uuid4(), **said | changed)


def page_of(concern) -> str:
    return reverse("concerns:concern", args=[concern.pk])


def test_every_answer_is_the_same_whoever_is_meant(seat):
    """The same address, words and queries, so that the time tells nothing either."""
    StaffFactory(roles=[Role.ADMISSIONS])
    pages, queries = [], []
    for about in (seat.patient.name, "Remy Nobody"):
        client = Client()
        with CaptureQueriesContext(connection) as ran:
            answer = told(client, about=about)
        queries.append([one["sql"].split(" ")[0] for one in ran])
        pages.append((answer.status_code, answer.url, client.get(answer.url).content))
        assert not [one["sql"] for one in ran if '"people_patient"' in one["sql"]]
    assert pages[0] == pages[1]
    assert queries[0] == queries[1]


def test_the_page_says_988_and_911_before_anything_is_written(seat):
    for url in (WORRIED, reverse("public:worried_told")):
        page = Client().get(url).content.decode()
        assert "tel:988" in page
        assert "tel:911" in page


def test_who_reads_concerns_is_told_with_words_that_tell_nothing(seat):
    admissions, director = StaffFactory(roles=[Role.ADMISSIONS]), StaffFactory(roles=[Role.DIRECTOR])
    StaffFactory(roles=[Role.BILLER])
    told(in_danger="yes")
    messages = list(Message.objects.all())
    assert {message.staff for message in messages} == {admissions, director}
    assert {message.kind for message in messages} == {"needed_now"}
    assert {message.page for message in messages} == {reverse("concerns:concerns")}


def test_what_is_sent_twice_is_told_once(seat):
    once = str(uuid4())
    told(once=once)
    told(once=once)
    assert Concern.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("about", "", "Write whom you are worried about."),
        ("words", "", "Write what worries you, in a few words."),
        ("in_danger", "", "Choose yes or no."),
        ("teller_phone", "555", "Enter a phone number with 10 digits. This one has 3."),
    ],
)
def test_what_is_missing_gets_a_sentence_and_what_was_typed_stays(seat, field, typed, sentence):
    answer = Client().post(WORRIED, SAID | {"about": "Remy Nobody", "teller": "Kim Worried"} | {field: typed})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'value="Kim Worried"' in answer.content.decode()
    assert not Concern.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.ADMISSIONS, 200), (Role.DIRECTOR, 200), (Role.COUNSELOR, 404), (Role.BILLER, 403), (Role.PRIVACY, 403)],
)
def test_what_is_not_known_yet_is_read_by_admissions_and_directors(seat, role, status):
    concern = by_stranger()
    assert sign_in(Client(), StaffFactory(roles=[role])).get(page_of(concern)).status_code == status


def test_once_it_is_known_their_care_team_reads_it_and_it_is_work_with_a_clock(seat):
    concern, patient, leader = by_stranger(), seat.patient, seat.group.leader
    director = StaffFactory(roles=[Role.DIRECTOR])
    client = sign_in(Client(), director)
    found = client.post(page_of(concern), {"name": patient.last_name})
    assert patient.name in found.content.decode()
    url = page_of(concern)
    assert client.post(url, {"act": "match", "patient": patient.pk}).status_code == 302
    concern.refresh_from_db()
    assert (concern.patient, concern.matched_by) == (patient, director)
    item = concern.work_item
    assert (item.owner, item.severity, item.patient) == (leader, "urgent", patient)
    assert (item.due_at - item.raised_at).total_seconds() == 4 * 3600
    readers = {leader: 200, director: 200, StaffFactory(): 404}
    for staff, status in readers.items():
        reader = sign_in(Client(), staff)
        assert reader.get(page_of(concern)).status_code == status
        assert reader.get(reverse("measures:work_item", args=[item.pk])).status_code == status
    assert (
        "Drinks again." in sign_in(Client(), leader).get(reverse("measures:work_item", args=[item.pk])).content.decode()
    )


def test_only_somebody_who_is_there_can_be_meant(seat):
    concern = by_stranger()
    client = sign_in(Client(), StaffFactory(roles=[Role.ADMISSIONS]))
    url = page_of(concern)
    assert client.post(url, {"act": "match", "patient": uuid4()}).status_code == 404
    assert client.post(url, {"act": "match", "patient": "nobody"}).status_code == 422
    concern.refresh_from_db()
    assert concern.patient is None


def test_it_is_laid_aside_once_with_what_was_done(seat):
    concern = by_stranger()
    client = sign_in(Client(), StaffFactory(roles=[Role.ADMISSIONS]))
    url = page_of(concern)
    assert client.post(url, {"act": "aside", "outcome": ""}).status_code == 422
    assert client.post(url, {"act": "aside", "outcome": "Called back and listened."}).status_code == 302
    assert client.post(url, {"act": "aside", "outcome": "Again."}).status_code == 422
    concern.refresh_from_db()
    assert concern.outcome == "Called back and listened."
    assert not Concern.objects.open().exists()


@pytest.mark.parametrize(("in_danger", "severity", "minutes"), [("yes", "emergency", 15), ("no", "urgent", 240)])
def test_what_a_supporter_writes_is_on_the_care_teams_list_at_once(seat, in_danger, severity, minutes):
    supporter = supported(seat.patient)
    client = knowing(supporter)
    url = reverse("supporters:worried", args=[supporter.pk])
    assert "tel:988" in client.get(url).content.decode()
    answer = client.post(url, SAID | {"in_danger": in_danger})
    assert answer.url == reverse("supporters:worried_told", args=[supporter.pk])
    assert "You hear nothing back from us" in client.get(answer.url).content.decode()
    item = Concern.objects.get().work_item
    assert (item.patient, item.owner, item.severity) == (seat.patient, seat.group.leader, severity)
    assert (item.due_at - item.raised_at).total_seconds() == minutes * 60
    page = sign_in(Client(), seat.group.leader).get(reverse("measures:work_item", args=[item.pk])).content.decode()
    assert "Lila Specimen, who has a page" in page
    day = sign_in(Client(), seat.group.leader).get(reverse("desk:day"))
    assert "Somebody close is worried." in day.content.decode()


def test_when_nothing_is_shared_any_more_there_is_no_way_in_by_the_page(seat):
    supporter = supported(seat.patient)
    client = knowing(supporter)
    revoke(consent=seat.patient.sharing_consents.get())
    assert client.post(reverse("supporters:worried", args=[supporter.pk]), SAID).status_code == 404
    assert not Concern.objects.exists()


def restricted(patient, named):
    officer = StaffFactory(roles=[Role.PRIVACY])
    restrict(patient=patient, why="public", words="Is in the papers.", names=[named], by=officer)


def test_who_is_named_for_a_restricted_record_is_told_and_finds_whom_nobody_else_can(seat):
    named, admissions = StaffFactory(), StaffFactory(roles=[Role.ADMISSIONS])
    restricted(seat.patient, named)
    told(about=seat.patient.name, in_danger="yes")
    concern = Concern.objects.get()
    assert set(Message.objects.values_list("staff", flat=True)) == {named.pk, admissions.pk}
    found = sign_in(Client(), admissions).post(page_of(concern), {"name": seat.patient.last_name})
    assert "No name of a patient you see begins like this." in found.content.decode()
    client = sign_in(Client(), named)
    assert client.get(reverse("concerns:concerns")).status_code == 200
    assert client.post(page_of(concern), {"act": "match", "patient": seat.patient.pk}).status_code == 302
    assert sign_in(Client(), admissions).get(page_of(concern)).status_code == 404


def test_what_was_laid_aside_is_about_somebody_after_all(seat):
    concern, director = by_stranger(), StaffFactory(roles=[Role.DIRECTOR])
    services.lay_aside(concern=concern, outcome="Nobody of this name is here.", by=director)
    client = sign_in(Client(), director)
    assert "Do they mean a patient of yours after all?" in client.get(page_of(concern)).content.decode()
    assert client.post(page_of(concern), {"act": "match", "patient": seat.patient.pk}).status_code == 302
    concern.refresh_from_db()
    assert (concern.patient, concern.outcome, concern.closed_at) == (seat.patient, "", None)
    kept = Concern.pgh_event_model.objects.filter(pgh_obj=concern.pk, outcome="Nobody of this name is here.")
    assert kept.count() == 1


def test_an_emergency_about_a_restricted_record_is_told_to_who_sees_it_and_to_nobody_else(seat):
    named = StaffFactory(roles=[Role.DIRECTOR])
    StaffFactory(roles=[Role.DIRECTOR])
    restricted(seat.patient, named)
    seat.patient.inquiries.update(assigned_to=StaffFactory(roles=[Role.ADMISSIONS]))
    supporter = supported(seat.patient)
    knowing(supporter).post(reverse("supporters:worried", args=[supporter.pk]), SAID | {"in_danger": "yes"})
    assert set(Message.objects.values_list("staff", flat=True)) == {seat.group.leader_id, named.pk}
    Message.objects.all().delete()
    services_work.escalate(now=timezone.now() + timedelta(hours=1))
    assert [message.staff for message in Message.objects.all()] == [named]


def test_nobody_owns_what_they_must_not_see(seat):
    patient, keeps, named = PatientFactory(), StaffFactory(roles=[Role.ADMISSIONS]), StaffFactory()
    InquiryFactory(patient=patient, assigned_to=keeps)
    restricted(patient, named)
    assert [one.staff_id for one in candidates(patient, timezone.now())] == [named.pk]

"""Somebody outside asks about a person: by consent, or one sentence that is the same for everyone."""

import re
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from stepdown.people.models import AT_THE_CENTER, Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import services_asked, services_restricted
from stepdown.privacy.domain.sharing import ROUTED, ROUTED_RECIPIENTS, Data
from stepdown.privacy.models import AskedAbout, RefusedDisclosure
from stepdown.privacy.services_sharing import revoke
from stepdown.privacy.tests.factories import signed
from stepdown.privacy.wording_gate import NEUTRAL

pytestmark = pytest.mark.django_db
ASKED = reverse("privacy:asked")
SISTER = {
    "asker": "Lila Specimen", "whom": "family", "reached_at": "555 0142", "way": "phone",
    "purpose": "patient_request", "classes": ["program"],
}  # fmt: skip


@pytest.fixture
def patient():
    CenterFactory()
    return PatientFactory(chosen_name="Onlycalledso")


@pytest.fixture
def me():
    return StaffFactory(roles=[Role.ADMISSIONS])


@pytest.fixture
def client(me) -> Client:
    return sign_in(Client(), me)


def told(client, about, **changed) -> str:
    """The page that says what may be said."""
    answer = client.post(ASKED, SISTER | {"about": about} | changed)
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(answer.url).content.decode()


def without(page: str, *names: str) -> str:
    """The page without what was typed, the time, and the ids of its parts."""
    start = page.index("<main")
    said = page[start : page.index("</main>")]
    for name in names:
        said = said.replace(name, "NAME")
    return re.sub(r"sheet-\d+|\d+:\d\d [ap]m", "", said)


def test_whom_the_consent_names_may_hear_what_it_covers(client, patient):
    consent = signed(patient)
    page = told(client, patient.name)
    assert "A consent covers what they asked for" in page
    assert "1 Example Street" in page, "where the patient said that they are reached"
    assert reverse("privacy:send", args=[patient.pk]) in page
    assert NEUTRAL not in page
    assert (AskedAbout.objects.get().consent, AskedAbout.objects.get().patient) == (consent, patient)


def test_a_consent_that_ended_since_opens_nothing_any_more(client, patient):
    consent = signed(patient)
    told(client, patient.name)
    revoke(consent=consent)
    page = client.get(reverse("privacy:asked_answer", args=[AskedAbout.objects.get().pk])).content.decode()
    assert NEUTRAL in page
    assert "It does not hold any more: It is taken back." in page
    assert reverse("privacy:send", args=[patient.pk]) not in page


@pytest.mark.parametrize("name", ["{first} {last}", "{FIRST}  {last}", "Onlycalledso {last}"])
def test_a_name_is_known_as_it_is_said(client, patient, name):
    signed(patient)
    first, last = patient.first_name, patient.last_name
    assert "A consent covers" in told(client, name.format(first=first, last=last, FIRST=first.upper()))


@pytest.mark.parametrize(
    "why", ["no consent", "somebody else asks", "revoked", "more than it covers", "another purpose"]
)
def test_without_a_consent_that_covers_it_the_page_is_that_of_nobody(client, patient, why):
    """RULE PRIV-04."""
    changed = {}
    if why != "no consent":
        consent = signed(patient)
    match why:
        case "somebody else asks":
            changed = {"asker": "Sam Stranger"}
        case "revoked":
            revoke(consent=consent)
        case "more than it covers":
            changed = {"classes": ["program", "notes"]}
        case "another purpose":
            changed = {"purpose": "treatment"}
    at = "Specimen Nobody"
    about_patient, about_nobody = told(client, patient.name, **changed), told(client, at, **changed)
    assert without(about_patient, patient.name) == without(about_nobody, at)
    assert NEUTRAL in about_patient
    assert AskedAbout.objects.count() == 2
    assert not AskedAbout.objects.exclude(patient=None).exists()
    refused = RefusedDisclosure.objects.get()
    assert (refused.patient, refused.by, refused.code) == (patient, AskedAbout.objects.first().by, "part2_no_consent")
    assert (refused.revocation is not None) is (why == "revoked")


@pytest.mark.parametrize("purpose", sorted(ROUTED))
def test_such_purposes_are_the_privacy_officers_also_with_a_consent(client, patient, purpose):
    signed(patient)
    page = told(client, patient.name, purpose=purpose)
    assert NEUTRAL in page
    assert "A consent covers" not in page
    assert AskedAbout.objects.get().for_officer


@pytest.mark.parametrize("whom", sorted(ROUTED_RECIPIENTS))
def test_and_so_is_whoever_asks_for_a_court_police_immigration_or_an_employer(client, patient, whom):
    about_patient, about_nobody = (told(client, name, whom=whom) for name in (patient.name, "Specimen Nobody"))
    assert without(about_patient, patient.name) == without(about_nobody, "Specimen Nobody")
    officer = sign_in(Client(), StaffFactory(roles=[Role.PRIVACY]))
    page = officer.get(ASKED)
    assert len(page.context["waits"]) == 2
    row = AskedAbout.objects.first()
    url = reverse("privacy:asked_done", args=[row.pk])
    assert officer.post(url, {"outcome": ""}).status_code == 422
    assert officer.post(url, {"outcome": "Answered by letter."}).status_code == 302
    assert officer.post(url, {"outcome": "Again."}).status_code == 422
    assert client.post(url, {"outcome": "Not mine."}).status_code == 403
    row.refresh_from_db()
    assert row.outcome == "Answered by letter."


@pytest.mark.parametrize("role", AT_THE_CENTER)
def test_every_role_that_answers_a_phone_gets_an_answer(patient, role):
    """Who sees no patient hears the neutral sentence, whatever was signed."""
    signed(patient)
    page = told(sign_in(Client(), StaffFactory(roles=[role])), patient.name)
    sees = role in {Role.ADMISSIONS, Role.DIRECTOR, Role.PRIVACY}
    assert ("A consent covers" in page) is sees
    assert (NEUTRAL in page) is not sees


def test_one_reads_what_one_wrote_down_and_the_privacy_officer_all_of_it(client, patient):
    told(client, patient.name)
    row = AskedAbout.objects.get()
    url = reverse("privacy:asked_answer", args=[row.pk])
    for role, status in ((Role.COUNSELOR, 404), (Role.PRIVACY, 200), (Role.DIRECTOR, 200)):
        assert sign_in(Client(), StaffFactory(roles=[role])).get(url).status_code == status


@pytest.mark.parametrize("field", ["about", "asker", "whom", "way", "purpose", "classes"])
def test_nothing_is_chosen_before_and_what_is_missing_gets_a_sentence(client, patient, field):
    assert "checked" not in client.get(ASKED).content.decode()
    answer = client.post(ASKED, SISTER | {"about": "Specimen Nobody"} | {field: ""})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert not AskedAbout.objects.exists()


def test_the_database_keeps_no_patient_beside_a_neutral_answer(client, patient):
    told(client, patient.name)
    with pytest.raises(IntegrityError), transaction.atomic():
        AskedAbout.objects.update(patient=patient)


def test_counseling_notes_are_told_to_nobody(client, patient):
    answer = client.post(ASKED, SISTER | {"about": patient.name, "classes": [Data.COUNSELING_NOTES]})
    assert answer.status_code == 422


def restrict(patient, named):
    officer = StaffFactory(roles=[Role.PRIVACY])
    services_restricted.restrict(patient=patient, why="public", words="In the papers.", names=[named], by=officer)


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ADMISSIONS])
def test_what_names_a_patient_whose_record_is_restricted_is_not_there_for_who_is_not_named(client, me, patient, role):
    """A request that a consent covers says that they are a patient."""
    signed(patient)
    told(client, patient.name)
    row, other = AskedAbout.objects.get(), StaffFactory(roles=[role])
    if role == Role.ADMISSIONS:
        AskedAbout.objects.update(by=other)
    restrict(patient, me)
    theirs = sign_in(Client(), other)
    assert theirs.get(reverse("privacy:asked_answer", args=[row.pk])).status_code == 404
    assert patient.last_name not in theirs.get(ASKED).content.decode()


def test_what_says_nothing_of_whether_they_are_a_patient_stays_with_a_director(client, me, patient):
    told(client, patient.name)
    restrict(patient, me)
    director = sign_in(Client(), StaffFactory(roles=[Role.DIRECTOR]))
    assert patient.last_name in director.get(ASKED).content.decode()


def test_what_is_sent_twice_is_written_down_once(client, me, patient):
    once, other = str(uuid4()), sign_in(Client(), StaffFactory(roles=[Role.ADMISSIONS]))
    first, second = (client.post(ASKED, SISTER | {"about": patient.name, "once": once}) for _ in range(2))
    assert first.url == second.url
    assert AskedAbout.objects.count() == RefusedDisclosure.objects.count() == 1
    theirs = other.post(ASKED, SISTER | {"about": patient.name, "once": once})
    assert other.get(theirs.url).status_code == 404, "the id of a request of somebody else tells nothing"


def test_what_a_court_was_told_is_read_by_privacy_officers_alone(client, patient):
    """It may tell whether somebody is a patient, to who wrote down nothing but the question."""
    told(client, patient.name, whom="court")
    row, officer = AskedAbout.objects.get(), StaffFactory(roles=[Role.PRIVACY])
    services_asked.answer(row=row, outcome="Gave what the order of May 4 names.", by=officer)
    director = sign_in(Client(), StaffFactory(roles=[Role.DIRECTOR]))
    for reader, reads in ((client, False), (director, False), (sign_in(Client(), officer), True)):
        for url in (ASKED, reverse("privacy:asked_answer", args=[row.pk])):
            page = reader.get(url).content.decode()
            assert ("Gave what the order of May 4 names." in page) is reads
            assert officer.name in page

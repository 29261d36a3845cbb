"""A record that is out of sight opens in an emergency: to who says why and proves who they are, for an hour, and is
looked at afterwards. 45 CFR 164.312(a)(2)(ii)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.kernel.tests.at_once import all_at_once
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, one_time_code, proved_long_ago, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.people.visibility import patients_visible_to
from stepdown.privacy import queries_looks
from stepdown.privacy import services_restricted as services
from stepdown.privacy.domain.emergency_access import LASTS, TRIES, may_try
from stepdown.privacy.models import EmergencyAccess, EmergencyTry

PAGE = "privacy:emergency_access"


@pytest.fixture(autouse=True)
def center(db):
    return CenterFactory()


@pytest.fixture
def counselor():
    return StaffFactory()


@pytest.fixture
def officer():
    return StaffFactory(roles=[Role.PRIVACY])


def opens(patient, by, now=None, **said):
    said = {"first": patient.first_name, "last": patient.last_name, "born": patient.date_of_birth} | said
    return services.open_in_emergency(**said, why="danger", words="A hospital calls.", by=by, now=now)


def sees(staff, patient):
    return patients_visible_to(staff).filter(pk=patient.pk).exists()


def form(patient, **said):
    born = patient.date_of_birth
    return {
        "first": patient.first_name, "last": patient.last_name, "born_month": born.month, "born_day": born.day,
        "born_year": born.year, "why": "danger", "words": "A hospital calls.",
    } | said  # fmt: skip


def chart(client, patient):
    return client.get(reverse("desk:patient", args=[patient.pk]))


def over(access):
    """As if it had been opened so long ago that it is over."""
    now = timezone.now()
    EmergencyAccess.objects.filter(pk=access.pk).update(ended_at=now)
    return EmergencyAccess.objects.get(pk=access.pk)


def test_tries_of_the_past_hour_count():
    now = timezone.now()
    lately, before = [now - timedelta(minutes=1)] * TRIES, [now - timedelta(minutes=61)] * TRIES
    assert may_try(before, now)
    assert not may_try(lately, now)
    assert may_try(lately[1:], now)


def test_it_is_open_for_an_hour_and_gone_at_once(counselor):
    patient, now = PatientFactory(), timezone.now()
    opens(patient, counselor, now=now - LASTS + timedelta(minutes=1))
    assert sees(counselor, patient)
    other = PatientFactory()
    opens(other, counselor, now=now - LASTS)
    assert not sees(counselor, other)


def test_it_ends_by_hand(client, counselor):
    patient = PatientFactory()
    sign_in(client, counselor).post(reverse(PAGE), form(patient))
    assert chart(client, patient).status_code == 200
    client.post(reverse("privacy:end_emergency_access"))
    assert chart(client, patient).status_code == 404


def test_a_restricted_record_opens_to_a_director_too(officer):
    director, patient = StaffFactory(roles=[Role.DIRECTOR]), PatientFactory()
    services.restrict(patient=patient, why="public", words="Known.", names=[StaffFactory()], by=officer)
    assert not sees(director, patient)
    opens(patient, director)
    assert sees(director, patient)


@pytest.mark.parametrize("wrong", [{"first": "W"}, {"last": "Spec"}, {"born_year": 1987}])
def test_nothing_is_found_by_a_part_of_what_is_known(client, counselor, wrong):
    patient = PatientFactory()
    answer = sign_in(client, counselor).post(reverse(PAGE), form(patient, **wrong))
    assert answer.status_code == 422
    assert b"No record has this name and birth date." in answer.content
    assert not EmergencyAccess.objects.exists()
    assert EmergencyTry.objects.get().staff == counselor


def test_letters_large_or_small_and_the_chosen_name_find_them(counselor):
    patient = PatientFactory(chosen_name="Wren")
    assert opens(patient, counselor, first="wren", last=patient.last_name.upper()).patient == patient.pk


def test_before_a_reason_and_a_proof_the_answer_is_the_same_for_everybody(client, counselor):
    known, nobody = PatientFactory(), PatientFactory.build(last_name="Nobodyhere")
    proved_long_ago(sign_in(client, counselor))
    for missing in ({"why": ""}, {"words": ""}, {}):
        answers = [client.post(reverse(PAGE), form(one, **missing)) for one in (known, nobody)]
        assert [answer.status_code for answer in answers] == [422, 422]
        said = [[str(error) for error in answer.context["form"].errors.values()] for answer in answers]
        assert said[0] == said[1]
    assert not EmergencyAccess.objects.exists()
    assert not EmergencyTry.objects.exists()


def test_a_code_on_the_page_is_the_proof(client, counselor):
    patient = PatientFactory()
    proved_long_ago(sign_in(client, counselor))
    answer = client.post(reverse(PAGE), form(patient, code=one_time_code()))
    assert answer.status_code == 302
    assert answer.url == reverse("desk:patient", args=[patient.pk])


def test_after_five_searches_in_vain_nobody_is_found(counselor):
    patient = PatientFactory()
    for _one in range(TRIES):
        with pytest.raises(services.NobodyFound):
            opens(patient, counselor, last="Wrong")
    with pytest.raises(RuleBroken, match="five times"):
        opens(patient, counselor)
    assert not sees(counselor, patient)


def test_what_one_sees_anyway_is_not_opened(client):
    patient, counselor = PatientFactory(), StaffFactory()
    patient.counselor = counselor
    patient.save()
    answer = sign_in(client, counselor).post(reverse(PAGE), form(patient))
    assert answer.status_code == 302
    assert not EmergencyAccess.objects.exists()


def test_the_line_stands_on_every_page_while_it_is_open_and_no_longer(client, counselor):
    patient = PatientFactory()
    sign_in(client, counselor).post(reverse(PAGE), form(patient))
    assert b"You opened this record in an emergency until" in chart(client, patient).content
    assert b"You opened a record in an emergency until" in client.get(reverse("desk:day")).content
    over(EmergencyAccess.objects.get())
    assert b"in an emergency until" not in client.get(reverse("desk:day")).content


@pytest.mark.parametrize("again", [False, True])
def test_the_line_is_there_also_for_what_was_opened_by_another_sign_in_or_twice(client, counselor, again):
    patient = PatientFactory()
    opens(patient, counselor)
    sign_in(client, counselor)
    assert b"in an emergency until" not in client.get(reverse("desk:day")).content
    client.post(reverse(PAGE), form(patient)) if again else client.get(reverse(PAGE))
    assert b"You opened a record in an emergency until" in client.get(reverse("desk:day")).content


def test_privacy_officers_are_told_at_once(client, counselor, officer):
    opens(PatientFactory(), counselor)
    message = Message.objects.get(staff=officer)
    assert (message.kind, message.page) == (Message.Kind.LOOK, reverse("privacy:accesses"))
    told = sign_in(client, officer).get(reverse("privacy:accesses")).content.decode()
    assert counselor.name in told


def test_the_officer_sees_what_was_looked_at_and_writes_down_what_they_find(client, counselor, officer):
    patient = PatientFactory()
    sign_in(client, counselor).post(reverse(PAGE), form(patient))
    chart(client, patient)
    access = over(EmergencyAccess.objects.get())
    assert [line.look.page for line in queries_looks.looks_during(access)] == ["desk:patient"]
    page = reverse("privacy:access", args=[access.pk])
    assert sign_in(client, officer).post(page, {"finding": "not"}).status_code == 422
    assert client.post(page, {"finding": "not", "words": "The patient was at home."}).status_code == 302
    access.refresh_from_db()
    assert (access.finding, access.judged_by) == ("not", officer)


def test_nobody_judges_what_is_open_nor_their_own_nor_twice(officer):
    both = StaffFactory(roles=[Role.PRIVACY, Role.COUNSELOR])
    opens(PatientFactory(), both)
    access = EmergencyAccess.objects.get()
    with pytest.raises(RuleBroken, match="still open"):
        services.judge(access=access, finding="appropriate", words="Yes.", by=officer)
    access = over(access)
    with pytest.raises(RuleBroken, match="yourself"):
        services.judge(access=access, finding="appropriate", words="Yes.", by=both)
    services.judge(access=access, finding="appropriate", words="Yes.", by=officer)
    with pytest.raises(RuleBroken, match="already"):
        services.judge(access=access, finding="not", words="No.", by=officer)


@pytest.mark.parametrize("change", [{"until": timezone.now() + timedelta(days=1)}, {"words": "Other."}])
def test_how_it_was_opened_never_changes(counselor, change):
    opens(PatientFactory(), counselor)
    with pytest.raises(DatabaseError), transaction.atomic():
        EmergencyAccess.objects.update(**change)


def test_the_patient_reads_that_it_was_opened_in_an_emergency(client, counselor):
    patient = PatientFactory()
    sign_in(client, counselor).post(reverse(PAGE), form(patient))
    chart(client, patient)
    assert [day["in_emergency"] for day in queries_looks.days_looked_at(patient)] == [True]
    client.logout()
    assert b"opened in an emergency" in as_patient(client, patient).get(reverse("privacy:looked_at_me")).content


def test_looks_at_other_times_and_of_others_are_no_emergency(client, counselor):
    patient = PatientFactory(counselor=StaffFactory())
    opens(patient, counselor)
    chart(sign_in(client, patient.counselor), patient)
    assert [day["in_emergency"] for day in queries_looks.days_looked_at(patient)] == [False]


@pytest.mark.parametrize("role", [Role.BILLER, Role.ADMINISTRATOR, Role.PRIVACY])
def test_who_treats_nobody_opens_nothing(client, role):
    assert sign_in(client, StaffFactory(roles=[role])).get(reverse(PAGE)).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_at_once_open_it_once():
    CenterFactory()
    counselor, patient = StaffFactory(), PatientFactory()
    found = all_at_once([lambda: opens(patient, counselor)] * 6)
    assert {one.patient for one in found} == {patient.pk}
    assert sum(one.until is not None for one in found) == 1
    assert EmergencyAccess.objects.count() == 1

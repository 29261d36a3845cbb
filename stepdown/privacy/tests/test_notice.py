"""RULE PRIV-30: the notice in versions that never change, given to everybody before they are admitted, and anew after a
change that matters."""

from datetime import datetime, time, timedelta
from hashlib import sha256

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Patient, Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import permissions_notice as permissions
from stepdown.privacy import queries_notice as queries
from stepdown.privacy.days import here, today
from stepdown.privacy.models import Notice, NoticeDelivery
from stepdown.privacy.tests.factories import give_notice, published
from stepdown.privacy.wording_notice import first_words

pytestmark = pytest.mark.django_db
Outcome = NoticeDelivery.Outcome


@pytest.fixture(autouse=True)
def _center():
    CenterFactory(name="Fernbrook")


@pytest.fixture
def officer(client):
    return sign_in(client, StaffFactory(roles=[Role.PRIVACY]))


def html(response):
    return " ".join(response.content.decode().split())


def in_care():
    return EpisodeFactory(active=True).patient


def test_a_version_keeps_the_text_as_people_read_it_with_its_hash():
    notice = published()
    assert "Notice of Privacy Practices of Fernbrook" in notice.text("en")
    assert "Aviso de prácticas de privacidad de Fernbrook" in notice.text("es-MX")
    assert notice.digest("en") == sha256(notice.text_en.encode()).hexdigest()


@pytest.mark.parametrize("table", ["privacy_notice", "privacy_noticedelivery"])
def test_nothing_published_or_given_is_ever_changed(table):
    give_notice(PatientFactory())
    for sql in (f"UPDATE {table} SET id = gen_random_uuid()", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            connection.cursor().execute(sql)


def test_a_version_is_published_once():
    published()
    with pytest.raises(RuleBroken, match="Somebody published a version while your page was open"):
        published(number=1)


def test_a_version_counts_from_its_day():
    first = published()
    later = published(effective_on=today() + timedelta(days=1))
    assert queries.current() == first
    assert list(queries.notices()) == [later, first]


def test_nobody_is_admitted_while_there_is_no_notice_or_without_having_got_it():
    """RULE PRIV-30."""
    patient = PatientFactory()
    assert permissions.admit(patient).reason == permissions.NONE_YET
    published()
    assert permissions.admit(patient).reason == permissions.READ_FIRST
    give_notice(patient)
    assert permissions.admit(patient)


def test_a_newer_version_has_to_be_given_before_one_is_admitted_even_if_nothing_that_matters_changed():
    patient = PatientFactory()
    give_notice(patient)
    published(is_material=False)
    assert not permissions.admit(patient)
    assert queries.standing(patient).missed == []


@pytest.mark.parametrize("outcome", [Outcome.DECLINED, Outcome.UNABLE])
def test_not_confirming_it_keeps_nobody_out_and_is_kept_with_its_reason(outcome):
    patient = PatientFactory()
    with pytest.raises(RuleBroken, match="Write why they did not confirm it"):
        give_notice(patient, outcome=outcome)
    row = give_notice(patient, outcome=outcome, why="Wants to sign nothing today.", by=StaffFactory())
    assert (row.way, row.why, bool(permissions.admit(patient))) == ("paper", "Wants to sign nothing today.", True)


def test_the_same_delivery_twice_is_one():
    patient = PatientFactory()
    assert give_notice(patient) == give_notice(patient)
    assert NoticeDelivery.objects.count() == 1


def test_after_a_change_that_matters_all_in_care_are_on_the_list_until_they_got_it():
    """RULE PRIV-30."""
    here, elsewhere = in_care(), PatientFactory()
    officer = StaffFactory(roles=[Role.PRIVACY])
    for patient in (here, elsewhere):
        give_notice(patient)
    assert queries.waits_for(officer).all == 0
    published(is_material=False)
    assert queries.waits_for(officer).all == 0
    published()
    assert [(one.pk, one.last_version) for one in queries.without(officer)] == [(here.pk, 1)]
    give_notice(here)
    assert queries.waits_for(officer).all == 0


def test_staff_see_of_their_patients_alone_who_has_not_got_it():
    patient = in_care()
    published()
    mine, other = StaffFactory(roles=[Role.COUNSELOR]), StaffFactory(roles=[Role.COUNSELOR])
    Patient.objects.filter(pk=patient.pk).update(counselor=mine)
    assert [one.pk for one in queries.without(mine)] == [patient.pk]
    assert list(queries.without(other)) == []


# -- the patient's own page


def test_a_patient_reads_it_and_says_that_they_got_it(client):
    patient, notice = in_care(), published()
    as_patient(client, patient)
    assert "Read how we keep what is yours" in html(client.get(reverse("desk:home")))
    page = html(client.get(reverse("privacy:my_notice")))
    assert "Notice of Privacy Practices of Fernbrook" in page
    onward = reverse("privacy:my_sharing")
    answer = client.post(reverse("privacy:my_notice"), {"number": notice.number, "answer": "confirmed", "next": onward})
    row = NoticeDelivery.objects.get()
    assert answer.url == onward
    assert (row.patient, row.notice, row.way, row.outcome) == (patient, notice, "screen", "confirmed")
    assert (row.language, row.digest) == ("en", notice.digest_en)
    assert "Read how we keep what is yours" not in html(client.get(reverse("desk:home")))
    assert "You confirmed on" in html(client.get(reverse("privacy:my_notice")))


def test_a_patient_need_not_confirm_it(client):
    patient, notice = in_care(), published()
    as_patient(client, patient)
    client.post(reverse("privacy:my_notice"), {"number": notice.number, "answer": "declined"})
    assert NoticeDelivery.objects.get().outcome == Outcome.DECLINED
    assert permissions.admit(patient)


def test_in_spanish_they_get_the_spanish_words(client):
    notice = published()
    as_patient(client, in_care())
    client.post("/es/me/notice/", {"number": notice.number, "answer": "confirmed"})
    assert (NoticeDelivery.objects.get().language, NoticeDelivery.objects.get().digest) == ("es", notice.digest_es)


def test_what_was_not_on_the_page_is_not_confirmed(client):
    patient, old = in_care(), published()
    as_patient(client, patient)
    published()
    answer = client.post(reverse("privacy:my_notice"), {"number": old.number, "answer": "confirmed"})
    assert answer.status_code == 422
    assert "The notice has changed while this page was open." in html(answer)
    assert not NoticeDelivery.objects.exists()


@pytest.mark.parametrize("data", [{}, {"answer": "perhaps"}])
def test_an_answer_that_is_none_is_asked_again(client, data):
    notice = published()
    as_patient(client, in_care())
    answer = client.post(reverse("privacy:my_notice"), {"number": notice.number, **data})
    assert answer.status_code == 422
    assert "Choose one of the two buttons." in html(answer)


def test_after_a_change_they_read_what_is_new_before_the_whole(client):
    patient = in_care()
    give_notice(patient)
    published()
    as_patient(client, patient)
    assert "Our privacy notice has changed." in html(client.get(reverse("desk:home")))
    page = html(client.get(reverse("privacy:my_notice")))
    assert page.index("We name more of your rights.") < page.index("HOW HEALTH INFORMATION")


def test_the_page_of_sharing_leads_to_the_notice_and_the_rights(client):
    as_patient(client, in_care())
    assert "Your rights and the full notice" in html(client.get(reverse("privacy:my_sharing")))


# -- the public, and staff


def test_everybody_reads_the_notice_in_effect_on_the_site(client):
    assert "It is not ready yet." in html(client.get(reverse("privacy:notice")))
    published()
    page = html(client.get(reverse("privacy:notice")))
    assert "Notice of Privacy Practices of Fernbrook" in page
    assert reverse("privacy:notice") in html(client.get(reverse("public:home")))


def test_everybody_keeps_a_copy_of_its_words(client):
    assert client.get(reverse("privacy:notice_file")).url == reverse("privacy:notice")
    notice = published()
    assert client.get(reverse("privacy:notice_file")).content.decode() == notice.text_en
    copy = client.get("/es/privacy/notice/file/")
    assert (copy.content.decode(), copy["Content-Type"]) == (notice.text_es, "text/plain; charset=utf-8")


def fields(**changed):
    day = today()
    told = {
        "number": "1",
        "contact": "Priya Keepsafe",
        "phone": "(512) 555-0111",
        "email": "privacy@example.com",
        "effective_on_month": day.month,
        "effective_on_day": day.day,
        "effective_on_year": day.year,
        "written_en": first_words("en"),
        "written_es": first_words("es"),
    }
    return told | changed


def test_a_privacy_officer_publishes_the_first_notice_from_the_words_that_ship(officer):
    assert "HOW HEALTH INFORMATION ABOUT YOU MAY BE USED" in html(officer.get(reverse("privacy:new_notice")))
    assert officer.post(reverse("privacy:new_notice"), fields()).url == reverse("privacy:notices")
    notice = Notice.objects.get()
    assert (notice.number, notice.is_material, notice.contact) == (1, True, "Priya Keepsafe")
    assert "Priya Keepsafe, Fernbrook, (512) 555-0111, privacy@example.com" in notice.text_en


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"contact": ""}, "Enter a name or a title."),
        ({"written_en": first_words("en") + "[our fax]"}, "Nothing is filled in for [our fax]."),
        (
            {"written_en": first_words("en").replace("YOUR RIGHTS WITH", "RIGHTS WITH")},
            "The heading that the law words",
        ),
        ({"written_es": "# Aviso\nNada."}, "The Spanish notice does not say"),
    ],
)
def test_a_notice_that_lacks_something_is_not_published_and_what_was_typed_stays(officer, changed, said):
    answer = officer.post(reverse("privacy:new_notice"), fields(**changed))
    assert answer.status_code == 422
    assert said in html(answer)
    assert "(512) 555-0111" in html(answer)
    assert not Notice.objects.exists()


def test_a_later_version_says_what_is_new_and_does_not_begin_in_the_past(officer):
    published()
    yesterday = today() - timedelta(days=2)
    past = {
        "effective_on_month": yesterday.month,
        "effective_on_day": yesterday.day,
        "effective_on_year": yesterday.year,
    }
    page = html(officer.post(reverse("privacy:new_notice"), fields(number="2", **past)))
    for said in ("Choose yes or no.", "Say what is new.", "Say in Spanish what is new.", "Enter today or a later day"):
        assert said in page
    new = {"number": "2", "is_material": "yes", "changed_en": "More rights.", "changed_es": "Más derechos."}
    officer.post(reverse("privacy:new_notice"), fields(**new))
    assert Notice.objects.first().changed_es == "Más derechos."


def test_staff_write_down_what_they_gave_on_paper(client):
    patient = in_care()
    published()
    me = StaffFactory(roles=[Role.ADMISSIONS])
    sign_in(client, me)
    assert patient.name in html(client.get(reverse("privacy:notices")))
    url, day = reverse("privacy:give_notice", args=[patient.pk]), today()
    told = {"given_on_month": day.month, "given_on_day": day.day, "given_on_year": day.year, "language": "es"}
    refused = client.post(url, told | {"outcome": "declined"})
    assert refused.status_code == 422
    assert "Write why they did not confirm it." in html(refused)
    client.post(url, told | {"outcome": "declined", "why": "Would not sign."})
    row = NoticeDelivery.objects.get()
    assert (row.way, row.recorded_by, row.outcome, row.language) == ("paper", me, "declined", "es")
    assert patient.name not in html(client.get(reverse("privacy:notices")))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_day_begins_at_the_center_wherever_the_reader_is(zone):
    first, tomorrow = published(), today() + timedelta(days=1)
    later = published(effective_on=tomorrow)
    with timezone.override(zone):
        assert queries.current() == first
        with time_machine.travel(datetime.combine(tomorrow, time(12), here()), tick=False):
            assert queries.current() == later


@pytest.mark.parametrize("number", ["1", "3", "9" * 40])
def test_a_version_is_the_next_one_and_no_other(officer, number):
    published()
    new = {"number": number, "is_material": "yes", "changed_en": "More rights.", "changed_es": "Más derechos."}
    answer = officer.post(reverse("privacy:new_notice"), fields(**new))
    assert answer.status_code == 422
    assert "Somebody published a version while your page was open." in html(answer)
    assert Notice.objects.count() == 1


def test_nobody_got_a_version_on_paper_before_it_was_in_effect(client):
    patient, day = in_care(), today() - timedelta(days=1)
    published()
    published()
    sign_in(client, StaffFactory(roles=[Role.ADMISSIONS]))
    told = {"given_on_month": day.month, "given_on_day": day.day, "given_on_year": day.year, "language": "en"}
    answer = client.post(reverse("privacy:give_notice", args=[patient.pk]), told | {"outcome": "confirmed"})
    assert answer.status_code == 422
    assert "Enter a day from which on this version was in effect." in html(answer)

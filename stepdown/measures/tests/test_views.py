"""What patients meet on the pages of instruments: the right person, the wrong one, the wrong moment."""

import pytest
from django.urls import reverse, translate_url

from stepdown.live.tests.factories import DoorCheckFactory
from stepdown.measures.tests.factories import AdministrationFactory, answered, finished
from stepdown.people.tests.clients import as_patient
from stepdown.people.tests.factories import CenterFactory, PatientFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def center():
    return CenterFactory()


def text(answer):
    return " ".join(answer.content.decode().split())


def ask(row, at=""):
    return reverse("measures:ask", args=[row.pk]) + (f"?at={at}" if at else "")


def tap(client, row, item, answer):
    return client.post(ask(row), {"item": item, "answer": answer}, follow=True)


@pytest.fixture
def row():
    return AdministrationFactory()


@pytest.fixture
def patient(client, row):
    return as_patient(client, row.patient)


def test_what_waits_stands_on_the_first_page_of_a_patient(client, patient):
    page = text(client.get(reverse("desk:home")))
    assert "Your mood in the last two weeks" in page
    assert "10 questions, about 3 minutes" in page


def test_one_question_a_page_and_a_tap_goes_on(client, patient, row):
    page = text(client.get(ask(row)))
    assert "Little interest or pleasure in doing things" in page
    assert "1 of 10" in page
    assert "Feeling down, depressed, or hopeless" in text(tap(client, row, "phq9_1", "2"))


def test_the_words_of_the_instrument_say_their_language(client, patient, row):
    spanish = text(client.get(translate_url(ask(row), "es")))
    assert '<h1 class="ask-one" id="the-question" lang="en-US">' in spanish
    assert "Estas preguntas tienen un texto oficial" in spanish


def test_its_license_stands_on_the_page(client, patient, row):
    assert "PHQ-9 copyright Pfizer Inc." in text(client.get(ask(row)))


def test_going_back_shows_what_was_answered(client, patient, row):
    tap(client, row, "phq9_1", "2")
    page = text(client.get(ask(row, at="phq9_1")))
    assert 'value="2" aria-pressed="true"' in page


def test_another_device_goes_on_where_the_first_one_stopped(client, patient, row):
    tap(client, row, "phq9_1", "2")
    other = as_patient(type(client)(), row.patient)
    assert "2 of 10" in text(other.get(ask(row)))


def test_a_question_can_be_passed_over(client, patient, row):
    assert "2 of 10" in text(tap(client, row, "phq9_1", "pass"))


def test_what_a_rule_skips_is_not_asked(client):
    row = AdministrationFactory(instrument="audit-c")
    page = tap(as_patient(client, row.patient), row, "auditc_1", "0")
    assert "Look over your answers" in text(page)


@pytest.mark.parametrize("said", ["9", "", "two"])
def test_an_answer_that_is_none_of_those_shown_says_what_to_do(client, patient, row, said):
    answer = client.post(ask(row), {"item": "phq9_1", "answer": said})
    assert answer.status_code == 422
    assert "Choose one of the answers shown." in text(answer)


def test_a_number_says_its_range(client):
    row = AdministrationFactory(instrument="bam-r")
    answer = as_patient(client, row.patient).post(ask(row), {"item": "bamr_2", "answer": "31"})
    assert answer.status_code == 422
    assert "Enter a whole number from 0 to 30." in text(answer)


def test_at_the_end_all_answers_are_shown_and_sent(client, patient, row):
    answered(row, value=1, phq9_9=0)
    page = text(client.get(ask(row), follow=True))
    assert "Send my answers" in page
    thanks = text(client.post(reverse("measures:look_over", args=[row.pk]), follow=True))
    assert "Thank you" in thanks
    assert "8 of 27, mild" in thanks


def test_answers_that_hardly_go_together_ask_for_a_look_and_stop_nobody(client):
    row = answered(AdministrationFactory(instrument="craving-nrs"), value=5, crave_week=2)
    patient = as_patient(client, row.patient)
    url = reverse("measures:look_over", args=[row.pk])
    assert "Look again, or send them as they are" in text(patient.get(url))
    assert patient.post(url).status_code == 302


def test_nothing_is_sent_without_an_answer(client, patient, row):
    answer = client.post(reverse("measures:look_over", args=[row.pk]))
    assert answer.status_code == 422
    assert "Answer at least one question." in text(answer)


def test_better_is_said_only_when_the_change_is_reliable(client):
    first = finished(AdministrationFactory(), value=2, phq9_9=0)
    little = finished(AdministrationFactory(patient=first.patient), value=2, phq9_9=0, phq9_1=0)
    much = finished(AdministrationFactory(patient=first.patient), value=1, phq9_9=0)
    patient = as_patient(client, first.patient)
    thanks = [text(patient.get(reverse("measures:thanks", args=[row.pk]))) for row in (first, little, much)]
    assert "first time" not in thanks[0]
    assert "About the same as the first time" in thanks[1]
    assert "Better than the first time" in thanks[2]


def test_what_needs_help_shows_help_at_once_with_the_place_told_at_the_door(client, patient, row):
    DoorCheckFactory(patient=row.patient, address="77 Sample Road, Sampleton, MN")
    page = text(tap(client, row, "phq9_9", "1"))
    assert "Call or text 988 now." in page
    assert "Tell them where you are: 77 Sample Road, Sampleton, MN." in page


def test_help_stays_on_the_pages_that_follow(client, patient, row):
    tap(client, row, "phq9_9", "1")
    for item in ("phq9_1", "phq9_2"):
        page = text(tap(client, row, item, "0"))
    assert "Call or text 988 now." in page


def test_what_a_clinician_asks_is_not_shown_to_a_patient(client):
    row = AdministrationFactory(instrument="cssrs-screener")
    patient = as_patient(client, row.patient)
    assert patient.get(ask(row)).status_code == 403
    assert text(patient.get(reverse("measures:questions"))).count(str(row.pk)) == 0


def test_without_words_nothing_is_shown(client):
    row = AdministrationFactory(instrument="who-5")
    answer = as_patient(client, row.patient).get(ask(row))
    assert answer.status_code == 403
    assert "cheerful" not in text(answer)


def test_what_was_sent_is_not_answered_again(client, patient, row):
    finished(row)
    assert client.get(ask(row)).status_code == 302
    assert client.post(ask(row), {"item": "phq9_1", "answer": "0"}).status_code == 403


def test_a_patient_sees_nobody_else_s(client, row):
    stranger = as_patient(client, PatientFactory())
    for name in ("ask", "look_over", "thanks"):
        assert stranger.get(reverse(f"measures:{name}", args=[row.pk])).status_code == 404


def test_of_each_instrument_a_patient_reads_the_latest_score(client):
    row = finished(AdministrationFactory(), value=2, phq9_9=0)
    finished(AdministrationFactory(patient=row.patient), value=1, phq9_9=0)
    page = text(as_patient(client, row.patient).get(reverse("measures:questions")))
    assert "8 of 27, mild" in page
    assert "16 of 27" not in page


def test_a_long_explanation_stands_beside_the_first_question_only(client):
    row = AdministrationFactory(instrument="bam")
    patient = as_patient(client, row.patient)
    assert "<details" not in text(patient.get(ask(row)))
    assert "How to answer" in text(tap(patient, row, "bam_1", "1"))


def test_who_waits_at_the_door_can_answer_meanwhile(client, row):
    from stepdown.live import meanwhile

    (offered,) = meanwhile.offered(row.patient)
    assert offered == ("Your mood in the last two weeks", ask(row))
    assert meanwhile.offered(PatientFactory()) == []

"""What is typed by mistake, pasted from elsewhere or sent by programs: told beside the field, kept, and not stored."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from stepdown.admissions.models import Assessment, Call, Episode, Inquiry
from stepdown.admissions.tests.factories import AssessmentFactory, InquiryFactory
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory

pytestmark = pytest.mark.django_db
HUGE = "w" * 1_000_000
UNSEEN = "\u200b\u200f \u2060"
TURNED = "Walt \u202enemicepS"
UNSHOWN = "Take out the character that cannot be shown."
REQUEST = {"name": "M.", "phone": "512 555 0142", "best_time": "evening", "leave_message": "no"}
CALLER = {**REQUEST, "language": "en"}
CALL = {"outcome": "reached", "next_step": "call_again"}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def here(client):
    CenterFactory()
    return sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))


def page(answer):
    return answer.content.decode()


NAMES = [
    (HUGE, "Use at most 60 characters. This has 1000000."),
    ("Wa\x00lt", UNSHOWN),
    (TURNED, UNSHOWN),
    (UNSEEN, UNSHOWN),
]
PHONES = [
    (HUGE, "Use at most 40 characters. This has 1000000."),
    ("512\x00555", UNSHOWN),
    ("☎️ 512 555 0142", "Enter a phone number with digits only"),
    ("²①² 555 0142", "Enter a phone number with digits only"),
    ("٥١٢ ٥٥٥ ٠١٤٢", "Enter a phone number with digits only"),
    ("9" * 40, "Enter a phone number with 10 digits. This one has 40."),
]
BOXES = [("name", *each) for each in NAMES] + [("phone", *each) for each in PHONES]


@pytest.mark.parametrize(("box", "typed", "sentence"), [*BOXES, ("name", " \t\n ", "Enter a name we can call you by.")])
def test_a_visitors_odd_request_is_told_beside_the_field_kept_and_not_stored(client, box, typed, sentence):
    answer = client.post(reverse("public:ask"), {**REQUEST, box: typed})
    assert answer.status_code == 422
    assert sentence in page(answer)
    assert typed.strip() in page(answer)
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    ("box", "typed", "sentence"),
    [
        *BOXES,
        ("name", "   ", "Enter a name, or the word they want to be called by."),
        ("note", HUGE, "Use at most 300 characters. This has 1000000."),
        ("note", "a\x00b", UNSHOWN),
    ],
)
def test_an_odd_caller_is_told_beside_the_field_kept_and_not_stored(here, box, typed, sentence):
    answer = here.post(reverse("admissions:called_us"), {**CALLER, box: typed})
    assert answer.status_code == 422
    assert sentence in page(answer)
    assert typed.strip() in page(answer)
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize("name", ["🫶🏽", "José 🌵", "والت", "שלום \u200f", "Zoë O’Brien-Łukasz"])
def test_any_name_that_can_be_seen_is_a_name(client, name):
    client.post(reverse("public:ask"), {**REQUEST, "name": name})
    assert Inquiry.objects.get().name == name.strip()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"next_on": "0001-01-01", "next_time": "00:00"}, "Choose a time that is still to come."),
        ({"next_on": "9999-12-31", "next_time": "23:59"}, "Choose a day within the next year."),
        ({"next_on": "2026-02-30", "next_time": "10:00"}, "Enter a real day"),
        ({"next_on": HUGE, "next_time": "10:00"}, "Enter a real day"),
        ({"next_on": "2030-01-01", "next_time": "25:61"}, "Enter a time, for example 6:00 pm."),
        ({"note": HUGE}, "Use at most 2000 characters. This has 1000000."),
        ({"note": "a\x00b"}, UNSHOWN),
        ({"next_step": "refer", "note": " \n "}, "Write down where they were sent"),
        ({"next_step": "refer", "note": UNSEEN}, UNSHOWN),
        ({"outcome": "☎️"}, "Choose one of the answers shown."),
    ],
)
def test_an_odd_call_is_told_beside_the_field_kept_and_not_logged(here, typed, sentence):
    answer = here.post(reverse("admissions:log_call", args=[InquiryFactory().pk]), {**CALL, "note": "Kept.", **typed})
    assert answer.status_code == 422
    assert sentence in page(answer)
    assert typed.get("note", "Kept.").strip() in page(answer)
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    ("slug", "box", "typed", "sentence"),
    [
        ("about", "about__first_name", HUGE, "Use at most 60 characters."),
        ("about", "about__first_name", TURNED, UNSHOWN),
        ("about", "about__email", f"{'w' * 250}@example.com", "Use at most 254 characters. This has 262."),
        ("about", "about__email", HUGE, "Use at most 254 characters."),
        ("about", "about__postal_code", "٥٥٤٠١", "Enter a ZIP code with 5 digits"),
        ("about", "about__date_of_birth_year", "0001", "This date is too long ago."),
        ("about", "about__date_of_birth_year", "9999", "Enter a date that is not in the future."),
        ("about", "about__date_of_birth_year", "٢٠٠٠", "Enter a real date"),
        ("history", "about__came_since_year", "0001", "This date is too long ago."),
        ("history", "about__came_until_year", "9999", "Enter a day within the next year."),
        ("history", "about__came_until_year", "1900", "This date is too long ago."),
        ("withdrawal", "answers__withdrawal__ciwa_ar", "9" * 5000, "Enter a whole number."),
        ("withdrawal", "answers__withdrawal__ciwa_ar", "-1", "Enter 0 or more."),
        ("home", "words__home", HUGE, "Use at most 4000 characters."),
        ("home", "words__home", "a\x00b", UNSHOWN),
    ],
)
def test_an_odd_answer_is_told_beside_the_field_kept_and_not_stored(here, slug, box, typed, sentence):
    assessment = AssessmentFactory()
    before = Assessment.objects.values().get()
    date = {box.replace("year", part): "3" for part in ("month", "day")} if box.endswith("_year") else {}
    url = reverse("admissions:part", args=[assessment.inquiry_id, slug])
    answer = here.post(url, {**date, box: typed})
    assert answer.status_code == 422
    assert sentence in page(answer)
    assert typed in page(answer)
    assert Assessment.objects.values().get() == before


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"level": "OUTPATIENT", "reason": HUGE}, "Use at most 2000 characters. This has 1000000."),
        ({"level": "OUTPATIENT", "reason": "a\x00b"}, UNSHOWN),
        ({"level": "OUTPATIENT", "reason": UNSEEN}, UNSHOWN),
        ({"level": "OUTPATIENT", "reason": " \t "}, "Say why you decide otherwise than advised."),
        ({"level": "🫶🏽", "reason": "Because."}, "Choose one of the answers shown."),
    ],
)
def test_an_odd_decision_is_told_beside_the_field_kept_and_decides_nothing(here, typed, sentence):
    assessment = AssessmentFactory(finished=True)
    answer = here.post(reverse("admissions:decision", args=[assessment.inquiry_id]), typed)
    assert answer.status_code == 422
    assert sentence in page(answer)
    assert typed["reason"].strip() in page(answer)
    assert not Episode.objects.exists()


def test_an_odd_closing_is_told_beside_the_field_kept_and_closes_nothing(here):
    inquiry = InquiryFactory()
    url = reverse("admissions:close", args=[inquiry.pk])
    for reason, sentence in [(HUGE, "Use at most 300 characters."), (UNSEEN, UNSHOWN), ("a\x00b", UNSHOWN)]:
        answer = here.post(url, {"status": "lost_contact", "reason": reason})
        assert answer.status_code == 422
        assert sentence in page(answer)
        assert reason.strip() in page(answer)
    assert Inquiry.objects.open().get() == inquiry


def test_a_call_typed_while_somebody_closed_the_inquiry_is_kept_on_the_page(here):
    answer = here.post(
        reverse("admissions:log_call", args=[InquiryFactory(closed=True).pk]), {**CALL, "note": "Rang at noon."}
    )
    assert answer.status_code == 403
    assert "This inquiry is closed. Take a new one when the person calls again." in page(answer)
    assert "Rang at noon." in page(answer)
    assert not Call.objects.exists()


def test_answers_typed_while_somebody_decided_are_kept_on_the_page_and_change_nothing(here):
    assessment = AssessmentFactory(finished=True, decided=True)
    before = Assessment.objects.values().get()
    url = reverse("admissions:part", args=[assessment.inquiry_id, "home"])
    for htmx in ({}, {"headers": {"HX-Request": "true"}}):
        answer = here.post(url, {"answers__home__safe": "no", "words__home": "I sleep at the plant."}, **htmx)
        assert answer.status_code == 422
        assert "This assessment is decided. It stays as it was then." in page(answer)
    assert "I sleep at the plant." in page(here.post(url, {"words__home": "I sleep at the plant."}))
    assert Assessment.objects.values().get() == before


def test_a_second_decision_reads_that_it_is_decided(here):
    assessment = AssessmentFactory(finished=True, decided=True)
    answer = here.post(
        reverse("admissions:decision", args=[assessment.inquiry_id]), {"level": "PHP", "reason": "Risk rose."}
    )
    assert answer.status_code == 403
    assert "This assessment is decided. It stays as it was then." in page(answer)


def test_who_takes_an_inquiry_that_somebody_took_meanwhile_is_told_and_takes_nothing(here):
    pat, inquiry = StaffFactory(name="Pat Other", roles=[Role.ADMISSIONS]), InquiryFactory()
    me = StaffFactory(roles=[Role.ADMISSIONS])
    url = reverse("admissions:assign", args=[inquiry.pk])
    here.post(url, {"to": str(pat.pk), "seen": "nobody"})
    answer = here.post(url, {"to": str(me.pk), "seen": "nobody"})
    inquiry.refresh_from_db()
    assert answer.status_code == 422
    assert "Pat Other took this over while your page was open." in page(answer)
    assert inquiry.assigned_to == pat
    here.post(url, {"to": str(me.pk), "seen": str(pat.pk)})
    inquiry.refresh_from_db()
    assert inquiry.assigned_to == me


def test_a_stay_elsewhere_that_ends_soon_is_no_absurd_date(here):
    assessment, soon = AssessmentFactory(), timezone.localdate() + timedelta(days=5)
    boxes = {f"about__came_until_{part}": getattr(soon, part) for part in ("month", "day", "year")}
    answer = here.post(reverse("admissions:part", args=[assessment.inquiry_id, "history"]), boxes)
    assert answer.status_code == 302

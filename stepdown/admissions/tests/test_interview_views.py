"""The guided interview, danger, and the decision, as pages."""

import json

import pytest
from django.urls import reverse

from stepdown.admissions.domain.parts import PARTS
from stepdown.admissions.models import Assessment, Danger, Episode
from stepdown.admissions.tests.factories import AssessmentFactory, InquiryFactory, about_of
from stepdown.people.models import Patient, Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, LicenseFactory, PatientFactory, StaffFactory
from stepdown.privacy.tests.minors import born_to_be, decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def kit():
    CenterFactory()
    return StaffFactory(name="Kit Admitwell", roles=[Role.ADMISSIONS])


@pytest.fixture
def here(client, kit):
    return sign_in(client, kit)


@pytest.fixture
def ines(client):
    """A clinical director, signed in."""
    CenterFactory()
    return sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))


def text(answer):
    return answer.content.decode()


def part_url(assessment, slug):
    return reverse("admissions:part", args=[assessment.inquiry_id, slug])


def post(client, assessment, slug, htmx=False, **answers):
    headers = {"HX-Request": "true"} if htmx else {}
    seen = answers.pop("seen", None)
    data = dict(answers)
    if seen is not None:
        data["seen"] = json.dumps(seen)
    return client.post(part_url(assessment, slug), data, headers=headers)


def test_an_assessment_is_begun_by_a_button_and_starts_with_danger(here):
    inquiry = InquiryFactory(scheduled=True)
    url = reverse("admissions:assess", args=[inquiry.pk])
    assert "Start the assessment" in text(here.get(url))
    assert not Assessment.objects.exists()
    assert here.post(url)["Location"] == reverse("admissions:part", args=[inquiry.pk, "danger"])
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.slug)
def test_every_part_opens_and_says_what_to_say(here, part):
    answer = here.get(part_url(AssessmentFactory(), part.slug))
    assert answer.status_code == 200
    assert part.say in text(answer)
    assert "Danger came up" in text(answer)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.slug)
def test_an_empty_part_can_be_saved(here, part):
    assert post(here, AssessmentFactory(), part.slug).status_code == 302


def test_a_part_that_does_not_exist_is_not_there(here):
    assert here.get(part_url(AssessmentFactory(), "nonsense")).status_code == 404


def test_a_part_leads_on_and_back(here):
    assessment = AssessmentFactory()
    assert post(here, assessment, "home", go="on")["Location"] == part_url(assessment, "duties")
    assert post(here, assessment, "home", go="back")["Location"] == part_url(assessment, "use")


def test_answers_are_kept_and_shown_again(here):
    assessment = AssessmentFactory()
    post(here, assessment, "home", answers__home__safe="no", answers__ratings__d6="3", words__home="He drinks.")
    page = text(here.get(part_url(assessment, "home")))
    assert "He drinks." in page
    assert "Use only the safe way to reach them." in page
    assert "Home is not safe." in page
    assessment.refresh_from_db()
    assert assessment.answers["ratings"]["d6"] == 3


def test_the_interview_goes_on_where_it_stopped(here):
    assessment = AssessmentFactory()
    danger = {f"answers__{ask.path.replace('.', '__')}": "no" for ask in PARTS[0].asks}
    post(here, assessment, "danger", **danger)
    url = reverse("admissions:assess", args=[assessment.inquiry_id])
    assert here.get(url)["Location"] == part_url(assessment, "about")


def test_saving_while_writing_brings_the_new_advice(here):
    answer = post(here, AssessmentFactory(), "home", htmx=True, answers__home__homeless="yes")
    page = text(answer)
    assert answer.status_code == 200
    for piece in ('id="advice"', 'id="progress"', 'id="seen"', 'id="saved"', "Has no stable place to live."):
        assert piece in page


@pytest.mark.parametrize(
    ("slug", "field", "typed", "sentence"),
    [
        ("withdrawal", "answers__withdrawal__ciwa_ar", "99", "Enter 67 or less."),
        ("withdrawal", "answers__withdrawal__cows", "many", "Enter a whole number."),
        ("about", "about__phone", "555-0142", "Enter a phone number with 10 digits. This one has 7."),
        ("about", "about__email", "walt@", "Enter an e-mail address"),
        ("about", "about__postal_code", "1234", "Enter a ZIP code with 5 digits"),
        ("home", "answers__ratings__d6", "7", "Choose one of the answers shown."),
        ("home", "answers__home__safe", "maybe", "Choose one of the answers shown."),
    ],
)
def test_a_bad_answer_is_told_beside_its_field_and_nothing_is_stored(here, slug, field, typed, sentence):
    assessment = AssessmentFactory()
    before = Assessment.objects.values().get()
    answer = post(here, assessment, slug, **{field: typed, f"words__{slug}": "Kept as typed."})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Kept as typed." in text(answer)
    assert Assessment.objects.values().get() == before


def test_a_bad_answer_while_writing_is_told_without_touching_the_form(here):
    answer = post(here, AssessmentFactory(), "withdrawal", htmx=True, answers__withdrawal__cows="99")
    assert answer.status_code == 422
    assert "Not saved yet" in text(answer)
    assert 'id="seen"' not in text(answer)


def test_someone_elses_answer_that_was_replaced_is_told(here, client):
    assessment = AssessmentFactory(saved_by=StaffFactory(name="Pat Other"))
    assessment.answers["home"]["safe"] = False
    assessment.save()
    answer = post(here, assessment, "home", answers__home__safe="yes", seen={"answers.home.safe": None})
    assert answer.status_code == 200
    assert "“Is home a safe place for them?”: Pat Other had put “No” while this page was open." in text(answer)


@pytest.mark.parametrize("seen", ["[1", "[1]", "3", "[" * 100_000], ids=["broken", "list", "number", "deep"])
def test_nonsense_about_what_was_seen_is_harmless(here, seen):
    assessment = AssessmentFactory()
    here.post(part_url(assessment, "home"), {"answers__home__safe": "yes", "seen": seen})
    assessment.refresh_from_db()
    assert assessment.answers["home"]["safe"] is True


def test_an_emergency_answer_stops_everything_at_once(here):
    assessment = AssessmentFactory(about={"address_line": "1200 Example Street", "city": "Sampleton", "state": "MN"})
    answer = post(here, assessment, "danger", answers__emergency__overdose_or_unresponsive_now="yes")
    danger = Danger.objects.get()
    url = reverse("admissions:danger", args=[assessment.inquiry_id, danger.pk])
    assert answer["Location"] == url
    page = text(here.get(url))
    assert "Call 911 for the place where they are." in page
    assert "1200 Example Street, Sampleton, MN" in page
    assert here.get(part_url(assessment, "home"))["Location"] == url


def test_an_emergency_while_writing_leads_to_the_panel(here):
    answer = post(here, AssessmentFactory(), "danger", htmx=True, answers__emergency__homicidal_intent="yes")
    assert answer["HX-Redirect"].endswith(f"/danger/{Danger.objects.get().pk}/")


def test_the_interview_goes_on_only_after_saying_what_was_done(here, kit):
    assessment = AssessmentFactory()
    url = here.post(reverse("admissions:danger_came_up", args=[assessment.inquiry_id]))["Location"]
    refused = here.post(url, {"handled_by": str(kit.pk), "done": "  "})
    assert refused.status_code == 422
    assert "Write down what was done." in text(refused)
    assert Danger.objects.get().done_at is None
    here.post(url, {"handled_by": str(kit.pk), "done": "911 called at 10:50, sister is there."})
    assert here.get(part_url(assessment, "home")).status_code == 200


def test_a_danger_of_another_inquiry_is_not_there(here, kit):
    assessment, other = AssessmentFactory(), AssessmentFactory()
    danger = Danger.objects.create(assessment=assessment, noted_by=kit, handled_by=kit)
    assert here.get(reverse("admissions:danger", args=[other.inquiry_id, danger.pk])).status_code == 404


def test_the_decision_is_locked_with_its_reason_until_everything_is_known(here):
    page = text(here.get(part_url(AssessmentFactory(), "home")))
    assert 'aria-disabled="true"' in page
    assert "11 parts are not finished. A licensed person signs the decision." in page


def test_a_person_without_a_license_reads_who_decides_and_cannot(here):
    assessment = AssessmentFactory(finished=True)
    url = reverse("admissions:decision", args=[assessment.inquiry_id])
    assert "A licensed person signs the decision." in text(here.get(url))
    assert here.post(url, {"level": "IOP"}).status_code == 403
    assert not Episode.objects.exists()


def test_the_director_decides_and_goes_on_to_a_seat(ines):
    assessment = AssessmentFactory(finished=True)
    answer = ines.post(reverse("admissions:decision", args=[assessment.inquiry_id]), {"level": "IOP"})
    episode = Episode.objects.get()
    assert episode.patient.name == "Walt Specimen"
    assert answer["Location"] == reverse("placement:offer", args=[episode.pk])
    assert ines.get(answer["Location"]).status_code == 200


def test_a_licensed_counselor_decides_and_leaves_the_seat_to_admissions(client):
    CenterFactory()
    assessment = AssessmentFactory(finished=True)
    counselor = sign_in(client, LicenseFactory().staff)
    answer = counselor.post(reverse("admissions:decision", args=[assessment.inquiry_id]), {"level": "IOP"})
    assert answer["Location"] == reverse("admissions:inquiry", args=[assessment.inquiry_id])
    assert counselor.get(answer["Location"]).status_code == 200


def test_deciding_otherwise_asks_for_a_reason_beside_the_field(ines):
    assessment = AssessmentFactory(finished=True)
    url = reverse("admissions:decision", args=[assessment.inquiry_id])
    answer = ines.post(url, {"level": "OUTPATIENT"})
    assert answer.status_code == 422
    assert "Say why you decide otherwise than advised." in text(answer)
    assert ines.post(url, {"level": "OUTPATIENT", "reason": "Works nights."}).status_code == 302


def test_a_state_without_a_license_blocks_the_admission_with_a_sentence(ines):
    assessment = AssessmentFactory(finished=True)
    assessment.about["state"] = "TX"
    assessment.save()
    url = reverse("admissions:decision", args=[assessment.inquiry_id])
    assert "No counselor here is licensed in the state" in text(ines.get(url))
    answer = ines.post(url, {"level": "IOP"})
    assert answer.status_code == 422
    assert not Patient.objects.exists()


def test_a_returning_person_is_recognized_and_linked(ines):
    assessment = AssessmentFactory(finished=True)
    patient = PatientFactory(first_name="walt", last_name="SPECIMEN")
    url = reverse("admissions:decision", args=[assessment.inquiry_id])
    assert "was here before" in text(ines.get(url))
    assert ines.post(url, {"level": "IOP"}).status_code == 422
    ines.post(url, {"level": "IOP", "existing": str(patient.pk)})
    assert Episode.objects.get().patient == patient


@pytest.mark.parametrize("page", ["decision", "part"])
def test_the_pages_of_a_decided_assessment_lead_to_what_was_decided(ines, page):
    assessment = AssessmentFactory(finished=True)
    decision = reverse("admissions:decision", args=[assessment.inquiry_id])
    ines.post(decision, {"level": "RESIDENTIAL", "reason": "Asked for it."})
    answer = ines.get(decision if page == "decision" else part_url(assessment, "danger"), follow=True)
    assert answer.redirect_chain == [(reverse("admissions:inquiry", args=[assessment.inquiry_id]), 302)]
    assert "Decided: Residential care" in text(answer)


def test_the_page_of_a_minor_says_why_not_or_lets_a_licensed_person_decide(ines):
    """RULE PRIV-15."""
    assessment = AssessmentFactory(finished=True, about=about_of(date_of_birth=born_to_be(16).isoformat()))
    url = reverse("admissions:decision", args=[assessment.inquiry_id])
    assert "this center admits no minors in Minnesota" in text(ines.get(url))
    decided(from_age=16)
    page = text(ines.get(url))
    assert "Under 18: these rules are for adults" in page
    assert 'aria-disabled="true"' not in page
    answer = ines.post(url, {"level": "IOP"})
    assert answer.context["form"].errors["reason"] == ["Say why you decide otherwise than advised."]
    ines.post(url, {"level": "IOP", "reason": "Three groups a week are right."})
    assert Episode.objects.get().patient.date_of_birth == born_to_be(16)

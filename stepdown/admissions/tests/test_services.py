"""What people do in admissions, and what stops them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from stepdown.admissions import interview, services
from stepdown.admissions.models import Assessment, Episode, Inquiry
from stepdown.admissions.tests.factories import AssessmentFactory, EpisodeFactory, InquiryFactory, about_of
from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Patient, Role, Supervision
from stepdown.people.tests.factories import LicenseFactory, PatientFactory, StaffFactory
from stepdown.privacy.domain.retention import years_after
from stepdown.privacy.tests.minors import born_to_be, decided

pytestmark = pytest.mark.django_db


def admissions_counselor():
    return StaffFactory(roles=[Role.ADMISSIONS])


def director():
    return StaffFactory(roles=[Role.DIRECTOR])


def save(assessment, by, seen=None, **values):
    values = {name.replace("__", "."): value for name, value in values.items()}
    seen = seen if seen is not None else {name: interview.value_of(assessment, name) for name in values}
    return services.save_answers(assessment=assessment, values=values, seen=seen, by=by)


def test_a_dui_in_the_self_screen_marks_the_inquiry():
    inquiry = services.open_inquiry(name="Jay", phone="+15555550100", self_screen={"ss_dui": 1})
    assert inquiry.court_or_dui


def test_the_first_caller_keeps_the_inquiry():
    inquiry, kit, pat = InquiryFactory(), admissions_counselor(), admissions_counselor()
    services.log_call(inquiry=inquiry, outcome="reached", next_step="call_again", by=kit)
    services.log_call(inquiry=inquiry, outcome="no_answer", next_step="call_again", by=pat)
    inquiry.refresh_from_db()
    assert inquiry.assigned_to == kit
    assert inquiry.calls.count() == 2


def test_a_closed_inquiry_takes_no_more_calls():
    with pytest.raises(RuleBroken, match="This inquiry is closed"):
        services.log_call(
            inquiry=InquiryFactory(closed=True), outcome="reached", next_step="call_again", by=admissions_counselor()
        )


def test_an_assessment_is_started_once_and_then_gone_on_with():
    inquiry, kit = InquiryFactory(scheduled=True), admissions_counselor()
    first = services.start_assessment(inquiry=inquiry, by=kit)
    assert services.start_assessment(inquiry=inquiry, by=kit) == first
    assert first.about["phone"] == inquiry.phone


def test_age_state_and_step_down_follow_from_the_facts():
    LicenseFactory(state="MN")
    assessment, kit = AssessmentFactory(), admissions_counselor()
    with time_machine.travel("2026-03-13T12:00Z"):
        save(assessment, kit, about__date_of_birth="1988-03-14", about__state="MN", came_from="hospital")
    assessment.refresh_from_db()
    assert assessment.answers["age"] == 37
    assert assessment.answers["telehealth"]["in_licensed_state"] is True
    assert assessment.answers["history"]["stepping_down_from"] == "hospital"
    assert assessment.inquiry.__class__.objects.get(pk=assessment.inquiry_id).came_from == "hospital"


def test_an_expired_license_covers_no_state():
    LicenseFactory(state="MN", expires_on=timezone.localdate() - timedelta(days=1))
    assert interview.covered_states() == set()


def test_advice_follows_every_save():
    assessment, kit = AssessmentFactory(), admissions_counselor()
    saved = save(assessment, kit, answers__home__safe=False)
    assert saved.assessment.advice["provisional_advice"] == "RESIDENTIAL"
    assert saved.assessment.ready_at is None


def test_an_assessment_is_ready_once_nothing_is_missing():
    assessment, kit = AssessmentFactory(finished=True), admissions_counselor()
    ready_at = save(assessment, kit, answers__home__safe=True).assessment.ready_at
    assert ready_at is not None
    assert save(assessment, kit, answers__home__safe=None).assessment.ready_at is None


def test_two_people_at_work_on_different_answers_lose_nothing():
    assessment, kit, pat = AssessmentFactory(), admissions_counselor(), admissions_counselor()
    seen = {"answers.home.safe": None, "words.home": None}
    services.save_answers(
        assessment=assessment, values={"answers.home.safe": False, "words.home": ""}, seen=seen, by=kit
    )
    saved = services.save_answers(
        assessment=assessment, values={"answers.home.safe": None, "words.home": "He drinks."}, seen=seen, by=pat
    )
    assert saved.replaced == []
    assert saved.assessment.answers["home"]["safe"] is False
    assert saved.assessment.words["home"] == "He drinks."


def test_the_last_save_of_one_answer_wins_and_tells_what_it_replaced():
    assessment, kit, pat = AssessmentFactory(), admissions_counselor(), admissions_counselor()
    seen = {"answers.home.safe": None}
    services.save_answers(assessment=assessment, values={"answers.home.safe": False}, seen=seen, by=kit)
    saved = services.save_answers(assessment=assessment, values={"answers.home.safe": True}, seen=seen, by=pat)
    assert saved.assessment.answers["home"]["safe"] is True
    assert [(each.name, each.theirs, each.by) for each in saved.replaced] == [("answers.home.safe", False, kit.name)]
    history = Assessment.pgh_event_model.objects.filter(pgh_obj=assessment).order_by("pgh_created_at", "pgh_id")
    assert False in [event.answers["home"]["safe"] for event in history]


def test_an_emergency_answer_opens_a_danger_at_once():
    assessment, kit = AssessmentFactory(), admissions_counselor()
    danger = save(assessment, kit, answers__emergency__suicidal_intent_or_plan=True).danger
    assert danger.rules == ["E1"]
    assert danger.handled_by == kit


def test_a_second_emergency_joins_the_open_danger():
    assessment, kit = AssessmentFactory(), admissions_counselor()
    save(assessment, kit, answers__emergency__suicidal_intent_or_plan=True)
    danger = save(assessment, kit, answers__ratings__d3=4).danger
    assert danger.rules == ["E1", "E10"]
    assert assessment.dangers.count() == 1


def test_a_settled_danger_stops_nothing_until_a_new_one_comes():
    assessment, kit = AssessmentFactory(), admissions_counselor()
    danger = save(assessment, kit, answers__emergency__suicidal_intent_or_plan=True).danger
    services.settle_danger(danger=danger, done="988 took over at 10:50.", handled_by=kit, by=kit)
    assert save(assessment, kit, answers__home__safe=True).danger is None
    assert save(assessment, kit, answers__emergency__homicidal_intent=True).danger.rules == ["E3"]


@pytest.mark.parametrize(
    ("first", "calm", "again"),
    [
        ({"emergency__suicidal_intent_or_plan": True}, {"emergency__suicidal_intent_or_plan": False}, None),
        ({"ratings__d1": 4}, {"ratings__d1": 1}, {"ratings__d3": 4}),
        ({"ratings__d1": 4}, {}, {"ratings__d3": 4}),
        ({"withdrawal__ciwa_ar": 20}, {}, {"withdrawal__cows": 30}),
    ],
)
def test_danger_that_comes_back_after_it_was_settled_is_a_new_one(first, calm, again):
    assessment, kit = AssessmentFactory(), admissions_counselor()

    def saved(said):
        return save(assessment, kit, seen={}, **{f"answers__{name}": value for name, value in said.items()}).danger

    before = saved(first)
    services.settle_danger(danger=before, done="988 took over at 10:50.", handled_by=kit, by=kit)
    assert saved(calm | {"home__safe": True}) is None
    danger = saved(again or first)
    assert danger.rules == before.rules
    assert danger != before
    assert danger.done_at is None


def test_a_danger_is_not_settled_without_saying_what_was_done():
    assessment, kit = AssessmentFactory(), admissions_counselor()
    danger = services.raise_danger(assessment=assessment, by=kit)
    with pytest.raises(RuleBroken, match="Say what was done"):
        services.settle_danger(danger=danger, done="", handled_by=kit, by=kit)


def test_a_danger_is_settled_once():
    assessment, kit = AssessmentFactory(), admissions_counselor()
    danger = services.raise_danger(assessment=assessment, by=kit)
    services.settle_danger(danger=danger, done="Called 911.", handled_by=kit, by=kit)
    with pytest.raises(RuleBroken, match="recorded already"):
        services.settle_danger(danger=danger, done="Again.", handled_by=kit, by=kit)


def test_deciding_iop_admits_the_person():
    assessment, ines = AssessmentFactory(finished=True), director()
    episode = services.decide(assessment=assessment, level="IOP", by=ines)
    assert (episode.status, episode.bands, episode.days_away) == ("planned", ["evening"], [4])
    assert episode.patient.name == "Walt Specimen"
    assert episode.patient.date_of_birth == date(1988, 3, 14)
    inquiry = Inquiry.objects.get(pk=assessment.inquiry_id)
    assert (inquiry.status, inquiry.patient) == ("admitted", episode.patient)
    assessment.refresh_from_db()
    assert (assessment.decided_level, assessment.decided_by) == ("IOP", ines)
    assert assessment.advice["rules"] == ["I1", "I5"]


def test_where_they_come_from_is_kept_as_a_past_stay():
    about = about_of(came_since="2026-02-01", came_until="2026-03-03")
    assessment = AssessmentFactory(finished=True, about=about, came_from="residential", came_from_name="Example House")
    episode = services.decide(assessment=assessment, level="IOP", by=director())
    stay = episode.level_stays.get()
    assert (stay.level, stay.name, stay.here) == ("RESIDENTIAL", "Example House", False)
    assert (stay.days.lower, stay.days.upper) == (date(2026, 2, 1), date(2026, 3, 3))
    assert episode.came_from == "residential"


def test_someone_who_came_directly_has_no_past_stay():
    episode = services.decide(assessment=AssessmentFactory(finished=True), level="IOP", by=director())
    assert not episode.level_stays.exists()


def test_another_level_refers_them_and_makes_no_patient():
    assessment = AssessmentFactory(finished=True)
    assert services.decide(assessment=assessment, level="RESIDENTIAL", reason="Asked for it.", by=director()) is None
    inquiry = Inquiry.objects.get(pk=assessment.inquiry_id)
    assert (inquiry.status, inquiry.close_reason) == ("referred_out", "Recommended: Residential care")
    assert not Patient.objects.exists()


def test_deciding_otherwise_than_advised_needs_a_reason():
    with pytest.raises(RuleBroken, match="Say why you decide otherwise"):
        services.decide(assessment=AssessmentFactory(finished=True), level="OUTPATIENT", by=director())


def test_only_a_licensed_person_decides():
    with pytest.raises(PermissionDenied, match="A licensed person signs"):
        services.decide(assessment=AssessmentFactory(finished=True), level="IOP", by=admissions_counselor())
    licensed = LicenseFactory().staff
    assert services.decide(assessment=AssessmentFactory(finished=True), level="IOP", by=licensed)


def test_who_works_under_supervision_does_not_decide():
    associate, today = LicenseFactory().staff, timezone.localdate()
    under = Supervision.objects.create(
        staff=associate, supervisor=LicenseFactory().staff, from_on=today, changed_by=director()
    )
    with pytest.raises(PermissionDenied, match="You work under supervision"):
        services.decide(assessment=AssessmentFactory(finished=True), level="IOP", by=associate)
    under.until_on, under.from_on = today - timedelta(days=1), today - timedelta(days=30)
    under.save()
    assert services.decide(assessment=AssessmentFactory(finished=True), level="IOP", by=associate)


def test_nothing_is_decided_while_something_is_missing():
    with pytest.raises(PermissionDenied, match="not finished"):
        services.decide(assessment=AssessmentFactory(), level="IOP", by=director())


def test_nothing_is_decided_while_a_danger_is_open():
    assessment, ines = AssessmentFactory(finished=True), director()
    services.raise_danger(assessment=assessment, by=ines)
    with pytest.raises(PermissionDenied, match="Danger comes first"):
        services.decide(assessment=assessment, level="IOP", by=ines)


def test_nobody_under_18_is_admitted():
    """RULE PRIV-15."""
    assessment = AssessmentFactory(finished=True, about=about_of(date_of_birth="2015-01-01"))
    with pytest.raises(PermissionDenied, match="under 18"):
        services.decide(assessment=assessment, level="IOP", by=director())


def test_nobody_is_admitted_in_a_state_without_a_license():
    assessment = AssessmentFactory(finished=True)
    assessment.about["state"] = "TX"
    assessment.save()
    with pytest.raises(RuleBroken, match="No counselor here is licensed"):
        services.decide(assessment=assessment, level="IOP", by=director())
    assert not Episode.objects.exists()


def test_an_admission_needs_the_facts_of_a_chart():
    assessment = AssessmentFactory(finished=True, about=about_of(last_name=""))
    with pytest.raises(RuleBroken, match="still ask for: last name"):
        services.decide(assessment=assessment, level="IOP", by=director())


def test_a_returning_person_gets_a_new_episode_and_no_second_chart():
    patient = PatientFactory()
    episode = services.decide(assessment=AssessmentFactory(finished=True), level="IOP", by=director(), existing=patient)
    assert episode.patient == patient
    assert Patient.objects.count() == 1


def test_someone_in_care_is_not_admitted_twice_and_nothing_is_kept_of_the_try():
    patient = EpisodeFactory(active=True).patient
    assessment = AssessmentFactory(finished=True)
    with pytest.raises(RuleBroken, match="already has an open episode"):
        services.decide(assessment=assessment, level="IOP", by=director(), existing=patient)
    assessment.refresh_from_db()
    assert assessment.decided_at is None


def test_what_is_decided_stays_as_it_was():
    assessment, ines = AssessmentFactory(finished=True), director()
    services.decide(assessment=assessment, level="IOP", by=ines)
    with pytest.raises(RuleBroken, match="This assessment is decided"):
        save(assessment, ines, answers__home__safe=False)


# -- people under 18


def of_age(age, **about):
    return AssessmentFactory(finished=True, about=about_of(date_of_birth=born_to_be(age).isoformat(), **about))


def test_a_minor_is_admitted_where_the_center_says_so_and_a_licensed_person_says_why():
    """RULE PRIV-15."""
    decided(from_age=16)
    assessment, ines = of_age(16), director()
    with pytest.raises(RuleBroken, match="Say why you decide otherwise"):
        services.decide(assessment=assessment, level="IOP", by=ines)
    episode = services.decide(assessment=assessment, level="IOP", reason="Three groups a week are right.", by=ines)
    assert episode.patient.date_of_birth == born_to_be(16)


@pytest.mark.parametrize(
    ("age", "rule", "why"),
    [
        (16, {"state": "WI"}, "admits no minors in Minnesota"),
        (15, {"from_age": 16}, "admits minors from the age of 16"),
        (16, {"signs": None}, "admits no minors in Minnesota"),
    ],
)
def test_a_minor_whom_no_rule_covers_is_turned_away_with_the_reason(age, rule, why):
    """RULE PRIV-15."""
    decided(**rule)
    with pytest.raises(PermissionDenied, match=f"under 18.*{why}"):
        services.decide(assessment=of_age(age), level="IOP", reason="x", by=director())
    assert not Patient.objects.exists()


def test_everything_is_asked_of_a_minor_before_anybody_decides():
    """RULE PRIV-15: the rules advise on adults, so nothing of theirs says that something is missing."""
    decided()
    assessment = of_age(16)
    assessment.answers["home"]["safe"] = None
    assessment.save()
    with pytest.raises(PermissionDenied, match="not finished"):
        services.decide(assessment=assessment, level="IOP", reason="x", by=director())


def test_who_turned_18_since_the_interview_is_advised_on_like_everybody():
    """RULE PRIV-15: at noon of the birthday itself, where they are."""
    born = years_after(timezone.localdate(), -18)
    assessment = AssessmentFactory(finished=True, about=about_of(date_of_birth=born.isoformat()))
    noon = datetime(born.year + 18, born.month, born.day, 18, tzinfo=UTC)
    with time_machine.travel(noon - timedelta(days=1)), pytest.raises(PermissionDenied, match="under 18"):
        services.decide(assessment=assessment, level="IOP", by=director())
    with time_machine.travel(noon):
        assert services.decide(assessment=assessment, level="IOP", by=director()).patient.date_of_birth == born


def test_danger_comes_first_for_a_minor_too():
    """RULE PRIV-15: who is sent to emergency care is sent there at any age."""
    assessment, ines = of_age(16), director()
    save(assessment, ines, answers__emergency__severe_withdrawal_now=True)
    danger = assessment.dangers.get()
    services.settle_danger(danger=danger, done="911 came.", handled_by=ines, by=ines)
    with pytest.raises(RuleBroken, match="Danger comes first"):
        services.decide(assessment=assessment, level="IOP", reason="x", by=ines)
    assert services.decide(assessment=assessment, level="EMERGENCY_NOW", by=ines) is None

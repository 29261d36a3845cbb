"""Beginning, writing, signing and answering a plan; what the database keeps of it."""

from datetime import UTC, timedelta
from hashlib import sha256
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from stepdown.attendance.services import confirm
from stepdown.attendance.tests.factories import session_over, was_in
from stepdown.chart import queries_plan, services, services_plan, services_writing, wording
from stepdown.chart.domain.digest import digest_of
from stepdown.chart.domain.plan import Document, Intervention
from stepdown.chart.models import Objective, PlanAnswer, PlanVersion, Progress
from stepdown.chart.tests.factories import ANSWERS, note_of, part_of, signed, written
from stepdown.chart.tests.plans import document, draft, in_group, seen_of, signed_by_both, signed_plan
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.tests.factories import CenterFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    CenterFactory()
    return in_group()


def sign(version, by=None):
    return services_plan.sign_plan(
        version=version, attestation=services_plan.ATTESTATION, by=by or version.episode.seats.get().group.leader
    )


def answer(version, kind, words=""):
    return services_plan.answer_plan(
        version=version, patient=version.episode.patient, kind=kind, words=words, language="en"
    )


def from_database(row):
    return type(row).objects.get(pk=row.pk)


# -- drafts


def test_the_first_draft_takes_over_what_is_known_and_says_whence():
    CenterFactory()
    seat = in_group(assessed=True)
    plan = services_plan.begin_version(episode=seat.episode, by=seat.group.leader).document
    assert (plan.hope, plan.hope_from[:13]) == ("My kids.", "Assessment of")
    assert [each.dimension for each in plan.problems] == ["d5", "d6"]
    assert plan.problems[0].goal == "I want to drive home without stopping."
    assert plan.problems[0].goal_from.endswith("“Risk of use”")
    assert plan.problems[0].objectives[0].interventions == (
        Intervention(
            f"Group {seat.group.name}, Telehealth IOP",
            "three times a week, 3 h each",
            seat.group.leader.signature,
            f"Schedule of {seat.group.name}",
        ),
    )
    assert plan.schedule.endswith("three times a week, 3 h each, for 13 weeks.")


def test_what_staff_noted_on_the_phone_is_not_told_as_the_persons_words():
    CenterFactory()
    seat = in_group(assessed=True)
    assessment = seat.episode.assessment
    assessment.words = {}
    assessment.save()
    inquiry = assessment.inquiry
    inquiry.note, inquiry.came_by = "His wife asked us to call him.", "phone"
    inquiry.save()
    assert queries_plan.known_of(seat.episode, timezone.now()).asked == ""
    inquiry.note, inquiry.came_by = "I need a change.", "web"
    inquiry.save()
    assert queries_plan.known_of(seat.episode, timezone.now()).asked == "I need a change."


def test_a_plan_has_one_draft_and_whoever_begins_again_goes_on_with_it(seat):
    first = services_plan.begin_version(episode=seat.episode, by=seat.group.leader)
    assert services_plan.begin_version(episode=seat.episode, by=StaffFactory()).pk == first.pk


def test_no_plan_begins_in_an_episode_that_has_ended(seat):
    episode = seat.episode
    episode.status, episode.ended_at, episode.ended_by = "completed", timezone.now(), seat.group.leader
    with pytest.raises(RuleBroken, match="has ended"):
        services_plan.begin_version(episode=episode, by=seat.group.leader)


def test_a_draft_is_kept_complete_or_not(seat):
    version = draft(seat, Document("Only this"))
    assert from_database(version).document == Document("Only this")


def test_what_somebody_else_saved_since_is_not_written_over_at_once(seat):
    version = services_plan.begin_version(episode=seat.episode, by=seat.group.leader)
    seen = version.version
    other = StaffFactory(name="Jon Other")
    services_plan.save_draft(version=version, document=Document("Theirs"), by=other)
    with pytest.raises(services_plan.ChangedMeanwhile, match="Jon Other changed this plan"):
        services_plan.save_draft(version=version, document=Document("Mine"), seen=seen, by=seat.group.leader)
    assert from_database(version).document.hope == "Theirs"
    services_plan.save_draft(
        version=version, document=Document("Mine"), seen=from_database(version).version, by=seat.group.leader
    )
    assert from_database(version).document.hope == "Mine"


# -- the counselor signs


def test_an_unfinished_plan_is_not_signed(seat):
    with pytest.raises(RuleBroken, match="still needs a goal"):
        sign(draft(seat, document(goal="")))


def test_a_signature_says_who_when_how_and_over_what(seat):
    leader = seat.group.leader
    version = from_database(signed_plan(seat))
    assert (version.signed_by, version.signed_as) == (leader, leader.signature)
    assert (version.method, version.attestation) == (services_plan.METHOD, services_plan.ATTESTATION)
    assert version.signed_at


def test_the_digest_comes_out_the_same_from_the_database(seat):
    version = signed_plan(seat, document(objectives=2))
    assert digest_of(services_plan.content_of(from_database(version))) == version.digest


def test_the_digest_does_not_depend_on_the_zone_in_which_it_was_signed(seat):
    at = timezone.now().astimezone(ZoneInfo("America/Chicago"))
    version = signed_plan(seat, now=at)
    assert version.signed_at.tzinfo == UTC
    assert digest_of(services_plan.content_of(from_database(version))) == version.digest


@pytest.mark.parametrize("change", ["content", "review", "signed_as", "attestation", "number", "method"])
def test_any_change_gives_another_digest(seat, change):
    version = signed_plan(seat)
    setattr(version, change, {"hope": "Other"} if change == "content" else 7)
    assert digest_of(services_plan.content_of(version)) != version.digest


def test_a_signed_version_is_final_for_services_and_in_the_database(seat):
    version = signed_plan(seat)
    with pytest.raises(RuleBroken, match="This version is signed"):
        services_plan.save_draft(version=version, document=Document("Other"), by=seat.group.leader)
    with pytest.raises(RuleBroken, match="This version is signed"):
        sign(version)
    with pytest.raises(RuleBroken, match="This version is signed"), rules_speak():
        PlanVersion.objects.filter(pk=version.pk).update(review="x")
    Objective.objects.all().delete()
    with pytest.raises(RuleBroken, match="This version is signed"), rules_speak():
        PlanVersion.objects.filter(pk=version.pk).delete()


def test_a_change_begins_the_next_version_as_a_copy_of_the_last(seat):
    first = signed_plan(seat)
    second = services_plan.begin_version(episode=seat.episode, by=seat.group.leader)
    assert second.number == 2
    assert second.document.problems == first.document.problems
    with pytest.raises(RuleBroken, match="what was reviewed"):
        sign(second)
    assert queries_plan.in_force(seat.episode) == first


def test_the_newest_signed_version_is_in_force(seat):
    signed_plan(seat)
    second = signed_plan(seat)
    services_plan.begin_version(episode=seat.episode, by=seat.group.leader)
    assert queries_plan.in_force(seat.episode) == second
    assert queries_plan.plan_for(seat.patient) == second


# -- objectives


def test_objectives_are_rows_that_go_through_the_versions(seat):
    given = document(objectives=2)
    signed_plan(seat, given)
    keys = [each.key for each in given.problems[0].objectives]
    assert [str(each.pk) for each in queries_plan.open_objectives(seat.patient)] == keys
    kept = given.problems[0].objectives[1]
    only = Document(
        given.hope, "", given.schedule, (type(given.problems[0])("p", "d5", (), "W", "", "G", "", (kept,)),)
    )
    second = signed_plan(seat, only)
    row = Objective.objects.get(pk=kept.key)
    assert (row.number, row.version, row.dropped_at) == ("1.1", second, None)
    assert Objective.objects.get(pk=keys[0]).dropped_at


def test_progress_is_dated_and_the_newest_holds(seat):
    objective = Objective.objects.get(version=signed_plan(seat))
    today = timezone.localdate()
    for days, status in ((5, "not_yet"), (0, "met"), (2, "partly")):
        services_plan.record_progress(
            objective=objective, status=status, words="Said so.", on=today - timedelta(days=days), by=seat.group.leader
        )
    (standing,) = queries_plan.standings(seat.episode)
    assert [entry.status for entry in standing.entries] == ["met", "partly", "not_yet"]
    assert standing.is_met
    assert queries_plan.open_objectives(seat.patient) == []


def test_progress_never_changes(seat):
    objective = Objective.objects.get(version=signed_plan(seat))
    entry = services_plan.record_progress(
        objective=objective, status="met", words="Yes.", on=timezone.localdate(), by=seat.group.leader
    )
    with pytest.raises(RuleBroken), rules_speak():
        Progress.objects.filter(pk=entry.pk).update(words="No.")


def test_progress_needs_words_and_an_objective_that_stands(seat):
    objective = Objective.objects.get(version=signed_plan(seat))
    with pytest.raises(RuleBroken, match="Say in a few words"):
        services_plan.record_progress(
            objective=objective, status="met", words=" ", on=timezone.localdate(), by=seat.group.leader
        )
    signed_plan(seat)
    objective.refresh_from_db()
    with pytest.raises(RuleBroken, match="no longer in the plan"):
        services_plan.record_progress(
            objective=objective, status="met", words="Yes.", on=timezone.localdate(), by=seat.group.leader
        )


def test_a_part_of_a_note_may_work_toward_an_objective(seat):
    objective = Objective.objects.get(version=signed_plan(seat))
    session = session_over(group=seat.group)
    was_in(session, seat.patient)
    note = note_of(session, present=0)
    part = part_of(note, seat.patient)
    before = part.version
    services_writing.save_part(part=part, words="Practiced.", objective=objective.pk, by=note.author, **ANSWERS)
    part = part_of(note, seat.patient)
    assert part.objective == objective
    assert part.version != before
    (standing,) = queries_plan.standings(seat.episode)
    assert standing.notes == 0, "an open note counts for nothing yet"


def test_a_part_cannot_work_toward_somebody_elses_objective(seat):
    objective = Objective.objects.get(version=signed_plan(in_group()))
    note = note_of()
    part = note.parts.first()
    with pytest.raises(RuleBroken, match="is not in this person’s plan"):
        services_writing.save_part(part=part, words="Hm.", objective=objective.pk, by=note.author, **ANSWERS)


def test_a_signed_note_counts_for_its_objective_and_has_it_in_its_digest(seat):
    objective = Objective.objects.get(version=signed_plan(seat))
    session = session_over(group=seat.group)
    was_in(session, seat.patient)
    note = written(note_of(session, present=0))
    part = part_of(note, seat.patient)
    services_writing.save_part(part=part, words="Practiced twice.", objective=objective.pk, by=note.author, **ANSWERS)
    confirm(session=session, by=note.author)
    note = services.sign_note(note=note, attestation=services.ATTESTATION, by=note.author)
    (standing,) = queries_plan.standings(seat.episode)
    assert (standing.notes, standing.last_note_on) == (1, session.service_date)
    parts = list(note.parts.all())
    assert digest_of(services.content_of(note, parts)) == note.digest
    for each in parts:
        each.objective_id = uuid4()
    assert digest_of(services.content_of(note, parts)) != note.digest


def test_a_note_without_objectives_keeps_the_digest_it_always_had(seat):
    note = signed()
    assert "objective" not in str(services.content_of(note, list(note.parts.all())))


# -- the patient answers


def test_the_patient_signs_what_they_saw_and_all_of_it_is_kept(seat):
    kept = from_database(signed_by_both(seat))
    version = kept.version
    assert kept.text == wording.plan_text(version, "en")
    assert kept.text_digest == sha256(kept.text.encode()).hexdigest()
    assert kept.version_digest == version.digest
    assert kept.signed_name == seat.patient.name
    assert kept.statement == wording.statement("en")
    assert kept.method == services_plan.PATIENT_METHOD


def test_the_text_has_every_word_of_the_plan(seat):
    text = wording.plan_text(signed_plan(seat), "en")
    for words in ("I want my mornings back.", "Drinks after work.", "Rides out an urge in 2 ways", "5 days a week"):
        assert words in text


def test_lines_typed_by_staff_cannot_look_like_parts_of_the_frame(seat):
    text = wording.plan_text(signed_plan(seat, document(words="One.\n# Not a title\n- not a list")), "en")
    assert "What makes it hard: One. # Not a title - not a list" in text.splitlines()


def test_a_signature_under_another_text_is_refused(seat):
    version = signed_plan(seat)
    with pytest.raises(RuleBroken, match="The plan has changed"):
        services_plan.sign_as_patient(
            version=version, patient=seat.patient, signed_name="Walt", seen="0" * 64, language="en"
        )


def test_a_version_that_was_replaced_is_not_signed_any_more(seat):
    version = signed_plan(seat)
    seen = seen_of(version)
    signed_plan(seat)
    with pytest.raises(RuleBroken, match="The plan has changed"):
        services_plan.sign_as_patient(
            version=version, patient=seat.patient, signed_name="Walt", seen=seen, language="en"
        )


def test_the_patient_signs_once(seat):
    version = signed_by_both(seat).version
    with pytest.raises(RuleBroken, match="You have signed this plan already"):
        services_plan.sign_as_patient(
            version=version, patient=seat.patient, signed_name="Walt", seen=seen_of(version), language="en"
        )


def test_an_answer_never_changes(seat):
    kept = signed_by_both(seat)
    with pytest.raises(RuleBroken), rules_speak():
        PlanAnswer.objects.filter(pk=kept.pk).update(signed_name="Other")
    with pytest.raises(RuleBroken), rules_speak(), transaction.atomic():
        PlanAnswer.objects.filter(pk=kept.pk).delete()


def test_without_the_patients_signature_the_plan_is_in_force(seat):
    version = signed_plan(seat)
    assert queries_plan.in_force(seat.episode) == version
    assert queries_plan.signature_of(version) is None


def test_a_change_is_asked_for_in_words_and_waits_until_a_later_version(seat):
    version = signed_plan(seat)
    with pytest.raises(RuleBroken, match="Tell us what you want to change"):
        answer(version, "change", " ")
    answer(version, "change", "Not five days, four.")
    assert [each.words for each in queries_plan.changes_asked(seat.group.leader)] == ["Not five days, four."]
    assert queries_plan.changes_asked(StaffFactory()) == []
    services_plan.begin_version(episode=seat.episode, by=seat.group.leader)
    assert queries_plan.changes_asked(seat.group.leader) == []


def test_who_declined_may_still_sign(seat):
    version = signed_plan(seat)
    answer(version, "declined")
    services_plan.sign_as_patient(
        version=version, patient=seat.patient, signed_name="Walt", seen=seen_of(version), language="en"
    )
    assert [each.kind for each in version.answers.all()] == ["declined", "signed"]
    with pytest.raises(RuleBroken, match="You have signed this plan"):
        answer(version, "declined")

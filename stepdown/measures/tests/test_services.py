from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from stepdown.admissions import services as admissions
from stepdown.admissions.tests.factories import AssessmentFactory, EpisodeFactory
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.kernel.instruments import NotAllowed
from stepdown.measures import services, services_assign, services_work, tasks
from stepdown.measures.models import Administration, Scoring, WorkItem
from stepdown.measures.tests.factories import AdministrationFactory, answered, finished
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.privacy.models import Emergency
from stepdown.timetable.services_absences import mark_absence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def center():
    return CenterFactory()


def say(administration, item, value):
    return services.save_answer(administration=administration, item=item, value=value)


def in_group(patient=None, weeks=4, **group):
    seat = SeatFactory(
        accepted=True,
        episode=EpisodeFactory(active=True, **({"patient": patient} if patient else {})),
        starts_at=timezone.now() - timedelta(weeks=weeks),
        ends_at=timezone.now() + timedelta(weeks=13 - weeks),
    )
    return seat


def test_an_answer_is_kept_as_it_is_given_and_the_same_twice_is_once():
    row = AdministrationFactory()
    say(row, "phq9_1", 2)
    say(row, "phq9_1", 2)
    row.refresh_from_db()
    assert row.values == {"phq9_1": 2}
    assert row.started_at
    assert (row.version, row.language, len(row.text_hash)) == ("PHQ-9 (Kroenke, Spitzer, Williams 2001)", "en-US", 64)


def test_a_question_can_be_passed_over():
    row = AdministrationFactory()
    say(row, "phq9_1", None)
    row.refresh_from_db()
    assert row.values == {"phq9_1": None}


@pytest.mark.parametrize(("item", "value"), [("phq9_1", 7), ("gad7_1", 1)])
def test_what_the_instrument_does_not_have_is_not_kept(item, value):
    row = AdministrationFactory()
    with pytest.raises(NotAllowed):
        say(row, item, value)
    row.refresh_from_db()
    assert row.values == {}


def test_finished_answers_are_scored_with_the_engine_named():
    row = finished(AdministrationFactory(), value=1, phq9_9=0)
    (scoring,) = row.scorings.all()
    assert (scoring.scores, scoring.bands["total"]) == ({"total": 8, "item9": 0}, "mild")
    assert scoring.engine


def test_too_many_blanks_score_nothing():
    row = AdministrationFactory()
    say(row, "phq9_1", 3)
    scoring = services.finish(administration=row)
    assert (scoring.scores["total"], scoring.missing["total"]) == (None, 8)


def test_nothing_at_all_is_not_sent():
    with pytest.raises(RuleBroken, match="at least one"):
        services.finish(administration=AdministrationFactory())


def test_finished_is_final_for_services_and_for_the_database():
    row = finished(AdministrationFactory())
    with pytest.raises(RuleBroken, match="sent these answers already"):
        say(row, "phq9_1", 3)
    with pytest.raises(RuleBroken, match="finished"), rules_speak():
        Administration.objects.filter(pk=row.pk).update(values={})


def test_scoring_again_adds_a_row_and_leaves_the_first():
    row = finished(AdministrationFactory(), value=1, phq9_9=0)
    first = row.scorings.get()
    services.score_again(administration=row, by=StaffFactory())
    assert row.scorings.first() == first
    assert row.scorings.count() == 2


def test_a_scoring_is_never_changed():
    finished(AdministrationFactory())
    with pytest.raises(Exception, match="append_only"):
        Scoring.objects.update(engine="other")


def test_an_instrument_without_words_is_not_answered():
    with pytest.raises(RuleBroken, match="not loaded"):
        say(AdministrationFactory(instrument="who-5"), "who5_1", 1)


# What the battery assigns


def names(patient):
    return set(Administration.objects.filter(patient=patient).values_list("instrument", flat=True))


def test_who_is_admitted_is_asked_the_intake_and_nothing_without_words():
    patient = EpisodeFactory().patient
    services_assign.assign_due(now=timezone.now(), patients=[patient.pk])
    assert {"phq-9", "gad-7", "bam", "cssrs-screener", "dsm5-sud"} <= names(patient)
    assert not names(patient) & {"barc-10", "who-5", "ucla-3", "cows", "ciwa-ar", "audit", "dast-10"}


def test_assigning_twice_is_once():
    in_group()
    assert services_assign.assign_due(now=timezone.now()) > 0
    assert services_assign.assign_due(now=timezone.now()) == 0


def test_what_the_center_turned_off_is_not_asked():
    patient = EpisodeFactory().patient
    services_assign.turn(name="phq-9", on=False, by=StaffFactory())
    services_assign.assign_due(now=timezone.now())
    assert "phq-9" not in names(patient)
    services_assign.turn(name="phq-9", on=True, by=StaffFactory())
    services_assign.assign_due(now=timezone.now())
    assert "phq-9" in names(patient)


def test_in_a_group_each_week_asks_anew_and_lets_the_one_before_lapse():
    seat = in_group(weeks=1)
    noon = timezone.now().replace(hour=18)  # so that a change of clocks leads to no other day
    for n in range(3):
        with time_machine.travel(noon + timedelta(weeks=n), tick=False):
            services_assign.assign_due(now=timezone.now())
    weekly = Administration.objects.filter(patient=seat.patient, instrument="bam-iop").order_by("due_on")
    assert [row.lapsed_at is not None for row in weekly] == [True, True, False]


def test_what_was_answered_does_not_lapse():
    seat = in_group(weeks=1)
    services_assign.assign_due(now=timezone.now())
    row = Administration.objects.get(patient=seat.patient, instrument="bam-iop")
    finished(row)
    with time_machine.travel(timezone.now() + timedelta(weeks=2), tick=False):
        services_assign.assign_due(now=timezone.now())
    row.refresh_from_db()
    assert row.lapsed_at is None


def test_assigning_takes_as_many_queries_for_many_as_for_one(django_assert_num_queries):
    def queries(count):
        for _ in range(count):
            in_group()
        with django_assert_num_queries(12):
            services_assign.assign_due(now=timezone.now())

    queries(1)
    queries(4)


# Flags


def test_item_nine_acts_at_the_moment_it_is_answered():
    seat = in_group()
    row = AdministrationFactory(patient=seat.patient)
    saved = say(row, "phq9_9", 1)
    (item,) = saved.raised
    assert (item.severity, item.owner, item.flag) == ("urgent", seat.group.leader, "phq9_item9_positive")
    assert Message.objects.filter(staff=seat.group.leader, kind=Message.Kind.NEEDED_NOW).count() == 1
    row.refresh_from_db()
    assert row.finished_at is None


def test_it_asks_for_the_suicide_risk_screener():
    row = AdministrationFactory()
    (item,) = say(row, "phq9_9", 2).raised
    assert item.asks_for.instrument == "cssrs-screener"
    assert item.asks_for.patient == row.patient


def test_one_flag_raises_one_work_item_however_often_it_is_answered():
    row = AdministrationFactory()
    say(row, "phq9_9", 1)
    assert say(row, "phq9_9", 3).raised == []
    finished(row, phq9_9=2)
    assert WorkItem.objects.filter(flag="phq9_item9_positive").count() == 1


def test_it_stays_when_the_answer_is_changed():
    row = AdministrationFactory()
    say(row, "phq9_9", 1)
    say(row, "phq9_9", 0)
    assert WorkItem.objects.open().count() == 1


def test_a_flag_of_the_whole_form_acts_when_it_is_sent():
    row = answered(AdministrationFactory(), value=3, phq9_9=0)
    assert not WorkItem.objects.filter(flag="phq9_item9_positive").exists()
    services.finish(administration=row)
    assert WorkItem.objects.filter(flag="phq9_severe").exists()


def test_attention_is_no_work_item():
    finished(AdministrationFactory(instrument="gad-7"), value=3)
    assert not WorkItem.objects.exists()


def test_an_emergency_tells_the_owner_and_every_director():
    seat, director = in_group(), StaffFactory(roles=[Role.DIRECTOR])
    row = AdministrationFactory(patient=seat.patient, instrument="cssrs-screener")
    services.fill_in(
        administration=row, values={"cssrs_2": 1, "cssrs_4": 1}, context={}, mode="interview", is_finished=False,
        by=seat.group.leader,
    )  # fmt: skip
    assert WorkItem.objects.get(flag="cssrs_high").severity == "emergency"
    told = set(Message.objects.filter(kind=Message.Kind.NEEDED_NOW).values_list("staff", flat=True))
    assert told == {seat.group.leader.pk, director.pk}


def test_the_message_says_nothing_of_the_patient():
    say(AdministrationFactory(patient=in_group().patient), "phq9_9", 1)
    assert Message.objects.get(kind=Message.Kind.NEEDED_NOW).patient is None


def test_while_the_leader_is_away_the_director_owns_it():
    seat, director = in_group(), StaffFactory(roles=[Role.DIRECTOR])
    now = timezone.now()
    mark_absence(
        staff=seat.group.leader, starts_at=now + timedelta(hours=1), ends_at=now + timedelta(days=2), by=director
    )
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        (item,) = say(AdministrationFactory(patient=seat.patient), "phq9_9", 1).raised
    assert item.owner == director


def test_of_an_applicant_their_counselor_owns_it():
    kit = StaffFactory(roles=[Role.ADMISSIONS])
    row = AdministrationFactory(patient=PatientFactory(counselor=kit))
    assert say(row, "phq9_9", 1).raised[0].owner == kit


def test_with_nobody_at_the_center_it_is_raised_all_the_same():
    assert say(AdministrationFactory(), "phq9_9", 1).raised[0].owner is None


# What is done about it


@pytest.fixture
def item():
    return say(AdministrationFactory(patient=in_group().patient), "phq9_9", 1).raised[0]


def test_settling_says_what_was_done_and_is_final(item):
    services_work.settle(item=item, disposition="spoke", words="Safe tonight.", by=item.owner)
    with pytest.raises(RuleBroken, match="written down already"):
        services_work.settle(item=item, disposition="plan", words="Other.", by=item.owner)
    with pytest.raises(RuleBroken, match="written down already"), rules_speak():
        WorkItem.objects.update(words="")


def test_who_called_911_writes_down_the_facts_of_an_emergency(item):
    """RULE PRIV-22."""
    for _again in range(2):
        services_work.settle(item=item, disposition="emergency", words="They are on their way.", by=item.owner)
    (opened,) = Emergency.objects.all()
    assert (opened.patient, opened.opened_by, opened.closed_at) == (item.patient, item.owner, None)


def test_settling_twice_the_same_is_once(item):
    for _ in range(2):
        services_work.settle(item=item, disposition="spoke", words="Safe tonight.", by=item.owner)
    assert WorkItem.objects.get().disposition == "spoke"


@pytest.mark.parametrize(("disposition", "words"), [("", "Words."), ("spoke", " ")])
def test_nothing_is_dismissed_without_saying_what_was_done(item, disposition, words):
    with pytest.raises(RuleBroken, match="Choose what was done"):
        services_work.settle(item=item, disposition=disposition, words=words, by=item.owner)


def test_somebody_else_can_make_it_theirs_and_the_history_keeps_whose_it_was(item):
    before, other = item.owner, StaffFactory()
    services_work.take(item=item, by=other)
    item.refresh_from_db()
    assert item.owner == other
    assert item.events.order_by("pgh_id").first().owner_id == before.pk


def test_what_is_late_is_told_to_directors_once(item):
    StaffFactory(roles=[Role.DIRECTOR])
    assert services_work.escalate(now=item.due_at - timedelta(minutes=1)) == 0
    assert services_work.escalate(now=item.due_at) == 1
    assert services_work.escalate(now=item.due_at) == 0


# Text packs


def test_a_loaded_text_pack_lets_the_instrument_be_answered_and_its_hash_is_kept():
    from stepdown.measures.instruments import instrument
    from stepdown.measures.tests.test_domain import WHO, pack

    loaded = services_assign.load_text(definition=WHO, pack=pack(), by=StaffFactory())
    assert instrument("who-5").has_text
    row = finished(AdministrationFactory(instrument="who-5"), value=5)
    assert row.text_hash == loaded.text_hash
    assert row.scorings.get().scores == {"raw": 25, "percent": 100}


def test_giving_twice_with_one_id_is_once():
    patient, by = PatientFactory(), StaffFactory()
    one = services_assign.give(patient=patient, name="cows", by=by)
    again = services_assign.give(patient=patient, name="cows", once=one.pk, by=by)
    assert one == again


def test_at_admission_the_intake_is_put_to_work_in_the_same_transaction():
    episode = admissions.decide(
        assessment=AssessmentFactory(finished=True), level="IOP", by=StaffFactory(roles=[Role.DIRECTOR])
    )
    job = ProcrastinateJob.objects.get(task_name="stepdown.measures.tasks.assign")
    assert job.args == {"patient_id": str(episode.patient_id)}
    tasks.assign(patient_id=str(episode.patient_id))
    assert "phq-9" in names(episode.patient)


def sat_in(episode, first, last, **program):
    """From week `first` to week `last`, counted from now."""
    now = timezone.now()
    return SeatFactory(
        accepted=True,
        episode=episode,
        starts_at=now + timedelta(weeks=first),
        ends_at=now + timedelta(weeks=last, days=3),
        offered_at=now + timedelta(weeks=first - 1),
        **{f"group__program__{name}": value for name, value in program.items()},
    )


def asked_at_discharge(episode):
    services_assign.assign_due(now=timezone.now(), patients=[episode.patient_id])
    rows = Administration.objects.filter(patient=episode.patient_id, why="discharge", instrument="cssrs-screener")
    return list(rows.order_by("occasion"))


def test_at_the_end_of_a_second_stay_discharge_is_asked_again():
    first = sat_in(EpisodeFactory(active=True), -13, 0)
    (before,) = asked_at_discharge(first.episode)
    with time_machine.travel(timezone.now() + timedelta(weeks=30), tick=False):
        type(first).objects.filter(pk=first.pk).update(ends_at=timezone.now() - timedelta(weeks=29))
        sat_in(first.episode, -28, -14, aftercare=True)
        sat_in(first.episode, -13, 0)
        again = asked_at_discharge(first.episode)
    assert (len(again), before in again) == (2, True)


def test_after_a_prolongation_by_another_seat_discharge_is_asked_again():
    first = sat_in(EpisodeFactory(active=True), -13, 0)
    asked_at_discharge(first.episode)
    with time_machine.travel(timezone.now() + timedelta(weeks=4), tick=False):
        sat_in(first.episode, -3, 0)
        assert len(asked_at_discharge(first.episode)) == 2

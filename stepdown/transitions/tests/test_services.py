"""Stepping down, coming back and ending care, on the real database."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from stepdown.admissions.models import Episode, Level, LevelStay
from stepdown.attendance.tests.factories import AttendanceFactory
from stepdown.kernel.db import RuleBroken
from stepdown.kernel.tests.at_once import while_open
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement.errors import DoesNotFit, GroupFull
from stepdown.placement.models import Seat
from stepdown.placement.queries import chairs_free
from stepdown.placement.services import accept_seat, decline_seat
from stepdown.placement.tests.factories import SeatFactory
from stepdown.privacy import services_sharing
from stepdown.privacy.domain.consents import is_valid
from stepdown.privacy.models import ConsentEvent
from stepdown.privacy.queries_sharing import text_of
from stepdown.privacy.tests.factories import prepared, queued, signed
from stepdown.timetable.tests.factories import SessionFactory
from stepdown.transitions import pages, permissions, queries, services
from stepdown.transitions.models import Transition
from stepdown.transitions.tests.factories import days_of, group_with_sessions, in_aftercare, in_iop, seat_of
from stepdown.ui.when import day_short

pytestmark = pytest.mark.django_db
WHY = "Back at work full time and steady for five weeks."


@pytest.fixture
def aftercare():
    return group_with_sessions(aftercare=True)


def plan(episode, group, **more):
    return services.plan_step_down(
        episode=episode, group=group, by=seat_of(episode).group.leader, **({"reason": WHY} | more)
    )


def accepted(transition):
    accept_seat(seat=transition.to_seat, by=transition.episode.patient)
    return transition


def test_the_aftercare_seat_is_offered_before_the_last_session_from_the_first_one_after_it(aftercare):
    episode = in_iop()
    seat = seat_of(episode)
    planned = plan(episode, aftercare)
    assert planned.effective_at == seat.ends_at
    assert planned.to_seat.starts_at == queries.first_session_from(aftercare, seat.ends_at) > seat.ends_at
    assert planned.to_seat.accepted_at is None
    assert Message.objects.filter(patient=episode.patient, kind="seat_offer").count() == 1
    assert (planned.not_met, planned.met) == (["At least 10 of 12 weeks attended, or as many hours"], [])


def test_stepping_down_with_criteria_not_met_needs_a_reason(aftercare):
    episode = in_iop()
    with pytest.raises(RuleBroken, match="not every criterion is met"):
        plan(episode, aftercare, reason=" ")
    assert not Transition.objects.exists()


def attended(episode, weeks: int) -> None:
    seat = seat_of(episode)
    first = (seat.starts_at + timedelta(hours=2)).astimezone(seat.group.zone)  # weeks go by the wall clock
    for week in range(weeks):
        session = SessionFactory(group=seat.group, starts_at=first + timedelta(weeks=week))
        AttendanceFactory(session=session, seat=seat)


def test_at_the_planned_end_with_everything_met_no_reason_is_needed(aftercare):
    episode = in_iop()
    attended(episode, 10)
    planned = plan(episode, aftercare, reason="")
    assert (planned.not_met, planned.met) == ([], ["At least 10 of 12 weeks attended, or as many hours"])
    assert seat_of(episode).end_reason == Seat.End.COMPLETED


def test_earlier_than_planned_needs_a_reason_whatever_is_met(aftercare):
    episode = in_iop()
    attended(episode, 10)
    early = timezone.now() + timedelta(days=5)
    with pytest.raises(RuleBroken, match="earlier than planned"):
        plan(episode, aftercare, effective_at=early, reason="")
    planned = plan(episode, aftercare, effective_at=early)
    seat = seat_of(episode)
    assert (seat.ends_at, seat.end_reason, planned.from_seat_ended_at > early) == (early, Seat.End.STEPPED_DOWN, True)


@pytest.mark.parametrize(
    ("effective_in", "sentence"), [(-1, "lies in the past"), (15, "ends before that day")], ids=["past", "too late"]
)
def test_the_day_lies_ahead_and_not_after_the_planned_end(aftercare, effective_in, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        plan(in_iop(), aftercare, effective_at=timezone.now() + timedelta(days=effective_in))


def test_a_seat_without_a_planned_end_needs_a_day(aftercare):
    episode = in_iop(ends_in=None)
    with pytest.raises(RuleBroken, match="no planned end"):
        plan(episode, aftercare)
    assert plan(episode, aftercare, effective_at=timezone.now() + timedelta(days=5)).to_seat


def test_a_second_plan_is_refused(aftercare):
    episode = in_iop()
    plan(episode, aftercare)
    with pytest.raises(RuleBroken, match="A move is already planned"):
        plan(episode, aftercare)


def test_a_full_group_changes_nothing():
    full = group_with_sessions(aftercare=True, chairs=1)
    SeatFactory(group=full, accepted=True)
    episode = in_iop()
    before = seat_of(episode).ends_at
    with pytest.raises(GroupFull):
        plan(episode, full)
    assert (seat_of(episode).ends_at, Transition.objects.count()) == (before, 0)


def test_a_group_without_sessions_or_license_is_refused():
    with pytest.raises(RuleBroken, match="no session after that day"):
        plan(in_iop(), group_with_sessions(aftercare=True, weeks=1))
    with pytest.raises(DoesNotFit, match="license"):
        plan(in_iop(), group_with_sessions(aftercare=True, licensed=False))


def test_one_steps_down_to_aftercare_only():
    with pytest.raises(RuleBroken, match="Choose an Aftercare group"):
        plan(in_iop(), group_with_sessions())


def test_someone_in_aftercare_does_not_step_down(aftercare):
    with pytest.raises(RuleBroken, match="does not sit in an IOP group"):
        services.plan_step_down(episode=in_aftercare(), group=aftercare, reason=WHY, by=aftercare.leader)


def test_when_the_day_comes_and_the_patient_accepted_the_level_changes(aftercare):
    episode = in_iop()
    planned = accepted(plan(episode, aftercare))
    day = planned.effective_at.astimezone(aftercare.zone).date()
    assert services.complete_all(planned.effective_at - timedelta(minutes=1)) == 0
    assert services.complete_all(planned.effective_at) == 1
    assert services.complete_all(planned.effective_at) == 0
    (_, iop, care) = days_of(episode)
    assert (iop[2], care) == (day, (Level.OUTPATIENT, day, None))
    episode.refresh_from_db()
    assert (episode.status, episode.ended_at) == ("active", None)


def test_a_last_session_that_is_put_off_puts_off_the_change_of_level(aftercare):
    episode = in_iop()
    planned = accepted(plan(episode, aftercare))
    later = planned.to_seat.starts_at
    Seat.objects.filter(pk=planned.from_seat_id).update(ends_at=later)
    assert services.complete_all(planned.effective_at) == 0
    with pytest.raises(RuleBroken, match="has not come yet"):
        services.complete(transition=planned, now=planned.effective_at)
    assert services.complete_all(later) == 1
    assert days_of(episode)[-1][1] == later.astimezone(aftercare.zone).date()


def test_a_move_that_a_rule_stops_holds_up_no_other(aftercare):
    stopped, other = accepted(plan(in_iop(), aftercare)), accepted(plan(in_iop(), aftercare))
    day = stopped.effective_at.date()
    LevelStay.objects.filter(episode=stopped.episode, level=Level.IOP).update(days=(day - timedelta(days=9), day))
    LevelStay.objects.create(
        episode=stopped.episode, level=Level.PHP, name="Sampleton Day Hospital", days=(day, day + timedelta(days=9))
    )
    assert services.complete_all(stopped.effective_at + timedelta(days=1)) == 1
    other.refresh_from_db()
    assert other.done_at


def test_without_the_patients_yes_nothing_completes(aftercare):
    episode = in_iop()
    planned = plan(episode, aftercare)
    with pytest.raises(RuleBroken, match="has not accepted"):
        services.complete(transition=planned, now=planned.effective_at)
    decline_seat(seat=planned.to_seat, by=episode.patient)
    with pytest.raises(RuleBroken, match="has not accepted"):
        services.complete(transition=planned, now=planned.effective_at)
    assert [level for level, *_ in days_of(episode)] == ["PHP", "IOP"]


def test_taking_a_plan_back_withdraws_the_offer_and_gives_the_seat_its_old_end(aftercare):
    episode = in_iop()
    before = seat_of(episode).ends_at
    planned = plan(episode, aftercare, effective_at=timezone.now() + timedelta(days=5))
    services.cancel(transition=planned, by=aftercare.leader)
    seat = seat_of(episode)
    assert (seat.ends_at, seat.end_reason) == (before, "")
    planned.to_seat.refresh_from_db()
    assert planned.to_seat.released_why == "withdrawn"
    assert plan(episode, aftercare)
    with pytest.raises(RuleBroken, match="no longer open"):
        services.cancel(transition=planned, by=aftercare.leader)


def test_a_plan_can_be_taken_back_after_the_patient_accepted(aftercare):
    episode = in_iop()
    planned = accepted(plan(episode, aftercare))
    services.cancel(transition=planned, by=aftercare.leader)
    assert queries.seat_now(episode) == seat_of(episode)
    assert (
        not Seat.objects.accepted().at(planned.to_seat.starts_at + timedelta(days=1)).filter(episode=episode).exists()
    )


def test_a_plan_taken_back_after_the_yes_leaves_no_seat_and_the_person_due(aftercare):
    episode = in_iop()
    planned = accepted(plan(episode, aftercare))
    services.cancel(transition=planned, by=aftercare.leader)
    director = StaffFactory(roles=[Role.DIRECTOR])
    assert [(one.seat, one.waits_for) for one in queries.step_downs_due(director)] == [(seat_of(episode), "plan")]
    assert not aftercare.seats.standing().exists()
    assert planned.to_seat.chair in chairs_free(aftercare, timezone.now(), None)


def test_a_plan_that_took_effect_is_not_taken_back(aftercare):
    planned = accepted(plan(in_iop(), aftercare))
    services.complete(transition=planned, now=planned.effective_at)
    with pytest.raises(RuleBroken, match="no longer open"):
        services.cancel(transition=planned, by=aftercare.leader)


def test_the_way_back_to_iop_needs_no_new_intake():
    episode, iop = in_aftercare(), group_with_sessions()
    planned = services.return_to_iop(episode=episode, group=iop, reason="Asked to come back.", by=iop.leader)
    aftercare_seat = seat_of(episode)
    assert aftercare_seat.ends_at == planned.to_seat.starts_at == queries.first_session_from(iop, timezone.now())
    accepted(planned)
    services.complete(transition=planned, now=planned.effective_at)
    assert [level for level, *_ in days_of(episode)] == ["OUTPATIENT", "IOP"]
    assert Episode.objects.get(patient=episode.patient) == episode


def test_the_way_back_needs_a_reason_and_an_iop_group(aftercare):
    episode, iop = in_aftercare(), group_with_sessions()
    with pytest.raises(RuleBroken, match="Say why"):
        services.return_to_iop(episode=episode, group=iop, reason="", by=iop.leader)
    with pytest.raises(RuleBroken, match="Choose an IOP group"):
        services.return_to_iop(episode=episode, group=aftercare, reason="Asked.", by=iop.leader)


def test_taking_the_way_back_back_leaves_aftercare_open_ended():
    episode, iop = in_aftercare(), group_with_sessions()
    planned = services.return_to_iop(episode=episode, group=iop, reason="Asked.", by=iop.leader)
    services.cancel(transition=planned, by=iop.leader)
    assert seat_of(episode).ends_at is None


def end_care(episode, **more):
    given = {"status": "completed", "note": "Reached her goals.", "by": seat_of(episode).group.leader}
    return services.discharge(episode=episode, **(given | more))


def test_discharge_ends_seat_level_and_plan(aftercare):
    episode = in_iop()
    planned = plan(episode, aftercare)
    leader = seat_of(episode).group.leader
    end_care(episode, status="transferred", note="Goes on with Sample Clinic.")
    episode.refresh_from_db()
    assert (episode.status, episode.ended_by, episode.end_note) == (
        "transferred",
        leader,
        "Goes on with Sample Clinic.",
    )
    seat = seat_of(episode)
    assert (seat.ends_at <= timezone.now(), seat.end_reason) == (True, Seat.End.DISCHARGED)
    planned.refresh_from_db()
    planned.to_seat.refresh_from_db()
    assert planned.cancelled_at
    assert planned.to_seat.released_why == "withdrawn"
    assert all(upper is not None for *_, upper in days_of(episode))
    assert queries.seat_now(episode) is None


def test_consents_that_hold_until_the_treatment_ends_end_with_it():
    """RULE PRIV-06; 42 CFR 2.31(a)(7)."""
    episode = in_iop()
    ends = signed(episode.patient)
    waits = queued(ends, StaffFactory())
    stays = signed(episode.patient, expires_event="", expires_on=date(2999, 1, 1))
    at = end_care(episode).ended_at
    later = timezone.now() + timedelta(seconds=1)
    assert [is_valid(one.as_domain(), later) for one in (ends, stays)] == [False, True]
    assert ends.happened.get().at == at
    waits.refresh_from_db()
    assert waits.state == "cancelled"
    with pytest.raises(RuleBroken, match="it has ended"):
        signed(episode.patient)


def test_completing_aftercare_is_a_completed_episode():
    episode = end_care(in_aftercare())
    assert (episode.status, seat_of(episode).end_reason) == ("completed", Seat.End.COMPLETED)


def test_discharge_with_a_lapsed_offer_goes_through(aftercare):
    episode = in_iop()
    planned = plan(episode, aftercare)
    Seat.objects.filter(pk=planned.to_seat_id).update(held_until=timezone.now() - timedelta(hours=1))
    assert end_care(episode).ended_at


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"note": "  "}, "Write what happened"),
        ({"status": "active"}, "Choose why care ends"),
        ({"status": "return_to_use"}, "Choose why care ends"),
        ({"at": timezone.now() + timedelta(days=2)}, "a day to come"),
        ({"at": timezone.now() - timedelta(days=400)}, "before it was planned"),
    ],
    ids=["no note", "no ending", "a return to use", "ahead", "before admission"],
)
def test_discharge_is_refused_with_a_sentence_and_changes_nothing(more, sentence):
    episode = in_iop()
    with pytest.raises(RuleBroken, match=sentence):
        end_care(episode, **more)
    episode.refresh_from_db()
    assert (episode.status, queries.seat_now(episode)) == ("active", seat_of(episode))


def test_care_ends_once():
    episode = end_care(in_iop())
    with pytest.raises(RuleBroken, match="already ended"):
        end_care(episode)


def test_due_are_planned_ends_without_an_accepted_aftercare_seat(aftercare):
    soon, later, open_end = in_iop(), in_iop(ends_in=timedelta(weeks=5)), in_iop(ends_in=None)
    director = StaffFactory(roles=[Role.DIRECTOR])
    waits_for = lambda: [(due.seat.episode, due.waits_for) for due in queries.step_downs_due(director)]
    assert (waits_for(), queries.steps_waiting(director).all) == ([(soon, "plan")], 1)
    planned = plan(soon, aftercare)
    assert (waits_for(), queries.steps_waiting(director).all) == ([(soon, "answer")], 0)
    decline_seat(seat=planned.to_seat, by=soon.patient)
    assert (waits_for(), queries.steps_waiting(director).all) == ([(soon, "again")], 1)
    services.cancel(transition=planned, by=aftercare.leader)
    accepted(plan(soon, aftercare))
    assert queries.step_downs_due(director) == []
    assert {later, open_end}.isdisjoint(due.seat.episode for due in queries.step_downs_due(director))


def test_due_are_shown_to_the_leader_and_the_counselor_not_to_others():
    episode = in_iop()
    episode.patient.counselor = StaffFactory()
    episode.patient.save()
    for staff in (seat_of(episode).group.leader, episode.patient.counselor):
        assert len(queries.step_downs_due(staff)) == 1
        assert permissions.decide(staff, episode)
    stranger = StaffFactory()
    assert queries.step_downs_due(stranger) == []
    assert "clinical director decides this" in permissions.decide(stranger, episode).reason


def test_the_timeline_leads_from_where_they_came_from_to_what_is_planned(aftercare):
    episode = in_iop()
    plan(episode, aftercare)
    line = queries.timeline(episode)
    assert [(s.name, s.here, s.planned) for s in line.steps] == [
        ("Sampleton Day Hospital", False, False),
        ("Telehealth IOP", True, False),
        ("Aftercare", True, True),
    ]
    assert line.at == 1
    assert 0.8 < line.share < 0.9


def test_without_a_plan_the_timeline_shows_aftercare_at_the_planned_end(aftercare):
    episode = in_iop()
    ahead = queries.timeline(episode).steps[-1]
    day = seat_of(episode).ends_at.astimezone(seat_of(episode).group.zone).date()
    assert (ahead.name, ahead.planned, ahead.begins) == ("Aftercare", True, day)


def test_a_stay_whose_first_day_nobody_knows_is_on_the_timeline(aftercare):
    episode = in_iop()
    stay = episode.level_stays.earliest("days")
    stay.days = (None, stay.days.upper)
    stay.save()
    line = queries.timeline(episode)
    assert [(s.name, s.begins) for s in line.steps[:2]] == [
        ("Sampleton Day Hospital", None),
        ("Telehealth IOP", stay.days[1]),
    ]
    until = day_short(stay.days[1], timezone.localdate())
    assert (
        f"Sampleton Day Hospital until {until}; Telehealth IOP since {until}; "
        in pages.way_of(line, timezone.localdate()).sentence
    )


def test_an_ended_episode_has_nothing_ahead(aftercare):
    assert [step.planned for step in queries.timeline(end_care(in_iop())).steps] == [False, False]


def test_an_episode_without_levels_has_no_timeline():
    episode = in_aftercare()
    episode.level_stays.all().delete()
    assert queries.timeline(episode) is None


def test_the_choices_take_the_same_queries_for_any_number_of_groups(aftercare, django_assert_num_queries):
    episode = in_iop()
    for _ in range(3):
        group_with_sessions(aftercare=True)
    with django_assert_num_queries(9):
        assert len(queries.choices(episode, aftercare=True, after=timezone.now())) == 4


def test_the_choices_say_why_a_group_cannot_be_chosen(aftercare):
    unlicensed = group_with_sessions(aftercare=True, licensed=False)
    found = {c.group: c for c in queries.choices(in_iop(), aftercare=True, after=timezone.now())}
    assert (found[aftercare].against, found[aftercare].free) == ("", 10)
    assert "no license" in found[unlicensed].against


@pytest.mark.django_db(transaction=True)
def test_what_is_being_signed_when_care_ends_ends_too():
    """RULE PRIV-06."""
    episode = in_iop()
    held = prepared(episode.patient)
    while_open(lambda: sign(held), lambda: end_care(episode))
    assert held.happened.get().what == ConsentEvent.What.ENDED


@pytest.mark.django_db(transaction=True)
def test_what_is_signed_while_care_is_being_ended_is_refused():
    episode = in_iop()
    held = prepared(episode.patient)
    with pytest.raises(RuleBroken, match="it has ended"):
        while_open(lambda: end_care(episode), lambda: sign(held))


def sign(consent):
    seen = services_sharing.digest_of(text_of(consent).words)
    return services_sharing.sign(consent=consent, name="Rosa Sample", seen=seen, method="test", place=None)

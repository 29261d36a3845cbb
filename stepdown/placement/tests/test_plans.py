"""The waitlist as a problem, the plan for it, and its approval."""

from datetime import timedelta
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.kernel.db import RuleBroken
from stepdown.kernel.tests.at_once import all_at_once
from stepdown.outreach.models import Message
from stepdown.people.models import Role, Staff
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, LicenseFactory, StaffFactory
from stepdown.placement import planning, services, services_pairs, services_plans, services_waitlist, tasks
from stepdown.placement.errors import PlanDoesNotHold
from stepdown.placement.matching.engine import solve
from stepdown.placement.matching.validator import broken
from stepdown.placement.models import Proposal, Seat
from stepdown.placement.queries import groups_for, plan_page
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return StaffFactory(roles=[Role.ADMISSIONS])


def group_with(free, **fields):
    """A group with so many free chairs and two weeks of sessions; on every day, unless its days are given."""
    group = GroupFactory(chairs=free, **{"days": list(range(7))} | fields)
    for days in range(1, 15):
        starts_at = timezone.now() + timedelta(days=days)
        if starts_at.astimezone(group.zone).weekday() in group.days:
            SessionFactory(group=group, starts_at=starts_at)
    return group


def waiting(staff, **fields):
    episode = EpisodeFactory(**fields)
    services_waitlist.put_on_waitlist(episode=episode, by=staff)
    return episode


def worked_out(staff):
    proposal = Proposal.objects.create(asked_by=staff)
    tasks.work_out(proposal_id=str(proposal.pk))
    proposal.refresh_from_db()
    return proposal


def placed(proposal):
    return {seat["person"]: seat["group"] for seat in proposal.plan["placed"]}


def test_everyone_who_waits_gets_a_chair_where_there_is_one(staff):
    group, people = group_with(3), [waiting(staff) for _ in range(2)]
    assert placed(worked_out(staff)) == {str(episode.pk): str(group.pk) for episode in people}


def test_a_plan_changes_nothing(staff):
    group_with(3)
    waiting(staff)
    worked_out(staff)
    assert not Seat.objects.exists()
    assert not Message.objects.exists()


def test_of_more_people_than_chairs_the_most_urgent_is_placed_and_the_others_read_why(staff):
    group_with(1)
    people = [waiting(staff) for _ in range(3)]
    services_waitlist.set_urgency(episode=people[1], urgency=1, why="Alone.", by=staff)
    proposal = worked_out(staff)
    assert list(placed(proposal)) == [str(people[1].pk)]
    page = plan_page(proposal, staff, {}, timezone.now())
    assert {left.episode for left in page.left} == {people[0], people[2]}
    assert all(left.why and left.would_help for left in page.left)


@pytest.mark.parametrize(
    "person",
    [{"bands": ["morning"]}, {"days_away": [0]}, {"patient__state": "TX"}, {"patient__language": "es"}],
    ids=["band", "day", "state", "language"],
)
def test_what_forbids_a_seat_forbids_it_in_the_plan(staff, person):
    group_with(2, **({"tags": ["women"]} if "patient__language" in person else {}))
    waiting(staff, **person)
    assert placed(worked_out(staff)) == {}


def test_somebody_kept_apart_is_planned_beside_nobody_they_must_not_meet(staff):
    group = group_with(3)
    sitting = SeatFactory(group=group, accepted=True)
    one, other, third = (waiting(staff) for _ in range(3))
    services_pairs.pair_up(patient=one.patient, other=sitting.patient, kind="partners", by=staff)
    services_pairs.pair_up(patient=other.patient, staff=group.leader, kind="acquainted", by=staff)
    assert list(placed(worked_out(staff))) == [str(third.pk)]


@pytest.mark.parametrize("seed", range(6))
def test_in_random_centers_a_plan_breaks_no_rule_and_all_of_it_can_be_approved(staff, seed):
    r = Random(seed)
    for _ in range(4):
        group_with(r.randint(1, 4), band=r.choice(["morning", "evening"]), days=r.sample(range(7), 3))
    people = [
        waiting(staff, bands=r.choice([["morning"], ["evening"], []]), days_away=r.choice([[], [2], [4, 5]]))
        for _ in range(9)
    ]
    for _ in range(4):
        one, other = r.sample(people, 2)
        try:
            services_pairs.pair_up(patient=one.patient, other=other.patient, kind="conflict", by=staff)
        except RuleBroken:
            continue
    problem, options = planning.problem_of(timezone.now())
    plan = solve(problem, seed=seed)
    assert broken(problem, plan) == []
    for seat in plan.placed:
        if seat.group not in options:
            fits = {str(f.group.pk): f.fit for f in groups_for(next(e for e in people if str(e.pk) == seat.person))}
            assert fits[seat.group].possible, fits[seat.group].blocked_by
    proposal = Proposal.objects.create(asked_by=staff, plan=plan.model_dump(mode="json"), done_at=timezone.now())
    chosen = [e.pk for e in people if str(e.pk) in placed(proposal) and placed(proposal)[str(e.pk)] not in options]
    if chosen:
        assert len(services_plans.approve(proposal=proposal, people=chosen, by=staff)) == len(chosen)


def test_what_is_approved_is_held_and_told_and_the_rest_waits_on(staff):
    group, people = group_with(3), [waiting(staff) for _ in range(2)]
    proposal = worked_out(staff)
    services_plans.approve(proposal=proposal, people=[people[0].pk], by=staff)
    assert [seat.episode for seat in group.seats.held()] == [people[0]]
    assert list(Message.objects.values_list("patient", "kind")) == [(people[0].patient_id, "seat_offer")]


def test_approving_twice_is_approving_once(staff):
    group_with(1)
    episode = waiting(staff)
    proposal = worked_out(staff)
    for _ in range(2):
        services_plans.approve(proposal=proposal, people=[episode.pk], by=staff)
    assert Seat.objects.count() == Message.objects.count() == 1


def test_when_something_holds_no_more_each_is_told_why_and_nothing_is_half_saved(staff):
    group_with(2)
    people = [waiting(staff) for _ in range(2)]
    proposal = worked_out(staff)
    services.change_availability(episode=people[1], bands=["morning"], days_away=[], by=staff)
    with pytest.raises(PlanDoesNotHold) as no:
        services_plans.approve(proposal=proposal, people=[e.pk for e in people], by=staff)
    assert no.value.sentences == {people[1].pk: "Can come in the morning only."}
    assert not Seat.objects.exists()
    assert not Message.objects.exists()


def test_nobody_waits_and_nobody_chosen_are_said(staff):
    with pytest.raises(RuleBroken, match="Nobody waits for a chair"):
        services_plans.ask_for_plan(by=staff)
    with pytest.raises(RuleBroken, match="Choose at least one person"):
        services_plans.approve(proposal=Proposal.objects.create(asked_by=staff), people=[], by=staff)


def test_one_asks_for_one_plan_at_a_time(staff):
    waiting(staff)
    services_plans.ask_for_plan(by=staff)
    with pytest.raises(RuleBroken, match="still being worked out"):
        services_plans.ask_for_plan(by=staff)


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_offer_each_chair_once():
    staff, other = StaffFactory(), StaffFactory()
    group_with(2)
    people = [waiting(staff).pk for _ in range(2)]
    proposal = worked_out(staff)
    results = all_at_once(
        [lambda by=by: services_plans.approve(proposal=proposal, people=people, by=by) for by in (staff, other)]
    )
    assert sorted(type(each).__name__ for each in results) == ["PlanDoesNotHold", "list"]
    assert Seat.objects.count() == 2


def html(response):
    return " ".join(response.content.decode().split())


def test_a_plan_is_asked_for_followed_read_and_approved(client, staff):
    CenterFactory()
    sign_in(client, staff)
    group_with(1)
    episode = waiting(staff, patient__first_name="Bea", patient__last_name="Nobody")
    response = client.post(reverse("placement:plans"), {"seed": "7"})
    proposal = Proposal.objects.get()
    assert response["Location"] == reverse("placement:plan", args=[proposal.pk])
    progress = reverse("placement:plan_progress", args=[proposal.pk])
    assert "Waiting for the worker" in html(client.get(response["Location"]))
    assert "HX-Refresh" not in client.get(progress)
    tasks.work_out(proposal_id=str(proposal.pk))
    assert client.get(progress)["HX-Refresh"] == "true"
    page = html(client.get(response["Location"]))
    assert "One person could sit" in page
    assert "Bea Nobody" in page
    assert "Seed 7" in page
    assert client.post(response["Location"], {"person": [str(episode.pk)]}).status_code == 302
    assert "Holds the offer." in html(client.get(response["Location"]))


def test_who_approves_a_plan_reads_of_how_many_no_message_goes_out(client, staff):
    CenterFactory()
    sign_in(client, staff)
    group_with(2)
    people = [waiting(staff), waiting(staff, patient__safe_contact_note="Never text.")]
    proposal = worked_out(staff)
    plan, chosen = reverse("placement:plan", args=[proposal.pk]), {"person": [str(one.pk) for one in people]}
    assert "Everyone but one person gets the link" in html(client.post(plan, chosen, follow=True))


def test_what_no_longer_holds_is_read_beside_the_person(client, staff):
    CenterFactory()
    sign_in(client, staff)
    group_with(1)
    episode = waiting(staff)
    proposal = worked_out(staff)
    services.change_availability(episode=episode, bands=["morning"], days_away=[], by=staff)
    response = client.post(reverse("placement:plan", args=[proposal.pk]), {"person": [str(episode.pk)]})
    assert response.status_code == 422
    assert "Can come in the morning only." in html(response)
    assert client.post(reverse("placement:plan", args=[proposal.pk]), {}).status_code == 422


def test_where_chairs_are_missing_a_group_like_those_there_are_is_proposed_with_who_could_lead_it(client):
    director = StaffFactory(roles=[Role.DIRECTOR, Role.COUNSELOR])
    CenterFactory()
    sign_in(client, director)
    LicenseFactory(staff=director, state="MN")
    group = group_with(1, name="Juniper")
    SeatFactory(group=group, accepted=True)
    for _ in range(4):
        waiting(director)
    Staff.objects.filter(pk=group.leader_id).update(ended_at=timezone.now())
    proposal = worked_out(director)
    assert [each["leader"] for each in proposal.plan["opened"]] == [str(director.pk)]
    page = html(client.get(reverse("placement:plan", args=[proposal.pk])))
    assert "Open a group like Juniper" in page
    assert f"led by {director.name}" in page
    asked = f"like={group.pk}&amp;leader={director.pk}&amp;opened_on={proposal.options['new 0.0']['opens_on']}"
    assert f'{reverse("timetable:new")}?{asked}"' in page


def test_nobody_is_planned_into_a_new_group_of_somebody_they_are_kept_apart_from(staff):
    group = group_with(1)
    SeatFactory(group=group, accepted=True)
    leaders = [StaffFactory(roles=[Role.COUNSELOR]) for _ in range(2)]
    for leader in leaders:
        LicenseFactory(staff=leader, state="MN")
    Staff.objects.filter(pk=group.leader_id).update(ended_at=timezone.now())
    people = [waiting(staff) for _ in range(4)]
    for episode in people[:3]:
        services_pairs.pair_up(patient=episode.patient, staff=leaders[0], kind="acquainted", by=staff)
    proposal = worked_out(staff)
    assert [each["leader"] for each in proposal.plan["opened"]] == [str(leaders[1].pk)]
    assert len(placed(proposal)) == 4
    services_pairs.pair_up(patient=people[3].patient, staff=leaders[1], kind="acquainted", by=staff)
    assert str(people[3].pk) not in placed(worked_out(staff))


@pytest.mark.parametrize("true_of", [["women", "veterans"], ["women"], []])
def test_a_plan_and_a_single_offer_agree_on_whom_a_group_is_meant_for(staff, true_of):
    group_with(2, tags=["women", "veterans"])
    episode = waiting(staff)
    services.change_availability(
        episode=episode, bands=["evening"], days_away=[], wishes={"true_of": true_of}, by=staff
    )
    episode.refresh_from_db()
    assert [f.fit.possible for f in groups_for(episode)] == [bool(placed(worked_out(staff)))] == [len(true_of) == 2]

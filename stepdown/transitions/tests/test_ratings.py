"""Who is in care is rated again, and the step down goes by the newest. Source: level-of-care rules, section 7."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.tests.factories import AssessmentFactory
from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.transitions import queries, services
from stepdown.transitions.domain.criteria import Finding
from stepdown.transitions.models import Rating
from stepdown.transitions.queries_ratings import ratings_of
from stepdown.transitions.tests.factories import group_with_sessions, in_iop, seat_of

pytestmark = pytest.mark.django_db
STEADY = {"d1": 0, "d2": 1, "d3": 1, "d4": 2, "d5": 1, "d6": 0}


@pytest.fixture
def episode():
    """Rated at the assessment eleven weeks ago: serious in risk of use."""
    CenterFactory()
    episode = in_iop(group=group_with_sessions(leader=StaffFactory(name="Ruth Sample")))
    assessment = AssessmentFactory(finished=True, decided=True)
    assessment.answers["ratings"] = {"d1": 0, "d2": 0, "d3": 2, "d4": 1, "d5": 3, "d6": 1}
    assessment.decided_at = timezone.now() - timedelta(weeks=11)
    assessment.save()
    episode.assessment = assessment
    episode.save()
    return episode


def leader_of(episode):
    return seat_of(episode).group.leader


def rate(episode, **more):
    return services.rate(episode=episode, ratings=STEADY | more, words="Home from work on time.", by=leader_of(episode))


def page(episode):
    return reverse("transitions:rate", args=[episode.pk])


def findings(episode):
    return [each.finding for each in queries.criteria_of(episode, seat_of(episode))[1:6]]


def test_the_step_down_is_judged_by_the_newest_rating(episode):
    assert findings(episode).count(Finding.NOT_MET) == 2
    rate(episode)
    assert findings(episode) == [Finding.MET] * 5
    rate(episode, d5=3)
    assert findings(episode).count(Finding.NOT_MET) == 1


def test_it_is_kept_beside_the_one_of_the_assessment_with_who_and_when(episode):
    row = rate(episode)
    newest, first = ratings_of(episode)
    assert (newest.at, newest.by, newest.ratings, newest.words) == (row.at, "Ruth Sample", STEADY, row.words)
    assert (first.first, first.ratings["d5"]) == (True, 3)


def test_of_another_episode_it_is_none(episode):
    rate(in_iop())
    assert len(ratings_of(episode)) == 1


def test_it_never_changes(episode):
    row = rate(episode)
    for change in (lambda: Rating.objects.update(d5=0), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize("number", [5, -1])
def test_a_number_is_from_0_to_4(episode, number):
    with pytest.raises((RuleBroken, DatabaseError)), transaction.atomic():
        rate(episode, d3=number)


def test_after_the_end_of_care_nobody_is_rated(episode):
    services.discharge(episode=episode, status="completed", note="All arranged.", by=leader_of(episode))
    with pytest.raises(RuleBroken, match="already ended"):
        rate(episode)


def test_the_leader_rates_on_a_page_of_the_step_down(client, episode):
    sign_in(client, leader_of(episode))
    assert page(episode) in client.get(reverse("transitions:step_down", args=[episode.pk])).content.decode()
    assert client.post(page(episode), STEADY | {"words": "Steady."}).status_code == 302
    told = client.get(page(episode)).content.decode()
    assert "Withdrawal 0, Health 1, Mood and thinking 1, Readiness 2, Risk of use 1, Home and people 0" in told
    assert "In care, Ruth Sample. Steady." in told
    assert "Assessment" in told


def test_every_dimension_is_asked(client, episode):
    sign_in(client, leader_of(episode))
    answer = client.post(page(episode), STEADY | {"d4": ""})
    assert (answer.status_code, "Choose a number from 0 to 4." in answer.content.decode()) == (422, True)
    assert client.post(page(episode), STEADY | {"d4": "5"}).status_code == 422
    assert not Rating.objects.exists()


def test_a_director_rates_and_another_counselor_finds_nobody(client, episode):
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    assert client.post(page(episode), STEADY).status_code == 302
    sign_in(client, StaffFactory())
    assert client.get(page(episode)).status_code == 404


def test_who_waits_for_the_first_session_is_not_rated_again(client, episode):
    type(episode).objects.filter(pk=episode.pk).update(status="planned")
    sign_in(client, leader_of(episode))
    assert client.post(page(episode), STEADY).status_code == 403

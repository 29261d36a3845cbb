from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement import services_chain, services_waitlist
from stepdown.placement.models import ChainStop, Skip, Waiting
from stepdown.placement.tests.factories import GroupFactory
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _center():
    CenterFactory()


@pytest.fixture
def staff():
    return StaffFactory(roles=[Role.ADMISSIONS])


@pytest.fixture
def admissions(client, staff):
    return sign_in(client, staff)


@pytest.fixture
def group():
    group = GroupFactory(name="Juniper", chairs=1)
    SessionFactory(group=group, starts_at=timezone.now() + timedelta(hours=2))
    return group


@pytest.fixture
def episode(staff):
    episode = EpisodeFactory(patient__first_name="Bea", patient__last_name="Nobody")
    services_waitlist.put_on_waitlist(episode=episode, by=staff)
    return episode


def html(response):
    return " ".join(response.content.decode().split())


def act(client, group, **data):
    return client.post(reverse("placement:chain", args=[group.pk]), data)


def test_the_waitlist_says_who_waits_how_urgent_and_for_which_chairs(admissions, group, episode, staff):
    services_waitlist.set_urgency(episode=episode, urgency=1, why="Leaves the hospital on Friday.", by=staff)
    page = html(admissions.get(reverse("placement:waitlist")))
    assert "One person waits for a chair" in page
    assert "Bea Nobody" in page
    assert "Leaves the hospital on Friday." in page
    assert "Juniper" in page


def test_the_waitlist_says_what_stands_in_the_way_where_nothing_fits(admissions, group, episode):
    Episode.objects.filter(pk=episode.pk).update(bands=["morning"])
    assert "None now. Nearest: Juniper. Can come in the morning only." in html(
        admissions.get(reverse("placement:waitlist"))
    )


def test_the_waitlist_shows_who_holds_an_offer(admissions, group, episode):
    services_chain.offer_free_chairs(timezone.now())
    page = html(admissions.get(reverse("placement:waitlist")))
    assert "Nobody waits for a chair" in page
    assert "Offered now" in page
    assert "by itself" in page


def test_the_waitlist_asks_as_often_of_the_database_for_many_as_for_one(
    admissions, group, staff, django_assert_max_num_queries
):
    for _ in range(12):
        services_waitlist.put_on_waitlist(episode=EpisodeFactory(), by=staff)
    with django_assert_max_num_queries(20):
        admissions.get(reverse("placement:waitlist"))


def test_an_empty_waitlist_says_what_to_do(admissions):
    assert "Put somebody on it from their seat page" in html(admissions.get(reverse("placement:waitlist")))


def test_somebody_is_put_on_and_taken_off(admissions):
    episode = EpisodeFactory()
    url = reverse("placement:wait", args=[episode.pk])
    assert admissions.post(url, {"act": "put"}).status_code == 302
    assert "On the waitlist" in html(admissions.get(reverse("placement:offer", args=[episode.pk])))
    admissions.post(url, {"act": "take_off"})
    episode.refresh_from_db()
    assert episode.status == Episode.Status.PLANNED


def test_urgency_without_a_reason_comes_back_with_the_sentence_and_what_was_chosen(admissions, episode):
    url = reverse("placement:wait", args=[episode.pk])
    response = admissions.post(url, {"act": "urgency", "urgency": "1", "why": ""})
    assert response.status_code == 422
    assert "Say why it is more or less urgent than the rules say." in html(response)
    assert admissions.post(url, {"act": "urgency", "urgency": "1", "why": "Alone."}).status_code == 302
    assert Waiting.objects.get(episode=episode).set_why == "Alone."


def test_nobody_in_care_is_put_on_the_waitlist(admissions):
    episode = EpisodeFactory(status=Episode.Status.ACTIVE)
    response = admissions.post(reverse("placement:wait", args=[episode.pk]), {"act": "put"})
    assert response.status_code == 403


def test_the_chain_shows_what_was_offered_what_they_said_and_who_is_next(admissions, group, episode, staff):
    services_chain.offer_free_chairs(timezone.now())
    after = EpisodeFactory(patient__first_name="Sol", patient__last_name="Madeup")
    services_waitlist.put_on_waitlist(episode=after, by=staff)
    page = html(admissions.get(reverse("placement:chain", args=[group.pk])))
    assert "By itself" in page
    assert "None yet." in page
    assert page.index("Who is next") < page.index("Sol Madeup") < page.index("What was offered")


def test_the_chain_is_stopped_with_a_reason_and_started_again(admissions, group, episode):
    assert act(admissions, group, act="stop", reason="").status_code == 422
    assert act(admissions, group, act="stop", reason="The leader is ill.").status_code == 302
    page = html(admissions.get(reverse("placement:chain", args=[group.pk])))
    assert "No chair of Juniper is offered by itself." in page
    assert "The leader is ill." in html(admissions.get(reverse("placement:waitlist")))
    act(admissions, group, act="start")
    assert not ChainStop.objects.filter(started_at=None).exists()


def test_somebody_is_passed_over_with_a_reason_and_gets_the_turn_back(admissions, group, episode):
    assert act(admissions, group, act="skip", episode=episode.pk, reason="").status_code == 422
    act(admissions, group, act="skip", episode=episode.pk, reason="Works with the leader.")
    skip = Skip.objects.get()
    assert "Works with the leader." in html(admissions.get(reverse("placement:chain", args=[group.pk])))
    act(admissions, group, act="end_skip", skip=skip.pk)
    skip.refresh_from_db()
    assert skip.ended_at


@pytest.mark.parametrize("data", [{"act": "dance"}, {"act": "end_skip", "skip": "x"}, {}])
def test_an_act_that_is_none_is_refused_with_a_sentence(admissions, group, data):
    response = act(admissions, group, **data)
    assert response.status_code == 422
    assert "Not done." in html(response)

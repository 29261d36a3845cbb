"""Who is told of an alarm, and sees it, while those who look after somebody are away."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from stepdown.measures import queries, services, services_work
from stepdown.measures.tests.factories import AdministrationFactory, finished
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.privacy.services_restricted import restrict
from stepdown.timetable.models import StandIn
from stepdown.timetable.services_absences import mark_absence
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def center():
    return CenterFactory()


@pytest.fixture
def seat():
    return SeatFactory(accepted=True, starts_at=timezone.now() - timedelta(weeks=4))


@pytest.fixture
def ben():
    """Leads nothing of his own."""
    return StaffFactory(name="Ben Okafor")


@pytest.fixture
def director():
    return StaffFactory(roles=[Role.DIRECTOR])


def go_away(*staff):
    for one in staff:
        start = timezone.now() + timedelta(seconds=1)
        absence = mark_absence(staff=one, starts_at=start, ends_at=start + timedelta(days=7), by=one)
        type(absence).objects.filter(pk=absence.pk).update(starts_at=start - HOUR)
    Message.objects.all().delete()


def restricted(patient, *names):
    restrict(patient=patient, why="public", words="Is known.", names=names, by=StaffFactory(roles=[Role.PRIVACY]))


def alarm(seat, value=3):
    row = AdministrationFactory(patient=seat.patient)
    return services.save_answer(administration=row, item="phq9_9", value=value).raised[0]


def danger(seat):
    """An emergency: the suicide-risk screener says so."""
    row = finished(AdministrationFactory(patient=seat.patient, instrument="cssrs-screener"), value=1)
    return row.work_items.get(flag="cssrs_high")


def told():
    return set(Message.objects.values_list("staff", flat=True))


@pytest.mark.parametrize("begins_in", [timedelta(minutes=-30), 3 * HOUR, -6 * HOUR])
def test_who_stands_in_today_owns_it_is_told_and_sees_it(seat, ben, director, begins_in):
    SessionFactory(group=seat.group, leader=ben, starts_at=timezone.now() + begins_in)
    go_away(seat.group.leader, director)
    item = alarm(seat)
    assert (item.owner, told()) == (ben, {ben.pk})
    assert queries.work_open(ben) == [item]


def test_who_stands_in_on_another_day_does_not_own_it(seat, ben, director):
    SessionFactory(group=seat.group, leader=ben, starts_at=timezone.now() + timedelta(days=2))
    assert alarm(seat).owner == seat.group.leader
    assert queries.work_open(ben) == []


def test_who_co_leads_today_sees_it_without_owning_it(seat, ben):
    SessionFactory(group=seat.group, co_leader=ben, starts_at=timezone.now() - HOUR)
    item = alarm(seat)
    assert (item.owner, queries.work_open(ben)) == (seat.group.leader, [item])


def test_a_session_before_the_seat_began_makes_nobody_the_owner(seat, ben):
    type(seat).objects.filter(pk=seat.pk).update(starts_at=timezone.now() - HOUR)
    SessionFactory(group=seat.group, leader=ben, starts_at=timezone.now() - 5 * HOUR)
    assert alarm(seat).owner == seat.group.leader
    assert queries.work_open(ben) == []


def test_who_stands_in_neither_owns_nor_sees_it_of_a_restricted_record(seat, ben):
    SessionFactory(group=seat.group, leader=ben, starts_at=timezone.now() - HOUR)
    restricted(seat.patient, StaffFactory())
    assert alarm(seat).owner == seat.group.leader
    assert queries.work_open(ben) == []


@pytest.mark.parametrize("raise_it", [alarm, danger])
def test_with_all_away_every_clinician_who_is_there_is_told_and_sees_it(seat, ben, director, raise_it):
    kit, bill = StaffFactory(roles=[Role.ADMISSIONS]), StaffFactory(roles=[Role.BILLER])
    go_away(seat.group.leader, director)
    item = raise_it(seat)
    assert item.owner == director
    assert {ben.pk, kit.pk} <= told()
    assert bill.pk not in told()
    assert item in queries.work_open(ben)
    assert item in queries.work_open(kit)


def test_once_somebody_has_taken_it_the_others_see_it_no_more(seat, ben, director):
    other = StaffFactory()
    go_away(seat.group.leader, director)
    services_work.take(item=alarm(seat), by=ben)
    assert (len(queries.work_open(ben)), queries.work_open(other)) == (1, [])


def test_with_a_director_there_others_are_neither_told_nor_see_it(seat, ben, director):
    go_away(seat.group.leader)
    item = danger(seat)
    assert (item.owner, told(), queries.work_open(ben)) == (director, {director.pk}, [])


def test_late_with_no_director_there_every_clinician_who_is_there_is_told_and_sees_it(seat, ben, director):
    go_away(director)
    item = alarm(seat)
    assert queries.work_open(ben) == []
    Message.objects.all().delete()
    services_work.escalate(now=timezone.now() + timedelta(hours=5))
    assert told() == {ben.pk, director.pk, seat.group.leader_id}
    assert queries.work_open(ben) == [item]


def test_with_all_away_nobody_else_is_told_of_a_restricted_record(seat, ben, director):
    named = StaffFactory()
    restricted(seat.patient, named)
    go_away(seat.group.leader, director, named)
    danger(seat)
    assert told() == {named.pk}
    assert queries.work_open(ben) == []


def test_who_stands_in_asks_what_it_asks_for_and_settles_it(client, seat, ben):
    SessionFactory(group=seat.group, leader=ben, starts_at=timezone.now() - HOUR)
    item = alarm(seat)
    sign_in(client, ben)
    page = client.get(reverse("measures:work_item", args=[item.pk])).content.decode()
    assert reverse("measures:patient", args=[seat.patient.pk]) not in page
    assert client.get(reverse("measures:fill_in", args=[item.asks_for.pk])).status_code == 200
    assert client.get(reverse("measures:administration", args=[item.administration.pk])).status_code == 200
    said = {"disposition": "spoke", "words": "Safe tonight."}
    assert client.post(reverse("measures:work_item", args=[item.pk]), said, follow=True).status_code == 200
    assert client.get(reverse("measures:administration", args=[item.administration.pk])).status_code == 404


def test_who_took_it_while_all_are_away_asks_what_it_asks_for(client, seat, ben, director):
    go_away(seat.group.leader, director)
    item = services_work.take(item=alarm(seat), by=ben)
    assert sign_in(client, ben).get(reverse("measures:fill_in", args=[item.asks_for.pk])).status_code == 200


def test_who_owns_it_and_leads_them_no_more_reads_no_other_answers(client, seat):
    before, item = seat.group.leader, alarm(seat)
    type(seat.group).objects.filter(pk=seat.group_id).update(leader=StaffFactory())
    assert queries.work_open(before) == [item]
    page = reverse("measures:administration", args=[item.administration.pk])
    assert sign_in(client, before).get(page).status_code == 404


def opens(client, item, *rows):
    """(what their page answers, whether the item's own page leads there) of each of these administrations."""
    words = client.get(reverse("measures:work_item", args=[item.pk])).content.decode()
    names = ["fill_in" if row == item.asks_for else "administration" for row in rows]
    urls = [reverse(f"measures:{name}", args=[row.pk]) for name, row in zip(names, rows, strict=True)]
    return [(client.get(url).status_code, url in words) for url in urls]


def test_who_took_it_still_asks_what_it_asks_for_when_a_director_is_there_again(client, seat, ben):
    item = services_work.take(item=alarm(seat), by=ben)
    sign_in(client, ben)
    assert opens(client, item, item.asks_for, item.administration) == [(200, True), (404, False)]
    row = AdministrationFactory(patient=seat.patient, instrument="gad7")
    assert client.get(reverse("measures:administration", args=[row.pk])).status_code == 404
    restricted(seat.patient, StaffFactory())
    assert client.get(reverse("measures:fill_in", args=[item.asks_for.pk])).status_code == 404


def test_who_owns_it_as_a_stand_in_asks_what_it_asks_for_after_that_day(client, seat, ben):
    session = SessionFactory(group=seat.group, leader=ben, starts_at=timezone.now() - HOUR)
    leader = seat.group.leader
    StandIn.objects.create(session=session, place="leader", instead_of=leader, staff=ben, given_by=leader)
    item = alarm(seat)
    assert item.owner == ben
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        sign_in(client, ben)
        assert opens(client, item, item.asks_for, item.administration) == [(200, True), (404, False)]


def test_who_owns_it_from_when_they_led_them_asks_and_reads_no_more(client, seat):
    before, item = seat.group.leader, alarm(seat)
    type(seat.group).objects.filter(pk=seat.group_id).update(leader=StaffFactory())
    sign_in(client, before)
    assert opens(client, item, item.asks_for, item.administration) == [(404, False), (404, False)]


def test_who_settled_it_for_all_who_are_away_reads_what_they_wrote(client, seat, ben, director):
    go_away(seat.group.leader, director)
    item = alarm(seat)
    sign_in(client, ben)
    said = {"disposition": "spoke", "words": "Safe tonight."}
    answer = client.post(reverse("measures:work_item", args=[item.pk]), said, follow=True)
    assert "Safe tonight." in answer.content.decode()

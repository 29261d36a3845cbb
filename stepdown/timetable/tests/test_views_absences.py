"""The pages of who is away and who stands in."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable import absences
from stepdown.timetable.models import Absence, Ask
from stepdown.timetable.tests.away import ask, leave, licensed, say, told

pytestmark = pytest.mark.django_db


def boxes(day, name):
    return {f"{name}_month": str(day.month), f"{name}_day": str(day.day), f"{name}_year": str(day.year)}


def test_a_leader_sees_what_an_absence_touches_before_it_is_marked(client, session):
    sign_in(client, session.leader)
    sent = boxes(session.service_date, "first_on") | boxes(session.service_date + timedelta(days=1), "last_on")
    page = client.post(reverse("timetable:mark_absence"), sent | {"act": "look"}).content.decode()
    assert "One session in that time" in page
    assert not Absence.objects.exists()
    client.post(reverse("timetable:mark_absence"), sent | {"act": "mark"})
    assert Absence.objects.get().staff == session.leader
    page = client.get(reverse("timetable:absences")).content.decode()
    assert "One session has no leader" in page


@pytest.mark.parametrize(
    ("first", "more", "sentence"),
    [
        (-1, {}, "That day is over. Choose one that is still to come."),
        (5, {"last": 4}, "The last day cannot be before the first one."),
        (5, {"from_at": "3:00 pm", "until_at": "1:00 pm"}, "This is before it begins."),
        (5, {"from_at": "noonish"}, "Enter a time, for example 6:00 pm."),
        (5000, {}, "Choose a day within two years."),
    ],
)
def test_an_absence_that_cannot_be_is_said_beside_its_field(client, session, first, more, sentence):
    sign_in(client, session.leader)
    today = timezone.localdate(timezone=ZoneInfo(session.leader.time_zone))
    sent = boxes(today + timedelta(days=first), "first_on") | {"act": "mark"}
    if "last" in more:
        sent |= boxes(today + timedelta(days=more["last"]), "last_on")
    answer = client.post(reverse("timetable:mark_absence"), sent | more)
    assert answer.status_code == 422
    assert answer.content.decode().count(sentence) == 2
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("place", "told_of_it"),
    [("leader", "Everyone but one person in the group is told who leads that day. No message"), ("co_leader", "")],
)
def test_who_gives_a_session_reads_how_many_patients_are_told(client, session, director, place, told_of_it):
    SeatFactory(group=session.group, patient=PatientFactory(safe_contact_note="Never text."), accepted=True)
    session.co_leader = licensed()
    session.save()
    sign_in(client, director)
    sent = {"place": place, "staff": str(licensed().pk)}
    page = client.post(reverse("timetable:assign", args=[session.pk]), sent, follow=True).content.decode()
    assert f"Given. They are told.{told_of_it and ' '}{told_of_it}" in page
    assert ("in the group is told" in page) == bool(told_of_it)


def test_an_absence_that_meets_another_one_is_told_beside_its_first_day(client, session):
    leave(session)
    sign_in(client, session.leader)
    sent = boxes(timezone.localdate() + timedelta(days=6), "first_on") | {"act": "mark"}
    sent |= boxes(timezone.localdate() + timedelta(days=9), "last_on")
    answer = client.post(reverse("timetable:mark_absence"), sent)
    assert answer.status_code == 422
    assert answer.content.decode().count("An absence in that time is marked already.") == 2


def test_a_director_marks_the_absence_of_others_and_nobody_else_does(client, session, director):
    url = reverse("timetable:mark_absence")
    sent = {"who": session.leader_id, "act": "mark"} | boxes(session.service_date, "first_on")
    sign_in(client, other := StaffFactory()).post(url, sent)
    assert Absence.objects.get().staff == other
    sign_in(Client(), director).post(url, sent)
    assert Absence.objects.filter(staff=session.leader).exists()


def test_the_whole_way_from_an_absence_to_who_stands_in_and_the_patient_reads_it(client, session, director):
    patient = session.group.seats.get().patient
    jon = licensed(name="Jon Secondby")
    sign_in(client, session.leader).post(reverse("timetable:away_for_one", args=[session.pk]))
    day = sign_in(Client(), director)
    assert f"{session.group.name} has no leader" in day.get(reverse("desk:day")).content.decode()
    url = reverse("timetable:stand_in", args=[session.pk])
    assert "Jon Secondby" in day.get(url).content.decode()
    day.post(reverse("timetable:ask", args=[session.pk]), {"place": "leader", "order": "at_once", "staff": [jon.pk]})
    assert "no answer yet" in day.get(url).content.decode()
    browser = sign_in(Client(), jon)
    assert (
        f"Can you lead {session.group.name} for {session.leader.name}?"
        in browser.get(reverse("desk:day")).content.decode()
    )
    asked = Ask.objects.get()
    browser.post(reverse("timetable:answer_ask", args=[asked.pk]), {"answer": "yes"})
    session.refresh_from_db()
    assert session.leader == jon
    assert "said yes" in day.get(url).content.decode()
    home = as_patient(Client(), patient).get(reverse("desk:home")).content.decode()
    assert f"Jon leads this time, in place of {asked.instead_of.first_name}." in home


def test_an_answer_that_comes_too_late_reads_a_sentence(client, session):
    leave(session)
    first, second = licensed(), licensed()
    asks = ask(session, first, second)
    say(asks[0])
    sign_in(client, second)
    answer = client.post(reverse("timetable:answer_ask", args=[asks[1].pk]), {"answer": "yes"})
    assert answer.status_code == 422
    assert "Somebody else said yes before you" in answer.content.decode()
    assert client.post(reverse("timetable:answer_ask", args=[asks[0].pk]), {"answer": "yes"}).status_code == 404


def test_asking_stops_and_who_was_asked_is_told(client, session):
    leave(session)
    one = licensed()
    ask(session, one)
    sign_in(client, session.leader).post(reverse("timetable:stop_asking", args=[session.pk]), {"place": "leader"})
    assert told("stand_in_over") == {one}
    assert absences.asks_to(one, timezone.now()) == []


def test_other_counselors_do_not_arrange_it(client, session):
    sign_in(client, StaffFactory())
    assert client.get(reverse("timetable:stand_in", args=[session.pk])).status_code == 404
    session.group.co_leader = colleague = StaffFactory()
    session.group.save()
    sign_in(colleagues := Client(), colleague)
    assert colleagues.get(reverse("timetable:stand_in", args=[session.pk])).status_code == 403

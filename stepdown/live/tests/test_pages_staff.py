"""The leader's room as pages: who opens it, what it shows, and acts without scripts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.live import door, queries, services, services_inside
from stepdown.live.domain.stays import Kind
from stepdown.live.models import Admittance, Break, InboxEvent, Incident, Room
from stepdown.live.services import Sighting
from stepdown.live.tests.factories import JoinFactory, RoomFactory, patient_at_door
from stepdown.people.models import Role
from stepdown.people.tests.clients import proved_long_ago, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    CenterFactory()
    return SessionFactory()


@pytest.fixture
def leader(client, session):
    sign_in(client, session.leader)
    return client


def page(client, name, session):
    return client.get(reverse(f"live:{name}", args=[session.pk]))


def act(client, name, session, **fields):
    return client.post(reverse(f"live:{name}", args=[session.pk]), fields)


def test_a_counselor_of_another_group_finds_no_room(client, session):
    sign_in(client, StaffFactory())
    assert page(client, "staff_room", session).status_code == 404


def test_a_director_may_lead_every_session(client, session):
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    assert page(client, "staff_room", session).status_code == 200


def test_who_waits_is_shown_with_what_they_said_at_the_door(leader, session):
    patient = patient_at_door(session, craving=8, mood="low", used_since=False)
    services.knock(session=session, patient=patient)
    body = page(leader, "waiting", session).content.decode()
    for said in (f"Let {patient.called} in", "Urge 8 of 10", "Mood low", "1200 Example Street", "licensed", "Nobody"):
        assert said in body


def test_a_no_to_the_question_about_use_says_since_when(leader, session):
    patient = patient_at_door(session, used_since=False)
    services.knock(session=session, patient=patient)
    assert "None in the past week" in page(leader, "waiting", session).content.decode()
    before = SessionFactory(group=session.group, starts_at=session.starts_at - timedelta(days=7))
    patient.seats.update(starts_at=before.starts_at)
    body = page(leader, "waiting", session).content.decode()
    assert f"None since {door.day_of_last(session, before)}" in body


def test_a_place_without_a_license_is_marked(leader, session):
    patient = patient_at_door(session, state="NV")
    services.knock(session=session, patient=patient)
    assert "not licensed in NV" in page(leader, "waiting", session).content.decode()


def test_who_is_missing_can_be_called_where_they_said(leader, session):
    patient_at_door(session, callback_phone="+16125550142")
    assert 'href="tel:+16125550142"' in page(leader, "waiting", session).content.decode()


def test_the_rail_takes_the_same_queries_for_two_and_for_six(leader, session, django_assert_max_num_queries):
    for _number in range(6):
        services.knock(session=session, patient=patient_at_door(session))
    with django_assert_max_num_queries(27):
        page(leader, "waiting", session)


def test_a_leader_lets_in_and_sends_out_without_scripts(leader, session):
    patient = patient_at_door(session)
    answer = act(leader, "let_in", session, patient=patient.pk)
    assert answer.url == reverse("live:staff_room", args=[session.pk])
    assert Admittance.objects.get(patient=patient).sent_out_at is None
    act(leader, "send_out", session, patient=patient.pk)
    assert Admittance.objects.get(patient=patient).sent_out_at


def test_nobody_without_a_seat_is_let_in(leader, session):
    answer = act(leader, "let_in", session, patient=PatientFactory().pk)
    assert answer.status_code == 422
    assert "Choose someone who has a seat in this session." in answer.content.decode()
    assert not Admittance.objects.exists()


def test_a_private_word_is_at_the_top_of_the_rail_and_answered_without_scripts(leader, session):
    patient = patient_at_door(session)
    services.knock(session=session, patient=patient)
    word = services_inside.tell_leaders(session=session, patient=patient, kind="step_out")
    body = page(leader, "waiting", session).content.decode()
    assert body.index("I want to step out for a minute.") < body.index("Waiting to come in")
    leader.post(reverse("live:answer_word", args=[session.pk]) + f"?word={word.pk}", {"answer": "take_time"})
    assert queries.open_words(session) == []


@pytest.mark.parametrize("word", ["", "1", "00000000-0000-4000-8000-000000000000"])
def test_a_word_that_is_not_there_cannot_be_answered(leader, session, word):
    url = reverse("live:answer_word", args=[session.pk]) + f"?word={word}"
    assert leader.post(url, {"answer": "take_time"}).status_code == 422


def test_the_room_is_paused_and_locked_without_scripts(leader, session):
    RoomFactory(session=session)
    for what in ("pause", "lock"):
        act(leader, "decide", session, what=what, on="1")
    assert queries.decided(session) == queries.Decided(pause=True, lock=True)
    services.knock(session=session, patient=patient_at_door(session))
    assert "Unlock it below." in page(leader, "waiting", session).content.decode()
    act(leader, "decide", session, what="pause", on="")
    assert queries.decided(session) == queries.Decided(lock=True)


@pytest.mark.parametrize(
    "fields", [{}, {"step": "sing"}, {"step": "start"}, {"step": "next"}, {"step": "skip", "turn_of": "2"}]
)
def test_a_step_of_a_round_that_cannot_be_taken_is_a_sentence(leader, session, fields):
    RoomFactory(session=session)
    assert act(leader, "round", session, **fields).status_code == 422


def test_next_pressed_twice_on_the_same_turn_is_taken_once(leader, session):
    RoomFactory(session=session)
    joins = [JoinFactory(session=session, patient=patient_at_door(session)) for _ in range(3)]
    services.record([Sighting("signaling", "live", Kind.ARRIVED, timezone.now(), join=join.pk) for join in joins])
    services_inside.start_round(session=session, by=session.leader)
    for _ in range(2):
        assert (
            act(leader, "round", session, step="next", turn_of=str(queries.patients_in(session)[0])).status_code == 302
        )
    assert queries.round_now(session).turn == 1


def test_a_break_lasts_as_long_as_the_program_plans(leader, session):
    RoomFactory(session=session)
    act(leader, "break_start", session)
    assert Break.objects.get().planned_minutes == session.group.program.breaks[0][1]
    act(leader, "break_end", session)
    assert Break.objects.get().ends_at


def test_a_rule_that_says_no_is_told_to_scripts_as_a_sentence(leader, session):
    answer = leader.post(reverse("live:break_start", args=[session.pk]), headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert "room is not open" in answer.json()["why"]


def test_ending_closes_the_room(leader, session):
    RoomFactory(session=session)
    act(leader, "end", session)
    assert Room.objects.get().ended_by == session.leader


def test_a_room_ended_by_mistake_is_opened_again_by_the_button_alone(leader, session):
    RoomFactory(session=session)
    act(leader, "end", session)
    shown = page(leader, "staff_room", session).content.decode()
    assert "has ended" in shown
    assert reverse("live:open_again", args=[session.pk]) in shown
    assert Room.objects.get().ended_at is not None, "looking at it opens nothing"
    assert leader.post(reverse("live:staff_ticket", args=[session.pk])).status_code == 403
    assert act(leader, "open_again", session).url == reverse("live:staff_room", args=[session.pk])
    assert Room.objects.get().ended_at is None
    assert leader.post(reverse("live:staff_ticket", args=[session.pk])).status_code == 200


def test_a_room_that_was_opened_before_its_session_was_called_off_does_not_say_that_the_group_met(leader, session):
    RoomFactory(session=session, ended=True)
    session.cancelled_at, session.cancelled_why = timezone.now(), "Ice"
    session.save()
    shown = page(leader, "staff_room", session)
    assert shown.status_code == 403
    assert "This meeting was called off." in shown.content.decode()
    assert reverse("attendance:sheet", args=[session.pk]) not in shown.content.decode()


def test_a_room_is_not_opened_again_long_after_its_time(leader, session, time_machine):
    RoomFactory(session=session)
    act(leader, "end", session)
    time_machine.move_to(session.ends_at + queries.LATEST + timedelta(minutes=1))
    later = sign_in(Client(), session.leader)
    shown = page(later, "staff_room", session).content.decode()
    assert reverse("live:open_again", args=[session.pk]) not in shown
    assert reverse("attendance:sheet", args=[session.pk]) in shown
    assert act(later, "open_again", session).status_code == 403
    assert Room.objects.get().ended_at is not None


def test_an_emergency_card_has_todays_place_and_the_contact(leader, session):
    patient = patient_at_door(session, address="77 Elsewhere Road, Sampleton", callback_phone="+16125550142")
    patient.emergency_contact_name, patient.emergency_contact_phone = "Kim Specimen", "+16125550143"
    patient.save()
    body = page(leader, "emergency", session).content.decode()
    for said in ("77 Elsewhere Road, Sampleton, MN", "(612) 555-0142", "Kim Specimen", "(612) 555-0143", "told today"):
        assert said in body


def test_without_a_door_check_the_card_says_that_the_address_is_home(leader, session):
    patient = patient_at_door(session)
    patient.door_checks.all().delete()
    body = page(leader, "emergency", session).content.decode()
    assert "Home; no door check today" in body
    assert patient.address in body


def test_a_card_of_someone_who_has_not_come_yet_has_the_place_they_told_last_and_their_home(leader, session):
    patient = patient_at_door(session, address="77 Elsewhere Road, Sampleton")
    patient.door_checks.update(session=SessionFactory(), at=timezone.now() - timedelta(days=2))
    body = page(leader, "emergency", session).content.decode()
    assert "Where last, told" in body
    assert "77 Elsewhere Road, Sampleton" in body
    assert patient.address in body


def test_the_room_asks_for_the_cards_without_the_page_around_them(leader, session):
    patient = patient_at_door(session)
    body = leader.get(reverse("live:emergency", args=[session.pk]), {"inside": ""}).content.decode()
    assert patient.called in body
    assert "<h1" not in body


def test_a_roster_to_print_has_everyones_number_place_and_contact(leader, session):
    patient = patient_at_door(session, address="77 Elsewhere Road, Sampleton", callback_phone="+16125550142")
    patient.emergency_contact_name, patient.emergency_contact_phone = "Kim Specimen", "+16125550143"
    patient.save()
    body = page(leader, "print_roster", session).content.decode()
    for said in (patient.name, "(612) 555-0142", "77 Elsewhere Road", "told today", "Kim Specimen", "(612) 555-0143"):
        assert said in body


@pytest.mark.parametrize("name", ["emergency", "print_roster"])
def test_who_does_not_lead_the_session_sees_neither_its_cards_nor_its_roster(session, name):
    session.group.co_leader = StaffFactory()
    session.group.save()
    assert page(sign_in(Client(), StaffFactory()), name, session).status_code == 404
    assert page(sign_in(Client(), session.group.co_leader), name, session).status_code == 403, "not of this session"


def test_an_open_room_comes_back_after_hours_in_which_nothing_was_pressed(leader, session, time_machine):
    time_machine.move_to(timezone.now() + timedelta(minutes=100), tick=False)
    comes_in(session, staff=session.leader)
    asked = {"headers": {"Accept": "application/json"}}
    assert leader.get(reverse("desk:day")).status_code == 302, "the other pages are locked"
    assert leader.post(reverse("live:staff_ticket", args=[session.pk]), **asked).json()["ticket"]
    assert leader.get(reverse("live:staff_people", args=[session.pk]), **asked).status_code == 200


def test_a_leader_gets_a_ticket_and_a_stranger_none(leader, client, session):
    assert leader.post(reverse("live:staff_ticket", args=[session.pk])).json()["ticket"]


def test_before_the_door_opens_the_room_says_when(client):
    CenterFactory()
    later = SessionFactory(starts_at=timezone.now() + timezone.timedelta(hours=3))
    sign_in(client, later.leader)
    answer = page(client, "staff_room", later)
    assert answer.status_code == 403
    assert "The door opens: " in answer.content.decode()


# -- a session that is locked, because nothing was done for a while


ASKED_BY_THE_ROOM = ["staff_people", "waiting", "emergency"]


@pytest.fixture
def locked(leader):
    session = proved_long_ago(leader, 3600).session
    session["active_at"] = 0
    session.save()
    return leader


def comes_in(session, left=None, how=Kind.LEFT, **who):
    """Who is in, or left so long ago, and how."""
    join, now = JoinFactory(session=session, patient=None, **who), timezone.now()
    told = [(Kind.ARRIVED, now - timedelta(minutes=30))] + ([(how, now - left)] if left else [])
    services.record(Sighting(InboxEvent.Source.SIGNALING, "test", kind, at, join.pk) for kind, at in told)


@pytest.mark.parametrize("name", ASKED_BY_THE_ROOM)
def test_the_room_in_which_somebody_sits_goes_on_when_their_session_is_locked(locked, session, name):
    comes_in(session, staff=session.leader)
    assert page(locked, name, session).status_code == 200
    assert locked.get(reverse("desk:day")).url.startswith(reverse("account_reauthenticate")), "nothing else opens"


@pytest.mark.parametrize("name", ASKED_BY_THE_ROOM)
def test_no_room_opens_in_a_locked_session_that_is_not_open_already(locked, session, name):
    """45 CFR 164.312(a)(2)(iii)."""
    comes_in(SessionFactory(group=session.group, starts_at=session.ends_at), staff=session.leader)
    comes_in(session, staff=StaffFactory())
    comes_in(session, staff=session.leader, left=timedelta(minutes=6))
    assert page(locked, name, session).url.startswith(reverse("account_reauthenticate"))


def test_who_lost_the_line_a_moment_ago_comes_back_without_a_password(locked, session):
    comes_in(session, staff=session.leader, left=timedelta(minutes=1))
    assert "ticket" in act(locked, "staff_ticket", session).json()


def test_whose_media_server_died_still_leads_in_a_locked_session(locked, session):
    comes_in(session, staff=session.leader, left=timedelta(minutes=20), how=Kind.SERVER_DIED)
    assert page(locked, "emergency", session).status_code == 200


def test_an_incident_is_written_down_from_the_room_in_a_locked_session(locked, session):
    comes_in(session, staff=session.leader)
    patient = patient_at_door(session)
    act(locked, "something_happened", session, patient=patient.pk)
    incident = Incident.objects.get()
    answer = locked.post(reverse("live:incident_entry", args=[incident.pk]), {"words": "Called 911."})
    assert not answer.url.startswith(reverse("account_reauthenticate"))

"""Observers, supervisors and guests: who is named, who is told and asked, and that a guest has one session alone."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from stepdown.attendance.models import Attendance
from stepdown.attendance.services import draw_up
from stepdown.kernel.db import RuleBroken
from stepdown.live import permissions, queries, services, services_inside, services_sides, services_visits, visits
from stepdown.live.models import Break, InboxEvent, Join, SideRoom, VideoAway, Visit, VisitAnswer
from stepdown.live.tests.factories import JoinFactory, RoomFactory, patient_at_door
from stepdown.live.tests.test_sides import in_room
from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.timetable.tests.factories import SessionFactory


@pytest.fixture
def session(db):
    CenterFactory()
    return RoomFactory().session


@pytest.fixture
def guest(session):
    return services_visits.invite_guest(
        session=session, name="Sam Invented", why="speaks about sleep.", by=session.leader
    )


def colleague(session, role="supervisor", **fields):
    staff = StaffFactory(name="Ruth Invented", **fields)
    return services_visits.name_colleague(session=session, staff=staff, role=role, by=session.leader)


def answer(session, guest, patient, agrees=True):
    return services_visits.answer_guest(session=session, visit=guest.pk, patient=patient, agrees=agrees)


def test_the_group_is_told_of_a_colleague_and_asked_about_a_guest(session, guest):
    visit = colleague(session)
    patient = in_room(session)
    told = {one.visit.pk: one for one in visits.told(session, patient)}
    assert told[visit.pk].said == "Ruth observes today, as clinical supervisor."
    assert not told[visit.pk].asks
    assert told[guest.pk].said.startswith("Sam Invented would like to visit the group today: speaks about sleep. ")
    assert told[guest.pk].agrees is None


def test_an_answer_from_the_room_is_taken_without_a_page(session, guest):
    patient = in_room(session)
    told = as_patient(Client(), patient).post(
        reverse("live:told", args=[session.pk]),
        {"visit": guest.pk, "answer": "yes"},
        headers={"accept": "application/json"},
    )
    assert told.json() == {}
    assert [one.agrees for one in visits.told(session, patient)] == [True]


def test_a_guest_comes_in_once_all_in_the_room_have_agreed(session, guest):
    first, second = in_room(session), in_room(session)
    answer(session, guest, first)
    with pytest.raises(RuleBroken, match="1 of those in the room have not agreed"), transaction.atomic():
        services_visits.let_guest_in(session=session, visit=guest.pk, by=session.leader)
    answer(session, guest, second, agrees=False)
    answer(session, guest, second)
    services_visits.let_guest_in(session=session, visit=guest.pk, by=session.leader)
    assert visits.may_be_in(session) == {guest.pk}
    assert VisitAnswer.objects.filter(visit=guest).count() == 3


def leaves(session, patient, ago=timedelta(), kind="left"):
    join = Join.objects.filter(session=session, patient=patient).last()
    at = timezone.now() - ago
    InboxEvent.objects.create(source="signaling", emitter="live", kind=kind, session=session, join=join, at=at)


def is_let_in(session, guest):
    try:
        with transaction.atomic():
            services_visits.let_guest_in(session=session, visit=guest.pk, by=session.leader)
    except RuleBroken:
        return False
    return True


@pytest.mark.parametrize("kind", ["left", "server_died"])
def test_whose_line_drops_after_a_no_is_still_asked_first_and_not_kept_out(session, guest, kind):
    patient = in_room(session)
    services.let_in(session=session, patient=patient, by=session.leader)
    answer(session, guest, patient, agrees=False)
    leaves(session, patient, kind=kind)
    assert visits.rows(session)[0].waiting_for == [f"{patient.called} (just left)"]
    assert not is_let_in(session, guest)
    assert visits.kept_out(session, [patient.pk]) == set()
    in_again = Join.objects.create(session=session, patient=patient)
    InboxEvent.objects.create(
        source="signaling", emitter="live", kind="arrived", session=session, join=in_again, at=in_again.at
    )
    assert visits.rows(session)[0].waiting_for == [patient.called]
    answer(session, guest, patient)
    assert is_let_in(session, guest)


def test_who_has_gone_for_good_or_was_sent_out_holds_no_guest_up(session, guest):
    gone, sent_out = in_room(session), in_room(session)
    for patient in (gone, sent_out):
        services.let_in(session=session, patient=patient, by=session.leader)
    services.send_out(session=session, patient=sent_out, by=session.leader)
    leaves(session, gone, ago=timedelta(minutes=6))
    leaves(session, sent_out)
    assert visits.rows(session)[0].waiting_for == []
    assert is_let_in(session, guest)


def test_a_break_is_no_time_to_have_gone_in(session, guest):
    patient = in_room(session)
    services.let_in(session=session, patient=patient, by=session.leader)
    leaves(session, patient, ago=timedelta(minutes=14))
    begun = timezone.now() - timedelta(minutes=13)
    Break.objects.create(
        session=session, started_by=session.leader, starts_at=begun, ends_at=begun + timedelta(minutes=10)
    )
    assert not is_let_in(session, guest)
    Break.objects.update(ends_at=begun + timedelta(minutes=8))
    assert is_let_in(session, guest)


def test_while_there_is_no_video_and_just_after_nobody_has_gone(session, guest):
    patient = in_room(session)
    services.let_in(session=session, patient=patient, by=session.leader)
    leaves(session, patient, ago=timedelta(minutes=20), kind="server_died")
    away_since = timezone.now() - timedelta(minutes=20)
    away = VideoAway.objects.create(session=session, since=away_since)
    Break.objects.create(
        session=session, started_by=session.leader, starts_at=away_since, ends_at=away_since + timedelta(minutes=10)
    )
    assert visits.rows(session)[0].waiting_for == [f"{patient.called} (just left)"]
    assert not is_let_in(session, guest)
    VideoAway.objects.filter(pk=away.pk).update(ended_at=away_since + timedelta(minutes=16))
    assert not is_let_in(session, guest)
    VideoAway.objects.filter(pk=away.pk).update(ended_at=away_since + timedelta(minutes=14))
    assert is_let_in(session, guest)


def test_who_was_talked_with_at_the_door_alone_is_not_asked_first(session, guest):
    patient = patient_at_door(session)
    room = SideRoom.objects.create(session=session, kind=SideRoom.Kind.DOOR, by=session.leader)
    Join.objects.create(session=session, patient=patient, side_room=room)
    leaves(session, patient)
    services.let_in(session=session, patient=patient, by=session.leader)
    assert visits.asked_first(session) == set()


def test_who_takes_a_yes_back_ends_the_visit_at_once(session, guest):
    patient, late = in_room(session), patient_at_door(session)
    answer(session, guest, patient)
    services_visits.let_guest_in(session=session, visit=guest.pk, by=session.leader)
    answer(session, guest, late, agrees=False)
    assert visits.may_be_in(session) == {guest.pk}, "who is not in yet stays at the door instead"
    answer(session, guest, patient, agrees=False)
    assert visits.may_be_in(session) == set()
    with pytest.raises(RuleBroken, match="over already"), transaction.atomic():
        services_visits.let_guest_in(session=session, visit=guest.pk, by=session.leader)


def test_a_leader_reads_why_who_waits_may_not_come_in_while_a_guest_is(client, session, guest):
    patient = patient_at_door(session)
    services.knock(session=session, patient=patient)
    sign_in(client, session.leader)
    why = f"{patient.called} has not agreed to the visit of Sam"

    def rail():
        return client.get(reverse("live:waiting", args=[session.pk])).content.decode()

    assert why not in rail()
    services_visits.let_guest_in(session=session, visit=guest.pk, by=session.leader)
    assert why in (body := rail())
    assert f'aria-describedby="why-guest-{patient.pk}"' in body
    answer(session, guest, patient)
    assert why not in rail()


def test_who_has_not_agreed_is_kept_from_a_room_with_a_guest_in_it(session, guest):
    late = patient_at_door(session)
    services.let_in(session=session, patient=late, by=session.leader)
    assert visits.kept_out(session, queries.admitted(session)) == set()
    services_visits.let_guest_in(session=session, visit=guest.pk, by=session.leader)
    assert visits.kept_out(session, queries.admitted(session)) == {late.pk}
    assert visits.rows(session)[0].kept_out == [late.called]
    another = patient_at_door(session)
    services.knock(session=session, patient=another)
    with pytest.raises(RuleBroken, match="has not agreed to the guest"), transaction.atomic():
        services.let_in(session=session, patient=another, by=session.leader)
    assert services.let_in_all(session=session, by=session.leader) == 0
    answer(session, guest, late)
    assert visits.kept_out(session, queries.admitted(session)) == set()


def waits(session):
    return [one.patient for one in queries.presence(session).waiting]


@pytest.mark.parametrize("ends_by", ["agrees", "guest_is_sent_out", "another_takes_a_yes_back"])
def test_who_was_let_in_and_comes_back_to_a_guest_waits_until_they_are_in(session, guest, ends_by):
    other, back, never_let_in = in_room(session), patient_at_door(session), patient_at_door(session)
    services.let_in(session=session, patient=back, by=session.leader)
    answer(session, guest, other)
    services_visits.let_guest_in(session=session, visit=guest.pk, by=session.leader)
    for patient in (back, never_let_in):
        services.knock(session=session, patient=patient)
    assert waits(session) == [back, never_let_in]
    answer(session, guest, back, agrees=False)
    answer(session, guest, never_let_in)
    assert waits(session) == [back, never_let_in]
    asked = services_sides.talk_first(session=session, patient=back, by=session.leader)
    if ends_by == "agrees":
        answer(session, guest, back)
    elif ends_by == "guest_is_sent_out":
        services_visits.send_visit_out(session=session, visit=guest.pk, by=session.leader)
    else:
        answer(session, guest, other, agrees=False)
    assert waits(session) == [never_let_in]
    asked.refresh_from_db()
    assert asked.why == SideRoom.Why.WITHDRAWN, "who is in is asked to no talk at the door"


@pytest.mark.parametrize("ends_by", ["agrees", "guest_is_sent_out"])
def test_whom_no_guest_keeps_out_any_more_goes_from_a_talk_at_the_door_to_the_group(session, guest, ends_by):
    other, back = in_room(session), patient_at_door(session)
    services.let_in(session=session, patient=back, by=session.leader)
    answer(session, guest, other)
    services_visits.let_guest_in(session=session, visit=guest.pk, by=session.leader)
    services.knock(session=session, patient=back)
    services_sides.talk_first(session=session, patient=back, by=session.leader)
    services_sides.answer_aside(session=session, patient=back, yes=True)
    leader = sign_in(Client(), session.leader)
    rail = reverse("live:waiting", args=[session.pk])
    assert "Back to the waiting room" in leader.get(rail).content.decode()
    if ends_by == "agrees":
        answer(session, guest, back)
    else:
        services_visits.send_visit_out(session=session, visit=guest.pk, by=session.leader)
    shown = leader.get(rail).content.decode()
    assert "Back to the group" in shown
    assert "are in a side room" in shown
    assert "is not let in yet" not in shown


def test_of_each_guest_it_is_known_who_keeps_away_from_them(session, guest):
    agrees, not_yet = in_room(session), patient_at_door(session)
    answer(session, guest, agrees)
    assert visits.guests_in(session) == ()
    services_visits.let_guest_in(session=session, visit=guest.pk, by=session.leader)
    guests = visits.guests_in(session)
    assert [visits.kept_from(guests, one.pk) for one in (agrees, not_yet)] == [[], ["Sam Invented"]]


def test_an_answer_keeps_the_question_as_it_was_read(session, guest):
    kept = answer(session, guest, in_room(session))
    assert kept.text.startswith("Sam Invented would like to visit")
    with pytest.raises(DatabaseError), transaction.atomic():
        VisitAnswer.objects.update(agrees=False)


def test_nobody_comes_into_a_locked_room(session, guest):
    services_inside.decide(session=session, what="lock", on=True, by=session.leader)
    with pytest.raises(RuleBroken, match="locked"):
        services_visits.let_guest_in(session=session, visit=guest.pk, by=session.leader)


def test_who_is_sent_out_may_not_come_again(session, guest):
    visit = colleague(session)
    for one in (visit, guest):
        services_visits.send_visit_out(session=session, visit=one.pk, by=session.leader)
        one.refresh_from_db()
        assert not permissions.visit(one, session)
    assert visits.may_be_in(session) == frozenset()
    with pytest.raises(RuleBroken, match="over already"), transaction.atomic():
        services_visits.let_guest_in(session=session, visit=guest.pk, by=session.leader)
    with pytest.raises(RuleBroken, match="does not come any more"):
        answer(session, guest, in_room(session))


def test_in_spanish_one_reads_that_a_guest_comes_no_more(session, guest):
    services_visits.send_visit_out(session=session, visit=guest.pk, by=session.leader)
    with translation.override("es"):
        address = reverse("live:told", args=[session.pk])
    told = as_patient(Client(), in_room(session)).post(address, {"visit": guest.pk, "answer": "yes"})
    assert told.status_code == 422
    assert told.json() == {"why": "La visita ya no viene. No tiene que decir nada."}


def test_who_leads_does_not_observe_and_a_colleague_is_named_once(session):
    with pytest.raises(RuleBroken, match="does not observe"), transaction.atomic():
        services_visits.name_colleague(session=session, staff=session.leader, role="observer", by=session.leader)
    visit = colleague(session)
    with pytest.raises(RuleBroken, match="named for this session already"):
        services_visits.name_colleague(session=session, staff=visit.staff, role="observer", by=session.leader)


def test_who_leads_in_the_room_though_another_was_to_does_not_observe(session):
    director = StaffFactory(roles=["director"])
    join = JoinFactory(session=session, patient=None, staff=director)
    services.record([services.Sighting("signaling", "live", "arrived", timezone.now(), join=join.pk)])
    with pytest.raises(RuleBroken, match="does not observe"), transaction.atomic():
        services_visits.name_colleague(session=session, staff=director, role="observer", by=session.leader)
    services.record([services.Sighting("signaling", "live", "left", timezone.now(), join=join.pk)])
    assert services_visits.name_colleague(session=session, staff=director, role="observer", by=session.leader)


def test_who_observes_leads_nothing_and_counts_as_no_leader(session):
    visit = colleague(session)
    join = Join.objects.create(session=session, visit=visit)
    InboxEvent.objects.create(
        source="signaling", emitter="live", kind="arrived", session=session, join=join, at=join.at
    )
    assert not permissions.lead(visit.staff, session)
    assert queries.leaders_in(session) == []
    assert [(one.name, one.role) for one in queries.people_in(session)] == [("Ruth", "supervisor")]


def test_a_guest_has_no_attendance(session, guest):
    join = Join.objects.create(session=session, visit=guest)
    InboxEvent.objects.create(
        source="signaling", emitter="live", kind="arrived", session=session, join=join, at=join.at
    )
    draw_up(session=session)
    assert not Attendance.objects.exists()
    assert queries.patients_in(session) == []
    assert queries.stays(session) == {}


def test_the_leader_names_and_sees_who_visits(client, session):
    director = StaffFactory(name="Ruth Invented", roles=[Role.DIRECTOR])
    sign_in(client, session.leader)
    page = reverse("live:visits", args=[session.pk])
    assert client.post(page, {"role": "supervisor", "staff": director.pk}).status_code == 302
    assert client.post(page, {"name": "Sam Invented", "why": "speaks about sleep"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "Two people visit this session" in shown
    assert visits.link_of(Visit.objects.get(role="guest")) in shown
    refused = client.post(page, {"name": "Sam Invented", "why": ""})
    assert refused.status_code == 422
    assert "Write why they come. The group reads it." in refused.content.decode()
    assert 'value="Sam Invented"' in refused.content.decode()


def test_who_is_named_no_more_days_ahead_the_page_says_so_and_stays(client, session):
    """Also on a second tap; the room and its door are nothing to it."""
    ahead = SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(days=3))
    visit = colleague(ahead)
    sign_in(client, session.leader)
    page = reverse("live:visits", args=[ahead.pk])
    assert "?step=out&amp;from=visits" in client.get(page).content.decode()
    act = reverse("live:visit_act", args=[ahead.pk])
    for said in ("", "This visit is over already."):
        answer = client.post(f"{act}?step=out&from=visits", {"visit": visit.pk}, follow=True)
        assert answer.redirect_chain == [(page, 302)]
        assert said in answer.content.decode()


def test_another_counselor_names_nobody(client, session):
    sign_in(client, StaffFactory())
    assert client.get(reverse("live:visits", args=[session.pk])).status_code in (403, 404)


def test_who_observes_finds_the_way_on_their_day_and_only_their_own(client, session):
    visit = colleague(session)
    sign_in(client, visit.staff)
    assert reverse("live:observe", args=[session.pk]) in client.get(reverse("desk:day")).content.decode()
    assert client.get(reverse("live:observe", args=[session.pk])).status_code == 200
    assert client.get(reverse("live:observe", args=[SessionFactory().pk])).status_code == 404

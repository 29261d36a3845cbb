"""Somebody is away, somebody else stands in: whoever can, whoever says yes first, and everyone is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.outreach.models import Message
from stepdown.people.tests.factories import CenterFactory, LicenseFactory, StaffFactory
from stepdown.placement.services_pairs import pair_up
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable import absences, services_absences
from stepdown.timetable.domain.standing_in import Somebody, turn_ends, why_not
from stepdown.timetable.models import Ask, Session, StandIn
from stepdown.timetable.services_session import move_session
from stepdown.timetable.tests.away import against, ask, leave, licensed, say, told, without
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


# -- who can


def test_nothing_stands_against_a_counselor_who_is_free_and_licensed_everywhere():
    free = Somebody(is_counselor=True, is_away=False, leads="", states=frozenset({"Ohio", "Texas"}))
    assert why_not(free, {"Ohio": 2, "Texas": 1}) == []


def test_every_reason_is_said():
    nobody = Somebody(is_counselor=False, is_away=True, leads="Cedar", states=frozenset())
    assert why_not(nobody, {"Ohio": 2, "Texas": 1}) == [
        "Is no counselor.",
        "Is away then.",
        "Leads Cedar then.",
        "No license in Ohio, where 2 people sit.",
        "No license in Texas, where one person sits.",
    ]


@pytest.mark.parametrize(("hours", "minutes"), [(0.5, 15), (8, 120), (400, 720)])
def test_an_answer_is_waited_for_a_quarter_of_the_time_that_is_left(hours, minutes):
    now = datetime(2026, 3, 11, 12, tzinfo=UTC)
    assert turn_ends(now, now + timedelta(hours=hours)) == now + timedelta(minutes=minutes)


def test_who_leads_or_co_leads_then_or_is_away_or_has_no_license_cannot_and_it_says_why(session):
    leads, co_leads, gone, elsewhere, low = (licensed(), licensed(), licensed(), licensed("OH"), StaffFactory())
    LicenseFactory(staff=low, masters_level=False)
    other = GroupFactory(name="Cedar", leader=leads)
    SessionFactory(group=other, co_leader=co_leads, starts_at=session.starts_at + timedelta(minutes=30))
    services_absences.mark_absence(staff=gone, starts_at=session.starts_at, ends_at=session.ends_at, by=gone)
    assert against(session, leads) == against(session, co_leads) == ["Leads Cedar then."]
    assert against(session, gone) == ["Is away then."]
    for staff in (elsewhere, low):
        assert against(session, staff) == ["No license in Minnesota, where one person sits."]


def test_a_license_that_ends_before_that_day_is_none(session):
    lapses = LicenseFactory(expires_on=session.service_date - timedelta(days=1)).staff
    assert against(session, lapses) == ["No license in Minnesota, where one person sits."]


def test_who_is_kept_apart_from_somebody_in_the_group_does_not_stand_in(session, director):
    one, seat = licensed(), session.group.seats.get()
    pair_up(patient=seat.patient, staff=one, kind="relatives", reason="Cousins.", by=director)
    assert against(session, one) == ["Is to be kept apart from someone in this group."]
    leave(session)
    with pytest.raises(RuleBroken, match=r"cannot stand in. Is to be kept apart"):
        services_absences.assign(session=session, place="leader", staff=one, by=director)


def test_a_co_leader_needs_no_license(session):
    session.co_leader = licensed()
    session.save()
    assert against(session, StaffFactory(), "co_leader") == []


def test_the_co_leader_can_take_over(session):
    session.co_leader = licensed()
    session.save()
    leave(session)
    say(*ask(session, session.co_leader))
    session.refresh_from_db()
    assert (session.leader.name, session.co_leader) == (session.leader.name, None)
    assert without() == []


# -- away


def test_an_absence_leaves_its_sessions_without_a_leader_and_directors_are_told(session, director):
    later = SessionFactory(group=session.group, starts_at=session.starts_at + timedelta(days=7))
    leave(session)
    assert without() == [session]
    assert told("leader_away") == {director}
    assert later not in without()


def test_one_is_away_once_at_a_time(session):
    leave(session)
    with pytest.raises(RuleBroken, match=r"An absence in that time is marked already."):
        leave(session)


def test_taking_it_back_returns_every_session_and_everyone_is_told(session, director):
    second = SessionFactory(group=session.group, starts_at=session.ends_at + timedelta(hours=1))
    absence = services_absences.mark_absence(
        staff=session.leader, starts_at=session.starts_at, ends_at=second.ends_at, by=session.leader
    )
    one, two = licensed(), licensed()
    say(*ask(session, one))
    (open_ask,) = ask(second, two)
    assert services_absences.take_back_absence(absence=absence, by=director) == 0
    session.refresh_from_db()
    second.refresh_from_db()
    assert (session.leader, second.leader) == (absence.staff, absence.staff)
    assert without() == []
    assert not StandIn.objects.filter(ended_at=None).exists()
    open_ask.refresh_from_db()
    assert open_ask.closed_at
    assert told("stand_in_over") == {one, two}
    assert told("leads_one_more") == {absence.staff}


def test_who_leads_elsewhere_by_now_gets_nothing_back_and_who_stands_in_stays(session):
    staff, stands_in = session.leader, licensed()
    absence = leave(session)
    say(*ask(session, stands_in))
    SessionFactory(leader=staff, starts_at=session.starts_at)
    assert services_absences.take_back_absence(absence=absence, by=staff) == 1
    session.refresh_from_db()
    assert session.leader == stands_in
    assert StandIn.objects.get().ended_at is None


def test_a_co_leader_who_led_co_leads_again(session):
    session.co_leader = session.group.co_leader = licensed()
    session.group.save()
    session.save()
    absence = leave(session)
    say(*ask(session, session.co_leader))
    services_absences.take_back_absence(absence=absence, by=absence.staff)
    session.refresh_from_db()
    assert (session.leader, session.co_leader) == (absence.staff, session.group.co_leader)


def test_a_session_of_a_group_that_was_given_away_meanwhile_stays_with_who_has_the_group(session):
    absence, stands_in = leave(session), licensed()
    say(*ask(session, stands_in))
    session.group.leader = stands_in
    session.group.save()
    assert services_absences.take_back_absence(absence=absence, by=absence.staff) == 0
    session.refresh_from_db()
    assert session.leader == stands_in


def test_who_is_there_at_the_new_time_of_a_session_needs_nobody_to_stand_in(session, director):
    asked = licensed()
    leave(session)
    (open_ask,) = ask(session, asked)
    at = session.starts_at + timedelta(days=1)
    move_session(session=session, starts_at=at, seen=session.revision, by=director)
    with pytest.raises(RuleBroken, match="nobody is needed any more"):
        say(open_ask)
    assert told("stand_in_over") == {asked}


def test_who_is_asked_for_want_of_a_license_is_asked_still_when_the_session_moves(session, director):
    (open_ask,) = ask(session, licensed())
    at = session.starts_at + timedelta(days=1)
    move_session(session=session, starts_at=at, seen=session.revision, by=director)
    open_ask.refresh_from_db()
    assert open_ask.closed_at is None
    assert told("stand_in_over") == set()


def test_of_several_who_stood_in_one_after_the_other_the_first_gets_it_back(session):
    first, second, third = session.leader, licensed(), licensed()
    absence = leave(session)
    say(*ask(session, second))
    session.refresh_from_db()
    leave(session)
    say(*ask(session, third))
    services_absences.take_back_absence(absence=absence, by=first)
    session.refresh_from_db()
    assert session.leader == first


def test_a_session_that_is_over_stays_with_who_led_it(session):
    absence, stands_in = leave(session), licensed()
    say(*ask(session, stands_in))
    Session.objects.filter(pk=session.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    services_absences.take_back_absence(absence=absence, by=absence.staff)
    session.refresh_from_db()
    assert session.leader == stands_in


# -- told


@pytest.mark.parametrize(("minutes", "messages"), [(61, 1), (59, 0)])
def test_patients_are_told_that_somebody_else_leads_unless_it_is_about_to_begin(director, minutes, messages):
    seat = SeatFactory(accepted=True)
    session = SessionFactory(group=seat.group, starts_at=timezone.now() + timedelta(minutes=minutes))
    leave(session)
    services_absences.assign(session=session, place="leader", staff=licensed(), by=director)
    assert Message.objects.filter(patient=seat.patient, kind="meeting_led").count() == messages


def test_who_co_leads_is_told_to_nobody_who_sits_there(session, director):
    session.co_leader = StaffFactory()
    session.save()
    services_absences.assign(session=session, place="co_leader", staff=StaffFactory(), by=director)
    assert not Message.objects.exclude(patient=None).exists()


def test_messages_lead_to_the_session_that_they_are_about(session, director):
    leave(session)
    first, second = licensed(), licensed()
    say(*ask(session, first))
    services_absences.assign(session=session, place="leader", staff=second, by=director)
    pages = dict(Message.objects.exclude(staff=None).values_list("kind", "page"))
    assert pages == {
        "leader_away": "/staff/absences/",
        "stand_in": "/staff/absences/",
        "stands_in": f"/staff/sessions/{session.pk}/stand-in/?place=leader",
        "leads_one_more": f"/staff/calendar/?view=week&on={session.service_date}&of=mine",
    }


def test_a_co_leader_who_is_away_is_missing_as_such(session):
    session.co_leader = StaffFactory()
    session.save()
    services_absences.mark_absence(
        staff=session.co_leader, starts_at=session.starts_at, ends_at=session.ends_at, by=session.co_leader
    )
    assert without() == []
    assert list(absences.without_co_leader(timezone.now())) == [session]
    stands_in = StaffFactory()
    say(*ask(session, stands_in, place="co_leader"))
    session.refresh_from_db()
    assert session.co_leader == stands_in


def test_whole_days_are_said_as_days_and_parts_with_their_times():
    zone = ZoneInfo("America/Chicago")
    now, day = datetime(2026, 3, 11, 12, tzinfo=zone), datetime(2026, 3, 20, tzinfo=zone)
    said = [
        absences.time_said(day, day + timedelta(days=1), now, zone),
        absences.time_said(day, day + timedelta(days=3), now, zone),
        absences.time_said(day + timedelta(hours=13), day + timedelta(hours=15), now, zone),
    ]
    assert said == [
        "Friday, March 20, all day",
        "Friday, March 20 to Sunday, March 22",
        "March 20, 1:00 pm Central to March 20, 3:00 pm Central",
    ]


# -- asked


def test_the_first_yes_has_it_and_the_others_are_told(session, director):
    leave(session)
    first, second, third = licensed(), licensed(), licensed()
    asks = ask(session, first, second, third)
    assert told("stand_in") == {first, second, third}
    say(asks[2], yes=False)
    say(asks[0])
    session.refresh_from_db()
    assert session.leader == first
    assert StandIn.objects.get().instead_of == asks[0].instead_of
    assert told("stand_in_over") == {second}
    assert told("stands_in") == {director}
    with pytest.raises(RuleBroken, match=r"Somebody else said yes before you"):
        say(asks[1])


def test_saying_yes_twice_is_saying_it_once(session):
    leave(session)
    (asked,) = ask(session, licensed())
    say(asked)
    say(asked)
    assert StandIn.objects.count() == 1


def test_one_after_the_other_the_next_is_asked_after_a_no(session):
    leave(session)
    first, second = licensed(), licensed()
    asks = ask(session, first, second, in_order=True)
    assert told("stand_in") == {first}
    say(asks[0], yes=False)
    assert told("stand_in") == {first, second}


def test_one_after_the_other_the_next_is_asked_after_silence_and_the_first_may_still_say_yes(session):
    leave(session)
    first, second = licensed(), licensed()
    asks = ask(session, first, second, in_order=True)
    assert services_absences.pass_turns(timezone.now() + timedelta(hours=11)) == 0
    assert services_absences.pass_turns(timezone.now() + timedelta(hours=13)) == 1
    assert services_absences.pass_turns(timezone.now() + timedelta(hours=13)) == 0
    assert told("stand_in") == {first, second}
    say(asks[0])
    session.refresh_from_db()
    assert session.leader == first


def test_who_cannot_is_not_asked(session):
    leave(session)
    with pytest.raises(RuleBroken, match=r"cannot stand in. No license in Minnesota"):
        ask(session, licensed("OH"))
    assert not Ask.objects.exists()


def test_who_cannot_any_more_gets_it_not_even_with_a_yes(session):
    leave(session)
    one = licensed()
    (asked,) = ask(session, one)
    one.licenses.update(expires_on=session.service_date - timedelta(days=1))
    with pytest.raises(RuleBroken, match="No license in Minnesota"):
        say(asked)
    session.refresh_from_db()
    assert session.leader != one


def test_a_director_gives_it_to_somebody_whose_license_does_not_reach_everyone_but_to_nobody_who_is_taken(
    session, director
):
    leave(session)
    elsewhere, busy = licensed("OH"), licensed()
    SessionFactory(group=GroupFactory(leader=busy), starts_at=session.starts_at)
    with pytest.raises(RuleBroken, match="then"):
        services_absences.assign(session=session, place="leader", staff=busy, by=director)
    services_absences.assign(session=session, place="leader", staff=elsewhere, by=director)
    session.refresh_from_db()
    assert session.leader == elsewhere
    assert told("leads_one_more") == {elsewhere}


def test_a_session_that_has_begun_is_given_to_nobody(session):
    session.starts_at = timezone.now() - timedelta(minutes=1)
    session.save()
    with pytest.raises(RuleBroken, match="has begun"):
        ask(session, licensed())


@pytest.mark.django_db(transaction=True)
def test_of_two_who_say_yes_at_the_same_moment_one_has_it_and_the_other_reads_a_sentence():
    CenterFactory()
    group = GroupFactory()
    session = SessionFactory(group=group, starts_at=timezone.now() + timedelta(days=7))
    leave(session)
    asks = ask(session, *(licensed() for _ in range(4)))
    together = Barrier(len(asks))

    def yes(asked):
        try:
            together.wait()
            say(asked)
        except RuleBroken as broken:
            return str(broken)
        finally:
            connection.close()
        return "has it"

    with ThreadPoolExecutor(len(asks)) as pool:
        said = list(pool.map(yes, asks))
    assert sorted(said) == sorted(["has it"] + [services_absences.TAKEN] * 3)
    assert StandIn.objects.filter(ended_at=None).count() == 1
    assert Session.objects.get().leader == asks[said.index("has it")].staff


@pytest.mark.django_db(transaction=True)
def test_nobody_gets_two_sessions_of_the_same_hour_by_two_yeses():
    CenterFactory()
    at, one = timezone.now() + timedelta(days=7), licensed()
    asks = []
    for _ in range(2):
        session = SessionFactory(group=GroupFactory(), starts_at=at)
        leave(session)
        asks += ask(session, one)
    together = Barrier(2)

    def yes(asked):
        try:
            together.wait()
            say(asked)
        except RuleBroken as broken:
            return str(broken)
        finally:
            connection.close()
        return "has it"

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(yes, asks))
    assert said.count("has it") == 1
    assert Session.objects.filter(leader=one).count() == 1

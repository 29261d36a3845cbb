"""The door and the room end to end: the running product with its real media server, and light people in it."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone

from stepdown.live import queries, services, services_visits, tickets
from stepdown.live.domain.messages import BURST, MESSAGE_LIMIT
from stepdown.live.light_client import LightPerson
from stepdown.live.light_crowd import Crowd
from stepdown.live.models import InboxEvent, Room
from stepdown.live.tests.conftest import LiveGroup
from stepdown.live.tests.factories import patient_at_door
from stepdown.people.models import Role, Staff
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement.models import Seat
from stepdown.placement.services import end_seat
from stepdown.timetable import services_session
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory
from tests.copies import Copy

pytestmark = pytest.mark.browser


def refused(crowd: Crowd, person: LightPerson) -> str:
    """The sentence with which the socket was closed."""
    crowd.until(lambda: person.heard("sorry") and person.close_code, "the socket is closed with a sentence")
    assert person.join is None
    return str(person.heard("sorry")[-1]["why"])


def test_a_patient_waits_until_the_leader_lets_them_in(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    patient, person = group.patient(let_in=False)
    crowd.until(lambda: person.heard("waiting"), "the patient waits")
    crowd.until(lambda: leader.heard("waiting_room"), "the leader is told that somebody waits")
    assert person.heard("waiting")[-1] == {
        "t": "waiting",
        "place": 1,
        "guests": [],
        "opened": True,
        "locked": False,
        "leader_away": False,
    }
    assert [one.patient for one in queries.presence(group.session).waiting] == [patient]
    assert person.join is None

    crowd.run(leader.say("let_in", patient=str(patient.pk)))

    crowd.until_all_see_all([leader, person])
    assert queries.presence(group.session).waiting == []


def test_letting_in_on_the_page_reaches_the_room(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    patient, person = group.patient(let_in=False)
    crowd.until(lambda: person.heard("waiting"), "the patient waits")
    services.let_in(session=group.session, patient=patient, by=group.session.leader)
    crowd.until_all_see_all([leader, person])


def test_a_patient_before_the_leader_waits_for_the_room_to_open(crowd: Crowd, group: LiveGroup):
    _, person = group.patient()
    crowd.until(lambda: person.heard("waiting") or person.join, "the patient is at the door")
    assert not Room.objects.filter(session=group.session).exists()
    assert person.join is None
    leader = group.leader()
    crowd.until_all_see_all([leader, person])


def test_all_who_wait_are_let_in_at_once(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    people = [group.patient(let_in=False)[1] for _ in range(3)]
    crowd.until(lambda: all(person.heard("waiting") for person in people), "all wait")
    crowd.run(leader.say("let_in_all"))
    crowd.until_all_see_all([leader, *people])


def test_a_forged_ticket_is_refused(crowd: Crowd, group: LiveGroup):
    patient = patient_at_door(group.session)
    forged = tickets.issue(session=group.session, patient=patient)[:-1] + "x"
    assert "run out" in refused(crowd, crowd.comes(lambda: forged))


def test_a_ticket_is_good_once(crowd: Crowd, group: LiveGroup):
    """RULE PRIV-37."""
    ticket = tickets.issue(session=group.session, patient=patient_at_door(group.session))
    first = crowd.comes(lambda: ticket)
    crowd.until(lambda: first.heard("waiting"), "the first comes to the door")
    assert "used already" in refused(crowd, crowd.comes(lambda: ticket))


def test_an_old_ticket_is_refused(crowd: Crowd, group: LiveGroup):
    """RULE PRIV-37."""
    with time_machine.travel(timezone.now() - timedelta(seconds=tickets.SECONDS + 5)):
        old = tickets.issue(session=group.session, patient=patient_at_door(group.session))
    assert "run out" in refused(crowd, crowd.comes(lambda: old))


def test_another_group_is_closed_to_a_patient(crowd: Crowd, group: LiveGroup):
    elsewhere = SessionFactory()
    patient = patient_at_door(group.session)
    person = crowd.comes(lambda: tickets.issue(session=elsewhere, patient=patient))
    assert "no seat in this group" in refused(crowd, person)


def test_another_counselor_does_not_come_in_and_a_director_does(crowd: Crowd, group: LiveGroup):
    group.leader()
    other, director = StaffFactory(), StaffFactory(roles=[Role.DIRECTOR])
    person = crowd.comes(lambda: tickets.issue(session=group.session, staff=other))
    assert "leader" in refused(crowd, person)
    person = crowd.comes(lambda: tickets.issue(session=group.session, staff=director))
    crowd.until(lambda: person.join, "the director is in")


def test_a_page_of_another_site_cannot_open_the_socket(product: Copy, crowd: Crowd, group: LiveGroup):
    stranger = Crowd(url=crowd.url, origin="http://elsewhere.example")
    try:
        patient = patient_at_door(group.session)
        person = stranger.comes(lambda: tickets.issue(session=group.session, patient=patient))
        stranger.until(lambda: person.is_turned_away, "the socket does not open")
    finally:
        stranger.close()


@pytest.mark.parametrize("kind", ["let_in_all", "end", "break_end"])
def test_a_patient_cannot_do_what_leaders_do(crowd: Crowd, group: LiveGroup, kind: str):
    leader = group.leader()
    _, person = group.patient()
    crowd.until_all_see_all([leader, person])
    crowd.run(person.say(kind))
    assert refused(crowd, person) == "Only a leader of this group can do that."
    assert leader.join
    assert Room.objects.get(session=group.session).ended_at is None


def test_a_computer_in_many_networks_comes_in_and_again(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    _, person = group.patient()
    crowd.until_all_see_all([leader, person])
    for number in range(240):  # two lines of two connections, with sixty addresses each
        candidate = f"candidate:{number} 1 udp 2122260223 192.0.2.{number} 50000 typ host"
        crowd.run(
            person.say("trickle", pc="in" if number % 2 else "out", candidate={"candidate": candidate, "sdpMid": "0"})
        )
    crowd.run(person.say("hand", up=True))
    crowd.until(lambda: person.heard("hand"), "all was heard")
    assert not person.heard("sorry")


def test_whose_work_has_ended_lets_nobody_in_any_more(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    patient, person = group.patient(let_in=False)
    crowd.until(lambda: person.heard("waiting"), "the patient waits")
    Staff.objects.filter(pk=group.session.leader_id).update(ended_at=timezone.now())
    crowd.run(leader.say("let_in", patient=str(patient.pk)))
    crowd.until(lambda: leader.heard("no"), "the leader is told why not")
    assert leader.heard("no")[-1]["why"] == "Your work at the center has ended."
    assert not queries.is_admitted(group.session, patient)


def test_who_leads_the_session_no_more_is_out_and_a_patient_stays(crowd: Crowd, group: LiveGroup):
    leader, (_, person) = group.leader(), group.patient()
    crowd.until(lambda: person.join, "the patient is in")
    was = person.join
    Session.objects.filter(pk=group.session.pk).update(leader=StaffFactory(roles=[Role.COUNSELOR]))
    crowd.until(lambda: leader.join is None and leader.close_code, "the old leader is out")
    assert leader.heard("again")[-1]["why"] == "leads_no_more"
    group.session.refresh_from_db()
    new = group.leader()
    crowd.until_all_see_all([new, person])
    assert person.join == was


def test_whose_seat_has_ended_waits_no_more_and_the_others_are_let_in(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    moved, person = group.patient(let_in=False)
    _, other = group.patient(let_in=False)
    crowd.until(lambda: person.heard("waiting") and other.heard("waiting"), "both wait")
    Seat.objects.filter(patient=moved).update(ends_at=group.session.starts_at)
    crowd.run(leader.say("let_in_all"))
    crowd.until(lambda: other.join, "the other is in")
    crowd.until(lambda: person.close_code, "they wait no more")
    assert person.heard("again")[-1]["why"] == "no_seat"
    crowd.until(lambda: not queries.presence(group.session).waiting, "nobody is at the door")


def test_who_alone_waits_reads_at_once_that_their_seat_has_ended(crowd: Crowd, group: LiveGroup):
    group.leader()
    patient, person = group.patient(let_in=False)
    crowd.until(lambda: person.heard("waiting"), "the patient waits")
    seat, session = Seat.objects.get(patient=patient), group.session
    end_seat(seat=seat, at=session.starts_at, reason=Seat.End.DISCHARGED, by=session.leader)
    crowd.until(lambda: person.close_code, "they wait no more")
    assert person.heard("again")[-1]["why"] == "no_seat"
    crowd.until(lambda: not queries.presence(session).waiting, "nobody is at the door")


def test_a_session_called_off_ends_its_room(crowd: Crowd, group: LiveGroup):
    leader, (_, person) = group.leader(), group.patient()
    crowd.until(lambda: person.join, "the patient is in")
    Session.objects.filter(pk=group.session.pk).update(cancelled_at=timezone.now(), cancelled_why="Snow")
    crowd.until(lambda: leader.heard("ended") and person.heard("ended"), "both are told")


def test_what_is_too_long_or_too_much_or_unknown_closes_the_socket(crowd: Crowd, group: LiveGroup):
    group.leader()
    for text in ('{"t": "leave", "x": "' + "x" * MESSAGE_LIMIT + '"}', '{"t": "sing"}', "[" * 10_000, "{"):
        _, person = group.patient(mic=False, camera=False)
        crowd.until(lambda person=person: person.join, "the patient is in")
        crowd.run(person.say_text(text))
        refused(crowd, person)
        assert person.close_code == 4400
    _, person = group.patient(mic=False, camera=False)
    crowd.until(lambda: person.join, "the patient is in")
    for _ in range(BURST + 100):
        crowd.run(person.say_if_open("beat"))
    assert refused(crowd, person) == "Too many messages at once."


def test_a_person_sent_out_receives_nothing_more_and_waits_again(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    patient, person = group.patient()
    third, other = group.patient()
    crowd.until_all_see_all([leader, person, other])

    crowd.run(leader.say("send_out", patient=str(patient.pk)))

    crowd.until(lambda: person.close_code, "the person is out")
    assert person.heard("sent_out")
    crowd.until(lambda: queries.presence(group.session).patients_in == {third.pk}, "the others are in")
    received = person.packets
    crowd.until_all_see_all([leader, other])
    assert person.packets == received
    again = group.comes(patient)
    crowd.until(lambda: again.heard("waiting"), "the person waits at the door")


def test_who_is_sent_out_while_their_line_is_made_anew_waits_where_leaders_see_them(
    product: Copy, crowd: Crowd, group: LiveGroup
):
    leader = group.leader()
    patient, person = group.patient(let_in=False)
    crowd.until(lambda: person.heard("waiting"), "the patient waits")
    services.let_in(session=group.session, patient=patient, by=group.session.leader)
    crowd.until_all_see_all([leader, person])
    with product.without("janus"):
        crowd.until(lambda: person.heard("again") and leader.heard("again"), "the lines are made anew")
        waited = len(person.heard("waiting"))
        services.send_out(session=group.session, patient=patient, by=group.session.leader)
        crowd.until(lambda: len(person.heard("waiting")) > waited, "the patient waits again")
        assert [one.patient for one in queries.presence(group.session).waiting] == [patient]
    crowd.run(leader.say("let_in", patient=str(patient.pk)))
    crowd.until_all_see_all([leader, person])


def test_who_waits_because_of_a_guest_is_told_so(crowd: Crowd, group: LiveGroup):
    group.leader()
    session, by = group.session, group.session.leader
    patient = patient_at_door(session)
    services.let_in(session=session, patient=patient, by=by)
    guest = services_visits.invite_guest(session=session, name="Sam Invented", why="speaks about sleep.", by=by)
    services_visits.let_guest_in(session=session, visit=guest.pk, by=by)
    late = group.comes(patient)
    _, new = group.patient(let_in=False)
    for person in (late, new):
        crowd.until(lambda: person.heard("waiting"), "they wait")  # noqa: B023  # asked at once
        assert person.heard("waiting")[-1]["guests"] == ["Sam Invented"]
    services_visits.answer_guest(session=session, visit=guest.pk, patient=patient, agrees=True)
    crowd.until(lambda: late.join, "who agrees comes in")
    services_visits.send_visit_out(session=session, visit=guest.pk, by=by)
    crowd.until(lambda: new.heard("waiting")[-1]["guests"] == [], "the other waits for the leader alone")


def test_a_visit_that_is_sent_out_before_it_came_in_is_told(crowd: Crowd, group: LiveGroup):
    session, by = group.session, group.session.leader
    guest = services_visits.invite_guest(session=session, name="Sam Invented", why="speaks about sleep.", by=by)
    observer = services_visits.name_colleague(session=session, staff=StaffFactory(), role="observer", by=by)
    for visit in (observer, guest):
        person = crowd.comes(partial(tickets.issue_for_visit, session=session, visit=visit.pk))
        crowd.until(lambda: person.heard("waiting"), "the visit waits")  # noqa: B023  # asked at once
        services_visits.send_visit_out(session=session, visit=visit.pk, by=by)
        crowd.until(lambda: person.close_code == 1000, "the visit is let go")  # noqa: B023
        assert person.heard("sent_out")


def test_a_second_device_moves_the_person(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    patient, phone = group.patient()
    crowd.until_all_see_all([leader, phone])
    laptop = group.comes(patient)
    crowd.until_all_see_all([leader, laptop])
    crowd.until(lambda: phone.close_code == 1000, "the phone is let go")
    assert phone.heard("moved")
    crowd.until(lambda: len(queries.people_in(group.session)) == 2, "each person is in once")


def test_a_device_that_comes_back_by_itself_does_not_fetch_the_person_back(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    patient, phone = group.patient(comes_back=True)
    crowd.until_all_see_all([leader, phone])
    crowd.run(phone.sleep())
    crowd.run(phone.cut())  # so that it does not hear of the laptop
    laptop = group.comes(patient)
    crowd.until_all_see_all([leader, laptop])
    join = laptop.join

    crowd.run(phone.wake())
    crowd.until(lambda: phone.heard("moved"), "the phone is told where the person is")
    crowd.until_all_see_all([leader, laptop])
    assert laptop.join == join
    assert phone.join is None

    phone_again = group.comes(patient)  # the person opens it there once more
    crowd.until_all_see_all([leader, phone_again])
    crowd.until(lambda: laptop.heard("moved"), "the laptop is let go")


def test_a_muted_person_is_not_heard_until_they_unmute_themselves(crowd: Crowd, group: LiveGroup):
    leader = group.leader(camera=False)
    _, person = group.patient(camera=False)
    crowd.until(lambda: leader.packets_from(person.join or ""), "the leader hears the person")

    crowd.run(leader.say("mute", who=person.join))
    crowd.until(lambda: person.heard("muted"), "the person is told")
    crowd.until_still(lambda: leader.packets_from(person.join or ""))
    assert leader.mic_of(person.join) is False

    heard = leader.packets_from(person.join or "")
    crowd.run(person.say("media", mic=True, camera=False))
    crowd.until(lambda: leader.packets_from(person.join or "") > heard, "the person is heard again")


def test_everyone_is_told_of_a_break_and_of_its_end(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    _, person = group.patient()
    crowd.until_all_see_all([leader, person])
    crowd.run(leader.say("break_start", minutes=10))
    crowd.until(lambda: person.heard("break")[-1]["until"], "the break is told")
    assert person.heard("break")[-1]["until"] == queries.break_now(group.session).planned_end.isoformat()
    crowd.run(leader.say("break_start", minutes=5))
    crowd.until(lambda: leader.heard("no"), "a second break is refused")
    assert leader.heard("no")[-1]["why"] == "The group is already on a break."
    _, late = group.patient()
    crowd.until(lambda: late.heard("break") and late.heard("break")[-1]["until"], "who comes during it is told, too")
    crowd.run(leader.say("break_end"))
    crowd.until(lambda: person.heard("break")[-1]["until"] is None, "its end is told")
    assert len(queries.breaks(group.session)) == 1


def test_when_the_leader_ends_the_group_everyone_is_out_until_it_is_opened_again(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    patient, person = group.patient()
    crowd.until_all_see_all([leader, person])
    crowd.run(leader.say("end"))
    crowd.until(lambda: person.heard("ended") and leader.heard("ended"), "the end is told")
    crowd.until(lambda: not queries.people_in(group.session), "nobody is in")
    assert refused(crowd, group.comes(patient)) == "The group has ended for today."
    services.open_room(session=group.session, by=group.session.leader)
    crowd.until_all_see_all([group.leader(), group.comes(patient)])


def test_who_waits_when_the_session_moves_is_sent_to_its_new_door(crowd: Crowd, group: LiveGroup):
    group.session = session = SessionFactory(starts_at=timezone.now() + timedelta(minutes=10))
    _, person = group.patient(let_in=False)
    crowd.until(lambda: person.heard("waiting"), "the patient waits")
    services_session.move_session(
        session=session, starts_at=session.starts_at + timedelta(minutes=20), seen=session.revision, by=session.leader
    )
    crowd.until(lambda: person.heard("ended") and person.close_code == 1000, "their page is told to load anew")
    assert queries.presence(session).waiting == []


def test_two_witnesses_agree_on_a_stay(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    _, person = group.patient()
    crowd.until_all_see_all([leader, person])
    join = person.join
    crowd.run(person.say("leave"))
    crowd.until(lambda: person.close_code == 1000, "the person has left")
    seen = InboxEvent.objects.filter(join=join)
    crowd.until(lambda: seen.filter(kind="left").count() == 2, "two witnesses tell of the leave")
    for kind in ("arrived", "left"):
        signaling, media = (seen.get(kind=kind, source=source).at for source in ("signaling", "media"))
        assert abs(signaling - media) < timedelta(seconds=1)


def test_a_leader_and_ten_patients_see_each_other_and_comes_back_together(
    product: Copy, crowd: Crowd, group: LiveGroup
):
    leader = group.leader()
    everyone = [leader, *(group.patient()[1] for _ in range(10))]
    crowd.until_all_see_all(everyone, 60)
    assert all(set(one.feeds.values()) == {other.join for other in everyone if other is not one} for one in everyone)
    product.kill("janus")
    crowd.until(lambda: all(one.heard("again") for one in everyone), "everyone is told")
    crowd.until_all_see_all(everyone, 60)

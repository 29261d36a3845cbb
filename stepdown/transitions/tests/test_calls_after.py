"""Who completed IOP is called 7 and 30 days after it. Source: RULE PROG-09."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.chart import queries_plan, services_deadlines, services_void
from stepdown.chart.models import Deadline
from stepdown.chart.services_deadlines import hand_over
from stepdown.chart.tasks import keep_deadlines
from stepdown.chart.tests.contacts import signed_contact, written_contact
from stepdown.desk.queries.todos import due_plans
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.models import Group
from stepdown.placement.queries import patients_visible_to
from stepdown.placement.services import accept_seat
from stepdown.placement.tests.factories import SeatFactory
from stepdown.transitions import services
from stepdown.transitions.tests.factories import group_with_sessions, in_aftercare, in_iop, seat_ended, seat_of

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def center():
    return CenterFactory()


def calls(episode):
    return list(Deadline.objects.open().filter(episode=episode))


def stepped_down():
    episode, aftercare = in_iop(ends_in=timedelta(hours=12)), group_with_sessions(aftercare=True)
    planned = services.plan_step_down(
        episode=episode, group=aftercare, reason="Steady for weeks.", by=seat_of(episode).group.leader
    )
    accept_seat(seat=planned.to_seat, by=episode.patient)
    services.complete(transition=planned, now=seat_of(episode).ends_at)
    return episode, aftercare


def ended(status="completed", episode=None):
    episode = episode or in_iop()
    by = seat_of(episode).group.leader
    return services.discharge(episode=episode, status=status, note="All arranged.", by=by), by


def talk(episode, by, days, **fields):
    """A contact that many days after IOP."""
    with time_machine.travel(timezone.now() + days * DAY, tick=False):
        fields = {"kind": "phone", "way": "phone", "outcome": "reached"} | fields
        return signed_contact(written_contact(episode.patient, by, **fields))


def test_after_the_step_down_who_leads_the_aftercare_group_calls_twice():
    episode, aftercare = stepped_down()
    at = seat_of(episode).ends_at
    assert [(one.due_at, one.owner) for one in calls(episode)] == [
        (at + 7 * DAY, aftercare.leader),
        (at + 30 * DAY, aftercare.leader),
    ]


def test_when_care_ends_completed_who_led_the_group_calls_twice():
    episode, leader = ended()
    assert [(one.due_at, one.owner) for one in calls(episode)] == [
        (episode.ended_at + 7 * DAY, leader),
        (episode.ended_at + 30 * DAY, leader),
    ]


def test_the_days_count_from_the_end_of_iop_also_when_care_ended_later():
    episode = in_iop()
    seat = seat_ended(episode, ago=20 * DAY)
    _episode, leader = ended(episode=episode)
    week, month = calls(episode)
    assert (week.counted_from, month.due_at) == (seat.ends_at, seat.ends_at + 30 * DAY)
    assert timezone.now() < week.due_at <= timezone.now() + DAY, "its day had passed before it was made"
    assert {week.owner, month.owner} == {leader}


def test_the_days_count_from_the_end_of_iop_also_when_aftercare_began_later():
    episode, aftercare = in_iop(), group_with_sessions(aftercare=True, days_ahead=3)
    seat = seat_ended(episode, ago=2 * DAY)
    planned = services.plan_step_down(episode=episode, group=aftercare, reason="Steady.", by=seat.group.leader)
    accept_seat(seat=planned.to_seat, by=episode.patient)
    services.complete(transition=planned, now=planned.effective_at)
    assert [one.due_at for one in calls(episode)] == [seat.ends_at + 7 * DAY, seat.ends_at + 30 * DAY]


def test_who_is_to_call_sees_them_until_they_have(client):
    episode, leader = ended()
    other = StaffFactory()
    page = reverse("chart:contacts", args=[episode.patient_id])
    with time_machine.travel(timezone.now() + 51 * DAY, tick=False):
        assert sign_in(client, leader).get(page).status_code == 200
        assert not patients_visible_to(other).exists()
        Deadline.objects.update(done_at=timezone.now(), done_by=leader)
        assert not patients_visible_to(leader).exists()


@pytest.mark.parametrize("status", sorted(set(Episode.ENDED) - {"completed"}))
def test_nobody_else_is_to_be_called(status):
    assert calls(ended(status)[0]) == []


def test_after_aftercare_there_is_no_call():
    assert calls(ended(episode=in_aftercare())[0]) == []


def test_who_leaves_aftercare_before_the_calls_is_called_only_when_they_completed():
    episode, _group = stepped_down()
    services.discharge(episode=episode, status="left_against_advice", note="Asked us to stop.", by=StaffFactory())
    assert calls(episode) == []


def test_a_talk_in_the_first_days_is_the_first_call_and_not_the_second():
    episode, leader = ended()
    talk(episode, leader, 3)
    (left,) = calls(episode)
    assert left.kind == "month_after"
    talk(episode, leader, 25)
    assert calls(episode) == []
    done = Deadline.objects.get(pk=left.pk)
    assert (done.done_by, done.done_at.date()) == (leader, (timezone.now() + 25 * DAY).date())


def test_a_message_is_no_call_but_the_third_try_is_enough():
    episode, leader = ended()
    for days in (5, 6):
        talk(episode, leader, days, outcome="message")
    assert len(calls(episode)) == 2
    talk(episode, leader, 7, outcome="no_answer")
    assert [one.kind for one in calls(episode)] == ["month_after"]


def test_a_talk_before_the_end_of_iop_is_no_call():
    episode = in_iop()
    note = written_contact(episode.patient, seat_of(episode).group.leader)
    ended(episode=episode)
    signed_contact(note)
    assert len(calls(episode)) == 2


def test_who_comes_back_is_called_after_they_completed_again_and_not_before():
    episode, _group = stepped_down()
    talk(episode, StaffFactory(), 5)
    with time_machine.travel(timezone.now() + 10 * DAY, tick=False):
        back = services.return_to_iop(
            episode=episode, group=group_with_sessions(), reason="Two hard weeks.", by=StaffFactory()
        )
        accept_seat(seat=back.to_seat, by=episode.patient)
    with time_machine.travel(back.effective_at, tick=False):
        services.complete(transition=back)
        assert calls(episode) == []
        ended_one = Deadline.objects.get(episode=episode, kind="month_after")
        assert (ended_one.ended_why, ended_one.done_by) == (services_deadlines.CAME_BACK, back.decided_by)
        again = services.plan_step_down(
            episode=episode,
            group=group_with_sessions(aftercare=True),
            effective_at=timezone.now() + 60 * DAY,
            reason="Steady again.",
            by=back.decided_by,
        )
        accept_seat(seat=again.to_seat, by=episode.patient)
    with time_machine.travel(again.effective_at, tick=False):
        services.complete(transition=again)
    assert [one.counted_from for one in calls(episode)] == [again.effective_at] * 2


def void(note, by):
    return services_void.void_note(note=note, reason="About the wrong person.", by=by, now=note.signed_at + HOUR)


def test_a_call_is_open_again_when_the_note_of_it_is_void():
    episode, leader = ended()
    note = talk(episode, leader, 3)
    assert [one.kind for one in calls(episode)] == ["month_after"]
    void(note, leader)
    assert [(one.kind, one.done_by) for one in calls(episode)] == [("week_after", None), ("month_after", None)]


def test_another_talk_does_the_call_when_the_note_of_the_first_is_void():
    episode, leader = ended()
    note, second = talk(episode, leader, 3), talk(episode, leader, 6)
    void(note, leader)
    assert [one.kind for one in calls(episode)] == ["month_after"]
    assert Deadline.objects.get(kind="week_after").done_at == second.signed_at


def test_two_tries_are_not_enough_when_one_of_three_is_void():
    episode, leader = ended()
    notes = [talk(episode, leader, days, outcome="message") for days in (5, 6, 7)]
    assert len(calls(episode)) == 1
    void(notes[0], leader)
    assert len(calls(episode)) == 2


def test_one_talk_is_one_call():
    episode, leader = ended()
    talk(episode, leader, 20)
    assert [one.kind for one in calls(episode)] == ["month_after"]


def test_a_talk_after_thirty_days_is_the_second_call_and_the_first_was_missed(client):
    episode, leader = ended()
    note = talk(episode, leader, 31)
    why = dict(Deadline.objects.values_list("kind", "ended_why"))
    assert (calls(episode), why) == ([], {"week_after": services_deadlines.MISSED, "month_after": ""})
    page = sign_in(client, StaffFactory(roles=[Role.DIRECTOR])).get(reverse("chart:plan", args=[episode.patient_id]))
    assert services_deadlines.MISSED in page.content.decode()
    void(note, leader)
    assert [one.ended_why for one in calls(episode)] == ["", ""]


def test_nothing_is_open_again_of_who_came_back_to_iop_since():
    episode, leader = ended()
    note = talk(episode, leader, 3)
    SeatFactory(episode=episode, accepted=True, starts_at=note.signed_at, offered_at=note.signed_at - DAY)
    void(note, leader)
    assert [one.kind for one in calls(episode)] == ["month_after"]


def begins_elsewhere(patient, at, **fields):
    """A new episode, in the group of another leader."""
    fields = {"group": group_with_sessions(), "starts_at": at, "offered_at": at - DAY} | fields
    return SeatFactory(episode=EpisodeFactory(patient=patient), accepted=True, **fields)


def test_who_begins_in_iop_again_in_a_new_episode_is_not_called_by_who_led_them_before():
    episode, leader = ended()
    seat = begins_elsewhere(episode.patient, timezone.now() + 20 * DAY)
    with time_machine.travel(seat.starts_at - DAY, tick=False):
        keep_deadlines(int(timezone.now().timestamp()))
        assert len(calls(episode)) == 2, "they have not begun"
    with time_machine.travel(seat.starts_at + HOUR, tick=False):
        keep_deadlines(int(timezone.now().timestamp()))
        assert (calls(episode), due_plans(leader, timezone.now())) == ([], ([], 0))
        assert not patients_visible_to(leader).filter(pk=episode.patient_id).exists()
    why = {(one.ended_why, one.done_by) for one in Deadline.objects.filter(episode=episode)}
    assert why == {(services_deadlines.CAME_BACK, seat.group.leader)}


def test_who_begins_aftercare_in_a_new_episode_is_called_by_who_leads_it():
    episode, _leader = ended()
    seat = begins_elsewhere(episode.patient, timezone.now() + 3 * DAY, group=group_with_sessions(aftercare=True))
    keep_deadlines(int((seat.starts_at + HOUR).timestamp()))
    assert [one.owner for one in calls(episode)] == [seat.group.leader] * 2


def test_nothing_is_open_again_of_who_began_in_iop_again_in_a_new_episode():
    episode, leader = ended()
    note = talk(episode, leader, 3)
    begins_elsewhere(episode.patient, note.signed_at)
    void(note, leader)
    assert [one.kind for one in calls(episode)] == ["month_after"]


def test_the_calls_go_with_the_group_also_of_who_left_it():
    episode, _leader = ended()
    other = StaffFactory()
    Group.objects.filter(pk=seat_of(episode).group_id).update(leader=other)
    assert hand_over(now=timezone.now()) == 2
    assert {one.owner for one in calls(episode)} == {other}


def test_it_stands_on_my_day_and_leads_to_the_contacts(settings):
    episode, leader = ended()
    with time_machine.travel(timezone.now() + 32 * DAY, tick=False):
        todos, late = due_plans(leader, timezone.now())
        assert patients_visible_to(leader).filter(pk=episode.patient_id).exists()
    assert (len(todos), late) == (2, 2)
    assert todos[0].what == f"Call a week after IOP, {episode.patient.called}"
    assert todos[0].url == reverse("chart:contacts", args=[episode.patient_id])


def test_a_late_call_is_on_the_day_of_a_director_and_is_no_late_plan():
    ended()
    director = StaffFactory(roles=[Role.DIRECTOR])
    with time_machine.travel(timezone.now() + 8 * DAY, tick=False):
        assert due_plans(director, timezone.now())[1] == 1
        assert not queries_plan.plans_due(director).exists()

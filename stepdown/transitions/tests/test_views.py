"""The pages of steps between levels: the right person, the wrong one, the wrong moment, bad input."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.live.tests.factories import RoomFactory
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.services import accept_seat
from stepdown.timetable.tests.factories import SessionFactory
from stepdown.transitions import queries, services
from stepdown.transitions.models import Transition
from stepdown.transitions.tests.factories import group_with_sessions, in_aftercare, in_iop, seat_of

pytestmark = pytest.mark.django_db
WHY = "Steady for five weeks."


@pytest.fixture
def aftercare():
    CenterFactory()
    return group_with_sessions(aftercare=True)


@pytest.fixture
def episode(aftercare):
    return in_iop()


@pytest.fixture
def leader(client, episode):
    return sign_in(client, seat_of(episode).group.leader)


def page(name, row):
    return reverse(f"transitions:{name}", args=[row.pk])


def test_the_counselor_sees_the_criteria_the_way_and_the_groups(leader, episode, aftercare):
    told = leader.get(page("step_down", episode)).content.decode()
    for text in (
        "IOP seat ends on",
        "At least 10 of 12 weeks attended, or as many hours",
        "Not recorded here yet. Go by what you know.",
        "Sampleton Day Hospital since",
        aftercare.name,
        "As planned",
    ):
        assert text in told


def test_planning_offers_the_place_and_the_page_waits_for_the_answer(leader, episode, aftercare):
    data = {"last": "planned", "group": str(aftercare.pk), "reason": WHY}
    assert leader.post(page("step_down", episode), data).status_code == 302
    told = leader.get(page("step_down", episode)).content.decode()
    assert "steps down on" in told
    assert "Held until" in told
    assert "Sampleton Day Hospital since" in told
    assert "Aftercare, planned from" in told
    accept_seat(seat=Transition.objects.get().to_seat, by=episode.patient)
    assert "Accepted" in leader.get(page("step_down", episode)).content.decode()


@pytest.mark.parametrize(
    ("note", "told"), [("", "The patient has been told."), ("Never text.", "No message goes out, as a note says how")]
)
def test_who_plans_a_step_down_reads_whether_the_patient_is_told(leader, episode, aftercare, note, told):
    episode.patient.safe_contact_note = note
    episode.patient.save()
    data = {"last": "planned", "group": str(aftercare.pk), "reason": WHY}
    page_after = leader.post(page("step_down", episode), data, follow=True).content.decode()
    assert f"The place in Aftercare is held for 48 hours. {told}" in page_after


def test_an_earlier_last_session_ends_the_seat_with_it(leader, episode, aftercare):
    session = queries.sessions_left(seat_of(episode), timezone.now())[0]
    data = {"last": str(session.pk), "group": str(aftercare.pk), "reason": WHY}
    assert leader.post(page("step_down", episode), data).status_code == 302
    assert seat_of(episode).ends_at == session.ends_at


def test_an_earlier_step_is_possible_when_the_planned_end_lies_beyond_the_timetable(client, aftercare):
    episode = in_iop(ends_in=timedelta(weeks=30))
    group = seat_of(episode).group
    sign_in(client, group.leader)
    assert aftercare.name in client.get(page("step_down", episode)).content.decode()
    last = group.sessions.earliest("starts_at")
    data = {"last": str(last.pk), "group": str(aftercare.pk), "reason": WHY}
    assert client.post(page("step_down", episode), data).status_code == 302
    assert Transition.objects.get().effective_at == last.ends_at


def test_a_session_whose_room_was_ended_is_no_last_session_to_come(episode):
    now = timezone.now()
    session = SessionFactory(group=seat_of(episode).group, starts_at=now - timedelta(hours=1))
    assert session in queries.sessions_left(seat_of(episode), now)
    RoomFactory(session=session, ended_at=now, ended_by=session.leader)
    assert session not in queries.sessions_left(seat_of(episode), now)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"reason": ""}, "Say why, as not every criterion is met."),
        ({"group": ""}, "Choose the group that follows."),
        ({"group": "x"}, "Choose one of the answers shown."),
        ({"last": ""}, "Choose the last session."),
        ({"last": "never"}, "Choose one of the answers shown."),
        ({"reason": "x" * 1001}, "Use at most 1000 characters."),
    ],
)
def test_a_plan_that_cannot_be_says_why_and_stores_nothing(leader, episode, aftercare, data, sentence):
    answer = leader.post(
        page("step_down", episode), {"last": "planned", "group": str(aftercare.pk), "reason": WHY} | data
    )
    told = answer.content.decode()
    assert answer.status_code == 422
    assert told.count(sentence) == 2, "in the summary and beside the field"
    assert data.get("reason", "") in told
    assert not Transition.objects.exists()


def test_a_group_that_does_not_fit_is_not_offered_and_says_why(leader, episode):
    blocked = group_with_sessions(aftercare=True, licensed=False)
    told = leader.get(page("step_down", episode)).content.decode()
    assert "1 group that does not fit" in told
    assert "no license" in told
    assert f'value="{blocked.pk}"' not in told


def test_a_chair_taken_in_between_says_so(leader, episode, aftercare):
    aftercare.chairs.exclude(number=1).delete()
    other = in_iop()
    data = {"last": "planned", "group": str(aftercare.pk), "reason": WHY}
    services.plan_step_down(episode=other, group=aftercare, reason=WHY, by=aftercare.leader)
    answer = leader.post(page("step_down", episode), data)
    assert answer.status_code == 422
    assert not Transition.objects.filter(episode=episode).exists()


def test_a_plan_is_taken_back(leader, episode, aftercare):
    planned = services.plan_step_down(episode=episode, group=aftercare, reason=WHY, by=aftercare.leader)
    answer = leader.post(page("cancel", planned), follow=True)
    assert answer.redirect_chain[-1][0] == page("step_down", episode)
    assert "The plan is taken back." in answer.content.decode()
    again = leader.post(page("cancel", planned), follow=True)
    assert "This move is no longer open." in again.content.decode()


def test_coming_back_needs_a_group_and_a_reason_only(client, aftercare):
    episode, iop = in_aftercare(), group_with_sessions()
    sign_in(client, seat_of(episode).group.leader)
    answer = client.post(page("come_back", episode), {"group": str(iop.pk), "reason": ""})
    assert answer.status_code == 422
    assert answer.content.decode().count("Say why they come back now.") == 2
    assert client.post(page("come_back", episode), {"group": str(iop.pk), "reason": "Asked."}).status_code == 302
    assert "comes back to IOP on" in client.get(page("come_back", episode)).content.decode()


def today():
    """The date where patients and leaders of the factories are, whatever the hour is in UTC."""
    return timezone.localdate(timezone=ZoneInfo("America/Chicago"))


def end_of(day, **data):
    boxes = {"last_day_month": str(day.month), "last_day_day": str(day.day), "last_day_year": str(day.year)}
    return {"status": "transferred", "note": "Goes on with Sample Clinic."} | boxes | data


def test_care_ends_with_a_reason_a_day_and_a_note(leader, episode):
    assert leader.post(page("discharge", episode), end_of(today())).status_code == 302
    episode.refresh_from_db()
    assert episode.status == "transferred"
    told = leader.get(page("discharge", episode)).content.decode()
    assert "Care of" in told
    assert "Goes on with Sample Clinic." in told


def test_a_return_to_use_is_not_among_the_reasons(leader, episode):
    told = leader.get(page("discharge", episode)).content.decode()
    assert "A return to use is not a reason to end care." in told
    assert told.count('name="status"') == 8
    assert leader.post(page("discharge", episode), end_of(today(), status="return_to_use")).status_code == 422


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"status": ""}, "Choose why care ends."),
        ({"note": " "}, "Write what happened and what was arranged."),
        ({"last_day_month": "", "last_day_day": "", "last_day_year": ""}, "Enter the last day of care."),
    ],
)
def test_an_ending_that_is_not_whole_says_what_is_missing(leader, episode, data, sentence):
    answer = leader.post(page("discharge", episode), end_of(today(), **data))
    assert answer.status_code == 422
    assert answer.content.decode().count(sentence) == 2
    episode.refresh_from_db()
    assert episode.ended_at is None


def test_care_does_not_end_on_a_day_to_come(leader, episode):
    answer = leader.post(page("discharge", episode), end_of(today() + timedelta(days=3)))
    assert answer.status_code == 422


def test_a_stranger_finds_nothing_and_a_group_leader_of_the_past_decides_nothing(client, episode, aftercare):
    sign_in(client, StaffFactory())
    for name in ("step_down", "come_back", "discharge"):
        assert client.get(page(name, episode)).status_code == 404


def test_whoever_may_not_decide_reads_why(client, episode, aftercare):
    """Here the leader of the group they come to next, who sees them already."""
    coming = seat_of(episode)
    leader = StaffFactory()
    after = group_with_sessions(leader=leader)
    coming.pk = None
    coming.group, coming.chair = after, after.chairs.first()
    coming.starts_at, coming.ends_at = coming.ends_at, None
    coming.save(force_insert=True)
    sign_in(client, leader)
    assert "clinical director decides this" in client.get(page("discharge", episode)).content.decode()
    assert client.post(page("discharge", episode), end_of(today())).status_code == 403
    told = client.get(page("step_down", episode)).content.decode()
    assert "clinical director decides this" in told
    assert page("discharge", episode) not in told, "what they may not do is not offered instead"


def test_the_list_says_who_needs_a_place(client, episode, aftercare):
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    url = reverse("transitions:due")
    assert "One person needs a place in Aftercare" in client.get(url).content.decode()
    services.plan_step_down(episode=episode, group=aftercare, reason=WHY, by=aftercare.leader)
    assert "Every place is offered" in client.get(url).content.decode()


def test_nobody_due_says_so(client):
    CenterFactory()
    told = sign_in(client, StaffFactory()).get(reverse("transitions:due")).content.decode()
    assert "Nobody steps down in the next three weeks" in told

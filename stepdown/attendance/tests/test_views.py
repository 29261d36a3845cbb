"""The attendance page: the right person, the wrong one, the wrong moment, bad input."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stepdown.attendance import services
from stepdown.attendance.models import Attendance
from stepdown.attendance.tests.factories import seated, session_over, was_in
from stepdown.live.models import Attempt, Knock, LicenseOverride, Room, SideRoom, VideoAway
from stepdown.live.tests.factories import DoorCheckFactory
from stepdown.people.models import Patient, Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    CenterFactory()
    session = session_over()
    rosa, gus = seated(session, first_name="Rosa"), seated(session, first_name="Gus")
    was_in(session, rosa, 0, 150)
    assert gus
    return session


def sheet(session) -> str:
    return reverse("attendance:sheet", args=[session.pk])


def row_of(session, first_name: str) -> Attendance:
    return Attendance.objects.get(session=session, patient__first_name=first_name)


def test_the_leader_sees_who_was_there_and_confirms_all(client, session):
    sign_in(client, session.leader)
    page = client.get(sheet(session)).content.decode()
    assert "1 of 2 were there; two to confirm" in page
    assert "Came on time, left 30 minutes early. 150 of 180 minutes." in page
    answer = client.post(reverse("attendance:confirm", args=[session.pk]))
    assert (answer.status_code, answer.url) == (302, sheet(session))
    assert Attendance.objects.exclude(confirmed_at=None).count() == 2
    assert "All confirmed" in client.get(sheet(session)).content.decode()


def test_the_leader_is_told_when_video_did_not_work(client, session):
    since = session.starts_at + timedelta(minutes=40)
    VideoAway.objects.create(
        session=session, since=since, ended_at=since + timedelta(minutes=9), address="https://meet.example.org/g"
    )
    page = sign_in(client, session.leader).get(sheet(session)).content.decode()
    assert "Video did not work from" in page
    assert "in its standby room" in page


def correct(client, row, **data):
    given = {"minutes": "170", "absence": "no_show", "reason": "Phone line only."}
    return client.post(reverse("attendance:correct", args=[row.pk]), given | data)


def test_a_correction_is_confirmed_with_its_reason(client, session):
    sign_in(client, session.leader).get(sheet(session))
    assert correct(client, row_of(session, "Rosa")).status_code == 302
    row = row_of(session, "Rosa")
    assert (row.confirmed_minutes, row.minutes, row.correction_reason) == (170, 150, "Phone line only.")
    page = client.get(sheet(session)).content.decode()
    assert "Recorded 150, corrected:" in page
    assert "Came on time, left 30 minutes early. Recorded 150 minutes, corrected to 170 of 180." in page
    assert "corrected minutes, of all" in page


def test_the_leader_is_told_what_was_confirmed_before_the_room_was_opened_again(client, session):
    at = session.starts_at + timedelta(minutes=151)
    Room.objects.filter(session=session).update(ended_at=at - timedelta(minutes=1))
    services.confirm(session=session, by=session.leader, now=at)
    gus = row_of(session, "Gus")
    services.correct(attendance=gus, minutes=100, reason="By phone.", by=session.leader, now=at)
    Room.objects.filter(session=session).update(ended_at=None)
    page = sign_in(client, session.leader).get(sheet(session)).content.decode()
    assert "The room recorded more after this was confirmed." in page
    assert f"Was confirmed by {session.leader.name}" in page
    assert page.count("before all was recorded") == page.count(", before the end") == 1
    correct(client, gus, minutes="110", reason="By phone.")
    client.post(reverse("attendance:confirm", args=[session.pk]))
    assert "The room recorded more" not in client.get(sheet(session)).content.decode()


def test_who_was_kept_out_is_shown_with_their_wait_and_proposed_as_cancelled_by_us(client, session):
    gus, theo = Patient.objects.get(first_name="Gus"), seated(session, first_name="Theo")
    at = session.starts_at
    Knock.objects.create(session=session, patient=gus, at=at, ended_at=at + timedelta(minutes=60))
    DoorCheckFactory(session=session, patient=theo, state="NV", at=at, asked_of=session.leader)
    page = sign_in(client, session.leader).get(sheet(session)).content.decode()
    assert page.count("Waited at the door from") == page.count("Held at the door from") == 1
    assert "in NV, where the leader has no license." in page
    assert "The room was not open in the planned time." not in page
    assert correct(client, row_of(session, "Gus"), minutes="0", absence="no_show", reason="").status_code == 422
    client.post(reverse("attendance:confirm", args=[session.pk]))
    assert (row_of(session, "Gus").status, row_of(session, "Theo").status) == ("cancelled_site", "cancelled_site")


def test_a_room_that_nobody_opened_is_told(client, session):
    Room.objects.filter(session=session).delete()
    page = sign_in(client, session.leader).get(sheet(session)).content.decode()
    assert "The room was not open in the planned time." in page
    assert row_of(session, "Gus").status == "cancelled_site"


@pytest.mark.parametrize(
    ("name", "said", "shown"),
    [("Rosa", {"minutes": 175}, "150"), ("Gus", {"minutes": 0, "absence": "excused"}, "0")],
)
def test_a_page_from_before_a_correction_takes_nothing_of_it_back_until_somebody_looked_again(
    client, session, name, said, shown
):
    page = sign_in(client, session.leader).get(sheet(session)).content.decode()
    row = row_of(session, name)
    seen, typed = row.version, {"minutes": shown, "reason": ""}
    assert f'name="seen" value="{seen}"' in page
    services.correct(attendance=row, reason="By phone.", by=StaffFactory(), **said)
    answer = correct(client, row, **typed, seen=seen)
    page, row = answer.content.decode(), row_of(session, name)
    assert (answer.status_code, row.correction_reason, row.counted) == (422, "By phone.", said["minutes"])
    assert "look again, then confirm it" in page
    assert f'name="seen" value="{row.version}"' in page
    assert correct(client, row, **typed, seen=row.version).status_code == 302
    assert row_of(session, name).correction_reason == ""


def test_the_same_correction_sent_twice_is_no_other(client, session):
    sign_in(client, session.leader).get(sheet(session))
    row = row_of(session, "Rosa")
    assert {correct(client, row, seen=row.version).status_code for _ in range(2)} == {302}


def test_someone_absent_is_excused_with_a_reason(client, session):
    sign_in(client, session.leader).get(sheet(session))
    correct(client, row_of(session, "Gus"), minutes="0", absence="excused", reason="Court date.")
    assert row_of(session, "Gus").status == "excused"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"reason": ""}, "Say why. The reason stays beside what the room recorded."),
        ({"minutes": "181"}, "The planned time has 180 clinical minutes. Enter that or less."),
        ({"minutes": "-5"}, "Enter 0 or more."),
        ({"minutes": "many"}, "Enter a whole number."),
        ({"minutes": ""}, "Enter how many minutes count, 0 when they were not there."),
        ({"absence": "present"}, "Choose one of the answers shown."),
        ({"reason": "x" * 301}, "Use at most 300 characters."),
    ],
)
def test_a_correction_that_cannot_be_says_why_and_keeps_what_was_typed(client, session, data, sentence):
    sign_in(client, session.leader).get(sheet(session))
    answer = correct(client, row_of(session, "Rosa"), **data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(sentence) == 2, "in the summary and beside the field"
    for name in data.keys() & {"minutes", "reason"}:
        assert data[name] in page
    assert row_of(session, "Rosa").confirmed_at is None


def test_minutes_after_the_room_was_ended_are_confirmed_by_hand_up_to_the_planned_end(client, session):
    """As when video died and the group went on in its standby room. RULE PROG-02."""
    Room.objects.filter(session=session).update(ended_at=session.starts_at + timedelta(minutes=70))
    sign_in(client, session.leader).get(sheet(session))
    rosa = row_of(session, "Rosa")
    recorded = rosa.minutes
    assert "The planned time has 180" in correct(client, rosa, minutes="181", reason="Met on.").content.decode()
    correct(client, rosa, minutes="65", reason="Away for a call.")
    assert row_of(session, "Rosa").status == "present"
    correct(client, rosa, minutes="160", reason="Met in the standby room until nine.")
    correct(client, row_of(session, "Gus"), minutes="100", reason="Met in the standby room, left at eight.")
    rosa = row_of(session, "Rosa")
    assert (rosa.status, rosa.minutes, rosa.confirmed_minutes) == ("present", recorded, 160)
    assert row_of(session, "Gus").status == "partial"
    assert "<b>160</b> of 180 minutes" in client.get(sheet(session)).content.decode()


@pytest.mark.parametrize("confirmed_first", [True, False])
def test_who_left_as_the_room_was_ended_left_early_where_the_group_went_on(client, session, confirmed_first):
    Room.objects.filter(session=session).update(ended_at=session.starts_at + timedelta(minutes=70))
    sign_in(client, session.leader).get(sheet(session))
    rosa, gus = row_of(session, "Rosa"), row_of(session, "Gus")
    assert (rosa.status, rosa.minutes) == ("present", 70)
    if confirmed_first:
        correct(client, rosa, minutes="70")
    correct(client, gus, minutes="130", reason="Met in the standby room until ten past eight.")
    client.get(sheet(session))
    if not confirmed_first:
        client.post(reverse("attendance:confirm", args=[session.pk]))
    assert [row_of(session, name).status for name in ("Rosa", "Gus")] == ["left_early", "partial"]
    assert row_of(session, "Rosa").confirmed_minutes == 70
    correct(client, gus, minutes="60", reason="Somebody else was meant.")
    assert [row_of(session, name).status for name in ("Rosa", "Gus")] == ["present", "present"]


def test_all_are_confirmed_of_the_planned_time_with_one_that_is_corrected_beyond_the_room(session):
    Room.objects.filter(session=session).update(ended_at=session.starts_at + timedelta(minutes=70))
    services.draw_up(session=session)
    gus = row_of(session, "Gus")
    services.confirm(session=session, corrections={gus.patient_id: (130, "Met on.")}, by=session.leader)
    assert [row_of(session, name).status for name in ("Rosa", "Gus")] == ["left_early", "partial"]


def test_whom_a_correction_before_the_planned_end_called_present_is_looked_at_again_after_it(session):
    ended, start = session.starts_at + timedelta(minutes=70), session.starts_at
    Room.objects.filter(session=session).update(ended_at=ended)
    services.draw_up(session=session)
    for name, minutes, now in (("Rosa", 70, 72), ("Gus", 72, 75), ("Gus", 170, 200)):
        said = {"minutes": minutes, "reason": "Met on.", "by": session.leader}
        services.correct(attendance=row_of(session, name), now=start + timedelta(minutes=now), **said)
    assert row_of(session, "Rosa").status == "left_early"


def test_before_the_end_the_button_says_why_it_waits(client):
    CenterFactory()
    session = SessionFactory()
    patient = seated(session)
    was_in(session, patient, 0, 5)
    sign_in(client, session.leader)
    assert "The group is still together. Confirm when it has ended." in client.get(sheet(session)).content.decode()
    answer = client.post(reverse("attendance:confirm", args=[session.pk]))
    assert answer.status_code == 403
    assert "The group is still together" in answer.content.decode()
    Room.objects.create(session=session, server="m", opened_by=session.leader, ended_at=session.starts_at)
    assert client.post(reverse("attendance:confirm", args=[session.pk])).status_code == 302


def test_another_counselor_does_not_find_it(client, session):
    sign_in(client, StaffFactory())
    assert client.get(sheet(session)).status_code == 404
    assert client.post(reverse("attendance:confirm", args=[session.pk])).status_code == 404


def test_the_groups_leader_sees_what_a_substitute_led_and_confirms_nothing(client, session):
    leader, session.leader = session.leader, StaffFactory()
    session.save()
    page = sign_in(client, leader).get(sheet(session)).content.decode()
    assert "Only this session&#x27;s leader, its co-leader or a clinical director confirms its attendance." in page
    assert correct(client, row_of(session, "Rosa")).status_code == 403


def test_a_director_may_confirm(client, session):
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR])).get(sheet(session))
    assert client.post(reverse("attendance:confirm", args=[session.pk])).status_code == 302


def test_a_session_that_has_not_begun_says_when_there_is_something_to_see(client, session):
    later = SessionFactory(group=session.group, starts_at=session.ends_at + (session.ends_at - session.starts_at) * 2)
    page = sign_in(client, session.leader).get(sheet(later)).content.decode()
    assert "has not begun" in page
    assert "Nothing recorded yet" in page


def test_the_page_takes_the_same_queries_for_any_number_of_people(client, session, django_assert_max_num_queries):
    sign_in(client, session.leader).get(sheet(session))
    for _ in range(6):
        was_in(session, seated(session))
    client.get(sheet(session))
    with django_assert_max_num_queries(40):
        client.get(sheet(session))


def test_how_someone_was_reached_for_and_let_take_part_stands_beside_their_minutes(client, session):
    gus = Patient.objects.get(first_name="Gus")
    called = {"session": session, "patient": gus, "by": session.leader, "how": "call", "outcome": "no_answer"}
    Attempt.objects.create(**called, at=session.starts_at + timedelta(minutes=12))
    LicenseOverride.objects.create(session=session, patient=gus, state="NV", by=session.leader, reason="travel")
    page = sign_in(client, session.leader).get(sheet(session)).content.decode()
    assert f"In NV, where the leader has no license. Let take part by {session.leader.name}" in page
    assert f", no answer ({session.leader.first_name})." in page


def test_time_in_a_side_room_counts_and_is_shown_on_the_strip(client, session):
    theo = seated(session, first_name="Theo")
    was_in(session, theo, 0, 60)
    side = SideRoom.objects.create(session=session, kind="word", by=session.leader, opened_at=session.starts_at)
    was_in(session, theo, 60, 75, side_room=side)
    was_in(session, theo, 75, 180)
    page = sign_in(client, session.leader).get(sheet(session)).content.decode()
    assert "Came on time, stayed to the end, 15 minutes in a side room. 180 of 180 minutes." in page
    assert page.count("in a side room, counted") == 1


def test_who_opens_a_room_again_whose_note_is_signed_is_told_that_nothing_more_counts(client, session):
    sign_in(client, session.leader)
    Room.objects.filter(session=session).update(ended_at=session.ends_at)
    said = "its minutes are final"
    ended = reverse("live:staff_room", args=[session.pk])
    assert said not in client.get(ended).content.decode()
    services.confirm(session=session, by=session.leader)
    services.seal(session=session, at=session.ends_at)
    page = client.get(ended).content.decode()
    assert said in page
    assert reverse("live:open_again", args=[session.pk]) in page

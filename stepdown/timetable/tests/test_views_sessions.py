from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.chart.services import open_note
from stepdown.chart.services_writing import save_shared
from stepdown.live.tests.factories import RoomFactory
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture
def director(client):
    CenterFactory()
    return sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))


@pytest.fixture
def session():
    """In a week at 6 pm."""
    on = (timezone.now() + timedelta(days=7)).astimezone(CHICAGO)
    return SessionFactory(starts_at=on.replace(hour=18, minute=0, second=0, microsecond=0))


def html(response):
    return " ".join(response.content.decode().split())


def url(name, session):
    return reverse(f"timetable:{name}", args=[session.pk])


def when(session, days=1, at="5:00 pm", **more):
    on = (session.starts_at + timedelta(days=days)).astimezone(CHICAGO)
    day = {"on_month": on.month, "on_day": on.day, "on_year": on.year}
    return day | {"at": at, "seen": session.revision} | more


def test_the_page_says_who_is_told(director, session):
    SeatFactory(group=session.group, accepted=True)
    page = html(director.get(url("session", session)))
    assert f"One person in the group and {session.leader.name} are told of every change here at once" in page


def test_staff_read_to_whom_no_message_goes_of_a_session_and_the_page_names_them(director, session):
    noted = SeatFactory(
        group=session.group, accepted=True, patient=PatientFactory(safe_contact_note="Never text.")
    ).patient
    SeatFactory(group=session.group, accepted=True)
    page = html(director.get(url("session", session)))
    link = reverse("outreach:patient_link", args=[noted.pk])
    assert f'No message goes to <a href="{link}">{noted.name}</a>, as a note says' in page
    but_one = "Everyone but one person is told. No message goes to them"
    assert but_one in html(director.post(url("move", session), when(session), follow=True))
    session.refresh_from_db()
    assert but_one in html(
        director.post(url("cancel", session), {"why": "Snow.", "seen": session.revision}, follow=True)
    )
    session.refresh_from_db()
    assert but_one in html(director.post(url("take_back", session), {"seen": session.revision}, follow=True))


def test_a_session_is_moved_and_its_page_and_list_say_from_when(director, session):
    answer = director.post(url("move", session), when(session), follow=True)
    session.refresh_from_db()
    assert session.starts_at.astimezone(CHICAGO).hour == 17
    assert "<b>Moved.</b> It was planned for" in html(answer)
    listed = html(director.get(reverse("timetable:sessions", args=[session.group_id])))
    assert "Moved" in listed
    assert "was " in listed


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"at": ""}, "Enter when the session starts, for example 6:00 pm."),
        ({"at": "26 o'clock"}, "Enter a time, for example 6:00 pm."),
        ({"on_day": "31", "on_month": "2"}, "Enter a real date"),
        ({"on_year": "9999"}, "Choose a day within the next three months."),
        ({"seen": "7"}, "This session was changed meanwhile"),
        ({"seen": ""}, "This session was changed meanwhile"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_what_was_typed_stays(director, session, changed, sentence):
    sent = when(session) | changed
    answer = director.post(url("move", session), sent)
    assert answer.status_code == 422
    assert sentence in html(answer)
    if sent["at"]:
        assert f'value="{sent["at"]}"'.replace("'", "&#x27;") in html(answer)
    session.refresh_from_db()
    assert session.moved_from is None


def test_called_off_made_up_for_and_brought_back(director, session):
    assert "Say why the session is called off." in html(director.post(url("cancel", session), {"why": " "}))
    page = html(director.post(url("cancel", session), {"why": "The line is down", "seen": 0}, follow=True))
    assert "<b>Called off.</b> The line is down" in page
    assert "Plan a session instead" in page
    instead = html(director.post(url("make_up", session), when(session), follow=True))
    assert "It makes up for" in instead
    refused = director.post(url("take_back", session), {"seen": 1})
    assert refused.status_code == 422
    assert "Another session makes up for this one. Call that one off first." in html(refused)
    made = session.made_up_by.get()
    director.post(url("cancel", made), {"why": "Not needed", "seen": 0})
    director.post(url("take_back", session), {"seen": 1})
    session.refresh_from_db()
    assert session.cancelled_at is None


def test_a_session_that_has_begun_offers_no_change(director):
    session = SessionFactory()
    RoomFactory(session=session)
    page = html(director.get(url("session", session)))
    assert "It cannot be moved or called off any more." in page
    assert "Move the session" not in page
    refused = director.post(url("cancel", session), {"why": "Late", "seen": 0})
    assert refused.status_code == 422
    assert "It cannot be moved or called off any more." in html(refused)


def test_a_session_that_nobody_opened_is_said_not_to_have_taken_place_on_the_days_after(director):
    session = SessionFactory(starts_at=timezone.now() - timedelta(days=1))
    listed = reverse("timetable:sessions", args=[session.group_id])
    assert "Did not meet" in html(director.get(listed))
    page = html(director.get(url("session", session)))
    assert "Nobody is told of it." in page
    assert "It cannot be moved or called off any more." not in page
    assert "Move the session" not in page
    page = html(director.post(url("cancel", session), {"why": "Nobody could lead it", "seen": 0}, follow=True))
    assert "<b>Called off.</b> Nobody could lead it" in page
    assert "Bring the session back" in page
    assert "Did not meet" not in html(director.get(listed))


def test_a_session_whose_leader_wrote_in_its_note_took_place(director):
    session = SessionFactory(starts_at=timezone.now() - timedelta(days=1))
    note = open_note(session=session, by=session.leader)
    assert "Nobody is told of it." in html(director.get(url("session", session)))
    save_shared(note=note, topic="", interventions=[], words="We met on the phone.", by=session.leader)
    said = "there is a note with words: so it took place"
    assert said in html(director.get(url("session", session)))
    refused = director.post(url("cancel", session), {"why": "Nobody could lead it", "seen": 0})
    assert (refused.status_code, said in html(refused)) == (422, True)
    assert "Did not meet" not in html(director.get(reverse("timetable:sessions", args=[session.group_id])))
    save_shared(note=note, topic="", interventions=[], words="", by=session.leader)
    assert said not in html(director.get(url("session", session)))


def test_only_a_director_changes_a_session(client, session):
    CenterFactory()
    sign_in(client, session.leader)
    assert client.get(url("session", session)).status_code == 403
    listed = html(client.get(reverse("timetable:sessions", args=[session.group_id])))
    assert f'"{url("session", session)}"' not in listed

"""The topic of the day is shown to everyone in the room, each in the language they read."""

import pytest
from django.urls import reverse, translate_url

from stepdown.live import services_visits, visits
from stepdown.live.tests.factories import DoorCheckFactory, RoomFactory, agreed
from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable.tests.factories import HandoutFactory

pytestmark = pytest.mark.django_db
ENGLISH = ("Cravings", "Try this: Urge surfing", "How long did it last?")
SPANISH = ("Las ganas", "Pruebe esto: Surfear", "Habilidades: Las ganas")


@pytest.fixture
def session():
    CenterFactory()
    session = RoomFactory().session
    session.topic = HandoutFactory().topic
    session.save()
    HandoutFactory(topic=session.topic, language="es", title="Las ganas", tool="Surfear")
    return session


def page_of_patient(client, session, name, language):
    seat = SeatFactory(group=session.group, accepted=True)
    DoorCheckFactory(session=session, patient=agreed(seat.patient))
    address = translate_url(reverse(f"live:{name}", args=[session.pk]), language)
    return as_patient(client, seat.patient).get(address)


def page_of_leader(client, session):
    return sign_in(client, session.leader).get(reverse("live:staff_room", args=[session.pk]))


def page_of_observer(client, session):
    staff = StaffFactory(roles=[Role.DIRECTOR])
    services_visits.name_colleague(session=session, staff=staff, role="observer", by=session.leader)
    return sign_in(client, staff).get(reverse("live:observe", args=[session.pk]))


def page_of_guest(client, session, language):
    guest = services_visits.invite_guest(session=session, name="Sam Invented", why="listens.", by=session.leader)
    link = translate_url(reverse("live:guest", args=[guest.pk, visits.token_of(guest)]), language)
    client.post(link)
    return client.get(f"{link}room/")


@pytest.mark.parametrize("who", ["patient", "leader", "observer", "guest"])
def test_everyone_in_the_room_has_the_handout_beside_the_faces(client, session, who):
    answer = {
        "patient": lambda: page_of_patient(client, session, "room", "en"),
        "leader": lambda: page_of_leader(client, session),
        "observer": lambda: page_of_observer(client, session),
        "guest": lambda: page_of_guest(client, session, "en"),
    }[who]()
    read = answer.content.decode()
    assert answer.status_code == 200
    assert [part for part in ENGLISH if part not in read] == []
    assert "Las ganas" not in read


def test_a_patient_reads_it_in_spanish_and_the_plan_too(client, session):
    read = page_of_patient(client, session, "room", "es").content.decode()
    assert [part for part in SPANISH if part not in read] == []
    assert "Cravings" not in read


def test_the_door_says_the_topic_in_the_language_of_the_reader(client, session):
    assert '<span lang="es">Las ganas</span>' in page_of_patient(client, session, "door", "es").content.decode()


def test_what_is_there_in_english_alone_is_marked_as_english_in_a_room_in_spanish(client, session):
    session.topic.handouts.filter(language="es").delete()
    read = page_of_patient(client, session, "room", "es").content.decode()
    assert '<p class="handout-topic" lang="en">Cravings</p>' in read
    assert '<div class="handout" lang="en">' in read

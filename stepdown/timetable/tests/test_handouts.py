"""Who reads which handout, and in which language."""

from datetime import timedelta

import pytest
from django.urls import reverse, translate_url
from django.utils import timezone

from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable import queries
from stepdown.timetable.tests.factories import HandoutFactory, SessionFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    CenterFactory()
    return SessionFactory(topic=HandoutFactory().topic)


@pytest.fixture
def patient(session):
    return SeatFactory(group=session.group, accepted=True, starts_at=session.starts_at).patient


def in_spanish(session, **fields):
    return HandoutFactory(topic=session.topic, language="es", title="Las ganas", **fields)


def page(client, session, language="en"):
    return client.get(translate_url(reverse("timetable:handout", args=[session.pk]), language))


def html(response):
    return " ".join(response.content.decode().split())


def test_a_patient_reads_all_parts_of_the_handout(client, session, patient):
    read = html(page(as_patient(client, patient), session))
    handout = session.topic.handouts.get()
    parts = [handout.title, handout.summary, handout.tool, *handout.points, *handout.steps, *handout.questions]
    assert [part for part in parts if part not in read] == []


def test_a_page_in_spanish_has_the_handout_in_spanish(client, session, patient):
    in_spanish(session, tool="Surfear las ganas")
    read = html(page(as_patient(client, patient), session, "es"))
    assert '<h1 lang="es">Las ganas</h1>' in read
    assert "Pruebe esto: Surfear las ganas" in read
    assert "Cravings" not in read


def test_what_is_there_in_english_alone_is_marked_as_english(client, session, patient):
    read = html(page(as_patient(client, patient), session, "es"))
    assert '<html lang="es">' in read
    assert '<h1 lang="en">Cravings</h1>' in read
    assert "Try this: Urge surfing" in read  # a heading in the language of what stands below it


def test_a_topic_without_a_handout_has_its_title_and_summary(client, patient, session):
    session.topic.handouts.all().delete()
    session.topic.summary = "How an urge rises."
    session.topic.save()
    read = html(page(as_patient(client, patient), session))
    assert "How an urge rises." in read
    assert "Try this" not in read


@pytest.mark.parametrize("case", ["after their seat", "before their seat", "another group", "a held seat", "no topic"])
def test_a_patient_finds_no_handout_of_a_session_outside_their_seat(client, session, case):
    now, topic = timezone.now(), session.topic
    seat = SeatFactory(
        group=session.group,
        accepted=case != "a held seat",
        starts_at=now - timedelta(days=9),
        ends_at=now + timedelta(days=9),
    )
    other = {
        "after their seat": {"starts_at": now + timedelta(days=20), "group": session.group},
        "before their seat": {"starts_at": now - timedelta(days=20), "group": session.group},
        "another group": {"starts_at": now},
        "a held seat": {"starts_at": now + timedelta(days=1), "group": session.group},
        "no topic": {"starts_at": now + timedelta(days=1), "group": session.group, "topic": None},
    }[case]
    outside = SessionFactory(**{"topic": topic} | other)
    assert page(as_patient(client, seat.patient), outside).status_code == 404


def test_a_patient_who_left_the_group_still_reads_what_their_seat_covered(client, session, patient):
    patient.seats.update(ends_at=session.ends_at)
    assert page(as_patient(client, patient), session).status_code == 200


def test_handouts_of_many_sessions_take_one_query(session, django_assert_num_queries):
    in_spanish(session)
    others = [SessionFactory(topic=TopicFactory(week=week), starts_at=timezone.now()) for week in (2, 3)]
    with django_assert_num_queries(1):
        found = queries.handouts([session, *others], "es-us")
    assert [found[one.topic_id].title for one in (session, *others)] == ["Las ganas", "Cravings", "Cravings"]
    assert [found[one.topic_id].language for one in (session, *others)] == ["es", "en", "en"]


def staff_page(client, session, query="", **staff):
    member = staff.pop("member", None) or StaffFactory(**staff)
    return sign_in(client, member).get(reverse("timetable:staff_handout", args=[session.pk]) + query)


def test_the_leader_reads_it_in_every_language_there_is(client, session):
    in_spanish(session)
    assert '<h1 lang="en">Cravings</h1>' in html(staff_page(client, session, member=session.leader))
    read = html(staff_page(client, session, "?language=es", member=session.leader))
    assert '<h1 lang="es">Las ganas</h1>' in read
    assert "Conviene saber" in read
    assert "Sessions of" in read  # the page stays in the language of staff


def test_a_counselor_finds_no_handout_of_a_session_of_others(client, session):
    assert staff_page(client, session, roles=[Role.COUNSELOR]).status_code == 404


def test_the_sessions_of_a_group_lead_to_their_handouts(client, session):
    url = reverse("timetable:sessions", args=[session.group_id])
    read = html(sign_in(client, session.group.leader).get(url))
    assert reverse("timetable:staff_handout", args=[session.pk]) in read

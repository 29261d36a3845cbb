"""Which topics somebody met, missed and meets again; homework given, done and seen."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance.tests.factories import AttendanceFactory, session_over
from stepdown.chart import queries_topics, services_homework
from stepdown.chart.domain.coverage import Meeting, coverage
from stepdown.chart.models import Homework
from stepdown.chart.tests.factories import note_of, part_of
from stepdown.chart.tests.homework import homework_given
from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import HandoutFactory, SessionFactory, TopicFactory

DAY = timedelta(days=1)


def on(day: int, topic: str, there: bool | None) -> Meeting[str]:
    return Meeting(topic, datetime(2026, 3, day, 18, tzinfo=UTC), day, there)


def said(meetings: list[Meeting[str]]) -> list[tuple[str, str, object, object]]:
    return [(c.topic, c.state, c.last and c.last.key, c.again and c.again.key) for c in coverage(meetings)]


# -- coverage


def test_being_there_once_is_enough_whatever_came_first():
    assert said([on(2, "sleep", False), on(9, "sleep", True)]) == [("sleep", "met", 9, None)]
    assert said([on(2, "sleep", True), on(9, "sleep", False)]) == [("sleep", "met", 2, None)]


def test_a_missed_topic_says_when_it_comes_again():
    assert said([on(2, "sleep", False), on(30, "sleep", None), on(31, "sleep", None)]) == [("sleep", "missed", 2, 30)]


def test_topics_stand_in_the_order_of_their_sessions():
    assert said([on(9, "anger", None), on(2, "sleep", True)]) == [
        ("sleep", "met", 2, None),
        ("anger", "coming", None, 9),
    ]


@pytest.fixture
def seat(db):
    CenterFactory()
    return SeatFactory(accepted=True, starts_at=timezone.now() - 30 * DAY)


def test_topics_of_a_person_follow_their_attendance_and_their_seat(seat, django_assert_num_queries):
    met, missed, coming = (HandoutFactory(topic=TopicFactory(week=w), title=f"Week {w}").topic for w in (1, 2, 3))
    off = HandoutFactory(topic=TopicFactory(week=4), title="Week 4").topic
    for topic, days, there in ((met, 9, True), (missed, 7, False), (off, 6, False)):
        session = SessionFactory(group=seat.group, starts_at=timezone.now() - days * DAY, topic=topic)
        AttendanceFactory(seat=seat, session=session, **({} if there else {"missed": True}))
    Session.objects.filter(pk=session.pk).update(cancelled_at=session.ends_at, cancelled_why="Nobody led it")
    for topic, days in ((missed, 3), (coming, 5)):
        SessionFactory(group=seat.group, starts_at=timezone.now() + days * DAY, topic=topic)
    with django_assert_num_queries(3):
        topics = queries_topics.topics_of(seat.patient, "es", timezone.now())
    assert [each.handout.title for each in topics.met] == ["Week 1"]
    assert [(each.handout.title, bool(each.again)) for each in topics.missed] == [("Week 2", True)]
    assert [each.handout.title for each in topics.coming] == ["Week 3"]


# -- homework


@pytest.fixture
def session(seat):
    return session_over(group=seat.group, topic=HandoutFactory().topic)


def given(session, **fields):
    return services_homework.give_homework(session=session, by=session.leader, **({"exercise": True} | fields))


def test_homework_is_for_everyone_who_sits_there_and_due_when_the_group_meets_next(seat, session):
    other = SeatFactory(group=seat.group, accepted=True, starts_at=timezone.now() - 3 * DAY)
    coming = SessionFactory(group=seat.group, starts_at=timezone.now() + 2 * DAY)
    homework = given(session)
    assert set(homework.of.values_list("patient", flat=True)) == {seat.patient_id, other.patient_id}
    assert homework.due_at == coming.starts_at


def test_the_same_sent_twice_is_given_once(session):
    assert given(session) == given(session)
    assert Homework.objects.count() == 1


def test_homework_for_one_person_may_name_them_and_nobody_else(seat, session):
    seat.patient.first_name = "Marlene"
    seat.patient.save()
    SeatFactory(
        group=seat.group, accepted=True, starts_at=timezone.now() - 3 * DAY, episode__patient__first_name="Theodora"
    )
    with pytest.raises(RuleBroken, match="This names Theodora"):
        given(session, exercise=False, words="Call Theodora.", to=[seat.patient_id])
    with pytest.raises(RuleBroken, match="This names Marlene"):
        given(session, exercise=False, words="As Marlene did.")
    assert given(session, exercise=False, words="Marlene, call your sister.", to=[seat.patient_id])


def test_homework_says_something_to_do(session):
    with pytest.raises(RuleBroken, match="write what to do"):
        given(session, exercise=False)
    session.topic = None
    session.save()
    with pytest.raises(RuleBroken, match="no exercise of a handout"):
        given(session)


def test_homework_stays_as_it_was_given(session):
    homework = given(session)
    with pytest.raises(DatabaseError), transaction.atomic():
        Homework.objects.update(words="Something else.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Homework.objects.all().delete()
    assert services_homework.take_back_homework(homework=homework, by=session.leader).taken_back_at


def test_what_was_taken_back_is_asked_of_nobody(seat, session):
    own = homework_given(session, seat.patient)
    services_homework.take_back_homework(homework=own.homework, by=session.leader)
    assert queries_topics.homework_open(seat.patient) == []
    with pytest.raises(RuleBroken, match="no longer asked of you"):
        services_homework.do_homework(homework=own)


# -- pages


def url_of(session):
    return reverse("chart:homework", args=[session.pk])


def test_from_the_leader_to_the_phone_and_back_into_the_note(client, seat, session):
    leader = sign_in(client, session.leader)
    assert leader.post(url_of(session), {"what": "exercise", "words": "", "to": []}).status_code == 302
    phone = as_patient(type(client)(), seat.patient)
    assert "Urge surfing" in phone.get(reverse("desk:home")).content.decode()
    own = queries_topics.homework_open(seat.patient)[0]
    page = reverse("chart:my_homework", args=[own.pk])
    assert "Watch it pass." in phone.get(page).content.decode()
    assert phone.post(page, {"answer": "Twice, on Monday."}).status_code == 302
    following = session_over(ago=-3 * DAY, group=seat.group)
    assert "Twice, on Monday." in leader.get(url_of(following)).content.decode()
    assert "Twice, on Monday." in leader.get(reverse("chart:topics", args=[seat.patient_id])).content.decode()


def test_who_writes_the_note_reads_what_was_done(seat, session, django_assert_num_queries):
    later, session = session, session_over(ago=2 * DAY, group=seat.group)
    own = given(session, exercise=False, words="Call one person.").of.get()
    assert own.homework.due_at == later.starts_at
    part = part_of(note_of(later, present=0), seat.patient)
    with django_assert_num_queries(1):
        assert own in queries_topics.homework_at(part)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"what": "words"}, "Write what to do."),
        ({}, "Choose what to do."),
        ({"what": "x"}, "Choose one of the answers"),
    ],
)
def test_bad_homework_is_told_beside_its_field_and_what_was_typed_stays(client, session, sent, sentence):
    answer = sign_in(client, session.leader).post(url_of(session), sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_director_reads_homework_and_gives_none(client, session):
    director = sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    assert "gives homework. You can read it." in director.get(url_of(session)).content.decode()
    assert director.post(url_of(session), {"what": "exercise"}).status_code == 403


def test_homework_of_somebody_else_is_not_there(client, seat, session):
    own = homework_given(session, seat.patient)
    other = SeatFactory(group=seat.group, accepted=True).patient
    assert as_patient(client, other).get(reverse("chart:my_homework", args=[own.pk])).status_code == 404


# -- the topic of a session


def test_a_leader_chooses_another_topic_which_stays_when_the_group_changes(client, seat):
    session = SessionFactory(group=seat.group, starts_at=timezone.now() + DAY, topic=HandoutFactory().topic)
    other = TopicFactory(week=5, place=2, title="Boredom and joy")
    page = reverse("timetable:staff_handout", args=[session.pk])
    assert sign_in(client, session.leader).post(page, {"topic": str(other.pk)}).status_code == 302
    session.refresh_from_db()
    assert (session.topic, session.topic_by) == (other, session.leader)
    assert client.post(page, {"topic": "x"}).status_code == 422
    client.post(page, {"topic": ""})
    session.refresh_from_db()
    assert session.topic_by is None


def test_only_who_leads_and_directors_choose_a_topic(client, seat):
    session = SessionFactory(group=seat.group, starts_at=timezone.now() + DAY)
    page = reverse("timetable:staff_handout", args=[session.pk])
    assert sign_in(client, StaffFactory(roles=[Role.ADMISSIONS])).post(page, {"topic": ""}).status_code == 403
    assert "chooses its topic" in client.get(page).content.decode()

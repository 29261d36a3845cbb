from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse, translate_url
from django.utils import timezone

from stepdown.admissions.services import decide
from stepdown.admissions.tests.factories import AssessmentFactory, EpisodeFactory, about_of
from stepdown.attendance.tests.factories import AttendanceFactory
from stepdown.desk.tests.scenes import EVENING, group_tonight
from stepdown.live.tests.factories import RoomFactory, agreed
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import HandoutFactory, SessionFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_twelve_to_six")]


def home_page(client, patient, language="en"):
    url = translate_url(reverse("desk:home"), language)
    return " ".join(as_patient(client, patient).get(url).content.decode().split())


def been_before(seat):
    """They were in a group a week ago, so that the next one is not their first."""
    before = SessionFactory(group=seat.group, starts_at=timezone.now() - timedelta(days=8))
    AttendanceFactory(session=before, patient=seat.patient, seat=seat)


def sits(minutes, *, been=True, signed=True):
    """Someone whose group meets in so many minutes."""
    _, (seat,) = group_tonight(StaffFactory(name="Ines Leadwell"), people=1, minutes=minutes)
    if been:
        been_before(seat)
    if signed:
        agreed(seat.patient)
    return seat.patient


HOUR, DAY = 60, 24 * 60
GO, WAIT, SIGN = "Go to your group", "Wait at the door", "Read and sign your agreements"
# (minutes until the group, been to one before, agreements signed) -> the title, the words below it, the act
MOMENTS = [
    (5 * DAY, False, True, "Your first group is on Monday", "The door opens at 5:18 pm Central.", None),
    (5 * DAY, False, False, "Your first group is on Monday", "Before your group we need your agreements.", SIGN),
    (9 * DAY, True, True, "Your next group is on March 20", "Friday, March 20, <b>5:48", None),
    (DAY, True, True, "Your next group is tomorrow", "Thursday, March 12, <b>5:48", None),
    (3 * HOUR, False, True, "Your first group starts in 3 hours", "The door opens at 8:18 pm Central.", WAIT),
    (3 * HOUR, True, False, "Your group starts in 3 hours", "Before your group we need your agreements.", SIGN),
    (10, True, True, "Your group starts in 10 minutes", "today <b>5:58 to 8:58 pm Central</b>", GO),
    (10, True, True, "Your group starts in 10 minutes", "Ines will let you in.", GO),
    (-20, True, True, "Your group is meeting now", "today <b>5:28 to 8:28 pm Central</b>", GO),
]


@pytest.mark.parametrize(("minutes", "been", "signed", "title", "words", "act"), MOMENTS)
def test_a_patient_reads_what_is_next_in_one_title_and_has_one_act(client, minutes, been, signed, title, words, act):
    page = home_page(client, sits(minutes, been=been, signed=signed))
    assert title in page
    assert words in page
    assert [one for one in (GO, WAIT, SIGN) if f"{one} <svg" in page] == ([act] if act else [])


def test_between_two_groups_it_is_told_in_spanish_too(client):
    page = home_page(client, sits(DAY), "es")
    assert "Buenas noches, Walt" in page
    assert "Su próximo grupo es mañana" in page


@pytest.mark.parametrize(("hour", "greeting"), [(9, "Good morning"), (13, "Good afternoon"), (20, "Good evening")])
def test_a_patient_is_greeted_by_the_hour_where_they_are(client, hour, greeting):
    with time_machine.travel(EVENING.replace(hour=hour), tick=False):
        assert f"{greeting}, Noor" in home_page(client, PatientFactory(first_name="Noor"))


def test_a_seat_in_aftercare_is_named_so_while_it_is_held(client):
    patient = sits(3 * DAY)
    ends_at = timezone.now() + timedelta(days=9)
    patient.seats.update(ends_at=ends_at)
    SeatFactory(aftercare=True, episode=patient.episodes.get(), starts_at=ends_at)
    assert "A seat in Aftercare is held for you" in home_page(client, patient)


def test_who_is_admitted_and_has_no_seat_yet_need_not_do_anything(client):
    page = home_page(client, EpisodeFactory().patient)
    assert "We are finding your group" in page
    assert "You need not do anything." in page


def test_who_was_discharged_is_welcome_back_and_reads_what_they_did(client):
    patient = sits(3 * DAY)
    patient.episodes.update(ended_at=timezone.now(), ended_by=StaffFactory(), status="completed")
    patient.seats.update(ends_at=timezone.now() - timedelta(days=1))
    page = home_page(client, patient)
    assert "You are always welcome back" in page
    assert "<b>1 of 1</b> groups" in page


def test_the_last_weeks_are_counted_in_words(client):
    patient = sits(3 * DAY)
    patient.seats.update(ends_at=timezone.now() + timedelta(weeks=7))
    assert "Seven weeks to go." in home_page(client, patient)
    assert "Faltan siete semanas." in home_page(client, patient, "es")


def test_a_patient_goes_to_the_group_with_one_button(client):
    session, (walt, _) = group_tonight(StaffFactory())
    been_before(walt)
    page = home_page(client, walt.patient)
    assert "Your group starts in 12 minutes" in page
    assert reverse("live:door", args=[session.pk]) in page
    assert "Noor" not in page


def test_a_held_seat_is_the_one_next_thing(client):
    seat = SeatFactory(patient=PatientFactory())
    page = home_page(client, seat.patient)
    assert "A seat is held for you" in page
    assert reverse("placement:answer", args=[seat.pk]) in page


def test_a_held_seat_is_in_sight_also_on_the_day_of_a_group(client):
    _, (walt, _) = group_tonight(StaffFactory())
    walt.ends_at = timezone.now() + timedelta(weeks=1)
    walt.save()
    held = SeatFactory(aftercare=True, episode=walt.episode, starts_at=walt.ends_at)
    page = home_page(client, walt.patient)
    assert "Your first group starts in 12 minutes" in page
    assert reverse("placement:answer", args=[held.pk]) in page


def test_a_session_that_its_leader_ended_is_over_for_the_patient_too(client):
    session, (walt, _) = group_tonight(StaffFactory(), minutes=-20)
    RoomFactory(session=session, ended=True)
    AttendanceFactory(session=session, patient=walt.patient, seat=walt)
    SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(days=1))
    page = home_page(client, walt.patient)
    assert "Your next group is tomorrow" in page
    assert "You were there" in page
    assert "Your group is meeting now" not in page
    assert reverse("live:door", args=[session.pk]) not in page


def test_who_has_no_group_is_welcome_and_finds_the_phone_number(client):
    page = home_page(client, PatientFactory())
    assert "You are always welcome back" in page
    assert "tel:+1" in page


def test_the_week_tells_what_was_and_what_comes(client):
    session, (walt, _) = group_tonight(StaffFactory())
    monday = SessionFactory(group=session.group, starts_at=timezone.now() - timedelta(days=2))
    AttendanceFactory(session=monday, patient=walt.patient, seat=walt, minutes=165, status="present")
    page = home_page(client, walt.patient)
    assert "You were there" in page
    assert "2 h 45 min" in page
    assert "<b>1 of 1</b> groups" in page


def test_a_group_that_was_called_off_counts_for_nothing(client):
    session, (walt, _) = group_tonight(StaffFactory())
    off = {"cancelled_at": timezone.now(), "cancelled_why": "Ice"}
    for days, more in ((2, {}), (1, off)):
        day = SessionFactory(group=session.group, starts_at=timezone.now() - timedelta(days=days), **more)
        AttendanceFactory(session=day, patient=walt.patient, seat=walt, status="scheduled" if more else "present")
    assert "<b>1 of 1</b> groups" in home_page(client, walt.patient)


def monday_as_told(client, language="en", **attendance):
    """What their page says of a group that was this Monday, and how often they have been to one."""
    session, (walt, _) = group_tonight(StaffFactory())
    monday = SessionFactory(group=session.group, starts_at=timezone.now() - timedelta(days=2))
    AttendanceFactory(session=monday, patient=walt.patient, seat=walt, **attendance)
    return home_page(client, walt.patient, language)


def test_whoever_was_corrected_to_have_been_there_was_there(client):
    by = {"confirmed_at": timezone.now(), "confirmed_by": StaffFactory(), "correction_reason": "The video was away."}
    page = monday_as_told(client, minutes=0, confirmed_minutes=165, status="present", **by)
    assert "You were there" in page
    assert "2 h 45 min" in page
    assert 'class="is-done"' in page
    assert "<b>1 of 1</b> groups" in page
    assert "You missed it" not in page


def test_whoever_was_corrected_to_have_been_away_missed_it(client):
    by = {"confirmed_at": timezone.now(), "confirmed_by": StaffFactory(), "correction_reason": "It was someone else."}
    page = monday_as_told(client, minutes=100, confirmed_minutes=0, status="no_show", **by)
    assert "You missed it" in page
    assert "<b>0 of 1</b> groups" in page
    assert "You were there" not in page
    assert 'class="is-done"' not in page


@pytest.mark.parametrize(
    ("language", "status", "words"),
    [
        ("en", "excused", "<b>You told us you could not come</b>"),
        ("en", "cancelled_patient", "<b>You cancelled</b>"),
        ("en", "cancelled_late", "<b>You cancelled late</b>"),
        ("es", "cancelled_patient", "<b>Usted canceló</b>"),
        ("es", "cancelled_late", "<b>Usted canceló tarde</b>"),
    ],
)
def test_whoever_told_that_they_would_not_come_did_not_just_miss_it(client, language, status, words):
    page = monday_as_told(client, language, minutes=0, status=status)
    assert words in page
    assert "You missed it" not in page


def test_what_was_only_looked_at_while_it_was_on_is_not_missed_yet(client):
    assert "You missed it" not in monday_as_told(client, minutes=0, status="scheduled")


def test_help_names_911_with_the_address_and_988(client):
    patient = PatientFactory(address_line="1200 Example Street")
    page = as_patient(client, patient).get(reverse("desk:help")).content.decode()
    assert "1200 Example Street" in page
    assert 'href="tel:911"' in page
    assert 'href="tel:988"' in page


def moved(patient, by):
    """Their session of the evening, moved by that."""
    session = Session.objects.get(group__seats__patient=patient, starts_at__gt=timezone.now())
    session.moved_from = session.starts_at
    session.starts_at += by
    session.ends_at += by
    session.save()
    return session


def test_a_session_that_was_moved_says_when_it_was(client):
    patient = sits(3 * HOUR)
    moved(patient, timedelta(hours=1))
    page = home_page(client, patient)
    assert "It was moved. Before, it was planned for: today, 8:48 pm Central." in page
    assert "Moved. Planned before: 8:48 pm Central" in page


def test_what_changes_in_the_next_weeks_stands_below_this_one(client):
    patient = sits(10 * DAY)
    session = moved(patient, timedelta(days=1))
    off = SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(days=8), cancelled_at=EVENING)
    page = home_page(client, patient)
    assert "Changes ahead" in page
    assert "No group on Thursday" in page
    assert "Group on Sunday" in page
    assert "Moved. Planned before: March 21, 5:48 pm Central" in page
    off.delete()
    session.moved_from = None
    session.save()
    assert "Changes ahead" not in home_page(client, patient)


def with_topics(patient, *days):
    """Sessions of their group so many days from now, each with a topic of its own and a handout in both languages."""
    group, made = patient.seats.get().group, []
    for week, away in enumerate(days, start=1):
        topic = TopicFactory(week=week, title=f"Topic {week}")
        HandoutFactory(topic=topic, title=f"Topic {week}")
        HandoutFactory(topic=topic, language="es", title=f"Tema {week}")
        made.append(SessionFactory(group=group, topic=topic, starts_at=timezone.now() + timedelta(days=away)))
    return made


def test_the_handouts_of_the_next_and_the_last_groups_are_one_tap_away(client):
    patient = sits(30 * DAY, been=False)
    made = with_topics(patient, -9, -7, -5, -2, 1, 3)
    page = home_page(client, patient)
    links = [reverse("timetable:handout", args=[session.pk]) in page for session in made]
    assert links == [False, True, True, True, True, False]
    assert page.index('Topic 5</span></a> <span class="meta">Next group') < page.index("Topic 4</span></a>")


def test_a_topic_is_named_in_the_language_of_the_page(client):
    patient = sits(30 * DAY, been=False)
    with_topics(patient, 1)
    page = home_page(client, patient, "es")
    assert page.count('<span lang="es">Tema 1</span>') == 2  # in the week and among the handouts
    assert "Topic 1" not in page


def test_the_page_takes_the_same_queries_for_one_topic_and_for_many(client, django_assert_max_num_queries):
    patient = sits(30 * DAY, been=False)
    with_topics(patient, 1)
    as_patient(client, patient)
    with django_assert_max_num_queries(31) as one:
        client.get(reverse("desk:home"))
    with_topics(patient, -9, -7, -5, -2)
    with django_assert_max_num_queries(len(one)):
        client.get(reverse("desk:home"))


@pytest.mark.parametrize(("language", "said"), [("en", "until Feb 20"), ("es", "hasta el 20 feb")])
def test_the_way_shows_where_they_came_from_when_only_its_last_day_was_told(client, language, said):
    about = about_of(came_until="2026-02-20")
    assessment = AssessmentFactory(finished=True, about=about, came_from="partial_hospitalization")
    director = StaffFactory(roles=["director"])
    episode = decide(assessment=assessment, level="IOP", by=director)
    chart = sign_in(client, director).get(reverse("desk:patient", args=[episode.patient_id]))
    assert "until Feb 20" in chart.content.decode()
    assert said in home_page(client, episode.patient, language)

"""What an answer asks for next, and what it raises once more after that was settled."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.measures import services, services_work
from stepdown.measures.models import Administration, WorkItem
from stepdown.measures.tests.factories import AdministrationFactory, finished
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def center():
    return CenterFactory()


def say(administration, item, value):
    return services.save_answer(administration=administration, item=item, value=value)


def test_a_positive_screen_asks_for_the_full_one_once():
    row = finished(AdministrationFactory(instrument="audit-c"), value=3)
    asked = Administration.objects.get(patient=row.patient, instrument="audit")
    assert asked.why == Administration.Why.FOLLOW_UP


def test_two_screens_ask_for_the_full_one_once_and_not_again_in_an_episode():
    patient = EpisodeFactory().patient
    for name in ("audit-c", "taps-1"):
        finished(AdministrationFactory(patient=patient, instrument=name), value=2)
    full = Administration.objects.get(patient=patient, instrument="audit")
    finished(full)
    for name in ("audit-c", "taps-1"):
        finished(AdministrationFactory(patient=patient, instrument=name), value=2)
    assert Administration.objects.filter(patient=patient, instrument="audit").count() == 1


def test_the_full_one_of_an_earlier_episode_does_not_count():
    patient = PatientFactory()
    finished(AdministrationFactory(patient=patient, instrument="audit"))
    EpisodeFactory(patient=patient)
    finished(AdministrationFactory(patient=patient, instrument="audit-c"), value=2)
    assert Administration.objects.filter(patient=patient, instrument="audit").open().count() == 1


def test_a_screener_that_waits_already_is_due_today_and_not_given_twice():
    later = timezone.localdate() + timedelta(days=7)
    waits = AdministrationFactory(instrument="cssrs-screener", due_on=later, lapses_on=later)
    (item,) = say(AdministrationFactory(patient=waits.patient), "phq9_9", 1).raised
    waits.refresh_from_db()
    assert item.asks_for == waits
    assert waits.due_on < later < waits.lapses_on
    finished(waits)
    services.finish(administration=item.administration)
    assert Administration.objects.filter(patient=waits.patient, instrument="cssrs-screener").count() == 1


# Raised again


def settled(item):
    return services_work.settle(item=item, disposition="mistake", words="Tapped by mistake.", by=StaffFactory())


@pytest.mark.parametrize("answers", [(0, 3), (3,)])
def test_an_answer_given_after_it_was_settled_raises_another_one(answers):
    row = AdministrationFactory()
    first = settled(*say(row, "phq9_9", 1).raised)
    *_others, last = [say(row, "phq9_9", value) for value in answers]
    (again,) = last.raised
    assert again.flag == first.flag
    assert again.asks_for == first.asks_for  # which is not answered yet
    assert again.owner == first.owner
    assert say(row, "phq9_9", 2).raised == []


def test_raised_again_after_the_screener_was_answered_it_asks_for_another_one():
    row = AdministrationFactory()
    first = settled(*say(row, "phq9_9", 1).raised)
    finished(first.asks_for)
    say(row, "phq9_9", 0)
    (again,) = say(row, "phq9_9", 2).raised
    assert (again.asks_for.instrument, again.asks_for.is_open) == ("cssrs-screener", True)


def test_what_was_settled_is_not_raised_by_the_same_answer_nor_by_another_question():
    row = AdministrationFactory()
    settled(*say(row, "phq9_9", 1).raised)
    assert say(row, "phq9_9", 1).raised == []
    finished(row, phq9_9=1)
    assert not WorkItem.objects.open().exists()
    assert Administration.objects.filter(instrument="cssrs-screener").count() == 1


def test_a_page_of_staff_does_not_raise_again_what_was_settled():
    row, by = AdministrationFactory(), StaffFactory()
    settled(*say(row, "phq9_9", 1).raised)
    services.fill_in(
        administration=row, values={"phq9_1": 2, "phq9_9": 1}, context={}, mode="interview", is_finished=True, by=by
    )
    assert not WorkItem.objects.open().exists()

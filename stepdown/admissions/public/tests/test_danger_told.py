"""Whoever tells of danger with a number is called at once. Source: instrument "iop-self-screen", flag ss_crisis; RULE
INS-03."""

import pytest
from django.urls import reverse

from stepdown.admissions.models import Inquiry
from stepdown.admissions.public.services import ask_for_call
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.factories import CenterFactory, StaffFactory

pytestmark = pytest.mark.django_db
CALL = {"name": "Lou", "phone": "+15555550142", "best_time": "morning", "leave_message": "no", "language": "en"}


@pytest.fixture(autouse=True)
def on_call():
    """Admissions and a director; a counselor and a biller are not told."""
    CenterFactory()
    StaffFactory(roles=[Role.COUNSELOR])
    StaffFactory(roles=[Role.BILLER])
    return {StaffFactory(roles=[Role.ADMISSIONS]).pk, StaffFactory(roles=[Role.DIRECTOR]).pk}


@pytest.mark.parametrize("item", ["ss_self_harm", "ss_overdose"])
def test_danger_in_answers_sent_along_calls_staff_in_at_once(on_call, item):
    inquiry = ask_for_call(**CALL, self_screen={item: 1})
    told = Message.objects.all()
    assert {message.staff_id for message in told} == on_call
    assert {message.kind for message in told} == {Message.Kind.NEEDED_NOW}
    assert {message.page for message in told} == {reverse("admissions:inquiry", args=[inquiry.pk])}


@pytest.mark.parametrize("answers", [None, {}, {"ss_self_harm": 0, "ss_overdose": None, "ss_stop_sick": 1}])
def test_without_danger_nobody_is_called_in(answers):
    ask_for_call(**CALL, self_screen=answers)
    assert not Message.objects.exists()


def test_danger_sent_twice_is_told_once_and_more_danger_is_told(on_call):
    for _tap in range(2):
        ask_for_call(**CALL, self_screen={"ss_self_harm": 1})
    assert Message.objects.count() == len(on_call)
    ask_for_call(**CALL, self_screen={"ss_overdose": 1})
    assert Message.objects.count() == 2 * len(on_call)


def test_danger_told_with_the_second_request_is_told_too(on_call):
    ask_for_call(**CALL)
    ask_for_call(**CALL, self_screen={"ss_overdose": 1})
    assert Message.objects.count() == len(on_call)


@pytest.mark.parametrize(
    "later", [{"ss_dui": 1}, {"ss_self_harm": 0, "ss_dui": 1}, {"ss_self_harm": None, "ss_dui": 1}]
)
def test_danger_told_before_stays_whatever_is_answered_later(later):
    ask_for_call(**CALL, self_screen={"ss_self_harm": 1, "ss_duties": 1})
    ask_for_call(**CALL, self_screen=later)
    assert Inquiry.objects.get().self_screen == {**later, "ss_self_harm": 1}

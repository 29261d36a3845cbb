"""A button pressed twice, or by two people at the same moment: one record, and nobody meets a broken page."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.admissions.models import Assessment, Call, Danger, Episode, Inquiry
from stepdown.admissions.tests.factories import AssessmentFactory, InquiryFactory
from stepdown.kernel.tests.at_once import all_at_once
from stepdown.people.models import Patient, Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory

pytestmark = pytest.mark.django_db(transaction=True)
REQUEST = {"name": "M.", "phone": "512 555 0142", "best_time": "evening", "leave_message": "no"}


@pytest.fixture
def me():
    CenterFactory()
    return sign_in(Client(), StaffFactory(roles=[Role.DIRECTOR]))


def twice(client, url, sent, taps=2):
    """The statuses that so many posts of the same page get at the same moment."""

    def tap():
        own = Client()
        own.cookies = client.cookies.copy()
        return own.post(url, sent).status_code

    return all_at_once([tap] * taps)


def test_two_taps_on_ask_for_a_call_take_one_place_in_the_line():
    assert twice(Client(), reverse("public:ask"), REQUEST, taps=8) == [302] * 8
    assert Inquiry.objects.count() == 1


def test_two_people_who_ask_at_the_same_moment_are_two():
    other = {**REQUEST, "phone": "512 555 0143"}
    assert all_at_once(
        [lambda s=sent: Client().post(reverse("public:ask"), s).status_code for sent in (REQUEST, other)]
    )
    assert Inquiry.objects.count() == 2


def test_a_caller_saved_twice_is_one_caller(me):
    sent = {**REQUEST, "language": "en", "once": str(uuid4())}
    assert twice(me, reverse("admissions:called_us"), sent) == [302, 302]
    assert me.post(reverse("admissions:called_us"), sent).status_code == 302
    assert Inquiry.objects.count() == 1


@pytest.mark.parametrize("next_step", ["call_again", "close"])
def test_a_call_logged_twice_is_one_call(me, next_step):
    inquiry = InquiryFactory()
    url = reverse("admissions:log_call", args=[inquiry.pk])
    sent = {"outcome": "reached", "next_step": next_step, "note": "Talked.", "once": str(uuid4())}
    assert twice(me, url, sent) == [302, 302]
    assert me.post(url, sent).status_code == 302
    assert Call.objects.count() == 1


def test_the_page_gives_each_form_an_id_of_its_own(me):
    url = reverse("admissions:called_us")
    ids = [re.search(r'name="once" value="([0-9a-f-]{36})"', me.get(url).content.decode())[1] for _ in range(2)]
    assert ids[0] != ids[1]


def test_an_assessment_begun_twice_is_one_assessment(me):
    url = reverse("admissions:assess", args=[InquiryFactory(scheduled=True).pk])
    assert twice(me, url, {}) == [302, 302]
    assert Assessment.objects.count() == 1


def test_danger_raised_twice_is_one_danger(me):
    url = reverse("admissions:danger_came_up", args=[AssessmentFactory().inquiry_id])
    assert twice(me, url, {}) == [302, 302]
    assert Danger.objects.count() == 1


def test_a_decision_signed_twice_admits_once(me):
    url = reverse("admissions:decision", args=[AssessmentFactory(finished=True).inquiry_id])
    assert twice(me, url, {"level": "IOP"}) == [302, 302]
    assert me.post(url, {"level": "IOP"}).status_code == 302
    assert (Episode.objects.count(), Patient.objects.count()) == (1, 1)


def test_of_two_people_who_decide_otherwise_at_the_same_moment_one_is_told(me):
    other = sign_in(Client(), StaffFactory(roles=[Role.DIRECTOR]))
    url = reverse("admissions:decision", args=[AssessmentFactory(finished=True).inquiry_id])
    acts = [
        lambda: me.post(url, {"level": "IOP"}).status_code,
        lambda: other.post(url, {"level": "PHP", "reason": "Risk rose."}).status_code,
    ]
    first, second = sorted(all_at_once(acts))
    assert first == 302
    assert second in (403, 422)
    assert Assessment.objects.exclude(decided_at=None).count() == 1

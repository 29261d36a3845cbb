"""The board, an inquiry and its calls: the right person, the wrong one, the wrong moment."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from stepdown.admissions import board
from stepdown.admissions.models import Call, Danger, Inquiry
from stepdown.admissions.tests.factories import AssessmentFactory, EpisodeFactory, InquiryFactory
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory

pytestmark = pytest.mark.django_db
MORNING = "2026-03-11T15:22:00Z"  # 10:22 am Central, within calling hours


@pytest.fixture
def kit():
    CenterFactory()
    return StaffFactory(name="Kit Admitwell", roles=[Role.ADMISSIONS])


@pytest.fixture
def here(client, kit):
    return sign_in(client, kit)


def page(answer):
    return answer.content.decode()


def test_a_biller_sees_no_inquiries(client):
    CenterFactory()
    biller = sign_in(client, StaffFactory(roles=[Role.BILLER]))
    assert biller.get(reverse("admissions:board")).status_code == 403
    assert biller.get(reverse("admissions:inquiry", args=[InquiryFactory().pk])).status_code == 403


def test_a_stranger_is_led_to_sign_in(client):
    assert client.get(reverse("admissions:board")).status_code == 302


@pytest.mark.parametrize(
    ("waits", "title"),
    [
        ([], "Nobody waits for a call"),
        ([5], "One person waits for a call"),
        ([5, 6, 7], "Three people wait for a call"),
        ([31], "One person has waited too long"),
        ([31, 112, 5], "Two people have waited too long"),
    ],
)
def test_the_title_of_the_board_is_the_news(client, kit, waits, title):
    with time_machine.travel(MORNING, tick=False):
        here = sign_in(client, kit)
        for waited in waits:
            InquiryFactory(waited=waited)
        assert f"<h1>{title}</h1>" in " ".join(page(here.get(reverse("admissions:board"))).split()).replace(
            "<h1> ", "<h1>"
        ).replace(" </h1>", "</h1>")


def said(answer):
    """The words of a page, without its tags."""
    return " ".join(strip_tags(page(answer)).split())


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [(0, "We call within"), (1, "One person asked for a call today."), (5, "Five asked for a call today.")],
)
def test_the_board_tells_how_many_asked_today(client, kit, asked, sentence):
    with time_machine.travel(MORNING, tick=False):
        here = sign_in(client, kit)
        InquiryFactory(waited=11 * 60)  # 11:22 pm Central, the day before
        InquiryFactory(came_by="phone")
        for _ in range(asked):
            InquiryFactory(closed=True)
        text = said(here.get(reverse("admissions:board")))
    assert sentence in text
    assert ("asked for a call today" in text) == bool(asked)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([4], "Median from first call to first group this month: 4 days (1 person)"),
        ([1, 1, 9], "this month: 1 day (3 people)"),
        ([4, 5], "this month: 4.5 days (2 people)"),
        ([0], "this month: the same day (1 person)"),
        ([], ""),
    ],
)
def test_the_board_tells_the_days_from_first_call_to_first_group_if_there_are_any(here, monkeypatch, days, sentence):
    now = timezone.now()
    monkeypatch.setattr(board, "_first_groups", [lambda *_: [(now - timedelta(days=each), now) for each in days]])
    text = said(here.get(reverse("admissions:board")))
    assert sentence in text
    assert ("Median" in text) == bool(days)


def test_the_tab_says_the_news_as_the_page_does(here):
    InquiryFactory(waited=24 * 60)
    answer = here.get(reverse("admissions:board"))
    title, heading = re.search(r"<title>(.*?)</title>.*<h1>(.*?)</h1>", page(answer), re.DOTALL).groups()
    assert (" ".join(title.split()), " ".join(heading.split())) == ("One person has waited too long",) * 2


def test_the_longest_wait_stands_first_but_for_danger(client, kit):
    with time_machine.travel(MORNING, tick=False):
        here = sign_in(client, kit)
        InquiryFactory(name="Short wait", waited=3)
        InquiryFactory(name="Long wait", waited=90)
        InquiryFactory(name="In danger", waited=1, self_screen={"ss_self_harm": 1})
        lanes = {lane.key: content for lane, content in here.get(reverse("admissions:board")).context["lanes"]}
    assert [card.name for card in lanes["call"].cards] == ["In danger", "Long wait", "Short wait"]


def test_filters_show_mine_step_down_and_court(here, kit):
    InquiryFactory(name="My own", assigned_to=kit)
    InquiryFactory(name="From hospital", came_from="hospital")
    InquiryFactory(name="After a DUI", court_or_dui=True)
    for show, name in [("mine", "My own"), ("step-down", "From hospital"), ("court", "After a DUI")]:
        lanes = here.get(reverse("admissions:board"), {"show": show}).context["lanes"]
        assert [card.name for card in lanes[0][1].cards] == [name]


def test_each_filter_counts_who_its_lanes_show(here, kit):
    AssessmentFactory(finished=True, inquiry=InquiryFactory(assigned_to=kit))  # assessed at their first call
    AssessmentFactory(inquiry=InquiryFactory(scheduled=True, court_or_dui=True))
    InquiryFactory(came_from="hospital")
    InquiryFactory(closed=True)
    EpisodeFactory()
    counted = {key: count for key, _, count in here.get(reverse("admissions:board")).context["filters"]}
    for show in board.SHOWS:
        lanes = here.get(reverse("admissions:board"), {"show": show}).context["lanes"]
        assert counted[show] == sum(content.count for _, content in lanes)
    assert counted == {"everyone": 4, "mine": 1, "step-down": 1, "court": 1}


def test_an_inquiry_moves_through_the_lanes(here):
    AssessmentFactory(inquiry=InquiryFactory(name="Being asked", scheduled=True))
    AssessmentFactory(finished=True, inquiry=InquiryFactory(name="All asked", scheduled=True))
    InquiryFactory(name="Long gone", closed=True)
    lanes = {
        lane.key: [card.name for card in content.cards]
        for lane, content in here.get(reverse("admissions:board")).context["lanes"]
    }
    assert lanes["call"] == []
    assert lanes["assess"] == ["Being asked"]
    assert lanes["decide"] == ["Walt Specimen"]


def test_empty_lanes_say_what_to_do(here):
    assert "Nobody waits for a call. New requests appear here at once." in page(here.get(reverse("admissions:board")))


def test_a_lane_shows_its_first_cards_and_counts_the_rest(here):
    for _ in range(board.CARDS_SHOWN + 3):
        InquiryFactory()
    content = here.get(reverse("admissions:board")).context["lanes"][0][1]
    assert (len(content.cards), content.count, content.more) == (board.CARDS_SHOWN, board.CARDS_SHOWN + 3, "3 more")


def test_the_board_asks_the_database_as_often_for_many_as_for_few(here, kit):
    for assigned_to in (None, kit):
        InquiryFactory(assigned_to=assigned_to)
    AssessmentFactory(finished=True)
    here.get(reverse("admissions:board"))  # how soon people came is counted once in a while
    with CaptureQueriesContext(connection) as few:
        here.get(reverse("admissions:board"))
    for _ in range(10):
        InquiryFactory(assigned_to=kit)
        AssessmentFactory(finished=True)
        AssessmentFactory()
    with CaptureQueriesContext(connection) as many:
        here.get(reverse("admissions:board"))
    assert len(many) == len(few)


def test_a_caller_is_taken_down_and_kept(here, kit):
    answer = here.post(
        reverse("admissions:called_us"),
        {
            "name": "R. Maybe",
            "phone": "(555) 555-0199",
            "best_time": "now",
            "leave_message": "short",
            "language": "en",
            "came_from": "hospital",
            "note": "His wife asked us to call him.",
        },
    )
    inquiry = Inquiry.objects.get()
    assert answer.status_code == 302
    assert (inquiry.phone, inquiry.came_by, inquiry.assigned_to) == ("+15555550199", "phone", kit)


def test_a_caller_without_a_number_is_not_stored_and_nothing_typed_is_lost(here):
    answer = here.post(reverse("admissions:called_us"), {"name": "R. Maybe", "phone": "555", "note": "Asked for him."})
    assert answer.status_code == 422
    assert "Enter a phone number with 10 digits. This one has 3." in page(answer)
    assert "Asked for him." in page(answer)
    assert not Inquiry.objects.exists()


def test_a_call_is_logged_with_what_comes_next(here):
    inquiry = InquiryFactory()
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = here.post(
        reverse("admissions:log_call", args=[inquiry.pk]),
        {"outcome": "reached", "next_step": "assess_later", "next_on": tomorrow.isoformat(), "next_time": "11:00"},
    )
    inquiry.refresh_from_db()
    assert answer.status_code == 302
    assert inquiry.status == "assessment_scheduled"
    assert Call.objects.get().next_at == inquiry.next_call_at


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Choose what happened on this call."),
        ({"outcome": "reached"}, "Choose what comes next."),
        ({"outcome": "reached", "next_step": "assess_later"}, "Enter the day of the assessment."),
        ({"outcome": "reached", "next_step": "call_again", "next_on": "2030-01-01"}, "Enter the time too."),
        (
            {"outcome": "reached", "next_step": "call_again", "next_on": "2020-01-01", "next_time": "10:00"},
            "Choose a time that is still to come.",
        ),
        (
            {"outcome": "reached", "next_step": "call_again", "next_on": "9999-12-31", "next_time": "23:59"},
            "Choose a day within the next year.",
        ),
        ({"outcome": "reached", "next_step": "refer"}, "Write down where they were sent"),
        ({"outcome": "shouted", "next_step": "refer", "note": "x"}, "Choose one of the answers shown."),
    ],
)
def test_a_call_that_cannot_be_logged_says_why(here, answers, sentence):
    answer = here.post(reverse("admissions:log_call", args=[InquiryFactory().pk]), answers)
    assert answer.status_code == 422
    assert sentence in page(answer)
    assert not Call.objects.exists()


def test_assess_now_leads_straight_into_the_interview(here):
    inquiry = InquiryFactory()
    answer = here.post(
        reverse("admissions:log_call", args=[inquiry.pk]), {"outcome": "reached", "next_step": "assess_now"}
    )
    assert answer["Location"] == reverse("admissions:assess", args=[inquiry.pk])


def test_a_closed_inquiry_takes_no_call(here):
    inquiry = InquiryFactory(closed=True)
    answer = here.post(
        reverse("admissions:log_call", args=[inquiry.pk]), {"outcome": "reached", "next_step": "call_again"}
    )
    assert answer.status_code == 403
    assert "This inquiry is closed." in page(answer)


def test_an_inquiry_is_taken_handed_over_and_closed_with_a_reason(here, kit):
    inquiry = InquiryFactory()
    here.post(reverse("admissions:assign", args=[inquiry.pk]), {"to": str(kit.pk)})
    inquiry.refresh_from_db()
    assert inquiry.assigned_to == kit
    assert here.post(reverse("admissions:close", args=[inquiry.pk]), {"status": "lost_contact"}).status_code == 422
    here.post(reverse("admissions:close", args=[inquiry.pk]), {"status": "lost_contact", "reason": "Three tries."})
    inquiry.refresh_from_db()
    assert (inquiry.status, inquiry.close_reason, inquiry.closed_by) == ("lost_contact", "Three tries.", kit)


def test_who_closes_an_inquiry_that_is_closed_reads_so_and_keeps_what_they_typed(here):
    closed = reverse("admissions:close", args=[InquiryFactory(closed=True).pk])
    answer = here.post(closed, {"status": "lost_contact", "reason": "Three tries by phone."})
    assert answer.status_code == 403
    assert "This inquiry is closed." in page(answer)
    assert "Three tries by phone." in page(answer)


def test_nobody_is_handed_an_inquiry_who_does_not_work_on_them(here):
    biller = StaffFactory(roles=[Role.BILLER])
    answer = here.post(reverse("admissions:assign", args=[InquiryFactory().pk]), {"to": str(biller.pk)})
    assert answer.status_code == 422
    assert "Choose someone who works here now." in page(answer)


def test_the_inquiry_page_tells_what_they_answered_and_every_call(here, kit):
    inquiry = InquiryFactory(self_screen={"ss_self_harm": 1, "ss_dui": 0}, note="Evenings only.")
    Call.objects.create(inquiry=inquiry, by=kit, outcome="no_answer", next_step="call_again", note="Rang 8 times.")
    text = page(here.get(reverse("admissions:inquiry", args=[inquiry.pk])))
    for words in ("Call them first.", "Thoughts of suicide", "Rang 8 times.", "Evenings only.", "No answer"):
        assert words in text


def test_an_inquiry_that_does_not_exist_is_not_there(here):
    assert here.get("/staff/admissions/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_open_danger_stands_first_and_leads_to_help(here, kit):
    AssessmentFactory(finished=True)
    assessment = AssessmentFactory()
    danger = Danger.objects.create(assessment=assessment, noted_by=kit, handled_by=kit)
    lanes = {lane.key: content.cards for lane, content in here.get(reverse("admissions:board")).context["lanes"]}
    assert lanes["assess"] == []
    assert lanes["decide"][0].wait == "Danger now"
    assert lanes["decide"][0].act_url == reverse("admissions:danger", args=[assessment.inquiry_id, danger.pk])

"""A program is set up with its first group, on one page."""

import pytest
from django.urls import reverse

from stepdown.placement.models import Group, Program
from stepdown.placement.tests.factories import ProgramFactory
from stepdown.timetable.tests.test_views import director, html, new_group

pytestmark = pytest.mark.django_db
__all__ = ["director"]
NUMBERS = {
    "name": "Days",
    "meeting_minutes": "180",
    "meetings_a_week": "3",
    "weeks": "13",
    "review_days": "30",
    "seats_intended": "8",
    "seats_limit": "10",
    "break_count": "2",
    "break_minutes": "10",
}


def with_new_program(kind="iop", *, act="open", group=None, **numbers):
    boxes = {f"{kind}-{name}": value for name, value in (NUMBERS | numbers).items()}
    return new_group(program=kind, act=act, **(group or {})) | boxes


def send(director, asked):
    return director.post(reverse("timetable:new"), asked)


def test_program_group_and_sessions_are_stored_at_once(director):
    answer = send(director, with_new_program())
    group = Group.objects.get(name="Aspen")
    assert answer.url == reverse("placement:group", args=[group.pk])
    program = group.program
    assert (program.name, program.level, program.is_aftercare) == ("Days", "IOP", False)
    assert (program.meeting_minutes, program.meetings_a_week, program.weeks) == (180, 3, 13)
    assert program.breaks == [[60, 10], [120, 10]]
    assert group.sessions.count() > 30


def test_aftercare_is_set_up_the_same_way(director):
    numbers = {"meeting_minutes": "90", "meetings_a_week": "1", "weeks": "", "break_count": "0", "break_minutes": ""}
    send(director, with_new_program("aftercare", group={"days": ["1"]}, **numbers))
    program = Group.objects.get(name="Aspen").program
    assert (program.level, program.is_aftercare, program.weeks, program.breaks) == ("OUTPATIENT", True, None, [])


def test_looking_stores_neither_program_nor_group(director):
    answer = send(director, with_new_program(act="look"))
    assert answer.status_code == 200
    assert "sessions for three months" in html(answer)
    assert not Program.objects.filter(name="Days").exists()


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"name": ""}, "Enter the program’s name."),
        ({"seats_limit": "11"}, "Enter a number from 1 to 10."),
        ({"weeks": "0"}, "Enter a number from 1 to 104."),
        ({"break_minutes": ""}, "Enter how long each break lasts."),
        ({"meetings_a_week": "2"}, "Days meets on 2 days a week. You chose 3."),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_stored(director, numbers, sentence):
    answer = send(director, with_new_program(**numbers))
    assert answer.status_code == 422
    assert sentence in html(answer)
    assert 'value="Aspen"' in html(answer)  # what was typed is kept
    assert not Group.objects.exists()
    assert not Program.objects.filter(meeting_minutes=180, name="Days").exists()


def test_a_name_that_is_taken_is_said_beside_the_programs_name(director):
    ProgramFactory(name="Days")
    answer = send(director, with_new_program())
    assert (
        html(answer).count("There is already a program of that name. Choose another name.") == 2
    )  # and in the summary
    assert not Group.objects.exists()


def test_the_boxes_of_the_other_kind_do_not_matter(director):
    send(director, with_new_program() | {"aftercare-name": "", "aftercare-weeks": "many"})
    assert Group.objects.get(name="Aspen").program.name == "Days"


def test_programs_lead_there_also_when_there_is_none_yet(director):
    page = html(director.get(reverse("placement:programs")))
    assert f"{reverse('timetable:new')}?program=iop" in page
    assert 'value="iop" selected' in html(director.get(reverse("timetable:new"), {"program": "iop"}))
    assert director.get(reverse("timetable:new"), {"program": "junk"}).status_code == 200

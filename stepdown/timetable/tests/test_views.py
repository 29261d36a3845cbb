from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.models import Group
from stepdown.placement.tests.factories import GroupFactory, ProgramFactory, SeatFactory
from stepdown.timetable import queries
from stepdown.timetable.models import GroupChange
from stepdown.timetable.services import extend_timetable

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(client):
    CenterFactory()
    return sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))


def html(response):
    return " ".join(response.content.decode().split())


def new_group(**changed):
    on = timezone.localdate() + timedelta(days=7)
    return {
        "program": ProgramFactory().pk,
        "name": "Aspen",
        "days": ["0", "2", "3"],
        "starts_at": "6:00 pm",
        "time_zone": "America/Chicago",
        "leader": StaffFactory().pk,
        "chairs": "8",
        "language": "en",
        "entry": "open",
        "opened_on_month": on.month,
        "opened_on_day": on.day,
        "opened_on_year": on.year,
        "act": "open",
    } | changed


def test_the_set_up_of_a_group_can_begin_as_another_one_is(client):
    director, leader = StaffFactory(roles=[Role.DIRECTOR]), StaffFactory(roles=[Role.COUNSELOR])
    sign_in(client, director)
    group = GroupFactory(tags=["veterans"], language="es", time_zone="America/Denver", starts_at=time(9, 30))
    asked = {"like": group.pk, "leader": leader.pk, "opened_on": timezone.localdate() + timedelta(days=14)}
    form = client.get(reverse("timetable:new"), asked).context["form"]
    said = {name: form[name].value() for name in ("program", "days", "starts_at", "time_zone", "tags", "language")}
    assert said == {
        "program": group.program_id,
        "days": ["0", "2", "3"],
        "starts_at": "9:30 am",
        "time_zone": "America/Denver",
        "tags": ["veterans"],
        "language": "es",
    }
    assert (form["leader"].value(), form["opened_on"].value()) == (leader.pk, asked["opened_on"])


def test_what_makes_no_sense_in_the_address_of_a_set_up_is_passed_over(client):
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    asked = {"like": "x", "leader": "\x00", "opened_on": "soon"}
    assert client.get(reverse("timetable:new"), asked).status_code == 200


def test_a_group_may_be_meant_for_some_and_closed_after_its_first_session(director):
    asked = new_group(tags=["women", "veterans"], language="es", entry="closed")
    answer = director.post(reverse("timetable:new"), asked, follow=True)
    group = Group.objects.get(name="Aspen")
    first = group.sessions.earliest("starts_at").service_date
    assert (group.tags, group.language, group.entry_until) == (["women", "veterans"], "es", first)
    assert f"For women and veterans. In Spanish. Closed to new people after {first:%B} {first.day}." in html(answer)


def test_a_group_is_open_and_for_everyone_unless_said_otherwise(director):
    director.post(reverse("timetable:new"), new_group())
    group = Group.objects.get(name="Aspen")
    assert (group.tags, group.language, group.entry_until) == ([], "en", None)


@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        ("tags", ["tall"], "Choose one of the answers shown."),
        ("language", "", "Choose what is spoken in the group."),
        ("entry", "", "Choose whether people join later."),
        ("time_zone", "Mars/Olympus", "Choose one of the answers shown."),
    ],
)
def test_what_no_group_can_have_is_said_beside_its_field(director, field, given, sentence):
    answer = director.post(reverse("timetable:new"), new_group(**{field: given}))
    assert answer.status_code == 422
    assert sentence in html(answer)
    assert not Group.objects.exists()


@pytest.fixture
def group():
    group = GroupFactory(name="Juniper", opened_on=timezone.localdate() - timedelta(days=14))
    extend_timetable(group=group)
    return group


def change_of(group, **changed):
    on = timezone.localdate() + timedelta(days=7)
    return {
        "from_on_month": on.month,
        "from_on_day": on.day,
        "from_on_year": on.year,
        "name": group.name,
        "days": [str(day) for day in group.days],
        "starts_at": "6:00 pm",
        "time_zone": group.time_zone,
        "leader": group.leader_id,
        "chairs": "10",
        "language": "en",
        "entry": "open",
        "seen": queries.seen_as(group),
        "act": "look",
    } | changed


def test_a_change_is_shown_before_it_is_saved_and_then_told(director, group):
    url = reverse("timetable:change", args=[group.pk])
    assert "See what changes" in html(director.get(url))
    looked = html(director.post(url, change_of(group, starts_at="5:00 pm")))
    assert "sessions at another time or led by someone else" in looked
    assert "5:00 pm Central" in looked
    assert not GroupChange.objects.exists()
    saved = html(director.post(url, change_of(group, starts_at="5:00 pm", act="save"), follow=True))
    assert "Juniper changes. " in saved
    assert "5:00 to 8:00 pm Central, led by" in saved
    assert "Take the change back" in html(director.get(url))
    taken = html(director.post(reverse("timetable:take_back_change", args=[group.pk]), follow=True))
    assert "Taken back." in taken
    again = director.post(reverse("timetable:take_back_change", args=[group.pk]))
    assert again.status_code == 422
    assert "No change of this group is planned any more." in html(again)


def test_chairs_from_a_day_on_are_shown_told_and_refused_while_they_are_someones(director, group):
    url = reverse("timetable:change", args=[group.pk])
    looked = html(director.post(url, change_of(group, chairs="8")))
    assert "Eight chairs from then on." in looked
    assert "is told at once" not in looked
    assert "eight chairs" in html(director.post(url, change_of(group, chairs="8", act="save"), follow=True))
    assert "Eight chairs. " in html(director.get(url))
    director.post(reverse("timetable:take_back_change", args=[group.pk]))
    for _ in range(3):
        SeatFactory(group=group, accepted=True)
    refused = director.post(url, change_of(group, chairs="2", act="save"))
    assert refused.status_code == 422
    assert "3 chairs are someone’s on " in html(refused)


def test_whom_the_group_no_longer_suits_is_said_and_needs_a_tick(director, group):
    seat = SeatFactory(group=group, accepted=True, episode__days_away=[1])
    url, asked = reverse("timetable:change", args=[group.pk]), change_of(group, days=["1", "3", "4"])
    assert f"{seat.patient.name}: Has other duties on Tuesday." in html(director.post(url, asked))
    refused = director.post(url, asked | {"act": "save"})
    assert refused.status_code == 422
    assert "Say that you know for whom the group is no longer right." in html(refused)
    assert director.post(url, asked | {"act": "save", "despite": "on"}).status_code == 302


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, "Nothing would change."),
        ({"days": ["0"]}, "meets on 3 days a week. You chose 1."),
        ({"time_zone": "Mars/Olympus"}, "Choose one of the answers shown."),
        ({"from_on_year": "2020"}, "Enter today or a later day."),
        ({"from_on_month": "2", "from_on_day": "30"}, "Enter a real date"),
        ({"starts_at": "teatime"}, "Enter a time, for example 6:00 pm."),
        ({"starts_at": "5:00 pm", "follow": ["0-0"]}, "Choose one of the answers shown."),
    ],
)
@pytest.mark.parametrize("act", ["look", "save"])
def test_a_change_that_cannot_be_is_said_and_nothing_is_stored(director, group, changed, sentence, act):
    answer = director.post(reverse("timetable:change", args=[group.pk]), change_of(group, **changed, act=act))
    assert answer.status_code == 422
    assert sentence in html(answer)
    assert not GroupChange.objects.exists()


def test_a_name_that_another_group_has_is_refused_but_not_ones_own(director, group):
    GroupFactory(name="Maple")
    url = reverse("timetable:change", args=[group.pk])
    assert "already a group of that name" in html(director.post(url, change_of(group, name="Maple")))
    assert director.post(url, change_of(group, starts_at="5:00 pm")).status_code == 200


def test_closing_names_whose_seats_go_beyond_and_opens_again(director, group):
    seat = SeatFactory(group=group, accepted=True)
    on = timezone.localdate() + timedelta(days=20)
    asked = {"closed_on_month": on.month, "closed_on_day": on.day, "closed_on_year": on.year}
    url = reverse("timetable:close", args=[group.pk])
    refused = director.post(url, asked | {"seen": queries.seen_as(group)})
    assert refused.status_code == 422
    assert f"These people have a seat beyond that day: {seat.patient.name}." in html(refused)
    seat.delete()
    closed = html(director.post(url, asked | {"seen": queries.seen_as(group)}, follow=True))
    assert "is the group’s last day." in closed
    director.post(reverse("timetable:reopen", args=[group.pk]))
    group.refresh_from_db()
    assert group.closed_on is None


def test_the_page_of_sessions_says_what_the_group_was_before(director, group):
    today = timezone.localdate(timezone=group.zone)
    from_today = {"from_on_month": today.month, "from_on_day": today.day, "from_on_year": today.year}
    asked = change_of(group, name="Aspen", starts_at="5:00 pm", act="save") | from_today
    page = html(director.post(reverse("timetable:change", args=[group.pk]), asked, follow=True))
    assert "What changed" in page
    assert "Aspen: Mon, Wed, Thu, 5:00 to 8:00 pm Central, led by" in page
    assert "Before: Juniper, Mon, Wed, Thu, 6:00 to 9:00 pm Central, led by" in page


def test_where_nobody_can_lead_a_group_the_page_says_so(director):
    assert "Nobody can lead a group yet." in director.get(reverse("timetable:new")).content.decode()
    StaffFactory(roles=[Role.COUNSELOR])
    assert "Nobody can lead a group yet." not in director.get(reverse("timetable:new")).content.decode()

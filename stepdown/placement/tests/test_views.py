from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.outreach.models import Message
from stepdown.people.models import License, Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.placement import services
from stepdown.placement.models import Seat
from stepdown.placement.tests.factories import GroupFactory, ProgramFactory, SeatFactory
from stepdown.privacy.tests.factories import published
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _center():
    CenterFactory()


@pytest.fixture
def group():
    """A group whose next session is in two hours."""
    group = GroupFactory(name="Juniper")
    SessionFactory(group=group, starts_at=timezone.now() + timedelta(hours=2))
    return group


@pytest.fixture
def admissions(client):
    return sign_in(client, StaffFactory(roles=[Role.ADMISSIONS]))


@pytest.fixture
def director(client):
    return sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))


def offer_url(episode):
    return reverse("placement:offer", args=[episode.pk])


def html(response):
    return " ".join(response.content.decode().split())


def test_the_list_says_how_many_chairs_are_free(admissions, group):
    SeatFactory(group=group, accepted=True)
    page = html(admissions.get(reverse("placement:groups")))
    assert "Nine chairs free in one group" in page
    assert "Mon, Wed, Thu, 6:00 to 9:00 pm Central" in page


def test_the_groups_page_shows_chairs_weeks_and_who_could_come(admissions, group):
    start = timezone.now() - timedelta(weeks=3)
    sits = SeatFactory(group=group, accepted=True, starts_at=start, ends_at=start + timedelta(weeks=13))
    waits = EpisodeFactory()
    page = html(admissions.get(reverse("placement:group", args=[group.pk])))
    assert sits.patient.called in page
    assert "wk 4" in page
    assert waits.patient.name in page
    assert "Offer chair 2" in page


def test_the_groups_page_takes_the_same_queries_for_one_and_for_many(admissions, group, django_assert_max_num_queries):
    url = reverse("placement:group", args=[group.pk])
    SeatFactory(group=group, accepted=True)
    EpisodeFactory()
    with django_assert_max_num_queries(18) as few:
        admissions.get(url)
    for _ in range(5):
        SeatFactory(group=group, accepted=True)
        EpisodeFactory()
    with django_assert_max_num_queries(len(few)):
        admissions.get(url)


def test_a_license_that_ends_is_told_with_its_date_and_the_people_it_concerns(admissions, group):
    ends = timezone.localdate() + timedelta(days=7)
    License.objects.filter(staff=group.leader).update(expires_on=ends)
    for _ in range(2):
        SeatFactory(group=group, accepted=True)
    page = html(admissions.get(reverse("placement:group", args=[group.pk])))
    assert f"Minnesota license ends {ends:%B} {ends.day}" in page
    assert "Two people in Juniper join from Minnesota." in page


def test_a_counselor_opens_only_their_own_groups(client, group):
    other = GroupFactory()
    sign_in(client, group.leader)
    assert client.get(reverse("placement:group", args=[group.pk])).status_code == 200
    assert client.get(reverse("placement:group", args=[other.pk])).status_code == 404


def test_a_counselor_sees_no_offers(client, group):
    sign_in(client, group.leader)
    page = html(client.get(reverse("placement:group", args=[group.pk])))
    assert "Who could sit here" not in page


def test_a_biller_sees_no_groups_and_no_patients(client, group):
    sign_in(client, StaffFactory(roles=[Role.BILLER]))
    for name in ("groups", "seats", "patients"):
        assert client.get(reverse(f"placement:{name}")).status_code == 403


def test_groups_are_offered_with_why_they_fit_or_not(admissions, group):
    morning = GroupFactory(name="Maple", band="morning")
    SessionFactory(group=morning, starts_at=timezone.now() + timedelta(hours=3))
    page = html(admissions.get(offer_url(EpisodeFactory())))
    assert "Evening only; licensed in Minnesota; 10 chairs free" in page
    assert "Can come in the evening only." in page
    assert 'aria-disabled="true"' in page


def test_offering_holds_a_chair_and_sends_a_message(admissions, group):
    episode = EpisodeFactory()
    response = admissions.post(offer_url(episode), {"group": group.pk}, follow=True)
    seat = Seat.objects.get(episode=episode)
    assert seat.held_until > timezone.now() + timedelta(hours=47)
    assert Message.objects.filter(patient=episode.patient, kind="seat_offer").count() == 1
    assert f"A seat is held for {episode.patient.called}" in html(response)


def test_offering_a_full_group_says_so_and_stores_nothing(admissions):
    group = GroupFactory(chairs=1)
    SessionFactory(group=group, starts_at=timezone.now() + timedelta(hours=2))
    SeatFactory(group=group, accepted=True)
    episode = EpisodeFactory()
    for where, status in (("", 422), ("group", 422)):
        response = admissions.post(offer_url(episode), {"group": group.pk, "from": where})
        assert response.status_code == status
        assert "has no free chair for the whole time" in html(response)
    assert not Seat.objects.filter(episode=episode).exists()


@pytest.mark.parametrize("given", ["", "juniper", "00000000-0000-0000-0000-00000000000g"])
def test_an_offer_without_a_group_is_refused(admissions, given):
    assert admissions.post(offer_url(EpisodeFactory()), {"group": given}).status_code == 422


def test_an_unknown_group_is_not_there(admissions):
    answer = admissions.post(offer_url(EpisodeFactory()), {"group": "00000000-0000-0000-0000-000000000001"})
    assert answer.status_code == 404


def test_availability_ranks_anew(admissions):
    episode = EpisodeFactory()
    url = reverse("placement:availability", args=[episode.pk])
    admissions.post(url, {"bands": ["morning"], "days_away": ["1", "4"]})
    episode.refresh_from_db()
    assert (episode.bands, episode.days_away) == (["morning"], [1, 4])


def test_availability_without_a_part_of_the_day_is_refused_and_keeps_what_was_typed(admissions):
    episode = EpisodeFactory()
    response = admissions.post(reverse("placement:availability", args=[episode.pk]), {"days_away": ["1"]})
    assert response.status_code == 422
    assert "Choose at least one part of the day." in html(response)
    assert 'value="1" checked' in html(response)
    episode.refresh_from_db()
    assert episode.days_away == []


def test_an_open_offer_can_be_taken_back_but_not_an_accepted_seat(admissions, group):
    held, accepted = SeatFactory(group=group), SeatFactory(group=group, accepted=True)
    admissions.post(reverse("placement:withdraw", args=[held.pk]))
    held.refresh_from_db()
    assert held.released_why == "withdrawn"
    refused = admissions.post(reverse("placement:withdraw", args=[accepted.pk]))
    assert refused.status_code == 403
    assert "Only an offer that is still open can be taken back." in html(refused)


def test_a_move_is_recorded_with_its_reason(admissions, group):
    seat = SeatFactory(group=group, accepted=True, ends_at=timezone.now() + timedelta(weeks=9))
    other = GroupFactory()
    SessionFactory(group=other, starts_at=timezone.now() + timedelta(days=1))
    url = reverse("placement:move", args=[seat.pk])
    refused = admissions.post(url, {"group": other.pk, "reason": " "})
    assert refused.status_code == 422
    assert "Say why this person changes groups." in html(refused)
    assert admissions.post(url, {"group": other.pk, "reason": "New shift at work"}).status_code == 302
    seat.refresh_from_db()
    assert (seat.end_reason, seat.end_note) == ("moved", "New shift at work")
    assert Seat.objects.get(group=other).patient == seat.patient


def test_the_director_changes_a_programs_numbers(director):
    program = ProgramFactory()
    url = reverse("placement:program", args=[program.pk])
    fields = {
        "name": "Telehealth IOP",
        "meeting_minutes": 150,
        "meetings_a_week": 3,
        "weeks": 12,
        "review_days": 30,
        "seats_intended": 8,
        "seats_limit": 9,
        "break_count": 1,
        "break_minutes": 15,
    }
    assert director.post(url, fields).status_code == 302
    program.refresh_from_db()
    assert (program.meeting_minutes, program.weeks, program.breaks) == (150, 12, [[75, 15]])
    assert program.encrypted is False
    assert director.post(url, fields | {"encrypted": "on"}).status_code == 302
    program.refresh_from_db()
    assert program.encrypted is True
    assert "picture and sound encrypted" in html(director.get(reverse("placement:programs")))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("seats_limit", "11", "Enter a number from 1 to 10."),
        ("seats_intended", "10", "Plan for no more seats than there are at most."),
        ("meeting_minutes", "9999999999", "Enter a number from 30 to 360."),
        ("meeting_minutes", "", "Enter how many minutes a meeting lasts."),
        ("weeks", "twelve", "Enter a whole number."),
        ("break_minutes", "", "Enter how long each break lasts."),
    ],
)
def test_numbers_a_program_cannot_have_are_refused(director, field, value, sentence):
    program = ProgramFactory()
    fields = {
        "name": "Telehealth IOP",
        "meeting_minutes": "180",
        "meetings_a_week": "3",
        "weeks": "13",
        "review_days": "30",
        "seats_intended": "8",
        "seats_limit": "9",
        "break_count": "2",
        "break_minutes": "10",
    } | {field: value}
    response = director.post(reverse("placement:program", args=[program.pk]), fields)
    assert response.status_code == 422
    assert sentence in html(response)
    program.refresh_from_db()
    assert (program.seats_limit, program.meeting_minutes) == (10, 180)


def test_only_the_director_opens_programs(admissions):
    assert admissions.get(reverse("placement:programs")).status_code == 403


def test_the_patient_says_yes_on_their_own_page(client, group):
    seat = services.offer_seat(episode=EpisodeFactory(), group=group, by=group.leader)
    as_patient(client, seat.patient)
    url = reverse("placement:answer", args=[seat.pk])
    assert "We hold a place for you" in html(client.get(url))
    page = html(client.post(url, {"answer": "accept"}, follow=True))
    assert "Your place is kept" in page
    assert Episode.objects.get(pk=seat.episode_id).status == "active"


def test_who_has_not_got_the_privacy_notice_reads_it_first_and_is_then_admitted(client, group):
    """RULE PRIV-30."""
    notice = published()
    seat = services.offer_seat(episode=EpisodeFactory(noticed=False), group=group, by=group.leader)
    staff = sign_in(Client(), StaffFactory(roles=[Role.ADMISSIONS]))
    assert "They read it on their own page before they say yes." in html(staff.get(offer_url(seat.episode)))
    as_patient(client, seat.patient)
    url = reverse("placement:answer", args=[seat.pk])
    read = f"{reverse('privacy:my_notice')}?next={url}"
    assert read in html(client.get(url))
    refused = client.post(url, {"answer": "accept"})
    assert refused.status_code == 422
    assert "Read our privacy notice first. Then keep your place." in html(refused)
    assert Episode.objects.get(pk=seat.episode_id).status == "planned"
    assert client.post(read, {"number": notice.number, "answer": "confirmed"}).url == url
    assert "Your place is kept" in html(client.post(url, {"answer": "accept"}, follow=True))
    assert Episode.objects.get(pk=seat.episode_id).status == "active"


@pytest.mark.parametrize(("ahead", "day"), [(0, "today"), (1, "tomorrow")])
def test_both_sides_read_on_which_day_the_first_meeting_is(client, ahead, day):
    noon = datetime(2026, 3, 11, 17, 0, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        seat = SeatFactory(starts_at=noon + timedelta(days=ahead, hours=6), offered_at=noon)
        SessionFactory(group=seat.group, starts_at=seat.starts_at)
        place = html(as_patient(client, seat.patient).get(reverse("placement:answer", args=[seat.pk])))
        staff = sign_in(Client(), StaffFactory(roles=[Role.ADMISSIONS]))
        offered = html(staff.get(offer_url(seat.episode)))
    assert f"{day.capitalize()}, 6:00 pm Central" in place
    assert f"{day.capitalize()}, 6:00 pm Central" in offered


def test_the_seat_page_tells_a_chair_in_a_group_from_a_place_in_the_country(admissions, group):
    seat = SeatFactory(group=group, accepted=True, episode__patient__city="Duluth")
    page = html(admissions.get(offer_url(seat.episode)))
    assert f"{seat.patient.called} has chair {seat.chair.number} in Juniper" in page
    assert f"{seat.patient.name} joins from Duluth, Minnesota." in page


def test_the_patient_says_no(client, group):
    seat = SeatFactory(group=group)
    as_patient(client, seat.patient)
    page = html(client.post(reverse("placement:answer", args=[seat.pk]), {"answer": "decline"}, follow=True))
    assert "You said no to this place" in page
    seat.refresh_from_db()
    assert seat.released_why == "declined"


def test_a_place_that_ran_out_says_so_with_a_way_forward(client, group):
    seat = SeatFactory(group=group, held_until=timezone.now() - timedelta(minutes=1))
    as_patient(client, seat.patient)
    url = reverse("placement:answer", args=[seat.pk])
    for response in (client.get(url), client.post(url, {"answer": "accept"})):
        assert "We could not hold this place longer" in html(response)
        assert "tel:" in html(response)
    seat.refresh_from_db()
    assert seat.accepted_at is None


def test_neither_yes_nor_no_is_asked_again(client, group):
    seat = SeatFactory(group=group)
    as_patient(client, seat.patient)
    response = client.post(reverse("placement:answer", args=[seat.pk]), {"answer": "maybe"})
    assert response.status_code == 422
    assert "Choose yes or no." in html(response)


def test_someone_elses_seat_is_not_there(client, group):
    as_patient(client, PatientFactory())
    assert client.get(reverse("placement:answer", args=[SeatFactory(group=group).pk])).status_code == 404


def test_patients_are_found_by_the_beginnings_of_their_names(admissions):
    PatientFactory(first_name="Walt", last_name="Specimen", chosen_name="Wally")
    PatientFactory(first_name="Remy", last_name="Example")
    url = reverse("placement:patients")
    for words in ("walt", "spec", "wally spec", "W S"):
        page = html(admissions.post(url, {"q": words}))
        assert "Walt Specimen" in page
        assert "Remy Example" not in page
    assert "Nobody’s name begins with" in html(admissions.post(url, {"q": "zzz%"}))


def test_the_list_goes_on_page_by_page_and_no_address_carries_a_name(admissions):
    for n in range(30):
        PatientFactory(first_name="Lou", last_name=f"Specimen{n:02}")
    first = admissions.get(reverse("placement:patients"))
    after = first.context["page"].next_after
    second = admissions.get(reverse("placement:patients"), {"after": after})
    shown = [row.patient.last_name for page in (first, second) for row in page.context["page"].rows]
    assert shown == [f"Specimen{n:02}" for n in range(30)]
    assert f'?after={after}"' in html(first)
    assert second.context["page"].next_after is None


@pytest.mark.parametrize("after", ["nonsense", "00000000-0000-0000-0000-000000000001"])
def test_a_page_behind_nobody_is_the_first_page(admissions, after):
    PatientFactory(last_name="Specimen")
    assert "Specimen" in html(admissions.get(reverse("placement:patients"), {"after": after}))


def test_a_counselors_list_has_only_their_own_people(client, group):
    theirs = SeatFactory(group=group, accepted=True).patient
    caseload = PatientFactory(counselor=group.leader)
    PatientFactory()
    sign_in(client, group.leader)
    rows = client.get(reverse("placement:patients")).context["page"].rows
    assert {row.patient for row in rows} == {theirs, caseload}

"""Return to use: told, answered, added to; the pages of it; the day of who answers."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.chart import queries_returns, services_returns
from stepdown.chart.models import ReturnAddendum, ReturnResponse, ReturnToUse
from stepdown.chart.tests.plans import in_group
from stepdown.chart.tests.safety import safety_plan
from stepdown.desk.queries.day import day_of
from stepdown.kernel.db import RuleBroken
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db
TELL, TOLD = reverse("chart:tell_return"), reverse("chart:told_return")
ANSWER = {"steps": ["plan", "contact"], "words": "Calls Sam first. Talk on Thursday.", "safety_seen": "yes"}


@pytest.fixture
def seat():
    CenterFactory()
    return in_group()


def told_of(patient, **fields):
    defaults = {"on": timezone.localdate(), "words": "Two beers.", "by": None}
    return services_returns.record_return(patient=patient, **(defaults | fields))


def today_of(person):
    return timezone.localdate(timezone=ZoneInfo(person.time_zone))


def answered(event, by):
    return services_returns.answer_return(event=event, steps=["plan"], words="Talked.", safety_seen=True, by=by)


def page_of(answer):
    return answer.content.decode()


def url_of(event, name="return"):
    return reverse(f"chart:{name}", args=[event.pk])


def on_the_day_of(staff):
    day = day_of(staff, timezone.now(), timezone.get_current_timezone())
    return [todo.what for todo in day.late], [todo.what for todo in day.coming]


# -- services


def test_what_is_told_twice_is_one_event():
    patient = PatientFactory()
    assert told_of(patient) == told_of(patient)
    assert told_of(patient, words="Three.") != told_of(patient)


def test_a_response_is_written_once():
    event = told_of(PatientFactory())
    answered(event, StaffFactory())
    with pytest.raises(RuleBroken, match="Add to it instead"):
        answered(event, StaffFactory())


def test_a_response_without_words_is_refused_by_the_table():
    with pytest.raises(RuleBroken, match="Say in a few words what you did"):
        services_returns.answer_return(
            event=told_of(PatientFactory()), steps=["plan"], words=" ", safety_seen=True, by=StaffFactory()
        )


def test_nothing_of_it_ever_changes():
    event, by = told_of(PatientFactory()), StaffFactory()
    answered(event, by)
    services_returns.add_to_return(event=event, words="It was wine.", by=by)
    for table, change in (
        (ReturnToUse, {"part": "night"}),
        (ReturnResponse, {"words": "x"}),
        (ReturnAddendum, {"words": "x"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.first().delete()


def test_the_days_for_a_drawing_are_each_told_once_the_earliest_first():
    patient, today = PatientFactory(), timezone.localdate()
    told_of(patient)
    told_of(patient, words="And later wine.")
    told_of(patient, on=today - timedelta(days=9))
    told_of(PatientFactory())
    assert queries_returns.return_to_use_days(patient) == [today - timedelta(days=9), today]


# -- the patient


def test_a_patient_tells_it_with_one_tap_and_reads_who_talks_with_them(client, seat):
    page = as_patient(client, seat.patient)
    assert TELL in page_of(page.get(reverse("desk:home")))
    today = today_of(seat.patient)
    assert page.post(TELL, {"lately": today.isoformat()}).url == TOLD
    event = ReturnToUse.objects.get()
    assert (event.on, event.learned, event.recorded_by) == (today, "told", None)
    thanks = page_of(page.get(TOLD))
    assert "You stay in the group." in thanks
    assert f"{seat.group.leader.first_name} can see it now" in thanks
    assert "tel:988" in thanks


def test_thanks_lead_to_their_safety_plan(client, seat):
    safety_plan(seat.patient)
    told_of(seat.patient)
    assert reverse("chart:my_safety_plan") in page_of(as_patient(client, seat.patient).get(TOLD))


def test_who_answers_is_sent_a_message_that_tells_nothing(seat):
    event = told_of(seat.patient)
    told_of(seat.patient)
    message = Message.objects.get()
    assert (message.kind, message.staff, message.page) == ("look", seat.group.leader, url_of(event))
    told_of(seat.patient, words="Wine, says the sister.", by=seat.group.leader)
    assert Message.objects.count() == 1


def test_longer_ago_is_written_as_a_date(client, seat):
    on = timezone.localdate() - timedelta(days=20)
    data = {"earlier_month": on.month, "earlier_day": on.day, "earlier_year": on.year, "words": "Wine."}
    as_patient(client, seat.patient).post(TELL, data)
    assert ReturnToUse.objects.get().on == on


def test_without_a_day_it_asks_for_one_and_keeps_the_words(client, seat):
    answer = as_patient(client, seat.patient).post(TELL, {"words": "Two beers on the porch"})
    assert answer.status_code == 422
    assert "Tap a day, or write one below." in page_of(answer)
    assert "Two beers on the porch" in page_of(answer)
    assert not ReturnToUse.objects.exists()


def test_the_page_speaks_spanish(client, seat):
    page = page_of(as_patient(client, seat.patient).get(f"/es{TELL}"))
    assert "Usted sigue en el grupo." in page
    week = ["Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado", "Domingo"]
    assert sum(day in page for day in week) == 5  # beside "Hoy" and "Ayer"


# -- staff


def test_it_waits_on_the_leaders_day_until_it_is_answered(seat):
    event, what = told_of(seat.patient), f"Answer {seat.patient.called}’s return to use"
    leader, director = seat.group.leader, StaffFactory(roles=[Role.DIRECTOR])
    assert on_the_day_of(leader)[1][0] == what
    assert on_the_day_of(director) == ([], [])
    answered(event, leader)
    assert what not in on_the_day_of(leader)[1]


def test_after_two_working_days_it_is_late_for_the_director_as_well(seat):
    told_of(seat.patient, now=timezone.now() - timedelta(days=6))
    what = f"Answer {seat.patient.called}’s return to use"
    for staff in (seat.group.leader, StaffFactory(roles=[Role.DIRECTOR])):
        assert what in on_the_day_of(staff)[0]
    assert on_the_day_of(StaffFactory()) == ([], [])


def test_staff_write_down_what_they_learned(client, seat):
    on, url = today_of(seat.group.leader), reverse("chart:returns", args=[seat.patient.pk])
    data = {"on_month": on.month, "on_day": on.day, "on_year": on.year, "words": "Two beers.", "learned": "family"}
    page = sign_in(client, seat.group.leader)
    assert page.post(url, {"words": "Two beers."}).status_code == 422
    event_url = page.post(url, data).url
    event = ReturnToUse.objects.get()
    assert (event_url, event.recorded_by) == (url_of(event), seat.group.leader)
    assert "Learned from family" in page_of(page.get(url))


def test_the_response_is_written_on_the_page_of_the_event(client, seat):
    event = told_of(seat.patient)
    page = sign_in(client, seat.group.leader)
    wrong = page.post(url_of(event), {"words": "Calls Sam first."})
    assert (wrong.status_code, "Choose at least one." in page_of(wrong)) == (422, True)
    assert "Calls Sam first." in page_of(wrong)
    assert page.post(url_of(event), ANSWER).status_code == 302
    shown = page_of(page.get(url_of(event)))
    assert "Plan changed, More contact" in shown
    assert "Danger and the safety plan were looked at." in shown
    assert page.post(url_of(event), ANSWER).status_code == 403


def test_more_is_added_below_and_nothing_above_changes(client, seat):
    event = told_of(seat.patient)
    page = sign_in(client, seat.group.leader)
    assert page.post(url_of(event, "add_to_return"), {"words": ""}).status_code == 422
    page.post(url_of(event, "add_to_return"), {"words": "It was wine."})
    shown = page_of(page.get(url_of(event)))
    assert "Two beers." in shown
    assert "It was wine." in shown


def test_nothing_beside_it_ends_care(client, seat):
    event = told_of(seat.patient)
    shown = page_of(sign_in(client, seat.group.leader).get(url_of(event)))
    assert "discharge" not in shown.lower()
    assert "stays in the group either way" in shown


def test_who_does_not_see_the_patient_finds_nothing(client, seat):
    event = told_of(seat.patient)
    page = sign_in(client, StaffFactory())
    assert page.get(url_of(event)).status_code == 404
    assert page.get(reverse("chart:returns", args=[seat.patient.pk])).status_code == 404
    assert page.post(url_of(event, "add_to_return"), {"words": "x"}).status_code == 404


def test_the_page_of_a_patient_lists_it(client, seat):
    event = told_of(seat.patient)
    shown = page_of(sign_in(client, seat.group.leader).get(reverse("desk:patient", args=[seat.patient.pk])))
    assert url_of(event) in shown
    assert "Waits for a response" in shown

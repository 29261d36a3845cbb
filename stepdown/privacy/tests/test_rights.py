"""Requests of patients about their own records, answered by their last day. RULE PRIV-28."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import queries_rights as queries
from stepdown.privacy import services_rights as services
from stepdown.privacy.days import today
from stepdown.privacy.domain import rights
from stepdown.privacy.models import RightsRequest
from stepdown.ui.navigation import Waiting

Kind, Outcome = RightsRequest.Kind, RightsRequest.Outcome
MARCH_2 = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("kind", "last_day"),
    [
        ("access", date(2026, 4, 1)),
        ("amendment", date(2026, 5, 1)),
        ("accounting", date(2026, 5, 1)),
        ("intermediary", date(2026, 4, 1)),
        ("restriction", date(2026, 4, 1)),
    ],
)
def test_each_kind_has_its_days(kind, last_day):
    """RULE PRIV-28."""
    assert rights.due_on(kind, MARCH_2) == last_day


@pytest.mark.parametrize(("kind", "may"), [("access", 1), ("amendment", 1), ("accounting", 1), ("intermediary", 0)])
def test_only_what_the_law_allows_is_made_longer(kind, may):
    due = rights.due_on(kind, MARCH_2)
    assert (rights.why_not_extended(kind, due, extended_already=False, today=MARCH_2) == "") is bool(may)


def test_time_is_made_longer_on_its_last_day_and_not_after():
    due = rights.due_on("access", MARCH_2)
    why_not = [
        rights.why_not_extended("access", due, extended_already=False, today=due + timedelta(days=n)) for n in (0, 1)
    ]
    assert why_not == ["", "The time is over. It can only be made longer before that."]


@given(st.sampled_from(sorted(rights.DAYS)), st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_no_answer_is_due_later_than_ninety_days(kind, asked_on):
    due = rights.due_on(kind, asked_on)
    longest = rights.extended(due) if kind in rights.EXTENDABLE else due
    assert timedelta(days=30) <= longest - asked_on <= timedelta(days=90)


@pytest.fixture
def patient(db):
    CenterFactory(time_zone="America/Chicago")
    return PatientFactory()


@pytest.fixture
def officer(patient):
    return StaffFactory(roles=[Role.PRIVACY])


def asked(patient, kind=Kind.ACCESS, **more):
    return services.ask(patient=patient, kind=kind, words="All of it.", **more)


def test_the_time_begins_on_the_day_at_the_center(patient):
    with time_machine.travel(datetime(2026, 3, 3, 4, 30, tzinfo=UTC)):  # half past ten in the evening of March 2 there
        one = asked(patient)
    assert (one.asked_on, one.due_on) == (MARCH_2, date(2026, 4, 1))


def test_a_patient_asks_on_their_page_and_reads_the_answer_there(client, patient, officer):
    page = reverse("privacy:my_rights")
    mine = as_patient(client, patient)
    assert mine.post(page, {"kind": "amendment", "words": "I was not late on March 2."}).status_code == 302
    one = RightsRequest.objects.get()
    services.answer(request=one, outcome=Outcome.GRANTED, words="We corrected the day.", by=officer)
    text = mine.get(page).content.decode()
    assert "I was not late on March 2." in text
    assert "We corrected the day." in text


def test_what_to_correct_must_be_said_and_nothing_typed_is_lost(client, patient):
    answer = as_patient(client, patient).post(reverse("privacy:my_rights"), {"kind": "restriction", "words": ""})
    assert answer.status_code == 422
    assert "Tell us what to correct, or what to limit." in answer.content.decode()
    assert 'value="restriction"' in answer.content.decode()
    assert not RightsRequest.objects.exists()


def test_one_of_a_kind_waits_at_a_time(patient, officer):
    one = asked(patient)
    with pytest.raises(RuleBroken, match="You asked for this already"):
        asked(patient)
    asked(patient, Kind.ACCOUNTING)
    services.answer(request=one, outcome=Outcome.GRANTED, words="Here.", by=officer)
    assert asked(patient).pk != one.pk


def test_a_request_is_answered_once(patient, officer):
    one = asked(patient)
    services.answer(request=one, outcome=Outcome.DENIED, words="Not here.", by=officer)
    for act in (
        lambda: services.answer(request=one, outcome=Outcome.GRANTED, words="Here.", by=officer),
        lambda: services.take_longer(request=one, why="Much to copy.", by=officer),
        lambda: services.withdraw(request=one),
    ):
        with pytest.raises(RuleBroken, match="answered already"):
            act()
    one.refresh_from_db()
    assert (one.outcome, one.answer) == (Outcome.DENIED, "Not here.")


def test_the_time_is_made_longer_once_and_the_patient_reads_why(client, patient, officer):
    """RULE PRIV-28."""
    one = services.take_longer(request=asked(patient), why="Paper from 2019 is in an archive.", by=officer)
    assert one.due_on - one.asked_on == timedelta(days=60)
    assert "Paper from 2019" in as_patient(client, patient).get(reverse("privacy:my_rights")).content.decode()
    with pytest.raises(RuleBroken, match="no second time"):
        services.take_longer(request=one, why="Still.", by=officer)


def test_what_is_overdue_stands_first_in_the_queue_and_in_the_menu(client, patient, officer):
    """RULE PRIV-28."""
    late = asked(PatientFactory(), asked_on=today() - timedelta(days=31))
    on_its_last_day = asked(PatientFactory(), asked_on=today() - timedelta(days=30))
    asked(PatientFactory(), Kind.AMENDMENT)
    assert [one.pk for one in queries.waiting()][:2] == [late.pk, on_its_last_day.pk]
    assert queries.waits_for(officer) == Waiting(3, 1)
    page = sign_in(client, officer).get(reverse("privacy:requests")).content.decode()
    assert page.count('class="tag urgent"') == 1


def test_a_patient_takes_back_their_own_request_only(client, patient):
    mine, other = asked(patient), asked(PatientFactory())
    phone = as_patient(client, patient)
    assert phone.post(reverse("privacy:withdraw", args=[other.pk])).status_code == 404
    assert phone.post(reverse("privacy:withdraw", args=[mine.pk])).status_code == 302
    assert [one.outcome for one in RightsRequest.objects.order_by("asked_at")] == [Outcome.WITHDRAWN, ""]


def test_what_came_by_letter_counts_from_the_day_it_came(client, patient, officer):
    came = today() - timedelta(days=3)
    day = {"asked_on_month": came.month, "asked_on_day": came.day, "asked_on_year": came.year}
    answer = sign_in(client, officer).post(
        reverse("privacy:record_request", args=[patient.pk]), {"kind": "intermediary", "words": "", **day}
    )
    one = RightsRequest.objects.get()
    assert answer.url == reverse("privacy:request", args=[one.pk])
    assert (one.asked_on, one.due_on, one.recorded_by) == (came, came + timedelta(days=30), officer)


def test_each_state_of_a_request_is_kept(patient, officer):
    one = services.take_longer(request=asked(patient), why="Much to copy.", by=officer)
    services.answer(request=one, outcome=Outcome.GRANTED, words="Here.", by=officer)
    kept = one.events.order_by("pgh_id").values_list("longer_why", "outcome")
    assert list(kept) == [("", ""), ("Much to copy.", ""), ("Much to copy.", "granted")]

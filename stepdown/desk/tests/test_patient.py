"""The page about one patient: what is on it, for whom, and at what cost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stepdown.chart.tests.factories import note_of
from stepdown.chart.tests.safety import safety_plan
from stepdown.desk.queries.next_steps import NextStep, in_order, said_when
from stepdown.desk.tests.histories import with_history
from stepdown.measures.queries_chart import risk_answers
from stepdown.measures.services import fill_in
from stepdown.measures.tests.factories import AdministrationFactory, answered
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.privacy.permissions_retention import know_of_holds
from stepdown.privacy.services_retention import hold, lift
from stepdown.privacy.tests.retention import director, officer

NOW = datetime(2026, 3, 11, 18, tzinfo=UTC)


def step(what="x", hours=None, **fields):
    return NextStep(what, "Ines", None if hours is None else NOW + timedelta(hours=hours), **fields)


def test_danger_comes_first_then_what_is_late_then_what_has_no_date():
    steps = [step("soon", 1), step("any time"), step("late", -2, late=True), step("danger", 3, urgent=True)]
    assert [each.what for each in in_order(iter(steps), NOW)] == ["danger", "late", "any time", "soon"]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (step(), "Now"),
        (step(hours=-50, late=True), "2 days"),
        (step(hours=2), "Today"),
        (step(hours=48), "Fri"),
        (step(hours=24 * 9), "Mar 20"),
    ],
)
def test_a_step_says_when_in_a_word(when, said):
    assert said_when(when, NOW, UTC) == said


def opened(staff, patient):
    answer = sign_in(Client(), staff).get(reverse("desk:patient", args=[patient.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_what_is_due_stands_first_with_who_does_it():
    CenterFactory()
    note = note_of(present=1)
    patient = note.parts.get().patient
    page = opened(note.author, patient)
    assert "Note of the group" in page
    assert reverse("chart:write", args=[note.session_id]) in page
    assert "Sign 3 agreements" in page
    assert "No safety plan" in page
    safety_plan(patient)
    assert "No safety plan" not in opened(note.author, patient)


@pytest.mark.django_db
def test_admissions_sees_nothing_of_what_was_said_and_answered_once_somebody_sits():
    seat = with_history(StaffFactory(), notes=2, check_ins=1)
    answered(AdministrationFactory(patient=seat.patient), phq9_9=1)
    CenterFactory()
    clinical = ("Urgent: PHQ-9", "PHQ-9, item 9", "an argument at home", "Last urge", "Return to use")
    told = opened(seat.group.leader, seat.patient)
    assert [words for words in clinical if words in told] == list(clinical)
    told = opened(StaffFactory(roles=[Role.ADMISSIONS]), seat.patient)
    assert [words for words in clinical if words in told] == []
    assert "Rides out an urge in 2 ways" in told


@pytest.mark.django_db
def test_a_long_history_costs_as_many_queries_as_a_short_one_and_those_are_few(client):
    CenterFactory()
    leader = StaffFactory(roles=[Role.DIRECTOR, Role.COUNSELOR])
    short = with_history(leader, notes=5, check_ins=5)
    long = with_history(StaffFactory(), notes=50, check_ins=100)
    sign_in(client, leader)

    def asked(seat):
        url = reverse("desk:patient", args=[seat.patient_id])
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(url).content.decode()
        return len(captured), page

    few, _ = asked(short)
    many, page = asked(long)
    assert few == many <= 38  # of a director, who reads what is held as well
    assert "The last 10 of 50." in page


@pytest.mark.django_db
def test_an_answer_about_wanting_to_be_dead_counts_before_its_form_is_finished():
    seat = with_history(StaffFactory(), notes=2, check_ins=1)
    CenterFactory()
    assert risk_answers(seat.patient).item.grave is False
    open_form = answered(AdministrationFactory(patient=seat.patient), phq9_9=1)
    item = risk_answers(seat.patient).item
    assert (item.administration, item.grave) == (open_form, True)
    assert "form not finished" in opened(seat.group.leader, seat.patient)


@pytest.mark.django_db
def test_a_screener_answered_with_yes_counts_before_it_is_finished():
    seat = with_history(StaffFactory(), notes=2, check_ins=1)
    CenterFactory()

    def kept(**values):
        row = AdministrationFactory(patient=seat.patient, instrument="cssrs-screener")
        return fill_in(
            administration=row, values=values, context={}, mode="interview", is_finished=False, by=seat.group.leader
        ).administration

    kept(cssrs_1=0)
    assert risk_answers(seat.patient).screener is None
    for values, words in ({"cssrs_3": 1}, "answered with yes"), ({"cssrs_4": 1}, "high"):
        open_form = kept(**values)
        said = risk_answers(seat.patient).screener
        assert (said.administration, said.words, said.grave) == (open_form, f"{words} (form not finished)", True)
    assert "high (form not finished)" in opened(seat.group.leader, seat.patient)


@pytest.mark.django_db
def test_a_legal_hold_stands_above_the_chart_for_who_keeps_retention_alone():
    """RULE PRIV-33: a matter may tell of a case. Not in the file either, which may go on to others."""
    seat, reader, by = with_history(StaffFactory(), notes=1, check_ins=1), director(), officer()
    held = hold(patient=seat.patient, matter="Example against Example", words="A letter came.", by=by)
    assert "Legal hold" in opened(reader, seat.patient)
    assert "Legal hold" not in opened(seat.group.leader, seat.patient)
    assert know_of_holds(seat.group.leader).reason.startswith("Privacy officers and clinical directors know")
    lift(hold=held, why="Settled.", by=by)
    assert "Legal hold" not in opened(reader, seat.patient)

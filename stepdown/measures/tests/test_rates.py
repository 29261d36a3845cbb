"""How much of what is asked is answered: for whom it is counted, and what is hidden."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stepdown.measures.domain.aggregate import Rate
from stepdown.measures.queries_rates import response_rates
from stepdown.measures.tests.factories import AdministrationFactory
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db

ANSWERED = {"version": "1", "text_hash": "0" * 64}


def asked(people, *, instrument="phq-9", counselor=None, **fields):
    """So many people were asked, and every second one answered."""
    now = timezone.now()
    done = {"started_at": now, "finished_at": now, **ANSWERED}
    for n in range(people):
        given = done if n % 2 == 0 else {"lapsed_at": now}
        patient = PatientFactory(counselor=counselor)
        AdministrationFactory(patient=patient, instrument=instrument, **(given | fields))


def of(staff):
    return response_rates(staff, timezone.localdate())


def test_what_is_answered_is_counted_against_what_came_due():
    asked(12)
    asked(1, due_on=timezone.localdate() - timedelta(days=120))
    AdministrationFactory(due_on=timezone.localdate())
    told = of(StaffFactory(roles=[Role.DIRECTOR]))
    assert told.by == {"phq-9": Rate(people=12, answered=6, asked=12)}
    assert told.whole.of_100 == 50


def test_few_people_are_hidden_and_no_total_gives_them_away():
    asked(12)
    asked(3, instrument="gad-7")
    told = of(StaffFactory(roles=[Role.DIRECTOR]))
    assert told.by == {"phq-9": None, "gad-7": None}
    assert told.whole == Rate(people=15, answered=8, asked=15)


def test_people_are_told_apart_by_their_ids_and_no_name_is_read():
    """RULE PRIV-46: no statistic joins on names, e-mail or phone."""
    asked(12)
    director, counselor = StaffFactory(roles=[Role.DIRECTOR]), StaffFactory(roles=[Role.COUNSELOR])
    with CaptureQueriesContext(connection) as captured:
        of(director)
        of(counselor)
    assert len(captured) == 2
    columns = {column for query in captured for column in re.findall(r'"(\w+)"', query["sql"])}
    assert columns & {"first_name", "last_name", "chosen_name", "name", "email", "phone"} == set()
    assert "patient_id" in columns


def test_a_counselor_reads_of_their_own_patients():
    counselor = StaffFactory(roles=[Role.COUNSELOR])
    asked(11, counselor=counselor)
    asked(11)
    assert of(counselor).whole == Rate(people=11, answered=6, asked=11)
    assert of(StaffFactory(roles=[Role.COUNSELOR])).by == {}


def test_a_counselor_sees_them_and_turns_nothing_off(client):
    CenterFactory()
    counselor = StaffFactory(roles=[Role.COUNSELOR])
    asked(12, counselor=counselor)
    page = sign_in(client, counselor).get(reverse("measures:instruments")).content.decode()
    assert "50 of 100 questionnaires are answered" in page
    assert "<b>6 of 12</b>" in page
    assert reverse("measures:turn", args=["phq-9"]) not in page

"""Whose notes are co-signed, from when to when, and who may do it."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.people import services_supervision, supervision
from stepdown.people.domain.supervision import Supervisor, against
from stepdown.people.models import Role, Supervision
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import LicenseFactory, StaffFactory

pytestmark = pytest.mark.django_db
RUTH = Supervisor("Ruth", is_clinical=True, works_here=True, is_supervised=False, states={"Texas", "Ohio"})


@pytest.mark.parametrize(
    ("change", "states", "is_self", "sentence"),
    [
        ({}, {"Texas"}, False, ""),
        ({}, set(), False, ""),
        ({}, {"Texas"}, True, "Nobody co-signs their own notes."),
        ({"works_here": False}, {"Texas"}, False, "Ruth does not work here any more."),
        ({"is_clinical": False}, {"Texas"}, False, "A counselor or a clinical director co-signs notes."),
        ({"is_supervised": True}, {"Texas"}, False, "The notes of Ruth are co-signed themselves."),
        ({}, {"Texas", "Oklahoma"}, False, "Ruth has no license with a Master’s degree in Oklahoma on that day."),
        ({"states": set()}, set(), False, "Ruth has no license with a Master’s degree on that day."),
    ],
)
def test_who_may_not_co_sign_is_told_why(change, states, is_self, sentence):
    found = against(Supervisor(**(vars(RUTH) | change)), of="Jon", states=states, is_self=is_self)
    assert found.startswith(sentence)
    assert bool(found) == bool(sentence)


@pytest.fixture
def people():
    """(associate, supervisor, another supervisor), all licensed in one state."""
    found = [StaffFactory(name=name) for name in ("Jon Rivers", "Ruth Hill", "Vera Lake")]
    for person in found:
        LicenseFactory(staff=person)
    return found


def named(staff, supervisor, days, by=None):
    on = timezone.localdate() + timedelta(days=days)
    return services_supervision.name_supervisor(staff=staff, supervisor=supervisor, from_on=on, by=by or supervisor)


def test_a_new_supervisor_takes_over_on_the_day_and_what_was_before_is_kept(people):
    jon, ruth, vera = people
    named(jon, ruth, -20)
    named(jon, vera, 3)
    today = timezone.localdate()
    assert supervision.supervision_on(jon, today - timedelta(days=21)) is None
    assert supervision.supervision_on(jon, today).supervisor == ruth
    assert supervision.supervision_on(jon, today + timedelta(days=2)).supervisor == ruth
    assert supervision.supervision_on(jon, today + timedelta(days=3)).supervisor == vera
    assert supervision.supervisor_of(jon) == ruth
    assert Supervision.pgh_event_model.objects.count() == 3, "made, ended by the next, made"


def test_after_the_end_the_last_one_still_co_signs_what_waits(people):
    jon, ruth, _vera = people
    row = named(jon, ruth, -20)
    services_supervision.end_supervision(supervision=row, last_on=timezone.localdate() - timedelta(days=1), by=ruth)
    assert supervision.supervision_on(jon, timezone.localdate()) is None
    assert supervision.supervisor_of(jon) == ruth
    assert list(supervision.supervised_by(ruth).values_list("staff", flat=True)) == [jon.pk]


def test_whoever_is_named_later_co_signs_what_waits(people):
    jon, ruth, vera = people
    named(jon, ruth, -20)
    named(jon, vera, -1)
    assert not supervision.supervised_by(ruth).exists()
    assert supervision.supervised_by(vera).exists()


def test_two_at_a_time_or_oneself_are_refused_by_the_database_too(people):
    jon, ruth, vera = people
    named(jon, ruth, 0)
    with pytest.raises(RuleBroken, match="co-signs these notes in that time already"):
        named(jon, vera, 0)
    for row in ({"staff": jon, "supervisor": jon}, {"staff": jon, "supervisor": vera}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Supervision.objects.create(from_on=timezone.localdate(), changed_by=ruth, **row)


def test_a_supervisor_without_a_license_there_is_refused(people):
    jon, ruth, _vera = people
    LicenseFactory(staff=jon, state="WI", kind="LPC")
    with pytest.raises(RuleBroken, match="no license with a Master’s degree in Wisconsin"):
        named(jon, ruth, 0)
    LicenseFactory(staff=ruth, state="WI", kind="LPC", masters_level=False)
    with pytest.raises(RuleBroken, match="in Wisconsin"):
        named(jon, ruth, 0)


def sent(supervisor, on: date):
    when = {"month": on.month, "day": on.day, "year": on.year}
    return {"name-supervisor": str(supervisor.pk)} | {f"name-from_on_{part}": str(n) for part, n in when.items()}


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ADMINISTRATOR])
def test_directors_and_administrators_name_and_end(client, people, role):
    jon, ruth, _vera = people
    sign_in(client, StaffFactory(roles=[role]))
    page = reverse("people:supervision", args=[jon.pk])
    assert "Notes need no co-signature." in client.get(page).content.decode()
    assert client.post(page, sent(ruth, timezone.localdate())).url == page
    assert "Ruth Hill" in client.get(page).content.decode()
    today = timezone.localdate()
    ending = {"end-last_on_month": today.month, "end-last_on_day": today.day, "end-last_on_year": today.year}
    assert client.post(reverse("people:end_supervision", args=[jon.pk]), ending).url == page
    assert Supervision.objects.get().until_on == today


def test_what_cannot_be_is_said_beside_its_field_and_what_was_chosen_is_kept(client, people):
    jon, ruth, _vera = people
    LicenseFactory(staff=jon, state="WI", kind="LPC")
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    page = reverse("people:supervision", args=[jon.pk])
    answer = client.post(page, sent(ruth, timezone.localdate()))
    assert answer.status_code == 422
    assert answer.content.decode().count("has no license with a Master’s degree in Wisconsin") == 2
    assert f'value="{ruth.pk}" selected' in answer.content.decode()
    early = client.post(page, sent(ruth, timezone.localdate() - timedelta(days=2)))
    assert "Choose today or a later day." in early.content.decode()
    assert not Supervision.objects.exists()


def test_one_reads_who_co_signs_ones_own_notes_and_changes_nothing(client, people):
    jon, ruth, _vera = people
    named(jon, ruth, -1)
    sign_in(client, jon)
    page = reverse("people:supervision", args=[jon.pk])
    assert "Ruth Hill" in client.get(page).content.decode()
    assert client.post(page, sent(ruth, timezone.localdate())).status_code == 403
    assert client.get(reverse("people:supervision", args=[ruth.pk])).status_code == 404

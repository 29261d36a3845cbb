"""What came in of people who never became patients is kept for its time, and destroyed by two, as a record is."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.kernel.tests.at_once import while_open
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.privacy import queries_retention as queries
from stepdown.privacy import services_destruction as services
from stepdown.privacy import strangers
from stepdown.privacy.days import here
from stepdown.privacy.domain.retention import STRANGERS, CountsFrom, RecordClass, Rule
from stepdown.privacy.models import AskedAbout, DestructionCertificate, DueRecord, LegalHold, RetentionPolicy
from stepdown.privacy.services_retention import decide_policy, hold, lift
from stepdown.privacy.tests.factories import signed
from stepdown.privacy.tests.retention import (
    day_of,
    director,
    due,
    long_gone,
    long_unanswered,
    officer,
    proposed,
    years_ago,
)

pytestmark = pytest.mark.django_db
QUESTIONS = RecordClass.QUESTIONS
HELD = {"matter": "Case 12", "words": "A letter came."}


def is_due(row) -> bool:
    services.find_due()
    return DueRecord.objects.filter(root=row.pk).exists()


def destroyed_by_the_database(destruction, by) -> None:
    with rules_speak(), connection.cursor() as cursor:
        cursor.execute("SELECT privacy_destroy(%s, %s)", [destruction.pk, by.pk])


# -- what is due


def test_a_question_past_its_time_is_listed_with_what_it_is_and_without_a_name():
    """RULE PRIV-34."""
    asked = long_unanswered()
    (line,) = queries.due_lines([due(asked, QUESTIONS)])
    assert line.whose == f"A question of {day_of(asked.at)} about somebody"
    assert line.title == line.whose
    assert line.record.why.startswith("6 years from ")
    assert (line.record.patient, line.record.held, line.blocks) == (None, 1, [])


@pytest.mark.parametrize(("years", "listed"), [(5.9, False), (6.1, True)])
def test_a_question_is_listed_by_the_years_of_its_class(years, listed):
    assert is_due(long_unanswered(years)) is listed


def test_years_run_from_the_last_entry():
    """Two years after somebody asked, an officer answered."""
    asked = long_unanswered(
        7, for_officer=True, whom="police", purpose="law_enforcement",
        done_at=years_ago(5), done_by=StaffFactory(), outcome="Told that nothing may be said.",
    )  # fmt: skip
    assert not is_due(asked)


def test_what_somebody_has_still_to_answer_is_not_due():
    assert not is_due(long_unanswered(20, for_officer=True, whom="police", purpose="law_enforcement"))


def test_a_question_that_a_consent_covered_is_the_patients_own():
    by = officer()
    consent = signed(long_gone(), by=by)
    asked = long_unanswered(7, patient=consent.patient, consent=consent)
    assert not is_due(asked)
    assert strangers.said([asked.pk]) == {}
    assert strangers.led_to([asked.pk]) == {asked.pk: consent.patient_id}


def test_a_center_decides_how_long(client):
    """From the last entry alone, as there is no episode; asked for with nothing else."""
    sign_in(client, officer())
    url = reverse("privacy:change_retention", args=["questions"])
    assert {"counts_from", "minors_until"}.isdisjoint(client.get(url).context["form"].fields)
    told = {"years": 8, "source": "State law", "why": "A new law."}
    assert client.post(url, told).status_code == 302
    row = RetentionPolicy.objects.get()
    assert row.said == "8 years from the last entry"
    assert not is_due(long_unanswered(7))


# -- two people


def test_a_question_is_destroyed_by_two_with_every_earlier_state_and_a_certificate():
    """RULE PRIV-34."""
    asked, other, first = long_unanswered(), long_unanswered(), officer()
    asked.reached_at = "555 0100"
    asked.save()
    destruction = proposed(asked, first, QUESTIONS)
    with pytest.raises(RuleBroken, match="You proposed this yourself"):
        services.approve(destruction=destruction, by=first)
    certificate = services.approve(destruction=destruction, by=director())
    assert certificate.counts == {"privacy.AskedAbout": 1}
    assert (certificate.states, certificate.record_class, certificate.destruction.whose) == (2, QUESTIONS, asked.pk)
    assert certificate.first_on == asked.at.astimezone(here()).date()
    assert not AskedAbout.pgh_event_model.objects.filter(pgh_obj=asked.pk).exists()
    assert list(AskedAbout.objects.all()) == [other]
    assert list(DueRecord.objects.values_list("root", flat=True)) == [other.pk]


def test_the_database_itself_looks_whether_it_is_due():
    """Also when a center has decided to keep it for longer since it was proposed."""
    destruction = proposed(long_unanswered(), officer(), QUESTIONS)
    rule = Rule(9, CountsFrom.LAST_ENTRY, None, "Our insurer")
    decide_policy(record_class=QUESTIONS, rule=rule, why="They ask for it.", by=officer())
    for act in (lambda by: services.approve(destruction=destruction, by=by),
                lambda by: destroyed_by_the_database(destruction, by)):  # fmt: skip
        with pytest.raises(RuleBroken, match="this is not due yet"):
            act(director())
    assert AskedAbout.objects.exists()


def test_the_database_itself_looks_whether_it_is_done_with():
    asked = long_unanswered()
    destruction = proposed(asked, officer(), QUESTIONS)
    AskedAbout.objects.update(for_officer=True, whom="police")
    for act in (lambda by: services.approve(destruction=destruction, by=by),
                lambda by: destroyed_by_the_database(destruction, by)):  # fmt: skip
        with pytest.raises(RuleBroken, match="not done with yet"):
            act(director())
    assert AskedAbout.objects.exists()


# -- what keeps it


def test_a_hold_on_it_always_wins():
    """RULE PRIV-34: in the application and in the database."""
    asked, by = long_unanswered(), officer()
    destruction = proposed(asked, by, QUESTIONS)
    held = hold(stranger=asked.pk, **HELD, by=by)
    with pytest.raises(RuleBroken, match=r"Legal hold: Case 12\."):
        services.approve(destruction=destruction, by=director())
    with pytest.raises(RuleBroken, match="A legal hold stands"):
        destroyed_by_the_database(destruction, director())
    lift(hold=held, why="Settled.", by=by)
    certificate = services.approve(destruction=destruction, by=director())
    assert certificate.counts == {"privacy.AskedAbout": 1, "privacy.LegalHold": 1}
    assert not LegalHold.objects.exists()
    assert not LegalHold.pgh_event_model.objects.exists()


def test_a_hold_on_another_record_does_not_keep_it():
    asked, by = long_unanswered(), officer()
    hold(stranger=long_unanswered().pk, **HELD, by=by)
    services.approve(destruction=proposed(asked, by, QUESTIONS), by=director())
    assert not AskedAbout.objects.filter(pk=asked.pk).exists()


@pytest.mark.parametrize(("begins", "ends", "holds"), [(8, 6, True), (8, None, True), (5, None, False)])
def test_a_hold_on_a_time_keeps_what_came_in_then(begins, ends, holds):
    asked, by = long_unanswered(7), officer()
    destruction = proposed(asked, by, QUESTIONS)
    hold(begins_on=years_ago(begins).date(), ends_on=ends and years_ago(ends).date(), **HELD, by=by)
    if holds:
        with pytest.raises(RuleBroken, match="Legal hold: Case 12"):
            services.approve(destruction=destruction, by=director())
        with pytest.raises(RuleBroken, match="A legal hold stands"):
            destroyed_by_the_database(destruction, director())
    else:
        services.approve(destruction=destruction, by=director())
    assert AskedAbout.objects.filter(pk=asked.pk).exists() is holds


def test_nothing_is_held_that_is_gone():
    asked, by = long_unanswered(), officer()
    services.approve(destruction=proposed(asked, by, QUESTIONS), by=director())
    with pytest.raises(RuleBroken, match="not there any more"):
        hold(stranger=asked.pk, **HELD, by=by)
    assert not LegalHold.objects.exists()


def test_a_hold_is_on_one_thing():
    asked, by = long_unanswered(), officer()
    with pytest.raises(RuleBroken), transaction.atomic():
        hold(stranger=asked.pk, patient=long_gone(), **HELD, by=by)
    with pytest.raises(RuleBroken), transaction.atomic():
        hold(stranger=asked.pk, begins_on=years_ago(8).date(), **HELD, by=by)


@pytest.mark.django_db(transaction=True)
def test_an_approval_waits_for_a_hold_that_is_being_put_on_and_is_refused():
    """RULE PRIV-34, on connections of their own."""
    asked, by, second = long_unanswered(), officer(), director()
    destruction = proposed(asked, by, QUESTIONS)
    with pytest.raises(RuleBroken, match="Legal hold: Case 12"):
        while_open(
            lambda: hold(stranger=asked.pk, **HELD, by=by),
            lambda: services.approve(destruction=destruction, by=second),
        )
    assert AskedAbout.objects.filter(pk=asked.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_hold_waits_for_what_is_being_destroyed_and_says_that_it_is_gone():
    asked, by, second = long_unanswered(), officer(), director()
    destruction = proposed(asked, by, QUESTIONS)
    with pytest.raises(RuleBroken, match="not there any more"):
        while_open(
            lambda: services.approve(destruction=destruction, by=second),
            lambda: hold(stranger=asked.pk, **HELD, by=by),
        )
    assert DestructionCertificate.objects.get().counts == {"privacy.AskedAbout": 1}
    assert not LegalHold.objects.exists()


# -- pages


def test_from_the_list_to_the_certificate_no_page_tells_a_name():
    """RULE PRIV-34."""
    asked, first, second = long_unanswered(), sign_in(Client(), officer()), sign_in(Client(), director())
    row = due(asked, QUESTIONS)
    sent = first.post(reverse("privacy:propose_destruction", args=[row.pk]), {"words": "Nobody asked again."})
    pages = [
        first.get(reverse("privacy:due")),
        first.get(reverse("privacy:propose_destruction", args=[row.pk])),
        second.get(sent.url),
    ]
    certificate = second.post(sent.url, {"sure": "on"})
    pages += [second.get(certificate.url), second.get(sent.url), second.get(reverse("privacy:certificates"))]
    said = [page.content.decode() for page in pages]
    assert all("A question of " in page for page in said[:3])
    assert str(asked.pk) in said[3]
    assert not [page for page in said if "Nobody</" in page or "Robin" in page or "Sol Asker" in page]


@pytest.mark.parametrize("words", ["robin", "nobody rob", "ask", "Sol"])
def test_what_came_in_is_found_by_a_name_and_held(words):
    asked, client = long_unanswered(2), sign_in(Client(), officer())
    long_unanswered(2, about="Somebody Else", asker="Their Mother")
    found = client.post(reverse("privacy:new_hold"), {"name": words}).content.decode()
    url = reverse("privacy:hold_stranger", args=[asked.pk])
    assert url in found
    assert found.count("/holds/stranger/") == 1
    assert client.post(url, {"matter": "", "words": "A letter came."}).status_code == 422
    assert client.post(url, HELD).status_code == 302
    held = LegalHold.objects.get()
    assert held.stranger == asked.pk
    assert "A question of " in client.get(reverse("privacy:holds")).content.decode()
    assert "Held since" in client.get(url).content.decode()
    assert "A question of " in client.get(reverse("privacy:lift_hold", args=[held.pk])).content.decode()


def test_no_name_finds_nothing():
    long_unanswered()
    assert strangers.found_by_name("  ") == []


def test_what_is_nobodys_record_is_not_there_to_hold():
    client = sign_in(Client(), officer())
    assert client.get(reverse("privacy:hold_stranger", args=[long_gone().pk])).status_code == 404


def test_a_day_is_that_of_the_center():
    """An hour before midnight in Chicago is the next day in UTC."""
    CenterFactory(time_zone="America/Chicago")
    at = timezone.now().replace(year=2019, month=3, day=4, hour=5, minute=0) - timedelta(hours=1)
    asked = AskedAbout.objects.create(
        at=at, by=StaffFactory(), classes=["program"], asker="Sol Asker", whom="family", way="phone", about="Robin",
        purpose="patient_request",
    )  # fmt: skip
    assert strangers.said([asked.pk]) == {asked.pk: "A question of March 3, 2019 about somebody"}


def test_every_class_of_strangers_has_its_root():
    assert strangers.roots().keys() == STRANGERS

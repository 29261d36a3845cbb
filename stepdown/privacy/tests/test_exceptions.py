"""Disclosures without consent. Source: RULE PRIV-04, PRIV-22, PRIV-23, PRIV-25; privacy facts, section 6."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from stepdown.kernel.db import RuleBroken
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import services_exceptions as services
from stepdown.privacy.domain import exceptions as domain
from stepdown.privacy.domain.sharing import Purpose, Unasked
from stepdown.privacy.models import Basis, Disclosure, Emergency, PrivacyTask
from stepdown.privacy.wording_gate import NEUTRAL

NOW = datetime(2026, 3, 11, 18, tzinfo=UTC)
FACTS = {
    "recipient": "Dr. Ready",
    "affiliation": "Example General, Sampleton",
    "discloser": "Ines Sample",
    "disclosed_at": NOW,
    "nature": "Overdose on the way home",
}


def test_it_waits_too_long_after_one_hour_and_not_before():
    hour = timedelta(hours=1)
    assert not domain.waits_too_long(NOW - hour, NOW)
    assert domain.waits_too_long(NOW - hour - timedelta(microseconds=1), NOW)


@pytest.mark.parametrize(("order", "subpoena"), [(False, False), (True, False), (False, True)])
def test_a_court_gets_something_by_an_order_and_a_subpoena_alone(order, subpoena):
    assert not domain.may_send_to_court(has_order=order, has_subpoena=subpoena)
    assert domain.may_send_to_court(has_order=True, has_subpoena=True)


@pytest.mark.parametrize("fact", domain.EMERGENCY)
def test_each_missing_fact_is_named(fact):
    assert domain.missing(FACTS | {fact: " "}, domain.EMERGENCY) == (fact,)
    assert domain.missing(FACTS | {fact: None}, domain.EMERGENCY) == (fact,)
    assert domain.missing(FACTS, domain.EMERGENCY) == ()


@pytest.fixture
def patient(db):
    CenterFactory()
    return PatientFactory()


@pytest.fixture
def by(db):
    return StaffFactory(roles=[Role.DIRECTOR])


def test_an_emergency_is_opened_with_nothing_and_closed_as_a_disclosure(patient, by):
    """RULE PRIV-22."""
    found = services.close_emergency(
        emergency=services.open_emergency(patient=patient, by=by), facts=FACTS, told="Allergies.", by=by
    )
    assert (found.basis, found.at, found.recipient_name) == ("emergency", NOW, "Dr. Ready")
    assert found.recipient_address == "Example General, Sampleton"
    assert found.facts == {"discloser": "Ines Sample", "nature": "Overdose on the way home", "told": "Allergies."}
    with pytest.raises(RuleBroken, match="closed this already"):
        services.close_emergency(emergency=found.emergency, facts=FACTS, told="", by=by)
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Emergency.objects.update(nature="Nothing")


@pytest.mark.parametrize("fact", domain.EMERGENCY)
def test_without_any_of_the_facts_it_stays_open(patient, by, fact):
    """RULE PRIV-22."""
    emergency = services.open_emergency(patient=patient, by=by)
    with pytest.raises(RuleBroken, match="Write down who got it"):
        services.close_emergency(emergency=emergency, facts=FACTS | {fact: ""}, told="", by=by)
    assert not Disclosure.objects.exists()


def test_the_database_closes_none_without_its_facts(patient, by):
    services.open_emergency(patient=patient, by=by)
    with pytest.raises(DatabaseError, match="emergency_is_closed_with_its_facts"), transaction.atomic():
        Emergency.objects.update(closed_at=NOW, closed_by=by)


def test_one_that_is_open_for_more_than_an_hour_is_told_to_privacy_officers_once(patient, by):
    """RULE PRIV-22."""
    officer = StaffFactory(roles=[Role.PRIVACY])
    services.open_emergency(patient=patient, by=by, now=NOW)
    assert services.alert_open(NOW + timedelta(hours=1)) == 0
    assert services.alert_open(NOW + timedelta(hours=1, seconds=1)) == 1
    assert services.alert_open(NOW + timedelta(hours=3)) == 0
    assert Message.objects.get().staff == officer


def test_while_one_is_open_a_second_tap_is_the_same_and_after_it_another_one(patient, by):
    emergency = services.open_emergency(patient=patient, by=by, now=NOW)
    assert services.open_emergency(patient=patient, by=StaffFactory()) == emergency
    services.close_emergency(emergency=emergency, facts=FACTS, told="", by=by)
    assert services.open_emergency(patient=patient, by=by) != emergency


def test_a_closed_one_is_told_to_nobody(patient, by):
    emergency = services.open_emergency(patient=patient, by=by, now=NOW)
    services.close_emergency(emergency=emergency, facts=FACTS, told="", by=by)
    assert services.alert_open(NOW + timedelta(hours=9)) == 0


@pytest.mark.parametrize(("basis", "fact"), [(basis, fact) for basis in domain.FACTS for fact in domain.FACTS[basis]])
def test_each_exception_asks_for_its_facts(patient, by, basis, fact):
    facts = dict.fromkeys(domain.FACTS[basis], "Written down.")
    told = {"basis": Basis(basis), "name": "County office", "address": "1 Example Street", "whom": "other"}
    with pytest.raises(RuleBroken, match="Something is missing"):
        services.disclose_without_consent(patient=patient, facts=facts | {fact: ""}, at=NOW, by=by, **told)
    found = services.disclose_without_consent(patient=patient, facts=facts, at=NOW, by=by, **told)
    assert (found.basis, found.facts, found.classes) == (basis, facts, [])


WHEN = {"on_month": "3", "on_day": "11", "on_year": "2026", "time": "10:00"}


def test_the_page_of_an_emergency_closes_it(patient, by):
    client = sign_in(Client(), by)
    url = client.post(reverse("privacy:open_emergency", args=[patient.pk])).url
    answer = client.post(url, {"recipient": "Dr. Ready"})
    assert answer.status_code == 422
    assert "Say what the emergency was." in answer.content.decode()
    told = {name: str(value) for name, value in FACTS.items()} | WHEN | {"told": "What she takes."}
    assert client.post(url, told).url == reverse("privacy:accounting", args=[patient.pk])
    assert Disclosure.objects.get().basis == "emergency"
    assert client.get(url).status_code == 404


def test_what_is_still_to_come_has_not_been_told(patient, by):
    client = sign_in(Client(), by)
    url = client.post(reverse("privacy:open_emergency", args=[patient.pk])).url
    ahead = timezone.localdate() + timedelta(days=2)
    when = {"on_month": ahead.month, "on_day": ahead.day, "on_year": ahead.year, "time": "10:00"}
    answer = client.post(url, {**FACTS, **when, "told": "x"})
    assert "This is still to come." in answer.content.decode()


def test_a_subpoena_alone_gets_the_neutral_sentence_and_a_task(patient):
    """RULE PRIV-23."""
    client = sign_in(Client(), StaffFactory(roles=[Role.PRIVACY]))
    answer = client.post(reverse("privacy:without_consent", args=[patient.pk, "court_order"]), {"came": "subpoena"})
    assert NEUTRAL in answer.content.decode()
    assert PrivacyTask.objects.get().kind == "officer"
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize(
    ("basis", "status"), [("child_abuse", 200), ("crime", 200), ("court_order", 403), ("audit", 403)]
)
def test_courts_and_audits_are_the_privacy_officers(patient, by, basis, status):
    url = reverse("privacy:without_consent", args=[patient.pk, basis])
    assert sign_in(Client(), by).get(url).status_code == status
    assert sign_in(Client(), StaffFactory(roles=[Role.PRIVACY])).get(url).status_code == 200


def test_a_report_of_child_abuse_is_written_down_without_the_chart(patient, by):
    """RULE PRIV-25."""
    url = reverse("privacy:without_consent", args=[patient.pk, "child_abuse"])
    said = {"name": "County office", "address": "1 Example Street", "reported": "What was heard."} | WHEN
    assert sign_in(Client(), by).post(url, said).status_code == 302
    found = Disclosure.objects.get()
    assert (found.basis, found.classes, found.facts) == ("child_abuse", [], {"reported": "What was heard."})


@pytest.mark.parametrize("basis", ["consent", "emergency", "nothing"])
def test_what_is_no_such_exception_is_not_there(patient, by, basis):
    assert sign_in(Client(), by).get(reverse("privacy:without_consent", args=[patient.pk, basis])).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Medical emergency, 42 CFR 2.51."), ("es", "Emergencia médica, 42 CFR 2.51.")]
)
def test_a_patient_reads_in_their_language_what_was_told_in_an_emergency_and_why(patient, by, language, words):
    """RULE PRIV-27."""
    emergency = services.open_emergency(patient=patient, by=by)
    services.close_emergency(emergency=emergency, facts=FACTS | {"disclosed_at": timezone.now()}, told="Meds.", by=by)
    with override(language):
        page = as_patient(Client(), patient).get(reverse("privacy:my_accounting")).content.decode()
    assert words in page
    assert words.removesuffix(".") not in page.replace(words, "")


@pytest.mark.parametrize("code", [*Unasked, *Purpose, *Basis])
def test_what_something_was_given_out_for_is_said_in_the_readers_language(code):
    row = Disclosure(purpose=code)
    said = {}
    for language in ("en", "es"):
        with override(language):
            said[language] = (row.purpose_said, row.purpose_to_patient)
    assert code not in said["en"] + said["es"]
    assert not set(said["en"]) & set(said["es"])

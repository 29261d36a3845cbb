"""The table of how long records are kept, and legal holds."""

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Role
from stepdown.people.tests.clients import proved_long_ago, sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.privacy import queries_retention as queries
from stepdown.privacy import services_destruction
from stepdown.privacy.domain.retention import DEFAULTS, CountsFrom, RecordClass, Rule
from stepdown.privacy.models import LegalHold, RetentionPolicy
from stepdown.privacy.services_restricted import restrict
from stepdown.privacy.services_retention import decide_policy, hold, lift
from stepdown.privacy.tests.retention import director, due, long_gone, officer, proposed

pytestmark = pytest.mark.django_db
TEN = Rule(10, CountsFrom.LAST_SERVICE, 28, "Contract with Example Plan")


def test_what_came_with_the_product_counts_until_somebody_decides():
    by = officer()
    assert queries.standings()[RecordClass.CLINICAL].rule == DEFAULTS[RecordClass.CLINICAL]
    decide_policy(record_class=RecordClass.CLINICAL, rule=TEN, why="A new contract.", by=by)
    standing = queries.standings()[RecordClass.CLINICAL]
    assert (standing.rule, standing.row.set_by, standing.row.why) == (TEN, by, "A new contract.")
    assert queries.standings()[RecordClass.CARE].row is None


def test_what_was_decided_before_stays_to_be_read():
    """RULE PRIV-34."""
    for years in (8, 9):
        rule = Rule(years, CountsFrom.LAST_SERVICE, None, "State law")
        decide_policy(record_class=RecordClass.CLINICAL, rule=rule, why="Changed.", by=officer())
    assert [row.years for row in queries.decided(RecordClass.CLINICAL)] == [9, 8]
    with pytest.raises(RuleBroken), rules_speak():
        RetentionPolicy.objects.all().delete()


@pytest.mark.parametrize("record_class", [RecordClass.ACCOUNTING, RecordClass.HIPAA_DOC])
def test_nobody_decides_less_than_federal_law_sets(record_class):
    rule = Rule(5, CountsFrom.LAST_ENTRY, None, "We want less")
    with pytest.raises(RuleBroken, match="Federal law sets at least 6 years"):
        decide_policy(record_class=record_class, rule=rule, why="Less to keep.", by=officer())


def test_a_privacy_officer_decides_with_a_proof(client):
    client = proved_long_ago(sign_in(client, officer()))
    url = reverse("privacy:change_retention", args=["clinical"])
    told = {"years": 8, "counts_from": "last_service", "minors_until": "", "source": "State law", "why": "New law."}
    client.post(url, told)
    assert not RetentionPolicy.objects.exists()


def test_too_few_years_are_said_beside_the_field(client):
    sign_in(client, officer())
    told = {"years": 5, "counts_from": "last_entry", "source": "Ours", "why": "Less."}
    answer = client.post(reverse("privacy:change_retention", args=["hipaa_doc"]), told)
    assert answer.status_code == 422
    assert answer.context["form"].errors["years"] == ["Enter 6 or more."]


def test_a_class_that_is_none_is_not_there(client):
    assert sign_in(client, officer()).get(reverse("privacy:change_retention", args=["other"])).status_code == 404


# -- holds


def test_a_hold_says_who_since_when_and_why_it_was_lifted():
    patient, by = long_gone(), officer()
    held = hold(patient=patient, matter="Case 12", words="A letter came.", by=by)
    lift(hold=held, why="Settled.", by=by)
    held.refresh_from_db()
    assert (held.placed_by, held.lifted_by, held.lifted_why) == (by, by, "Settled.")
    with pytest.raises(RuleBroken, match="lifted already"):
        lift(hold=held, why="Again.", by=by)


def test_a_hold_stays_as_it_was_put_on():
    held = hold(patient=long_gone(), matter="Case 12", words="A letter came.", by=officer())
    held.matter = "Another"
    with pytest.raises(RuleBroken), rules_speak():
        held.save()


def test_a_hold_is_on_a_person_or_on_a_time():
    with pytest.raises(RuleBroken, match="Say from when on"):
        hold(matter="Case 12", words="A letter came.", by=officer())


def test_a_hold_shows_on_the_record_to_who_keeps_retention_alone(client):
    patient = long_gone()
    hold(patient=patient, matter="Case 12", words="A letter came.", by=officer())
    sees = sign_in(client, officer()).get(reverse("privacy:sharing", args=[patient.pk]))
    assert "Legal hold since" in sees.content.decode()
    assert queries.holds_shown(StaffFactory(roles=[Role.COUNSELOR]), patient) == []


def test_who_is_held_is_found_and_held(client):
    patient = long_gone(last_name="Bygone")
    sign_in(client, officer())
    found = client.post(reverse("privacy:new_hold"), {"name": "byg"}).content.decode()
    url = reverse("privacy:hold_patient", args=[patient.pk])
    assert url in found
    assert client.post(url, {"matter": "", "words": "A letter came."}).status_code == 422
    assert client.post(url, {"matter": "Case 12", "words": "A letter came."}).status_code == 302
    assert LegalHold.objects.get().patient == patient


def test_a_time_that_ends_before_it_begins_is_said_beside_the_field(client):
    CenterFactory()
    sign_in(client, officer())
    days = {"begins_on_month": 5, "begins_on_day": 1, "begins_on_year": 2020}
    days |= {"ends_on_month": 4, "ends_on_day": 1, "ends_on_year": 2020}
    answer = client.post(reverse("privacy:hold_time"), days | {"matter": "Audit", "words": "All of it."})
    assert answer.context["form"].errors["ends_on"] == ["The last day is before the first."]


# -- pages


def test_a_director_does_not_learn_of_a_restricted_record(client):
    patient, by = long_gone(last_name="Hiddenaway"), officer()
    made = proposed(patient, by)
    hold(patient=patient, matter="Case 12", words="A letter came.", by=by)
    restrict(patient=patient, why="related", words="A cousin works here.", names=[StaffFactory()], by=by)
    sign_in(client, director())
    for name in ("due", "holds"):
        assert "Hiddenaway" not in client.get(reverse(f"privacy:{name}")).content.decode()
    assert client.get(reverse("privacy:destruction", args=[made.pk])).status_code == 404


def test_from_the_list_to_the_certificate(client):
    """RULE PRIV-34: one proposes, another approves on their own account."""
    patient, first, other_client = long_gone(last_name="Bygone"), officer(), Client()
    row = due(patient)
    sign_in(client, first)
    assert "Bygone" in client.get(reverse("privacy:due")).content.decode()
    sent = client.post(reverse("privacy:propose_destruction", args=[row.pk]), {"words": "Nobody asked."})
    assert client.post(sent.url, {"sure": "on"}).status_code == 403
    sign_in(other_client, director())
    assert other_client.post(sent.url, {}).status_code == 422
    certificate = other_client.post(sent.url, {"sure": "on"})
    page = other_client.get(certificate.url).content.decode()
    assert str(patient.pk) in page
    assert "Bygone" not in page


def test_a_proposal_that_is_kept_says_why(client):
    patient, by = long_gone(), officer()
    row = due(patient)
    hold(patient=patient, matter="Case 12", words="A letter came.", by=by)
    sign_in(client, by)
    answer = client.post(reverse("privacy:propose_destruction", args=[row.pk]), {"words": "Nobody asked."})
    assert answer.status_code == 422
    assert "Legal hold: Case 12." in answer.content.decode()


def test_a_refusal_has_a_reason(client):
    made = proposed(long_gone(), officer())
    sign_in(client, director())
    url = reverse("privacy:refuse_destruction", args=[made.pk])
    assert client.post(url, {"refuse-words": ""}).status_code == 422
    assert client.post(url, {"refuse-words": "Their lawyer wrote."}).status_code == 302
    made.refresh_from_db()
    assert (made.outcome, made.ended_why) == ("refused", "Their lawyer wrote.")
    assert services_destruction.find_due() > 0

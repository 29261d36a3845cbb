"""What patients under 18 read of who signs, and deciding on people under 18."""

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, proved_long_ago, sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.privacy.domain.minors import StateRule
from stepdown.privacy.models import MinorRule
from stepdown.privacy.tests.factories import prepared, signed
from stepdown.privacy.tests.minors import BOTH, LAW, agreed, decided, minor, named, signed_too

pytestmark = pytest.mark.django_db


# -- the pages


def test_the_page_of_a_minor_says_who_signs(client):
    """RULE PRIV-15."""
    decided(BOTH)
    patient = minor()
    as_patient(client, patient)
    page = client.get(reverse("privacy:agree")).content.decode()
    assert "You sign this, and then a parent or guardian." in page
    version = client.get(reverse("privacy:agree")).context["text"].version
    said = {"type": "treatment", "version": version, "agreed": "on", "signed_name": patient.name}
    assert client.post(reverse("privacy:agree"), said).status_code == 302
    row = patient.consents.get()
    assert row.signs == BOTH
    assert "You sign this, and then a parent or guardian." in row.text


def test_without_a_rule_the_page_takes_no_signature(client):
    """RULE PRIV-15."""
    CenterFactory()
    patient = minor()
    as_patient(client, patient)
    page = client.get(reverse("privacy:agree")).content.decode()
    assert "You cannot sign this yet." in page
    assert "signed_name" not in page
    row = prepared(patient)
    assert "You cannot sign this yet." in client.get(reverse("privacy:my_consent", args=[row.pk])).content.decode()


def test_what_waits_for_a_parent_stands_on_the_pages(client):
    """RULE PRIV-15."""
    decided(BOTH)
    row, by = signed(minor()), StaffFactory(roles=[Role.PRIVACY])
    as_patient(client, row.patient)
    assert "Waits for your parent" in client.get(reverse("privacy:my_sharing")).content.decode()
    assert (
        "A parent has not signed it yet." in client.get(reverse("privacy:my_consent", args=[row.pk])).content.decode()
    )
    staff = sign_in(Client(), by)
    page = staff.get(reverse("privacy:consent", args=[row.pk])).content.decode()
    assert "is under 18, and a parent signs too. They have not named one yet" in page
    named(row.patient)
    assert "They named Dana Specimen (mother)." in staff.get(reverse("privacy:consent", args=[row.pk])).content.decode()
    kept = staff.get(reverse("privacy:sharing", args=[row.patient_id])).content.decode()
    assert "Waits for a parent’s signature" in kept


# -- somebody who may not sign


def test_an_officer_writes_down_that_somebody_may_not_sign(client):
    """RULE PRIV-15."""
    decided(BOTH)
    patient = minor()
    row = agreed(patient)
    sharing = reverse("privacy:sharing", args=[patient.pk])
    sign_in(client, StaffFactory(roles=[Role.PRIVACY]))
    assert "has not named one yet" in client.get(sharing).content.decode()
    parent = named(patient)
    signed_too(parent, row)
    act = reverse("privacy:parent_is_false", args=[parent.pk])
    assert act in client.get(sharing).content.decode()
    assert "It counts no more: Treatment" in client.get(act).content.decode()
    assert client.post(act, {"words": " "}).status_code == 422
    assert client.post(act, {"words": "Her aunt, as she told us."}).status_code == 302
    page = client.get(sharing).content.decode()
    assert "Her aunt, as she told us." in page
    assert act not in page
    assert client.get(act).status_code == 403
    row.refresh_from_db()
    assert row.revoked_at
    mine = as_patient(Client(), patient)
    assert "Counts no more" in mine.get(reverse("privacy:signed")).content.decode()
    assert "Counts no more since" in mine.get(reverse("privacy:read", args=[row.pk])).content.decode()


# -- deciding


def told(**changed):
    return {"state": "MN", "signs": BOTH, "from_age": "16", "source": LAW, "why": "Our lawyer read it."} | changed


@pytest.mark.parametrize("role", [Role.PRIVACY, Role.DIRECTOR])
def test_a_privacy_officer_or_a_director_decides(client, role):
    """RULE PRIV-15."""
    CenterFactory()
    by = StaffFactory(roles=[role])
    sign_in(client, by)
    assert "Nobody under 18 is admitted" in client.get(reverse("privacy:minors")).content.decode()
    assert client.post(reverse("privacy:decide_minors"), told()).status_code == 302
    row = MinorRule.objects.get()
    assert (row.state, row.rule, row.source, row.set_by) == ("MN", StateRule(BOTH, 16), LAW, by)
    page = client.get(reverse("privacy:minors")).content.decode()
    assert "People under 18 are admitted in one state" in page
    assert by.name in page
    form = client.get(reverse("privacy:decide_minors"), {"state": "MN"}).context["form"]
    assert (form["signs"].value(), form["from_age"].value()) == (BOTH, 16)
    assert client.post(reverse("privacy:decide_minors"), told(signs="nobody", from_age="")).status_code == 302
    assert "Nobody under 18 is admitted" in client.get(reverse("privacy:minors")).content.decode()


def test_deciding_needs_a_proof(client):
    CenterFactory()
    client = proved_long_ago(sign_in(client, StaffFactory(roles=[Role.PRIVACY])))
    client.post(reverse("privacy:decide_minors"), told())
    assert not MinorRule.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"state": ""}, "state", "Choose the state."),
        ({"state": "XX"}, "state", "Choose one of the answers shown."),
        ({"signs": ""}, "signs", "Choose who signs."),
        ({"from_age": ""}, "from_age", "Enter from which age."),
        ({"from_age": "18"}, "from_age", "Enter 17 or less."),
        ({"from_age": "9"}, "from_age", "Enter 10 or more."),
        ({"from_age": "many"}, "from_age", "Enter a whole number."),
        ({"source": " "}, "source", "Give the law."),
        ({"why": ""}, "why", "Say why it is decided."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client, changed, field, sentence):
    CenterFactory()
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    answer = client.post(reverse("privacy:decide_minors"), told(**changed))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert not MinorRule.objects.exists()

"""What people under 18 sign, who signs with them, and what the gate says until both have. Source: 42 CFR 2.14."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Patient, Role
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.privacy import copies, gate, queries, queries_minors, queries_sending, services_sharing
from stepdown.privacy import queries_sharing as sharing
from stepdown.privacy.domain.consents import BY_PARENT
from stepdown.privacy.domain.gate import No
from stepdown.privacy.domain.minors import Signs, StateRule
from stepdown.privacy.domain.retention import years_after
from stepdown.privacy.domain.sharing import Data, Kind, Whom
from stepdown.privacy.models import ConsentType, Disclosure, MinorRule, Parent, ParentSignature
from stepdown.privacy.services_minors import find_false, shown_to
from stepdown.privacy.tests.factories import prepared, queued, recipient_of, sent, signed
from stepdown.privacy.tests.minors import ALONE, BOTH, agreed, decided, minor, named, signed_too
from stepdown.privacy.wording_gate import verdict_said

pytestmark = pytest.mark.django_db


def asked(row, **changed):
    told = {"recipient": row.recipient, "purpose": row.purposes[0], "classes": row.information_scope}
    return gate.ask(patient=row.patient, at=timezone.now(), by_officer=False, **told | changed)


def eighteen(patient: Patient) -> datetime:
    """Noon of the day on which they turn 18, where they are."""
    day = years_after(patient.date_of_birth, 18)
    return datetime(day.year, day.month, day.day, 18, tzinfo=timezone.get_default_timezone())


# -- the rule


def test_nothing_is_decided_to_begin_with():
    """RULE PRIV-15."""
    assert queries_minors.standing() == []
    assert queries_minors.who_signs(minor(), timezone.now()) is None


def test_what_was_decided_before_stays_and_the_newest_counts():
    """RULE PRIV-15."""
    decided(ALONE)
    decided(BOTH, from_age=16)
    decided(None, state="WI")
    assert [(row.state, row.rule) for row in queries_minors.standing()] == [
        ("MN", StateRule(BOTH, 16)),
        ("WI", StateRule(None)),
    ]
    assert queries_minors.decided().count() == 3
    with pytest.raises(RuleBroken), rules_speak():
        MinorRule.objects.all().delete()


@pytest.mark.parametrize("age", [9, 18])
def test_the_age_of_a_rule_is_that_of_a_minor(age):
    with pytest.raises(RuleBroken, match="Enter an age from 10 to 17"):
        decided(BOTH, from_age=age)


def test_the_state_where_the_patient_takes_part_decides():
    """RULE PRIV-15."""
    decided(ALONE, state="WI")
    assert queries_minors.who_signs(minor(state="MN"), timezone.now()) is None
    assert queries_minors.who_signs(minor(state="WI"), timezone.now()) == ALONE


def test_the_day_is_that_of_the_patient():
    """At 6 in the morning UTC it is still the evening before in Honolulu, and the day itself in Chicago."""
    decided(BOTH)
    at = datetime(2026, 6, 2, 7, tzinfo=timezone.get_default_timezone())
    born = years_after(at.date(), -18)
    for zone, signs in (("Pacific/Honolulu", BOTH), ("America/Chicago", Signs.PATIENT)):
        patient = PatientFactory(date_of_birth=born, time_zone=zone)
        with time_machine.travel(at):
            decided(BOTH)
            assert queries_minors.who_signs(patient, timezone.now()) == signs


# -- consents to share, and the gate


def test_nobody_signs_while_no_rule_says_who():
    """RULE PRIV-15."""
    with pytest.raises(RuleBroken, match="You cannot sign this yet"):
        signed(minor())
    with pytest.raises(RuleBroken, match="You cannot sign this yet"):
        agreed(minor())


def test_a_minor_signs_alone_where_the_law_lets_them():
    """RULE PRIV-15. Also for a parent and for payment."""
    decided(ALONE)
    patient = minor()
    row = signed(patient, recipient=recipient_of(patient, Whom.FAMILY, "Dana Specimen"))
    assert (row.signer_role, row.signs) == ("minor", ALONE)
    assert "You sign this alone." in row.text
    assert asked(row).allowed
    plan, payment = recipient_of(patient, Whom.PLAN, "Example Plan"), signed(patient, Kind.TPO)
    assert asked(payment, recipient=plan, purpose="payment").allowed
    with pytest.raises(RuleBroken, match="No parent has to sign with you"):
        named(patient)


def test_the_gate_refuses_until_both_have_signed():
    """RULE PRIV-15."""
    decided(BOTH)
    row = signed(minor(), whom=Whom.PROVIDER)
    verdict = asked(row)
    assert (verdict.allowed, verdict.no) == (False, No.INVALID)
    assert {failure.element for failure in verdict.failures} == set(BY_PARENT)
    assert "A parent has not signed it yet. It passes once they have." in verdict_said(verdict)
    assert "Prepare a new one" not in verdict_said(verdict)
    assert sharing.shown(row, timezone.now()).state == "waits"
    signed_too(named(row.patient), row)
    assert asked(row).allowed
    row = sharing.consents_visible_to(row.patient).get()
    assert sharing.shown(row, timezone.now()).state == "holds"
    sent(row, StaffFactory(roles=[Role.PRIVACY]))


def test_the_database_lets_nothing_out_that_a_parent_has_not_signed():
    """RULE PRIV-15."""
    decided(BOTH)
    row = signed(minor())
    told = {
        "patient": row.patient, "recipient_name": "x", "recipient_address": "x", "whom": "family", "purpose": "x",
        "classes": [Data.PROGRAM], "digest": "x", "basis": "consent", "statement": 1, "scope": "x", "consent": row,
        "by": StaffFactory(),
    }  # fmt: skip
    with pytest.raises(RuleBroken, match="No consent that holds covers this"), rules_speak():
        Disclosure.objects.create(**told)
    signed_too(named(row.patient), row)
    Disclosure.objects.create(**told)


def test_a_rule_that_changes_later_changes_nothing_signed_before():
    decided(ALONE)
    row = signed(minor())
    decided(BOTH)
    assert asked(row).allowed
    decided(None)
    assert asked(row).allowed


def test_a_rule_that_changes_before_the_signature_shows_other_words():
    decided(ALONE)
    row = prepared(minor())
    seen = services_sharing.digest_of(sharing.text_of(row).words)
    decided(BOTH)
    with pytest.raises(RuleBroken, match="words of this agreement have changed"):
        services_sharing.sign(consent=row, name="x", seen=seen, method="test", place=None)


def test_a_minor_takes_back_alone_what_both_have_signed():
    """RULE PRIV-13, PRIV-15."""
    decided(BOTH)
    row = signed(minor())
    signed_too(named(row.patient), row)
    services_sharing.revoke(consent=row)
    assert not asked(row).allowed


def test_what_a_minor_took_back_no_parent_signs():
    """RULE PRIV-15."""
    decided(BOTH)
    row = signed(minor())
    parent = named(row.patient)
    services_sharing.revoke(consent=row)
    with pytest.raises(RuleBroken, match="does not wait for your signature"):
        signed_too(parent, row)


def test_from_18_on_the_patient_alone_signs():
    """RULE PRIV-15."""
    decided(BOTH)
    patient = minor(17)
    waiting, agreement = signed(patient), agreed(patient)
    parent = named(patient)
    with time_machine.travel(eighteen(patient)):
        assert asked(signed(patient, recipient=recipient_of(patient, name="Rae Specimen"))).allowed
        assert not asked(waiting).allowed, "what was signed at 17 still lacks a signature"
        assert sharing.shown(waiting, timezone.now()).state == "ended"
        assert queries_minors.parent_behind(parent.supporter, timezone.now()) is None
        with pytest.raises(RuleBroken, match="does not wait for your signature"):
            signed_too(parent, waiting)
        assert ConsentType.TREATMENT in queries.missing_consents(patient)
        assert agreed(patient).signs == Signs.PATIENT
        agreement.refresh_from_db()
        assert agreement.revoked_at


def test_what_both_signed_at_17_holds_at_18():
    decided(BOTH)
    patient = minor(17)
    row, agreement = signed(patient), agreed(patient)
    parent = named(patient)
    signed_too(parent, row)
    signed_too(parent, agreement)
    with time_machine.travel(eighteen(patient)):
        assert asked(row).allowed
        assert ConsentType.TREATMENT not in queries.missing_consents(patient)


# -- agreements


def test_an_agreement_is_in_force_once_a_parent_has_signed_it():
    """RULE PRIV-15."""
    decided(BOTH)
    patient = minor()
    row = agreed(patient, ConsentType.TELEHEALTH)
    assert queries_minors.waits_for_parent(patient)
    assert queries.who_allow_emergency_call([patient.pk]) == set()
    signed_too(named(patient), row)
    assert not queries_minors.waits_for_parent(patient)
    assert queries.who_allow_emergency_call([patient.pk]) == {patient.pk}


# -- the parent


def test_a_parent_is_told_nothing_before_the_minor_agrees_in_writing():
    """RULE PRIV-15; 42 CFR 2.14(b)(2)."""
    decided(BOTH)
    parent = named(minor())
    assert parent.text.startswith("Dana Specimen, Mother")
    assert "I agree that you tell them that I asked for care here" in parent.text
    assert (parent.signature, parent.place) == (parent.patient.name, "192.0.2.7")


def test_the_same_parent_named_twice_is_named_once_and_their_link_stays():
    decided(BOTH)
    patient = minor()
    first = named(patient)
    assert named(patient) == first
    assert Parent.objects.get(patient=patient).ended_at is None


def test_the_number_of_a_parent_is_not_the_patients_own():
    decided(BOTH)
    patient = minor()
    with pytest.raises(RuleBroken, match="This is your own"):
        named(patient, phone=patient.phone)


def test_nothing_counts_that_somebody_signed_who_may_not():
    """RULE PRIV-06, PRIV-15; 42 CFR 2.31(c)(4)."""
    decided(BOTH)
    row, by = signed(minor()), StaffFactory(roles=[Role.PRIVACY])
    patient, agreement = row.patient, agreed(row.patient, ConsentType.TELEHEALTH)
    stranger = named(patient)
    signed_too(stranger, row)
    signed_too(stranger, agreement)
    waiting = queued(row, by)
    assert asked(row).allowed
    found = find_false(parent=stranger, words="A neighbor, as she says herself.", by=by)
    assert (found.false_by, found.false_why) == (by, "A neighbor, as she says herself.")
    assert not asked(row).allowed
    waiting.refresh_from_db()
    assert waiting.state == "cancelled"
    assert ConsentType.TELEHEALTH in queries.missing_consents(patient)
    assert queries.who_allow_emergency_call([patient.pk]) == set()
    assert queries_minors.parent_behind(stranger.supporter, timezone.now()) is None
    with pytest.raises(RuleBroken, match="written down already"):
        find_false(parent=stranger, words="Again.", by=by)
    again = agreed(patient, ConsentType.TELEHEALTH)
    with pytest.raises(RuleBroken, match="does not wait for your signature"):
        signed_too(stranger, again)
    signed_too(named(patient, name="Dana Mother", phone="+15125550178"), again)
    assert queries.who_allow_emergency_call([patient.pk]) == {patient.pk}


def test_what_a_parent_before_has_signed_stays_when_the_next_one_is_false():
    decided(BOTH)
    row, by = signed(minor()), StaffFactory(roles=[Role.DIRECTOR])
    signed_too(named(row.patient), row)
    find_false(parent=named(row.patient, name="Nobody Here", phone="+15125550178"), words="Unknown.", by=by)
    assert asked(row).allowed


def test_the_database_keeps_who_said_so_and_why():
    decided(BOTH)
    parent = named(minor())
    with pytest.raises(IntegrityError, match="parent_is_found_false_whole"), transaction.atomic():
        Parent.objects.filter(pk=parent.pk).update(false_at=timezone.now(), ended_at=timezone.now())


def test_a_parent_signs_the_very_words_and_once():
    """RULE PRIV-15, PRIV-43."""
    decided(BOTH)
    row = signed(minor())
    parent = named(row.patient)
    with pytest.raises(RuleBroken, match="words of this agreement have changed"):
        signed_too(parent, row, seen="other")
    made = signed_too(parent, row)
    assert (made.digest, made.name, made.place) == (row.digest, "Dana Specimen", "192.0.2.8")
    assert row.patient.name in made.words
    with pytest.raises(RuleBroken, match="does not wait"):
        signed_too(parent, row)
    with pytest.raises(RuleBroken), rules_speak():
        ParentSignature.objects.update(name="Somebody")


def test_the_database_takes_no_signature_of_another_patients_parent():
    """RULE PRIV-15."""
    decided(BOTH)
    row, stranger = signed(minor()), named(minor(), phone="+15125550188")
    told = {"parent": stranger, "sharing": row, "name": "x", "words": "x", "digest": row.digest, "method": "test"}
    with pytest.raises(RuleBroken, match="A parent signs the very words"), rules_speak():
        ParentSignature.objects.create(**told)


def test_who_is_replaced_signs_nothing_more():
    decided(BOTH)
    row = signed(minor())
    first = named(row.patient)
    second = named(row.patient, name="Jo Specimen", relation="father", phone="+15125550199")
    with pytest.raises(RuleBroken, match="does not wait"):
        signed_too(first, row)
    signed_too(second, row)
    assert Parent.objects.filter(patient=row.patient, ended_at=None).get() == second


def test_what_a_parent_is_shown_is_in_the_accounting_once_a_visit():
    """RULE PRIV-26; 42 CFR 2.14(b)(2)."""
    decided(BOTH)
    row = signed(minor())
    parent, now = named(row.patient), timezone.now()
    for minutes in (0, 5, 20):
        shown_to(parent=parent, now=now + timedelta(minutes=minutes))
    rows = list(queries_sending.disclosures_of(row.patient, years=3, now=now + timedelta(hours=1)))
    assert [(each.recipient_name, each.basis, each.recipient_address) for each in rows] == [
        ("Dana Specimen", "parent", "…77")
    ] * 2
    assert rows[0].classes_said == ["Being a patient here"]


def test_what_is_new_to_read_is_in_the_accounting_also_within_a_visit():
    """RULE PRIV-26."""
    decided(BOTH)
    first = signed(minor())
    parent, now = named(first.patient), timezone.now()
    shown_to(parent=parent, now=now)
    second = signed(first.patient, recipient=recipient_of(first.patient, name="Bo Specimen"))
    for minutes in (1, 2):
        shown_to(parent=parent, now=now + timedelta(minutes=minutes))
    rows = list(queries_sending.disclosures_of(first.patient, years=3, now=now + timedelta(hours=1)))
    assert [str(second.pk) in str(each.items) for each in rows] == [True, False]


# -- copies


def test_a_copy_has_both_signatures_and_as_what_they_signed():
    """RULE PRIV-15."""
    decided(BOTH)
    row = signed(minor())
    before = copies.of_sharing(row, row.text)
    assert "Signed as: the minor, together with a parent" in before
    assert "Not in force: a parent has not signed it yet." in before
    made = signed_too(named(row.patient), row)
    whole = copies.of_sharing(sharing.consents_visible_to(row.patient).get(), row.text)
    assert f"Signed by: {row.patient.name}\n" in whole
    assert f"Signed by: Dana Specimen\nSigned as: Mother. {made.words}\n" in whole
    assert whole.count(f"SHA-256: {row.digest}") == 2


def test_a_copy_of_an_agreement_says_that_a_minor_signed_alone():
    """RULE PRIV-15."""
    decided(ALONE)
    assert "Signed as: the minor, who signs alone" in copies.of_agreement(agreed(minor()))

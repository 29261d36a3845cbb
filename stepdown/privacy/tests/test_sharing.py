"""Consents to share: prepared, signed, taken back. Source: RULE PRIV-05, PRIV-07 to PRIV-10, PRIV-12 to PRIV-16, 43."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import DatabaseError, transaction

from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Role
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.privacy import part2
from stepdown.privacy import queries_sharing as queries
from stepdown.privacy import services_sharing as services
from stepdown.privacy import wording_consents as wording
from stepdown.privacy.domain.fits import FITS
from stepdown.privacy.domain.sharing import Data, Kind
from stepdown.privacy.models import ConsentEvent, PrivacyTask, SharingConsent
from stepdown.privacy.tests.factories import prepared, recipient_of, signed

pytestmark = pytest.mark.django_db
OF_KIND = {
    Kind.JUSTICE: {
        "case_reference": "26-CR-0007",
        "monitors": ["Unit 4"],
        "duration": "as long as probation",
        "revocable_event": "final disposition of the case",
        "scope": [Data.ATTENDANCE],
    },
    Kind.COUNSELING_NOTES: {"scope": [Data.COUNSELING_NOTES]},
    Kind.INTERMEDIARY: {"participants": ["My treating providers who take part"], "purposes": ["treatment"]},
}


def of_kind(kind, make=signed, patient=None, **changed):
    whom = FITS[kind].whom[0] if FITS[kind].whom else None
    told = OF_KIND.get(kind, {}) | ({"whom": whom} if whom else {}) | changed
    return make(patient or PatientFactory(), kind, **told)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["en", "es"])
def test_what_fits_each_kind_can_be_signed_and_holds(kind, language):
    row = of_kind(kind, patient=PatientFactory(language=language))
    [one] = queries.sharing_of(row.patient)["holds"]
    assert one.row == row
    assert row.text.startswith("# ")
    assert row.digest == sha256(row.text.encode()).hexdigest()
    assert (row.language, row.method, row.place) == (language, "test", "192.0.2.7")


def test_the_tpo_phrases_are_those_of_the_regulation_word_for_word():
    text = of_kind(Kind.TPO).text
    assert part2.text("tpo_recipient_phrase_2_31_a4i") in text
    assert part2.text("tpo_purpose_phrase_2_31_a5") in text
    assert wording.redisclosure_statement() in text
    assert wording.refusal_consequences() in text


def test_what_a_form_was_tricked_into_is_refused():
    patient = PatientFactory()
    with pytest.raises(RuleBroken, match="Something is missing"):
        prepared(patient, expires_event="none")
    with pytest.raises(RuleBroken, match="Something is missing"):
        prepared(patient, scope=[Data.PROGRAM, Data.COUNSELING_NOTES])
    with pytest.raises(RuleBroken, match="Something is missing"):
        prepared(patient, purposes=["legal_proceeding", "treatment"])
    assert not SharingConsent.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"information_scope": ["program", "counseling_notes"]},
        {"purposes": ["legal_proceeding"]},
        {"recipient": None},
        {"signature": "Somebody"},
    ],
)
def test_the_database_keeps_the_rules_by_itself(changed):
    row = prepared(PatientFactory())
    with pytest.raises(DatabaseError), transaction.atomic():
        SharingConsent.objects.filter(pk=row.pk).update(**changed)


def test_a_tpo_consent_without_both_statements_is_refused_by_the_database_too():
    """RULE PRIV-07."""
    row = of_kind(Kind.TPO, prepared)
    for column in ("redisclosure_statement", "refusal_consequences"):
        with pytest.raises(DatabaseError, match="sharing_for_tpo_says_what_follows"), transaction.atomic():
            SharingConsent.objects.filter(pk=row.pk).update(**{column: ""})


def test_a_signed_consent_never_changes_and_its_history_is_kept():
    """RULE PRIV-43."""
    row = signed(PatientFactory())
    for act in (lambda: SharingConsent.objects.update(expires_event="none"), row.delete):
        with pytest.raises(DatabaseError, match="signed and cannot be changed"), transaction.atomic():
            act()
    history = SharingConsent.pgh_event_model.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id")
    assert [event.signature for event in history] == ["", row.patient.name]
    with pytest.raises(DatabaseError), transaction.atomic():
        history.update(signature="Another")


def test_words_that_are_not_those_on_the_page_are_not_signed():
    """RULE PRIV-43."""
    row = prepared(PatientFactory())
    with pytest.raises(RuleBroken, match="have changed"):
        services.sign(consent=row, name="Walt", seen="0" * 64, method="test", place=None)


def test_it_is_signed_once():
    row = signed(PatientFactory())
    with pytest.raises(RuleBroken, match="signed this already"):
        services.sign(consent=row, name="Walt", seen=row.digest, method="test", place=None)


def test_one_tap_stops_it_from_that_moment():
    """RULE PRIV-13."""
    row = signed(PatientFactory())
    event = services.revoke(consent=row)
    assert queries.sharing_of(row.patient)["holds"] == []
    assert queries.shown(row_again(row), event.at - timedelta(microseconds=1)).state == "holds"
    assert queries.shown(row_again(row), event.at).why == "It is taken back."
    with pytest.raises(RuleBroken, match="stopped already"):
        services.revoke(consent=row)


def row_again(row):
    return SharingConsent.objects.get(pk=row.pk)


def test_a_stop_by_word_of_mouth_blocks_at_once_and_has_to_be_written_down():
    """RULE PRIV-14."""
    row, by = signed(PatientFactory()), StaffFactory()
    services.stop(consent=row, by=by, words="Called at nine: no more to my sister.")
    assert queries.sharing_of(row.patient)["holds"] == []
    task = PrivacyTask.objects.get()
    assert (task.kind, task.consent, task.done_at) == ("write_down", row, None)
    services.revoke(consent=row)
    task.refresh_from_db()
    assert (task.done_at, task.outcome) == (ConsentEvent.objects.get(what="revoked").at, "Taken back in writing.")


def test_a_stop_is_written_whole_or_not_at_all(monkeypatch):
    row = signed(PatientFactory())
    monkeypatch.setattr(PrivacyTask.objects, "create", lambda **_given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.stop(consent=row, by=StaffFactory(), words="Stop.")
    assert not ConsentEvent.objects.exists()


@pytest.mark.parametrize("act", [services.revoke, services.stop])
def test_a_consent_to_a_court_cannot_be_stopped_before_its_moment(act):
    row, by = of_kind(Kind.JUSTICE), StaffFactory()
    with pytest.raises(RuleBroken, match="your case depends on it"):
        act(consent=row, by=by, words="Stop.")
    services.tell(consent=row, what=ConsentEvent.What.REVOCABLE, by=by, words="Case closed today.")
    act(consent=row, by=by, words="Stop.")
    assert queries.sharing_of(row.patient)["holds"] == []


def test_what_happened_is_written_once_and_never_changed():
    row, by = signed(PatientFactory()), StaffFactory()
    event = services.tell(consent=row, what=ConsentEvent.What.ENDED, by=by, words="Finished.")
    with pytest.raises(RuleBroken, match="written down already"):
        services.tell(consent=row, what=ConsentEvent.What.ENDED, by=by, words="Finished again.")
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()


def test_refusing_keeps_what_was_explained_and_has_the_account_looked_over():
    """RULE PRIV-12."""
    patient, by = PatientFactory(), StaffFactory()
    refusal = services.refuse_tpo(patient=patient, by=by)
    assert refusal.explained == wording.refusal_consequences()
    assert PrivacyTask.objects.get().kind == "self_pay"
    assert queries.payment_is_refused(patient) == refusal
    assert services.refuse_tpo(patient=patient, by=by) == refusal
    assert PrivacyTask.objects.count() == 1
    signed(patient, Kind.TPO)
    assert queries.payment_is_refused(patient) is None
    assert services.refuse_tpo(patient=patient, by=by) != refusal


def test_taking_back_the_consent_for_payment_has_the_account_looked_over():
    services.revoke(consent=of_kind(Kind.TPO))
    assert PrivacyTask.objects.get().kind == "self_pay"


def test_a_missing_consent_for_counseling_notes_blocks_nothing():
    """RULE PRIV-10."""
    from stepdown.privacy.queries import NEEDED

    assert {str(each) for each in NEEDED}.isdisjoint(set(Kind))


def test_asking_twice_for_paper_is_asking_once_until_it_is_done():
    patient, officer = PatientFactory(), StaffFactory(roles=[Role.PRIVACY])
    first = services.ask_for(patient=patient, kind=PrivacyTask.Kind.PAPER)
    assert services.ask_for(patient=patient, kind=PrivacyTask.Kind.PAPER) == first
    services.finish_task(task=first, by=officer, outcome="Mailed.")
    assert services.ask_for(patient=patient, kind=PrivacyTask.Kind.PAPER) != first
    with pytest.raises(RuleBroken, match="done this already"):
        services.finish_task(task=first, by=officer, outcome="Again.")


def test_the_same_person_is_named_once():
    patient = PatientFactory()
    assert recipient_of(patient) == recipient_of(patient, name=" Lila Specimen ")
    assert recipient_of(PatientFactory()) != recipient_of(patient)

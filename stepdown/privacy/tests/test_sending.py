"""The gate, packets and disclosures. Source: RULE PRIV-11, PRIV-12, PRIV-13, PRIV-21, PRIV-26, PRIV-27, PRIV-42."""

from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Role
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.privacy import part2, queries_sending, services_sending, services_sharing
from stepdown.privacy.domain.accounting import HIPAA_YEARS, YEARS, since
from stepdown.privacy.domain.sharing import ORDINARY, Data, Kind, Purpose, Whom
from stepdown.privacy.models import ConsentEvent, Disclosure, Packet, PrivacyTask, RefusedDisclosure, SharingConsent
from stepdown.privacy.tests.factories import queued, recipient_of, sent, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient():
    return PatientFactory()


@pytest.fixture
def by():
    return StaffFactory()


def ask(patient, by, recipient=None, purpose=Purpose.ASKED, classes=(Data.PROGRAM,)):
    recipient = recipient or recipient_of(patient)
    return services_sending.ask_gate(patient=patient, recipient=recipient, purpose=purpose, classes=classes, by=by)


def test_what_a_consent_covers_passes_and_nothing_is_refused(patient, by):
    row = signed(patient)
    assert ask(patient, by).verdict.consent == row.pk
    assert not RefusedDisclosure.objects.exists()


def test_a_no_is_kept_with_its_code_and_how_to_mend_it(patient, by):
    """RULE PRIV-42."""
    signed(patient)
    answer = ask(patient, by, classes=[Data.PROGRAM, Data.TESTS])
    kept = RefusedDisclosure.objects.get()
    assert (kept.code, kept.no, kept.recipient_name, kept.by) == ("part2_no_consent", "scope", "Lila Specimen", by)
    assert kept.why == answer.sentence
    assert "drug tests" in answer.sentence
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.delete()


def test_after_a_revocation_every_try_fails_with_its_id(patient, by):
    """RULE PRIV-13."""
    event = services_sharing.revoke(consent=signed(patient))
    assert str(event.pk) in ask(patient, by).sentence
    assert RefusedDisclosure.objects.get().revocation == event


def test_consents_of_another_patient_open_nothing(patient, by):
    other = signed(PatientFactory())
    assert not ask(patient, by, recipient=other.recipient).verdict.allowed


@pytest.mark.parametrize("purpose", [Purpose.LAW_ENFORCEMENT, Purpose.IMMIGRATION, Purpose.EMPLOYMENT, Purpose.LEGAL])
def test_courts_police_immigration_and_employers_go_to_the_privacy_officer_once(patient, by, purpose):
    """RULE PRIV-21."""
    signed(patient, Kind.TPO, scope=list(ORDINARY))
    police = recipient_of(patient, Whom.POLICE, "Sampleton police")
    for _ in range(2):
        assert ask(patient, by, recipient=police, purpose=purpose).verdict.no == "officer"
    assert PrivacyTask.objects.get().kind == "officer"


def test_after_a_refusal_nothing_goes_to_a_payer_by_an_older_consent(patient, by):
    """RULE PRIV-12."""
    signed(patient, Kind.TPO)
    plan = recipient_of(patient, Whom.PLAN, "Examplecare")
    assert ask(patient, by, recipient=plan, purpose=Purpose.PAYMENT).verdict.allowed
    services_sharing.refuse_tpo(patient=patient, by=by)
    assert ask(patient, by, recipient=plan, purpose=Purpose.PAYMENT).verdict.no == "payment_refused"
    assert ask(patient, by, recipient=plan, purpose=Purpose.TREATMENT).verdict.allowed


def test_a_released_packet_is_written_down_whole(patient, by):
    """RULE PRIV-26."""
    row = signed(patient)
    found = sent(row, by)
    assert (found.recipient_name, found.recipient_address) == ("Lila Specimen", "1 Example Street")
    assert (found.purpose, found.classes, found.basis, found.consent, found.by) == (
        "patient_request",
        ["program"],
        "consent",
        row,
        by,
    )
    assert found.digest == sha256(b"%PDF made up").hexdigest()
    assert found.statement_said == part2.text("notice_2_32_statement_1")
    assert "when the program begins and ends" in found.scope
    assert found.packet.sent_at == found.at


def test_the_scope_says_the_day_on_which_the_patient_signed_where_they_are(by):
    """RULE PRIV-11: 11 pm in Chicago is the next day in UTC."""
    evening = datetime(2026, 3, 10, 23, tzinfo=ZoneInfo("America/Chicago"))
    row = signed(PatientFactory(time_zone="America/Chicago"), now=evening)
    assert "consented on March 10, 2026" in sent(row, by, now=evening + timedelta(hours=1)).scope


def test_what_is_told_by_phone_has_the_short_statement_and_no_file(patient, by):
    row = signed(patient)
    packet = queued(row, by, way="phone")
    found = services_sending.release(packet=packet, by=by, write=lambda _contents: 1 / 0)
    assert found.statement_said == part2.text("notice_2_32_statement_2")
    assert queries_sending.content_of(found.packet) == b""


def test_the_file_is_made_with_statement_and_scope_or_nothing_is_sent(patient, by):
    """RULE PRIV-11."""
    packet = queued(signed(patient), by)
    with pytest.raises(ZeroDivisionError):
        services_sending.release(packet=packet, by=by, write=lambda _contents: 1 / 0)
    packet.refresh_from_db()
    assert packet.state == "queued"
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("ends", [services_sharing.revoke, services_sharing.stop])
def test_what_waits_to_be_sent_is_cancelled_with_the_consent(patient, by, ends):
    """RULE PRIV-13."""
    row = signed(patient)
    gone, packet = sent(row, by), queued(row, by)
    event = ends(consent=row, by=by, words="Stop.")
    packet.refresh_from_db()
    assert (packet.state, packet.stopped_by, packet.cancelled_at) == ("cancelled", event, event.at)
    gone.packet.refresh_from_db()
    assert gone.packet.state == "sent"
    with pytest.raises(RuleBroken, match="cancelled already"):
        services_sending.release(packet=packet, by=by, write=lambda _contents: b"x")


def test_the_same_prepared_twice_is_one_packet_until_it_is_sent(patient, by):
    row = signed(patient)
    assert queued(row, by) == queued(row, by)
    assert queued(row, by, way="fax") != queued(row, by)
    before = sent(row, by)
    assert queued(row, by) != before.packet


def test_the_gate_is_asked_once_more_when_a_packet_is_released(patient, by):
    row = signed(patient, expires_event="", expires_on=timezone.localdate() + timedelta(days=1))
    packet = queued(row, by)
    later = timezone.now() + timedelta(days=3)
    assert services_sending.release(packet=packet, by=by, write=lambda _contents: b"x", now=later) is None
    packet.refresh_from_db()
    assert packet.state == "cancelled"
    assert "last day is over" in packet.cancelled_why
    assert not Disclosure.objects.exists()


def test_a_packet_carries_the_consent_by_which_it_goes_out(patient, by):
    """RULE PRIV-11: a newer one covers the same, and what was prepared by the older goes by it."""
    packet = queued(signed(patient), by)
    newer = signed(patient)
    written = []

    def write(contents):
        written.append(contents.packet.consent)
        return b"x"

    gone = services_sending.release(packet=packet, by=by, write=write)
    assert (written, gone.consent) == ([newer], newer)


def test_a_packet_goes_out_once(patient, by):
    packet = sent(signed(patient), by).packet
    with pytest.raises(RuleBroken, match="sent or cancelled already"):
        services_sending.release(packet=packet, by=by, write=lambda _contents: b"x")
    with pytest.raises(RuleBroken, match="sent or cancelled already"):
        services_sending.cancel(packet=packet, why="No.")
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Packet.objects.update(way="fax")


def disclosure(row, by, **changed):
    told = {
        "patient": row.patient, "recipient_name": "Lila", "recipient_address": "1 Example Street", "whom": "family",
        "purpose": "patient_request", "classes": ["program"], "digest": "0" * 64, "basis": "consent", "consent": row,
        "statement": 1, "scope": "When the program begins.", "by": by,
    }  # fmt: skip
    return Disclosure.objects.create(**told | changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"statement": 0},
        {"statement": 3},
        {"scope": ""},
        {"consent": None},
        {"basis": "emergency"},
        {"recipient_name": ""},
        {"recipient_address": ""},
        {"classes": ["program", "tests"]},
    ],
)
def test_the_database_lets_no_disclosure_in_without_what_the_law_asks_for(patient, by, changed):
    """RULE PRIV-02."""
    row = signed(patient)
    with pytest.raises(DatabaseError), transaction.atomic():
        disclosure(row, by, **changed)
    assert disclosure(row, by)


@pytest.mark.parametrize("what", [each for each in ConsentEvent.What if each != ConsentEvent.What.REVOCABLE])
def test_the_database_lets_nothing_out_by_a_consent_that_ended(patient, by, what):
    row = signed(patient)
    event = services_sharing.tell(consent=row, what=what, by=by, words="Over.")
    with pytest.raises(DatabaseError, match="No consent that holds"), transaction.atomic():
        disclosure(row, by, at=event.at + timedelta(seconds=1))


def test_the_database_lets_nothing_out_by_the_consent_of_another(patient, by):
    with pytest.raises(DatabaseError, match="No consent that holds"), transaction.atomic():
        disclosure(signed(PatientFactory()), by, patient=patient)


def test_disclosures_are_never_changed(patient, by):
    """RULE PRIV-26."""
    found = sent(signed(patient), by)
    for act in (found.delete, lambda: Disclosure.objects.update(recipient_name="Nobody")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


@pytest.mark.parametrize("years", [YEARS, HIPAA_YEARS])
def test_an_accounting_lists_exactly_the_rows_of_its_window(patient, by, years):
    """RULE PRIV-27."""
    now = timezone.now()
    row = signed(patient, now=now - timedelta(days=365 * 9))
    first = since(now, years, ZoneInfo(patient.time_zone))
    tick = timedelta(microseconds=1)
    inside = [disclosure(row, by, at=at) for at in (first, first + tick, now - timedelta(days=30), now)]
    for at in (first - tick, first - timedelta(days=1), now + timedelta(seconds=1)):
        disclosure(row, by, at=at)
    found = queries_sending.disclosures_of(patient, years=years, now=now)
    assert {each.pk for each in found} == {each.pk for each in inside}


def test_an_accounting_holds_nothing_of_others(patient, by):
    sent(signed(PatientFactory()), by)
    assert not queries_sending.disclosures_of(patient, years=YEARS, now=timezone.now()).exists()


def test_the_officer_sends_by_a_legal_consent(patient):
    officer = StaffFactory(roles=[Role.PRIVACY])
    lawyer = recipient_of(patient, Whom.LAWYER, "Lee Lawful")
    row = signed(patient, Kind.LEGAL, recipient=lawyer, expires_event="final disposition of the case")
    assert sent(row, officer).consent == row
    assert SharingConsent.objects.get() == row

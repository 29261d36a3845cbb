"""Whether a consent to share holds: each rule at its edges. Source: RULE PRIV-06 to PRIV-09, PRIV-14, PRIV-16."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.privacy.domain import consents as domain
from stepdown.privacy.domain.consents import Consent, Failure, Why, failures, flaws, is_valid, may_revoke, required
from stepdown.privacy.domain.fits import FITS
from stepdown.privacy.domain.sharing import (
    END_OF_STUDY,
    END_OF_TREATMENT,
    NO_END,
    ORDINARY,
    TPO,
    Data,
    Kind,
    Purpose,
    Whom,
)

CENTRAL, HAWAII = ZoneInfo("America/Chicago"), ZoneInfo("Pacific/Honolulu")
SIGNED = datetime(2026, 3, 2, 15, tzinfo=UTC)
NOW = datetime(2026, 3, 11, 18, tzinfo=UTC)
SECOND = timedelta(microseconds=1)


def consent(kind=Kind.SPECIFIC, **changed) -> Consent:
    """The smallest whole consent of a kind."""
    fit = FITS[kind]
    whole = Consent(
        kind=kind,
        time_zone=CENTRAL,
        patient_name="Walt Specimen",
        disclosing_parties=("Fernbrook Center",),
        information_scope=(Data.COUNSELING_NOTES,) if kind == Kind.COUNSELING_NOTES else (Data.PROGRAM,),
        recipients=("Lila Specimen",),
        recipient_kind=fit.whom[0] if fit.whom else "",
        purposes=fit.purposes if fit.is_fixed else fit.purposes[:1],
        revocation_text="You can take this back.",
        revocation_method="Tap Stop.",
        expires_on=date(2026, 6, 1),
        signature="Walt Specimen",
        signer_role="patient",
        signed_at=SIGNED,
    )
    if kind == Kind.TPO:
        whole = replace(whole, redisclosure_statement="May be passed on.", refusal_consequences="We treat you anyway.")
    if kind == Kind.INTERMEDIARY:
        whole = replace(
            whole,
            intermediary_participants=("My treating providers there",),
            redisclosure_statement="May be passed on.",
        )
    if kind == Kind.JUSTICE:
        whole = replace(
            whole, case_reference="26-CR-0007", monitors=("Unit 4",), duration="probation", revocable_event="the end"
        )
    return replace(whole, **changed)


def why(one: Consent, at: datetime = NOW) -> set[Why]:
    return {failure.why for failure in failures(one, at)}


@pytest.mark.parametrize("kind", Kind)
def test_a_whole_consent_of_each_kind_holds(kind):
    assert failures(consent(kind), NOW) == ()


EMPTY = {"expiry": {"expires_on": None, "expires_event": " "}, "revocable_when": {"revocable_event": ""}}


@pytest.mark.parametrize(("kind", "element"), [(kind, element) for kind in Kind for element in required(consent(kind))])
def test_without_any_one_element_of_its_kind_it_does_not_hold_and_says_which(kind, element):
    """RULE PRIV-06."""
    value = getattr(consent(kind), element, None)
    blank = {tuple: (" ",), str: "  "}.get(type(value))
    less = consent(kind, **EMPTY.get(element, {element: blank}))
    assert Failure(Why.MISSING, element) in failures(less, NOW)
    assert not is_valid(less, NOW)


def test_the_elements_of_each_kind():
    common = set(domain.ALWAYS)
    assert {kind: set(required(consent(kind))) - common for kind in Kind} == {
        Kind.SPECIFIC: set(),
        Kind.TPO: {"redisclosure_statement", "refusal_consequences"},
        Kind.JUSTICE: {"case_reference", "monitors", "duration", "revocable_when"},
        Kind.LEGAL: set(),
        Kind.COUNSELING_NOTES: set(),
        Kind.INTERMEDIARY: {"intermediary_participants"},
        Kind.RESEARCH: set(),
    }


def test_a_covered_entity_that_gets_records_for_treatment_reads_the_redisclosure_statement():
    to_doctor = consent(recipient_kind=Whom.PROVIDER, purposes=(Purpose.TREATMENT,))
    assert failures(to_doctor, NOW) == (Failure(Why.MISSING, "redisclosure_statement"),)
    assert is_valid(replace(to_doctor, purposes=(Purpose.ASKED,)), NOW)


def test_who_raises_funds_tells_of_the_right_to_refuse():
    assert failures(consent(Kind.TPO, fundraises=True), NOW) == (Failure(Why.MISSING, "fundraising_notice"),)
    assert is_valid(consent(Kind.TPO, fundraises=True, fundraising_notice="You may refuse."), NOW)


@pytest.mark.parametrize(
    ("zone", "last", "first_after"),
    [
        (CENTRAL, datetime(2026, 6, 2, 4, 59, 59, 999999, UTC), datetime(2026, 6, 2, 5, tzinfo=UTC)),
        (HAWAII, datetime(2026, 6, 2, 9, 59, 59, 999999, UTC), datetime(2026, 6, 2, 10, tzinfo=UTC)),
        (UTC, datetime(2026, 6, 1, 23, 59, 59, 999999, UTC), datetime(2026, 6, 2, tzinfo=UTC)),
    ],
)
def test_it_holds_through_its_last_day_where_the_patient_is(zone, last, first_after):
    """RULE PRIV-06."""
    one = consent(time_zone=zone)
    assert is_valid(one, last)
    assert why(one, first_after) == {Why.EXPIRED}


def test_the_last_day_ends_later_when_the_clocks_go_back():
    one = consent(expires_on=date(2026, 11, 1))  # 25 hours long
    assert is_valid(one, datetime(2026, 11, 2, 5, 59, 59, tzinfo=UTC))
    assert why(one, datetime(2026, 11, 2, 6, tzinfo=UTC)) == {Why.EXPIRED}


def test_it_ends_after_its_event():
    one = consent(expires_on=None, expires_event=END_OF_TREATMENT, expired_at=NOW)
    assert is_valid(one, NOW)
    assert why(one, NOW + SECOND) == {Why.EVENT}
    assert is_valid(replace(one, expired_at=None), NOW + timedelta(days=3650))


def test_it_ends_at_the_very_moment_it_is_revoked_or_stopped():
    """RULE PRIV-06."""
    for field, reason in (("revoked_at", Why.REVOKED), ("stopped_at", Why.STOPPED)):
        one = consent(**{field: NOW})
        assert is_valid(one, NOW - SECOND)
        assert why(one, NOW) == {reason}
        assert why(one, NOW + SECOND) == {reason}


def test_what_is_marked_false_never_holds():
    assert why(consent(is_false=True), SIGNED) == {Why.FALSE}


def test_it_holds_from_its_signature_on():
    assert is_valid(consent(), SIGNED)
    assert why(consent(), SIGNED - SECOND) == {Why.NOT_YET}


def test_every_reason_is_told_at_once():
    """RULE PRIV-06."""
    broken = consent(
        patient_name="", expires_on=date(2026, 3, 10), expired_at=SIGNED, revoked_at=SIGNED, is_false=True,
        information_scope=(Data.PROGRAM, Data.COUNSELING_NOTES),
    )  # fmt: skip
    assert [failure.why for failure in failures(broken, NOW)] == [
        Why.MISSING, Why.MIXED, Why.EXPIRED, Why.EVENT, Why.REVOKED, Why.FALSE,
    ]  # fmt: skip


def test_a_moment_without_a_zone_is_no_moment():
    with pytest.raises(ValueError, match="zone"):
        failures(consent(), datetime(2026, 3, 11))  # noqa: DTZ001


@pytest.mark.parametrize("less", ["redisclosure_statement", "refusal_consequences"])
def test_a_tpo_consent_without_both_statements_cannot_be_signed(less):
    """RULE PRIV-07."""
    assert flaws(consent(Kind.TPO, **{less: "", "signature": "", "signed_at": None})) == (Failure(Why.MISSING, less),)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("said", ["none", "None", " NONE "])
def test_no_end_is_for_a_pure_tpo_consent_alone(kind, said):
    """RULE PRIV-08."""
    endless = consent(kind, expires_on=None, expires_event=said)
    assert (Failure(Why.ENDLESS) in flaws(endless)) is (kind != Kind.TPO)


def test_a_tpo_consent_with_another_purpose_is_not_pure():
    mixed = consent(Kind.TPO, expires_on=None, expires_event=NO_END, purposes=(*TPO, Purpose.EMPLOYMENT))
    assert Failure(Why.ENDLESS) in flaws(mixed)
    assert Failure(Why.ENDLESS) not in flaws(replace(mixed, expires_on=date(2027, 1, 1)))


@pytest.mark.parametrize("event", [END_OF_TREATMENT, END_OF_STUDY])
def test_an_event_is_an_end(event):
    assert is_valid(consent(expires_on=None, expires_event=event), NOW)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("data", ORDINARY)
def test_counseling_notes_stand_alone(kind, data):
    """RULE PRIV-09."""
    both = consent(kind, information_scope=(Data.COUNSELING_NOTES, data))
    assert Failure(Why.MIXED) in flaws(both)
    alone = consent(kind, information_scope=(Data.COUNSELING_NOTES,))
    assert (Failure(Why.MIXED) in flaws(alone)) is (kind != Kind.COUNSELING_NOTES)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("other", [each for each in Purpose if each != Purpose.LEGAL])
def test_a_legal_proceeding_stands_alone(kind, other):
    """RULE PRIV-09."""
    both = consent(kind, purposes=(Purpose.LEGAL, other), redisclosure_statement="May be passed on.")
    assert Failure(Why.MIXED) in flaws(both)
    alone = consent(kind, purposes=(Purpose.LEGAL,))
    assert (Failure(Why.MIXED) in flaws(alone)) is (kind != Kind.LEGAL)


def test_a_criminal_justice_consent_is_taken_back_from_its_day_or_event_on():
    """RULE PRIV-16."""
    by_day = consent(Kind.JUSTICE, revocable_event="", revocable_on=date(2026, 3, 11))
    assert not may_revoke(by_day, datetime(2026, 3, 11, 4, 59, 59, tzinfo=UTC))
    assert may_revoke(by_day, datetime(2026, 3, 11, 5, tzinfo=UTC))
    by_event = consent(Kind.JUSTICE, revocable_at=NOW)
    assert not may_revoke(by_event, NOW - SECOND)
    assert may_revoke(by_event, NOW)
    assert "your case" in may_revoke(consent(Kind.JUSTICE), NOW).reason


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.JUSTICE])
def test_every_other_consent_is_taken_back_at_any_time_once(kind):
    assert may_revoke(consent(kind), SIGNED)
    assert not may_revoke(consent(kind, revoked_at=SIGNED), SIGNED)


TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(at=TIMES, later=TIMES, revoked=st.none() | TIMES, stopped=st.none() | TIMES, ended=st.none() | TIMES)
def test_what_held_no_longer_never_holds_again(at, later, revoked, stopped, ended):
    one = consent(
        signed_at=datetime(2019, 1, 1, tzinfo=UTC), revoked_at=revoked, stopped_at=stopped, expired_at=ended,
        expires_on=date(2026, 6, 1),
    )  # fmt: skip
    first, second = sorted((at, later))
    assert set(failures(one, first)) <= set(failures(one, second))


@given(
    kind=st.sampled_from(Kind),
    less=st.sets(st.sampled_from(sorted({*domain.ALWAYS, "redisclosure_statement", "case_reference"} - {"expiry"}))),
)
def test_what_cannot_be_signed_does_not_hold_at_any_time(kind, less):
    one = consent(kind)
    one = replace(one, **{name: () if isinstance(getattr(one, name), tuple) else None for name in less - {"purposes"}}
                  | {name: "" for name in less if isinstance(getattr(one, name), str)})  # fmt: skip
    assert set(flaws(one)) <= set(failures(one, NOW))

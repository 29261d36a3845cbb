"""What the gate says. Source: RULE PRIV-12, PRIV-13, PRIV-21, PRIV-42."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.privacy.domain.consents import Why
from stepdown.privacy.domain.gate import Asked, Code, Held, No, decide
from stepdown.privacy.domain.sharing import ROUTED, ROUTED_RECIPIENTS, TPO, Data, Kind, Purpose, Whom
from stepdown.privacy.tests.test_consent_rules import NOW, SECOND, SIGNED, consent

LILA, DOCTOR = uuid4(), uuid4()


def asked(recipient=LILA, whom=Whom.FAMILY, purpose=Purpose.ASKED, classes=(Data.PROGRAM,), **more) -> Asked:
    return Asked(recipient, whom, purpose, frozenset(classes), more.pop("at", NOW), **more)


def held(recipient=LILA, revocation=None, **changed) -> Held:
    kind = changed.pop("kind", Kind.SPECIFIC)
    return Held(uuid4(), consent(kind, **changed), None if kind == Kind.TPO else recipient, revocation)


def test_a_consent_that_covers_it_lets_it_pass():
    one = held()
    assert decide(asked(), [one]).consent == one.id
    assert decide(asked(), [one]).allowed


@pytest.mark.parametrize(
    ("question", "no"),
    [
        (asked(recipient=DOCTOR), No.NOBODY),
        (asked(classes=()), No.NOTHING_CHOSEN),
        (asked(purpose=Purpose.SUPPORT), No.PURPOSE),
        (asked(classes=(Data.PROGRAM, Data.TESTS)), No.SCOPE),
    ],
)
def test_the_nearest_reason_is_told(question, no):
    verdict = decide(question, [held()])
    assert (verdict.allowed, verdict.no, verdict.code) == (False, no, Code.NO_CONSENT)


def test_what_the_consent_does_not_cover_is_named():
    verdict = decide(asked(classes=(Data.PROGRAM, Data.TESTS)), [held(), held(information_scope=(Data.NOTES,))])
    assert verdict.beyond == {Data.TESTS}


def test_a_revoked_consent_answers_with_the_id_of_its_revocation():
    revocation = uuid4()
    one = held(revoked_at=NOW, revocation=revocation)
    assert decide(asked(at=NOW - SECOND), [one]).allowed
    verdict = decide(asked(), [one])
    assert (verdict.no, verdict.revocation) == (No.INVALID, revocation)
    assert {failure.why for failure in verdict.failures} == {Why.REVOKED}


def test_one_that_ended_does_not_hide_one_that_holds():
    good = held()
    assert decide(asked(), [held(revoked_at=SIGNED), good, held(is_false=True)]).consent == good.id


@pytest.mark.parametrize("whom", Whom)
def test_a_tpo_consent_means_providers_plans_and_helpers_alone(whom):
    question = asked(recipient=DOCTOR, whom=whom, purpose=Purpose.TREATMENT)
    verdict = decide(question, [held(kind=Kind.TPO)])
    assert verdict.allowed is (whom in {Whom.PROVIDER, Whom.PLAN, Whom.HELPER})


@pytest.mark.parametrize("purpose", sorted(ROUTED))
@pytest.mark.parametrize("whom", Whom)
@pytest.mark.parametrize("by_officer", [False, True])
def test_a_tpo_consent_never_answers_a_court_police_immigration_or_an_employer(purpose, whom, by_officer):
    """RULE PRIV-21."""
    one = held(kind=Kind.TPO, purposes=(*TPO, purpose))
    question = asked(recipient=DOCTOR, whom=whom, purpose=purpose, by_officer=by_officer)
    assert decide(question, [one]).no == (No.NOBODY if by_officer else No.OFFICER)


@pytest.mark.parametrize("whom", sorted(ROUTED_RECIPIENTS))
def test_who_asks_decides_whatever_they_say_it_is_for(whom):
    one = held(recipient_kind=whom)
    assert decide(asked(whom=whom), [one]).no == No.OFFICER
    assert decide(asked(whom=whom, by_officer=True), [one]).consent == one.id


def test_a_legal_consent_passes_by_the_privacy_officer_alone():
    one = held(kind=Kind.LEGAL)
    question = {"whom": Whom.LAWYER, "purpose": Purpose.LEGAL}
    assert decide(asked(**question), [one]).no == No.OFFICER
    assert decide(asked(**question, by_officer=True), [one]).allowed


def test_after_a_refusal_nothing_goes_to_a_payer_until_they_sign_again():
    plan = {"whom": Whom.PLAN, "purpose": Purpose.PAYMENT}
    before = held(kind=Kind.TPO)
    assert decide(asked(**plan), [before], payment_refused_at=NOW).no == No.PAYMENT_REFUSED
    assert decide(asked(**plan), [before], payment_refused_at=SIGNED).no == No.PAYMENT_REFUSED
    assert decide(asked(**plan), [before], payment_refused_at=SIGNED - SECOND).allowed
    assert decide(asked(**plan, at=NOW - SECOND), [before], payment_refused_at=NOW).allowed
    assert decide(asked(), [held()], payment_refused_at=NOW).allowed


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.COUNSELING_NOTES])
def test_counseling_notes_pass_by_their_own_consent_alone(kind):
    assert not decide(asked(purpose=Purpose.ASKED, classes=(Data.COUNSELING_NOTES,)), [held(kind=kind)]).allowed
    assert decide(asked(classes=(Data.COUNSELING_NOTES,)), [held(kind=Kind.COUNSELING_NOTES)]).allowed


HELD = st.builds(
    lambda kind, revoked, scope, recipient: held(
        kind=kind, recipient=recipient, information_scope=tuple(scope), revoked_at=revoked
    ),
    st.sampled_from(Kind),
    st.none() | st.just(SIGNED),
    st.sets(st.sampled_from(Data)),
    st.sampled_from([LILA, DOCTOR]),
)
ASKED = st.builds(
    asked,
    recipient=st.sampled_from([LILA, DOCTOR]),
    whom=st.sampled_from(Whom),
    purpose=st.sampled_from(Purpose),
    classes=st.sets(st.sampled_from(Data)),
    at=st.sampled_from([SIGNED - timedelta(days=1), NOW]),
    by_officer=st.booleans(),
)


@given(question=ASKED, consents=st.lists(HELD, max_size=4))
def test_a_yes_names_a_valid_consent_and_a_no_its_reason(question, consents):
    verdict = decide(question, consents)
    assert verdict.allowed is (verdict.no is None) is (verdict.code is None)
    if verdict.allowed:
        by = next(one for one in consents if one.id == verdict.consent).consent
        assert by.revoked_at is None
        assert question.classes <= set(by.information_scope)
        assert question.purpose in by.purposes


@given(question=ASKED, consents=st.lists(HELD, max_size=4), less=st.integers(0, 3))
def test_taking_a_consent_away_never_opens_the_gate(question, consents, less):
    if not decide(question, consents).allowed:
        assert not decide(question, [one for n, one in enumerate(consents) if n != less]).allowed


def test_ids_are_what_the_verdict_speaks_of():
    assert isinstance(decide(asked(), [held()]).consent, UUID)


@pytest.mark.parametrize("data", [Data.NOTES, Data.COUNSELING_NOTES, Data.SAFETY_PLAN, Data.SCORES])
def test_what_is_no_part_of_the_report_to_a_court_never_passes_even_if_a_consent_names_it(data):
    """RULE PRIV-17."""
    scope = (Data.ATTENDANCE, data)
    one = held(kind=Kind.JUSTICE, information_scope=scope)
    purpose, whom = one.consent.purposes[0], Whom.MONITOR
    verdict = decide(asked(purpose=purpose, whom=whom, classes=scope), [one])
    assert (verdict.allowed, verdict.beyond or verdict.no) in ((False, {data}), (False, No.INVALID))
    assert decide(
        asked(purpose=purpose, whom=whom, classes=(Data.ATTENDANCE,)),
        [held(kind=Kind.JUSTICE, information_scope=scope[:1])],
    )

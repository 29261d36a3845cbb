"""What a patient pays for themself is not told to their health plan. RULE PRIV-29; 45 CFR 164.522(a)(1)(vi)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import gate, services_audits, services_rights, services_sending
from stepdown.privacy import queries_self_pay as queries
from stepdown.privacy import services_self_pay as services
from stepdown.privacy.days import today
from stepdown.privacy.domain.self_pay import Days
from stepdown.privacy.domain.sharing import Data, Kind, Purpose, Whom
from stepdown.privacy.models import Disclosure, RefusedDisclosure, RightsRequest, SelfPayRestriction
from stepdown.privacy.services_asked import Request, ask_about
from stepdown.privacy.tests.factories import audited, came, queued, recipient_of, signed
from stepdown.ui.navigation import Waiting

DAY = timedelta(days=1)


@pytest.fixture
def patient(db):
    CenterFactory(time_zone="America/Chicago")
    return PatientFactory()


@pytest.fixture
def by(patient):
    return StaffFactory()


@pytest.fixture
def officer(patient):
    return StaffFactory(roles=[Role.PRIVACY])


@pytest.fixture
def biller(patient):
    return StaffFactory(roles=[Role.BILLER])


@pytest.fixture
def plan(patient):
    """A plan that hears of records from others, as the patient consented."""
    signed(patient, Kind.TPO, scope=[Data.PROGRAM, Data.RECEIVED])
    return recipient_of(patient, Whom.PLAN, "Examplecare")


def pays(patient, first=None, last=None, **more):
    return services.restrict(patient=patient, first_on=first or today(), last_on=last or first or today(), **more)


def claim(patient, plan, *days, purpose=Purpose.PAYMENT, **more):
    """As what sends an 837, a 270 or a 278 has to ask."""
    named = [Days(day, day) for day in days]
    told = {"classes": [Data.PROGRAM], "at": timezone.now(), "by_officer": False} | more
    return gate.ask(patient=patient, recipient=plan, purpose=purpose, days=named, **told)


def test_no_claim_goes_out_of_a_restricted_day_and_those_of_other_days_do(patient, plan):
    """RULE PRIV-29."""
    pays(patient, today())
    assert claim(patient, plan, today()).code == "self_pay_restriction"
    assert claim(patient, plan, today() - DAY, today()).no == "self_paid"
    assert claim(patient, plan, today() - DAY, today() + DAY).allowed


@pytest.mark.parametrize("purpose", [Purpose.PAYMENT, Purpose.OPERATIONS, Purpose.TREATMENT])
def test_a_plan_hears_nothing_whatever_it_is_for(patient, plan, purpose):
    pays(patient, today())
    assert claim(patient, plan, today(), purpose=purpose).no == "self_paid"


def test_who_treats_the_patient_hears_of_all_days(patient, plan):
    pays(patient, today())
    doctor = recipient_of(patient, Whom.PROVIDER, "Dr. Fictus")
    assert claim(patient, doctor, today(), purpose=Purpose.TREATMENT).allowed


def test_a_claim_that_names_no_day_may_be_of_any(patient, plan):
    came(patient)
    pays(patient, today() - 15 * DAY)
    assert not claim(patient, plan, classes=[Data.RECEIVED]).allowed


def test_another_plan_is_told_when_the_patient_named_one(patient, plan):
    pays(patient, today(), plan="Examplecare HMO")
    other = recipient_of(patient, Whom.PLAN, "Fictus Mutual")
    assert not claim(patient, plan, today()).allowed
    assert claim(patient, other, today()).allowed


def ask(patient, plan, by, **more):
    told = {"purpose": Purpose.PAYMENT, "classes": [Data.RECEIVED]} | more
    return services_sending.ask_gate(patient=patient, recipient=plan, by=by, **told)


def test_the_gate_looks_itself_at_what_would_be_sent_and_says_how_to_mend_it(patient, plan, by):
    """RULE PRIV-29, PRIV-42."""
    came(patient)
    assert ask(patient, plan, by).verdict.allowed
    first, last = today() - 15 * DAY, today() - 14 * DAY
    pays(patient, first, last)
    answer = ask(patient, plan, by)
    kept = RefusedDisclosure.objects.get()
    assert (kept.code, kept.no, kept.why) == ("self_pay_restriction", "self_paid", answer.sentence)
    assert "records from others. Choose other days" in answer.sentence


def test_only_the_days_that_were_chosen_are_asked_about_and_sent(patient, plan, by):
    came(patient, covers_from=today() - 30 * DAY, covers_until=today() - 25 * DAY, what="Old")
    came(patient, covers_from=today() - 9 * DAY, covers_until=today() - 5 * DAY, document=b"%PDF-1.7 other %%EOF")
    pays(patient, today() - 6 * DAY, today())
    chosen = Days(today() - 40 * DAY, today() - 20 * DAY)
    assert not ask(patient, plan, by).verdict.allowed
    answer = services_sending.prepare_packet(
        patient=patient, recipient=plan, purpose="payment", classes=[Data.RECEIVED], way="mail", by=by, within=chosen
    )
    shown = []
    sent = services_sending.release(packet=answer.packet, by=by, write=lambda made: shown.append(made) or b"%PDF")
    assert [item.title for item in shown[0].items[Data.RECEIVED]] == ["Old"]
    assert len(sent.items) == 1


def test_what_was_prepared_before_is_asked_about_again_and_not_sent(patient, plan, by):
    """RULE PRIV-29."""
    came(patient)
    consent = patient.sharing_consents.get()
    packet = queued(consent, by, recipient=plan, purpose="payment", classes=[Data.RECEIVED])
    pays(patient, today() - 15 * DAY)
    assert services_sending.release(packet=packet, by=by, write=lambda _made: 1 / 0) is None
    packet.refresh_from_db()
    assert packet.state == "cancelled"
    assert "pays for these days themself" in packet.cancelled_why
    assert not Disclosure.objects.exists()


def test_what_a_law_requires_is_sent_by_the_officer_with_that_law_in_the_accounting(patient, plan, by, officer):
    """RULE PRIV-29."""
    came(patient)
    pays(patient, today() - 15 * DAY)
    assert not ask(patient, plan, by, by_law="42 CFR 438.242").verdict.allowed
    packet = queued(
        patient.sharing_consents.get(), officer, recipient=plan, purpose="payment", classes=[Data.RECEIVED],
        by_law="42 CFR 438.242",
    )  # fmt: skip
    sent = services_sending.release(packet=packet, by=officer, write=lambda _made: b"%PDF")
    assert sent.facts == {"law": "42 CFR 438.242"}


def test_a_plan_that_calls_and_asks_about_a_person_hears_the_neutral_sentence(patient, plan, officer):
    """RULE PRIV-29: an eligibility question by phone too."""
    came(patient)
    pays(patient, today() - 15 * DAY)
    told = Request(plan.name, Whom.PLAN, "", "phone", patient.name, "payment", [Data.RECEIVED])
    assert ask_about(request=told, by=officer).consent is None
    assert RefusedDisclosure.objects.get().code == "self_pay_restriction"


def test_an_audit_of_a_payer_shows_nothing_of_these_days_and_names_nobody_of_whom_nothing_is_left(patient, officer):
    """RULE PRIV-29."""
    other = PatientFactory()
    for one in (patient, other):
        came(one, covers_from=today() - 9 * DAY, covers_until=today() - 5 * DAY)
    came(other, covers_from=today() - 30 * DAY, covers_until=today() - 25 * DAY, document=b"%PDF-1.7 old %%EOF")
    pays(patient, today() - 40 * DAY, today())
    pays(other, today() - 6 * DAY, today())
    audit = audited(other, classes=[Data.RECEIVED], is_open=False, by=officer)
    with pytest.raises(RuleBroken, match="pays for all that this audit would show"):
        services_audits.name(audit=audit, patient=patient, by=officer)
    services_audits.open_audit(audit=audit, by=officer)
    assert len(services_audits.look(named=audit.named.get())[Data.RECEIVED]) == 1


def test_whom_a_payers_audit_named_before_is_not_told_to_it_any_more(patient, officer):
    came(patient)
    audit = audited(patient, classes=[Data.RECEIVED], by=officer)
    assert services_audits.see_names(audits=[audit])[audit] == [patient]
    pays(patient, today() - 40 * DAY, today())
    assert services_audits.see_names(audits=[audit])[audit] == []
    assert services_audits.look(named=audit.named.get()) is None


def test_an_oversight_body_is_shown_all_of_it(patient, officer):
    """What a law requires to be shown passes."""
    came(patient)
    pays(patient, today() - 40 * DAY, today())
    audit = audited(patient, kind="licensing", classes=[Data.RECEIVED], by=officer)
    assert services_audits.look(named=audit.named.get())[Data.RECEIVED]


def test_it_ends_by_the_patients_word_and_is_never_changed_or_deleted(patient, officer, plan):
    """RULE PRIV-29."""
    one = pays(patient, today())
    for act in (one.delete, lambda: SelfPayRestriction.objects.update(last_on=today() + DAY)):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    with pytest.raises(RuleBroken, match="what the patient said"):
        services.end(restriction=one, by=officer)
    services.end(restriction=one, by=officer, words="Called on Monday: the plan may know.")
    assert claim(patient, plan, today()).allowed
    with pytest.raises(RuleBroken, match="already"):
        services.end(restriction=one, by=officer, words="Again.")
    with pytest.raises(DatabaseError, match="took this back"), transaction.atomic():
        SelfPayRestriction.objects.update(ended_at=None, ended_by=None, ended_words="")
    assert one.events.count() == 2


def test_what_is_paid_is_said_again_and_the_history_keeps_the_words(patient, biller):
    one = services.restrict(patient=patient, first_on=today(), last_on=None)
    assert queries.waits_for(biller) == Waiting(1)
    for through, words in ((today(), "Receipt 1"), (today() + DAY, "Receipt 2")):
        services.confirm_paid(restriction=one, through=through, words=words, by=biller)
    assert queries.waits_for(biller) == Waiting(0)
    assert list(one.events.order_by("pgh_id").values_list("paid_words", flat=True)) == ["", "Receipt 1", "Receipt 2"]
    with pytest.raises(RuleBroken, match="through which day"):
        services.confirm_paid(restriction=one, through=today() - DAY, words="Receipt 3", by=biller)


def test_asked_for_twice_it_is_one(patient):
    assert pays(patient, today()) == pays(patient, today())
    days = {"patient": patient, "first_on": today() + DAY, "last_on": None}
    assert services_rights.ask_self_pay(**days) == services_rights.ask_self_pay(**days)
    assert RightsRequest.objects.count() == 1


# -- pages


def boxes(name: str, day: date) -> dict:
    return {f"{name}_month": day.month, f"{name}_day": day.day, f"{name}_year": day.year}


def test_a_patient_asks_it_holds_at_once_and_the_officer_can_only_agree(client, patient, plan, officer):
    """RULE PRIV-29, PRIV-28."""
    services_rights.ask(patient=patient, kind="restriction", words="Nothing to my uncle.")
    mine = as_patient(client, patient)
    page = mine.post(reverse("privacy:my_rights"), {"kind": "self_pay", "words": "I pay by card."}).content.decode()
    assert "Do not tell my health plan" in page
    assert "I pay by card." in page
    sent = boxes("first_on", today()) | boxes("last_on", today() + DAY) | {"ends": "day", "words": "I pay by card."}
    assert mine.post(reverse("privacy:my_self_pay"), sent).status_code == 302
    one = SelfPayRestriction.objects.get()
    assert (one.first_on, one.last_on, one.request.kind, one.written_by) == (today(), today() + DAY, "self_pay", None)
    assert not claim(patient, plan, today()).allowed
    assert "Take it back" in mine.get(reverse("privacy:my_sharing")).content.decode()
    with pytest.raises(RuleBroken, match="no choice"):
        services_rights.answer(request=one.request, outcome="denied", words="No.", by=officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        RightsRequest.objects.filter(pk=one.request_id).update(outcome="denied", answered_at=timezone.now())
    staff = sign_in(client, officer)
    assert 'value="denied"' not in staff.get(reverse("privacy:request", args=[one.request_id])).content.decode()
    answered = {"answer-outcome": "granted", "answer-words": "Your plan hears nothing."}
    assert staff.post(reverse("privacy:answer_request", args=[one.request_id]), answered).status_code == 302


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"ends": "open"}, "Enter the first day."),
        (boxes("first_on", date(2026, 3, 2)), "Choose until when."),
        (boxes("first_on", date(2026, 3, 2)) | {"ends": "day"}, "Enter the day."),
        (
            boxes("first_on", date(2026, 3, 2)) | boxes("last_on", date(2026, 3, 1)) | {"ends": "day"},
            "Enter a last day that is not before the first.",
        ),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(client, patient, sent, sentence):
    answer = as_patient(client, patient).post(reverse("privacy:my_self_pay"), sent | {"plan": "Examplecare"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'value="Examplecare"' in answer.content.decode()
    assert not SelfPayRestriction.objects.exists()


@pytest.mark.parametrize("way", ["withdraw", "take_back_self_pay"])
def test_a_patient_takes_it_back_in_either_place_and_both_are_over(client, patient, plan, way):
    one = services_rights.ask_self_pay(patient=patient, first_on=today(), last_on=None)
    other = services_rights.ask_self_pay(patient=PatientFactory(), first_on=today(), last_on=None)
    phone = as_patient(client, patient)
    ids = {"withdraw": (one.request_id, other.request_id), "take_back_self_pay": (one.pk, other.pk)}[way]
    assert phone.post(reverse(f"privacy:{way}", args=[ids[1]])).status_code == 404
    assert phone.post(reverse(f"privacy:{way}", args=[ids[0]])).status_code == 302
    one.refresh_from_db()
    assert (one.ended_by, one.request.outcome) == (None, "withdrawn")
    assert one.ended_at
    assert claim(patient, plan, today()).allowed


def test_billing_sees_whose_days_and_confirms_the_payment_without_a_word_of_what_was_said(client, patient, biller):
    """RULE PRIV-29, PRIV-33."""
    one = pays(patient, today(), words="My husband must not see it.", plan="Examplecare")
    billing = sign_in(client, biller)
    pages = [reverse("privacy:self_pay"), reverse("privacy:paid_self_pay", args=[one.pk])]
    said = "".join(billing.get(page).content.decode() for page in pages)
    assert patient.name in said
    assert "Examplecare" in said
    assert "My husband" not in said
    assert billing.post(pages[1], boxes("paid-through", today()) | {"paid-words": "Receipt 7"}).status_code == 302
    one.refresh_from_db()
    assert (one.is_paid, one.paid_by) == (True, biller)


def test_an_officer_writes_down_what_came_by_phone_and_what_ends_it(client, patient, officer):
    staff = sign_in(client, officer)
    page = reverse("privacy:record_self_pay", args=[patient.pk])
    assert staff.post(page, boxes("first_on", today()) | {"ends": "open"}).status_code == 422
    told = boxes("first_on", today()) | {"ends": "open", "words": "Called today."}
    assert staff.post(page, told).status_code == 302
    one = SelfPayRestriction.objects.get()
    assert (one.written_by, one.request, one.last_on) == (officer, None, None)
    assert staff.post(reverse("privacy:end_self_pay", args=[one.pk]), {"end-words": "Came by."}).status_code == 302
    assert staff.post(reverse("privacy:end_self_pay", args=[one.pk]), {"end-words": "Again."}).status_code == 403
    assert "Came by." in staff.get(page).content.decode()


def test_who_sends_reads_why_not_and_only_an_officer_may_name_a_law(client, patient, plan, officer):
    came(patient)
    pays(patient, today() - 15 * DAY)
    page = reverse("privacy:send", args=[patient.pk])
    sent = {"to": str(plan.pk), "purpose": "payment", "classes": ["received"], "way": "mail", "act": "prepare"}
    director = sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    refused = director.post(page, sent | {"by_law": "42 CFR 438.242"})
    assert refused.status_code == 422
    assert "Choose other days, or leave this out." in refused.content.decode()
    assert 'name="by_law"' not in refused.content.decode()
    other = boxes("first_on", today() - 40 * DAY) | boxes("last_on", today() - 30 * DAY)
    assert director.post(page, sent | boxes("first_on", today())).status_code == 422
    assert director.post(page, sent | other).status_code == 302
    assert sign_in(client, officer).post(page, sent | {"by_law": "42 CFR 438.242"}).status_code == 302

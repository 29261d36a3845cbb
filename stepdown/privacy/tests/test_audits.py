"""Audits: prepared with an agreement, opened for named patients, read-only, ended; every look is a disclosure."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Patient, Role
from stepdown.people.tests.clients import as_patient, proved_long_ago, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import gate, part2
from stepdown.privacy import services_audits as services
from stepdown.privacy.days import today
from stepdown.privacy.middleware import LooksMiddleware
from stepdown.privacy.models import Audit, AuditedPatient, Basis, Disclosure, Look, Purpose
from stepdown.privacy.services_restricted import restrict
from stepdown.privacy.tests.factories import SIGNED, audited

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def center():
    CenterFactory()


@pytest.fixture
def auditor():
    return StaffFactory(roles=[Role.AUDITOR], name="Alma Example")


@pytest.fixture
def officer():
    return StaffFactory(roles=[Role.PRIVACY])


@pytest.fixture
def patient():
    return PatientFactory(last_name="Namedfor")


def html(answer) -> str:
    return " ".join(answer.content.decode().split())


def record_of(audit, patient) -> str:
    return reverse("audits:record", args=[audit.pk, patient.pk])


def boxes(name, day):
    return {f"audit-{name}_month": day.month, f"audit-{name}_day": day.day, f"audit-{name}_year": day.year}


def form_of(auditor, **changed):
    """The form, as a browser sends it."""
    fields = {
        "audit-auditor": str(auditor.pk), "audit-kind": "payer", "audit-authority": "Example Health Plan",
        "audit-address": "2 Example Street", "audit-matter": "Review of spring", "audit-classes": ["attendance"],
        **boxes("from_on", today()), **boxes("until_on", today() + 7 * DAY), **boxes("agreed_on", today()),
        "audit-says": ["only", "onward", "back"], "audit-file": SimpleUploadedFile("signed.pdf", SIGNED),
    }  # fmt: skip
    return {name: value for name, value in (fields | changed).items() if value is not None}


# -- what the auditor sees


def test_an_auditor_reads_named_patients_alone_and_only_while_it_is_open(client, auditor, patient, officer):
    """RULE PRIV-33: read-only, time-boxed, named."""
    sign_in(client, auditor)
    other = PatientFactory(last_name="Somebodyelse")
    audit = audited(patient, auditor=auditor, by=officer)
    assert client.get(record_of(audit, patient)).status_code == 200
    assert client.get(record_of(audit, other)).status_code == 404
    assert client.post(record_of(audit, patient)).status_code == 405
    first = html(client.get(reverse("audits:mine")))
    assert "Namedfor" in first
    assert "Somebodyelse" not in first
    services.end(audit=audit, why="They are done.", by=officer)
    assert client.get(record_of(audit, patient)).status_code == 404
    assert "Namedfor" not in html(client.get(reverse("audits:mine")))


@pytest.mark.parametrize(("day", "status"), [(9, 404), (10, 200), (12, 200), (13, 404)])
def test_it_opens_and_ends_by_itself(client, auditor, patient, time_machine, day, status):
    """RULE PRIV-33."""
    time_machine.move_to("2026-03-01T16:00:00Z", tick=False)
    audit = audited(patient, auditor=auditor, from_on=date(2026, 3, 10), until_on=date(2026, 3, 12))
    time_machine.move_to(f"2026-03-{day:02}T16:00:00Z", tick=False)
    sign_in(client, auditor)
    assert client.get(record_of(audit, patient)).status_code == status
    assert ("Namedfor" in html(client.get(reverse("audits:mine")))) is (status == 200)


def test_an_audit_is_its_own_auditors_and_nobody_elses(patient, auditor, officer):
    """RULE PRIV-33."""
    audit = audited(patient, auditor=auditor)
    url = record_of(audit, patient)
    assert sign_in(Client(), StaffFactory(roles=[Role.AUDITOR])).get(url).status_code == 404
    assert sign_in(Client(), officer).get(url).status_code == 403


def test_an_auditor_opens_no_page_of_the_center(client, auditor, patient):
    """RULE PRIV-33: neither a chart nor a search, not even the question what may be told."""
    audited(patient, auditor=auditor)
    sign_in(client, auditor)
    for page in ("desk:find", "privacy:asked", "privacy:report", "privacy:audits", "desk:day"):
        assert client.get(reverse(page)).status_code == 403, page
    assert client.get(reverse("desk:patient", args=[patient.pk])).status_code == 403
    assert client.get(reverse("desk:arrive")).url == reverse("audits:mine")
    page = html(client.get(reverse("audits:mine")))
    assert 'role="search"' not in page
    assert "Someone asks" not in page


def test_a_restricted_record_is_seen_in_an_audit_only_when_it_is_named(client, auditor, officer, patient):
    """RULE PRIV-33."""
    restrict(patient=patient, why="public", words="On television.", names=[StaffFactory()], by=officer)
    other = PatientFactory()
    audit = audited(other, auditor=auditor)
    assert sign_in(client, auditor).get(record_of(audit, patient)).status_code == 404
    services.name(audit=audit, patient=patient, by=officer)
    assert client.get(record_of(audit, patient)).status_code == 200


def test_it_shows_the_classes_that_were_agreed_and_the_words_of_the_law(client, auditor, patient):
    audit = audited(patient, auditor=auditor, classes=["attendance"])
    page = html(sign_in(client, auditor).get(record_of(audit, patient)))
    assert "Attendance" in page
    assert "Progress notes" not in page
    assert " ".join(part2.statement().split())[:80] in page


def test_what_an_auditor_would_see_without_the_gate_is_kept_in(auditor, patient):
    """RULE PRIV-33: a page that nobody thought of tells an auditor nothing."""

    def forgetful(request):
        return HttpResponse(Patient.objects.get(pk=patient.pk).name)

    def heedful(request):
        found = Patient.objects.get(pk=patient.pk)
        gate.audited(auditor, found)
        return HttpResponse(found.name)

    for view, status in ((forgetful, 403), (heedful, 200)):
        request = RequestFactory().get("/")
        request.supporter = request.patient = request.resolver_match = None
        request.staff = request.account_staff = auditor
        assert LooksMiddleware(view)(request).status_code == status


# -- what is written down


def test_each_look_is_written_down_with_its_purpose_and_the_patient_reads_it(client, auditor, patient):
    """RULE PRIV-32, PRIV-33."""
    audit = audited(patient, auditor=auditor)
    sign_in(client, auditor).get(record_of(audit, patient))
    look = Look.objects.get(staff=auditor, page="audits:record")
    assert (look.purpose, look.patients) == (Purpose.AUDIT, [patient.pk])
    page = html(as_patient(Client(), patient).get(reverse("privacy:looked_at_me")))
    assert "Alma Example" in page
    assert "Audit or evaluation" in page


def test_a_look_is_a_disclosure_once_a_visit(client, auditor, patient, time_machine):
    """RULE PRIV-26, PRIV-33; 42 CFR 2.53."""
    time_machine.move_to("2026-03-11T16:00:00Z", tick=False)
    audit = audited(patient, auditor=auditor)
    sign_in(client, auditor)
    for minutes in (0, 5, 14):
        time_machine.move_to(f"2026-03-11T16:{minutes:02}:00Z", tick=False)
        client.get(record_of(audit, patient))
    (row,) = Disclosure.objects.filter(patient=patient)
    assert (row.basis, row.purpose, row.by) == (Basis.AUDIT, audit.matter, audit.opened_by)
    assert row.recipient_name == "Alma Example, Example Health Plan"
    assert set(row.classes) == {"attendance", "notes"}
    assert row.facts["audit"] == str(audit.pk)
    time_machine.move_to("2026-03-11T16:15:00Z", tick=False)
    client.get(record_of(audit, patient))
    assert Disclosure.objects.filter(patient=patient).count() == 2


def test_to_read_who_is_named_is_a_disclosure_too_once(client, auditor, patient):
    """RULE PRIV-26: that somebody is a patient here is told by it."""
    audited(patient, auditor=auditor)
    sign_in(client, auditor)
    for _time in range(2):
        client.get(reverse("audits:mine"))
    (row,) = Disclosure.objects.filter(patient=patient)
    assert (row.basis, row.classes) == (Basis.AUDIT, [])
    page = html(as_patient(Client(), patient).get(reverse("privacy:my_accounting")))
    assert "Being a patient here" in page


def test_it_stands_in_what_the_patient_reads_about_what_was_shared(client, auditor, patient):
    audit = audited(patient, auditor=auditor)
    sign_in(client, auditor).get(record_of(audit, patient))
    page = html(as_patient(Client(), patient).get(reverse("privacy:my_accounting")))
    assert "Example Health Plan" in page
    assert "42 CFR 2.53" in page


# -- what cannot be


def test_what_was_agreed_never_changes_and_names_stay_once_it_is_open(patient):
    audit = audited(patient)
    for act in (
        audit.delete,
        lambda: Audit.objects.update(until_on=today() + 90 * DAY),
        lambda: Audit.objects.update(classes=["tests"]),
        lambda: Audit.objects.update(opened_at=timezone.now() + DAY),
        lambda: AuditedPatient.objects.update(patient=PatientFactory()),
        lambda: AuditedPatient.objects.get().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"says": ["only"]}, "says all of this"),
        ({"classes": ["counseling_notes"]}, "Counseling notes"),
        ({"until_on": -1}, "before the first"),
        ({"until_on": 400}, "180 days at most"),
    ],
)
def test_nothing_is_prepared_that_the_rules_do_not_allow(changed, said):
    """RULE PRIV-33; 42 CFR 2.53."""
    changed = {name: today() + it * DAY if isinstance(it, int) else it for name, it in changed.items()}
    with pytest.raises(RuleBroken, match=said):
        audited(is_open=False, **changed)


def test_it_is_opened_for_somebody_named_by_another_than_the_auditor_and_once(patient):
    """RULE PRIV-33."""
    both = StaffFactory(roles=[Role.PRIVACY, Role.AUDITOR])
    audit = audited(auditor=both, by=both, is_open=False)
    officer = StaffFactory(roles=[Role.PRIVACY])
    with pytest.raises(RuleBroken, match="at least one patient"):
        services.open_audit(audit=audit, by=officer)
    services.name(audit=audit, patient=patient, by=officer)
    with pytest.raises(RuleBroken, match="Another privacy officer"):
        services.open_audit(audit=audit, by=both)
    services.open_audit(audit=audit, by=officer)
    with pytest.raises(RuleBroken, match="open already"):
        services.open_audit(audit=audit, by=officer)


def test_an_audit_is_for_an_auditor():
    with pytest.raises(RuleBroken, match="role of an auditor"):
        audited(auditor=StaffFactory(), is_open=False)


def test_it_ends_once_with_a_reason_and_names_nobody_any_more(patient, officer):
    audit = audited(patient)
    with pytest.raises(RuleBroken, match="Say why"):
        services.end(audit=audit, why="", by=officer)
    services.end(audit=audit, why="They are done.", by=officer)
    with pytest.raises(RuleBroken, match="ended already"):
        services.end(audit=audit, why="Again.", by=officer)
    with pytest.raises(RuleBroken, match="ended already"):
        services.name(audit=audit, patient=PatientFactory(), by=officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditedPatient.objects.create(audit=audit, patient=PatientFactory(), named_by=officer)


# -- the officer's pages


def test_the_officer_prepares_names_opens_and_ends_it(client, officer, auditor, patient):
    """RULE PRIV-33."""
    sign_in(client, officer)
    answer = client.post(reverse("privacy:new_audit"), form_of(auditor))
    audit = Audit.objects.get()
    assert answer.url == reverse("privacy:audit", args=[audit.pk])
    assert "Namedfor" in html(client.post(answer.url, {"name": "namedf"}))
    client.post(reverse("privacy:name_for_audit", args=[audit.pk, patient.pk]))
    assert "Take out" in html(client.get(answer.url))
    open_it = reverse("privacy:open_audit", args=[audit.pk])
    assert client.post(open_it, {}).status_code == 422
    assert client.post(open_it, {"open-sure": "on"}).url == answer.url
    assert "One audit is open" in html(client.get(reverse("privacy:audits")))
    end_it = reverse("privacy:end_audit", args=[audit.pk])
    assert client.post(end_it, {"end-why": ""}).status_code == 422
    assert client.post(end_it, {"end-why": "They are done."}).url == answer.url
    assert "They are done." in html(client.get(answer.url))


def test_somebody_is_taken_out_before_it_is_open(client, officer, patient):
    audit = audited(patient, is_open=False)
    sign_in(client, officer).post(reverse("privacy:take_out_of_audit", args=[audit.pk, patient.pk]))
    assert not AuditedPatient.objects.exists()


def test_to_open_one_proves_who_one_is(client, officer, patient):
    audit = audited(patient, is_open=False)
    proved_long_ago(sign_in(client, officer))
    answer = client.post(reverse("privacy:open_audit", args=[audit.pk]), {"open-sure": "on"})
    assert answer.status_code == 422
    assert Audit.objects.get().opened_at is None


def test_the_agreement_comes_back_as_it_was_sent_and_only_as_a_file(client, officer):
    audit = audited(is_open=False)
    answer = sign_in(client, officer).get(reverse("privacy:audit_file", args=[audit.pk]))
    assert answer.content == SIGNED
    assert answer["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"audit-auditor": ""}, "Choose who looks."),
        ({"audit-authority": ""}, "Enter for whom they look."),
        ({"audit-classes": None}, "Choose what they read"),
        ({"audit-classes": ["counseling_notes"]}, "Choose"),
        ({"audit-says": ["only"]}, "has to say all three"),
        ({"until_on": -1}, "This day is over."),
        ({"from_on": 9}, "not before the first"),
        ({"until_on": 300}, "180 days at most"),
        ({"audit-file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 cut off")}, "no whole PDF file"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(client, officer, auditor, changed, said):
    typed = {"audit-matter": "As it was typed"}
    for name in set(changed) & {"from_on", "until_on"}:
        changed = boxes(name, today() + changed[name] * DAY)
    answer = sign_in(client, officer).post(reverse("privacy:new_audit"), form_of(auditor, **typed | changed))
    assert answer.status_code == 422
    assert said in html(answer)
    assert "As it was typed" in html(answer)
    assert not Audit.objects.exists()


def test_nothing_is_chosen_before(client, officer):
    """RULE PRIV-05."""
    assert " checked" not in html(sign_in(client, officer).get(reverse("privacy:new_audit")))

"""Who looked at whose record: written down on every page, in a chain that shows any change. RULE PRIV-32, PRIV-03."""

import csv
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel import looking
from stepdown.people.models import Patient, Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.privacy import queries_looks, services_looks
from stepdown.privacy.domain import accounting
from stepdown.privacy.middleware import AGAIN_SECONDS, Repeats
from stepdown.privacy.models import Act, Look, LookCheck, Purpose
from stepdown.privacy.wording_looks import page_said

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def center():
    return CenterFactory()


def looked(*patients, staff=None, act=Act.READ, page="desk:patient", **fields):
    """A look as the middleware keeps it; the row, with the number and seal that the database gave."""
    services_looks.keep(
        **{
            "staff": staff or StaffFactory(), "own": None, "act": act, "page": page, "about": "{}",
            "purpose": Purpose.TREATMENT, "place": "192.0.2.7", "status": 200, "patients": [one.pk for one in patients],
        } | fields
    )  # fmt: skip
    return Look.objects.order_by("-number").first()


def tampered(sql, *values):
    """What somebody with all rights to the database could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values or None)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_page_about_a_patient_is_a_look_at_them(client):
    """RULE PRIV-32."""
    seat = SeatFactory()
    leader = seat.group.leader
    sign_in(client, leader).get(reverse("desk:patient", args=[seat.patient_id]), REMOTE_ADDR="198.51.100.9")
    look = Look.objects.get(staff=leader)
    assert (look.act, look.page, look.status) == (Act.READ, "desk:patient", 200)
    assert look.patients == [seat.patient_id]
    assert look.place == "198.51.100.9"
    assert look.purpose == Purpose.TREATMENT
    assert str(seat.patient_id) in look.about


def test_a_try_that_is_refused_is_written_down_without_the_record(client):
    """RULE PRIV-32."""
    stranger, patient = StaffFactory(), PatientFactory()
    answer = sign_in(client, stranger).get(reverse("desk:patient", args=[patient.pk]))
    assert answer.status_code == 404
    look = Look.objects.get(staff=stranger)
    assert (look.act, look.patients) == (Act.REFUSED, [])
    assert str(patient.pk) in look.about
    (line,) = queries_looks.lines([look])
    assert line.tried == patient


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"Accept": "application/json"}])
def test_each_try_that_is_refused_is_written_down_also_when_a_script_says_it_asks(client, headers):
    """RULE PRIV-32."""
    stranger = StaffFactory()
    sign_in(client, stranger)
    for patient in (PatientFactory(), PatientFactory()):
        for _again in range(2):
            assert client.get(reverse("desk:patient", args=[patient.pk]), headers=headers).status_code == 404
    assert list(Look.objects.filter(staff=stranger).values_list("act", flat=True)) == [Act.REFUSED] * 4


def test_a_page_about_nobody_is_no_look(client):
    me = StaffFactory()
    sign_in(client, me).get(reverse("mfa_index"))
    assert not Look.objects.filter(staff=me).exists()


def test_keys_in_an_address_are_not_kept(client):
    patient = PatientFactory()
    as_patient(client, patient)
    client.get("/en/l/plainly-made-up-token/")
    client.get(reverse("desk:home"))
    assert "plainly-made-up" not in "".join(Look.objects.values_list("about", flat=True))


@pytest.mark.parametrize("address", ["not an address", "10.0.0.1, x", ""])
def test_an_address_that_is_none_breaks_no_page(client, address):
    seat = SeatFactory()
    sign_in(client, seat.group.leader)
    answer = client.get(reverse("desk:patient", args=[seat.patient_id]), REMOTE_ADDR=address)
    assert answer.status_code == 200
    assert Look.objects.get(staff=seat.group.leader).place is None


def test_what_cannot_be_written_down_is_not_given_out(client):
    seat = SeatFactory()
    sign_in(client, seat.group.leader)
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE privacy_look ADD CONSTRAINT full_disk CHECK (number < 0)")
    try:
        with transaction.atomic():
            answer: HttpResponse = client.get(reverse("desk:patient", args=[seat.patient_id]))
            transaction.set_rollback(True)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE privacy_look DROP CONSTRAINT full_disk")
    assert answer.status_code == 500
    assert seat.patient.last_name not in answer.content.decode()


def test_what_could_not_be_written_down_is_not_given_out_the_second_time_either(client, monkeypatch):
    """RULE PRIV-32. Also not to a page that asks again by itself."""
    seat = SeatFactory()
    sign_in(client, seat.group.leader)
    client.raise_request_exception = False
    url = reverse("desk:patient", args=[seat.patient_id])

    def full(**_row):
        raise DatabaseError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(services_looks, "keep", full)
        assert [client.get(url, headers={"HX-Request": "true"}).status_code for _again in range(2)] == [500, 500]
    for _again in range(2):
        assert client.get(url, headers={"HX-Request": "true"}).status_code == 200
    assert Look.objects.filter(staff=seat.group.leader).count() == 1


def test_an_open_page_that_asks_again_by_itself_is_one_look_for_a_quarter_of_an_hour():
    now = [0.0]
    repeats = Repeats(clock=lambda: now[0])
    me, one, other = (PatientFactory.build().pk for _ in range(3))
    assert not repeats.has(me, "live:people", {one})
    assert not repeats.has(me, "live:people", {one}), "no row was written yet"
    repeats.remember(me, "live:people", {one})
    assert repeats.has(me, "live:people", {one})
    assert not repeats.has(me, "live:people", {one, other}), "somebody new is on it"
    assert not repeats.has(me, "live:people", set())
    assert not repeats.has(me, "desk:day", {one})
    now[0] += AGAIN_SECONDS
    assert not repeats.has(me, "live:people", {one})


def test_rows_are_seen_where_they_are_loaded_and_nowhere_else():
    patient = PatientFactory()
    with looking.watching() as seen:
        Patient.objects.count()
        assert seen == set()
        Patient.objects.get(pk=patient.pk)
        assert seen == {patient.pk}
    Patient.objects.get(pk=patient.pk)


def test_numbers_leave_no_gap_and_a_row_is_never_changed():
    rows = [looked(PatientFactory()) for _ in range(3)]
    assert [row.number for row in rows] == [1, 2, 3]
    assert len({row.seal for row in rows}) == 3
    for act in (lambda: Look.objects.update(page="other"), lambda: Look.objects.all().delete()):
        with pytest.raises(Exception, match="append_only"), transaction.atomic():
            act()


CHANGES = {
    "who": "UPDATE privacy_look SET staff_id = (SELECT id FROM people_staff ORDER BY id DESC LIMIT 1) WHERE number = 2",
    "whose": "UPDATE privacy_look SET patients = '{}' WHERE number = 2",
    "when": "UPDATE privacy_look SET at = at - interval '1 second' WHERE number = 2",
    "from where": "UPDATE privacy_look SET place = NULL WHERE number = 2",
    "what": "UPDATE privacy_look SET page = 'desk:day' WHERE number = 2",
    "gone": "DELETE FROM privacy_look WHERE number = 2",
    "in another order": """
        UPDATE privacy_look SET number = 99 WHERE number = 2; UPDATE privacy_look SET number = 2 WHERE number = 3;
        UPDATE privacy_look SET number = 3 WHERE number = 99
    """,
    "with a seal of its own": "UPDATE privacy_look SET seal = repeat('a', 64) WHERE number = 2",
}


@pytest.mark.parametrize("what", CHANGES)
def test_any_change_by_whoever_owns_the_database_is_found(what):
    """RULE PRIV-32."""
    staff = sorted((StaffFactory() for _ in range(2)), key=lambda one: one.pk)[0]
    for _ in range(4):
        looked(PatientFactory(), staff=staff)
    assert services_looks.verify().broken_at is None
    tampered(CHANGES[what])
    assert services_looks.verify().broken_at == 2


def test_rows_taken_off_the_end_are_missed():
    for _ in range(3):
        looked(PatientFactory())
    assert services_looks.verify().rows == 3
    tampered("DELETE FROM privacy_look WHERE number = 3")
    looked(PatientFactory())
    assert services_looks.verify().broken_at == 3


def test_an_empty_list_stands():
    assert services_looks.verify().broken_at is None


def test_privacy_officers_are_told_of_a_broken_chain_without_a_name(capsys):
    officer = StaffFactory(roles=[Role.PRIVACY])
    StaffFactory()
    looked(PatientFactory())
    tampered("UPDATE privacy_look SET status = 404")
    with pytest.raises(CommandError, match="Row 1 of the access log"):
        call_command("verify_looks")
    assert [(message.staff, message.page) for message in officer.messages.all()] == [
        (officer, reverse("privacy:looks"))
    ]
    assert LookCheck.objects.get().broken_at == 1


def test_a_patient_reads_who_looked_by_day_and_not_who_was_refused(client):
    patient = PatientFactory()
    ines, omar = StaffFactory(name="Ines Sample"), StaffFactory(name="Omar Sample")
    for page in ("desk:patient", "chart:read", "chart:notes"):
        looked(patient, staff=ines, page=page)
    looked(patient, staff=omar, act=Act.REFUSED)
    looked(PatientFactory(), staff=omar)
    page = as_patient(client, patient).get(reverse("privacy:looked_at_me")).content.decode()
    assert page.count("Ines Sample") == 1
    assert "Chart, Notes and plan" in page
    assert "Omar" not in page


def test_a_patient_is_told_of_three_years_from_the_beginning_of_their_day():
    """RULE PRIV-27, whose window the accounting has as well."""
    patient = PatientFactory()
    begins = accounting.since(timezone.now(), accounting.YEARS, ZoneInfo(patient.time_zone))
    for at in (begins, begins - timedelta(microseconds=1)):
        looked(patient)
        tampered("UPDATE privacy_look SET at = %s WHERE number = (SELECT max(number) FROM privacy_look)", at)
    assert len(queries_looks.days_looked_at(patient)) == 1


def test_an_officer_finds_a_patient_by_post_and_reads_and_keeps_their_looks(client):
    """RULE PRIV-03."""
    officer, patient, leader = StaffFactory(roles=[Role.PRIVACY]), PatientFactory(), StaffFactory(name="Ines Sample")
    looked(patient, staff=leader)
    sign_in(client, officer)
    page = client.post(reverse("privacy:looks"), {"name": patient.last_name[:7]}).content.decode()
    assert reverse("privacy:looks_at", args=[patient.pk]) in page
    assert "Ines Sample" in client.get(reverse("privacy:looks_at", args=[patient.pk])).content.decode()
    answer = client.get(reverse("privacy:looks_file", args=[patient.pk]))
    rows = list(csv.DictReader(answer.content.decode().splitlines()))
    assert [row["who"] for row in rows if row["did"] == "read"][-1] == "Ines Sample"
    assert patient.last_name not in answer.headers["Content-Disposition"]
    assert Look.objects.filter(staff=officer, act=Act.TAKEN, patients=[patient.pk]).exists()


def test_an_officer_reads_on_from_where_the_list_ended(client, monkeypatch):
    monkeypatch.setattr("stepdown.privacy.views.looks.PAGE", 2)
    names = ["Ada", "Bo", "Cy"]
    for name in names:
        looked(PatientFactory(), staff=StaffFactory(name=f"{name} Sample"))
    sign_in(client, StaffFactory(roles=[Role.PRIVACY], name="Priya Sample"))
    first = client.get(reverse("privacy:looks")).content.decode()
    assert ("Cy Sample" in first, "Bo Sample" in first, "Ada Sample" in first) == (True, True, False)
    assert "before=2" in first
    assert "Ada Sample" in client.get(reverse("privacy:looks"), {"before": 2}).content.decode()


@pytest.mark.parametrize("asked", [{"before": "x"}, {"staff": "x"}, {"act": "x"}, {"before": "-1"}])
def test_a_filter_that_is_none_is_not_applied(client, asked):
    looked(PatientFactory(), staff=StaffFactory(name="Ines Sample"))
    sign_in(client, StaffFactory(roles=[Role.PRIVACY]))
    assert "Ines Sample" in client.get(reverse("privacy:looks"), asked).content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("privacy:consent_act", "Consents and sharing"),
        ("privacy:emergency", "Given out without consent"),
        ("privacy:emergency_access", "Emergency access"),
        ("privacy:packet_file", "Sending records"),
        ("privacy:breach", "Privacy work"),
        ("privacy:agree", "Agreements and privacy"),
        ("desk:patient", "Chart"),
        ("desk:day", "Lists and search"),
    ],
)
def test_a_look_says_which_page_it_was(name, words):
    """RULE PRIV-32."""
    assert page_said(name) == words

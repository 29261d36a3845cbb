"""Contact data lies sealed, in the table and in its history, and is worked with as ever."""

import copy
import pickle

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from stepdown.kernel import keys, rotation, sealed_rows, sealing
from stepdown.people.models import Patient, Supporter
from stepdown.people.tests.factories import PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db
SAYS = {
    "email": "june@example.com",
    "address_line": "7 Sample Lane",
    "emergency_contact_name": "Pat Specimen",
    "emergency_contact_phone": "+15125550142",
    "safe_contact_note": "Only after six, and never of the program.",
}


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    settings.KEY_RING = tmp_path / "keys"
    keys.make_if_missing(settings.KEY_RING)
    return settings.KEY_RING


@pytest.fixture
def patient() -> Patient:
    return Patient.objects.get(pk=PatientFactory(**SAYS).pk)


def told(patient) -> dict[str, str]:
    return {name: getattr(patient, name) for name in SAYS}


def rows(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
        return cursor.fetchone()[0]


def states() -> int:
    return Patient.pgh_event_model.objects.count()


def test_it_is_read_as_it_was_written_and_the_tables_tell_nothing(patient):
    assert told(patient) == SAYS
    for table in ("people_patient", "people_patientevent"):
        lies = rows(table)
        assert [words for words in SAYS.values() if words in lies] == []
        assert patient.last_name in lies
    assert Patient.objects.values_list("email", flat=True).get() == SAYS["email"]
    assert Patient.pgh_event_model.objects.values_list("email", flat=True).get() == SAYS["email"]


def test_a_row_that_says_the_same_leaves_no_new_state(patient):
    made = PatientFactory(**SAYS)
    begun = states()
    made.save()
    patient.save()
    for name, words in SAYS.items():
        setattr(patient, name, str(words))
    patient.save()
    copy.copy(patient).save()
    Patient.objects.bulk_update([patient], list(SAYS))
    assert states() == begun

    patient.email = "june.new@example.com"
    patient.save()
    assert states() == begun + 1
    assert Patient.objects.get(pk=patient.pk).email == "june.new@example.com"


@pytest.mark.parametrize("way", ["update", "bulk_update", "save", "only"])
def test_every_way_of_writing_seals(patient, way):
    new = "9 Elsewhere Road"
    if way == "update":
        Patient.objects.update(address_line=new)
    else:
        changed = Patient.objects.only("pk").get() if way == "only" else patient
        changed.address_line = new
        if way == "bulk_update":
            Patient.objects.bulk_update([changed], ["address_line"])
        else:
            changed.save(update_fields=["address_line"])
    patient.refresh_from_db()
    assert told(patient) == SAYS | {"address_line": new}
    assert new not in rows("people_patient")


def test_what_is_taken_over_into_another_column_is_sealed_for_that_one(patient):
    patient.safe_contact_note = patient.address_line
    patient.save()
    again = Patient.objects.get()
    assert again.safe_contact_note == again.address_line == SAYS["address_line"]
    assert again.safe_contact_note.stored != again.address_line.stored


def test_empty_text_stays_empty_and_rules_go_on_asking_for_it(patient):
    other = PatientFactory(email="")
    assert Patient.objects.get(email="") == other
    assert Patient.objects.exclude(email="").get() == patient
    given = {"patient": patient, "digest": "0" * 64}
    for both in ({"phone": "+15125550142", "email": "pat@example.com"}, {"phone": "", "email": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Supporter.objects.create(**given, **both)
    assert Supporter.objects.create(**given, phone="+15125550142").reached_at == "…42"


@pytest.mark.parametrize(
    "asked", ["email", "email__iexact", "email__contains", "email__in", "email__gt", "email__lower"]
)
def test_a_question_that_could_only_find_nothing_is_refused(patient, asked):
    with pytest.raises(FieldError):
        Patient.objects.filter(**{asked: SAYS["email"]}).exists()


def test_the_length_is_that_of_the_text(patient):
    patient.emergency_contact_phone = "+1512555014201234"
    with pytest.raises(ValidationError) as refused:
        patient.clean_fields()
    assert list(refused.value.message_dict) == ["emergency_contact_phone"]


def test_a_value_goes_with_how_it_is_stored_wherever_it_goes(patient):
    for again in (copy.deepcopy(patient.email), pickle.loads(pickle.dumps(patient.email))):
        assert (again, again.stored) == (SAYS["email"], patient.email.stored)


def test_histories_are_sealed_anew_as_well_and_get_no_new_state(patient, monkeypatch):
    monkeypatch.setattr(sealed_rows, "AT_ONCE", 2)
    StaffFactory(phone="+15125550143")
    for number in range(3):
        patient.email = f"june.{number}@example.com"
        patient.save()
    begun, old = states(), sealing.ring()[0].id

    call_command("rotate_keys")

    newest = sealing.ring()[0].id
    assert set(rotation.in_use()) == {newest} != {old}
    assert rotation.drop_unused() == {old}
    assert states() == begun
    assert told(Patient.objects.get()) == SAYS | {"email": "june.2@example.com"}
    history = Patient.pgh_event_model.objects.order_by("pgh_id").values_list("email", flat=True)
    assert list(history) == [SAYS["email"], *(f"june.{number}@example.com" for number in range(3))]


def test_what_was_read_before_a_rotation_is_read_anew_as_it_lies_now(patient):
    before = patient.email.stored
    call_command("rotate_keys")
    patient.refresh_from_db()
    assert patient.email == SAYS["email"]
    assert patient.email.stored != before

"""Who writes back or asks again is found by their number, which lies sealed, also while keys are rotated."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.db.models import F

from stepdown.admissions.models import Inquiry
from stepdown.admissions.public.services import ask_for_call
from stepdown.kernel import keys, rotation, sealed_rows, sealing
from stepdown.people.models import Patient
from stepdown.people.tests.factories import PatientFactory

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "+15125550142", "+15125550143"


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    settings.KEY_RING = tmp_path / "keys"
    keys.make_if_missing(settings.KEY_RING)
    return settings.KEY_RING


def called(**said):
    return {"name": "Sam", "phone": NUMBER, "best_time": "now", "leave_message": "no", "language": "en"} | said


def stored(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT phone FROM {table}")
        return [phone for (phone,) in cursor.fetchall()]


def test_whoever_has_a_number_is_found_by_all_of_it_and_by_nothing_less():
    one, two, _other = PatientFactory(phone=NUMBER), PatientFactory(phone=NUMBER), PatientFactory(phone=OTHER)
    assert set(Patient.objects.filter(phone=NUMBER)) == {one, two}
    assert set(Patient.objects.exclude(phone=NUMBER)) == {_other}
    assert not Patient.objects.filter(phone=NUMBER[:-1]).exists()
    for asked in ({"phone__endswith": "0142"}, {"phone__in": [NUMBER]}, {"phone": F("last_name")}):
        with pytest.raises(FieldError):
            Patient.objects.filter(**asked).exists()


def test_the_tables_tell_which_rows_have_one_number_and_not_which_and_not_across_tables():
    PatientFactory(phone=NUMBER)
    PatientFactory(phone=NUMBER)
    ask_for_call(**called())
    (first, second), (asked,) = stored("people_patient"), stored("admissions_inquiry")
    assert first != second
    marks = [piece.split(".")[2] for piece in (first, second, asked)]
    assert marks[0] == marks[1] != marks[2]
    assert not [piece for piece in (first, second, asked, *stored("people_patientevent")) if "5550142" in piece]


def test_a_number_is_found_by_whichever_key_it_lies_sealed(ring):
    before = PatientFactory(phone=NUMBER)
    keys.add(ring)
    after = PatientFactory(phone=NUMBER)
    assert set(Patient.objects.filter(phone=NUMBER)) == {before, after}


def test_a_rotation_renews_the_mark_and_the_old_key_is_needed_no_more(ring, monkeypatch):
    monkeypatch.setattr(sealed_rows, "AT_ONCE", 1)
    patients = {PatientFactory(phone=NUMBER) for _ in range(3)}
    old = sealing.ring()[0].id
    marks = {piece.split(".")[2] for piece in stored("people_patient")}

    rotation.rotate(lambda name, pieces: check(patients))

    assert rotation.drop_unused() == {old}
    check(patients)
    assert marks.isdisjoint(piece.split(".")[2] for piece in stored("people_patient"))


def check(patients):
    assert set(Patient.objects.filter(phone=NUMBER)) == patients


def test_who_asks_again_for_a_call_is_not_on_the_board_twice_also_across_keys(ring):
    ask_for_call(**called())
    keys.add(ring)
    assert ask_for_call(**called(name="Samuel")) == Inquiry.objects.get()
    ask_for_call(**called(phone=OTHER))
    assert Inquiry.objects.count() == 2

"""Two people at one note at the same moment."""

import pytest

from stepdown.attendance.models import Attendance
from stepdown.attendance.services import confirm, correct
from stepdown.chart import services, services_writing
from stepdown.chart.models import GroupNote
from stepdown.chart.tests.factories import note_of, written
from stepdown.kernel.db import RuleBroken
from stepdown.kernel.tests.at_once import all_at_once, while_open

pytestmark = pytest.mark.django_db(transaction=True)


def to_be_signed() -> GroupNote:
    note = written(note_of())
    confirm(session=note.session, by=note.author)
    return note


def sign(note: GroupNote) -> GroupNote:
    return services.sign_note(note=note, attestation=services.ATTESTATION, by=note.author)


def test_a_note_signed_by_ten_taps_is_signed_once():
    note = to_be_signed()
    results = all_at_once([lambda: sign(note)] * 10)
    assert sum(isinstance(r, GroupNote) for r in results) == 1
    assert {str(r) for r in results if not isinstance(r, GroupNote)} == {
        "This note is signed. Add an addendum instead."
    }


def test_begun_by_both_leaders_at_once_it_is_one_note():
    note = note_of()
    session = note.session
    note.parts.all().delete()
    note.delete()
    results = all_at_once([lambda: services.open_note(session=session, by=session.leader)] * 8)
    assert {r.pk for r in results} == {GroupNote.objects.get().pk}
    assert GroupNote.objects.get().parts.count() == 2


def test_minutes_corrected_while_the_note_is_being_signed_are_those_it_is_signed_with():
    note = to_be_signed()
    row = Attendance.objects.filter(session=note.session).first()
    while_open(
        lambda: correct(attendance=row, minutes=100, reason="Left with a headache.", by=note.author),
        lambda: sign(note),
    )
    row.refresh_from_db()
    assert row.sealed_at
    assert row.confirmed_minutes == 100
    assert note.parts.get(patient=row.patient).minutes == 100


def test_a_correction_that_comes_while_the_note_is_being_signed_reads_that_it_is_final():
    note = to_be_signed()
    row = Attendance.objects.filter(session=note.session).first()
    with pytest.raises(RuleBroken, match="signed"):
        while_open(lambda: sign(note), lambda: correct(attendance=row, minutes=100, reason="Too late.", by=note.author))
    assert note.parts.get(patient=row.patient).minutes == 180


def test_words_that_come_while_the_note_is_being_signed_read_that_it_is_signed():
    note = to_be_signed()
    part = note.parts.first()
    with pytest.raises(RuleBroken, match="Add an addendum instead"):
        while_open(lambda: sign(note), lambda: services_writing.save_part(part=part, words="Too late.", by=note.author))

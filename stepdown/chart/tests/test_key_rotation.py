"""`./manage.py rotate_keys` seals anew what its stages keep sealed, and what people do meanwhile is not lost."""

from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.utils import timezone

from stepdown.chart import counseling
from stepdown.chart.models.counseling import CounselingNote
from stepdown.chart.tests.plans import in_group
from stepdown.kernel import keys, rotation, sealing
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory

SAID = "Spoke about the brother at length; I wonder about grief."


@pytest.fixture
def seat(db, settings, tmp_path):
    settings.KEY_RING = tmp_path / "keys"
    keys.make_if_missing(settings.KEY_RING)
    CenterFactory()
    return in_group()


def written(seat, words=SAID):
    author = seat.group.leader
    return counseling.write_note(once=uuid4(), patient=seat.patient, on=timezone.localdate(), words=words, by=author)


def test_notes_and_second_factors_are_sealed_with_the_new_key(seat, client, monkeypatch, capsys):
    monkeypatch.setattr(counseling, "AT_ONCE", 1)
    sign_in(client, seat.group.leader)
    notes = [written(seat, f"{SAID} {number}") for number in range(3)]
    old = sealing.ring()[0].id

    call_command("rotate_keys")

    newest = sealing.ring()[0].id
    assert old != newest
    assert set(rotation.in_use()) == {newest}
    assert sorted(note.words for note in CounselingNote.objects.all()) == [note.words for note in notes]
    assert Authenticator.objects.exists()
    assert sign_in(client, seat.group.leader).get("/staff/day/").status_code == 200
    assert capsys.readouterr().out.count("Counseling notes: 1 sealed anew") == 3


def test_who_is_shown_not_every_row_seals_nothing_anew(seat, as_web):
    from django.core.exceptions import PermissionDenied

    written(seat)
    with pytest.raises(PermissionDenied):
        rotation.rotate()

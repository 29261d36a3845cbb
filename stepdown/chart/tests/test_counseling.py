"""Counseling notes: for their author alone, and not there for anybody else."""

from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection
from django.urls import reverse
from django.utils import timezone

from stepdown.chart import counseling
from stepdown.chart.models.counseling import CounselingNote
from stepdown.chart.tests.plans import in_group
from stepdown.kernel.db import RuleBroken
from stepdown.kernel.sealing import Unreadable
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.services_destruction import approve
from stepdown.privacy.tests.retention import director, long_gone, officer, proposed, years_ago

SAID = "Spoke about the brother at length; I wonder about grief."


@pytest.fixture
def seat(as_web):
    CenterFactory()
    return in_group()


@contextmanager
def as_owner():
    """Past the policy on the rows, to see whether anything lies there and to make it older."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        yield
        cursor.execute("SET LOCAL ROLE stepdown_web")


def kept():
    with as_owner():
        return CounselingNote.objects.get()


@pytest.fixture
def note(seat):
    return counseling.write_note(
        once=uuid4(), patient=seat.patient, on=timezone.localdate(), words=SAID, by=seat.group.leader
    )


def of_patient(seat):
    return reverse("chart:counseling_notes", args=[seat.patient_id])


def url_of(note):
    return reverse("chart:counseling_note", args=[note.pk])


def sent(words=SAID, **fields):
    on = timezone.localdate() - timedelta(days=1)  # past in every zone
    return {"on_month": on.month, "on_day": on.day, "on_year": on.year, "words": words} | fields


def test_the_table_shows_nothing_of_what_was_said(note):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT n::text FROM chart_counselingnote n")
        (row,) = cursor.fetchone()
    assert "grief" not in row
    assert kept().words == SAID


def test_a_row_moved_to_another_author_opens_for_nobody(note):
    with as_owner():
        CounselingNote.objects.update(author=StaffFactory())
    with pytest.raises(Unreadable):
        _ = kept().words


def test_the_author_writes_reads_and_changes_it(client, seat):
    mine = sign_in(client, seat.group.leader)
    once = str(uuid4())
    assert mine.post(of_patient(seat), sent(once=once)).status_code == 302
    mine.post(of_patient(seat), sent("Said differently.", once=once), headers={"X-Autosave": "1"})
    note = kept()
    assert "Said differently." in mine.get(url_of(note)).content.decode()
    assert mine.post(url_of(note), sent(" ")).status_code == 422
    assert kept().words == "Said differently."


def test_a_page_that_another_overtook_writes_nothing_over_it(client, seat, note):
    mine, own = sign_in(client, seat.group.leader), {"X-Autosave": "1"}
    older, newer = ({"version": note.version, "page": str(uuid4())} for _page in range(2))
    assert mine.post(url_of(note), sent("A long text.", **newer), headers=own).json()["version"] == kept().version
    assert mine.post(url_of(note), sent("Longer still.", **newer), headers=own).status_code == 200

    assert mine.post(url_of(note), sent("Old.", **older), headers=own).status_code == 409
    page = mine.post(url_of(note), sent("Old.", **older))
    assert (page.status_code, kept().words) == (422, "Longer still.")
    again = page.context["form"]["version"].value()
    assert mine.post(url_of(note), sent("Old.", **older | {"version": again})).status_code == 302
    assert kept().words == "Old."


@pytest.mark.parametrize("who", ["director", "co-leader", "admissions", "patient"])
def test_to_everyone_else_it_is_not_there(client, seat, note, who):
    """RULE PRIV-18."""
    if who == "patient":
        answer = as_patient(client, seat.patient).get(url_of(note))
    else:
        roles = {"director": Role.DIRECTOR, "co-leader": Role.COUNSELOR, "admissions": Role.ADMISSIONS}
        other = StaffFactory(roles=[roles[who]])
        if who == "co-leader":
            seat.group.co_leader = other
            seat.group.save()
        sign_in(client, other)
        answer = client.get(url_of(note))
        assert client.post(url_of(note), sent()).status_code == answer.status_code
        if who != "admissions":
            assert "grief" not in client.get(of_patient(seat)).content.decode()
            assert "Saved" not in client.get(of_patient(seat)).content.decode()
    assert answer.status_code == (403 if who == "admissions" else 404)
    assert kept().words == SAID


def test_nobody_writes_over_the_note_of_another_by_its_id(client, seat, note):
    other = sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    assert other.post(of_patient(seat), sent("Mine now.", once=str(note.pk))).status_code == 422
    assert kept().words == SAID


def test_it_stays_its_authors_when_the_patient_goes_elsewhere(client, seat, note):
    seat.ends_at = timezone.now()
    seat.save()
    mine = sign_in(client, seat.group.leader)
    seat.patient.counselor = None
    seat.patient.save()
    assert SAID in mine.get(url_of(note)).content.decode()


def test_a_slip_can_be_deleted_and_a_record_cannot(client, seat, note):
    mine = sign_in(client, seat.group.leader)
    with as_owner():
        CounselingNote.objects.update(written_at=timezone.now() - timedelta(hours=25))
    assert mine.post(url_of(note), {"delete": "yes"}).status_code == 403
    with pytest.raises(RuleBroken, match="nobody deletes alone"):
        counseling.delete(note=kept(), by=seat.group.leader)
    with as_owner():
        CounselingNote.objects.update(written_at=timezone.now())
    assert mine.post(url_of(note), {"delete": "yes"}).status_code == 302
    with as_owner():
        assert not CounselingNote.objects.exists()


def test_the_database_shows_a_note_to_its_author_alone(seat, note):
    """RULE PRIV-18."""
    assert not CounselingNote.objects.exists()
    with counseling.shown_to(StaffFactory(roles=[Role.DIRECTOR])):
        assert not CounselingNote.objects.exists()
        assert CounselingNote.objects.update(on=note.on) == CounselingNote.objects.filter(pk=note.pk).delete()[0] == 0
    with counseling.shown_to(seat.group.leader):
        assert CounselingNote.objects.get() == note
    assert not CounselingNote.objects.exists()


def test_nobody_writes_a_note_in_the_name_of_another(seat):
    with pytest.raises(ProgrammingError, match="row-level"), counseling.shown_to(StaffFactory(roles=[Role.DIRECTOR])):
        CounselingNote(author=seat.group.leader, patient=seat.patient, on=timezone.localdate(), words=SAID).save()


def test_nothing_else_reads_counseling_notes():
    """One module reads the table; no search, chart, export, job, log or admin page does, and another says how long its
    rows are kept. RULE PRIV-18."""
    from tests.consistency.files import files, name

    known = {
        "stepdown/chart/counseling.py",
        "stepdown/chart/models/__init__.py",
        "stepdown/chart/models/counseling.py",
        "stepdown/chart/retention.py",
    }
    found = {name(path) for path in files(".py") if "CounselingNote" in path.read_text()}
    elsewhere = {path for path in found if "tests/" not in path and "/migrations/" not in path}
    assert elsewhere == known


def test_what_is_past_its_time_is_destroyed_unread(as_web):
    """RULE PRIV-34: that nobody else sees the rows keeps none of them longer."""
    patient, author = long_gone(), StaffFactory(roles=[Role.COUNSELOR])
    at = years_ago(11)
    with counseling.shown_to(author):
        note = CounselingNote(author=author, patient=patient, on=at.date(), written_at=at, saved_at=at)
        note.words = SAID
        note.save()
    certificate = approve(destruction=proposed(patient, officer(), RecordClass.COUNSELING_NOTES), by=director())
    assert certificate.counts == {"chart.CounselingNote": 1}
    with as_owner():
        assert not CounselingNote.objects.exists()


def test_neither_the_chart_nor_the_search_shows_one(client, seat, note):
    """RULE PRIV-18."""
    mine = sign_in(client, seat.group.leader)
    assert "grief" not in mine.get(reverse("desk:patient", args=[seat.patient_id])).content.decode()
    assert "brother" not in mine.post(reverse("desk:find"), {"q": "grief"}).content.decode()


def test_a_note_of_a_session_knows_no_counseling_note_and_needs_none():
    """RULE PRIV-19: it is tied to its author and the patient alone; what is signed about a session is whole without."""
    tied = {field.related_model for field in CounselingNote._meta.get_fields() if field.related_model}
    assert tied == {Staff, Patient}

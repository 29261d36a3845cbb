"""A signed note that does not hold: it stays as it is, counts for nothing, and is written again."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance.models import Attendance
from stepdown.attendance.tests.factories import session_over
from stepdown.chart import queries, queries_plan, services, services_void
from stepdown.chart.domain.own_notes import Status
from stepdown.chart.models import NotePart, NoteVoid
from stepdown.chart.queries_chart import latest
from stepdown.chart.queries_cosign import to_cosign
from stepdown.chart.queries_search import search
from stepdown.chart.services_cosign import cosign, send_back
from stepdown.chart.tests.contacts import WORDS, signed_contact, written_contact
from stepdown.chart.tests.cosigning import supervised
from stepdown.chart.tests.factories import ANSWERS, note_of, signed
from stepdown.chart.tests.plans import in_group, signed_plan
from stepdown.desk.queries.days import held_days
from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory
from stepdown.ui import pdf

pytestmark = pytest.mark.django_db
NEW = "Spoke of the night before, in other words."
SENT = {"took_part": "openly", "response": ["practiced"], "safety": "none_seen", "plan": ["go_on"], "words": NEW}


@pytest.fixture
def note():
    """Of two people who were there and one who was not."""
    CenterFactory()
    return signed(present=2, absent=1)


def there(note):
    found = note.parts.filter(absent=False, replaces=None).select_related(
        "note__session__group", "patient", "note__author"
    )
    return list(found.order_by("pk"))


def fresh(part):
    return NotePart.objects.select_related("note__session__group", "void", "replaced_by", "cosignature").get(pk=part.pk)


def void(part, by=None, reason="Of another person."):
    return services_void.void_note(note=part, reason=reason, by=by or part.note.author)


def again(part, by=None, **fields):
    said = ANSWERS | {"words": NEW, "attestation": services_void.ATTESTATION} | fields
    return services_void.write_part_again(part=part, by=by or part.note.author, **said)


def test_a_void_is_a_signature_of_its_own_and_the_note_stays_as_it_was(note):
    one, other = there(note)
    before = services.content_of(note, queries.parts_of(note))
    made = void(one)
    note.refresh_from_db()
    assert services.content_of(note, queries.parts_of(note)) == before
    assert made.digest == services.digest_of(services_void.content_of(made, one))
    assert (made.signed_as, bool(made.method)) == (note.author.signature, True)
    assert (fresh(one).status, fresh(other).status) == (Status.VOID, Status.FINAL)
    for change in (lambda: NoteVoid.objects.update(reason="x"), lambda: NoteVoid.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_void_needs_its_reason_and_is_said_once_of_what_is_signed(note):
    one, _ = there(note)
    with pytest.raises(RuleBroken, match="Say why it does not hold"):
        void(one, reason="  ")
    void(one)
    with pytest.raises(RuleBroken, match="void already"):
        void(one)
    open_part = note_of(present=1).parts.get()
    with pytest.raises(RuleBroken, match="not signed yet"):
        void(open_part)


def test_the_note_in_its_place_is_signed_and_both_lead_to_each_other(note):
    one, _ = there(note)
    void(one)
    new = again(one)
    one, new = fresh(one), fresh(new)
    assert (one.successor, new.replaces_id, new.status) == (new, one.pk, Status.FINAL)
    assert (new.minutes, new.attendance_id) == (one.minutes, one.attendance_id)
    assert new.digest == services.digest_of(services_void.content_of_part(new))
    assert queries.parts_of(note) == [part for part in queries.parts_of(note) if part.replaces_id is None]
    with pytest.raises(DatabaseError), transaction.atomic():
        NotePart.objects.filter(pk=new.pk).update(words="x")
    with pytest.raises(RuleBroken, match="written again already"):
        again(one)


def test_one_that_was_written_again_can_be_void_and_written_again_too(note):
    one, _ = there(note)
    void(one)
    second = again(one)
    void(second)
    third = again(second, words="At last.")
    assert [fresh(each).status for each in (one, second, third)] == [Status.VOID, Status.VOID, Status.FINAL]


def test_a_note_that_holds_is_not_written_again_and_no_part_is_added_to_a_signed_note_otherwise(note):
    one, _ = there(note)
    with pytest.raises(RuleBroken, match="This note holds"):
        again(one)
    with pytest.raises(DatabaseError), transaction.atomic():
        NotePart.objects.create(note=note, patient=in_group(note.author).patient, attendance=one.attendance)


def test_what_is_written_again_is_whole_and_names_nobody_else(note):
    one, other = there(note)
    void(one)
    with pytest.raises(RuleBroken, match="Still to write: In your words"):
        again(one, words=" ")
    with pytest.raises(RuleBroken, match=f"This names {other.patient.first_name}"):
        again(one, words=f"Laughed with {other.patient.first_name}.")


def test_a_void_note_is_in_every_list_and_marked_there(note):
    one, _ = there(note)
    void(one)
    new = again(one)
    lines, count = latest(one.patient, note.author, 5)
    assert sorted((line.words, line.state) for line in lines) == sorted([(one.words, "Void"), (NEW, "Signed")])
    assert count == 2
    found = search("hour", note.author, one.patient).found
    assert [each.title for each in found] == [f"{note.session.group.name}, void"]
    assert [each.by for each in search("night", note.author, one.patient).found] == [new.signed_as]
    assert [each.people for each in queries.signed_lately(note.author)] == [3]


def test_what_is_compared_with_and_shown_as_the_last_words_is_what_holds():
    CenterFactory()
    note = signed(note_of(session_over(timedelta(days=2)), present=1))
    (one,) = there(note)
    later = note_of(session_over(group=note.session.group), present=0)
    assert queries.last_words(later, [one.patient_id]) == {one.patient_id: one.words}
    void(one)
    assert queries.last_words(later, [one.patient_id]) == {}
    again(one)
    assert queries.last_words(later, [one.patient_id]) == {one.patient_id: NEW}


def test_work_on_an_objective_is_counted_by_what_holds():
    CenterFactory()
    seat = in_group(StaffFactory())
    version = signed_plan(seat)
    objective = version.objectives.get()
    session = session_over(group=seat.group)
    part = services.open_note(session=session, by=session.leader).parts.get(patient=seat.patient)
    NotePart.objects.filter(pk=part.pk).update(objective=objective, absent=False)
    note = part.note
    note.signed_at, note.signed_as, note.digest = timezone.now(), "x", "0" * 64
    note.save()

    def worked():
        return [each.notes for each in queries_plan.standings(version.episode)]

    assert worked() == [1]
    void(part)
    assert worked() == [0]
    again(part, objective=objective.pk)
    assert worked() == [1]


def test_a_void_note_waits_for_no_co_signature_and_the_one_in_its_place_does():
    CenterFactory()
    supervisor = StaffFactory()
    author = supervised(supervisor)
    note = signed(note_of(session_over(group=GroupFactory(leader=author)), present=1))
    (one,) = there(note)
    send_back(note=one, words="Is this her?", by=supervisor)
    void(one)

    def waits():
        return [line.note.pk for bundle in to_cosign(supervisor, timezone.now()) for line in bundle.lines]

    assert waits() == []
    with pytest.raises(RuleBroken, match="does not hold"):
        cosign(notes=[one.pk], statement="x", by=supervisor)
    new = again(one)
    assert waits() == [new.pk]
    assert queries.parts_visible_to(supervisor).filter(pk=new.pk).exists()
    cosign(notes=[new.pk], statement="x", by=supervisor)
    assert fresh(new).status == Status.FINAL


def test_the_attendance_stays_and_the_day_is_not_ready_to_bill_until_there_is_a_note_again(note):
    one, _ = there(note)
    rows = list(Attendance.objects.filter(session=note.session).values())
    (before,) = held_days(timezone.now())
    void(one)
    (after,) = held_days(timezone.now())
    assert (before.void, after.void, after.whole) == (0, 1, before.whole)
    assert list(Attendance.objects.filter(session=note.session).values()) == rows
    assert not queries.notes_due(note.author)
    again(one)
    assert held_days(timezone.now())[0].void == 0


def test_what_was_added_belongs_to_the_note_that_stood_then(note, client):
    one, _ = there(note)
    services.add_addendum(note=note, patient=one.patient, words="Before that.", by=note.author)
    void(one)
    new = again(one)
    services.add_addendum(note=note, patient=one.patient, words="After that.", by=note.author)
    sign_in(client, note.author)
    old_page, new_page = (client.get(reverse("chart:single", args=[each.pk])).content.decode() for each in (one, new))
    assert ("Before that." in old_page, "After that." in old_page) == (True, False)
    assert ("Before that." in new_page, "After that." in new_page) == (False, True)


# -- pages


def test_an_author_voids_and_writes_again_and_every_page_says_so(client, note, monkeypatch):
    files = []
    monkeypatch.setattr(pdf, "written", lambda html, *, language: files.append(html) or b"%PDF-")
    one, _ = there(note)
    sign_in(client, note.author)
    page = reverse("chart:void_note", args=[one.pk])
    assert "The attendance stays" in client.get(page).content.decode()
    refused = client.post(page, {"reason": ""})
    assert (refused.status_code, "Say why it does not hold." in refused.content.decode()) == (422, True)
    single = reverse("chart:single", args=[one.pk])
    assert client.post(page, {"reason": "Of another person."}).url == single
    for where in (single, reverse("chart:read", args=[note.pk])):
        told = client.get(where).content.decode()
        assert "This note does not hold." in told
        assert "Of another person." in told
    client.get(f"{single}?as=pdf")
    assert "This note does not hold." in files[0]
    patient = client.get(reverse("desk:patient", args=[one.patient_id])).content.decode()
    assert re.search(r"</svg>\s*Void\s*</span>", patient)

    anew = reverse("chart:write_again", args=[one.pk])
    assert one.words in client.get(anew).content.decode()
    kept = client.post(anew, SENT)
    assert (kept.status_code, NEW in kept.content.decode()) == (422, True), "not attested; what was typed is kept"
    answer = client.post(anew, SENT | {"attest": "on"})
    new = fresh(one).successor
    assert answer.url == reverse("chart:single", args=[new.pk])
    assert single in client.get(answer.url).content.decode()
    assert answer.url in client.get(single).content.decode()
    assert client.get(anew).url == answer.url or client.get(anew).url == single


@pytest.mark.parametrize(
    ("data", "sentence"),
    [({"words": ""}, "Still to write: In your words."), ({"took_part": "loudly"}, "Choose one of the answers shown.")],
)
def test_what_cannot_stand_in_its_place_is_said(client, note, data, sentence):
    one, _ = there(note)
    void(one)
    answer = sign_in(client, note.author).post(
        reverse("chart:write_again", args=[one.pk]), SENT | {"attest": "on"} | data
    )
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not NotePart.objects.exclude(replaces=None).exists()


@pytest.mark.parametrize(("who", "status"), [("author", 200), ("director", 200), ("reader", 403), ("stranger", 404)])
def test_its_author_and_directors_void_a_note_and_who_may_not_read_it_finds_nothing(client, note, who, status):
    one, _ = there(note)
    one.patient.counselor = StaffFactory()
    one.patient.save()
    staff = {
        "author": note.author,
        "director": StaffFactory(roles=[Role.DIRECTOR]),
        "reader": one.patient.counselor,
        "stranger": StaffFactory(),
    }[who]
    assert sign_in(client, staff).get(reverse("chart:void_note", args=[one.pk])).status_code == status


def test_a_director_voids_and_does_not_write_in_anothers_place(client, note):
    one, _ = there(note)
    director = StaffFactory(roles=[Role.DIRECTOR])
    sign_in(client, director)
    client.post(reverse("chart:void_note", args=[one.pk]), {"reason": "Of another person."})
    assert fresh(one).void.by == director
    assert client.get(reverse("chart:write_again", args=[one.pk])).status_code == 403


def test_of_somebody_who_was_not_there_nothing_is_written_again(client, note):
    absent = note.parts.get(absent=True)
    void(absent, by=note.author)
    answer = sign_in(client, note.author).get(reverse("chart:write_again", args=[absent.pk]))
    assert answer.status_code == 403
    assert "the attendance says why" in answer.content.decode()


def test_a_void_contact_is_begun_again_with_its_words_once(client):
    CenterFactory()
    leader = StaffFactory()
    old = signed_contact(written_contact(in_group(leader).patient, leader))
    services_void.void_note(note=old, reason="Of another day.", by=leader)
    sign_in(client, leader)
    url = reverse("chart:write_again", args=[old.pk])
    begun = client.post(url)
    old.refresh_from_db()
    assert begun.url == reverse("chart:contact", args=[old.successor.pk])
    assert old.successor.written == WORDS
    assert client.post(url).status_code == 403, "it was begun already"
    new = signed_contact(old.successor)
    page = client.get(reverse("chart:contact", args=[old.pk])).content.decode()
    assert reverse("chart:contact", args=[new.pk]) in page

"""Beginning, writing, signing and adding to a group note, on the real database."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from stepdown.attendance.services import confirm, correct
from stepdown.attendance.tests.factories import seated, session_over, was_in
from stepdown.chart import permissions, queries, services, services_writing
from stepdown.chart.domain.digest import digest_of
from stepdown.chart.models import Addendum, GroupNote, NotePart
from stepdown.chart.tests.factories import ANSWERS, note_of, part_of, signed, written
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.live.models import Room
from stepdown.people.models import Role
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable.tests.factories import SessionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def sign(note: GroupNote) -> GroupNote:
    return services.sign_note(note=note, attestation=services.ATTESTATION, by=note.author)


def test_a_note_begins_with_a_part_for_everyone_and_the_topic_of_the_session():
    session = session_over(topic=TopicFactory(title="Cravings"))
    note = note_of(session, present=2, absent=1)
    assert (note.author, note.topic, note.due_at) == (session.leader, "Cravings", session.ends_at + timedelta(hours=24))
    assert [(p.absent, p.absent_reason, p.minutes) for p in queries.parts_of(note)] == [
        (False, "", 180),
        (False, "", 180),
        (True, "Missed", 0),
    ]


def test_opening_again_keeps_the_note_and_follows_the_attendance():
    note = note_of(present=1, absent=1)
    late = note.parts.get(absent=True).attendance
    correct(attendance=late, minutes=90, reason="Phone line only.", by=note.author)
    assert services.open_note(session=note.session, by=note.author) == note
    assert sorted(note.parts.values_list("absent", "minutes")) == [(False, 90), (False, 180)]


def test_an_excused_person_is_marked_with_the_reason():
    note = note_of(present=0, absent=1)
    row = note.parts.get().attendance
    correct(attendance=row, minutes=0, reason="Court date", absence="excused", by=note.author)
    services.open_note(session=note.session, by=note.author)
    assert note.parts.get().absent_reason == "Excused. Court date"


def test_the_co_leader_who_begins_is_the_author():
    session = session_over(co_leader=StaffFactory())
    assert services.open_note(session=session, by=session.co_leader).author == session.co_leader


def test_a_director_who_opens_does_not_become_the_author():
    session = session_over()
    assert services.open_note(session=session, by=StaffFactory(roles=[Role.DIRECTOR])).author == session.leader


def test_a_part_is_saved_as_it_is_complete_or_not():
    note = note_of()
    part = note.parts.first()
    services_writing.save_part(part=part, words=" Spoke of work. ", took_part=["quietly"], by=note.author)
    part.refresh_from_db()
    assert (part.words, part.took_part, part.response) == ("Spoke of work.", ["quietly"], [])


def test_a_note_is_not_signed_over_minutes_that_were_confirmed_before_the_room_was_opened_again():
    note = written(note_of(present=1))
    early = note.session.starts_at + timedelta(minutes=150)
    room = Room.objects.filter(session=note.session)
    room.update(ended_at=early)
    confirm(session=note.session, by=note.author, now=early + timedelta(minutes=1))
    room.update(ended_at=None)
    with pytest.raises(RuleBroken, match="attendance"):
        sign(note)


@pytest.fixture
def rosa_and_theo():
    session = session_over()
    people = [
        seated(session, first_name="Rosalind", last_name="Specimenova", chosen_name="Rosa"),
        seated(session, first_name="Theo", last_name="Mustermann"),
    ]
    for patient in people:
        was_in(session, patient)
    note = services.open_note(session=session, by=session.leader)
    return note, *(part_of(note, patient) for patient in people)


@pytest.mark.parametrize("words", ["Liked what Theo said.", "knows the MUSTERMANN family", "Asked theo’s way."])
def test_a_part_that_names_another_patient_is_not_saved(rosa_and_theo, words):
    """RULE PRIV-40."""
    note, rosa, _ = rosa_and_theo
    with pytest.raises(services.NamesSomeone) as refused:
        services_writing.save_part(part=rosa, words=words, by=note.author)
    assert len(refused.value.matches) == 1
    rosa.refresh_from_db()
    assert rosa.words == ""


def test_ones_own_name_may_stand_in_ones_own_part(rosa_and_theo):
    note, rosa, _ = rosa_and_theo
    saved = services_writing.save_part(part=rosa, words="Rosa spoke first.", by=note.author)
    assert saved.content["words"] == "Rosa spoke first."


def test_the_shared_part_names_nobody_at_all(rosa_and_theo):
    note, *_ = rosa_and_theo
    with pytest.raises(services.NamesSomeone) as refused:
        services_writing.save_shared(note=note, topic="Rosa’s week", interventions=[], words="", by=note.author)
    assert str(refused.value).startswith("This names Rosa. ")


def test_a_name_that_came_in_another_way_stops_the_signature(rosa_and_theo):
    note, rosa, _ = rosa_and_theo
    written(note)
    confirm(session=note.session, by=note.author)
    NotePart.objects.filter(pk=rosa.pk).update(words="Liked what Theo said.")
    with pytest.raises(RuleBroken, match="Rosa’s part names Theo"):
        sign(note)


def test_what_is_left_is_said_before_signing():
    note = note_of(present=3)
    with pytest.raises(RuleBroken) as refused:
        sign(note)
    assert str(refused.value) == (
        "Three people still need their part. The shared part is not complete. The attendance is not confirmed."
    )


def test_one_missing_answer_is_enough_to_be_left():
    note = written(note_of(present=1))
    NotePart.objects.update(safety=[])
    assert queries.readiness(note).against[0] == "Someone still needs their part."


def test_absent_people_need_no_part():
    assert signed(present=1, absent=2).signed_at


def test_signing_fixes_name_time_and_digest():
    """RULE PRIV-19."""
    note = signed()
    note.refresh_from_db()
    assert note.signed_as == note.author.signature
    assert note.digest == digest_of(services.content_of(note, queries.parts_of(note)))


def test_signing_twice_is_refused():
    note = signed()
    with pytest.raises(RuleBroken, match=r"^This note is signed. Add an addendum instead.$"):
        sign(note)


CHANGES = {
    "the note": "UPDATE chart_groupnote SET shared_words = 'x' WHERE id = %s",
    "the signature": "UPDATE chart_groupnote SET signed_at = NULL, signed_as = '', digest = '' WHERE id = %s",
    "a part": "UPDATE chart_notepart SET words = 'x' WHERE note_id = %s",
    "taking a part away": "DELETE FROM chart_notepart WHERE note_id = %s",
}


@pytest.mark.parametrize("sql", CHANGES.values(), ids=CHANGES)
def test_a_signed_note_cannot_be_changed_even_by_sql(sql):
    note = signed()
    with pytest.raises(RuleBroken, match=r"^This note is signed. Add an addendum instead.$"), rules_speak():
        connection.cursor().execute(sql, [note.pk])


def test_a_part_cannot_be_added_to_a_signed_note():
    note = signed(present=1)
    part = note.parts.get()
    NotePart(note=note, patient=seated(note.session), attendance=part.attendance)
    with pytest.raises(RuleBroken, match="This note is signed"), rules_speak():
        NotePart.objects.create(note=note, patient=seated(note.session), attendance=part.attendance)


def test_the_attendance_of_a_signed_note_is_final():
    note = signed(present=1)
    with pytest.raises(RuleBroken, match="its attendance is final"):
        correct(attendance=note.parts.get().attendance, minutes=1, reason="Why", by=note.author)


def test_saving_a_signed_note_says_what_to_do():
    note = signed(present=1)
    with pytest.raises(RuleBroken, match="Add an addendum instead"):
        services_writing.save_part(part=note.parts.get(), words="More.", by=note.author, **ANSWERS)
    with pytest.raises(RuleBroken, match="Add an addendum instead"):
        services_writing.save_shared(note=note, topic="T", interventions=[], words="", by=note.author)


def test_an_addendum_is_dated_signed_and_final(rosa_and_theo):
    note, rosa, _ = rosa_and_theo
    note = signed(note)
    addendum = services.add_addendum(note=note, patient=rosa.patient, words="Called back at nine.", by=note.author)
    assert (addendum.signed_as, addendum.words) == (note.author.signature, "Called back at nine.")
    with pytest.raises(Exception, match="Cannot update"):
        Addendum.objects.update(words="x")


def test_an_addendum_names_nobody_else(rosa_and_theo):
    note, rosa, _ = rosa_and_theo
    note = signed(note)
    with pytest.raises(services.NamesSomeone):
        services.add_addendum(note=note, patient=rosa.patient, words="Theo called.", by=note.author)
    with pytest.raises(services.NamesSomeone):
        services.add_addendum(note=note, words="Rosa called.", by=note.author)


def test_an_unsigned_note_takes_no_addendum():
    note = note_of()
    with pytest.raises(RuleBroken, match="Change the note itself"):
        services.add_addendum(note=note, words="More.", by=note.author)


def test_an_addendum_to_one_person_is_not_shown_with_another(rosa_and_theo):
    note, rosa, theo = rosa_and_theo
    note = signed(note)
    own = services.add_addendum(note=note, patient=rosa.patient, words="Called back.", by=note.author)
    shared = services.add_addendum(note=note, words="The topic was cravings.", by=note.author)
    assert queries.addenda_of(note, rosa.patient_id) == [own, shared]
    assert queries.addenda_of(note, theo.patient_id) == [shared]


def test_the_same_words_for_two_people_are_pointed_out(rosa_and_theo):
    note, rosa, theo = rosa_and_theo
    for part in (rosa, theo):
        services_writing.save_part(part=part, words="Quiet, then spoke of work.", by=note.author, **ANSWERS)
    assert [line.look for line in queries.readiness(note).lines] == ["", "same words as Rosa"]


def test_the_same_words_as_last_time_are_pointed_out():
    first = signed(note_of(session_over(timedelta(days=2)), present=1))
    patient = first.parts.get().patient
    session = session_over(group=first.session.group)
    was_in(session, patient)
    note = services.open_note(session=session, by=session.leader)
    part = part_of(note, patient)
    assert queries.part_before(part) == first.parts.get()
    services_writing.save_part(part=part, words=first.parts.get().words.upper(), by=note.author, **ANSWERS)
    assert queries.readiness(note).lines[0].look == "same words as last time"


def test_only_the_author_signs_a_note():
    assert permissions.sign_note(StaffFactory(), note_of()).reason == "Only its author signs a note."


def test_the_co_leader_can_take_a_note_over_and_sign_it():
    session = session_over(co_leader=StaffFactory())
    note = written(note_of(session, present=1))
    assert permissions.take_over(session.co_leader, note)
    note = services.take_over(note=note, by=session.co_leader)
    confirm(session=session, by=session.co_leader)
    assert sign(note).signed_as == session.co_leader.signature


def test_nobody_goes_on_with_a_note_of_a_session_that_was_called_off():
    note = note_of()
    note.session.cancelled_at = timezone.now()
    said = "This session was called off, so there is no note to write."
    assert permissions.write_note(note.author, note).reason == said
    assert permissions.sign_note(note.author, note).reason == said
    assert permissions.take_over(StaffFactory(), note).reason == said


def test_leaders_write_others_do_not():
    note = note_of()
    assert permissions.write_note(note.author, note)
    assert "Only this session's leader" in permissions.write_note(StaffFactory(roles=[Role.DIRECTOR]), note).reason


def test_a_note_begins_with_the_session_not_before():
    session = SessionFactory(starts_at=timezone.now() + timedelta(hours=1))
    assert "has not begun" in permissions.begin_note(session.leader, session, timezone.now()).reason
    assert permissions.begin_note(session.leader, session, session.starts_at)


def test_notes_due_are_those_of_sessions_over_the_latest_first():
    old, new = note_of(session_over(timedelta(hours=80))), note_of(session_over(timedelta(hours=1)))
    leader = old.author
    new.session.leader = leader
    new.session.save()
    running = SessionFactory(group=old.session.group)
    seated(running)
    done = signed(note_of(session_over(timedelta(days=9), group=old.session.group)))
    due = queries.notes_due(leader)
    assert [(d.session, d.state, d.written, d.parts) for d in due] == [
        (old.session, "late", 0, 2),
        (new.session, "due", 0, 2),
    ]
    assert done.session not in [d.session for d in due]
    assert queries.notes_waiting(leader) == (2, 1)


def test_a_director_sees_every_note_that_is_due_a_stranger_none():
    note_of()
    assert len(queries.notes_due(StaffFactory(roles=[Role.DIRECTOR]))) == 1
    assert queries.notes_due(StaffFactory()) == []


def test_the_list_of_notes_due_takes_the_same_queries_for_any_number(django_assert_num_queries):
    first = note_of(session_over(timedelta(hours=5)))
    for hours in (10, 15):
        note_of(session_over(timedelta(hours=hours), group=first.session.group))
    with django_assert_num_queries(2):
        assert len(queries.notes_due(first.author)) == 3


def test_a_signed_part_is_seen_by_the_patients_counselor_and_nobody_elses():
    note, counselor = signed(present=2), StaffFactory()
    part = note.parts.first()
    part.patient.counselor = counselor
    part.patient.save()
    assert list(queries.parts_visible_to(counselor)) == [part]
    assert queries.parts_visible_to(note.author).count() == 2
    assert not queries.parts_visible_to(StaffFactory()).exists()
    assert note not in queries.notes_visible_to(counselor)


def test_the_leader_of_a_new_group_reads_what_was_written_in_the_old_one():
    part = signed(present=1).parts.get()
    part.patient.seats.update(ends_at=timezone.now() - timedelta(minutes=5))
    moved = SeatFactory(episode=part.patient.seats.get().episode, accepted=True, starts_at=timezone.now())
    assert list(queries.parts_visible_to(moved.group.leader)) == [part]
    moved.ends_at = timezone.now()
    moved.save()
    assert not queries.parts_visible_to(moved.group.leader).exists()


def test_week_and_group_are_counted_from_the_first_session():
    note = note_of(present=1)
    assert queries.place_in_program(note.parts.get()) == (5, 1)

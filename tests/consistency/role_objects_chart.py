"""The real objects of the chart that addresses are about: attendance, notes, plans, what is safe and what is missed."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.utils import timezone

from stepdown.attendance.services import draw_up
from stepdown.attendance.tests.factories import session_over, was_in
from stepdown.chart.counseling import write_note
from stepdown.chart.domain.icd10 import first_day
from stepdown.chart.models import Deadline
from stepdown.chart.services import open_note, take_over
from stepdown.chart.services_diagnoses import record_diagnosis
from stepdown.chart.services_drug_tests import ask_for_test
from stepdown.chart.services_returns import record_return
from stepdown.chart.services_void import void_note
from stepdown.chart.services_welfare import log_step, notice
from stepdown.chart.tests.contacts import signed_contact, written_contact
from stepdown.chart.tests.cosigning import supervised
from stepdown.chart.tests.factories import signed
from stepdown.chart.tests.homework import homework_given
from stepdown.chart.tests.plans import draft, in_group, signed_by_both, signed_plan
from stepdown.chart.tests.safety import safety_plan
from stepdown.live.services_missing import log_call, say_outcome
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.tests.factories import CannotComeFactory, SessionFactory
from tests.consistency.role_world import World


def session_over_of(world: World) -> Any:
    """A session that is over, led by the one who asks, with the patient in its room."""
    session = session_over(group=GroupFactory(leader=world.staff))
    seat = SeatFactory(group=session.group, accepted=True, episode__patient=world.patient, starts_at=session.starts_at)
    was_in(session, seat.patient)
    return session


def attendance_of(world: World) -> Any:
    return draw_up(session=session_over_of(world))[0].pk


def cannot_come_of(world: World) -> Any:
    """The patient told us that they cannot come to a session that whoever asks leads."""
    seat = in_group(world.staff, world.patient)
    return CannotComeFactory(session=SessionFactory(group=seat.group), patient=seat.patient).pk


def note_of(world: World) -> Any:
    """A note that is begun, by whoever asks."""
    return open_note(session=session_over_of(world), by=world.staff)


def foreign_note_of(world: World) -> Any:
    """A note that someone else began, in a session led by whoever asks."""
    return take_over(note=note_of(world), by=StaffFactory())


def signed_note_of(world: World) -> Any:
    return signed(note_of(world))


def planned_of(world: World) -> Any:
    """The patient in a group of whoever asks, with a plan in force."""
    return signed_plan(in_group(world.staff, world.patient))


def deadline_of(world: World) -> Any:
    return Deadline.objects.get(episode=planned_of(world).episode, done_at=None).pk


def diagnosis_of(world: World) -> Any:
    seat = in_group(world.staff, world.patient)
    return record_diagnosis(patient=seat.patient, code="F10.20", from_on=first_day(), by=world.staff).pk


def safe_of(world: World) -> Any:
    """The patient in a group of whoever asks, with a safety plan."""
    return safety_plan(in_group(world.staff, world.patient).patient, world.staff)


def return_of(world: World) -> Any:
    """The patient in a group of whoever asks, who told of a return to use."""
    patient = in_group(world.staff, world.patient).patient
    return record_return(patient=patient, on=timezone.localdate(), words="Two beers.", by=None).pk


def missed_of(world: World) -> Any:
    """The patient did not come to a group that whoever asks leads."""
    seat = in_group(world.staff, world.patient)
    session = SessionFactory(group=seat.group)
    return notice(session=session, patient=seat.patient, now=timezone.now(), is_on=False)


def call_of(world: World) -> Any:
    """A call of whoever asks to the patient, who did not come."""
    session = missed_of(world).sessions.get().session
    call = log_call(session=session, patient=world.patient, by=world.staff)
    return say_outcome(session=session, attempt=call.pk, outcome="no_answer", by=world.staff).pk


def step_of(world: World) -> Any:
    return log_step(missed=missed_of(world), act="call", came="no_answer", by=world.staff).pk


def contact_note_of(world: World) -> Any:
    """The note of a contact that is written, by whoever asks."""
    return written_contact(in_group(world.staff, world.patient).patient, world.staff)


def contact_of(world: World) -> Any:
    return contact_note_of(world).pk


def counseling_note_of(world: World) -> Any:
    """A counseling note of whoever asks."""
    patient = in_group(world.staff, world.patient).patient
    return write_note(once=uuid4(), patient=patient, on=timezone.localdate(), words="Made up.", by=world.staff).pk


def drug_test_of(world: World) -> Any:
    """The patient in a group of whoever asks, who was told of a test."""
    patient = in_group(world.staff, world.patient).patient
    return ask_for_test(patient=patient, panels=["etg"], way="lab", by=world.staff).pk


def awaiting_of(world: World) -> Any:
    """The patient's part in a note of somebody whom whoever asks supervises: signed, not co-signed yet."""
    author = supervised(by=world.staff)
    session = session_over(group=GroupFactory(leader=author))
    seat = SeatFactory(group=session.group, accepted=True, episode__patient=world.patient, starts_at=session.starts_at)
    was_in(session, seat.patient)
    return signed(open_note(session=session, by=author)).parts.get().pk


def void_of(world: World) -> Any:
    """The patient's part in a note of whoever asks, which does not hold."""
    part = signed_note_of(world).parts.get()
    void_note(note=part, reason="Of another person.", by=world.staff)
    return part.pk


OF_THE_CHART: dict[str, Callable[[World], Any]] = {
    "attendance:sheet session_id": lambda world: session_over_of(world).pk,
    "attendance:confirm session_id": lambda world: session_over_of(world).pk,
    "attendance_id": attendance_of,
    "attendance:cannot_come patient_id": lambda world: in_group(world.staff, world.patient).episode.patient_id,
    "cannot_come_id": cannot_come_of,
    "chart:write session_id": lambda world: session_over_of(world).pk,
    "note_id": lambda world: note_of(world).pk,
    "chart:take_over note_id": lambda world: foreign_note_of(world).pk,
    "chart:add note_id": lambda world: signed_note_of(world).pk,
    "chart:part part_id": lambda world: note_of(world).parts.get().pk,
    "chart:single part_id": lambda world: signed_note_of(world).parts.get().pk,
    **{
        f"chart:{name} patient_id": lambda world: planned_of(world).episode.patient_id
        for name in ("plan", "begin_plan", "diagnoses", "record_diagnosis")
    },
    "version_id": lambda world: draft(in_group(world.staff, world.patient)).pk,
    "chart:plan_version version_id": lambda world: planned_of(world).pk,
    "objective_id": lambda world: planned_of(world).objectives.get().pk,
    "deadline_id": deadline_of,
    "answer_id": lambda world: signed_by_both(in_group(world.staff, world.patient)).pk,
    "diagnosis_id": diagnosis_of,
    "return_id": return_of,
    "chart:homework session_id": lambda world: session_over_of(world).pk,
    "note_kind": lambda world: "individual",
    "contact_id": contact_of,
    "chart:contact_act contact_id": lambda world: signed_contact(contact_note_of(world)).pk,
    "counseling_note_id": counseling_note_of,
    "homework_of_id": lambda world: homework_given(session_over_of(world), world.patient).pk,
    "missed_id": lambda world: missed_of(world).pk,
    "attempt_id": call_of,
    "step_id": step_of,
    "test_id": drug_test_of,
    "chart:patient_drug_tests patient_id": lambda world: in_group(world.staff, world.patient).patient_id,
    "safety_plan_id": lambda world: safe_of(world).pk,
    **{
        f"chart:{name} patient_id": lambda world: safe_of(world).patient_id
        for name in (
            "safety_plan",
            "write_safety_plan",
            "returns",
            "topics",
            "counseling_notes",
            "contacts",
            "patient_notes",
        )
    },
    "own_note_id": awaiting_of,
    "chart:void_note own_note_id": lambda world: signed_note_of(world).parts.get().pk,
    "chart:write_again own_note_id": void_of,
}

"""What is given out tells also of what was corrected, and of the plan of a program that is over."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from stepdown.chart import services, services_void
from stepdown.chart.services_contacts import add_to_contact
from stepdown.chart.tests.contacts import signed_contact, written_contact
from stepdown.chart.tests.factories import ANSWERS, signed
from stepdown.chart.tests.plans import in_group, program_over, signed_plan
from stepdown.people.tests.factories import CenterFactory
from stepdown.privacy import sources
from stepdown.privacy.domain.sharing import Data
from stepdown.ui.when import day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def center():
    return CenterFactory()


def given(patient, data, language="en"):
    return sources.items_of(patient, [data], language=language)[data]


def test_a_group_note_is_given_out_with_what_was_added_for_that_person_alone():
    note = signed(present=2)
    first, second = note.parts.order_by("pk")
    before = given(first.patient, Data.NOTES)[0].digest
    services.add_addendum(note=note, patient=first.patient, words="It was the evening.", by=note.author)
    services.add_addendum(note=note, patient=second.patient, words="Of the other.", by=note.author)
    services.add_addendum(note=note, words="Of the group.", by=note.author)
    (item,) = given(first.patient, Data.NOTES)
    today = timezone.localdate(timezone=ZoneInfo(first.patient.time_zone))
    assert item.lines[0] == first.words
    assert item.lines[-1].startswith("Added on ")
    assert item.lines[-1].endswith(f" by {note.author.signature}: It was the evening.")
    assert day(today, date.min, "en") in item.lines[-1]
    assert len(item.lines) == 3
    assert item.digest != before
    assert given(first.patient, Data.NOTES, "es")[0].lines[-1].startswith("Añadido el ")


def test_what_was_added_to_a_void_note_is_not_given_out_with_the_one_in_its_place():
    note = signed(present=1)
    part = note.parts.get()
    services.add_addendum(note=note, patient=part.patient, words="To the first.", by=note.author)
    services_void.void_note(note=part, reason="Of another person.", by=note.author)
    services_void.write_part_again(
        part=part, words="As it was.", attestation=services_void.ATTESTATION, by=note.author, **ANSWERS
    )
    services.add_addendum(note=note, patient=part.patient, words="To the second.", by=note.author)
    (item,) = given(part.patient, Data.NOTES)
    said = "\n".join(item.lines)
    assert "As it was." in said
    assert "To the second." in said
    assert "To the first." not in said


def test_a_contact_is_given_out_with_what_was_added():
    seat = in_group()
    note = signed_contact(written_contact(seat.patient, seat.group.leader))
    add_to_contact(note=note, words="It was 51 minutes.", by=seat.group.leader)
    (item,) = given(seat.patient, Data.NOTES)
    assert item.lines[-1].endswith(f" by {seat.group.leader.signature}: It was 51 minutes.")


def test_the_plan_of_a_program_that_is_over_is_given_out_with_no_day_and_no_reason_of_its_end():
    seat = in_group()
    version = signed_plan(seat)
    (before,) = given(seat.patient, Data.PLAN)
    program_over(seat)
    (item,) = given(seat.patient, Data.PLAN)
    assert item.id == str(version.pk)
    assert item.lines[0] == "This plan is no longer in force."
    (spanish,) = given(seat.patient, Data.PLAN, "es")
    assert spanish.lines[0] == "Este plan ya no está vigente."
    assert item.lines[1:] == before.lines
    again = in_group(patient=seat.patient, days=0)
    assert given(seat.patient, Data.PLAN)[0].id == str(version.pk)
    newer = signed_plan(again)
    assert [one.id for one in given(seat.patient, Data.PLAN)] == [str(newer.pk)]

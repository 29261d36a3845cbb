"""A call or a text is one tap away from its outreach note, which knows all that is known of it; once."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.chart import queries_tries as queries
from stepdown.chart import services_contacts, services_templates, services_welfare
from stepdown.chart import services_tries as services
from stepdown.chart.domain import tries
from stepdown.chart.domain.welfare import RESULTS, Act, Came
from stepdown.chart.models import ContactNote
from stepdown.chart.models.contacts import domain as contacts
from stepdown.chart.tests.plans import in_group
from stepdown.kernel.db import RuleBroken
from stepdown.live.models import Attempt
from stepdown.live.services_missing import log_call, say_outcome, text_link
from stepdown.live.tests.factories import DoorCheckFactory, RoomFactory
from stepdown.people.models import Role
from stepdown.people.services import issue_link
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.timetable.tests.factories import SessionFactory


@pytest.fixture
def session(db):
    """A meeting that began eleven minutes ago, of a group in which one person sits who is not there."""
    CenterFactory()
    seat = in_group()
    return SessionFactory(group=seat.group, starts_at=timezone.now() - timedelta(minutes=11))


@pytest.fixture
def patient(session):
    return session.group.seats.get().patient


def called(session, patient, outcome="no_answer", by=None):
    by = by or session.leader
    call = log_call(session=session, patient=patient, by=by)
    return say_outcome(session=session, attempt=call.pk, outcome=outcome, by=by) if outcome else call


def step(session, patient, act="call", came="no_answer", **fields):
    case = services_welfare.notice(session=session, patient=patient, now=timezone.now(), is_on=False)
    return services_welfare.log_step(missed=case, act=act, came=came, by=case.owner, **fields)


def note_of(call):
    return services.begin_note_of_call(attempt=call, by=call.by)


# -- what is known


def test_a_call_that_reached_nobody_is_a_note_that_can_be_signed_as_it_stands(session, patient):
    services_welfare.notice(session=session, patient=patient, now=timezone.now(), is_on=False)
    DoorCheckFactory(session=session, patient=patient, callback_phone="+15125550142")
    call = called(session, patient, "left_message")
    note = note_of(call)
    assert (note.kind, note.patient, note.author, note.way) == ("outreach", patient, session.leader, "phone")
    assert (note.outcome, note.billable, note.why_not) == ("message", False, "not_reached")
    assert note.starts_at == call.at.replace(second=0, microsecond=0)
    assert "Called (512) 555-0142: left a message." in note.written["Data"]
    assert note.next_step.startswith("Call, by ")
    assert contacts.missing(note.contact, timezone.now() + timedelta(minutes=2)) == []


def test_a_call_that_reached_them_asks_for_what_only_the_caller_knows(session, patient):
    note = note_of(called(session, patient, "talked"))
    assert (note.outcome, note.present, note.billable) == ("reached", ["patient"], None)
    left = contacts.missing(note.contact, timezone.now())
    assert "Enter when it ended." in left
    assert "Say who was there." not in left


def test_the_number_that_was_called_stays_what_it_was(session, patient):
    patient.phone = "+15125550142"
    patient.save()
    call = called(session, patient)
    patient.phone = "+15125550199"
    patient.save()
    assert "(512) 555-0142" in note_of(call).written["Data"]


def test_a_text_is_a_try_in_writing_and_says_when_it_did_not_go_out(session, patient):
    issue_link(patient=patient)
    text = text_link(session=session, patient=patient, note_read=False, by=session.leader)
    assert (note_of(text).way, ContactNote.objects.get().outcome) == ("written", "sent")
    ContactNote.objects.all().delete()
    text.message.failed_at = timezone.now()
    text.message.save()
    note = note_of(Attempt.objects.get())
    assert (note.outcome, "did not go out" in note.written["Data"]) == ("no_answer", True)


@pytest.mark.parametrize(
    ("act", "came", "how", "way", "outcome", "where"),
    [
        ("call", "wrong_number", "phone", "phone", "no_answer", "555-0142"),
        ("contact", "safe", "phone", "phone", "reached", "555-0177"),
        ("write", "sent", "email", "written", "sent", "@"),
        ("letter", "sent", "mail", "written", "sent", "1 Example Street"),
        ("check", "asked", "police", "phone", "", "1 Example Street"),
    ],
)
def test_a_step_for_who_was_missed_knows_its_way_and_where_it_went(
    session, patient, act, came, how, way, outcome, where
):
    patient.phone, patient.emergency_contact_phone = "+15125550142", "+15125550177"
    patient.email, patient.address_line = "someone@example.com", "1 Example Street"
    patient.save()
    done = step(session, patient, act, came, how=how)
    note = services.begin_note_of_step(step=done, by=done.by)
    assert (note.way, note.outcome) == (way, outcome)
    assert where in note.written["Data"]
    assert note.present == []
    assert note.ends_at <= done.at
    assert note.starts_at is None if outcome == "reached" else note.minutes == 1


def test_a_try_in_the_first_minute_of_a_day_is_of_the_day_it_began(session, patient):
    tried = step(session, patient)
    zone = ZoneInfo(tried.by.time_zone)
    tried.at = datetime.combine(timezone.now().astimezone(zone).date(), time(0, 0, 40), zone)
    note = services.begin_note_of_step(step=tried, by=tried.by)
    assert (note.starts_at.astimezone(zone).date(), note.minutes) == (note.on, 1)


def test_it_goes_under_the_heading_for_what_was_done(session, patient):
    template = services_templates.in_force("outreach")
    headings = services_templates.shipped("outreach", "birp")
    services_templates.save_template(
        kind="outreach", form="birp", headings=headings, seen=template.number, by=StaffFactory(roles=[Role.DIRECTOR])
    )
    assert list(note_of(called(session, patient)).written) == ["Intervention"]


@pytest.mark.parametrize("act", Act)
def test_every_step_that_tries_to_reach_somebody_has_a_note_and_no_other(act):
    for came in RESULTS[act]:
        meant = act not in (Act.CONFERENCE, Act.REVIEW) and came != Came.NOT_NEEDED
        assert tries.is_noted(act, came) is meant


# -- once


def test_tapped_twice_it_is_the_same_note_also_when_it_is_signed(session, patient):
    call = called(session, patient)
    first = note_of(call)
    assert note_of(call) == first
    services_contacts.save_contact(note=first, next_step="Calls again on Thursday.", by=session.leader)
    later = timezone.now() + timedelta(minutes=2)
    services_contacts.sign_contact(note=first, attestation=services_contacts.ATTESTATION, by=session.leader, now=later)
    assert note_of(call) == first
    assert ContactNote.objects.count() == 1


def test_thrown_away_it_can_be_begun_again(session, patient):
    call = called(session, patient)
    services_contacts.discard_contact(note=note_of(call), by=session.leader)
    assert [tried.patient for tried in queries.tries_without_note(session.leader, timezone.now())] == [patient]
    assert note_of(call).attempt == call


def test_only_who_called_writes_it_once_they_said_what_came_of_it(session, patient):
    with pytest.raises(RuleBroken, match="Only who called"):
        services.begin_note_of_call(attempt=called(session, patient), by=StaffFactory())
    waits = log_call(session=session, patient=patient, by=session.leader)
    with pytest.raises(RuleBroken, match="what came of the call"):
        note_of(waits)
    decided = step(session, patient, "check", "not_needed", words="Her sister saw her an hour ago.")
    with pytest.raises(RuleBroken, match="no call and no message"):
        services.begin_note_of_step(step=decided, by=decided.by)


# -- where it is one tap away


def test_after_the_group_on_the_day_and_on_their_page_one_tap_opens_it(client, session, patient):
    call, done = called(session, patient), step(session, patient)
    RoomFactory(session=session, ended=True)
    begins = [reverse("chart:note_of_call", args=[call.pk]), reverse("chart:note_of_step", args=[done.pk])]
    page = sign_in(client, session.leader)
    read = {
        "room": page.get(reverse("live:staff_room", args=[session.pk])).content.decode(),
        "day": page.get(reverse("desk:day")).content.decode(),
        "missed": page.get(reverse("chart:missed", args=[done.missed_id])).content.decode(),
        "contacts": page.get(reverse("chart:contacts", args=[patient.pk])).content.decode(),
    }
    shown = {where: [f'action="{url}"' in text for url in begins] for where, text in read.items()}
    assert shown == {"room": [True, False], "day": [True, True], "missed": [True, True], "contacts": [True, True]}
    for url in begins:
        opened = page.post(url, follow=True)
        assert "Outreach" in opened.content.decode()
    assert "Calls without a note" not in page.get(reverse("desk:day")).content.decode()
    again = page.get(reverse("chart:missed", args=[done.missed_id])).content.decode()
    assert begins[1] not in again
    assert again.count(">Its note</a>") == 2


def test_who_did_not_call_finds_no_way_to_it(client, session, patient):
    call, done = called(session, patient), step(session, patient)
    director = sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    assert director.post(reverse("chart:note_of_call", args=[call.pk])).status_code == 404
    assert director.post(reverse("chart:note_of_step", args=[done.pk])).status_code == 404
    assert "Write its note" not in director.get(reverse("chart:missed", args=[done.missed_id])).content.decode()

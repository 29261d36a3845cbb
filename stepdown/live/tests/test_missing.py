"""Who is missing can be reached: every try is kept, and a text message tells nothing and comes rarely."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.live import board
from stepdown.live import services_missing as services
from stepdown.live.domain.stays import Kind
from stepdown.live.missing import missing_rows
from stepdown.live.models import Attempt, InboxEvent
from stepdown.live.services import Sighting, knock, let_in, record, send_out
from stepdown.live.tests.factories import JoinFactory, RoomFactory, patient_at_door
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.services import issue_link
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.timetable.tests.factories import CannotComeFactory, SessionFactory

pytestmark = pytest.mark.django_db
Outcome = Attempt.Outcome


@pytest.fixture
def session():
    CenterFactory()
    return SessionFactory()


@pytest.fixture
def patient(session):
    patient = patient_at_door(session)
    issue_link(patient=patient)
    return patient


def post(client, name, session, query="", **fields):
    return client.post(reverse(f"live:{name}", args=[session.pk]) + query, fields)


def rail(client, session):
    return client.get(reverse("live:waiting", args=[session.pk])).content.decode()


def text(session, patient, **options):
    return services.text_link(session=session, patient=patient, **{"note_read": False, "by": session.leader, **options})


def test_a_call_is_kept_when_it_begins_and_what_came_of_it_is_said_after(client, session, patient):
    sign_in(client, session.leader)
    post(client, "call", session, patient=patient.pk)
    call = Attempt.objects.get(patient=patient)
    assert (call.how, call.by, call.outcome) == ("call", session.leader, "")
    assert "What came of the call" in rail(client, session)
    post(client, "call_outcome", session, query=f"?attempt={call.pk}", outcome="no_answer")
    page = rail(client, session)
    assert ", no answer." in page
    assert "What came of the call" not in page


def test_two_taps_on_call_are_one_call(session, patient):
    first = services.log_call(session=session, patient=patient, by=session.leader)
    assert services.log_call(session=session, patient=patient, by=session.leader) == first
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert services.log_call(session=session, patient=patient, by=session.leader) != first


def test_only_who_called_says_what_came_of_it_and_says_it_once(session, patient):
    call = services.log_call(session=session, patient=patient, by=session.leader)
    said = {"session": session, "attempt": call.pk, "outcome": Outcome.TALKED}
    with pytest.raises(RuleBroken, match="Only who called"):
        services.say_outcome(**said, by=StaffFactory())
    services.say_outcome(**said, by=session.leader)
    with pytest.raises(RuleBroken, match="said already"):
        services.say_outcome(**said, by=session.leader)


@pytest.mark.parametrize("change", [{"outcome": "no_answer"}, {"at": timezone.now()}])
def test_the_database_keeps_an_attempt_as_it_was(session, patient, change):
    call = services.log_call(session=session, patient=patient, by=session.leader)
    services.say_outcome(session=session, attempt=call.pk, outcome=Outcome.TALKED, by=session.leader)
    with pytest.raises(DatabaseError), transaction.atomic():
        Attempt.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Attempt.objects.all().delete()


def test_a_text_sends_the_link_with_words_that_fit_the_hour(session, patient):
    with time_machine.travel(session.starts_at - timedelta(minutes=5)):
        assert text(session, patient).message.kind == Message.Kind.MEETING_SOON
    with time_machine.travel(session.starts_at + timedelta(minutes=6)):
        assert text(session, patient).message.kind == Message.Kind.MEETING_ON


def test_a_second_text_waits_ten_minutes(session, patient):
    first = text(session, patient)
    too_soon, soon_enough = first.at + timedelta(minutes=9, seconds=59), first.at + timedelta(minutes=10)
    with time_machine.travel(too_soon, tick=False), pytest.raises(RuleBroken, match="less than ten minutes"):
        text(session, patient)
    with time_machine.travel(soon_enough, tick=False):
        assert text(session, patient) != first


def test_where_a_note_says_what_is_safe_only_who_read_it_sends_a_text(client, session, patient):
    patient.safe_contact_note = "Never before 6 pm."
    patient.save()
    with pytest.raises(RuleBroken, match="Read first"):
        text(session, patient)
    sign_in(client, session.leader)
    page = rail(client, session)
    assert "Never before 6 pm." in page
    assert "Text: it is safe" in page
    assert post(client, "text", session, query="?read=1", patient=patient.pk).status_code == 302
    assert Attempt.objects.get().message.patient == patient


def test_without_a_link_nothing_is_sent(session):
    with pytest.raises(RuleBroken, match="no link to send"):
        text(session, patient_at_door(session))
    assert not Message.objects.exists()


def test_who_left_is_missing_since_then_and_who_never_came_since_the_start(session, patient):
    gone = patient_at_door(session)
    now = timezone.now()
    join = JoinFactory(session=session, patient=gone)
    source = InboxEvent.Source.SIGNALING
    record([Sighting(source, "test", kind, now, join.pk) for kind in (Kind.ARRIVED, Kind.LEFT)])
    rows = {row.patient: row for row in missing_rows(session, session.starts_at + timedelta(minutes=12))}
    assert rows[gone].left_at == now
    assert (rows[patient].left_at, rows[patient].minutes_late) == (None, 12)


def test_who_was_sent_out_is_missing_as_such_until_they_are_let_in_again(client, session, patient):
    sign_in(client, session.leader)
    RoomFactory(session=session)
    let_in(session=session, patient=patient, by=session.leader)
    join = JoinFactory(session=session, patient=patient)
    source = InboxEvent.Source.SIGNALING
    send_out(session=session, patient=patient, by=session.leader)
    record([Sighting(source, "test", kind, timezone.now(), join.pk) for kind in (Kind.ARRIVED, Kind.LEFT)])
    assert ">sent out " in rail(client, session)
    let_in(session=session, patient=patient, by=session.leader)
    page = rail(client, session)
    assert ">left " in page
    assert "sent out" not in page


def test_who_checked_in_and_does_not_come_is_late_all_the_same(client, session, patient):
    with time_machine.travel(session.starts_at + timedelta(minutes=70)):
        sign_in(client, session.leader)
        page = rail(client, session)
    assert ">70 min late</span>" in page
    assert ">checked in</span>" in page


def test_rows_of_who_is_in_do_not_move_when_someone_comes_back(session):
    people = [patient_at_door(session) for _ in range(3)]
    for one, name in zip(people, ("Walt", "June", "Remy"), strict=True):
        one.chosen_name = name
        one.save()
    source = InboxEvent.Source.SIGNALING

    def comes(**who):
        join = JoinFactory(session=session, **who)
        record([Sighting(source, "test", Kind.ARRIVED, timezone.now(), join.pk)])
        return join

    first, *_ = [comes(patient=one) for one in people]
    comes(patient=None, staff=session.leader)
    names = [one.name for one in board.rail(session, timezone.now())["here"]]
    assert names[1:] == ["June", "Remy", "Walt"]
    record([Sighting(source, "test", Kind.LEFT, timezone.now(), first.pk)])
    comes(patient=people[0])
    assert [one.name for one in board.rail(session, timezone.now())["here"]] == names


def test_a_refusal_goes_back_to_the_day_when_it_came_from_there(client, session, patient):
    sign_in(client, session.leader)
    for _tap in range(2):
        answer = post(client, "text", session, query="?from=day", patient=patient.pk)
        assert answer.url == reverse("desk:day")
    assert Attempt.objects.count() == 1


def test_what_came_of_a_call_is_said_where_the_room_was_ended_and_told_there_when_it_was_said_already(
    client, session, patient
):
    attempt = services.log_call(session=session, patient=patient, by=session.leader)
    RoomFactory(session=session, ended=True)
    sign_in(client, session.leader)
    page = reverse("live:staff_room", args=[session.pk])
    assert f"?attempt={attempt.pk}&amp;from=ended" in client.get(page).content.decode()
    act = f"{reverse('live:call_outcome', args=[session.pk])}?attempt={attempt.pk}&from=ended"
    for said in ("has ended", "What came of this call was said already."):
        answer = client.post(act, {"outcome": "no_answer"}, follow=True)
        assert answer.redirect_chain == [(page, 302)]
        assert said in answer.content.decode()


@pytest.mark.parametrize("act", ["call", "text", "call_outcome"])
def test_a_counselor_of_another_group_reaches_nobody(client, session, patient, act):
    sign_in(client, StaffFactory(roles=[Role.COUNSELOR]))
    assert post(client, act, session, patient=patient.pk).status_code == 404
    assert not Attempt.objects.exists()


def test_who_came_all_the_same_and_was_lost_is_reached_like_anybody(client, session, patient):
    CannotComeFactory(session=session, patient=patient)
    join = JoinFactory(session=session, patient=patient)
    source = InboxEvent.Source.SIGNALING
    record([Sighting(source, "test", kind, timezone.now(), join.pk) for kind in (Kind.ARRIVED, Kind.LEFT)])
    sign_in(client, session.leader)
    page = rail(client, session)
    assert "Cannot come, told us" not in page
    assert f"Text {patient.called} their link" in page
    assert text(session, patient).how == Attempt.How.TEXT


def test_who_told_us_that_they_cannot_come_is_shown_so_and_not_texted(client, session, patient):
    CannotComeFactory(session=session, patient=patient)
    sign_in(client, session.leader)
    page = rail(client, session)
    assert "Cannot come, told us" in page
    assert "Nobody searches for them." in page
    assert f"Call {patient.called}" in page
    assert f"Text {patient.called} their link" not in page
    with pytest.raises(RuleBroken, match="They told us that they cannot come"):
        text(session, patient)
    knock(session=session, patient=patient)
    page = rail(client, session)
    assert f"Let {patient.called} in" in page
    assert "Cannot come, told us" in page

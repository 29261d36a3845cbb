"""Side rooms in the tables: who may be asked, what the answer does, how they end, and that time in them counts."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from stepdown.kernel.db import RuleBroken
from stepdown.kernel.spans import Span, total
from stepdown.live import board, queries, services, services_inside, services_sides
from stepdown.live.after import to_call
from stepdown.live.domain.sides import PATIENCE, is_too_long, lonely_since
from stepdown.live.models import InboxEvent, SideMember, SideRoom
from stepdown.live.server.sides import Sides
from stepdown.live.sides import Side, side_stays, sides
from stepdown.live.tests.factories import JoinFactory, RoomFactory, patient_at_door
from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory

NOW = timezone.now()
Why = SideRoom.Why


def saw(join, kind, at):
    InboxEvent.objects.create(source="signaling", emitter="live", kind=kind, session=join.session, join=join, at=at)


def in_room(session):
    """A patient who is in the main room."""
    patient = patient_at_door(session)
    saw(JoinFactory(session=session, patient=patient), "arrived", NOW)
    return patient


@pytest.fixture
def session(db):
    return RoomFactory().session


@pytest.fixture
def patient(session):
    return in_room(session)


def ask(session, patient, by=None):
    return services_sides.ask_aside(session=session, patient=patient, by=by or session.leader)


def test_nobody_goes_before_the_patient_agrees(session, patient):
    room = ask(session, patient)
    now = sides(session)
    assert now.of(patient.pk) is None
    assert now.of(session.leader_id) is None
    assert now.asked(patient.pk).id == room.pk
    services_sides.answer_aside(session=session, patient=patient, yes=True)
    now = sides(session)
    assert now.of(patient.pk).people == {patient.pk, session.leader_id}
    assert now.of(session.leader_id).id == room.pk
    assert now.asked(patient.pk) is None


def test_who_stays_with_the_group_stays_and_it_is_known(session, patient):
    room = ask(session, patient)
    services_sides.answer_aside(session=session, patient=patient, yes=False)
    assert sides(session).rooms == ()
    assert sides(session).declined == {room.pk}
    with pytest.raises(RuleBroken, match="Nobody asks you to a side room any more"):
        services_sides.answer_aside(session=session, patient=patient, yes=True)


@pytest.mark.parametrize("yes", [True, False])
def test_an_answer_that_is_sent_twice_is_one(client, session, patient, yes):
    CenterFactory()
    ask(session, patient)
    as_patient(client, patient)
    url = reverse("live:aside", args=[session.pk])
    for _again in range(2):
        sent = client.post(url, {"step": "yes" if yes else "no"}, headers={"accept": "application/json"})
        assert sent.status_code == 200
    assert (sides(session).of(patient.pk) is not None) == yes


def test_who_is_asked_no_more_reads_that_and_nothing_of_where_they_are(session, patient):
    ask(session, patient)
    services_sides.go_back(session=session, staff=session.leader)
    with pytest.raises(RuleBroken) as told:
        services_sides.answer_aside(session=session, patient=patient, yes=True)
    assert str(told.value) == "Nobody asks you to a side room any more."


@pytest.mark.parametrize("who", ["patient", "staff"])
def test_either_goes_back_and_it_is_over_for_both(session, patient, who):
    room = ask(session, patient)
    services_sides.answer_aside(session=session, patient=patient, yes=True)
    services_sides.go_back(session=session, **{who: {"patient": patient, "staff": session.leader}[who]})
    room.refresh_from_db()
    assert room.why == Why.BACK
    assert sides(session).rooms == ()
    assert SideMember.objects.filter(side_room=room, until=room.ended_at).count() == 2


def test_a_leader_asks_no_more_before_the_answer(session, patient):
    room = ask(session, patient)
    services_sides.go_back(session=session, staff=session.leader)
    room.refresh_from_db()
    assert room.why == Why.WITHDRAWN
    assert sides(session).asked(patient.pk) is None


def test_another_leader_takes_the_asking_back_and_asks_instead(session, patient, client):
    CenterFactory()
    other = StaffFactory(roles=[Role.DIRECTOR])
    room = ask(session, patient)
    sign_in(client, other)
    address = reverse("live:staff_aside", args=[session.pk])
    page = client.get(reverse("live:waiting", args=[session.pk])).content.decode()
    assert f'{address}?step=withdraw" name="room" value="{room.pk}"' in page
    client.post(f"{address}?step=withdraw", {"room": room.pk})
    room.refresh_from_db()
    assert room.why == Why.WITHDRAWN
    ask(session, patient, by=other)
    services_sides.answer_aside(session=session, patient=patient, yes=True)
    (now,) = sides(session).rooms
    services_sides.withdraw(session=session, side_room=now.id)
    assert sides(session).rooms == (now,)


def test_one_side_room_at_a_time_for_each(session, patient):
    ask(session, patient)
    with pytest.raises(RuleBroken, match="asked to a side room already"), transaction.atomic():
        ask(session, patient, by=StaffFactory())
    with pytest.raises(RuleBroken, match="Go back first"), transaction.atomic():
        ask(session, in_room(session))


def test_only_who_is_in_the_room_is_asked(session):
    with pytest.raises(RuleBroken, match="not in the room right now"):
        ask(session, patient_at_door(session))


def test_nobody_is_asked_while_the_room_is_paused_or_closed(session, patient):
    services_inside.decide(session=session, what="pause", on=True, by=session.leader)
    with pytest.raises(RuleBroken, match="paused"):
        ask(session, patient)
    services.end_room(session=session, by=session.leader)
    with pytest.raises(RuleBroken, match="not open"):
        ask(session, patient)


def test_meeting_in_a_side_room_answers_the_word_that_wanted_it(session, patient):
    help_ = services_inside.tell_leaders(session=session, patient=patient, kind="help")
    call = services_inside.tell_leaders(session=session, patient=patient, kind="call")
    room = ask(session, patient)
    services_sides.both_are_there(session=session, side_room=room.pk)
    services_sides.answer_aside(session=session, patient=patient, yes=True)
    assert queries.open_words(session) == [help_, call]
    assert board.rail(session, NOW)["private_words"][0].to_side_room == ""
    later = services_inside.tell_leaders(session=session, patient=patient, kind="step_out")
    services_sides.both_are_there(session=session, side_room=room.pk)
    assert queries.open_words(session) == [call, later]
    help_.refresh_from_db()
    assert (help_.answer, help_.answered_by) == ("met", session.leader)


def test_a_call_for_help_stands_when_nobody_came_to_the_side_room(session, patient):
    help_ = services_inside.tell_leaders(session=session, patient=patient, kind="help")
    room = ask(session, patient)
    services_sides.answer_aside(session=session, patient=patient, yes=True)
    services_sides.end_lonely(session=session, side_room=room.pk)
    services_sides.both_are_there(session=session, side_room=room.pk)
    assert queries.open_words(session) == [help_]
    assert board.rail(session, NOW)["private_words"][0].to_side_room == "ask"
    assert [one.word for one in to_call(session.leader)] == [help_]


@pytest.mark.parametrize(
    "ends",
    [
        lambda session, patient: services_sides.go_back(session=session, staff=session.leader),
        lambda session, patient: services_sides.go_back(session=session, staff=session.leader, lost=True),
        lambda session, patient: services_sides.answer_aside(session=session, patient=patient, yes=False),
        lambda session, patient: services.end_room(session=session, by=session.leader),
    ],
    ids=["withdrawn", "the leader's line is lost", "declined", "the room is ended"],
)
def test_a_call_for_help_stands_until_they_go_there(session, patient, ends):
    help_ = services_inside.tell_leaders(session=session, patient=patient, kind="help")
    ask(session, patient)
    (row,) = board.rail(session, NOW)["private_words"]
    assert (row.to_side_room, row.asked) == ("", True)
    ends(session, patient)
    assert queries.open_words(session) == [help_]
    assert [one.word for one in to_call(session.leader)] == [help_]


def test_the_end_of_the_room_ends_its_side_rooms(session, patient):
    room = ask(session, patient)
    services_sides.answer_aside(session=session, patient=patient, yes=True)
    services.end_room(session=session, by=session.leader)
    room.refresh_from_db()
    assert room.why == Why.OVER
    assert not SideMember.objects.filter(session=session, until=None).exists()


def test_what_ended_stays_as_it_was(session, patient):
    room = ask(session, patient)
    services_sides.answer_aside(session=session, patient=patient, yes=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        SideRoom.objects.filter(pk=room.pk).update(why=Why.BACK)
    with pytest.raises(DatabaseError), transaction.atomic():
        SideMember.objects.all().delete()


def test_who_is_in_a_side_room_gets_no_turn_in_a_round(session, patient):
    other = in_room(session)
    side = SideRoom.objects.create(session=session, kind="word", by=session.leader, opened_at=NOW)
    saw(queries.open_joins(session).get(patient=patient), "left", NOW + timedelta(seconds=1))
    saw(JoinFactory(session=session, patient=patient, side_room=side), "arrived", NOW + timedelta(seconds=1))
    assert queries.patients_in(session) == [other.pk]
    assert queries.presence(session).patients_in == {patient.pk, other.pk}


def test_time_in_a_side_room_is_part_of_the_stays_and_known_apart(session, patient):
    at = [NOW + timedelta(minutes=n) for n in (0, 20, 35, 60)]
    main = queries.open_joins(session).get(patient=patient)
    side = SideRoom.objects.create(session=session, kind="word", by=session.leader, opened_at=at[1])
    second = JoinFactory(session=session, patient=patient, side_room=side)
    third = JoinFactory(session=session, patient=patient)
    gap = timedelta(milliseconds=300)
    saw(main, "left", at[1])
    saw(second, "arrived", at[1] + gap)
    saw(second, "left", at[2])
    saw(third, "arrived", at[2] + gap)
    saw(third, "left", at[3])
    until = at[3] + timedelta(minutes=1)
    assert side_stays(session, until) == {patient.pk: [Span(at[1] + gap, at[2])]}
    assert total(queries.stays(session, until)[patient.pk]) == timedelta(minutes=60) - 2 * gap


def test_nobody_is_left_alone_for_longer_than_coming_back_takes():
    since = lonely_since(1, None, NOW)
    assert since == NOW
    assert lonely_since(1, since, NOW + timedelta(seconds=5)) == NOW
    assert lonely_since(2, since, NOW + timedelta(seconds=5)) is None
    assert not is_too_long("word", since, NOW + PATIENCE["word"] - timedelta(seconds=1))
    assert is_too_long("word", since, NOW + PATIENCE["word"])
    assert not is_too_long("pair", None, NOW)


async def test_a_side_room_stands_until_whoever_is_on_the_way_into_it_is_elsewhere():
    side, removed = uuid4(), []

    async def remove(name):
        removed.append(name)

    coming = SimpleNamespace(side=side, join=None)
    media = SimpleNamespace(sides={str(side)}, remove_side=remove)
    followed = Sides(SimpleNamespace(snapshot=None, callers={uuid4(): coming}, people_in=[], media=media))
    followed.known[side] = "pair"
    await followed.watch(NOW)
    assert followed.told(coming) == {"side": {"kind": "pair"}}
    coming.side = None
    await followed.watch(NOW)
    assert removed == [str(side)]


async def test_who_is_asked_is_asked_no_more_once_the_leader_has_had_no_line_for_a_while(monkeypatch):
    ended, leader, patient = [], uuid4(), uuid4()

    async def end(work, *, session, side_room):
        ended.append(side_room)

    monkeypatch.setattr("stepdown.live.server.sides.in_database", end)
    asked = Side(id=uuid4(), kind="word", is_open=False, by=leader, patients=(patient,), staff=(leader,))
    snapshot = SimpleNamespace(sides=SimpleNamespace(rooms=(asked,), until=None))
    room = SimpleNamespace(session=uuid4(), snapshot=snapshot, people_in=[])
    room.callers = {leader: SimpleNamespace(), patient: SimpleNamespace()}
    watched = Sides(room)
    await watched.watch(NOW)
    await watched.watch(NOW + timedelta(minutes=5))
    assert ended == []
    del room.callers[leader]
    for second in range(15):
        await watched.watch(NOW + timedelta(minutes=6, seconds=second))
    assert ended == []
    await watched.watch(NOW + timedelta(minutes=6, seconds=15))
    assert ended == [asked.id]


async def test_pairs_are_asked_to_end_once_nobody_is_in_one_any_more(monkeypatch):
    asked = []

    async def end(work, *, session, only_due):
        asked.append(only_due)

    async def nothing(_):
        pass

    monkeypatch.setattr("stepdown.live.server.sides.in_database", end)
    pair = Side(id=uuid4(), kind="pair", is_open=True, by=uuid4(), patients=(uuid4(), uuid4()), staff=())
    snapshot = SimpleNamespace(sides=SimpleNamespace(rooms=(pair,), until=NOW + timedelta(minutes=5)))
    room = SimpleNamespace(session=uuid4(), snapshot=snapshot, callers={}, people_in=[])
    room.media = SimpleNamespace(sides=set(), remove_side=nothing)
    watched = Sides(room)
    await watched.watch(NOW)
    assert asked == []
    snapshot.sides.rooms = ()
    await watched.watch(NOW)
    assert asked == [True]


async def test_two_have_met_once_both_are_heard_of_in_the_side_room(monkeypatch):
    met, leader, patient = [], uuid4(), uuid4()

    async def both(work, *, session, side_room):
        met.append(side_room)

    monkeypatch.setattr("stepdown.live.server.sides.in_database", both)
    talk = Side(id=uuid4(), kind="word", is_open=True, by=leader, patients=(patient,), staff=(leader,))
    snapshot = SimpleNamespace(sides=SimpleNamespace(rooms=(talk,), until=None, of=lambda _: talk))
    before, after = NOW - timedelta(seconds=5), NOW + timedelta(seconds=1)
    person = SimpleNamespace(key=patient, side=talk.id, arrived_at=NOW, heard_at=after)
    lost = SimpleNamespace(key=leader, side=talk.id, arrived_at=NOW, heard_at=before)
    media = SimpleNamespace(sides=set())
    room = SimpleNamespace(session=uuid4(), snapshot=snapshot, callers={}, people_in=[person, lost], media=media)
    watched = Sides(room)
    await watched.watch(NOW)
    assert met == []
    lost.heard_at = after
    await watched.watch(NOW)
    await watched.watch(NOW)
    assert met == [talk.id]


@pytest.mark.django_db
def test_in_spanish_one_reads_that_nobody_asks_any_more(client):
    CenterFactory()
    session = RoomFactory().session
    as_patient(client, in_room(session))
    with translation.override("es"):
        answer = client.post(reverse("live:aside", args=[session.pk]), {"step": "yes"})
    assert answer.json() == {"why": "Ya nadie le pide ir a una sala aparte."}

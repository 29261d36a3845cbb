"""The group in pairs: who talks with whom, in the tables and by the rules."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from stepdown.kernel.db import RuleBroken
from stepdown.live import services, services_inside, services_pairs, services_sides
from stepdown.live.domain.sides import pairs_of
from stepdown.live.models import Break, Join, Pairs, SideRoom
from stepdown.live.sides import sides
from stepdown.live.tests.factories import JoinFactory, RoomFactory
from stepdown.live.tests.test_sides import in_room, saw
from stepdown.people.models import Patient
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory


def by_chance(people, chosen=None):
    return pairs_of(people, chosen or {}, lambda rest: rest.sort(reverse=True))


@given(st.integers(2, 12), st.dictionaries(st.integers(0, 11), st.integers(1, 6)))
def test_everyone_talks_with_somebody_and_nobody_twice(count, chosen):
    try:
        made = by_chance(list(range(count)), chosen)
    except ValueError:
        return  # more than three were chosen for one pair
    assert sorted(one for together in made for one in together) == list(range(count))
    assert all(len(together) >= 2 for together in made)


def test_an_odd_one_makes_a_group_of_three():
    assert sorted(map(len, by_chance(range(7)))) == [2, 2, 3]
    assert by_chance([1, 2, 3]) == [[1, 2, 3]]


def test_who_was_chosen_is_together_and_the_rest_by_chance():
    assert by_chance(["a", "b", "c", "d"], {"a": 1, "d": 1}) == [["a", "d"], ["b", "c"]]
    assert by_chance(["a", "b", "c", "d"], {"b": 1})[0][0] == "b"


def test_what_cannot_be_is_told_in_words():
    with pytest.raises(ValueError, match="not two people"):
        by_chance(["a"])
    with pytest.raises(ValueError, match="At most three"):
        by_chance(["a", "b", "c", "d"], dict.fromkeys("abcd", 1))


@pytest.fixture
def session(db):
    return RoomFactory().session


@pytest.fixture
def people(session):
    return [in_room(session) for _ in range(4)]


def start(session, **more):
    return services_pairs.start_pairs(session=session, by=session.leader, **({"minutes": 10} | more))


def together(session):
    return [set(room.patients) for room in sides(session).rooms]


def test_pairs_as_chosen_until_their_time_is_over(session, people):
    first, second, third, fourth = people
    pairs = start(session, chosen={first.pk: 1, fourth.pk: 1})
    assert together(session) == [{first.pk, fourth.pk}, {second.pk, third.pk}]
    assert sides(session).until == pairs.ends_at == pairs.started_at + timedelta(minutes=10)
    assert sides(session).of(session.leader_id) is None
    services_pairs.end_pairs(session=session, only_due=True)
    assert together(session)
    Pairs.objects.update(started_at=timezone.now() - timedelta(minutes=11), ends_at=timezone.now())
    services_pairs.end_pairs(session=session, only_due=True)
    assert sides(session).rooms == ()
    assert sides(session).until is None
    assert set(SideRoom.objects.values_list("why", flat=True)) == {"over"}


def goes_to_pair(session, patient):
    """As the live process moves them: out of the main room, into their pair."""
    saw(Join.objects.get(patient=patient), "left", timezone.now())
    pair = SideRoom.objects.get(pk=sides(session).of(patient.pk).id)
    saw(JoinFactory(session=session, patient=patient, side_room=pair), "arrived", timezone.now())


def test_who_asks_for_help_in_a_pair_is_asked_to_a_side_room_and_the_pair_goes_on(session, people, client):
    CenterFactory()
    first, second, third, fourth = people
    start(session, chosen={first.pk: 1, second.pk: 1, third.pk: 2, fourth.pk: 2})
    goes_to_pair(session, first)
    services_inside.tell_leaders(session=session, patient=first, kind="help")
    sign_in(client, session.leader)
    assert "?step=ask" in client.get(reverse("live:waiting", args=[session.pk])).content.decode()
    url = reverse("live:staff_aside", args=[session.pk]) + "?step=ask"
    assert client.post(url, {"patient": first.pk}).status_code == 302
    assert sides(session).asked(first.pk)
    assert {second.pk} in together(session)
    assert {third.pk, fourth.pk} in together(session)
    services_sides.answer_aside(session=session, patient=first, yes=True)
    assert sides(session).of(first.pk).people == {first.pk, session.leader_id}


def test_who_is_sent_out_is_in_their_pair_no_more(session, people):
    first = people[0]
    services.let_in(session=session, patient=first, by=session.leader)
    start(session, chosen=dict.fromkeys([one.pk for one in people[:3]], 1))
    services.send_out(session=session, patient=first, by=session.leader)
    assert sides(session).of(first.pk) is None
    services.knock(session=session, patient=first)
    services_sides.talk_first(session=session, patient=first, by=session.leader)
    services.let_in(session=session, patient=first, by=session.leader)
    assert sides(session).of(first.pk) is None


def test_the_rail_tells_a_pair_from_a_private_word(session, client):
    """And says nothing of who is in the main room."""
    CenterFactory()
    sign_in(client, session.leader)
    in_room(session)

    def rail():
        page = client.get(reverse("live:waiting", args=[session.pk])).content.decode()
        return [words for words in ("in a pair", "in a side room") if words in page]

    assert rail() == []
    patient = in_room(session)
    word = services_sides.ask_aside(session=session, patient=patient, by=session.leader)
    services_sides.answer_aside(session=session, patient=patient, yes=True)
    aside = JoinFactory(session=session, patient=patient, side_room=word)
    saw(aside, "arrived", timezone.now())
    assert rail() == ["in a side room"]
    services_sides.go_back(session=session, patient=patient)
    saw(aside, "left", timezone.now())
    start(session)
    saw(JoinFactory(session=session, patient=patient, side_room=SideRoom.objects.last()), "arrived", timezone.now())
    assert rail() == ["in a pair"]


def test_a_leader_brings_all_back_before_the_time(session, people):
    start(session)
    services_pairs.end_pairs(session=session)
    assert sides(session).rooms == ()


def test_a_leader_goes_from_pair_to_pair_and_the_pairs_go_on(session, people):
    start(session)
    one, other = sides(session).rooms
    for room in (one, other):
        services_pairs.visit_pair(session=session, side_room=room.id, by=session.leader)
        assert sides(session).of(session.leader_id).id == room.id
    services_sides.go_back(session=session, staff=session.leader)
    assert sides(session).of(session.leader_id) is None
    assert len(together(session)) == 2


def test_who_comes_late_is_put_with_the_fewest(session, people):
    in_room(session)
    start(session)
    late = in_room(session)
    assert sides(session).of(late.pk) is None
    services_pairs.put_in_pair(session=session, patient=late)
    assert sorted(map(len, together(session))) == [3, 3]


def test_nobody_who_comes_late_is_put_where_all_have_gone_back(session, people):
    start(session)
    empty, full = sides(session).rooms
    for one in empty.patients:
        services_sides.go_back(session=session, patient=Patient(pk=one))
    late = in_room(session)
    services_pairs.put_in_pair(session=session, patient=late)
    assert together(session) == [{*full.patients, late.pk}]


def test_one_goes_back_and_the_other_is_not_ended_by_it(session, people):
    start(session, chosen={person.pk: 1 for person in people[:2]})
    services_sides.go_back(session=session, patient=people[0])
    assert people[0].pk not in {one for pair in together(session) for one in pair}
    assert together(session)[0] == {people[1].pk}


def test_where_nobody_is_in_a_pair_any_more_the_group_is_in_pairs_no_more(session, people):
    start(session, chosen=dict.fromkeys([one.pk for one in people[:2]], 1))
    one, other = sides(session).rooms
    services_sides.end_lonely(session=session, side_room=one.id)
    services_pairs.end_pairs(session=session, only_due=True)
    assert together(session) == [set(other.patients)]
    assert sides(session).until
    for patient in people[2:]:
        services_sides.go_back(session=session, patient=patient)
    services_pairs.end_pairs(session=session, only_due=True)
    assert sides(session).until is None
    assert not SideRoom.objects.filter(ended_at=None).exists()
    services.start_break(session=session, by=session.leader)


@pytest.mark.parametrize("minutes", [0, 61])
def test_minutes_that_cannot_be(session, people, minutes):
    with pytest.raises(RuleBroken, match="from 1 to 60"):
        start(session, minutes=minutes)


def test_when_pairs_cannot_start(session, people):
    start(session)
    with pytest.raises(RuleBroken, match=r"in pairs already|not two people"), transaction.atomic():
        start(session)
    with pytest.raises(RuleBroken, match="Bring all back first"), transaction.atomic():
        services.start_break(session=session, by=session.leader)
    services_pairs.end_pairs(session=session)
    services_inside.decide(session=session, what="pause", on=True, by=session.leader)
    with pytest.raises(RuleBroken, match="paused"), transaction.atomic():
        start(session)


def test_a_break_that_nobody_ended_in_time_holds_up_no_pairs(session, people):
    began = timezone.now() - timedelta(minutes=11)
    left_open = Break.objects.create(session=session, starts_at=began, planned_minutes=10, started_by=session.leader)
    start(session)
    left_open.refresh_from_db()
    assert left_open.ends_at == left_open.planned_end
    services_pairs.end_pairs(session=session)
    services.start_break(session=session, by=session.leader)
    with pytest.raises(RuleBroken, match="on a break"), transaction.atomic():
        start(session)


def test_who_has_just_agreed_to_a_private_word_is_in_no_pair(session, people):
    """They are in the main room still, on the way out of it."""
    services_sides.ask_aside(session=session, patient=people[0], by=session.leader)
    services_sides.answer_aside(session=session, patient=people[0], yes=True)
    start(session, chosen={people[0].pk: 1, people[1].pk: 1})
    assert sides(session).of(people[0].pk).kind == "word"
    assert together(session)[1:] == [{person.pk for person in people[1:]}]


def test_who_was_asked_to_a_side_room_is_in_a_pair_instead(session, people):
    asked = services_sides.ask_aside(session=session, patient=people[0], by=session.leader)
    start(session)
    asked.refresh_from_db()
    assert asked.why == SideRoom.Why.WITHDRAWN
    assert sides(session).of(people[0].pk).kind == "pair"


def test_what_is_over_is_visited_and_joined_no_more(session, people):
    start(session)
    room = sides(session).rooms[0].id
    services_pairs.end_pairs(session=session)
    with pytest.raises(RuleBroken, match="back with the group already"), transaction.atomic():
        services_pairs.visit_pair(session=session, side_room=room, by=session.leader)
    with pytest.raises(RuleBroken, match="not in pairs any more"):
        services_pairs.put_in_pair(session=session, patient=people[0])


def test_the_end_of_the_room_ends_its_pairs(session, people):
    start(session)
    services.end_room(session=session, by=session.leader)
    assert not Pairs.objects.filter(ended_at=None).exists()
    assert sides(session).rooms == ()

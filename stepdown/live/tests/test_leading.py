"""When nobody leads: after two minutes the room says so and every clinical director is called in, once."""

import json
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from stepdown.live import queries, services, services_leading
from stepdown.live.domain.leading import alone_since, is_too_long
from stepdown.live.light_crowd import Crowd
from stepdown.live.models import LeaderAway
from stepdown.live.server import leading
from stepdown.live.server.hall import SWEEP_SECONDS
from stepdown.live.server.leading import Leading
from stepdown.live.server.roster import KEPT
from stepdown.live.tests.conftest import LiveGroup
from stepdown.live.tests.factories import RoomFactory
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.factories import StaffFactory
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory
from tests.copies import Copy

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
EARLIER = NOW - timedelta(seconds=90)


def test_a_room_whose_leader_goes_is_alone_from_then_on():
    assert alone_since([False, False], None, NOW) == NOW
    assert alone_since([False], EARLIER, NOW) == EARLIER


@pytest.mark.parametrize("leads", [[True], [False, True], [True, True, False], []])
def test_a_room_with_any_leader_or_without_patients_is_not_alone(leads):
    assert alone_since(leads, EARLIER, NOW) is None


@pytest.mark.parametrize(("seconds", "answer"), [(0, False), (119, False), (120, True), (600, True)])
def test_two_minutes_are_too_long(seconds, answer):
    assert is_too_long(NOW - timedelta(seconds=seconds), NOW) is answer


def test_who_is_not_alone_is_not_alone_for_too_long():
    assert not is_too_long(None, NOW)


LEADER = SimpleNamespace(key=uuid4(), role="leader", is_leader=True, is_over=False)
PATIENT, WAITS = (SimpleNamespace(key=uuid4(), role="patient", is_leader=False, is_over=False) for _ in range(2))
Look = Callable[..., Awaitable[list[tuple[str, datetime | None]]]]


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Look:
    """Lets a room look once, given who is there, at which second, since when the tables say that no leader is, whether
    somebody opened it, and at which second the group begins; gives what was written."""

    async def written(work: Callable[..., object], **what: datetime | None) -> None:
        told.append((work.__name__, what.get("since")))

    async def look(
        watch: Leading, *here: object, at: float, known: datetime | None = None, is_open: bool = True, starts: float = 0
    ) -> list[object]:
        told.clear()
        room = SimpleNamespace(
            session=uuid4(), callers={one.key: one for one in here}, is_admitted=lambda caller: caller is not WAITS
        )
        starts_at = NOW + timedelta(seconds=starts)
        said = SimpleNamespace(
            is_open=is_open, leaderless_since=known, starts_at=starts_at, latest_end=starts_at + timedelta(hours=5)
        )
        await watch.watch(room, said, NOW + timedelta(seconds=at))
        return list(told)

    told: list[tuple[str, datetime | None]] = []
    monkeypatch.setattr(leading, "in_database", written)
    return look


async def test_the_two_minutes_go_on_while_the_last_patient_is_on_the_way_back(look: Look):
    watch = Leading()
    await look(watch, LEADER, PATIENT, at=-1)
    for second in (0, 60, 110):
        await look(watch, PATIENT, at=second)
    for second in (111, 112, 113):
        assert await look(watch, at=second) == []
    assert await look(watch, PATIENT, at=114) == []
    assert await look(watch, PATIENT, at=120) == [("leader_away", NOW)]


async def test_nobody_is_called_in_before_the_last_patient_is_back(look: Look):
    watch = Leading()
    await look(watch, PATIENT, at=0)
    await look(watch, PATIENT, at=119)
    assert await look(watch, at=121) == []
    assert await look(watch, PATIENT, at=122) == [("leader_away", NOW)]


async def test_a_room_that_empties_for_a_moment_is_not_told_that_someone_leads_it(look: Look):
    watch = Leading()
    await look(watch, PATIENT, at=125, known=NOW)
    assert await look(watch, at=126, known=NOW) == []
    assert await look(watch, at=129, known=NOW) == []
    assert await look(watch, PATIENT, at=130, known=NOW) == []
    assert watch.since == NOW


@pytest.mark.parametrize("how", ["lost for long", "left"])
async def test_it_is_over_once_the_last_patient_is_not_on_the_way_back(look: Look, how: str):
    watch = Leading()
    await look(watch, PATIENT, at=125, known=NOW)
    if how == "left":
        watch.left(PATIENT)
    else:
        await look(watch, at=126, known=NOW)
    after = 134.1 if how == "left" else 126 + KEPT.total_seconds() + 1
    assert await look(watch, at=after, known=NOW) == [("leader_back", None)]


async def test_a_process_that_starts_anew_goes_on_from_what_the_tables_say(look: Look):
    watch = Leading()
    assert await look(watch, WAITS, at=125, known=NOW) == []
    assert await look(watch, WAITS, PATIENT, at=128, known=NOW) == []
    assert watch.since == NOW
    assert await look(watch, WAITS, PATIENT, LEADER, at=129, known=NOW) == [("leader_back", None)]


async def test_the_two_minutes_go_on_in_a_process_that_starts_anew(look: Look):
    watch = Leading(since=NOW)
    for second in (113, 118, 119):
        assert await look(watch, PATIENT, at=second) == []
    assert watch.since == NOW
    assert await look(watch, PATIENT, at=122) == [("leader_away", NOW)]


async def test_a_process_that_starts_anew_calls_nobody_in_while_whoever_was_there_is_on_the_way_back(look: Look):
    watch = Leading(since=NOW)
    assert await look(watch, PATIENT, at=150) == []
    assert await look(watch, PATIENT, LEADER, at=152) == []
    assert watch.since is None


async def test_a_process_that_starts_anew_waits_for_nobody_for_long(look: Look):
    watch = Leading()
    assert await look(watch, at=125, known=NOW) == []
    assert await look(watch, at=126 + KEPT.total_seconds(), known=NOW) == [("leader_back", None)]


@pytest.mark.parametrize("is_open", [False, True])
async def test_who_waits_at_the_door_of_a_group_that_should_have_begun_is_not_left_alone(look: Look, is_open: bool):
    watch = Leading()
    await look(watch, WAITS, at=0, is_open=is_open, starts=100)
    assert await look(watch, WAITS, at=125, is_open=is_open, starts=100) == []
    assert await look(watch, WAITS, at=244, is_open=is_open, starts=100) == []
    assert await look(watch, WAITS, at=245, is_open=is_open, starts=100) == [
        ("leader_away", NOW + timedelta(seconds=125))
    ]


@pytest.mark.parametrize("starts_anew", [False, True])
async def test_who_waits_for_a_group_that_was_put_off_waits_for_its_new_start(look: Look, starts_anew: bool):
    watch = Leading()
    for second in (0, 10):
        await look(watch, WAITS, at=second, is_open=False)
    watch = Leading(since=watch.since) if starts_anew else watch
    for second in (11, 60, 1799, 1800, 1919):
        assert await look(watch, WAITS, at=second, is_open=False, starts=1800) == []
    assert await look(watch, WAITS, at=1920, is_open=False, starts=1800) == [
        ("leader_away", NOW + timedelta(seconds=1800))
    ]


async def test_nobody_is_called_in_for_who_waits_where_a_leader_is_about_to_open(look: Look):
    watch = Leading()
    for second in (0, 60, 120, 180):
        assert await look(watch, WAITS, LEADER, at=second, is_open=False) == []


async def test_nobody_is_called_in_for_a_page_that_was_left_open_after_the_group(look: Look):
    watch = Leading()
    for second in (5 * 3600 + 1, 5 * 3600 + 200):
        assert await look(watch, WAITS, at=second, is_open=False) == []


async def test_that_nobody_opened_is_known_until_somebody_does_also_when_all_gave_up_waiting(look: Look):
    watch = Leading()
    await look(watch, WAITS, at=125, known=NOW, is_open=False)
    assert await look(watch, at=300, known=NOW, is_open=False) == []
    assert await look(watch, LEADER, at=301, known=NOW, is_open=False) == [("leader_back", None)]


@pytest.mark.django_db
def test_before_a_room_is_opened_those_who_were_to_lead_are_called_in_too():
    director = StaffFactory(roles=[Role.DIRECTOR])
    session = SessionFactory(co_leader=StaffFactory())
    away = services_leading.leader_away(session=Session(pk=session.pk), since=EARLIER)
    called = {message.staff for message in Message.objects.filter(kind=Message.Kind.NEEDED_NOW)}
    assert called == {director, session.leader, session.co_leader}
    assert queries.rooms_without_leader(director) == [away]


@pytest.mark.django_db
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_session_that_was_called_off_wants_no_leader(when):
    session, director = SessionFactory(), StaffFactory(roles=[Role.DIRECTOR])
    if when == "after":
        services_leading.leader_away(session=session, since=EARLIER)
    Session.objects.filter(pk=session.pk).update(cancelled_at=timezone.now())
    if when == "before":
        assert services_leading.leader_away(session=session, since=EARLIER) is None
        assert not Message.objects.exists()
    assert queries.rooms_without_leader(director) == []


@pytest.mark.django_db
def test_no_room_is_without_a_leader_for_ever(time_machine):
    away = services_leading.leader_away(session=RoomFactory().session, since=EARLIER)
    session, director = away.session, StaffFactory(roles=[Role.DIRECTOR])
    time_machine.move_to(session.ends_at + queries.LATEST)
    assert queries.rooms_without_leader(director) == [away]
    time_machine.move_to(session.ends_at + queries.LATEST + timedelta(seconds=1))
    assert queries.rooms_without_leader(director) == []


@pytest.mark.django_db
def test_every_director_is_called_in_once_and_nobody_else():
    director = StaffFactory(roles=[Role.DIRECTOR])
    StaffFactory(roles=[Role.DIRECTOR], ended_at=timezone.now())
    StaffFactory(roles=[Role.BILLER])
    room = RoomFactory()
    away = services_leading.leader_away(session=room.session, since=EARLIER)
    assert services_leading.leader_away(session=room.session, since=NOW) == away
    assert away.since == EARLIER
    assert [message.staff for message in Message.objects.filter(kind=Message.Kind.NEEDED_NOW)] == [director]
    assert queries.rooms_without_leader(director) == [away]


@pytest.mark.django_db
def test_who_may_lead_the_room_learns_of_it_and_other_counselors_do_not():
    away = services_leading.leader_away(session=RoomFactory().session, since=EARLIER)
    assert queries.rooms_without_leader(away.session.leader) == [away]
    assert queries.rooms_without_leader(StaffFactory(roles=[Role.COUNSELOR])) == []


@pytest.mark.django_db
def test_a_room_that_was_ended_meanwhile_calls_nobody_in():
    StaffFactory(roles=[Role.DIRECTOR])
    room = RoomFactory(ended_at=timezone.now())
    assert services_leading.leader_away(session=room.session, since=EARLIER) is None
    assert not Message.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["a leader comes back", "the room is ended"])
def test_it_is_over_once(how):
    room = RoomFactory()
    services_leading.leader_away(session=room.session, since=EARLIER)
    if how == "the room is ended":
        services.end_room(session=room.session, by=None)
    else:
        services_leading.leader_back(session=room.session)
    assert queries.leader_away_now(room.session) is None
    assert LeaderAway.objects.get().ended_at


@pytest.mark.browser
def test_who_waits_is_told_that_nobody_is_there_to_open_and_that_somebody_is(crowd: Crowd, group: LiveGroup):
    person = group.patient(let_in=False)[1]
    crowd.until(lambda: person.heard("waiting"), "the patient waits")
    assert not person.heard("waiting")[-1]["leader_away"]
    services_leading.leader_away(session=group.session, since=timezone.now())
    crowd.until(lambda: person.heard("waiting")[-1]["leader_away"], "the patient is told")
    group.leader(mic=False, camera=False)
    crowd.until(lambda: not person.heard("waiting")[-1]["leader_away"], "the patient is told again")
    assert queries.leader_away_now(group.session) is None


@pytest.mark.browser
def test_since_when_nobody_leads_outlives_the_live_process(product: Copy, crowd: Crowd, group: LiveGroup):
    def since() -> str | None:
        return json.loads((product.home / "lines.json").read_text())["alone_since"].get(str(group.session.pk))

    leader = group.leader(mic=False, camera=False)
    patient = group.patient(mic=False, camera=False, comes_back=True)[1]
    crowd.until(lambda: patient.join, "the patient is in")
    crowd.run(leader.say("leave"))
    crowd.run(leader.stop())
    crowd.until(since, "it is kept since when nobody leads")
    before = since()
    for comings in (2, 3):
        product.kill("live")
        crowd.until(lambda: len(patient.heard("in")) == comings, "the patient is in again")  # noqa: B023  # asked at once
        crowd.until_is_time(time.monotonic() + 3 * SWEEP_SECONDS)  # the room has looked who is there
        assert since() == before


@pytest.mark.browser
def test_patients_are_told_that_nobody_leads_and_that_somebody_does_again(crowd: Crowd, group: LiveGroup):
    leader = group.leader(mic=False, camera=False)
    patient = group.patient(mic=False, camera=False)[1]
    crowd.until(lambda: patient.join, "the patient is in")
    crowd.run(leader.say("leave"))
    crowd.until(lambda: [len(told["people"]) for told in patient.heard("roster")][-1:] == [1], "the leader is gone")
    services_leading.leader_away(session=group.session, since=timezone.now())
    crowd.until(lambda: patient.heard("room")[-1]["leader_away"], "the patient is told")
    group.leader(mic=False, camera=False)
    crowd.until(lambda: not patient.heard("room")[-1]["leader_away"], "the patient is told again")
    assert queries.leader_away_now(group.session) is None

"""What breaks, and how the room comes through: lines, phones, the media server, the live process, strangers."""

import asyncio
import os
import signal
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from stepdown.live import queries, services
from stepdown.live.domain.stays import Kind
from stepdown.live.light_client import LightPerson
from stepdown.live.light_crowd import Crowd
from stepdown.live.media.interface import Happenings
from stepdown.live.models import InboxEvent
from stepdown.live.tests.conftest import LiveGroup, answered, await_lines, media_of, who_is_in
from stepdown.live.tests.factories import patient_at_door
from tests import database
from tests.copies import Copy

pytestmark = pytest.mark.browser

# Source: design, "attendance against what really happened: within 5 seconds a person".
CLOSE = timedelta(seconds=5)


def kinds(join: str | None) -> set[str]:
    """What witnesses told of a join, without mere sightings."""
    return set(InboxEvent.objects.filter(join=join).exclude(kind=Kind.SEEN).values_list("kind", flat=True))


def end_of_stay(join: str | None) -> object:
    return InboxEvent.objects.filter(join=join, kind=Kind.LEFT).order_by("at").values_list("at", flat=True).first()


def test_a_cut_socket_ends_the_stay_and_the_person_comes_back_without_waiting(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    patient, person = group.patient(comes_back=True)
    crowd.until_all_see_all([leader, person])
    join = person.join
    cut_at = timezone.now()
    crowd.run(person.cut())
    crowd.until(lambda: person.join not in (None, join), "the person is in again")
    crowd.until_all_see_all([leader, person])
    assert not person.heard("waiting")
    crowd.until(lambda: end_of_stay(join), "the first stay has ended")
    assert abs(end_of_stay(join) - cut_at) < CLOSE
    first, last = queries.stays(group.session)[patient.pk]
    assert first.end <= last.start


@pytest.mark.long
def test_a_frozen_phone_ends_the_stay_when_it_was_last_heard(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    _, person = group.patient()
    crowd.until_all_see_all([leader, person])
    join = person.join
    crowd.run(person.freeze(after=3))
    frozen_at = timezone.now()
    crowd.until(lambda: person.close_code == 4408, "the silent socket is closed", 30)
    crowd.until(lambda: end_of_stay(join), "the stay has ended")
    assert abs(end_of_stay(join) - frozen_at) < CLOSE
    crowd.until(lambda: len(leader.heard("roster")[-1]["people"]) == 1, "the others see that the person is gone")


def test_whose_socket_is_dead_and_who_is_still_heard_is_there_until_they_are_put_out(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    _, person = group.patient()
    crowd.until_all_see_all([leader, person])
    join, person.is_silent = person.join, True
    crowd.until(lambda: person.close_code == 4408, "the silent socket is closed", 30)
    put_out_at = timezone.now()
    crowd.until(lambda: end_of_stay(join), "the stay has ended")
    assert abs(end_of_stay(join) - put_out_at) < CLOSE


def test_who_is_put_out_is_offered_to_nobody_any_more(product: Copy, crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    _, person = group.patient()
    crowd.until_all_see_all([leader, person])
    join, person.is_silent = str(person.join), True
    media = media_of(product)
    asyncio.run(answered(media, lambda: media.put_out(str(group.session.pk), join)))
    crowd.until(lambda: join not in leader.feeds.values(), "the leader receives nothing of them")


@pytest.mark.long
def test_a_dead_line_under_a_living_socket_is_noticed_and_made_anew(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    patient, person = group.patient()
    crowd.until_all_see_all([leader, person])
    join = person.join
    person.lose_line()
    lost_at = timezone.now()
    crowd.until(lambda: leader.line_of(join) == "weak", "the leader is told that nothing arrives")
    assert not person.heard("again")
    crowd.until(lambda: person.heard("again"), "the person is told", 40)
    assert person.heard("again")[-1]["why"] == "line"
    crowd.until_all_see_all([leader, person])
    crowd.until(lambda: kinds(join) >= {Kind.MEDIA_LOST, Kind.LEFT}, "the loss is kept")
    first, last = queries.stays(group.session)[patient.pk]
    assert abs(first.end - lost_at) < CLOSE
    assert last.start - first.end > timedelta(seconds=15)


def test_everyone_is_back_after_the_media_server_was_killed(product: Copy, crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    patients, people = zip(*(group.patient() for _ in range(3)), strict=True)
    everyone = [leader, *people]
    crowd.until_all_see_all(everyone)
    joins = [person.join for person in everyone]

    product.kill("janus")

    crowd.until(lambda: all(person.heard("again") for person in everyone), "everyone is told")
    crowd.until(lambda: all(person.join and person.join not in joins for person in everyone), "everyone is in again")
    crowd.until_all_see_all(everyone)
    assert {message["why"] for person in everyone for message in person.heard("again")} == {"media_server"}
    crowd.until(lambda: all(Kind.SERVER_DIED in kinds(join) for join in joins), "its death is kept")
    stays = queries.stays(group.session)
    for patient in patients:
        first, last = stays[patient.pk]
        assert timedelta(0) <= last.start - first.end < timedelta(seconds=10)


def test_sound_and_pictures_go_on_while_the_live_process_is_killed(product: Copy, crowd: Crowd, group: LiveGroup):
    leader = group.leader(comes_back=True)
    patient, person = group.patient(comes_back=True)
    crowd.until_all_see_all([leader, person])
    joins = [leader.join, person.join]
    await_lines(product, crowd, joins)

    product.kill("live")

    arrived = person.packets_from(leader.join or joins[0])
    crowd.until(lambda: [len(one.heard("in")) for one in (leader, person)] == [2, 2], "both are in again")
    assert [leader.join, person.join] == joins
    assert [one.heard("in")[-1]["goes_on"] for one in (leader, person)] == [["sends", "receives"]] * 2
    assert person.packets_from(joins[0]) > arrived
    _, late = group.patient()
    crowd.until_all_see_all([leader, person, late])
    assert not person.heard("waiting")
    assert not any(end_of_stay(join) for join in joins)
    assert len(queries.stays(group.session)[patient.pk]) == 1


def test_who_had_sent_nothing_yet_when_the_live_process_was_killed_comes_in_anew_and_is_seen(
    product: Copy, crowd: Crowd, group: LiveGroup, monkeypatch
):
    leader = group.leader(comes_back=True)
    publish = LightPerson._publish

    async def too_late(one: LightPerson) -> None:
        if len(one.heard("in")) > 1:
            await publish(one)

    monkeypatch.setattr(LightPerson, "_publish", too_late)
    _, person = group.patient(comes_back=True)
    crowd.until(lambda: person.frames_from(leader.join or ""), "the patient sees the leader")
    join = person.join
    await_lines(product, crowd, [leader.join, join])

    product.kill("live")

    crowd.until_all_see_all([leader, person])
    assert person.join != join
    assert not person.heard("waiting")
    crowd.until(lambda: end_of_stay(join), "the first stay has ended")


def test_whose_arrival_the_killed_process_could_not_write_any_more_is_in_the_room(
    product: Copy, crowd: Crowd, group: LiveGroup
):
    leader = group.leader(comes_back=True)
    patient = patient_at_door(group.session)
    services.let_in(session=group.session, patient=patient, by=group.session.leader)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("lock table live_inboxevent in share row exclusive mode")  # read, and not written
        person = group.comes(patient, comes_back=True)
        crowd.until_all_see_all([leader, person])
        came_by, join = timezone.now(), person.join
        await_lines(product, crowd, [leader.join, join])
        product.kill("live")
    crowd.until(lambda: len(person.heard("in")) == 2, "the patient is in again")
    assert person.join == join
    crowd.until(lambda: kinds(join) == {Kind.ARRIVED}, "that they arrived is written")
    assert [one.patient for one in queries.people_in(group.session)] == [None, patient.pk]
    assert queries.stays(group.session)[patient.pk][0].start < came_by


def test_who_left_while_nobody_listened_costs_nobody_their_line(product: Copy, crowd: Crowd, group: LiveGroup):
    leader = group.leader(comes_back=True)
    _, person = group.patient(comes_back=True)
    _, gone = group.patient()
    crowd.until_all_see_all([leader, person, gone])
    joins = [leader.join, person.join]
    await_lines(product, crowd, [*joins, gone.join])

    os.kill(product.pid("live"), signal.SIGSTOP)
    crowd.run(gone.lose_media())
    product.kill("live")

    crowd.until(lambda: [len(one.heard("in")) for one in (leader, person)] == [2, 2], "both are in again")
    assert [leader.join, person.join] == joins
    crowd.until_all_see_all([leader, person])
    assert [one.heard("in")[-1]["goes_on"] for one in (leader, person)] == [["sends"], ["sends"]]
    _, late = group.patient()
    crowd.until_all_see_all([leader, person, late])


@pytest.mark.parametrize("is_known", [True, False])
def test_who_comes_in_after_a_restart_is_seen_on_a_page_that_is_back_later(
    product: Copy, crowd: Crowd, group: LiveGroup, is_known: bool
):
    leader = group.leader(comes_back=True)
    patient, person = group.patient(comes_back=True)
    crowd.until_all_see_all([leader, person])
    join = str(leader.join)
    await_lines(product, crowd, [join, person.join])
    leader.comes_later()

    product.kill("live")

    if is_known:  # their page is loaded again
        crowd.run(person.stop())
        fresh = group.comes(patient, comes_back=True)
    else:
        _, fresh = group.patient(comes_back=True)
    crowd.until(lambda: fresh.is_sending and fresh.frames_from(join), "who comes in sends, and sees the leader")
    assert len(leader.heard("in")) == 1
    crowd.run(leader.comes_now())
    crowd.until_all_see_all([leader, fresh])
    assert leader.join == join
    assert leader.heard("in")[-1]["goes_on"] == (["sends"] if is_known else ["sends", "receives"])
    _, late = group.patient()
    crowd.until_all_see_all([leader, fresh, late])


def test_everyone_is_back_after_the_live_process_and_the_media_server_were_killed(
    product: Copy, crowd: Crowd, group: LiveGroup
):
    leader = group.leader(comes_back=True)
    _, person = group.patient(comes_back=True)
    crowd.until_all_see_all([leader, person])
    joins = [leader.join, person.join]
    await_lines(product, crowd, joins)

    product.kill("live")
    product.kill("janus")

    crowd.until(lambda: all(one.join not in (None, *joins) for one in (leader, person)), "both are in again", 40)
    crowd.until_all_see_all([leader, person])
    assert not person.heard("waiting")
    crowd.until(lambda: all(end_of_stay(join) for join in joins), "the old stays have ended")
    crowd.until(lambda: len(queries.people_in(group.session)) == 2, "each person is in once")
    media = media_of(product)
    crowd.until(
        lambda: crowd.run(who_is_in(media, str(group.session.pk))) == {leader.join, person.join},
        "nobody else is left on the media server",
    )


@pytest.mark.long
def test_everyone_is_back_after_the_media_server_hung(product: Copy, crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    _, person = group.patient()
    crowd.until_all_see_all([leader, person])
    hung = product.pid("janus")
    os.kill(hung, signal.SIGSTOP)
    try:
        crowd.until(lambda: leader.heard("again") and person.heard("again"), "both are told", 60)
    finally:
        os.kill(hung, signal.SIGCONT)
    crowd.until_all_see_all([leader, person], 60)


def test_what_changes_while_the_line_to_the_database_is_lost_reaches_the_room(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    patient, person = group.patient(let_in=False)
    crowd.until(lambda: person.heard("waiting"), "the patient waits")
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
            " and (query = 'listen live' or query like '%%live_%%')"
        )
        assert cursor.fetchone()[0] >= 1
    services.let_in(session=group.session, patient=patient, by=group.session.leader)
    crowd.until_all_see_all([leader, person])
    crowd.until(lambda: len(queries.people_in(group.session)) == 2, "both are written down")


def test_who_leaves_or_comes_while_the_database_is_away_is_written_down_as_it_was(crowd: Crowd, group: LiveGroup):
    leader = group.leader(comes_back=True)
    _, gone = group.patient()
    patient, late = group.patient(comes_back=True)
    crowd.until_all_see_all([leader, gone, late])
    joins = [gone.join, late.join]
    with database.interrupted(str(connection.settings_dict["NAME"])):
        left_at = timezone.now()
        crowd.run(gone.stop())
        crowd.run(late.cut())
        crowd.until(lambda: late.heard("sorry"), "the late person is told to try again")
    assert late.heard("sorry")[-1]["again"]
    crowd.until_all_see_all([leader, late])
    crowd.until(lambda: all(end_of_stay(join) for join in joins), "both stays have ended")
    assert all(abs(end_of_stay(join) - left_at) < CLOSE for join in joins)
    assert len(queries.stays(group.session)[patient.pk]) == 2


def test_a_leader_acts_while_the_database_is_away_and_loses_nothing(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    _, person = group.patient()
    waiting, at_door = group.patient(let_in=False)
    crowd.until_all_see_all([leader, person])
    crowd.until(lambda: at_door.heard("waiting"), "the other patient waits")
    join = leader.join
    with database.interrupted(str(connection.settings_dict["NAME"])):
        crowd.run(leader.say("mute", who=person.join))
        crowd.until(lambda: person.heard("muted"), "who is to be quiet is muted")
        crowd.run(leader.say("let_in", patient=str(waiting.pk)))
        crowd.until(lambda: leader.heard("no"), "the leader is told that this cannot be done now")
    crowd.run(leader.say("let_in", patient=str(waiting.pk)))
    crowd.until(lambda: at_door.join, "the other patient is in")
    assert leader.join == join


def test_an_orderly_restart_of_the_live_process_stops_nothing(product: Copy, crowd: Crowd, group: LiveGroup):
    leader = group.leader(comes_back=True)
    patient, person = group.patient(comes_back=True)
    crowd.until_all_see_all([leader, person])
    joins = [leader.join, person.join]
    os.kill(product.pid("live"), signal.SIGTERM)
    crowd.until(lambda: leader.close_code == 1012 and person.close_code == 1012, "both sockets are closed")
    crowd.until(lambda: [len(one.heard("in")) for one in (leader, person)] == [2, 2], "both are in again")
    assert [leader.join, person.join] == joins
    assert not any(end_of_stay(join) for join in joins)
    assert len(queries.stays(group.session)[patient.pk]) == 1


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_who_does_not_come_back_after_a_restart_was_there_until_it(
    product: Copy, crowd: Crowd, group: LiveGroup, number: signal.Signals
):
    leader = group.leader(comes_back=True)
    _, person = group.patient()
    crowd.until_all_see_all([leader, person])
    join = person.join
    written = InboxEvent.objects.filter(join=join).order_by("-at").values_list("at", flat=True)
    crowd.until(lambda: timezone.now() - written[0] > CLOSE * 1.5, "nothing was written of the person for a while")
    stopped_at = timezone.now()
    os.kill(product.pid("live"), number)
    # A media server that gave the line up first says when it did so; what is known better comes after that.
    ends = InboxEvent.objects.filter(join=join, kind=Kind.LEFT, source=InboxEvent.Source.SIGNALING)
    crowd.until(ends.all().exists, "the stay has ended", 60)
    assert abs(end_of_stay(join) - stopped_at) < CLOSE
    crowd.until(lambda: len(leader.heard("roster")[-1]["people"]) == 1, "the leader sees that the person is gone")


def test_nobody_unknown_stays_in_the_room(product: Copy, crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    _, person = group.patient()
    crowd.until_all_see_all([leader, person])
    gone = asyncio.Event()

    async def stranger() -> bool:
        media = media_of(product)
        media.is_ready = True
        media._rooms.add(str(group.session.pk))

        async def lost() -> None:
            gone.set()

        await media.join(str(group.session.pk), "00000000-0000-4000-8000-000000000000", Happenings(lost=lost))
        await asyncio.wait_for(gone.wait(), 15)
        return True

    assert crowd.run(stranger())
    crowd.until_all_see_all([leader, person])
    assert not leader.heard("again")


def test_a_data_channel_is_refused_and_the_room_goes_on(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    _, other = group.patient()
    crowd.until_all_see_all([leader, other])
    _, person = group.patient(data_channel=True)
    crowd.until(lambda: person.close_code == 4400, "the offer is refused")
    assert person.heard("sorry")[-1]["reason"] == "description"
    assert not person.heard("published")
    crowd.until_all_see_all([leader, other])
    assert not leader.heard("again")

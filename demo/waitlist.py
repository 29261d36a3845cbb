"""People who wait for a chair in a group that is full, and the chain of offers that is under way there."""

from datetime import datetime, time, timedelta

from stepdown.admissions.models import CameFrom, Episode
from stepdown.people.models import Staff
from stepdown.placement import queries
from stepdown.placement.models import Group, Seat
from stepdown.placement.services_chain import offer_next
from stepdown.placement.services_pairs import change_wishes, pair_up
from stepdown.placement.services_waitlist import put_on_waitlist, set_urgency

from .history import Maker
from .intake import Way, assessed

FULL = "Cedar"
TUESDAY = 1

# Days since they were decided for, where they come from, what the assessment found beyond the usual.
WAIT = (
    (13, CameFrom.DIRECT, {}),
    (12, CameFrom.DIRECT, {}),
    (9, CameFrom.RESIDENTIAL, {}),
    (8, CameFrom.DIRECT, {"withdrawal": {"pregnant": True}}),
    (6, CameFrom.DIRECT, {"ratings": {"d3": 2}}),
    (5, CameFrom.DIRECT, {}),
    (3, CameFrom.PARTIAL_HOSPITALIZATION, {"home": {"lives_with_people_who_use": True}}),
    (2, CameFrom.DIRECT, {}),
)


def waitlist(maker: Maker, kit: Staff) -> None:
    """All of them can come in the evening only, and not on Tuesdays, so that one group fits them."""
    group = Group.objects.get(name=FULL)
    people = [_person(maker, group, kit, days, came_from, found) for days, came_from, found in WAIT]
    for episode in people:
        put_on_waitlist(episode=episode, by=kit)
    set_urgency(episode=people[5], urgency=2, why="Starts a night shift in three weeks and cannot come then.", by=kit)
    _together(maker, group, people, kit)
    _chain(maker, group, people)


def _together(maker: Maker, group: Group, people: list[Episode], kit: Staff) -> None:
    """One must not meet somebody who sits there; two are a couple; some have wishes."""
    sits = group.seats.accepted().at(maker.now).order_by("chair__number")[0].patient
    pair_up(patient=people[4].patient, other=sits, kind="no_contact", reason="The order ends in May.", by=kit)
    pair_up(patient=people[1].patient, other=people[5].patient, kind="partners", by=kit)
    pair_up(patient=people[7].patient, staff=group.leader, kind="acquainted", reason="Neighbors.", by=kit)
    change_wishes(episode=people[0], band=group.band, days=[0, 2, 3], by=kit)
    change_wishes(episode=people[6], true_of=["women"], tags=["women"], by=kit)


def _person(maker: Maker, group: Group, kit: Staff, days: int, came_from: str, found: dict) -> Episode:
    day = maker.now.astimezone(group.zone).date() - timedelta(days=days)
    since = datetime.combine(day, time(15, 10), group.zone)
    patient, episode = maker.patient("TX", group.leader, [group.band], since=since)
    episode.days_away, episode.came_from = [TUESDAY], came_from
    if came_from == CameFrom.DIRECT:
        _came_directly(maker, episode)
    way = Way(asked=since - timedelta(hours=5), decided=since, offered=since, held_until=since, accepted=since)
    for row in assessed(patient, episode, way, kit, found):
        maker.batch.add(row)
    maker.batch.write()
    return episode


def _came_directly(maker: Maker, episode: Episode) -> None:
    episode.came_from_name = ""
    for rows in maker.batch.rows.values():
        rows[:] = [row for row in rows if getattr(row, "episode", None) is not episode]


def _chain(maker: Maker, group: Group, people: list[Episode]) -> None:
    """One said no, one let it run out, and the third has it now."""
    now = maker.now
    order = list(queries.on_waitlist(Episode.objects.filter(pk__in=[episode.pk for episode in people])))
    for episode, hours, why in ((order[0], 50, Seat.Release.DECLINED), (order[1], 44, Seat.Release.LAPSED)):
        seat = offer_next(episode=episode, group=group)
        at = now - timedelta(hours=hours)
        ended = at + timedelta(hours=24 if why == Seat.Release.LAPSED else 6)
        Seat.objects.filter(pk=seat.pk).update(
            offered_at=at, held_until=at + timedelta(hours=24), released_at=ended, released_why=why
        )
    seat = offer_next(episode=order[2], group=group)
    at = now - timedelta(hours=20)
    Seat.objects.filter(pk=seat.pk).update(offered_at=at, held_until=at + timedelta(hours=24))

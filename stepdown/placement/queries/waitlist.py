"""Who waits for a chair, in what order, and which free chairs would fit them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from stepdown.admissions.models import Episode
from stepdown.people.models import Staff
from stepdown.people.visibility import not_hidden
from stepdown.placement.domain.fit import Person, clashes, obstacles
from stepdown.placement.domain.waiting import Facts
from stepdown.placement.models import ChainStop, Group, Seat, Skip, Waiting
from stepdown.placement.queries.groups import (
    GroupFit,
    GroupNow,
    Held,
    fit_of,
    groups_now,
    licenses_of,
    person_of,
)
from stepdown.placement.queries.openings import worth_offering
from stepdown.placement.queries.pairs import Pairs
from stepdown.placement.queries.people import waiting_for_seat

GROUPS_AT_ONCE = 300  # with a free chair, looked at in one go; those that suit nobody who waits take no place of these
NEAREST = 20  # looked at closely, of those with the fewest obstacles, for whom none fits
HISTORY = timedelta(days=60)


def facts_of(episode: Episode) -> Facts:
    """What the assessment behind this episode says of how urgent it is."""
    assessment = episode.assessment
    if assessment is None:
        return Facts(came_from=episode.came_from)
    answers: dict[str, Any] = assessment.answers
    home, ratings = answers.get("home") or {}, answers.get("ratings") or {}
    return Facts(
        pregnant=bool((answers.get("withdrawal") or {}).get("pregnant")),
        advice=(assessment.advice or {}).get("advice") or "",
        decided=assessment.decided_level,
        came_from=episode.came_from,
        unsafe_home=home.get("safe") is False,
        lives_with_people_who_use=bool(home.get("lives_with_people_who_use")),
        homeless=bool(home.get("homeless")),
        ratings=ratings,
    )


def on_waitlist(episodes: QuerySet[Episode]) -> QuerySet[Episode]:
    """Those on the waitlist who hold no offer, in the order in which they are offered a chair."""
    waiting = waiting_for_seat(episodes).filter(status=Episode.Status.WAITLIST, waiting__isnull=False)
    return waiting.select_related("patient", "assessment", "waiting", "wishes").order_by(
        "waiting__urgency", "waiting__since", "id"
    )


def offered_now(episodes: QuerySet[Episode], now: datetime) -> QuerySet[Seat]:
    """Offers to people on the waitlist that are open, the one that ends first on top."""
    seats = Seat.objects.held().filter(
        held_until__gt=now, episode__in=episodes.filter(status=Episode.Status.WAITLIST).order_by()
    )
    return seats.select_related("patient", "group", "chair", "offered_by").order_by("held_until")


@dataclass(frozen=True)
class Match:
    """One person who waits, and the groups with a free chair that they could be offered by itself, best first.
    `near`: the group that comes closest, when there is none."""

    episode: Episode
    fits: list[GroupFit]
    near: GroupFit | None = None


def matches(episodes: Sequence[Episode], now: datetime) -> list[Match]:
    """For each of these people the free chairs, as the chain sees them; in a known number of queries."""
    found = free_groups(episodes, now)
    return list(matched(episodes, found, Past.of(episodes)))


def free_groups(episodes: Iterable[Episode], now: datetime) -> list[GroupNow]:
    """Groups with a free chair, in which the chain runs: those that suit one of these people first."""
    nobody = Pairs({}, {})  # who sits there already is weighed later, by `matched`
    wanted = [(person_of(episode, pairs=nobody), episode.patient.state) for episode in episodes]
    ids = worth_offering(wanted, now, GROUPS_AT_ONCE)
    return groups_now(Group.objects.filter(pk__in=ids), now) if ids else []


@dataclass(frozen=True)
class Past:
    """What was said before of a person and a group, after which the chain does not offer it to them again.

    Whoever said no, let an offer run out, or had it taken back is asked again by staff only.
    """

    pairs: frozenset[tuple[UUID, UUID]]

    @classmethod
    def of(cls, episodes: Iterable[Episode]) -> "Past":
        ids = [episode.pk for episode in episodes]
        offered = Seat.objects.filter(episode__in=ids, released_at__isnull=False).values_list("episode", "group")
        skipped = Skip.objects.filter(episode__in=ids, ended_at=None).values_list("episode", "group")
        return cls(frozenset([*offered, *skipped]))

    def bars(self, episode: Episode, group: Group) -> bool:
        return (episode.pk, group.pk) in self.pairs


def matched(episodes: Iterable[Episode], groups: Sequence[GroupNow], past: Past) -> Iterator[Match]:
    """Each person with the groups that fit, best first; one query."""
    people = list(episodes)
    licenses = licenses_of([leader for g in groups for leader in g.leaders], {e.patient.state for e in people})
    pairs = Pairs.of(episode.patient_id for episode in people)
    for episode in people:
        person, state = person_of(episode, pairs=pairs), episode.patient.state
        seen: dict[int, list[tuple[GroupNow, Held]]] = defaultdict(list)
        for now in groups:
            if not past.bars(episode, now.group):
                held = now.held(licenses, state)
                seen[obstacles(person, now.place_with(held))].append((now, held))
        possible = [fit for fit in _ranked(person, seen[0]) if fit.fit.possible]
        nearest = [] if possible else _ranked(person, seen[min(seen, key=lambda n: (not seen[n], n))][:NEAREST])
        yield Match(episode, possible, nearest[0] if nearest else None)


def _ranked(person: Person, groups: Iterable[tuple[GroupNow, Held]]) -> list[GroupFit]:
    fits = [fit_of(now, person, held) for now, held in groups]
    return sorted(fits, key=lambda f: (*f.fit.rank, f.first_at, f.group.name))


@dataclass(frozen=True)
class Next:
    """One person in the order of a group's chain. why_not: why the chain passes them over; empty for who is offered."""

    episode: Episode
    fit: GroupFit
    why_not: str = ""


@dataclass(frozen=True)
class ChainPage:
    """A group's chain: whether it runs, what it offered, who is next, and who is passed over by staff."""

    stop: ChainStop | None
    free: int
    history: list[Seat]
    coming: list[Next]
    skips: list[Skip]


def chain_page(group: Group, staff: Staff, visible: QuerySet[Episode], now: datetime) -> ChainPage:
    found = groups_now(Group.objects.filter(pk=group.pk), now)
    people = list(on_waitlist(visible)[:200])
    past = Seat.objects.filter(not_hidden(staff), group=group, offered_at__gt=now - HISTORY)
    past = past.select_related("patient", "offered_by", "chair")
    return ChainPage(
        stop=ChainStop.objects.filter(group=group, started_at=None).select_related("stopped_by").first(),
        free=len(found[0].free_next) if found else 0,
        history=list(past.order_by("-offered_at")[:30]),
        coming=_coming(found[0], people) if found else [],
        skips=list(skips_of(group).filter(not_hidden(staff, "episode__patient"))),
    )


def _coming(now: GroupNow, people: list[Episode]) -> list[Next]:
    """Everyone whom this group's chairs fit, in order; those who said no here are named as passed over."""
    licenses = licenses_of(now.leaders, {e.patient.state for e in people})
    answers: dict[UUID, str] = {}
    seats = Seat.objects.filter(group=now.group, episode__in=people, released_at__isnull=False).order_by("released_at")
    for seat in seats:
        answers[seat.episode_id] = str(seat.get_released_why_display())
    skipped = set(Skip.objects.filter(group=now.group, ended_at=None).values_list("episode", flat=True))
    found = []
    pairs = Pairs.of(episode.patient_id for episode in people)
    for episode in people:
        person, theirs = person_of(episode, pairs=pairs), now.held(licenses, episode.patient.state)
        suits = person.level == now.group.program.level and not clashes(person, now.place_with(theirs))
        if suits and episode.pk not in skipped:
            found.append(Next(episode, fit_of(now, person, theirs), answers.get(episode.pk, "")))
    return found


def waiting_of(episode: Episode) -> Waiting | None:
    return Waiting.objects.filter(episode=episode).select_related("set_by").first()


def skips_of(group: Group) -> QuerySet[Skip]:
    """Whom this group's chain passes over."""
    skips = Skip.objects.filter(group=group, ended_at=None).select_related("episode__patient", "skipped_by")
    return skips.order_by("skipped_at")


def stopped_chains() -> QuerySet[ChainStop]:
    return ChainStop.objects.filter(started_at=None).select_related("group", "stopped_by").order_by("group__name")

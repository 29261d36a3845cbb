"""What the pages of plans show."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from stepdown.admissions.models import Episode
from stepdown.people.models import Staff
from stepdown.people.visibility import not_hidden
from stepdown.placement.domain.fit import Fit, weigh
from stepdown.placement.models import Group, Proposal, Seat
from stepdown.placement.queries.groups import (
    GroupNow,
    Licenses,
    end_of_seat,
    groups_now,
    licenses_of,
    person_of,
    place_of,
)
from stepdown.placement.queries.pairs import Pairs
from stepdown.placement.queries.people import uuid_or_none

# What the worker is at, and how each goal is said.
DOING = {
    "": "Waiting for the worker to begin.",
    "bound": "Looking how good any plan could be.",
    "apart": "Keeping people apart.",
    "better": "Making the plan better.",
    "reasons": "Writing down the reasons.",
}
GOALS = {
    "without a chair": "People without a chair",
    "urgent without a chair": "Their urgency, added up",
    "days to start": "Days until everyone starts, added up",
    "wishes unmet": "Wishes not met",
    "unevenness": "How uneven the groups are",
    "new groups": "Groups to open",
    "most groups led": "Most groups that one person leads",
}


@dataclass(frozen=True)
class Placed:
    """One person with the group proposed. fit: as it is now. offered: done already.
    refused: why it could not be approved."""

    episode: Episode
    group: Group
    starts_on: date
    fit: Fit
    offered: bool
    refused: str = ""


@dataclass(frozen=True)
class Left:
    """One person without a chair: why, and what would help."""

    episode: Episode
    why: list[str]
    would_help: list[str]


@dataclass(frozen=True)
class NewGroup:
    """A group that the plan would open: like one there is, with who leads it (`by`: their id) and who would sit
    there."""

    like: Group
    leader: str
    by: str
    opens_on: date
    people: list[Episode]


@dataclass(frozen=True)
class PlanPage:
    placed: list[Placed]
    left: list[Left]
    new: list[NewGroup]
    goals: list[dict[str, Any]]
    is_best: bool
    gap: float
    seconds: float


def plans() -> QuerySet[Proposal]:
    return Proposal.objects.select_related("asked_by")


def plan_page(proposal: Proposal, staff: Staff, refused: dict[UUID, str], now: datetime) -> PlanPage:
    """The plan that is done, of those this person sees, with each reason as it is now; in a known number of queries."""
    plan: dict[str, Any] = proposal.plan or {}
    names = [seat["person"] for seat in plan["placed"]] + [left["person"] for left in plan["unplaced"]]
    rows = Episode.objects.filter(not_hidden(staff), pk__in=names).select_related(
        "patient", "assessment", "waiting", "wishes"
    )
    people = {str(episode.pk): episode for episode in rows}
    return PlanPage(
        placed=_placed(plan, people, refused, now),
        left=[
            Left(people[each["person"]], each["why"], each["would_help"])
            for each in plan["unplaced"]
            if each["person"] in people
        ],
        new=_new(proposal, people),
        goals=[{**goal, "said": GOALS[goal["name"]]} for goal in plan["goals"]],
        is_best=plan["status"] == "best",
        gap=round(plan["gap"] * 100, 1),
        seconds=plan["seconds"],
    )


def _placed(plan: dict[str, Any], people: dict[str, Episode], refused: dict[UUID, str], now: datetime) -> list[Placed]:
    ids = {group for seat in plan["placed"] if (group := uuid_or_none(seat["group"]))}
    groups = {str(each.group.pk): each for each in groups_now(Group.objects.filter(pk__in=ids), now)}
    here = [
        (people[s["person"]], groups[s["group"]], s)
        for s in plan["placed"]
        if s["person"] in people and s["group"] in groups
    ]
    licenses = licenses_of(
        {leader for _e, g, _s in here for leader in g.leaders}, {e.patient.state for e, _g, _s in here}
    )
    pairs = Pairs.of(episode.patient_id for episode, _g, _s in here)
    sits = set(Seat.objects.standing().filter(episode__in=[e.pk for e, _g, _s in here]).values_list("episode", "group"))
    found = [
        Placed(
            episode,
            each.group,
            date.fromisoformat(seat["starts_on"]),
            _fit(each, episode, date.fromisoformat(seat["starts_on"]), licenses, pairs),
            (episode.pk, each.group.pk) in sits,
            refused.get(episode.pk, ""),
        )
        for episode, each, seat in here
    ]
    return sorted(found, key=lambda p: (not p.refused, p.offered, p.starts_on, p.group.name, p.episode.patient.name))


def _fit(now: GroupNow, episode: Episode, starts_on: date, licenses: Licenses, pairs: Pairs) -> Fit:
    """As it would be for somebody who starts on that day, which may be when a chair frees."""
    group = now.group
    first = datetime.combine(starts_on, group.starts_at, group.zone)
    theirs = now.held(licenses, episode.patient.state)
    return weigh(person_of(episode, pairs=pairs), place_of(now, theirs, first, end_of_seat(group, first)))


def _new(proposal: Proposal, people: dict[str, Episode]) -> list[NewGroup]:
    plan: dict[str, Any] = proposal.plan or {}
    like = Group.objects.select_related("program").in_bulk([told["like"] for told in proposal.options.values()])
    leaders = {str(s.pk): s.name for s in Staff.objects.filter(pk__in=[each["leader"] for each in plan["opened"]])}
    found = []
    for opened in plan["opened"]:
        told = proposal.options[opened["group"]]
        who = [people[s["person"]] for s in plan["placed"] if s["group"] == opened["group"] and s["person"] in people]
        group = like.get(UUID(told["like"]))
        if group:
            opens_on = date.fromisoformat(told["opens_on"])
            found.append(NewGroup(group, leaders.get(opened["leader"], ""), opened["leader"], opens_on, who))
    return found

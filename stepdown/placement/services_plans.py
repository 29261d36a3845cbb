"""A plan for the whole waitlist: asked for, worked out by the worker, approved by people."""

from collections.abc import Collection, Mapping
from datetime import datetime, time
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.admissions.models import Episode
from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.placement import queries, tasks
from stepdown.placement.errors import DoesNotFit, PlanDoesNotHold
from stepdown.placement.models import Group, Proposal, Seat
from stepdown.placement.services import offer_seat

log = structlog.get_logger(__name__)


@transaction.atomic
def ask_for_plan(*, seed: int = 0, by: Staff) -> Proposal:
    """The worker begins at once. Raises RuleBroken when nobody waits, or while one they asked for is worked out."""
    people = queries.on_waitlist(Episode.objects.all()).count()
    if not people:
        raise RuleBroken(_("Nobody waits for a chair."))
    with rules_speak():
        proposal = Proposal.objects.create(asked_by=by, seed=seed, people=people)
    tasks.work_out.defer(proposal_id=str(proposal.pk))
    log.info("plan asked for", proposal_id=proposal.pk, people=people)
    return proposal


@transaction.atomic
def approve(*, proposal: Proposal, people: Collection[UUID], by: Staff) -> list[Seat]:
    """Offers each of these people the chair that the plan has for them, all or none, and tells them.

    Every rule is asked again. Raises PlanDoesNotHold with a sentence for each person of whom something holds no more,
    and RuleBroken when nobody is chosen. Approving twice is approving once. people: ids of episodes.
    """
    planned = {UUID(seat["person"]): seat for seat in (proposal.plan or {}).get("placed", ())}
    chosen = sorted(set(people) & planned.keys())
    if not chosen:
        raise RuleBroken(_("Choose at least one person."))
    one_at_a_time("placement.approve")
    episodes = {
        e.pk: e for e in Episode.objects.filter(pk__in=chosen).select_related("patient", "assessment", "wishes")
    }
    groups = _locked(episodes.values(), [planned[pk]["group"] for pk in chosen])
    made, broken = [], {}
    for pk in sorted(chosen, key=lambda each: (planned[each]["starts_on"], each)):
        try:
            made.append(_offer(episodes.get(pk), groups.get(planned[pk]["group"]), planned[pk]["starts_on"], by))
        except RuleBroken as no:
            broken[pk] = str(no)
    if broken:
        raise PlanDoesNotHold(broken)
    log.info("plan approved", proposal_id=proposal.pk, offers=len(made))
    return made


def _locked(episodes: Collection[Episode], groups: Collection[str]) -> Mapping[str, Group]:
    """All patients first, then all groups, in the order of their ids: nobody waits for each other."""
    patients = Patient.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    list(patients.filter(pk__in=[episode.patient_id for episode in episodes]))
    ids = [group for group in map(queries.uuid_or_none, groups) if group]
    rows = Group.objects.select_for_update(of=("self",), no_key=True).select_related("program").order_by("pk")
    return {str(group.pk): group for group in rows.filter(pk__in=ids)}


def _offer(episode: Episode | None, group: Group | None, starts_on: str, by: Staff) -> Seat:
    if episode and (again := Seat.objects.held().filter(episode=episode, group=group, offered_by=by).first()):
        return again
    if episode is None or not queries.on_waitlist(Episode.objects.filter(pk=episode.pk)).exists():
        raise RuleBroken(_("They do not wait any more, or hold an offer already."))
    if group is None or not group.is_open(timezone.now()):
        raise RuleBroken(_("This group is not open yet, or not any more."))
    if queries.level_of(episode) != group.program.level:
        raise DoesNotFit(_("%(program)s is not the level of care decided on.") % {"program": group.program.name})
    day = datetime.combine(datetime.fromisoformat(starts_on).date(), time(), group.zone)
    session = queries.session_at(group, max(day, timezone.now()))
    if session is None:
        raise RuleBroken(_("%(group)s has no session to come. Extend its timetable first.") % {"group": group.name})
    return offer_seat(episode=episode, group=group, starts_at=session.starts_at, by=by)

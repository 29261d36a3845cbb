"""The waitlist: who is put on it, taken off it, and judged more or less urgent. Each is one transaction."""

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from stepdown.admissions.models import Episode
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Staff
from stepdown.placement import queries
from stepdown.placement.domain.waiting import urgency_of
from stepdown.placement.models import Seat, Waiting

log = structlog.get_logger(__name__)


@transaction.atomic
def put_on_waitlist(*, episode: Episode, by: Staff) -> Waiting:
    """From now on free chairs are offered to them by themselves, in their turn. Twice is once.

    How urgent it is follows from the assessment; they wait since they were decided for the program.
    Raises RuleBroken when they have a seat or an offer, or are not to be placed.
    """
    episode = _locked(episode)
    if episode.status not in (Episode.Status.PLANNED, Episode.Status.WAITLIST):
        raise RuleBroken(_("Only someone who has not started yet can wait for a seat."))
    if Seat.objects.standing().filter(episode=episode).exists():
        raise RuleBroken(_("They have a seat or an offer already."))
    if episode.status == Episode.Status.WAITLIST and (waiting := queries.waiting_of(episode)):
        return waiting
    urgency, reasons = urgency_of(queries.facts_of(episode))
    values = {"since": episode.planned_at, "urgency": urgency, "reasons": reasons, "put_by": by}
    waiting, _made = Waiting.objects.update_or_create(
        episode=episode, defaults=values | {"set_by": None, "set_why": ""}, create_defaults=values
    )
    _become(episode, Episode.Status.WAITLIST)
    log.info("put on waitlist", episode_id=episode.pk, by=by.pk)
    return waiting


@transaction.atomic
def take_off_waitlist(*, episode: Episode, by: Staff) -> Episode:
    """They stay admitted, and no chair is offered to them by itself. Twice is once. Raises RuleBroken after a start."""
    episode = _locked(episode)
    if episode.status == Episode.Status.PLANNED:
        return episode
    if episode.status != Episode.Status.WAITLIST:
        raise RuleBroken(_("They are not on the waitlist."))
    _become(episode, Episode.Status.PLANNED)
    log.info("taken off waitlist", episode_id=episode.pk, by=by.pk)
    return episode


@transaction.atomic
def set_urgency(*, episode: Episode, urgency: int, why: str, by: Staff) -> Waiting:
    """One of the staff judges it otherwise than the rules do. Raises RuleBroken without a reason, and for somebody who
    does not wait."""
    episode = _locked(episode)
    waiting = queries.waiting_of(episode)
    if waiting is None or episode.status != Episode.Status.WAITLIST:
        raise RuleBroken(_("They are not on the waitlist."))
    waiting.urgency, waiting.set_by, waiting.set_why = urgency, by, why.strip()
    with rules_speak():
        waiting.save(update_fields=["urgency", "set_by", "set_why"])
    log.info("urgency set", episode_id=episode.pk, by=by.pk)
    return waiting


def _locked(episode: Episode) -> Episode:
    episodes = Episode.objects.select_for_update(of=("self",), no_key=True)
    return episodes.select_related("patient", "assessment").get(pk=episode.pk)


def _become(episode: Episode, status: str) -> None:
    episode.status = status
    with rules_speak():
        episode.save(update_fields=["status"])

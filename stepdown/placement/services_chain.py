"""The chain: free chairs are offered by themselves to who waits, one after the other, until somebody says yes.

Safe when two workers run it at once: each offer is a transaction of its own that locks patient and group, asks again
whether everything still holds, and leaves the last word to the database.
"""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.admissions.models import Episode
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Staff
from stepdown.placement import queries
from stepdown.placement.errors import ChainMoved, DoesNotFit
from stepdown.placement.models import ChainStop, Group, Seat, Skip
from stepdown.placement.services import lapse_seats, lock, offer_seat

log = structlog.get_logger(__name__)
PEOPLE_AT_ONCE = 500  # of the waitlist, from the top, looked at in one minute


def offer_free_chairs(now: datetime) -> int:
    """Offers each free chair to the first on the waitlist whom it fits, and to each person the group that fits best.

    Returns how many. Never offers what `domain/fit.py` blocks, nor a group that the person declined, let run out or
    was passed over for.
    """
    lapse_seats(now)
    people = list(queries.on_waitlist(Episode.objects.all())[:PEOPLE_AT_ONCE])
    groups = queries.free_groups(people, now)
    left = {each.group.pk: len(each.free_next) for each in groups}
    made = 0
    for match in queries.matched(people, groups, queries.Past.of(people)):
        for fit in match.fits:
            if not left[fit.group.pk]:
                continue
            if _offer(match.episode, fit.group):
                made += 1
                left[fit.group.pk] -= 1
                break
        if not any(left.values()):
            break
    if made:
        log.info("chairs offered by themselves", count=made)
    return made


def _offer(episode: Episode, group: Group) -> Seat | None:
    """None when it does not hold any more, which the next minute looks at anew."""
    try:
        return offer_next(episode=episode, group=group)
    except RuleBroken as broken:
        log.info("not offered", episode_id=episode.pk, group_id=group.pk, rule=broken.rule or type(broken).__name__)
        return None


@transaction.atomic
def offer_next(*, episode: Episode, group: Group) -> Seat:
    """One link of the chain: holds a chair for 24 hours from when the patient is told.

    Raises ChainMoved when staff stopped it or the person may not be offered this group by itself; and what `offer_seat`
    raises.
    """
    group = lock(episode.patient_id, group)
    if ChainStop.objects.filter(group=group, started_at=None).exists():
        raise ChainMoved(_("The offers of this group are stopped."))
    still = queries.on_waitlist(Episode.objects.filter(pk=episode.pk)).first()
    if still is None or queries.Past.of([still]).bars(still, group):
        raise ChainMoved(_("This person is not offered this group by itself."))
    episode = still
    if queries.level_of(episode) != group.program.level:
        raise DoesNotFit(_("%(program)s is not the level of care decided on.") % {"program": group.program.name})
    return offer_seat(episode=episode, group=group, by=None)


@transaction.atomic
def stop_chain(*, group: Group, reason: str, by: Staff) -> ChainStop:
    """No chair of the group is offered by itself until somebody starts it again. An offer that is open stays open.
    Raises RuleBroken without a reason, or when it is stopped already."""
    if not reason.strip():
        raise RuleBroken(_("Say why the offers stop."))
    _lock_group(group)
    with rules_speak():
        stop = ChainStop.objects.create(group=group, reason=reason.strip(), stopped_by=by)
    log.info("chain stopped", group_id=group.pk, by=by.pk)
    return stop


@transaction.atomic
def start_chain(*, group: Group, by: Staff) -> None:
    """Chairs are offered by themselves again. Twice is once."""
    _lock_group(group)
    ChainStop.objects.filter(group=group, started_at=None).update(started_at=timezone.now(), started_by=by)
    log.info("chain started", group_id=group.pk, by=by.pk)


@transaction.atomic
def skip_person(*, group: Group, episode: Episode, reason: str, by: Staff) -> Skip:
    """The chain of this group passes them over. Raises RuleBroken without a reason, or when it does already."""
    if not reason.strip():
        raise RuleBroken(_("Say why this person is passed over."))
    _lock_group(group)
    with rules_speak():
        skip = Skip.objects.create(group=group, episode=episode, reason=reason.strip(), skipped_by=by)
    log.info("passed over", group_id=group.pk, episode_id=episode.pk, by=by.pk)
    return skip


@transaction.atomic
def end_skip(*, skip: Skip, by: Staff) -> None:
    """They have their turn again. Twice is once."""
    Skip.objects.filter(pk=skip.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=by)
    log.info("not passed over any more", skip_id=skip.pk, by=by.pk)


def _lock_group(group: Group) -> None:
    Group.objects.select_for_update(of=("self",), no_key=True).get(pk=group.pk)

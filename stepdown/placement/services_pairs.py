"""Keeping people apart and together, and what a person wishes for. Each is one transaction."""

from collections.abc import Iterable

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.admissions.models import Episode
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.placement.models import Pair, Wishes

log = structlog.get_logger(__name__)


@transaction.atomic
def pair_up(
    *,
    patient: Patient,
    other: Patient | None = None,
    staff: Staff | None = None,
    apart: bool = True,
    kind: str,
    reason: str = "",
    by: Staff,
) -> Pair:
    """From now on no seat joins them (apart), or one that does is better (together). kind: a value of Pair.Kind.

    Seats they have already stay as they are; whoever enters it is told where both sit. Raises RuleBroken: the same
    person twice, both or neither given, written down already, staff together.
    Source: RULE PROG-01; program manual, "Group composition".
    """
    one = patient
    if other is not None:
        one, other = sorted((patient, other), key=lambda each: each.pk)
    with rules_speak():
        pair = Pair.objects.create(
            one=one, other=other, staff=staff, apart=apart, kind=kind, reason=reason.strip(), entered_by=by
        )
    log.info("pair entered", pair_id=pair.pk, by=by.pk)
    return pair


@transaction.atomic
def end_pair(*, pair: Pair, by: Staff) -> None:
    """Nothing is kept apart or together any more; the row stays. Twice is once."""
    Pair.objects.filter(pk=pair.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=by)
    log.info("pair ended", pair_id=pair.pk, by=by.pk)


@transaction.atomic
def change_wishes(
    *,
    episode: Episode,
    band: str = "",
    days: Iterable[int] = (),
    language: str = "",
    tags: Iterable[str] = (),
    true_of: Iterable[str] = (),
    by: Staff,
) -> Wishes:
    """What they would like, as they say now; nothing of it forbids a group. Raises RuleBroken when a wish cannot be."""
    if unknown := set(tags) - set(true_of):
        raise RuleBroken(
            _("A group for %(tags)s takes only those of whom that is true. Tick it there too.")
            % {"tags": ", ".join(sorted(tag.replace("_", "-") for tag in unknown))}
        )
    values = {"band": band, "days": sorted(set(days)), "language": language}
    values |= {"tags": sorted(set(tags)), "true_of": sorted(set(true_of))}
    wishes, _made = Wishes.objects.update_or_create(episode=episode, defaults=values)
    log.info("wishes changed", episode_id=episode.pk, by=by.pk)
    return wishes

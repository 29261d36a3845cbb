"""How many chairs a group has from a day on."""

from datetime import date

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.placement import queries
from stepdown.placement.models import Chair, Group
from stepdown.ui import when

log = structlog.get_logger(__name__)
MOST = 10


def too_few(group: Group, count: int, from_on: date) -> str:
    """Why the group cannot have so few chairs from that day on: how many are someone's, and until when. Empty when it
    can. Two queries."""
    chairs = queries.chairs_free_on(group, from_on)
    less = len(chairs) - count
    free = sorted(on for on in chairs.values() if on)
    if less <= 0 or (len(free) >= less and free[less - 1] <= from_on):
        return ""
    today = timezone.now().astimezone(group.zone).date()
    used = sum(on is None or on > from_on for on in chairs.values())
    said = f"{used} chairs are someone’s on {when.day(from_on, today)} or later. Keep at least {used}"
    if len(free) < less:
        return f"{said}: some have no last day."
    return f"{said}, or choose {when.day(free[less - 1], today)} or a later day, when {count} are enough."


@transaction.atomic
def set_chairs(*, group: Group, count: int, from_on: date) -> None:
    """From that day on (in the group's zone) the group has so many chairs: more get the lowest numbers that are free,
    fewer lose the highest that nobody has then. Raises RuleBroken when too many are someone's. The group is locked."""
    if why := too_few(group, count, from_on):
        raise RuleBroken(why, "chairs")
    chairs = queries.chairs_free_on(group, from_on)
    numbers = {chair.number for chair in chairs}
    new = [n for n in range(1, MOST + 1) if n not in numbers][: max(0, count - len(chairs))]
    free = sorted((c for c, on in chairs.items() if on and on <= from_on), key=lambda c: -c.number)
    with rules_speak():
        Chair.objects.bulk_create(Chair(group=group, number=n, from_on=from_on) for n in new)
        Chair.objects.filter(pk__in=[c.pk for c in free[: max(0, len(chairs) - count)]]).update(gone_on=from_on)
    log.info("chairs set", group_id=group.pk, chairs=count)


@transaction.atomic
def keep_chairs(*, group: Group, from_on: date) -> None:
    """What was to become of the group's chairs on that day, which lies ahead, does not. Raises RuleBroken when one that
    was to come is someone's by now. The group is locked."""
    more = group.chairs.filter(from_on=from_on)
    if taken := more.filter(seats__in=queries.seats_ahead(group, timezone.now())).order_by("number").first():
        raise RuleBroken(
            f"Chair {taken.number}, which is to come, is someone’s by now. Move them or end their seat first."
        )
    with rules_speak():
        more.filter(seats=None).delete()
        more.update(gone_on=from_on)
        group.chairs.filter(gone_on=from_on).exclude(from_on=from_on).update(gone_on=None)

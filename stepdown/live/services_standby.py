"""The standby room: where a group meets while no media server answers, and how long that was."""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.live import elsewhere
from stepdown.live.models import Room, StandbyRoom, VideoAway
from stepdown.live.services import tell_live
from stepdown.people.models import Staff
from stepdown.placement.models import Group
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)


@transaction.atomic
def set_standby_room(*, group: Group, address: str, by: Staff) -> StandbyRoom:
    """The group's room at another service; an empty address takes it away. Who is without video right now is shown the
    new way at once. Raises RuleBroken when another group has it, or no agreement covers such rooms."""
    if address and not (may := elsewhere.may_meet(address)):
        raise RuleBroken(may.reason)
    open_rooms = Room.objects.select_for_update(of=("self",)).filter(session__group=group, ended_at=None)
    held = list(open_rooms.order_by("pk").values_list("session", flat=True))  # video may go at this moment
    with rules_speak():
        room, _ = StandbyRoom.objects.update_or_create(
            group=group, defaults={"address": address, "set_at": timezone.now(), "set_by": by}
        )
    for away in VideoAway.objects.filter(session__in=held, ended_at=None).exclude(address=address):
        away.address = address
        away.save(update_fields=["address"])
        tell_live(away.session)
    log.info("standby room set", group_id=str(group.pk), is_set=bool(address), by=str(by.pk))
    return room


@transaction.atomic
def video_away(*, session: Session, since: datetime) -> VideoAway | None:
    """Keeps that no media server has answered since then; does nothing when that is known.

    Gives None when the room is not open any more. Where no agreement covers the group's standby room, it is as if there
    were none.
    """
    if not Room.objects.select_for_update(of=("self",)).filter(session=session, ended_at=None).exists():
        return None
    address = StandbyRoom.objects.filter(group__sessions=session).values_list("address", flat=True).first() or ""
    if address and not elsewhere.may_meet(address):
        address = ""
    away, is_new = VideoAway.objects.get_or_create(
        session=session, ended_at=None, defaults={"since": since, "address": address}
    )
    if is_new:
        log.warning("no media server answers", session=str(session.pk), since=since.isoformat(), standby=bool(address))
        tell_live(session)
    return away


@transaction.atomic
def video_back(*, session: Session) -> None:
    """A media server answers again; does nothing when none was missing."""
    if VideoAway.objects.filter(session=session, ended_at=None).update(ended_at=timezone.now()):
        tell_live(session)

"""The group in pairs: made by chance or by choice, for some minutes. A leader may go to each, and bring all back early.

Like everything in `services`, each change has the live process read the session anew once it is committed.
"""

from collections.abc import Mapping
from datetime import timedelta
from random import SystemRandom
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.live import queries
from stepdown.live.domain.sides import pairs_of
from stepdown.live.models import Break, Pairs, SideMember, SideRoom
from stepdown.live.services import end_overdue_break, end_side_room, tell_live
from stepdown.live.services_sides import go_back, hold_room, open_room
from stepdown.live.sides import IN_PAIR, aside, pairs_now
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)
LONGEST = 60  # minutes


@transaction.atomic
def start_pairs(*, session: Session, by: Staff, minutes: int, chosen: Mapping[UUID, int] | None = None) -> Pairs:
    """Everyone who is in the main room talks in twos and threes. `chosen`: {patient id: number of a pair} for those who
    are not left to chance. Who is asked to a side room is asked no more; who has agreed to one goes there.

    Raises RuleBroken when the room is not open or paused, in a break, in pairs already, or nobody can be put together.
    """
    open_room(session)
    if not 1 <= minutes <= LONGEST:
        raise RuleBroken(f"Enter a number of minutes from 1 to {LONGEST}.")
    end_overdue_break(session=session)
    if queries.decided(session).pause or Break.objects.filter(session=session, ends_at=None).exists():
        raise RuleBroken("The room is paused or on a break. Let the group go on first.")
    for asked in SideRoom.objects.select_for_update().filter(session=session, opened_at=None, ended_at=None):
        end_side_room(room=asked, why=SideRoom.Why.WITHDRAWN)
    elsewhere = aside(session)  # also of who is only on the way there
    people = [one for one in queries.patients_in(session) if one not in elsewhere]
    try:
        made = pairs_of(people, {who: n for who, n in (chosen or {}).items() if who in people}, SystemRandom().shuffle)
    except ValueError as error:
        raise RuleBroken(str(error)) from error
    now = timezone.now()
    with rules_speak():
        pairs = Pairs.objects.create(session=session, by=by, started_at=now, ends_at=now + timedelta(minutes=minutes))
        for number, together in enumerate(made, start=1):
            room = SideRoom.objects.create(
                session=session, kind=SideRoom.Kind.PAIR, by=by, opened_at=now, pairs=pairs, number=number
            )
            SideMember.objects.bulk_create(
                [SideMember(side_room=room, session=session, patient_id=one, since=now) for one in together]
            )
    log.info("pairs start", session=str(session.pk), pairs=len(made), minutes=minutes)
    tell_live(session)
    return pairs


@transaction.atomic
def put_in_pair(*, session: Session, patient: Patient) -> None:
    """Somebody who came later joins the smallest pair that is left. Raises RuleBroken when the group is not in pairs
    any more, or they are not in the main room."""
    open_room(session)
    pairs = pairs_now(session)
    people_there = Q(ended_at=None, members__until=None, members__patient__isnull=False)
    rooms = [] if pairs is None else list(pairs.rooms.filter(people_there).distinct().order_by("number"))
    if not rooms:
        raise RuleBroken("The group is not in pairs any more.")
    if patient.pk not in queries.patients_in(session):
        raise RuleBroken("This person is not in the main room right now.")
    smallest = min(rooms, key=lambda room: room.members.filter(until=None, patient__isnull=False).count())
    with rules_speak():
        SideMember.objects.create(side_room=smallest, session=session, patient=patient)
    tell_live(session)


@transaction.atomic
def visit_pair(*, session: Session, side_room: UUID, by: Staff) -> None:
    """A leader goes to a pair, from the main room or from another pair. Raises RuleBroken when it has ended."""
    open_room(session)
    room = SideRoom.objects.filter(session=session, pk=side_room, kind=SideRoom.Kind.PAIR, ended_at=None).first()
    if room is None:
        raise RuleBroken("This pair is back with the group already.")
    go_back(session=session, staff=by)
    SideMember.objects.create(side_room=room, session=session, staff=by)
    tell_live(session)


@transaction.atomic
def end_pairs(*, session: Session, only_due: bool = False) -> None:
    """Brings everyone back to the main room; `only_due`: when their time is over, or nobody is in a pair any more. Else
    does nothing."""
    hold_room(session)
    pairs = Pairs.objects.select_for_update().filter(session=session, ended_at=None).first()
    now = timezone.now()
    if pairs is None:
        return
    if only_due and pairs.ends_at > now and SideMember.objects.filter(IN_PAIR, session=session).exists():
        return
    for room in pairs.rooms.select_for_update().filter(ended_at=None):
        end_side_room(room=room, why=SideRoom.Why.OVER)
    pairs.ended_at = now
    pairs.save(update_fields=["ended_at"])
    log.info("pairs end", session=str(session.pk))
    tell_live(session)

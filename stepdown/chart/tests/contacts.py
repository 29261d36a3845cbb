"""The smallest true notes of contacts: written so that they can be signed, or signed."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from stepdown.chart import services_contacts
from stepdown.chart.models import ContactNote
from stepdown.live.models import SideMember, SideRoom
from stepdown.people.models import Patient, Staff
from stepdown.placement.models import Seat
from stepdown.timetable.tests.factories import SessionFactory
from stepdown.ui.when import local_date

WORDS = {"Data": "Told of a hard evening.", "Assessment": "Steadier than last week.", "Plan": "Calls a friend first."}


def written_contact(patient: Patient, by: Staff, kind: str = "individual", **fields: Any) -> ContactNote:
    """A session of fifty minutes that ended an hour ago, complete; fields say otherwise."""
    ends_at = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=1)
    note = services_contacts.begin_contact(patient=patient, kind=kind, by=by)
    said: dict[str, Any] = {
        "starts_at": ends_at - timedelta(minutes=50),
        "ends_at": ends_at,
        "on": local_date(ends_at, ZoneInfo(by.time_zone)),
        "way": "video",
        "present": ["patient"],
        "place": "home",
        "state": "MN",
        "written": WORDS,
        "safety": "none_seen",
        "next_step": "Talks again on Thursday.",
        "billable": False,
        "why_not": "in_day",
    }
    return services_contacts.save_contact(note=note, by=by, **(said | fields))


def signed_contact(note: ContactNote) -> ContactNote:
    return services_contacts.sign_contact(note=note, attestation=services_contacts.ATTESTATION, by=note.author)


def talked(seat: Seat, leader: Staff, ago: timedelta = timedelta(minutes=40)) -> SideRoom:
    """A private word of twelve minutes, which began that long ago."""
    session = SessionFactory(group=seat.group, starts_at=timezone.now() - timedelta(hours=2))
    opened = timezone.now() - ago
    room = SideRoom.objects.create(session=session, kind="word", by=leader, asked_at=opened, opened_at=opened)
    members: list[dict[str, Any]] = [{"patient": seat.patient}, {"staff": leader}]
    for who in members:
        SideMember.objects.create(side_room=room, session=session, since=opened, **who)
    SideRoom.objects.filter(pk=room.pk).update(ended_at=opened + timedelta(minutes=12), why="back")
    return SideRoom.objects.get(pk=room.pk)

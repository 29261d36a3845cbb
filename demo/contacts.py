"""Notes of other contacts of the demo: signed ones, a call that reached nobody, and drafts, one of them late."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from stepdown.chart import services_contacts
from stepdown.chart.models import ContactNote
from stepdown.placement.models import Seat
from stepdown.ui.when import local_date

GROUP = "Cedar"
# kind, days ago, minutes, what is said, whether it is signed.
NOTES: tuple[tuple[str, int, int, dict[str, Any], bool], ...] = (
    ("individual", 6, 50, {
        "way": "video", "present": ["patient"], "place": "home", "safety": "none_seen",
        "written": {
            "Data": "Told of the drive home on Friday: urge of 7, called a friend from the car and drove on. Went "
                    "through the evening link by link.",
            "Assessment": "Uses the plan without being reminded. Sleep is still short, four to five hours.",
            "Plan": "Goes to bed before 11 pm on work days, writes down hours of sleep until Thursday.",
        },
        "next_step": "Individual session next week, with the sleep log.", "billable": False, "why_not": "in_day",
    }, True),
    ("outreach", 4, 3, {
        "way": "phone", "outcome": "message", "present": [], "safety": "",
        "written": {"Data": "Called the number that is safe to call. Left a message that tells nothing of treatment."},
        "next_step": "Call again tomorrow at noon.", "billable": False, "why_not": "not_reached",
    }, True),
    ("family", 3, 45, {
        "way": "video", "present": ["patient", "sibling"], "place": "home", "safety": "none_seen",
        "written": {
            "Data": "A sister took part. Each listened for five minutes and said back what they heard.",
            "Assessment": "They found words for one boundary at home and could laugh about it.",
            "Plan": "No drinks at home until the end of the program; the sister looks for a group of her own.",
        },
        "next_step": "Second family session in three weeks.", "billable": True, "why_not": "",
    }, True),
    ("case_management", 2, 20, {
        "way": "phone", "outcome": "reached", "present": ["patient", "employer"], "place": "home",
        "safety": "none_seen",
        "written": {"Data": "Called the human resources office together about the shift on Mondays."},
    }, False),
)  # fmt: skip


def write_notes(now: datetime) -> None:
    seats = Seat.objects.accepted().at(now).filter(group__name=GROUP, episode__ended_at=None)
    seats = list(seats.select_related("patient", "group__leader").order_by("chair__number"))
    theo = [seat for seat in seats if seat.patient.first_name == "Theo"] or seats[:1]
    for kind, days, minutes, said, signed in NOTES:
        written(theo[0], kind, now - timedelta(days=days, hours=3), minutes, said, signed)


def written(seat: Seat, kind: str, at: datetime, minutes: int, said: dict[str, Any], signed: bool) -> ContactNote:
    leader = seat.group.leader
    ends_at = at.replace(minute=0, second=0, microsecond=0) + timedelta(minutes=minutes)
    note = services_contacts.begin_contact(patient=seat.patient, kind=kind, by=leader, now=ends_at)
    note = services_contacts.save_contact(
        note=note,
        by=leader,
        starts_at=ends_at - timedelta(minutes=minutes),
        ends_at=ends_at,
        on=local_date(ends_at, ZoneInfo(leader.time_zone)),
        state=seat.patient.state,
        **said,
    )
    if signed:
        services_contacts.sign_contact(
            note=note,
            attestation=services_contacts.ATTESTATION,
            names_meant=True,
            by=leader,
            now=ends_at + timedelta(hours=1),
        )
    return note

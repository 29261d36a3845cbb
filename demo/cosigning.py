"""Somebody whose notes are co-signed: most of them are, the last ones wait, and one was sent back."""

from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from stepdown.chart import services_cosign
from stepdown.chart.models import NotePart
from stepdown.people.models import Staff, Supervision
from stepdown.placement.models import Seat

from . import contacts

ASSOCIATE, SUPERVISOR = "jon@fernbrook.example", "ruth@fernbrook.example"
SINCE = timedelta(days=16)
WAITS = timedelta(days=6)  # how far back nothing is co-signed yet
QUESTION = "Which skill was practiced, and how did it go? Add a sentence, then I sign."

ALONE = {
    "way": "video", "present": ["patient"], "place": "home", "safety": "none_seen",
    "written": {
        "Data": "Went through the first two weeks. Evenings are easier than expected, mornings before work are not.",
        "Assessment": "Knows what the hard hour is and has a plan for it that was used on three of five days.",
        "Plan": "Gets up with the alarm across the room and calls a cousin before leaving the house.",
    },
    "next_step": "Individual session in a week.", "billable": False, "why_not": "in_day",
}  # fmt: skip


def name_supervisor(now: datetime) -> None:
    ruth = Staff.objects.get(account__email=SUPERVISOR)
    jon = Staff.objects.get(account__email=ASSOCIATE)
    Supervision.objects.create(staff=jon, supervisor=ruth, from_on=(now - SINCE).date(), changed_by=ruth)


def supervised() -> dict[UUID, date]:
    """Whose notes are co-signed, and since when."""
    return dict(Supervision.objects.values_list("staff", "from_on"))


def co_sign(now: datetime) -> None:
    ruth = Staff.objects.get(account__email=SUPERVISOR)
    waiting = list(NotePart.objects.awaiting().select_related("note__session__group").order_by("note__signed_at", "pk"))
    for signed_at, parts in groupby(waiting, lambda part: part.note.signed_at):
        if signed_at < now - WAITS:
            services_cosign.cosign(
                notes=[part.pk for part in parts],
                statement=services_cosign.STATEMENT,
                by=ruth,
                now=signed_at + timedelta(hours=20),
            )
    _spoke_alone(now)
    left = [part for part in waiting if part.note.signed_at >= now - WAITS and not part.absent]
    for part in left[:1]:
        services_cosign.send_back(note=part, words=QUESTION, by=ruth)


def _spoke_alone(now: datetime) -> None:
    """A session of two that waits as well."""
    seats = Seat.objects.accepted().at(now).filter(group__leader__account__email=ASSOCIATE, episode__ended_at=None)
    seat = seats.select_related("patient", "group__leader").order_by("chair__number")[0]
    contacts.written(seat, "individual", now - timedelta(days=2, hours=4), 45, ALONE, True)

"""What a hospital and a court sent about two people of Cedar."""

from datetime import datetime, timedelta

from stepdown.placement.models import Seat
from stepdown.privacy import services_received
from stepdown.privacy.domain.labels import Came, Source

from .papers import paper

NOTICE = ("42 CFR part 2 prohibits unauthorized use", "or disclosure of these records.")


def make_received(now: datetime) -> None:
    seats = Seat.objects.accepted().at(now).filter(group__name="Cedar").select_related("patient", "group__leader")
    first, second = list(seats.order_by("chair__number")[:2])
    on, day = now.date(), timedelta(days=1)
    services_received.put_in(
        patient=first.patient, source=Source.HOSPITAL, from_whom="Example General Hospital, Austin",
        what="Discharge summary", received_on=on - 30 * day, covers_from=on - 44 * day, covers_until=on - 37 * day,
        came=Came.SHORT, words="", by=first.group.leader,
        document=paper("a discharge summary of a hospital.", *NOTICE),
    )  # fmt: skip
    services_received.put_in(
        patient=second.patient, source=Source.COURT, from_whom="Example County Probation", what="Terms of probation",
        received_on=on - 21 * day, covers_from=None, covers_until=None, came=Came.UNKNOWN, words="",
        by=second.group.leader, document=paper("terms of probation."),
    )  # fmt: skip

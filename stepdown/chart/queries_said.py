"""What a person told us by themselves since the session before, beside what is written about them."""

from dataclasses import dataclass
from datetime import datetime

from stepdown.attendance.models import Attendance
from stepdown.chart.models import NotePart
from stepdown.measures import queries as measures
from stepdown.measures.models import Administration, CheckIn, WorkItem
from stepdown.people.models import Staff


@dataclass(frozen=True)
class SaidSince:
    """since: the end of the session before, or the first day of the seat. Oldest first each; `work` are flags raised by
    their answers, settled or not."""

    since: datetime
    check_ins: list[CheckIn]
    measures: list[measures.Scored]
    work: list[WorkItem]

    @property
    def is_nothing(self) -> bool:
        return not (self.check_ins or self.measures or self.work)


def said_since(part: NotePart, staff: Staff) -> SaidSince | None:
    """What came after the session before and until the end of this one; None for whoever may not see answers and
    scores. Six queries."""
    if not measures.patients_scored_for(staff).filter(pk=part.patient_id).exists():
        return None
    session = part.note.session
    before = (
        Attendance.objects.filter(
            patient=part.patient_id, status__in=Attendance.THERE, session__starts_at__lt=session.starts_at
        )
        .order_by("-session__starts_at")
        .values_list("session__ends_at", flat=True)
        .first()
    )
    since = before or part.attendance.seat.starts_at
    time = (since, session.ends_at)
    finished = Administration.objects.finished().filter(patient=part.patient_id, finished_at__range=time)
    return SaidSince(
        since=since,
        check_ins=list(measures.check_ins(part.patient).filter(at__range=time).order_by("at")),
        measures=measures.scored(finished.order_by("finished_at")),
        work=list(WorkItem.objects.filter(patient=part.patient_id, raised_at__range=time).order_by("raised_at")),
    )

"""What the attendance page draws: one line a person, with the strip of their presence."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from stepdown.attendance import permissions, queries
from stepdown.attendance.door import Wait, door
from stepdown.attendance.forms import CorrectionForm
from stepdown.attendance.models import Attendance
from stepdown.kernel.decision import Decision
from stepdown.live import queries as live
from stepdown.live import queries_standby
from stepdown.live.outside import overrides
from stepdown.people.models import Staff
from stepdown.timetable.models import CannotCome, Session
from stepdown.ui.charts import Drawing, Strip, attendance_strip

TONES = {
    "present": "calm",
    "made_up": "calm",
    "late": "attention",
    "partial": "attention",
    "left_early": "attention",
    "no_show": "attention",
}


def strip_of(row: Attendance, sheet: queries.Sheet, now: datetime, *, axis: bool = False) -> Drawing:
    """The person's session as a bar, with the same in words and as a table; corrected minutes apart from what the room
    recorded."""
    strip = Strip(
        session=queries.planned(sheet.session),
        stays=queries.stays_of(row),
        breaks=sheet.breaks,
        side=sheet.side.get(row.patient_id, []),
        now=now if now <= sheet.span.end else None,
        ended=sheet.span.end,
        minutes=row.counted,
        of=sheet.of,
        recorded=row.minutes if row.is_corrected else None,
        width=620,
    )
    return attendance_strip(strip, timezone.get_current_timezone(), axis=axis)


@dataclass(frozen=True)
class Line:
    """One person on the page. `form` is None when nothing may be corrected; `attempts`: how they were reached for;
    `overrides`: why they took part from where the leader has no license; `taken_back`: the confirmation that stood
    before the room recorded more; `early`: whether a correction is from before the end; `waits`: when they were at the
    door, and when held there, if they were not there after all; `told`: that they cannot come, if they told us."""

    row: Attendance
    strip: Drawing
    tone: str
    form: CorrectionForm | None
    attempts: list[Any]
    overrides: list[Any]
    taken_back: queries.Confirmed | None
    early: bool
    waits: list[Wait]
    told: CannotCome | None


def sheet_page(session: Session, staff: Staff, now: datetime, form: CorrectionForm | None = None) -> dict[str, Any]:
    """The context of the page; `form` is the correction that was refused, with what was typed."""
    sheet = queries.sheet(session, now, staff)
    may: Decision = permissions.confirm(staff, session, now)
    attempts, let, taken_back = live.attempts(session), overrides(session), queries.taken_back(sheet.rows)
    at_door = door(session, now)
    lines = []
    for row in sheet.rows:
        own = form if form is not None and form.row.pk == row.pk else None
        if own is None and may:
            own = CorrectionForm(row=row, most=sheet.most, absent=at_door.absence_of(row.patient_id))
        lines.append(
            Line(
                row,
                strip_of(row, sheet, now, axis=True),
                TONES.get(row.status, ""),
                own,
                attempts.get(row.patient_id, []),
                let.get(row.patient_id, []),
                taken_back.get(row.pk),
                row.confirmed_at is not None and row.confirmed_at < sheet.span.end and not row.sealed_at,
                [wait for wait in at_door.waits.get(row.patient_id, []) if not (wait.state and row.was_there)],
                at_door.told.get(row.patient_id),
            )
        )
    return {
        "session": session,
        "sheet": sheet,
        "lines": lines,
        "may": may,
        "form": form,
        "corrected": any(row.is_corrected for row in sheet.rows),
        "look_again": any(line.taken_back or line.early for line in lines),
        "not_open": not at_door.opened and queries.is_over(session, now),
        "begun": now >= session.starts_at,
        "video_away": queries_standby.video_away(session),
    }

"""What the pages of a note draw, put together from queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.attendance import queries as attendance
from stepdown.attendance.pages import strip_of
from stepdown.chart import permissions, queries, queries_plan, queries_topics
from stepdown.chart.domain.formats import Format, Kind, Piece, Section, laid_out
from stepdown.chart.domain.parts import state_of
from stepdown.chart.domain.vocabulary import INTERVENTIONS, QUESTIONS, said
from stepdown.chart.forms import AddendumForm, PartForm, SendBackForm, SharedForm
from stepdown.chart.models import Addendum, GroupNote, NotePart
from stepdown.chart.pages_own import beside
from stepdown.chart.queries_formats import format_in_force, marks_of
from stepdown.chart.queries_said import said_since
from stepdown.chart.queries_templates import phrases_of_groups
from stepdown.kernel.kept import kept_key
from stepdown.live.door import last_meeting, no_use
from stepdown.live.models import DoorCheck
from stepdown.people.models import Staff
from stepdown.ui.charts import Drawing, sparkline


def frame(note: GroupNote, staff: Staff, now: datetime, about: UUID) -> dict[str, Any]:
    """What every page of an open note shows around the writing: everyone's list, the shared line, the sign bar.
    about: the part, or the note for its shared part."""
    ready = queries.readiness(note)
    may_sign = permissions.sign_note(staff, note)
    return {
        "note": note,
        "session": note.session,
        "ready": ready,
        "interventions": ", ".join(said(note.interventions, INTERVENTIONS)),
        "left": ", ".join(line.part.patient.called for line in ready.left),
        "look_again": ", ".join(line.part.patient.called for line in ready.look_again),
        "kept_as": f"note {about}",
        "kept_key": kept_key(f"note {staff.pk} {about}"),
        "why_not_sign": may_sign.reason or " ".join(ready.against),
        "may_take_over": permissions.take_over(staff, note).allowed,
        "state": state_of(note.session.ends_at, note.signed_at, now),
    }


def shared_page(note: GroupNote, staff: Staff, form: SharedForm | None = None) -> dict[str, Any]:
    """The page of the shared part."""
    page = frame(note, staff, timezone.now(), note.pk)
    lines = page["ready"].lines
    return page | {"form": form or SharedForm.of(note), "next": lines[0].part if lines else None}


def sign_page(note: GroupNote, ready: queries.Readiness) -> dict[str, Any]:
    """All that is signed: the shared part, then everybody's line with their answers."""
    return {
        "note": note,
        "session": note.session,
        "interventions": ", ".join(said(note.interventions, INTERVENTIONS)),
        "ready": ready,
        "rows": [(line, read_part(line.part, note, None, []).answers) for line in ready.lines],
    }


def part_page(part: NotePart, staff: Staff, form: PartForm | None = None) -> dict[str, Any]:
    """The page of one person's part, with what is known beside what is written."""
    now = timezone.now()
    note = part.note
    page = frame(note, staff, now, part.pk)
    parts = [line.part for line in page["ready"].lines]
    at = next(i for i, other in enumerate(parts) if other.pk == part.pk)
    own = parts[at]
    sheet = attendance.sheet(note.session, now)
    week, group = queries.place_in_program(part)
    return page | {
        "part": own,
        "form": form or PartForm.of(own, queries_plan.objectives_for(own)),
        "strip": strip_of(own.attendance, sheet, now, axis=True),
        "of": sheet.of,
        "week": week,
        "group_number": group,
        "previous": parts[at - 1] if at else None,
        "next": parts[at + 1] if at + 1 < len(parts) else None,
        "door": door_of(part),
        "said": said_since(own, staff),
        "before": queries.part_before(part),
        "missed": queries.topics_missed(part),
        "homework": queries_topics.homework_at(part),
        "phrases": phrases_of_groups(),
        "look": page["ready"].lines[at].look,
        "marks": marks_of(format_in_force()),
    }


@dataclass(frozen=True)
class Door:
    """What someone said at the door of this session, with the course of the urge over the last ones."""

    check: DoorCheck
    urge: Drawing | None
    used: str


def door_of(part: NotePart) -> Door | None:
    checks = queries.door_checks_until(part)
    if not checks or checks[-1].session_id != part.note.session_id:
        return None
    now = checks[-1]
    urges = [check.craving for check in checks]
    none = no_use(part.note.session, last_meeting(part.note.session, part.patient))
    used = {True: _("Yes, told us"), False: none, None: _("Not asked")}[now.used_since]
    drawn = sparkline(urges, _("Urge over the last groups")) if len(urges) > 1 else None
    return Door(now, drawn, used)


@dataclass(frozen=True)
class Read:
    """One part as it is read: under the headings of its format; question by question when it was signed before there
    were any."""

    part: NotePart
    sections: tuple[Section, ...]
    answers: list[Piece]
    addenda: list[Addendum]


KINDS = {"took_part": Kind.SEEN, "response": Kind.RESPONSE, "safety": Kind.RISK, "plan": Kind.NEXT}


def read_part(part: NotePart, note: GroupNote, form: Format | None, addenda: list[Addendum]) -> Read:
    """form: None when the note was signed before there were formats."""
    answers = [
        Piece(KINDS[field], ", ".join(said(getattr(part, field), options)), title)
        for title, field, options, _single in QUESTIONS
        if getattr(part, field)
    ]
    if part.objective:
        answers.append(Piece(Kind.GOAL, str(part.objective), _("Works toward")))
    done = Piece(Kind.DID, ", ".join(said(note.interventions, INTERVENTIONS)), _("What was done"))
    own = [a for a in addenda if a.patient_id == part.patient_id and _is_of(a, part)]
    if form is None or part.absent:
        return Read(part, (), answers, own)
    return Read(part, laid_out(form, [*answers, done, Piece(Kind.WORDS, part.words)]), answers, own)


def _is_of(addendum: Addendum, part: NotePart) -> bool:
    """Of two parts about one person, one in place of the other, what was added belongs to the one that stood then."""
    since, until = part.signed_at, part.successor.signed_at if part.successor else None
    return (since is None or addendum.at > since) and (until is None or addendum.at <= until)


def format_of(note: GroupNote) -> Format | None:
    """The format it was signed in; of an open note that in which it would be; None: signed before there were any."""
    if note.signed_at:
        return Format(note.format) if note.format else None
    return format_in_force()


def read_page(note: GroupNote, staff: Staff, form: AddendumForm | None = None) -> dict[str, Any]:
    """A note as it is read, signed or not."""
    parts, addenda, form_of = queries.parts_of(note, staff), queries.addenda_of(note), format_of(note)
    may_add = permissions.add_addendum(staff, note)
    if form is None and may_add:
        form = AddendumForm(parts=parts, asks_code=False)
    return {
        "note": note,
        "session": note.session,
        "interventions": ", ".join(said(note.interventions, INTERVENTIONS)),
        "parts": [read_part(part, note, form_of, addenda) for part in parts],
        "format": form_of,
        "shared_addenda": [a for a in addenda if a.patient_id is None],
        "present": sum(not part.absent for part in parts),
        "awaiting": sum(part.awaits_cosign for part in parts),
        "form": form if may_add else None,
        "may_write": permissions.write_note(staff, note).allowed,
    }


def single_page(part: NotePart, staff: Staff, asking: SendBackForm | None = None) -> dict[str, Any]:
    """One person's part of a signed note with the shared part, and nothing of anyone else. asking: a question to its
    author that was refused."""
    addenda, form_of = queries.addenda_of(part.note, part.patient_id), format_of(part.note)
    return {
        "note": part.note,
        "session": part.note.session,
        "interventions": ", ".join(said(part.note.interventions, INTERVENTIONS)),
        "read": read_part(part, part.note, form_of, addenda),
        "format": form_of,
        "shared_addenda": [a for a in addenda if a.patient_id is None],
        **beside(part, staff, asking),
    }

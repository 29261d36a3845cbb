"""The smallest true notes: a session that is over, with parts that can be written, or are."""

from collections.abc import Sequence

from stepdown.attendance.services import confirm
from stepdown.attendance.tests.factories import seated, session_over, was_in
from stepdown.chart import services, services_writing
from stepdown.chart.models import GroupNote, NotePart
from stepdown.people.models import Patient
from stepdown.timetable.models import Session

ANSWERS = {"took_part": ["openly"], "response": ["practiced"], "safety": ["none_seen"], "plan": ["go_on"]}
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def note_of(session: Session | None = None, *, present: int = 2, absent: int = 0) -> GroupNote:
    """A note just begun by its leader; the first `present` people of the roster were there the whole time."""
    session = session or session_over()
    people = [seated(session) for _ in range(present + absent)]
    for patient in people[:present]:
        was_in(session, patient)
    return services.open_note(session=session, by=session.leader)


def part_of(note: GroupNote, patient: Patient) -> NotePart:
    return note.parts.select_related("patient", "note__session").get(patient=patient)


def written(note: GroupNote, parts: Sequence[NotePart] | None = None) -> GroupNote:
    """The note with its shared part and the parts of everyone present, each in words of its own."""
    services_writing.save_shared(
        note=note, topic="Cravings", interventions=["process"], words="Practiced urge surfing.", by=note.author
    )
    for number, part in zip(NUMBERS, parts if parts is not None else note.parts.filter(absent=False), strict=False):
        services_writing.save_part(
            part=part, words=f"{number.title()} thing was hard: the hour {number}.", by=note.author, **ANSWERS
        )
    note.refresh_from_db()
    return note


def signed(note: GroupNote | None = None, **people: int) -> GroupNote:
    """A note that is written, confirmed and signed."""
    note = written(note or note_of(**people))
    confirm(session=note.session, by=note.author)
    return services.sign_note(note=note, attestation=services.ATTESTATION, by=note.author)

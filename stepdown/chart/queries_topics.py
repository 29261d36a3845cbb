"""What one person met of the curriculum, and homework, as screens and services ask for them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from stepdown.attendance.models import Attendance
from stepdown.chart.domain.coverage import Covered, Meeting, coverage
from stepdown.chart.models import Homework, HomeworkOf, NotePart
from stepdown.people.models import Patient
from stepdown.timetable import queries as timetable
from stepdown.timetable.models import Handout, Session


@dataclass(frozen=True)
class TopicOf:
    """One topic of a person: its handout in the reader's language, the session it was met or missed in, the next one.
    state: "met", "missed" or "coming"."""

    handout: Handout
    state: str
    last: Session | None
    again: Session | None


@dataclass(frozen=True)
class Topics:
    """What was met, what was missed and when it comes again, what is to come: each in the order of the sessions."""

    met: list[TopicOf]
    missed: list[TopicOf]
    coming: list[TopicOf]

    @property
    def of(self) -> int:
        return len(self.met) + len(self.missed)


def topics_of(patient: Patient, language: str, now: datetime) -> Topics:
    """By the attendance of sessions that took place, and by the sessions to come in their seat. Three queries."""
    past = list(
        Attendance.objects.filter(patient=patient, session__starts_at__lte=now, session__cancelled_at=None)
        .exclude(session__topic=None)
        .exclude(status=Attendance.Status.SCHEDULED)
        .select_related("session__topic", "session__group")
    )
    ahead = list(
        timetable.sessions_of_patient(patient).filter(cancelled_at=None, starts_at__gt=now).exclude(topic=None)
    )
    sessions = {each.pk: each for each in [*(row.session for row in past), *ahead]}
    meetings = [Meeting(row.session.topic_id, row.session.starts_at, row.session_id, row.was_there) for row in past]
    meetings += [Meeting(each.topic_id, each.starts_at, each.pk, None) for each in ahead]
    handouts = timetable.handouts(sessions.values(), language)
    found: dict[str, list[TopicOf]] = {"met": [], "missed": [], "coming": []}
    for each in coverage(meetings):
        found[each.state].append(_topic(each, handouts, sessions))
    return Topics(**found)


def _topic(each: Covered[UUID | None], handouts: dict[UUID, Handout], sessions: dict[UUID, Session]) -> TopicOf:
    last, again = (sessions[m.key] if m else None for m in (each.last, each.again))  # type: ignore[index]  # the keys given above
    return TopicOf(handouts[each.topic], each.state, last, again)  # type: ignore[index]  # sessions without a topic are left out


# -- homework


def homework_of(patient: Patient) -> QuerySet[HomeworkOf]:
    """A person's own that was not taken back, the first due first."""
    own = HomeworkOf.objects.filter(patient=patient, homework__taken_back_at=None)
    own = own.select_related("homework__session__group", "homework__topic", "homework__given_by")
    return own.order_by(F("homework__due_at").asc(nulls_last=True), "homework__given_at")


def homework_open(patient: Patient) -> list[HomeworkOf]:
    """Not done yet, without what was due more than two weeks ago. One query."""
    since = timezone.now() - timedelta(days=14)
    return list(homework_of(patient).filter(Q(homework__due_at=None) | Q(homework__due_at__gte=since), done_at=None))


def given_in(session: Session) -> list[Homework]:
    """What was given in that session, with who has it (`people`). Two queries."""
    given = Homework.objects.filter(session=session, taken_back_at=None).select_related("topic", "given_by")
    return _with_people(given)


def due_in(session: Session) -> list[Homework]:
    """What was given in the group's session before this one, with who did it (`people`). Three queries."""
    before = Session.objects.standing().filter(group=session.group_id, starts_at__lt=session.starts_at)
    earlier = before.filter(Exists(Homework.objects.filter(session=OuterRef("pk"), taken_back_at=None)))
    last = earlier.order_by("-starts_at").first()
    if last is None:
        return []
    given = Homework.objects.filter(session=last, taken_back_at=None).select_related("topic", "given_by", "session")
    return _with_people(given)


def _with_people(given: Iterable[Homework]) -> list[Homework]:
    found = {each.pk: each for each in given}
    people: dict[UUID, list[HomeworkOf]] = {pk: [] for pk in found}
    rows = HomeworkOf.objects.filter(homework__in=found).select_related("patient")
    for row in rows.order_by("patient__first_name", "patient__last_name"):
        people[row.homework_id].append(row)
    for pk, each in found.items():
        each.people = people[pk]  # type: ignore[attr-defined]  # put there for the page
        each.done = Counter(bool(row.done_at) for row in people[pk])[True]  # type: ignore[attr-defined]  # as above
    return list(found.values())


def homework_at(part: NotePart) -> list[HomeworkOf]:
    """What was due for that person by the session of their part: for whoever writes it. One query."""
    session = part.note.session
    due = homework_of(part.patient).filter(homework__due_at__lte=session.ends_at)
    return list(due.filter(homework__due_at__gt=session.starts_at - timedelta(days=7)))


def handout_of(own: HomeworkOf, language: str) -> Handout | None:
    """The handout whose exercise it is, in the language of the code, else in English; None when it is none's."""
    topic = own.homework.topic
    return timetable.handouts_of([topic], language)[topic.pk] if topic else None


def with_titles(own: Iterable[HomeworkOf], language: str) -> list[tuple[HomeworkOf, Handout | None]]:
    """Each with its handout in the language of the code. One query, none when there is nothing of a handout."""
    rows = list(own)
    handouts = timetable.handouts_of([row.homework.topic for row in rows if row.homework.topic], language)
    return [(row, handouts.get(row.homework.topic_id) if row.homework.topic_id else None) for row in rows]

"""Who did not come, why it goes faster with some, and what stands next, as screens and services ask for it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import DurationField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Greatest, Least
from django.db.models.lookups import LessThan
from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.attendance.domain.minutes import available_minutes
from stepdown.attendance.models import Attendance
from stepdown.attendance.queries import held, met
from stepdown.chart.domain.welfare import LEAST_WEEK, NOTICED_AFTER, Act, Came, Step
from stepdown.chart.models import Missed, MissedSession, ReturnToUse, WelfareStep
from stepdown.chart.queries_plan import own_patients
from stepdown.kernel.prepared import prepared
from stepdown.kernel.spans import whole_minutes
from stepdown.live import queries as live
from stepdown.live.domain.stays import CLOSING, Kind
from stepdown.live.models import Admittance, Attempt, DoorCheck, InboxEvent, Incident, Join, Knock, VideoAway
from stepdown.live.outside import held_in
from stepdown.measures.models import Administration, CheckIn, WorkItem
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.placement.queries import patients_visible_to
from stepdown.timetable.models import CannotCome, Session
from stepdown.timetable.queries import roster
from stepdown.ui.navigation import Waiting

LOOK_BACK = timedelta(days=4)  # as attendance does: a weekend without a worker is caught up
URGE, URGE_DAYS, ITEM_NINE_DAYS = 7, timedelta(days=7), timedelta(days=30)
OVERDOSE_DAYS, RETURN_DAYS = timedelta(days=30), timedelta(days=14)
MARKS = 12
A_MINUTE = timedelta(minutes=1)
THERE = tuple(Attendance.THERE)
EXPLAINED = (
    Attendance.Status.EXCUSED,
    Attendance.Status.CANCELLED_PATIENT,
    Attendance.Status.CANCELLED_LATE,
    Attendance.Status.CANCELLED_SITE,
)
BEFORE_THE_END = LessThan(Greatest("computed_at", "confirmed_at"), Least("session__ends_at", "session__room__ended_at"))
TAKEN_BACK = (Missed.Over.EXCUSED, Missed.Over.CALLED_OFF)
"""Why a group was missed no more, while that stands: where it was taken back, they are missing as before."""
BY_ITSELF = Q(status=Attendance.Status.CANCELLED_SITE, confirmed_at=None)  # by what the door saw, said by nobody
CAME_OF = {Attempt.Outcome.TALKED: Came.SAFE, Attempt.Outcome.LEFT_MESSAGE: Came.LEFT_MESSAGE}
"""What came of a call from the room; whatever else is said of it, nobody was reached."""


# -- who is missing


def not_in_the_room(session: Session, now: datetime) -> list[Patient]:
    """Of a session that is on, who is not in or just coming in, was not in for a minute since its start, does not wait
    at the door, is not held there, was not excused, did not tell us that they cannot come and is not known to be
    missing yet. Who was let in before the start and lost is missing, unless they were lost with the video. Thirteen
    queries at most."""
    out = _lost_with_video(session, now)
    coming = Join.objects.filter(session=session, patient__isnull=False, at__gt=now - A_MINUTE)
    waits = Knock.objects.filter(session=session, ended_at=None)
    for rows in (_came().filter(session=session), coming, waits):
        out.update(rows.values_list("patient", flat=True))
    known = MissedSession.objects.filter(session=session).exclude(over_why__in=TAKEN_BACK)
    out.update(known.values_list("patient", flat=True))
    left = [seat.patient for seat in roster(session) if seat.patient_id not in out]
    if not left:
        return []
    excused = Attendance.objects.filter(session=session, status__in=EXPLAINED).exclude(BY_ITSELF)
    at_door = {check.patient_id for check in held_in(session)}
    at_door.update(
        DoorCheck.objects.filter(session=session, at__gt=now - NOTICED_AFTER).values_list("patient", flat=True)
    )
    at_door.update(excused.values_list("patient", flat=True))
    at_door.update(CannotCome.objects.standing().filter(session=session).values_list("patient", flat=True))
    return [patient for patient in left if patient.pk not in at_door]


def _came() -> QuerySet[Join]:
    """Joins of patients that last, or in which they were a whole minute since their session's start: with less nobody
    was there (RULE PROG-02)."""
    joins = Join.objects.filter(live.SINCE_DOOR_OPENED, patient__isnull=False)
    joins = joins.alias(minute_at=Greatest("at", "session__starts_at") + A_MINUTE)
    events = InboxEvent.objects.filter(join=OuterRef("pk"))
    gone_before = events.filter(kind__in=CLOSING, at__lt=OuterRef("minute_at"))
    return joins.filter(Exists(events.filter(kind=Kind.ARRIVED)), ~Exists(gone_before))


def _lost_with_video(session: Session, now: datetime) -> set[UUID]:
    """Ids of patients who may be in the standby room, where nobody sees them: while no media server answers, and as
    long after that as anybody is given to come, whose media server died, and who was let in or at the door since."""
    lately = Q(ended_at=None) | Q(ended_at__gt=now - NOTICED_AFTER)
    if not VideoAway.objects.filter(lately, session=session).exists():
        return set()
    rows = (_ended_with_their_server().filter(session=session), _let_in_without_video().filter(session=session))
    return {patient for found in rows for patient in found.values_list("patient", flat=True)}


def _let_in_without_video() -> QuerySet[Admittance]:
    """Who was let in and not sent out, and was let in or at the door since the session was without video last; a return
    too short for anybody to be missed in it is none."""
    gap_begins = OuterRef("since") - NOTICED_AFTER
    before = VideoAway.objects.filter(session=OuterRef("session"), since__lt=OuterRef("since"), ended_at__gt=gap_begins)
    went = VideoAway.objects.filter(~Exists(before), session=OuterRef("session")).order_by("-since")
    told = DoorCheck.objects.filter(
        session=OuterRef("session"), patient=OuterRef("patient"), at__gte=OuterRef("without_video_since")
    )
    rows = Admittance.objects.alias(without_video_since=Subquery(went.values("since")[:1]))
    return rows.filter(Q(at__gte=F("without_video_since")) | Exists(told), sent_out_at=None)


def _ended_with_their_server() -> QuerySet[Join]:
    """Joins of patients whose media server died, and who did not leave by themselves then or later."""
    left = InboxEvent.objects.filter(
        session=OuterRef("session"), kind=Kind.LEFT, join__patient=OuterRef("patient"), join__at__gte=OuterRef("at")
    )
    died = InboxEvent.objects.filter(join=OuterRef("pk"), kind=Kind.SERVER_DIED)
    return Join.objects.filter(live.SINCE_DOOR_OPENED, Exists(died), ~Exists(left), patient__isnull=False)


def running(now: datetime) -> QuerySet[Session]:
    """Sessions that have been on for ten minutes with an open room."""
    since = now - NOTICED_AFTER
    on = Session.objects.standing().filter(starts_at__lte=since, ends_at__gt=now, starts_at__gt=now - LOOK_BACK)
    return on.filter(room__opened_at__lte=since, room__ended_at=None).select_related("leader", "group__program")


def recorded_as_missed(now: datetime) -> QuerySet[Attendance]:
    """Of sessions of the last days, and of those confirmed in them: who missed them, and it is not known here yet, or
    the search for them ended by what is not so after all. Who was lost with the video or let in without it, which was
    not back in good time before the end, missed it only when somebody confirms that."""
    theirs = {"session": OuterRef("session"), "patient": OuterRef("patient")}
    known = MissedSession.objects.filter(**theirs)
    settled_otherwise = Exists(known.exclude(over_why=""))
    unseen = Exists(_ended_with_their_server().filter(**theirs)) | Exists(_let_in_without_video().filter(**theirs))
    to_the_end = Q(ended_at__gt=F("session__ends_at") - NOTICED_AFTER)
    to_the_end |= Q(ended_at__gt=F("session__room__ended_at") - NOTICED_AFTER) | Q(ended_at=None)
    away = VideoAway.objects.filter(to_the_end, session=OuterRef("session"))
    rows = Attendance.objects.filter(
        Q(session__starts_at__gt=now - LOOK_BACK) | Q(confirmed_at__gt=now - LOOK_BACK),
        ~Exists(known.filter(over_why="")),
        ~(settled_otherwise & BEFORE_THE_END),
        ~(Q(confirmed_at=None) & Exists(away) & unseen),
        status=Attendance.Status.NO_SHOW,
        session__cancelled_at=None,
        seat__episode__ended_at=None,
    )
    return rows.select_related("patient", "session__leader", "session__group__program").order_by("session__starts_at")


def flags_of(patient: Patient, now: datetime) -> list[str]:
    """Why it goes faster with this person, from before they were missed. Seven queries at most."""
    asked = Administration.objects.finished().filter(patient=patient, instrument="phq-9")
    phq = asked.filter(finished_at__gt=now - ITEM_NINE_DAYS).order_by("-finished_at").first()
    known = {
        Missed.Flag.URGE: _told_of_an_urge(patient, now - URGE_DAYS),
        Missed.Flag.ITEM_NINE: phq is not None and bool(phq.values.get("phq9_9")),
        Missed.Flag.WORK: WorkItem.objects.open().filter(patient=patient).exists(),
        Missed.Flag.OVERDOSE: Incident.objects.filter(
            patient=patient, kind=Incident.Kind.OVERDOSE, at__gt=now - OVERDOSE_DAYS
        ).exists(),
        Missed.Flag.RETURN: ReturnToUse.objects.filter(patient=patient, recorded_at__gt=now - RETURN_DAYS).exists(),
    }
    return [flag for flag, is_so in known.items() if is_so]


def _told_of_an_urge(patient: Patient, since: datetime) -> bool:
    """Whether they told of a strong urge since then: at the door, by themselves, or in what is asked before a group,
    which counts from when it is answered."""
    urges = Q(patient=patient, craving__gte=URGE, at__gt=since)
    strong = Q(values__crave_now__gte=URGE) | Q(values__crave_week__gte=URGE)
    asked = Administration.objects.filter(strong, patient=patient, instrument="craving-nrs", saved_at__gt=since)
    return any(rows.exists() for rows in (DoorCheck.objects.filter(urges), CheckIn.objects.filter(urges), asked))


def last_contact(patient: Patient, before: datetime) -> datetime | None:
    """When somebody last knew of them: in a group, in a call that reached them, in what they said by themselves, and as
    they told us that they cannot come. Four queries."""
    there = Attendance.objects.filter(patient=patient, status__in=Attendance.THERE, session__starts_at__lt=before)
    reached = WelfareStep.objects.filter(missed__patient=patient, came=Came.SAFE, at__lt=before)
    told = CannotCome.objects.filter(patient=patient, said_by=CannotCome.SaidBy.PATIENT, told_at__lt=before)
    found = [
        told.order_by("-told_at").values_list("told_at", flat=True).first(),
        there.order_by("-session__ends_at").values_list("session__ends_at", flat=True).first(),
        reached.order_by("-at").values_list("at", flat=True).first(),
        CheckIn.objects.filter(patient=patient, at__lt=before).order_by("-at").values_list("at", flat=True).first(),
    ]
    return max((at for at in found if at), default=None)


def came_lately(patient: Patient, before: Session) -> list[bool | None]:
    """Whether they came to the groups before this one, the latest first; None where they were excused. None of those
    for which a case conference was held, as missed in a row. Two queries."""
    rows = Attendance.objects.filter(patient=patient, session__starts_at__lt=before.starts_at)
    rows = rows.filter(session__cancelled_at=None)
    held = Missed.objects.filter(patient=patient, conference_why=Missed.Conference.IN_A_ROW, conference_by=None)
    if until := held.order_by("-conference_on").values_list("conference_on", flat=True).first():
        rows = rows.filter(session__service_date__gt=until)
    rows = rows.exclude(status=Attendance.Status.SCHEDULED).order_by("-session__starts_at")
    return [
        None if status in EXPLAINED else status != Attendance.Status.NO_SHOW
        for status in rows.values_list("status", flat=True)[:MARKS]
    ]


@dataclass(frozen=True)
class Week:
    """Minutes of one person and week: in the room and its breaks; of all groups of theirs, while they met."""

    minutes: int
    planned: int


def week_of(patient: Patient, monday: date) -> Week:
    """What they were in group that week, excused groups left out. Three queries a group."""
    minutes = of = 0
    for row in _of_week(monday).filter(patient=patient).select_related("session"):
        session, breaks = row.session, live.breaks(row.session)
        said = Attendance.objects.filter(session=session).values_list("confirmed_minutes", flat=True)
        time = met(session, held(session, session.ends_at), breaks, said, session.ends_at)
        of += whole_minutes([time])
        if row.counted:
            minutes += row.counted + whole_minutes([time]) - available_minutes(time, breaks)
    return Week(minutes, of)


def _on_days_of(monday: date) -> Q:
    return Q(session__service_date__range=(monday, monday + timedelta(days=6)))


def _settled_since(since: datetime) -> Q:
    """Of attendances: confirmed since then, or of a session of which it was said since then that it was not held."""
    return Q(confirmed_at__gt=since) | Q(session__cancelled_at__gt=since)


def _of_week(monday: date) -> QuerySet[Attendance]:
    """What is recorded of groups of that week that somebody came to or missed without a word."""
    rows = Attendance.objects.filter(_on_days_of(monday), session__cancelled_at=None)
    return rows.exclude(status__in=(*EXPLAINED, Attendance.Status.SCHEDULED))


def weeks_confirmed(*, since: datetime, before: date) -> list[date]:
    """Mondays of the weeks before that day of which something was settled since then, the first first. One query."""
    rows = Attendance.objects.filter(_settled_since(since), session__service_date__lt=before)
    days = rows.values_list("session__service_date", flat=True).distinct()
    return sorted({day - timedelta(days=day.weekday()) for day in days})


def of_short_weeks(monday: date, *, confirmed_since: datetime | None = None) -> QuerySet[Patient]:
    """Who may have been in group under six hours of a week that planned more, is still in care, and has no case
    conference for it yet; nobody of whose week something is not confirmed, as they may have been in a group where the
    room did not see them. `confirmed_since`: of whose week something was settled since then,
    an excuse too, if that is given."""
    rows = _of_week(monday)
    whole = Sum(F("session__ends_at") - F("session__starts_at"), output_field=DurationField())
    people = rows.values("patient").annotate(minutes=Sum("confirmed_minutes"), whole=whole)
    short = people.filter(minutes__lt=LEAST_WEEK, whole__gt=timedelta(minutes=LEAST_WEEK))
    unsure = rows.filter(patient=OuterRef("pk"), confirmed_at=None)
    asked = Missed.objects.filter(patient=OuterRef("pk"), conference_on__range=(monday, monday + timedelta(days=6)))
    care = Episode.objects.filter(patient=OuterRef("pk"), ended_at=None)
    found = Patient.objects.filter(~Exists(unsure), ~Exists(asked), Exists(care), pk__in=short.values("patient"))
    if confirmed_since is None:
        return found
    settled = Attendance.objects.filter(_on_days_of(monday), _settled_since(confirmed_since), patient=OuterRef("pk"))
    return found.filter(Exists(settled))


# -- what was done


def steps_of(missed: Missed, attempts: Iterable[Attempt]) -> list[Step]:
    """What was done here and, of the groups they missed, from the room. A text that went by itself is no attempt."""
    found = [Step(Act(step.act), Came(step.came), step.at) for step in missed.steps.all()]
    for attempt in attempts:
        if attempt.how == Attempt.How.CALL:
            came = CAME_OF.get(Attempt.Outcome(attempt.outcome)) if attempt.outcome else None
            found.append(Step(Act.CALL, came or Came.NO_ANSWER, attempt.at))
        elif attempt.by_id:
            found.append(Step(Act.WRITE, Came.SENT, attempt.at))
    return found


def attempts_of(rows: Collection[Missed]) -> dict[UUID, list[Attempt]]:
    """patient id -> calls and texts from the rooms of the groups they missed, oldest first. One query."""
    found: dict[UUID, list[Attempt]] = defaultdict(list)
    known = MissedSession.objects.filter(session=OuterRef("session"), patient=OuterRef("patient"), missed__in=rows)
    for attempt in Attempt.objects.filter(Exists(known)).select_related("by", "message").order_by("at"):
        found[attempt.patient_id].append(attempt)
    return found


def open_rows(**only: object) -> QuerySet[Missed]:
    """What is not over, with all that its next step is worked out of."""
    sessions = Prefetch("sessions", MissedSession.objects.select_related("session__group").order_by("noticed_at"))
    rows = Missed.objects.filter(over_at=None, **only).select_related("patient", "owner")
    return rows.prefetch_related(sessions, Prefetch("steps", WelfareStep.objects.select_related("by")))


def joined_since(rows: Collection[Missed]) -> dict[UUID, list[tuple[UUID, datetime]]]:
    """patient id -> (session, when) of every time they came, since the first group that was missed. One query."""
    found: dict[UUID, list[tuple[UUID, datetime]]] = defaultdict(list)
    since = min((one.session.starts_at for row in rows for one in row.sessions.all()), default=None)
    if since is None:
        return found
    joins = _came().filter(patient__in=[row.patient_id for row in rows], at__gte=since - live.DOOR_OPENS)
    for patient, session, at in joins.values_list("patient", "session", "at"):
        found[patient].append((session, at))
    return found


def recorded(rows: Collection[Missed]) -> dict[tuple[UUID, UUID], str]:
    """(session, patient) -> the status of the attendance, of the groups they missed, but of those that are cancelled by
    us only by what the door saw, until somebody confirms it: that reaches nobody; and of those that were missed as of
    an end that was none. One query."""
    known = MissedSession.objects.filter(session=OuterRef("session"), patient=OuterRef("patient"), missed__in=rows)
    found = Attendance.objects.filter(Exists(known)).exclude(BY_ITSELF)
    found = found.exclude(BEFORE_THE_END, status=Attendance.Status.NO_SHOW)
    return {
        (session, patient): status for session, patient, status in found.values_list("session", "patient", "status")
    }


def told_us(rows: Collection[Missed]) -> set[tuple[UUID, UUID]]:
    """(session, patient) of the groups they missed of which we were told that they cannot come. One query."""
    known = MissedSession.objects.filter(session=OuterRef("session"), patient=OuterRef("patient"), missed__in=rows)
    return set(CannotCome.objects.standing().filter(Exists(known)).values_list("session", "patient"))


def missed_starts(patients: Iterable[UUID], since: datetime) -> dict[UUID, list[datetime]]:
    """patient id -> when the groups began that they missed without a word since then, as their attendance says it now:
    none that they came to after all, that they were excused from, or that was called off. One query."""
    found: dict[UUID, list[datetime]] = defaultdict(list)
    rows = MissedSession.objects.filter(patient__in=list(patients), over_why="", session__starts_at__gt=since)
    known = Attendance.objects.filter(session=OuterRef("session"), patient=OuterRef("patient"))
    not_so = known.filter(status__in=(*THERE, *EXPLAINED)).exclude(BY_ITSELF)
    rows = rows.filter(~Exists(not_so), session__cancelled_at=None)
    for patient, at in rows.values_list("patient", "session__starts_at"):
        found[patient].append(at)
    return found


def in_care(patients: Iterable[UUID]) -> set[UUID]:
    open_ones = Episode.objects.filter(patient__in=list(patients), ended_at=None)
    return set(open_ones.values_list("patient", flat=True))


# -- screens


def open_for(patient: Patient) -> Missed | None:
    """What stands for somebody who did not come, for their chart. One query."""
    return next(iter(_open_for(patient.pk)), None)


@prepared
def _open_for(patient: UUID) -> QuerySet[Missed]:
    return Missed.objects.filter(patient=patient, over_at=None).select_related("owner")[:1]


def visible_to(staff: Staff) -> QuerySet[Missed]:
    """Of who this person sees, and of the sessions they led in place of somebody else."""
    whose = Q(patient__in=patients_visible_to(staff)) | Q(owner=staff)
    return Missed.objects.filter(whose).select_related("patient", "owner")


def to_reach(staff: Staff) -> QuerySet[Missed]:
    """What stands, the first due first: of one's own patients; for a director everyone's."""
    rows = open_rows().order_by(F("next_at").asc(nulls_last=True))
    if not staff.has_role(Role.DIRECTOR):
        rows = rows.filter(Q(patient__in=own_patients(staff)) | Q(owner=staff))
    else:
        rows = rows.filter(Q(owner=staff) | not_hidden(staff))
    return rows


def due_on_the_day(staff: Staff, now: datetime) -> QuerySet[Missed]:
    """Of one's own patients all that stands, of others for a director what is late."""
    rows = Missed.objects.filter(over_at=None, next_at__isnull=False).select_related("patient", "owner")
    whose = Q(patient__in=own_patients(staff)) | Q(owner=staff)
    if staff.has_role(Role.DIRECTOR):
        whose |= Q(next_at__lte=now) & not_hidden(staff)
    return rows.filter(whose).order_by("next_at")


def waiting(staff: Staff) -> Waiting:
    """How many people stand open, and with how many a step is late, for the menu. One query."""
    rows = Missed.objects.filter(over_at=None)
    if not staff.has_role(Role.DIRECTOR):
        rows = rows.filter(Q(patient__in=own_patients(staff)) | Q(owner=staff))
    else:
        rows = rows.filter(Q(owner=staff) | not_hidden(staff))
    due = list(rows.values_list("next_at", flat=True)[:100])
    now = timezone.now()
    return Waiting(len(due), sum(at is not None and at <= now for at in due))

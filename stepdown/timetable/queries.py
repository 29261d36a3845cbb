"""What the screens of the timetable show, each in a known number of queries."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from hashlib import sha256
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.utils import timezone

from stepdown.kernel.spans import Span
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.placement.models import Group, Language, Seat
from stepdown.placement.queries import SEES_EVERYONE
from stepdown.timetable.cover import LONGEST
from stepdown.timetable.domain.calendar import moment
from stepdown.timetable.models import Closure, GroupChange, Handout, Session, Topic


def sessions() -> QuerySet[Session]:
    return Session.objects.select_related("group__program", "leader", "co_leader", "topic", "makes_up_for")


def seen_as(group: Group) -> str:
    """What a page saw of the group and its sessions, in short: another one as soon as somebody changed any of it.
    Two queries."""
    changes = group.changes.values_list("pk", "applied_at", "taken_back_at").order_by("pk")
    coming = group.sessions.filter(starts_at__gt=timezone.now())
    of = coming.aggregate(count=Count("pk"), revisions=Sum("revision"), last=Max("changed_at"))
    state = [str(getattr(group, f.attname)) for f in group._meta.fields]
    return sha256(repr([state, list(changes), of]).encode()).hexdigest()[:16]


def zones_of(group: Group, sessions: Iterable[Session]) -> list[tuple[ZoneInfo, list[Session]]]:
    """The sessions in their order, with the zone that the group had on their day. One query."""
    applied = group.changes.exclude(applied_at=None).order_by("from_on").values_list("from_on", "was")

    def zone(session: Session) -> str:
        later = (was["time_zone"] for from_on, was in applied if from_on > session.service_date)
        return next(later, group.time_zone)

    return [(ZoneInfo(name), list(part)) for name, part in groupby(sessions, key=zone)]


def changes_of(group: Group) -> QuerySet[GroupChange]:
    """What the group became and from when, latest first; without what was taken back."""
    return group.changes.exclude(applied_at=None).select_related("leader", "co_leader", "made_by")


def closure_on(on: date) -> Closure | None:
    """The closure of the center on that day."""
    return Closure.objects.filter(first_on__lte=on, last_on__gte=on).first()


def closures(today: date) -> list[Closure]:
    """Those that are on or ahead, with how many sessions each has called off (`off`). One query."""
    off = Count("sessions", filter=Q(sessions__cancelled_at__isnull=False))
    return list(Closure.objects.filter(last_on__gte=today).annotate(off=off).select_related("made_by"))


def all_closures() -> QuerySet[Closure]:
    return Closure.objects.select_related("made_by")


def called_off_by(closure: Closure) -> QuerySet[Session]:
    """The sessions it called off and that stay so, earliest first."""
    return sessions().filter(closure=closure).exclude(cancelled_at=None).order_by("starts_at")


def sessions_in(first_on: date, last_on: date, now: datetime) -> QuerySet[Session]:
    """Standing sessions on those days of their group's zone that are not over yet, earliest first."""
    found = sessions().filter(cancelled_at=None, ends_at__gt=now, service_date__range=(first_on, last_on))
    # By the moment too, for which there is an index: no zone is further than a day from another.
    first = datetime.combine(first_on - timedelta(days=1), datetime.min.time(), tzinfo=UTC)
    last = datetime.combine(last_on + timedelta(days=2), datetime.min.time(), tzinfo=UTC)
    return found.filter(starts_at__gte=first, starts_at__lt=last).order_by("starts_at")


def change_ahead(group: Group) -> GroupChange | None:
    """The change of this group that is planned and has not come yet."""
    return group.changes.filter(applied_at=None, taken_back_at=None).select_related("leader", "co_leader").first()


def sessions_visible_to(staff: Staff) -> QuerySet[Session]:
    """Director and admissions: all. A counselor: those of their groups, and those they lead for someone else."""
    return sessions() if staff.has_role(*SEES_EVERYONE) else records_visible_to(staff)


def records_visible_to(staff: Staff) -> QuerySet[Session]:
    """Sessions whose clinical record this person may see: all for a director, those they or their groups hold for a
    counselor. Source: RULE PRIV-33 (minimum necessary)."""
    if staff.has_role(Role.DIRECTOR):
        return sessions()
    if staff.has_role(Role.COUNSELOR):
        own = Q(leader=staff) | Q(co_leader=staff) | Q(group__leader=staff) | Q(group__co_leader=staff)
        return sessions().filter(own)
    return sessions().none()


def sessions_of_day(staff: Staff | None, on: date, zone: tzinfo, now: datetime | None = None) -> QuerySet[Session]:
    """Sessions that start on that day in the reader's zone, earliest first; of one leader or co-leader, or all.
    now: with those that run at that moment, which may have begun on the day before."""
    from_, to = moment(on, datetime.min.time(), zone), moment(on + timedelta(days=1), datetime.min.time(), zone)
    runs = Q(starts_at__gt=now - LONGEST, starts_at__lte=now, ends_at__gt=now) if now else Q()
    day = sessions().filter(Q(starts_at__gte=from_, starts_at__lt=to) | runs)
    return day.filter(Q(leader=staff) | Q(co_leader=staff)) if staff else day


def changed_on(staff: Staff | None, on: date, zone: tzinfo) -> QuerySet[Session]:
    """Sessions of that day in the reader's zone that were called off, moved there or away, or make up for another one;
    of one leader or co-leader, or all."""
    day = moment(on, datetime.min.time(), zone), moment(on + timedelta(days=1), datetime.min.time(), zone)
    here = Q(starts_at__gte=day[0], starts_at__lt=day[1])
    was_here = Q(moved_from__gte=day[0], moved_from__lt=day[1])
    changed = Q(cancelled_at__isnull=False) | Q(moved_from__isnull=False) | Q(makes_up_for__isnull=False)
    found = sessions().filter(here & changed | was_here)
    return found.filter(Q(leader=staff) | Q(co_leader=staff)) if staff else found


def sessions_to_read(staff: Staff, from_: datetime, to: datetime, *, of: str = "") -> QuerySet[Session]:
    """What this person may see that starts in that time, also what was called off, earliest first. One query.

    of: "mine" for what they lead or co-lead, the id of a group, or empty for everything.
    """
    found = sessions_visible_to(staff).filter(starts_at__gte=from_, starts_at__lt=to)
    if of == "mine":
        found = found.filter(Q(leader=staff) | Q(co_leader=staff))
    elif of:
        found = found.filter(group=UUID(of))
    return found.order_by("starts_at", "group__name")


def next_session_of(patient: Patient, now: datetime | None = None) -> Session | None:
    """The patient's session that is on, or the next one to come, by the seats they accepted. One query."""
    now = now or timezone.now()
    coming = sessions_of_patient(patient).filter(cancelled_at=None, ends_at__gt=now)
    return coming.order_by("starts_at").first()


def sessions_of_patient(patient: Patient) -> QuerySet[Session]:
    """Every session a seat of theirs covers, also cancelled ones; each once, as nobody has two seats at a time."""
    return Session.objects.select_related("group", "leader", "topic").filter(
        Q(group__seats__ends_at=None) | Q(group__seats__ends_at__gt=F("starts_at")),
        group__seats__patient=patient,
        group__seats__accepted_at__isnull=False,
        group__seats__released_at=None,
        group__seats__starts_at__lte=F("starts_at"),
    )


def led(session: Session, now: datetime) -> list[tuple[UUID, Span]]:
    """(who led it, from when to when) up to now, since it was changed first: who led before is not told. One query."""
    history = Session.pgh_event_model.objects
    events = history.filter(pgh_obj=session.pk, pgh_created_at__lt=now).order_by("pgh_created_at", "pgh_id")
    rows = list(events.values_list("leader", "pgh_created_at"))
    ends = [*(at for _leader, at in rows), now][1:]
    return [(leader, Span(at, end)) for (leader, at), end in zip(rows, ends, strict=True)]


def roster(session: Session, reader: Staff | None = None) -> list[Seat]:
    """Who is expected: accepted seats of the group that cover its start, in the order of the chairs; reader: without
    those whose record is not for them. One query."""
    seats = Seat.objects.accepted().filter(group=session.group_id).at(session.starts_at)
    if reader:
        seats = seats.filter(not_hidden(reader))
    return list(seats.select_related("patient", "chair", "episode").order_by("chair__number"))


def sessions_of_group(group: Group, after: datetime) -> QuerySet[Session]:
    """The group's sessions that end after that moment, earliest first."""
    return sessions().filter(group=group, ends_at__gt=after).order_by("starts_at")


def past_sessions_of_group(group: Group, before: datetime) -> QuerySet[Session]:
    """The group's sessions that ended by that moment, latest first."""
    return sessions().filter(group=group, ends_at__lte=before).order_by("-starts_at")


def handouts(sessions: Iterable[Session], language: str) -> dict[UUID, Handout]:
    """As `handouts_of`, for the topics of these sessions."""
    return handouts_of([session.topic for session in sessions if session.topic], language)


def handouts_of(topics: Iterable[Topic], language: str) -> dict[UUID, Handout]:
    """The handout of each topic, by the topic's id: in the language of the code (such as "es-us"), or in English. One
    query, none without a topic.

    A topic without one gets its title and summary, in English, with nothing below them.
    """
    by_id = {topic.pk: topic for topic in topics}
    if not by_id:
        return {}
    wanted = language.split("-")[0]
    known = {wanted, Language.ENGLISH} & set(Language.values)
    rows = Handout.objects.filter(topic__in=by_id, language__in=known)
    found = {topic.pk: bare(topic) for topic in by_id.values()}
    found |= {row.topic_id: row for row in sorted(rows, key=lambda row: row.language == wanted)}
    return found


def all_topics() -> list[Topic]:
    """The curriculum, in its order. One query."""
    return list(Topic.objects.order_by("week", "place"))


def bare(topic: Topic) -> Handout:
    """What is read of a topic that has no handout."""
    return Handout(topic=topic, language=Language.ENGLISH, title=topic.title, summary=topic.summary)


def handout(session: Session, language: str) -> Handout | None:
    """As `handouts`, for one session; None when it has no topic."""
    return handouts([session], language)[session.topic_id] if session.topic_id else None


def handout_languages(session: Session) -> list[Language]:
    """The languages in which the handout of its topic can be read, in the order of the languages we know. One query."""
    there = set(Handout.objects.filter(topic=session.topic_id).values_list("language", flat=True))
    return [language for language in Language if language in there]

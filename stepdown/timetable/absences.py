"""Who is away, which sessions have nobody who leads them, and who could stand in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from stepdown.people.models import Role, Staff
from stepdown.people.queries import license_states
from stepdown.placement.queries import staff_kept_apart
from stepdown.timetable.cover import LONGEST, seated_states
from stepdown.timetable.domain.calendar import moment
from stepdown.timetable.domain.standing_in import Somebody, is_only_license, why_not
from stepdown.timetable.models import Absence, Ask, Place, Session, StandIn
from stepdown.ui import when
from stepdown.ui.navigation import MANY, NOTHING, Waiting
from stepdown.ui.states import STATES

AHEAD = timedelta(weeks=13)
SHOWN = 50


def absences_visible_to(staff: Staff) -> QuerySet[Absence]:
    """Director: all. Else one's own."""
    found = Absence.objects.select_related("staff", "made_by")
    return found if staff.has_role(Role.DIRECTOR) else found.filter(staff=staff)


def standing_absences(staff: Staff, now: datetime, zone: tzinfo) -> list[tuple[Absence, str]]:
    """Absences that are not over, each with its time in words. One query."""
    found = absences_visible_to(staff).filter(taken_back_at=None, ends_at__gt=now)[:SHOWN]
    return [(one, time_said(one.starts_at, one.ends_at, now, zone)) for one in found]


def time_said(start: datetime, end: datetime, now: datetime, zone: tzinfo) -> str:
    """ "December 3, all day", "December 3 to December 5", or with clock times when it is no whole days."""
    first, today = when.local_date(start, zone), when.local_date(now, zone)
    if start != moment(first, time(), zone) or end != moment(when.local_date(end, zone), time(), zone):
        return f"{when.when(start, now, zone)} to {when.when(end, now, zone)}"
    last = when.local_date(end, zone) - timedelta(days=1)
    day = f"{when.weekday(first)}, {when.day(first, today)}"
    return f"{day}, all day" if first == last else f"{day} to {when.weekday(last)}, {when.day(last, today)}"


def asked(staff: Staff) -> QuerySet[Ask]:
    """Everything this person was ever asked."""
    return Ask.objects.filter(staff=staff, asked_at__isnull=False).select_related("session__group", "instead_of")


def asks_to(staff: Staff, now: datetime) -> list[Ask]:
    """What this person is asked and has not answered, the next session first. One query."""
    asks = asked(staff).filter(answer="", closed_at=None, session__starts_at__gt=now, session__cancelled_at=None)
    return list(asks.order_by("session__starts_at"))


def away(who: str) -> Q:
    """Whether the session's leader or co-leader (`who`) is away while it lasts."""
    return Q(
        Exists(
            Absence.objects.filter(
                staff=OuterRef(who),
                taken_back_at=None,
                starts_at__lt=OuterRef("ends_at"),
                ends_at__gt=OuterRef("starts_at"),
            )
        )
    )


def without_leader(now: datetime, of: Staff | None = None) -> QuerySet[Session]:
    """Coming sessions whose leader is away and nobody stands in, earliest first; of one person, or all."""
    return _without("leader", now, of)


def without_co_leader(now: datetime, of: Staff | None = None) -> QuerySet[Session]:
    return _without("co_leader", now, of)


def _without(who: str, now: datetime, of: Staff | None) -> QuerySet[Session]:
    """From the few absences that are not over, and of each the sessions in its time."""
    absent = Session.objects.standing().filter(
        Q(**{f"{who}__absences__ends_at__gt": now}),
        Q(**{f"{who}__absences__ends_at__gt": F("starts_at"), f"{who}__absences__starts_at__lt": F("ends_at")}),
        **{f"{who}__absences__taken_back_at": None},
        ends_at__gt=now,
        starts_at__gt=now - LONGEST,
        starts_at__lt=now + AHEAD,
    )
    if of:
        absent = absent.filter(**{who: of})
    found = Session.objects.filter(pk__in=absent.order_by().values("pk"))
    return found.select_related("group", "leader", "co_leader").order_by("starts_at")


@dataclass(frozen=True)
class Missing:
    """A session without a leader, with what came of asking: how many are asked, and how many said no."""

    session: Session
    asked: int
    said_no: int


def with_asks(sessions: list[Session]) -> list[Missing]:
    """One query."""
    asks = Ask.objects.filter(session__in=sessions, place=Place.LEADER, closed_at=None, asked_at__isnull=False)
    asked: dict[UUID, list[str]] = defaultdict(list)
    for session, answer in asks.values_list("session_id", "answer"):
        asked[session].append(answer)
    return [Missing(s, len(asked[s.pk]), asked[s.pk].count(Ask.Answer.NO)) for s in sessions]


def led_in(staff: Staff, start: datetime, end: datetime) -> QuerySet[Session]:
    """The sessions that this person leads or co-leads in that time, earliest first."""
    theirs = Session.objects.standing().filter(Q(leader=staff) | Q(co_leader=staff))
    return theirs.filter(starts_at__lt=end, ends_at__gt=start).select_related("group").order_by("starts_at")


def missing_among(sessions: Iterable[Session]) -> set[UUID]:
    """The ids of those of these sessions that have no leader. One query."""
    ids = [session.pk for session in sessions]
    return set(Session.objects.standing().filter(away("leader"), pk__in=ids).values_list("pk", flat=True))


def who_is_there(now: datetime) -> QuerySet[Staff]:
    """Who works here and is not away."""
    absences = Absence.objects.filter(taken_back_at=None, starts_at__lte=now, ends_at__gt=now)
    return Staff.objects.current().exclude(Exists(absences.filter(staff=OuterRef("pk"))))


def is_missing(session: Session, place: str) -> bool:
    """Whether who has that place is away while the session lasts. One query."""
    who = session.leader if place == Place.LEADER else session.co_leader
    return who is not None and is_away(who, session)


def is_away(staff: Staff, session: Session) -> bool:
    """One query."""
    during = Absence.objects.filter(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at)
    return during.filter(staff=staff, taken_back_at=None).exists()


@dataclass(frozen=True)
class Candidate:
    """One who could stand in, or why they cannot. co_leads: they co-lead this very session."""

    staff: Staff
    against: list[str]
    co_leads: bool
    ask: Ask | None

    @property
    def can(self) -> bool:
        return not self.against

    @property
    def only_license(self) -> bool:
        """Whether a director may give it to them all the same: it then stands red until the license is there."""
        return bool(self.against) and is_only_license(self.against)


def candidates(session: Session, place: str) -> list[Candidate]:
    """Every counselor and director but who has that place, those who can first. Seven queries."""
    staff = [
        one
        for one in Staff.objects.current().order_by("name")
        if one.has_role(Role.COUNSELOR, Role.DIRECTOR) and one.pk not in _taken(session, place)
    ]
    against = reasons_against(session, place, staff)
    asks = {ask.staff_id: ask for ask in session.asks.filter(place=place, closed_at=None).order_by("made_at")}
    found = [Candidate(one, against[one.pk], one.pk == session.co_leader_id, asks.get(one.pk)) for one in staff]
    return sorted(found, key=lambda c: (not c.can, len(c.against), not c.co_leads, c.staff.name))


def _taken(session: Session, place: str) -> set[UUID | None]:
    return {session.leader_id} if place == Place.LEADER else {session.leader_id, session.co_leader_id}


def reasons_against(session: Session, place: str, staff: Iterable[Staff]) -> dict[UUID, list[str]]:
    """staff id -> why they cannot stand in; an empty list for those who can. Five queries."""
    people = {one.pk: one for one in staff}
    names = dict(STATES)
    seated = seated_states(session) if place == Place.LEADER else {}
    states = license_states(people, session.service_date)
    away_ids = set(
        Absence.objects.filter(
            staff__in=people, taken_back_at=None, starts_at__lt=session.ends_at, ends_at__gt=session.starts_at
        ).values_list("staff_id", flat=True)
    )
    busy: dict[UUID, list[str]] = defaultdict(list)
    others = Session.objects.standing().exclude(pk=session.pk)
    then = others.filter(Q(leader__in=people) | Q(co_leader__in=people)).filter(
        starts_at__lt=session.ends_at, ends_at__gt=session.starts_at
    )
    for leader, co_leader, group in then.values_list("leader_id", "co_leader_id", "group__name"):
        busy[leader].append(group)
        if co_leader:
            busy[co_leader].append(group)
    apart = staff_kept_apart(people, session.group_id, session.starts_at)
    return {
        pk: why_not(
            Somebody(
                is_counselor=one.has_role(Role.COUNSELOR),
                is_away=pk in away_ids,
                leads=" and ".join(busy.get(pk, [])),
                states=frozenset(names.get(state, state) for state in states.get(pk, set())),
                is_apart=pk in apart,
            ),
            {names.get(state, state): count for state, count in seated.items()},
        )
        for pk, one in people.items()
    }


def stands_in(session: Session | None) -> StandIn | None:
    """Who leads this session in place of somebody else, for whoever is told. One query."""
    if session is None:
        return None
    standing = StandIn.objects.filter(session=session, place=Place.LEADER, staff=session.leader_id, ended_at=None)
    return standing.select_related("staff", "instead_of").first()


def waiting(staff: Staff) -> Waiting:
    """For the menu: sessions without a leader for directors, all of them late; what one is asked for others."""
    now = timezone.now()
    if staff.has_role(Role.DIRECTOR):
        missing = without_leader(now)[:MANY].count()
        return Waiting(missing, missing)
    asked = len(asks_to(staff, now))
    return Waiting(asked) if asked else NOTHING

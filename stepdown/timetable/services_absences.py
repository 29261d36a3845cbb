"""Somebody is away, somebody else stands in. Whoever says yes first has it: the session's row is locked, and the
database keeps everyone from leading two sessions at a time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.outreach.models import Message
from stepdown.outreach.services import tell_all
from stepdown.people.models import Patient, Staff
from stepdown.people.queries import directors
from stepdown.timetable import pages, rooms
from stepdown.timetable.absences import is_away, led_in, reasons_against
from stepdown.timetable.domain.standing_in import is_only_license, turn_ends
from stepdown.timetable.models import Absence, Ask, Place, Session, StandIn
from stepdown.timetable.queries import roster
from stepdown.timetable.services import patterns

log = structlog.get_logger(__name__)
TOLD_BEFORE = timedelta(hours=1)
TAKEN = "Somebody else said yes before you, or nobody is needed any more. Thank you for answering."


@transaction.atomic
def mark_absence(*, staff: Staff, starts_at: datetime, ends_at: datetime, by: Staff) -> Absence:
    """This person is away in that time (aware). Directors are told when sessions have nobody who leads them then.

    Raises RuleBroken when the time is over, ends before it begins, or meets another absence of theirs.
    """
    if ends_at <= timezone.now():
        raise RuleBroken("That time is over. Choose a day that is still to come.", "last_on")
    _lock_staff(staff)
    with rules_speak():
        absence = Absence.objects.create(staff=staff, starts_at=starts_at, ends_at=ends_at, made_by=by)
    led = led_in(staff, starts_at, ends_at).filter(ends_at__gt=timezone.now())
    if led.filter(leader=staff).exists():
        tell_all(
            staff=[d for d in directors() if d.pk != by.pk],
            kind=Message.Kind.LEADER_AWAY,
            page=pages.absences,
        )
    for ask in Ask.objects.filter(staff=staff, answer="", closed_at=None, session__in=_during(absence)):
        _close([ask])
        _next_turn(ask.session, ask.place)
    log.info("absence marked", absence_id=str(absence.pk), by=str(by.pk))
    return absence


@transaction.atomic
def take_back_absence(*, absence: Absence, by: Staff) -> int:
    """They come after all. Their sessions that are ahead are theirs again, also those that somebody stood in for, but
    not those of a group that is somebody else's by now; who stood in or was asked is told, as are they. Returns how
    many sessions somebody else keeps, because they themselves lead elsewhere then, or are still away. Taking back twice
    is taking back once."""
    absence = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
    if absence.taken_back_at is None:
        absence.taken_back_at, absence.taken_back_by = timezone.now(), by
        absence.save(update_fields=["taken_back_at", "taken_back_by"])
        asks = Ask.objects.filter(instead_of=absence.staff_id, answer="", closed_at=None, session__in=_during(absence))
        _tell_over(_close(asks))
        for session, place in _stood_in_for(absence):
            _give_back(session, place, absence.staff, by)
        log.info("absence taken back", absence_id=str(absence.pk), by=str(by.pk))
    return len(_stood_in_for(absence))


def _stood_in_for(absence: Absence) -> list[tuple[Session, str]]:
    """Sessions ahead that they had before, and somebody has now, with the place; locked."""
    theirs = StandIn.objects.filter(instead_of=absence.staff_id, session__in=_during(absence).values("pk"))
    places = set(theirs.order_by().values_list("session_id", "place"))
    sessions = Session.objects.select_for_update(of=("self",)).select_related("group", "leader", "co_leader")
    coming = sessions.standing().filter(pk__in={pk for pk, _ in places}, starts_at__gt=timezone.now())
    return [
        (session, place)
        for session in coming.order_by("starts_at")
        for place in Place.values
        if (session.pk, place) in places
        and getattr(session, f"{place}_id") != absence.staff_id
        and _is_theirs(session, place, absence.staff)
    ]


def _is_theirs(session: Session, place: str, staff: Staff) -> bool:
    """Whether they have that place in the group on that day, or stood in there themselves."""
    pattern = patterns(session.group, session.service_date, session.service_date)[0][0]
    of_the_group = getattr(pattern, f"{place}_id") == staff.pk
    return of_the_group or session.stand_ins.filter(place=place, staff=staff).exists()


def _give_back(session: Session, place: str, staff: Staff, by: Staff) -> None:
    """It is theirs again, where they are free then. A co-leader who led it co-leads it again."""
    had = _has_now(session, place)
    if is_away(staff, session):
        return
    setattr(session, place, staff)
    if had and place == Place.LEADER and session.co_leader is None and session.group.co_leader_id == had.pk:
        session.co_leader = had
    try:
        _store(session, by)
    except RuleBroken as broken:
        log.info("not given back", session_id=str(session.pk), rule=broken.rule)
        return
    session.stand_ins.filter(place=place, ended_at=None).update(ended_at=timezone.now())
    if had and had.pk != session.co_leader_id:
        tell_all(staff=[had] if had != by else [], kind=Message.Kind.STAND_IN_OVER, page=pages.absences)
    if staff != by:
        _tell_leads(staff, session)
    rooms.led_by_another(session)
    if place == Place.LEADER:
        _tell_patients(session)


@transaction.atomic
def ask(*, session: Session, place: str, staff: Iterable[Staff], in_order: bool, by: Staff) -> list[Ask]:
    """Asks people to stand in, all at once, or one after the other in the order given.

    Raises RuleBroken when nobody is named, somebody named cannot, is asked already, or the session has begun.
    """
    session, asked = _locked(session), list(staff)
    instead = _has(session, place)
    if not asked:
        raise RuleBroken("Choose whom to ask.")
    against = reasons_against(session, place, asked)
    for one in asked:
        if against[one.pk]:
            raise RuleBroken(f"{one.name} cannot stand in. {' '.join(against[one.pk])}")
    now = timezone.now()
    with rules_speak():
        asks = Ask.objects.bulk_create(
            Ask(
                session=session,
                place=place,
                instead_of=instead,
                staff=one,
                turn=turn if in_order else 0,
                made_at=now,
                made_by=by,
                asked_at=None if in_order and turn else now,
            )
            for turn, one in enumerate(asked)
        )
    _tell_asked([a.staff for a in asks if a.asked_at], session)
    log.info("asked to stand in", session_id=str(session.pk), asked=len(asks), by=str(by.pk))
    return asks


@transaction.atomic
def answer(*, ask: Ask, yes: bool, by: Staff) -> Ask:
    """Whoever was asked says yes or no. The first yes gets the session. Saying the same twice is saying it once.

    Raises RuleBroken when somebody else has it, nobody is needed any more, or they cannot by now.
    """
    session = Session.objects.select_for_update(of=("self",)).select_related("group").get(pk=ask.session_id)
    ask = Ask.objects.select_for_update(of=("self",)).select_related("staff", "instead_of").get(pk=ask.pk)
    said = Ask.Answer.YES if yes else Ask.Answer.NO
    if ask.answer == said:
        return ask
    if not ask.is_open or (yes and not _is_needed(session, ask)):
        raise RuleBroken(TAKEN)
    if yes:
        _give(session, ask.place, ask.staff, by, check=True)
    ask.answer, ask.answered_at = said, timezone.now()
    ask.save(update_fields=["answer", "answered_at"])
    if yes:
        _tell_over(_close(session.asks.filter(place=ask.place, answer="", closed_at=None)))
        others = [d for d in directors() if d.pk != by.pk]
        tell_all(staff=others, kind=Message.Kind.STANDS_IN, page=pages.who_stands_in(session, ask.place))
    else:
        _next_turn(session, ask.place)
    log.info("answered", ask_id=str(ask.pk), yes=yes)
    return ask


@transaction.atomic
def assign(*, session: Session, place: str, staff: Staff, by: Staff) -> StandIn:
    """A director gives the session to somebody, who is told, as is whoever was asked. A license that does not reach
    everyone stands red until it does; anything else against them is refused.

    Raises RuleBroken when they are away, lead elsewhere then, are no counselor, or have that place already.
    """
    session = _locked(session)
    stands_in = _give(session, place, staff, by, check=False)
    _tell_over(
        [ask for ask in _close(session.asks.filter(place=place, closed_at=None, answer="")) if ask.staff != staff]
    )
    _tell_leads(staff, session)
    return stands_in


@transaction.atomic
def stop_asking(*, session: Session, place: str, by: Staff) -> int:
    """Nobody is asked any more; who was is told. Returns how many that were."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    closed = _close(session.asks.filter(place=place, answer="", closed_at=None))
    _tell_over(closed)
    log.info("asking stopped", session_id=str(session.pk), by=str(by.pk))
    return len(closed)


@transaction.atomic
def pass_turns(now: datetime) -> int:
    """Where somebody has not answered in their time, the next in the row is asked as well. Returns how many are."""
    passed = 0
    waiting = Ask.objects.filter(asked_at=None, answer="", closed_at=None, session__starts_at__gt=now)
    for session_id, place in set(waiting.order_by().values_list("session_id", "place")):
        session = Session.objects.select_for_update(of=("self",)).get(pk=session_id)
        last = session.asks.filter(place=place, closed_at=None, asked_at__isnull=False).order_by("-asked_at").first()
        if last is None or last.answer or turn_ends(last.asked_at, session.starts_at) <= now:  # type: ignore[arg-type]
            passed += _next_turn(session, place)
    return passed


def asks_for_the_away(session: Session) -> list[Ask]:
    """Open asks in the place of whoever is away at the session's time; others are for want of a license. The session
    is locked."""
    asks = session.asks.filter(answer="", closed_at=None).select_related("instead_of")
    return [ask for ask in asks if is_away(ask.instead_of, session)]


def close_unneeded(session: Session, asks: Iterable[Ask]) -> None:
    """Of these, nobody is asked any more in the place of whoever is there at the session's new time; who was asked is
    told."""
    _tell_over(_close(ask for ask in asks if not is_away(ask.instead_of, session)))


def _next_turn(session: Session, place: str) -> int:
    """Asks the next one who waits for their turn; 1, or 0 when nobody does or somebody is still to answer in time."""
    row = session.asks.filter(place=place, closed_at=None, answer="", asked_at=None).order_by("turn", "made_at")
    following = row.select_related("staff").first()
    if following is None:
        return 0
    following.asked_at = timezone.now()
    following.save(update_fields=["asked_at"])
    _tell_asked([following.staff], session)
    return 1


def _tell_asked(staff: Iterable[Staff], session: Session) -> None:
    tell_all(staff=staff, kind=Message.Kind.STAND_IN, about=session.starts_at, page=pages.absences)


def _give(session: Session, place: str, staff: Staff, by: Staff, *, check: bool) -> StandIn:
    """The session is theirs. check: also that their license reaches everyone."""
    instead, now = _has(session, place), timezone.now()
    if staff.pk == instead.pk:
        raise RuleBroken(f"{staff.name} has this session already.")
    _lock_staff(staff)
    against = reasons_against(session, place, [staff])[staff.pk]
    if against and (check or not is_only_license(against)):
        raise RuleBroken(f"{staff.name} cannot stand in. {' '.join(against)}")
    if place == Place.LEADER:
        session.leader = staff
        if session.co_leader_id == staff.pk:
            session.co_leader = None
    else:
        session.co_leader = staff
    _store(session, by)
    with rules_speak():
        session.stand_ins.filter(place=place, ended_at=None).update(ended_at=now)
        stands_in = StandIn.objects.create(session=session, place=place, instead_of=instead, staff=staff, given_by=by)
    rooms.led_by_another(session)
    if place == Place.LEADER:
        _tell_patients(session)
    log.info("stands in", session_id=str(session.pk), staff_id=str(staff.pk), by=str(by.pk))
    return stands_in


def _store(session: Session, by: Staff) -> None:
    session.changed_at, session.changed_by, session.revision = timezone.now(), by, session.revision + 1
    with rules_speak():
        session.save(update_fields=["leader", "co_leader", "changed_at", "changed_by", "revision"])


def _tell_leads(staff: Staff, session: Session) -> None:
    tell_all(staff=[staff], kind=Message.Kind.LEADS_ONE_MORE, about=session.starts_at, page=pages.of_session(session))


def _tell_patients(session: Session) -> None:
    """That somebody else leads, who is read in the room's own page."""
    tell_all(patients=told_who_leads(session), kind=Message.Kind.MEETING_LED, about=session.starts_at)


def told_who_leads(session: Session) -> list[Patient]:
    """Who is told when somebody else leads: who sits in it; nobody when it is about to begin."""
    is_ahead = session.starts_at - timezone.now() > TOLD_BEFORE
    return [seat.patient for seat in roster(session)] if is_ahead else []


def _locked(session: Session) -> Session:
    session = Session.objects.select_for_update(of=("self",)).select_related("group").get(pk=session.pk)
    if session.cancelled_at:
        raise RuleBroken("This session is called off, so nobody is needed.")
    if session.starts_at <= timezone.now():
        raise RuleBroken("This session has begun. A director can lead it from their day.")
    return session


def _has_now(session: Session, place: str) -> Staff | None:
    return session.leader if place == Place.LEADER else session.co_leader


def _has(session: Session, place: str) -> Staff:
    """Who has that place now. Raises RuleBroken when nobody has."""
    who = _has_now(session, place)
    if who is None:
        raise RuleBroken("This session has no co-leader.")
    return who


def _is_needed(session: Session, ask: Ask) -> bool:
    who = session.leader_id if ask.place == Place.LEADER else session.co_leader_id
    return who == ask.instead_of_id and session.cancelled_at is None and session.starts_at > timezone.now()


def _lock_staff(staff: Staff) -> None:
    """Two that book the same person at once take turns."""
    Staff.objects.select_for_update(of=("self",), no_key=True).get(pk=staff.pk)


def _during(absence: Absence) -> QuerySet[Session]:
    return Session.objects.filter(starts_at__lt=absence.ends_at, ends_at__gt=absence.starts_at)


def _close(asks: Iterable[Ask]) -> list[Ask]:
    found = list(asks)
    Ask.objects.filter(pk__in=[ask.pk for ask in found]).update(closed_at=timezone.now())
    return found


def _tell_over(asks: Iterable[Ask]) -> None:
    """Tells who was asked that nobody is needed any more; who still waited for their turn was never asked."""
    told = Staff.objects.current().filter(pk__in=[ask.staff_id for ask in asks if ask.asked_at])
    tell_all(staff=told, kind=Message.Kind.STAND_IN_OVER, page=pages.absences)

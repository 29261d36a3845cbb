"""The patient's way to the room: which places to offer, what stands in the way, and the way forward."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from stepdown.live import permissions, queries
from stepdown.live.forms import Place
from stepdown.live.models import DoorCheck
from stepdown.live.outside import is_covered
from stepdown.people.models import Patient
from stepdown.placement.models import Seat
from stepdown.privacy.queries import missing_consents
from stepdown.privacy.queries_minors import waits_for_parent
from stepdown.timetable.models import Session
from stepdown.ui import when
from stepdown.ui.states import STATES

LAST = "last-"  # and the id of the door check whose place it is


@dataclass(frozen=True)
class Closed:
    """Why the door does not open, and what comes next: when it opens if that is a matter of waiting; else the meeting
    to go to (`is_open`: its door opens now) and the seat that is held for them, if there are any. `may_reopen`: the
    room was ended, or the meeting called off, at an hour at which its door would be open."""

    why: str
    opens_at: datetime | None = None
    to_sign: bool = False
    coming: Session | None = None
    is_open: bool = False
    held: Seat | None = None
    may_reopen: bool = False


def closed(session: Session, patient: Patient, now: datetime) -> Closed | None:
    """What keeps the door shut whatever the patient says there; None when it opens."""
    decision = permissions.come(patient, session, now)
    if decision:
        return None
    opens_at, is_theirs = session.starts_at - permissions.DOOR_OPENS, queries.has_seat(session, patient)
    if now < opens_at and not session.cancelled_at and is_theirs:
        return Closed(decision.reason, opens_at, to_sign=bool(missing_consents(patient)))
    coming = queries.meetings_from(patient, now).exclude(pk=session.pk).first()
    return Closed(
        decision.reason,
        coming=coming,
        is_open=coming is not None and is_open(coming, now),
        held=Seat.objects.held().filter(patient=patient, held_until__gt=now).select_related("group__program").first(),
        may_reopen=is_theirs and opens_at <= now <= session.ends_at + queries.LATEST,
    )


def session_now(patient: Patient, now: datetime) -> Session | None:
    """The session that their link leads to: one that is on, or whose door is open already. One past its planned end
    that still goes on for them comes before one that has not begun. None: nothing to go to now."""
    next_one = queries.meetings_from(patient, now).first()
    if next_one and next_one.starts_at <= now:
        return next_one
    longer = queries.meeting_over_time(patient, now)
    if longer and permissions.come(patient, longer, now):
        return longer
    return next_one if next_one and is_open(next_one, now) else None


def is_open(session: Session, now: datetime) -> bool:
    """Whether it is late enough for the door of a meeting that is not over."""
    return session.starts_at - permissions.DOOR_OPENS <= now


def waits_for(patient: Patient, address: dict[str, Any]) -> str:
    """What the page to sign on says of the meeting to whose door they were going; empty for one that is over."""
    now, lang = timezone.now(), get_language() or "en"
    session = queries.meetings_from(patient, now).filter(pk=address["session_id"]).first()
    if session is None:
        return ""
    if session.starts_at <= now:
        return _("Your group is meeting now. You go there as soon as these pages are signed.")
    return _("Your group starts %(away)s. You go there as soon as these pages are signed.") % {
        "away": when.away(session.starts_at, now, lang)
    }


def next_step(session: Session, patient: Patient) -> str:
    """The page still to be seen before the room: "agree", "where", "near", or "" when nothing is missing."""
    if missing_consents(patient) or waits_for_parent(patient):
        return "agree"
    check = queries.door_check(session, patient)
    if check is None or not is_covered(session, patient, check.state):
        return "where"
    return "" if check.alone else "near"


def held_in(session: Session, patient: Patient) -> str:
    """The state whose license the leader lacks, for whom that holds at this door; else empty."""
    check = queries.door_check(session, patient)
    held = check is not None and not is_covered(session, patient, check.state)
    return str(dict(STATES).get(check.state, check.state)) if check and held else ""


def check_shown(patient: Patient, choice: str) -> DoorCheck | None:
    """Their door check whose place stands beside home: that which the page showed on which they chose, though they may
    have said more since, on this page or on another device; their latest for any other choice. Source: RULE PROG-08
    (the place that they confirmed is the one that is kept)."""
    try:
        shown = DoorCheck.objects.filter(patient=patient, pk=UUID(choice.removeprefix(LAST))).first()
    except ValueError:  # home, elsewhere, nothing yet
        shown = None
    return shown or queries.last_door_check(patient)


def places(patient: Patient, last: DoorCheck | None) -> list[Place]:
    """Where they may be with one tap: home, and the place they gave last time when it is another."""
    found = []
    if patient.address_line:
        found.append(Place("home", gettext_lazy("At home"), patient.address, patient.state))
    if last and last.address != patient.address:
        found.append(Place(f"{LAST}{last.pk}", gettext_lazy("Where you were last time"), last.address, last.state))
    return found


def first_answers(patient: Patient, offered: list[Place], check: DoorCheck | None) -> dict[str, object]:
    """What the form of the place holds before anything is typed. Being alone is asked anew each time."""
    same = next((place.key for place in offered if check and place.address == check.address), None)
    return {
        "place": same or (offered[0].key if offered else "elsewhere"),
        "callback_phone": check.callback_phone if check else patient.phone,
    }


def last_meeting(session: Session, patient: Patient) -> Session | None:
    """The group's meeting before this one, when the patient already sat in the group then. Two queries."""
    before = _meeting_before(session)
    return before if before and queries.has_seat(before, patient) else None


def last_meetings(session: Session) -> dict[UUID, Session]:
    """patient id -> as `last_meeting`. Two queries."""
    before = _meeting_before(session)
    return dict.fromkeys(queries.seated(before), before) if before else {}


def _meeting_before(session: Session) -> Session | None:
    return Session.objects.standing().filter(group=session.group_id, starts_at__lt=session.starts_at).last()


def day_of_last(session: Session, before: Session, lang: str = "en") -> str:
    """ "Wednesday", or "Monday, November 23" where the weekday alone might be taken for today's, or for one nearer."""
    weekday = when.weekday(before.service_date, lang)
    if 0 < (session.service_date - before.service_date).days < 6:
        return weekday
    return (
        f"{weekday}{' ' if lang.startswith('es') else ', '}{when.day(before.service_date, session.service_date, lang)}"
    )


def no_use(session: Session, before: Session | None) -> str:
    """What leaders read of a No to the question about use: since when it holds. `before`: as `last_meeting`."""
    return f"None since {day_of_last(session, before)}" if before else "None in the past week"


def place_of(check: DoorCheck) -> dict[str, Any]:
    """The place of a door check, to keep it with further answers."""
    return {"address": check.address, "state": check.state, "callback_phone": check.callback_phone}


def how_of(check: DoorCheck | None) -> dict[str, Any]:
    """What they said of themselves at this door, to keep it when they come again; empty when they said nothing."""
    if check is None or (check.craving is None and not check.mood and check.used_since is None):
        return {}
    return {"craving": check.craving, "mood": check.mood, "used_since": check.used_since}


def session_of_old_seat(patient: Patient, session_id: UUID) -> Session:
    """A session of a group in which the patient once had a seat that does not cover it. Raises Http404 when never."""
    seats = Seat.objects.accepted().filter(patient=patient, group=OuterRef("group"))
    return get_object_or_404(Session.objects.filter(Exists(seats)).select_related("leader", "group"), pk=session_id)

"""Who visits a session, what patients said to a guest, and a guest's link: read from the tables."""

import base64
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.kernel.spans import Span, merged
from stepdown.live import queries, queries_standby
from stepdown.live.domain.stays import CLOSING
from stepdown.live.models import InboxEvent, Join, SideRoom, Visit, VisitAnswer
from stepdown.people.links import derived
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session

GUEST = Visit.Role.GUEST


def token_of(visit: Visit) -> str:
    """43 URL-safe characters that only the holder of the secret key can make; stored nowhere."""
    return base64.urlsafe_b64encode(derived("guest-link", visit.pk)).rstrip(b"=").decode()


def link_of(visit: Visit) -> str:
    return f"{settings.PUBLIC_URL}{reverse('live:guest', args=[visit.pk, token_of(visit)])}"


def guest_of(visit_id: UUID, token: str) -> Visit | None:
    """The guest whose link this is, while they may come; None for every other link."""
    found = Visit.objects.filter(pk=visit_id, role=GUEST, out_at=None).select_related("session__group").first()
    return found if found and hmac.compare_digest(token_of(found), token) else None


def now_in(session: Session) -> QuerySet[Visit]:
    """Everyone named for this session and not sent out."""
    return Visit.objects.filter(session=session, out_at=None).select_related("staff")


def visit_of(staff: Staff, session: Session) -> Visit | None:
    """As what this person visits the session."""
    return now_in(session).filter(staff=staff).first()


def rooms_visited(staff: Staff, since: datetime, until: datetime) -> list[Visit]:
    """Sessions that this person observes, by when they begin. One query."""
    found = Visit.objects.filter(staff=staff, out_at=None, session__ends_at__gt=since, session__starts_at__lt=until)
    return list(
        found.filter(session__cancelled_at=None).select_related("session__group").order_by("session__starts_at")
    )


def may_be_in(session: Session) -> frozenset[UUID]:
    """Ids of visits that may be in the room: the staff, and guests who were let in. Of staff only who were in the main
    room before, while it is locked, as nobody let them in. Two queries, three in a locked room."""
    found = now_in(session).values_list("pk", "role", "let_in_at")
    may_be = frozenset(pk for pk, role, let_in_at in found if role != GUEST or let_in_at)
    return may_be - _locked_out(session)


def _locked_out(session: Session) -> frozenset[UUID]:
    """Ids of visits of staff who wait until the room is locked no more. One query, two in a locked room."""
    if not queries.decided(session).lock:
        return frozenset()
    were_in = Join.objects.filter(queries.SINCE_DOOR_OPENED, session=session, side_room=None, visit__isnull=False)
    staff = now_in(session).exclude(role=GUEST).exclude(pk__in=were_in.values("visit"))
    return frozenset(staff.values_list("pk", flat=True))


def expected(session: Session) -> frozenset[UUID]:
    """Ids of visits that may come to the door. One query."""
    return frozenset(now_in(session).values_list("pk", flat=True))


def state(session: Session) -> frozenset[object]:
    """Anything at all that differs when something about visits has changed. Two queries."""
    visits = list(now_in(session))
    return frozenset({(visit.pk, visit.let_in_at) for visit in visits} | set(answers(visits).items()))


def answers(visits: Iterable[Visit]) -> dict[tuple[UUID, UUID], bool]:
    """(visit id, patient id) -> whether the patient agrees, as they said last. One query."""
    rows = VisitAnswer.objects.filter(visit__in=list(visits)).order_by("visit_id", "patient_id", "-at")
    return {(row.visit_id, row.patient_id): row.agrees for row in rows.distinct("visit_id", "patient_id")}


def asked_first(session: Session) -> set[UUID]:
    """Ids of patients who have to agree before a guest comes in: who is in the room, and who may be on the way back to
    it, as they were let in and left it less than five minutes ago, without breaks and time without video. Six
    queries."""
    now = timezone.now()
    since = now - queries.BACK_WITHIN
    without_video = [Span(away.since, away.ended_at or now) for away in queries_standby.video_away(session)]
    for held_up in reversed(merged([*queries.breaks(session, now), *without_video])):
        if held_up.end > since:
            since -= held_up.length
    ended = InboxEvent.objects.filter(session=session, kind__in=CLOSING, at__gt=since, join__patient__isnull=False)
    left = ended.exclude(join__side_room__kind=SideRoom.Kind.DOOR).values_list("join__patient", flat=True)
    return _in_room(session) | set(left) & queries.admitted(session)


def _in_room(session: Session) -> set[UUID]:
    return {one.patient for one in queries.people_let_in(session) if one.patient}


def not_agreed(visit: Visit, patients: Iterable[UUID]) -> set[UUID]:
    """Those of these patients who have not said that the guest may see and hear them. One query."""
    said = answers([visit])
    return {patient for patient in patients if not said.get((visit.pk, patient), False)}


@dataclass(frozen=True)
class GuestIn:
    """A guest who was let in, and the ids of the patients who agree to it."""

    name: str
    agreed: frozenset[UUID]


def guests_in(session: Session) -> tuple[GuestIn, ...]:
    """The guests who were let in, the first named first. Two queries."""
    guests = list(now_in(session).filter(role=GUEST, let_in_at__isnull=False))
    said = answers(guests)
    agreed = {
        guest.pk: {patient for (visit, patient), yes in said.items() if yes and visit == guest.pk} for guest in guests
    }
    return tuple(GuestIn(guest.called, frozenset(agreed[guest.pk])) for guest in guests)


def kept_from(guests: Iterable[GuestIn], patient: UUID) -> list[str]:
    """Names of the guests for whom this patient is not to be in the room, as they have not agreed to them."""
    return [guest.name for guest in guests if patient not in guest.agreed]


def kept_out(session: Session, patients: Iterable[UUID]) -> set[UUID]:
    """Those of these patients who are not to be in the room while a guest is, as they have not agreed to it."""
    guests = guests_in(session)
    return {patient for patient in patients if kept_from(guests, patient)}


def comes_in(session: Session, patient: Patient) -> bool:
    """Whether they were let in, and no guest keeps them out. Three queries at most."""
    return queries.is_admitted(session, patient) and not kept_out(session, [patient.pk])


def question(visit: Visit) -> str:
    """What a patient is asked about a guest, in the language that is active."""
    return _(
        "%(name)s would like to visit the group today: %(why)s. %(name)s would see and hear you, and so know that you "
        "are in this group. You may say no, and nothing changes for you."
    ) % {"name": visit.name, "why": visit.why}


def sentence(visit: Visit) -> str:
    """What the group is told of one of the staff, in the language that is active."""
    if visit.role == Visit.Role.SUPERVISOR:
        return _("%(name)s observes today, as clinical supervisor.") % {"name": visit.called}
    return _("%(name)s from our team observes today.") % {"name": visit.called}


@dataclass(frozen=True)
class Told:
    """One visit as a patient sees it. `agrees`: None until they say; of staff they are told only."""

    visit: Visit
    said: str
    asks: bool
    agrees: bool | None


def told(session: Session, patient: Patient) -> list[Told]:
    """Everything a patient is told and asked about visits of this session. Two queries."""
    visits = list(now_in(session))
    said = answers(visits)
    return [
        Told(
            visit,
            question(visit) if visit.role == GUEST else sentence(visit),
            visit.role == GUEST,
            said.get((visit.pk, patient.pk)),
        )
        for visit in visits
    ]


@dataclass(frozen=True)
class VisitRow:
    """One visit as leaders see it. `waiting_for`: names of those who have to agree to a guest first and have not;
    `kept_out`: of those who were let in and stay outside while the guest is in. `locked_out`: one of the staff, who
    comes in once the room is locked no more."""

    visit: Visit
    waiting_for: list[str]
    kept_out: list[str]
    locked_out: bool


def rows(session: Session) -> list[VisitRow]:
    """Visits for the rail and the page, the first named first."""
    found = list(now_in(session))
    locked_out = _locked_out(session) if found else frozenset()
    if not any(visit.role == GUEST for visit in found):
        return [VisitRow(visit, [], [], visit.pk in locked_out) for visit in found]
    here, asked = _in_room(session), asked_first(session)
    names = {one.pk: one.called for one in Patient.objects.filter(pk__in=here | queries.admitted(session))}
    waited_for = {one: name if one in here else f"{name} (just left)" for one, name in names.items() if one in asked}
    lines = []
    for visit in found:
        missing = not_agreed(visit, names) if visit.role == GUEST else set()
        kept_out = missing - here if visit.let_in_at else set()
        lines.append(
            VisitRow(
                visit,
                sorted(name for one, name in waited_for.items() if one in missing),
                sorted(names[one] for one in kept_out),
                visit.pk in locked_out,
            )
        )
    return lines

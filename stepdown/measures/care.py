"""Where patients are in the program, for the battery, and who looks after them; for any number of them in as many
queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q

from stepdown.admissions.models import Episode
from stepdown.measures.domain.battery import Care
from stepdown.measures.domain.owners import Candidate
from stepdown.measures.models import WorkItem
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.placement.domain.runs import Sat, present_run
from stepdown.placement.models import Seat
from stepdown.privacy.queries_restricted import restriction_of, who_could_be_named, who_is_called
from stepdown.timetable.absences import who_is_there
from stepdown.timetable.cover import LONGEST
from stepdown.timetable.models import Session, StandIn
from stepdown.timetable.queries import sessions_of_day, sessions_of_patient


def open_care(now: datetime, zone: ZoneInfo, patients: Iterable[UUID] | None = None) -> dict[UUID, Care]:
    """patient id -> where they are, of everyone with an open episode, or of these patients. Three queries."""
    episodes = Episode.objects.filter(ended_at=None)
    if patients is not None:
        episodes = episodes.filter(patient__in=list(patients))
    seats: dict[UUID, list[Seat]] = defaultdict(list)
    accepted = Seat.objects.accepted().filter(episode__in=episodes).exclude(starts_at=F("ends_at"))
    for seat in accepted.select_related("group__program").order_by("starts_at"):
        seats[seat.episode_id].append(seat)
    today = sessions_of_day(None, now.astimezone(zone).date(), zone)
    meets = set(today.filter(cancelled_at=None).values_list("group", flat=True))
    return {episode.patient_id: _care(episode, seats[episode.pk], meets, now, zone) for episode in episodes}


def _care(episode: Episode, seats: list[Seat], meets: set[UUID], now: datetime, zone: ZoneInfo) -> Care:
    here = [seat for seat in seats if seat.starts_at <= now and (seat.ends_at is None or seat.ends_at > now)]
    planned_on = _day(episode.planned_at, zone)
    if not here:
        return Care(episode=str(episode.pk), planned_on=planned_on)
    seat, program = here[-1], here[-1].group.program
    sat = [Sat(one.group.program.is_aftercare, one.starts_at, one.ends_at) for one in seats if one.starts_at <= now]
    run = present_run(sat)
    return Care(
        episode=str(episode.pk),
        planned_on=planned_on,
        began=_day(run[0].starts_at, zone),
        again=any(one.level == program.is_aftercare for one in sat[: -len(run)]),
        ends=_day(seat.ends_at, zone) if seat.ends_at else None,
        weeks=program.weeks,
        aftercare=program.is_aftercare,
        meets_today=seat.group_id in meets,
    )


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


NEAR = timedelta(hours=12)
"""Who leads a session that begins or ended within it stands nearest to whoever sits in it [project default]."""


def candidates(patient: Patient, now: datetime) -> list[Candidate]:
    """Who could own what comes up about this patient, the nearest first; of a restricted record only who sees it. Seven
    queries."""
    seat = Seat.objects.accepted().at(now).filter(patient=patient).select_related("group").first()
    near: list[UUID | None] = [seat.group.leader_id, seat.group.co_leader_id] if seat else []
    near.append(patient.counselor_id)
    if restriction_of(patient) is None:
        near = [*_leads_near(patient, now), *near]
        near += patient.inquiries.order_by("-asked_at").values_list("assigned_to", flat=True)[:1]
    order = list(dict.fromkeys(one for one in [*near, *(one.pk for one in who_is_called(patient))] if one))
    there = set(who_is_there(now).filter(pk__in=order).values_list("pk", flat=True))
    return [Candidate(one, away=one not in there) for one in order]


def _leads_near(patient: Patient, now: datetime) -> list[UUID | None]:
    """Who leads and co-leads their session that is on, else the next or the last within NEAR, whoever has the group."""
    found = sessions_of_patient(patient).filter(_near(now), cancelled_at=None)
    by_nearness = sorted(found, key=lambda one: max(one.starts_at - now, now - one.ends_at))
    return [staff for one in by_nearness for staff in (one.leader_id, one.co_leader_id)]


def _near(now: datetime) -> Q:
    return Q(starts_at__gt=now - NEAR - LONGEST, starts_at__lt=now + NEAR, ends_at__gt=now - NEAR)


def on_call(patient: Patient, owner: Staff | None, now: datetime) -> list[Staff]:
    """Who is told of an emergency: its owner and every clinical director, or who is named for a restricted record. When
    all of them are away, every clinician who is there too, but not of a restricted record. Five queries at most."""
    found = who_is_called(patient)
    found = found if owner is None or owner in found else [owner, *found]
    if who_is_there(now).filter(pk__in=[one.pk for one in found]).exists() or restriction_of(patient):
        return found
    clinicians = who_could_be_named().filter(pk__in=who_is_there(now).values("pk"))
    return [*found, *clinicians.select_related("account").order_by("name")]


def is_there(staff: Staff, now: datetime) -> bool:
    return who_is_there(now).filter(pk=staff.pk).exists()


def reaching(staff: Staff, now: datetime) -> Q:
    """Open work items that are for this clinician to act on, whomever else they see: of whoever sits in a session near
    now that they lead or co-lead; and while no clinical director is there, what has an owner who is not there either,
    or is late, and what they have made theirs because nobody is there who leads the patient. Never of a record that is
    hidden from them."""
    sessions = Session.objects.standing().filter(Q(leader=staff) | Q(co_leader=staff), _near(now))
    met = Seat.objects.accepted().filter(
        Q(ends_at=None) | Q(ends_at__gt=F("group__sessions__starts_at")),
        group__sessions__in=sessions,
        starts_at__lte=F("group__sessions__starts_at"),
    )
    no_director = ~Exists(who_is_there(now).filter(roles__contains=[Role.DIRECTOR]))
    no_owner = ~Exists(who_is_there(now).filter(pk=OuterRef("owner")))
    led = Q(group__leader__in=who_is_there(now)) | Q(group__co_leader__in=who_is_there(now))
    leaders_away = ~Exists(Seat.objects.accepted().at(now).filter(led, patient=OuterRef("patient")))
    left_alone = no_director & (no_owner | Q(escalated_at__isnull=False) | Q(leaders_away, owner=staff))
    return Q(not_hidden(staff), Q(patient__in=met.values("patient")) | left_alone, settled_at=None)


def to_ask_as_owner(staff: Staff) -> Q:
    """Open work items whose screener this person asks although they may not see the patient by now: what they took, and
    what was given to them as they stood in for who leads the patient. Not what they own from when they led them
    themselves. Never of a record that is hidden from them."""
    history = WorkItem.pgh_event_model.objects  # type: ignore[attr-defined]  # the table of pghistory.track
    given = history.filter(pgh_obj=OuterRef("pk"), pgh_label="insert", owner=staff)
    raised_at = OuterRef("raised_at")
    stood_in = StandIn.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=raised_at),
        staff=staff,
        given_at__lte=raised_at,
        session__group__seats__patient=OuterRef("patient"),
        session__starts_at__lt=raised_at + NEAR,
        session__ends_at__gt=raised_at - NEAR,
    )
    return Q(~Exists(given) | Exists(stood_in), not_hidden(staff), owner=staff, settled_at=None)

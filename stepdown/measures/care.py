"""Where patients are in the program, for the battery, and who looks after them; for any number of them in as many
queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q

from stepdown.admissions.models import Episode
from stepdown.measures.domain.battery import Care
from stepdown.measures.domain.owners import Candidate
from stepdown.people.models import Patient, Staff
from stepdown.placement.models import Seat
from stepdown.privacy.queries_restricted import restriction_of, who_is_called
from stepdown.timetable.models import Absence
from stepdown.timetable.queries import sessions_of_day


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
    level = [one for one in seats if one.group.program.is_aftercare == program.is_aftercare]
    return Care(
        episode=str(episode.pk),
        planned_on=planned_on,
        began=_day(min(one.starts_at for one in level), zone),
        ends=_day(seat.ends_at, zone) if seat.ends_at else None,
        weeks=program.weeks,
        aftercare=program.is_aftercare,
        meets_today=seat.group_id in meets,
    )


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


def candidates(patient: Patient, now: datetime) -> list[Candidate]:
    """Who could own what comes up about this patient, the nearest first; of a restricted record only who sees it. Six
    queries."""
    seat = Seat.objects.accepted().at(now).filter(patient=patient).select_related("group").first()
    near: list[UUID | None] = [seat.group.leader_id, seat.group.co_leader_id] if seat else []
    near.append(patient.counselor_id)
    if restriction_of(patient) is None:
        near += patient.inquiries.order_by("-asked_at").values_list("assigned_to", flat=True)[:1]
    order = list(dict.fromkeys(one for one in [*near, *(one.pk for one in who_is_called(patient))] if one))
    there = set(Staff.objects.current().filter(pk__in=order).exclude(_away(now)).values_list("pk", flat=True))
    return [Candidate(one, away=one not in there) for one in order]


def _away(now: datetime) -> Q:
    absences = Absence.objects.filter(taken_back_at=None, starts_at__lte=now, ends_at__gt=now)
    return Q(Exists(absences.filter(staff=OuterRef("pk"))))


def on_call(patient: Patient, owner: Staff | None) -> list[Staff]:
    """Who is told of an emergency: its owner and every clinical director, or who is named for a restricted record. Two
    queries."""
    found = who_is_called(patient)
    return found if owner is None or owner in found else [owner, *found]

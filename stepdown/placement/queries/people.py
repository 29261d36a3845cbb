"""The list of patients: by name, a page at a time, fast however many there are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan

from stepdown.admissions.models import Episode
from stepdown.people.models import Patient
from stepdown.placement.domain.chairs import week_of
from stepdown.placement.domain.states import SeatState, state_of
from stepdown.placement.models import Seat

PAGE = 25


def waiting_for_seat(episodes: QuerySet[Episode]) -> QuerySet[Episode]:
    """Those decided for a program and neither seated nor offered a seat, longest waiting first."""
    waiting = episodes.filter(status__in=[Episode.Status.PLANNED, Episode.Status.WAITLIST])
    return waiting.exclude(pk__in=Seat.objects.standing().values("episode")).order_by("planned_at")


def open_episode(patient: Patient) -> Episode | None:
    return Episode.objects.filter(patient=patient, ended_at=None).first()


def count_waiting(visible: QuerySet[Patient]) -> int:
    return waiting_for_seat(Episode.objects.filter(patient__in=visible)).count()


@dataclass(frozen=True)
class PatientRow:
    """One line: the patient, their open episode, and the seat they have now or next, with its week."""

    patient: Patient
    episode: Episode | None
    seat: Seat | None
    state: SeatState | None
    week: int


@dataclass(frozen=True)
class PatientPage:
    """`next_after`: id of the last one shown when there are more, to ask for those behind."""

    rows: list[PatientRow]
    next_after: UUID | None


def patient_page(visible: QuerySet[Patient], words: str, after: UUID | None, now: datetime) -> PatientPage:
    """One page in at most four queries. words: beginnings of names, all of which must match; empty for everyone.
    after: the id of the last patient of the page before; an unknown one starts again from the top."""
    found = visible.order_by("last_name", "first_name", "id")
    for word in words.split()[:4]:
        found = found.filter(
            Q(last_name__istartswith=word) | Q(first_name__istartswith=word) | Q(chosen_name__istartswith=word)
        )
    last = visible.filter(pk=after).first() if after else None
    if last:
        found = found.filter(_behind(last))
    patients = list(found[: PAGE + 1])
    more = len(patients) > PAGE
    return PatientPage(_rows(patients[:PAGE], now), patients[PAGE - 1].pk if more else None)


def _behind(last: Patient) -> TupleGreaterThan:
    return TupleGreaterThan(
        Tuple(F("last_name"), F("first_name"), F("id")),
        (last.last_name, last.first_name, last.pk),
    )


def _rows(patients: list[Patient], now: datetime) -> list[PatientRow]:
    episodes = {e.patient_id: e for e in Episode.objects.filter(patient__in=patients, ended_at=None)}
    seats: dict[UUID, Seat] = {}
    coming = Seat.objects.standing().filter(Q(ends_at=None) | Q(ends_at__gt=now), patient__in=patients)
    for seat in coming.select_related("group__program").order_by("starts_at"):
        seats.setdefault(seat.patient_id, seat)
    return [_row(p, episodes.get(p.pk), seats.get(p.pk), now) for p in patients]


def _row(patient: Patient, episode: Episode | None, seat: Seat | None, now: datetime) -> PatientRow:
    state = seat_state(seat, now) if seat else None
    if state is SeatState.LAPSED:
        seat, state = None, None
    week = week_of(seat.starts_at, now, seat.group.zone) if seat else 0
    return PatientRow(patient, episode, seat, state, week)


def admits(seat: Seat) -> bool:
    """Whether accepting this seat is what admits the patient."""
    return seat.episode.status in (Episode.Status.PLANNED, Episode.Status.WAITLIST)


def seat_state(seat: Seat, now: datetime) -> SeatState:
    return state_of(
        now=now,
        held_until=seat.held_until,
        accepted_at=seat.accepted_at,
        released_why=seat.released_why,
        ends_at=seat.ends_at,
    )


def offered_to_phone(phone: str, now: datetime) -> list[Seat]:
    """Seats offered to people with this phone and not answered: those that are held, or else the last that ran out
    within two days."""
    offered = Seat.objects.filter(
        Q(released_at=None) | Q(released_why=Seat.Release.LAPSED),
        accepted_at=None,
        patient__phone=phone,
        held_until__gt=now - timedelta(days=2),
    )
    seats = list(offered.select_related("patient").order_by("-held_until"))
    return [seat for seat in seats if seat_state(seat, now) is SeatState.HELD] or seats[:1]


def uuid_or_none(text: str) -> UUID | None:
    """The id that somebody sent along; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None

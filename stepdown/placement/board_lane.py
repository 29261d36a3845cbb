"""The last lane of the admissions board: people admitted who need a seat, and seats held for people."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.admissions import board
from stepdown.admissions.lanes import at_said
from stepdown.admissions.models import Episode
from stepdown.people.models import Device, Staff
from stepdown.placement import permissions, queries

READ_AT_MOST = 200
SOON = timedelta(hours=8)  # an offer that ends within this needs a call


OF_EPISODE = {"inquiry": "assessment__inquiry__"}  # for board.condition
OF_SEAT = {"inquiry": "episode__assessment__inquiry__", "came_from": "episode__came_from"}


def _seatless(staff: Staff) -> QuerySet[Episode]:
    """Admitted people for whom nobody has chosen a seat; only who may offer one is told."""
    planned = queries.waiting_for_seat(queries.episodes_visible_to(staff)).filter(status=Episode.Status.PLANNED)
    return planned if permissions.offer_seats(staff) else planned.none()


def _held(now: datetime) -> Q:
    return Q(released_at=None, accepted_at=None, held_until__gt=now)


def _coming(now: datetime) -> Q:
    """Said yes, and not started yet."""
    return Q(released_at=None, accepted_at__isnull=False, starts_at__gt=now, group__program__is_aftercare=False)


def counts(staff: Staff) -> dict[str, int]:
    """How many each filter shows in this lane. Two queries."""
    now = timezone.now()
    seats = queries.seats_visible_to(staff).filter(_held(now) | _coming(now))
    found = board.count_each(_seatless(staff), staff, **OF_EPISODE), board.count_each(seats, staff, **OF_SEAT)
    return {show: sum(each[show] for each in found) for show in board.SHOWS}


def offered(staff: Staff, show: str) -> board.LaneContent:
    """First those for whom nobody has chosen a seat, then offers by when they end; who said yes is counted."""
    now = timezone.now()
    seatless = _seatless(staff).filter(board.condition(staff, show, **OF_EPISODE))
    seen = Device.objects.filter(patient=OuterRef("patient"), last_seen_at__gte=OuterRef("offered_at"))
    seats = queries.seats_visible_to(staff).filter(board.condition(staff, show, **OF_SEAT))
    held = (
        seats.filter(_held(now))
        .annotate(opened=Exists(seen))
        .select_related("patient", "group", "episode__assessment__inquiry__assigned_to")
        .order_by("held_until")
    )
    waiting = seatless.select_related("patient", "assessment__inquiry__assigned_to").order_by("planned_at")
    cards = [_seatless_card(episode, staff, now) for episode in waiting[:READ_AT_MOST]]
    cards += [_held_card(seat, staff, now) for seat in held[:READ_AT_MOST]]
    coming = seats.filter(_coming(now)).count()
    hidden = max(0, len(cards) - board.CARDS_SHOWN)
    more = ". ".join(
        words for count, words in [(hidden, f"{hidden} more"), (coming, f"{coming} said yes, not started")] if count
    )
    return board.LaneContent(
        cards[: board.CARDS_SHOWN], len(cards) + coming, more, reverse("placement:patients") if more else ""
    )


def _keeper(episode: Episode, staff: Staff) -> str:
    keeper = episode.assessment.inquiry.assigned_to if episode.assessment else None
    return "" if keeper is None else "Yours" if keeper == staff else keeper.first_name


def _seatless_card(episode: Episode, staff: Staff, now: datetime) -> board.Card:
    page = reverse("placement:offer", args=[episode.pk])
    return board.Card(
        name=episode.patient.name,
        url=page,
        wait="No seat yet",
        tone="attention" if now - episode.planned_at > timedelta(days=1) else "",
        line="Admitted. Choose a group and offer a seat.",
        meta=_keeper(episode, staff),
        act="Choose a seat",
        act_url=page,
    )


def _held_card(seat: Any, staff: Staff, now: datetime) -> board.Card:
    page = reverse("placement:group", args=[seat.group_id])
    return board.Card(
        name=seat.patient.name,
        url=page,
        wait=f"Until {at_said(seat.held_until, now)}",
        tone="attention" if seat.held_until - now < SOON else "",
        line="Opened the link." if seat.opened else "Has not opened the link.",
        strong=f"{seat.group.name}, {seat.group.get_band_display().lower()}",
        meta=_keeper(seat.episode, staff),
        act="Open",
        act_url=page,
    )


def register() -> None:
    board.register_lane(
        board.Lane("offered", _("Seat offered"), offered, counts, 40, _("Nobody waits for a seat or holds an offer."))
    )

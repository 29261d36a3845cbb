"""The smallest true way through the program: someone in an IOP group, with an Aftercare group to go to."""

from datetime import date, timedelta

from django.utils import timezone

from stepdown.admissions.models import Episode, Level, LevelStay
from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.people.models import Staff
from stepdown.placement.models import Group, Seat
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.tests.factories import SessionFactory

HOUR = timedelta(hours=1)


def group_with_sessions(*, aftercare: bool = False, weeks: int = 16, days_ahead: int = 1, **fields: object) -> Group:
    """A group that meets once a week, for the first time in that many days."""
    group = GroupFactory(program__aftercare=aftercare, **fields)
    first = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days_ahead)
    for week in range(weeks):
        SessionFactory(group=group, starts_at=first + timedelta(weeks=week))
    return group


def in_iop(*, ends_in: timedelta | None = timedelta(weeks=2), **fields: object) -> Episode:
    """Someone who came from partial hospitalization and has sat in an IOP group for eleven weeks."""
    group = fields.pop("group", None) or group_with_sessions()
    episode = EpisodeFactory(active=True, **fields)
    begun = timezone.now() - timedelta(weeks=11)
    Episode.objects.filter(pk=episode.pk).update(planned_at=begun - timedelta(days=7))
    episode.refresh_from_db()
    SeatFactory(
        episode=episode,
        group=group,
        accepted=True,
        starts_at=begun,
        ends_at=timezone.now() + ends_in if ends_in else None,
        offered_at=begun - timedelta(days=1),
    )
    day = begun.date()
    LevelStay.objects.create(
        episode=episode,
        level=Level.PHP,
        name="Sampleton Day Hospital",
        here=False,
        days=(day - timedelta(days=20), day),
    )
    LevelStay.objects.create(episode=episode, level=Level.IOP, name="Telehealth IOP", days=(day, None))
    return episode


def in_aftercare(leader: Staff | None = None, **fields: object) -> Episode:
    """Someone who has sat in an Aftercare group for four weeks."""
    group = group_with_sessions(aftercare=True, days_ahead=2, **({"leader": leader} if leader else {}))
    episode = EpisodeFactory(active=True, **fields)
    begun = timezone.now() - timedelta(weeks=4)
    SeatFactory(episode=episode, group=group, accepted=True, starts_at=begun, offered_at=begun - timedelta(days=1))
    LevelStay.objects.create(episode=episode, level=Level.OUTPATIENT, name="Aftercare", days=(begun.date(), None))
    return episode


def seat_ended(episode: Episode, *, ago: timedelta = timedelta(days=2)) -> Seat:
    """Their first seat, which now ended that long ago."""
    Seat.objects.filter(pk=seat_of(episode).pk).update(ends_at=timezone.now() - ago)
    return seat_of(episode)


def seat_of(episode: Episode) -> Seat:
    return episode.seats.select_related("group__program", "patient").earliest("starts_at")


def days_of(episode: Episode) -> list[tuple[str, date, date | None]]:
    stays = LevelStay.objects.filter(episode=episode)
    return [(stay.level, stay.days.lower, stay.days.upper) for stay in stays]

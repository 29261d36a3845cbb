"""What a director looks after: a license that ends, a time it was overridden, and a leader who is away."""

from datetime import datetime, time, timedelta

from stepdown.live.models import LicenseOverride
from stepdown.people.models import License, LicenseWarning, Role, Staff
from stepdown.placement.models import Seat
from stepdown.timetable import absences, services_absences
from stepdown.timetable.domain.calendar import moment
from stepdown.timetable.models import Place, Session


def licenses_and_absences(now: datetime) -> None:
    director = Staff.objects.filter(roles__contains=[Role.DIRECTOR]).order_by("name")[0]
    _warned(now)
    _overridden(now, director)
    _away(now)


def _warned(now: datetime) -> None:
    """The license that ends within a month was warned of at 60 and at 30 days."""
    soon = License.objects.filter(expires_on__range=(now.date(), now.date() + timedelta(days=30)))
    for license in soon:
        for days in (60, 30):
            told = moment(license.expires_on - timedelta(days=days), time(14), now.tzinfo)
            LicenseWarning.objects.create(license=license, expires_on=license.expires_on, days=days, told_at=told)


def _overridden(now: datetime, director: Staff) -> None:
    """Somebody was with family in another state, and took part all the same."""
    session = Session.objects.filter(ends_at__lt=now - timedelta(days=10)).order_by("-starts_at")[0]
    seat = Seat.objects.accepted().filter(group=session.group).at(session.starts_at).order_by("pk")[0]
    LicenseOverride.objects.create(
        session=session,
        patient=seat.patient,
        state="KS",
        by=director,
        at=session.starts_at - timedelta(hours=3),
        reason=LicenseOverride.Reason.TRAVEL,
        words="At a funeral in the family until Sunday.",
    )


def _away(now: datetime) -> None:
    """A counselor is away for one day next week, and somebody is asked to stand in for the first session of it."""
    omar = Staff.objects.get(account__email="omar@fernbrook.example")
    sessions = (
        Session.objects.standing().filter(leader=omar, starts_at__gt=now + timedelta(days=5)).order_by("starts_at")
    )
    for first in sessions[:12]:
        could = [one.staff for one in absences.candidates(first, Place.LEADER) if one.can]
        if could:
            day = moment(first.service_date, time(), first.group.zone)
            services_absences.mark_absence(staff=omar, starts_at=day, ends_at=day + timedelta(days=1), by=omar)
            services_absences.ask(session=first, place=Place.LEADER, staff=could[:1], in_order=False, by=omar)
            return

"""Somebody who is away and somebody who could stand in, for the tests of both."""

from datetime import timedelta

from django.utils import timezone

from stepdown.outreach.models import Message
from stepdown.people.tests.factories import LicenseFactory, StaffFactory
from stepdown.timetable import absences, services_absences


def licensed(state="MN", **staff):
    return LicenseFactory(state=state, staff=StaffFactory(**staff)).staff


def leave(session, by=None):
    staff = session.leader
    return services_absences.mark_absence(
        staff=staff, starts_at=session.starts_at - timedelta(hours=1), ends_at=session.ends_at, by=by or staff
    )


def ask(session, *staff, in_order=False, place="leader"):
    return services_absences.ask(session=session, place=place, staff=staff, in_order=in_order, by=session.leader)


def say(asked, yes=True):
    return services_absences.answer(ask=asked, yes=yes, by=asked.staff)


def told(kind):
    return {message.staff for message in Message.objects.filter(kind=kind)}


def against(session, staff, place="leader"):
    return next(one for one in absences.candidates(session, place) if one.staff == staff).against


def without():
    return list(absences.without_leader(timezone.now()))

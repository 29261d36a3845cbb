"""What the demo's timetable shows of changes: a day on which the center is closed, and a session that was moved.

Written as rows, not by the services: nobody in the demo is sent anything before someone does something.
"""

from datetime import datetime, timedelta

from stepdown.people.models import Role, Staff
from stepdown.placement.models import Group
from stepdown.timetable import queries
from stepdown.timetable.models import Closure, Session

LATER = timedelta(minutes=30)


def make_changes(now: datetime) -> None:
    director = Staff.objects.with_role(Role.DIRECTOR).get()
    _closed_day(director, now)
    _moved_session(director, now)


def _closed_day(director: Staff, now: datetime) -> None:
    """A Wednesday in about a month."""
    on = now.date() + timedelta(days=28)
    on += timedelta(days=2 - on.weekday())
    closure = Closure.objects.create(name="Staff training day", first_on=on, last_on=on, made_by=director)
    Session.objects.filter(pk__in=[session.pk for session in queries.sessions_in(on, on, now)]).update(
        cancelled_at=now,
        cancelled_why=closure.name,
        closure=closure,
        changed_at=now - timedelta(days=15),
        changed_by=director,
        revision=1,
    )


def _moved_session(director: Staff, now: datetime) -> None:
    """Juniper's session of the week after next begins half an hour later."""
    group = Group.objects.get(name="Juniper")
    session: Session = queries.sessions_of_group(group, now + timedelta(days=7)).filter(cancelled_at=None)[0]
    session.moved_from = session.starts_at
    session.starts_at, session.ends_at = session.starts_at + LATER, session.ends_at + LATER
    session.changed_at, session.changed_by, session.revision = now, director, 1
    session.save()

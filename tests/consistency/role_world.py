"""What the walks over every address need of the database: who asks, about whom."""

from dataclasses import dataclass
from functools import cached_property

from stepdown.live.models import Visit
from stepdown.live.services_visits import digest, invite_guest, let_guest_in
from stepdown.people.models import Patient, Staff
from stepdown.people.tests.factories import StaffFactory
from stepdown.timetable.tests.factories import SessionFactory

GUEST_DEVICE = "plainly made up"  # what the browser of the guest holds


@dataclass
class World:
    """Real objects for one request, made when asked for and taken back after it.

    me: the staff member who asks, or None. patient: the patient all of it is about, and who asks when a patient does.
    """

    me: Staff | None
    patient: Patient

    @cached_property
    def staff(self) -> Staff:
        """The one who asks, or else someone at the center."""
        return self.me or StaffFactory()

    @cached_property
    def guest(self) -> Visit:
        """Somebody who was let into a session that is on, and has opened their link in the guest's browser."""
        session = SessionFactory()
        visit = invite_guest(session=session, name="Sam Invented", why="speaks about sleep", by=session.leader)
        Visit.objects.filter(pk=visit.pk).update(device=digest(GUEST_DEVICE))
        return let_guest_in(session=session, visit=visit.pk, by=session.leader)

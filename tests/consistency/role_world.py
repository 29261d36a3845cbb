"""What the walks over every address need of the database: who asks, about whom."""

from dataclasses import dataclass
from functools import cached_property

from stepdown.live.models import Visit
from stepdown.live.services_visits import digest, invite_guest, let_guest_in
from stepdown.outreach.supporters.tests.scenes import supported
from stepdown.people.devices import digest_of
from stepdown.people.models import Patient, Staff, Supporter
from stepdown.people.services_supporters import accept
from stepdown.people.tests.factories import StaffFactory
from stepdown.timetable.tests.factories import SessionFactory

GUEST_DEVICE = "plainly made up"  # what the browser of the guest holds
SUPPORTER_BROWSER = "made up as well"  # what that of the supporter holds


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
    def supporter(self) -> Supporter:
        """Whom the patient lets see when the program begins, known on the supporter's browser."""
        supporter = supported(self.patient)
        supporter.browsers.create(digest=digest_of(SUPPORTER_BROWSER))
        accept(supporter=supporter, words="I keep it to myself.")
        return supporter

    @cached_property
    def guest(self) -> Visit:
        """Somebody who was let into a session that is on, and has opened their link in the guest's browser."""
        session = SessionFactory()
        visit = invite_guest(session=session, name="Sam Invented", why="speaks about sleep", by=session.leader)
        Visit.objects.filter(pk=visit.pk).update(device=digest(GUEST_DEVICE))
        return let_guest_in(session=session, visit=visit.pk, by=session.leader)

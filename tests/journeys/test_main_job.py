"""The main job, end to end, through the pages alone: from the first call to Aftercare, with a real video group."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from procrastinate.exceptions import AlreadyEnqueued

from stepdown.admissions.models import LevelStay
from stepdown.live.tests.factories import agreed
from stepdown.people.models import Role
from stepdown.people.tests.factories import CenterFactory, LicenseFactory, StaffFactory
from stepdown.placement.models import Group, Seat
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory
from stepdown.transitions.models import Transition
from stepdown.transitions.tasks import complete_all
from tests.browser import DESKTOP, PHONE
from tests.journeys.walks.arriving import AdmissionsCounselor, Visitor
from tests.journeys.walks.in_care import Leader, PatientOnPhone
from tests.walk_in import as_patient

pytestmark = [pytest.mark.browser, pytest.mark.whole_browser]

NUMBER = "+15555550188"
ABOUT = {
    "Legal first name": "Juniper",
    "Legal last name": "Placeholder",
    "What should we call them?": "June",
    "Phone number": "(555) 555-0188",
    "Street and apartment": "14 Example Lane",
    "City": "Sampleton",
    "ZIP code": "00000",
    "Emergency contact": "Ada Placeholder",
    "Phone of the emergency contact": "(555) 555-0189",
}


@pytest.fixture
def center(product):
    """The center before the story: a counselor for admissions, an evening group with one patient, and Aftercare."""
    CenterFactory()
    admissions = StaffFactory(name="Ada Example", roles=[Role.ADMISSIONS])
    LicenseFactory(staff=admissions)
    now = timezone.now()
    evening = GroupFactory(name="Maple", leader=StaffFactory(name="Ines Invented"))
    for ahead in (timedelta(minutes=20), timedelta(days=2), timedelta(days=4)):
        SessionFactory(group=evening, starts_at=now + ahead)
    aftercare = GroupFactory(name="Harbor", program__aftercare=True, leader=StaffFactory(name="Noor Sample"))
    for weeks in (1, 2, 14):
        SessionFactory(group=aftercare, starts_at=now + timedelta(weeks=weeks))
    walt = SeatFactory(group=evening, accepted=True, starts_at=now - timedelta(days=30)).patient
    walt.chosen_name, walt.first_name = "Walt", "Walter"
    walt.save()
    agreed(walt)
    return admissions, evening, aftercare, walt


@pytest.mark.long
def test_from_the_first_call_to_aftercare(product, new_page, axe, center):
    admissions, evening, aftercare, walt = center

    visitor = Visitor(product, new_page(PHONE), axe)
    visitor.screens_themself()
    visitor.asks_for_a_call(name="June P", phone="(555) 555-0188")

    counselor = AdmissionsCounselor(product, new_page(DESKTOP), axe)
    counselor.signs_in(admissions)
    counselor.calls("June P")
    counselor.assesses(name="June", about=ABOUT)
    counselor.decides_for_iop("Ada Example, LADC")
    counselor.offers_a_seat(name="Juniper Placeholder", group="Maple")

    june = PatientOnPhone(product, new_page(PHONE), axe)
    june.opens_the_link_sent_to(NUMBER)
    june.accepts_the_seat("Maple", reads_the_notice=True)
    june.signs_the_agreements("Juniper Placeholder")

    let_time_pass(timedelta(minutes=30), evening, aftercare)
    session = evening.sessions.earliest("starts_at")
    ines = Leader(product, new_page(DESKTOP), axe)
    ines.signs_in(evening.leader)
    ines.opens_the_room("Ines")
    other = PatientOnPhone(product, as_patient(new_page(PHONE), product.url, walt), axe)
    for patient, called in ((june, "June"), (other, "Walt")):
        patient.passes_the_door()
        ines.lets_in(called)
    everyone_sees_everyone(ines, june, other)
    ines.look()
    june.look()

    product.kill("janus")
    everyone_sees_everyone(ines, june, other)

    ines.press(re.compile("^Start .* break"))
    expect(june.page.get_by_role("heading", name="We go on in")).to_be_visible()
    june.look()
    ines.press("End break")
    for patient in (june, other):
        patient.press("I am back")
    everyone_sees_everyone(ines, june, other)

    ines.waits_for_a_counted_minute(reverse("attendance:sheet", args=[session.pk]), "Walt", "June")
    ines.press("End or leave")
    ines.press("End for everyone")
    expect(june.page.get_by_role("heading", name="The group is over for today")).to_be_visible()
    ines.follow("Confirm attendance")
    ines.arrives("2 of 2 were there; two to confirm")
    ines.confirms_attendance(corrected="June", minutes=3, reason="Her line was gone at first; she called in by phone.")

    ines.writes_the_note(["Walt", "June"])
    ines.signs_the_note(2)
    ines.reads("Riding out a craving, minute by minute.")
    ines.adds("Called the next morning and was well.", about="June")
    after_signing_nothing_changes(ines, session)

    ines.plans_the_step_down(patient="Juniper Placeholder", group="Harbor", reason="Found work in another town.")
    june.go("/me/")
    june.accepts_the_seat("Harbor")
    let_time_pass(timedelta(days=3), evening, aftercare)
    move_who_is_due()
    ines.sees_aftercare_in_the_timeline()
    june.go("/me/")
    june.arrives(re.compile("^Your next group is"))
    june.reads("Harbor group,")
    expect(june.page.get_by_role("img", name=re.compile("You are here: Aftercare"))).to_be_visible()


def everyone_sees_everyone(leader, june, walt) -> None:
    leader.sees_and_hears("June", "Walt")
    june.sees_and_hears("Ines", "Walt")
    walt.sees_and_hears("Ines", "June")


def after_signing_nothing_changes(leader: Leader, session: Session) -> None:
    """Neither by the pages, which offer nothing to press, nor by a form that was open before."""
    leader.go(reverse("attendance:sheet", args=[session.pk]))
    leader.reads("The note of this session is signed, so its attendance is final.")
    expect(leader.page.get_by_role("button", name=re.compile("Confirm"))).to_have_count(0)
    row = session.attendances.first()
    refused = leader.sends(reverse("attendance:correct", args=[row.pk]), {"minutes": "1", "reason": "Later."})
    assert refused.status == 403
    refused = leader.sends(reverse("chart:shared", args=[session.note.pk]), {"topic": "Another"})
    assert refused.status == 403
    assert "signed" in refused.text()


def move_who_is_due() -> None:
    """Queues at once the worker's job that comes by itself each minute."""
    with suppress(AlreadyEnqueued):
        complete_all.defer(timestamp=int(timezone.now().timestamp()))


def let_time_pass(span: timedelta, *groups: Group) -> None:
    """Brings everything that lies ahead of these groups nearer by `span`, in place of waiting for it; seats and the
    level of care began that much earlier."""
    now = timezone.now()
    ahead = Session.objects.filter(group__in=groups, starts_at__gt=now)
    for session in ahead.order_by("starts_at"):
        session.starts_at, session.ends_at = session.starts_at - span, session.ends_at - span
        session.service_date = session.starts_at.astimezone(session.group.zone).date()
        session.save()
    Seat.objects.filter(group__in=groups).update(starts_at=F("starts_at") - span, ends_at=F("ends_at") - span)
    Transition.objects.filter(from_seat__group__in=groups, effective_at__gt=now).update(
        effective_at=F("effective_at") - span
    )
    for stay in LevelStay.objects.filter(episode__seats__group__in=groups, days__upper_inf=True):
        stay.days = (stay.days.lower - timedelta(days=span.days), None)
        stay.save()

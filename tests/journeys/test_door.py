"""The door, walked through in a real browser."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import expect

from stepdown.live.models import DoorCheck
from stepdown.live.services_outside import let_take_part
from stepdown.live.tests.factories import DoorCheckFactory, agreed
from stepdown.people.models import Role
from stepdown.people.tests.factories import CenterFactory, LicenseFactory, StaffFactory
from stepdown.placement.tests.factories import HOME_STATE, GroupFactory, SeatFactory
from stepdown.timetable.tests.factories import SessionFactory
from tests.browser import DESKTOP, PHONE
from tests.walk_in import as_patient

pytestmark = pytest.mark.browser

REFUSE_CAMERA = """
const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = (wish) => wish.video
    ? Promise.reject(new DOMException("", "NotAllowedError")) : real(wish);
"""


@pytest.fixture
def session(product):
    CenterFactory()
    return SessionFactory(group=GroupFactory(leader=StaffFactory(name="Ines Sample")))


@pytest.fixture
def patient(session):
    patient = agreed(SeatFactory(group=session.group, accepted=True).patient)
    patient.phone = "+16125550142"
    patient.save()
    return patient


def test_a_patient_walks_from_the_door_to_the_waiting_room(product, new_page, session, patient):
    page = as_patient(new_page(viewport=PHONE), product.url, patient)
    page.goto(product.url + reverse("live:door", args=[session.pk]))
    expect(page.get_by_text("Camera works")).to_be_visible()
    expect(page.get_by_text("We hear you")).to_be_visible()
    page.get_by_role("link", name="Next: where you are").click()
    page.get_by_label("Nobody, I am alone").check()
    page.get_by_role("button", name="Next: how you are").click()
    page.get_by_label("4", exact=True).check()
    page.get_by_label("OK").check()
    page.get_by_role("button", name="Go to the waiting room").click()
    expect(page.get_by_role("heading", name="You are the first.")).to_be_visible()
    check = DoorCheck.objects.filter(patient=patient).latest("at")
    assert (check.address, check.state, check.craving, check.mood) == (patient.address, "MN", 4, "ok")


def test_another_place_is_asked_for_only_when_it_is_one(product, new_page, session, patient):
    page = as_patient(new_page(viewport=PHONE), product.url, patient)
    page.goto(product.url + reverse("live:door_where", args=[session.pk]))
    expect(page.get_by_label("Address")).to_be_hidden()
    page.get_by_label("Somewhere else").check()
    expect(page.get_by_label("Address")).to_be_visible()


def test_who_refuses_the_camera_reads_how_to_allow_it_and_may_go_on(product, new_page, session, patient):
    page = as_patient(new_page(viewport=PHONE), product.url, patient)
    page.add_init_script(REFUSE_CAMERA)
    page.goto(product.url + reverse("live:door", args=[session.pk]))
    expect(page.get_by_text("The browser does not let us use your camera.", exact=True)).to_be_visible()
    expect(page.locator("[data-device=camera] [data-mend]")).to_be_visible()
    page.get_by_role("button", name="Go on without camera").click()
    expect(page.locator("[data-device=camera] [data-title]")).to_have_text("Going on without camera")
    expect(page.get_by_role("link", name="Next: where you are")).to_be_visible()


def waits_at(page, product, session):
    """The page of a door that is still shut, with a clock of its own."""
    page.clock.install()
    page.goto(product.url + reverse("live:door", args=[session.pk]))
    expect(page.get_by_role("heading", level=1)).to_contain_text("The door opens:")


def test_a_door_opens_by_itself_when_the_meeting_was_moved_to_now(product, new_page, session, patient):
    later = SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(hours=5))
    page = as_patient(new_page(viewport=PHONE), product.url, patient)
    waits_at(page, product, later)
    session.delete()
    later.starts_at, later.ends_at = timezone.now(), timezone.now() + timedelta(hours=3)
    later.save()
    page.clock.fast_forward("01:00")
    expect(page.get_by_role("heading", name="Can we see and hear you?")).to_be_visible()


def test_who_waits_at_a_shut_door_reads_that_the_meeting_was_called_off(product, new_page, session, patient):
    later = SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(hours=5))
    page = as_patient(new_page(viewport=PHONE), product.url, patient)
    waits_at(page, product, later)
    later.cancelled_at = timezone.now()
    later.save()
    page.clock.fast_forward("01:00")
    expect(page.get_by_role("heading", name="This meeting was called off.")).to_be_visible()
    page.get_by_role("link", name="Go to your group").click()
    expect(page).to_have_url(product.url + reverse("live:door", args=[session.pk]))


def test_a_phone_whose_clock_is_ahead_waits_for_ours(product, new_page, session, patient):
    later = SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(hours=5))
    page = as_patient(new_page(viewport=PHONE), product.url, patient)
    page.clock.install(time=timezone.now() + timedelta(hours=6))
    loads = []
    page.on("load", lambda _: loads.append(1))
    page.goto(product.url + reverse("live:door", args=[later.pk]))
    with page.expect_response(page.url):
        page.clock.fast_forward("00:05")
    with page.expect_response(page.url):
        page.clock.fast_forward("00:05")
    assert len(loads) == 1


@pytest.fixture
def held(product, new_page, session, patient):
    """held("Nobody, I am alone") -> the page of someone who is where the leader has no license."""

    def comes(who_else):
        page = as_patient(new_page(viewport=PHONE), product.url, patient)
        page.clock.install()
        page.goto(product.url + reverse("live:door_where", args=[session.pk]))
        page.get_by_label("Somewhere else").check()
        page.get_by_label("Address").fill("77 Elsewhere Road, Sampleton")
        page.get_by_label("State").select_option("NV")
        page.get_by_label(who_else).check()
        page.get_by_role("button", name="Next: how you are").click()
        expect(page.get_by_text("Leave this page open: it goes on by itself")).to_be_visible()
        return page

    return comes


@pytest.mark.parametrize(
    ("who_else", "next_page"),
    [
        ("Nobody, I am alone", "How are you right now?"),
        ("Someone is near", "Let us find you a place"),
    ],
)
def test_who_is_held_for_want_of_a_license_goes_on_by_themselves(product, session, patient, held, who_else, next_page):
    page = held(who_else)
    with page.expect_response(product.url + reverse("live:door_where", args=[session.pk])):
        page.clock.fast_forward("00:10")
    expect(page.get_by_label("Address")).to_have_value("77 Elsewhere Road, Sampleton")

    director = StaffFactory(roles=[Role.DIRECTOR])
    let_take_part(session=session, patient=patient, reason="travel", words="", by=director)
    page.clock.fast_forward("00:10")
    expect(page.get_by_role("heading", name=next_page)).to_be_visible()


def test_who_waits_reads_who_leads_now_and_what_holds_them(scene):
    page = scene.at_door("Walt", viewport=PHONE)
    scene.session.leader = LicenseFactory(staff=StaffFactory(name="Rosa Sample"), state=HOME_STATE).staff
    scene.session.save()
    expect(page.locator("[data-part=place]")).to_contain_text("Rosa lets you in when the group opens.")
    scene.session.leader = LicenseFactory(staff=StaffFactory(name="Omar Sample"), state="NV").staff
    scene.session.save()
    expect(page.get_by_text("Omar may not see you while you are in")).to_be_visible()
    expect(page.get_by_text("Leave this page open: it goes on by itself")).to_be_visible()


def test_who_is_held_reads_that_the_meeting_was_called_off(session, held):
    page = held("Nobody, I am alone")
    session.cancelled_at = timezone.now()
    session.save()
    page.clock.fast_forward("00:10")
    expect(page.get_by_role("heading", name="This meeting was called off.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_door_is_accessible(product, new_page, axe, session, patient, viewport, scheme):
    page = as_patient(new_page(viewport=viewport, color_scheme=scheme), product.url, patient)
    DoorCheck.objects.create(session=session, patient=patient, address="1", state="MN", callback_phone="1", alone=True)
    for name in ("door", "door_where", "door_near", "door_how"):
        page.goto(product.url + reverse(f"live:{name}", args=[session.pk]))
        axe(page)


def test_in_spanish_one_reads_why_the_live_process_listens_no_longer(product, new_page, session, patient):
    DoorCheckFactory(session=session, patient=patient)
    sorry = {"t": "sorry", "why": "Too many messages at once.", "reason": "too_many", "again": False}
    page = as_patient(new_page(viewport=PHONE), product.url, patient)
    page.route_web_socket("**", lambda socket: socket.on_message(lambda _: socket.send(json.dumps(sorry))))
    with translation.override("es"):
        page.goto(product.url + reverse("live:room", args=[session.pk]))
    said = "Esta página envió demasiado a la vez. Espere un momento y ábrala otra vez."
    expect(page.get_by_role("heading", name=said)).to_be_visible()

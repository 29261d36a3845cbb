"""Every page a person can read, in a real browser: nothing is out of reach, out of sight or broken.

It walks the rows of the role matrix with the same objects, so that whoever adds a page adds this check with it.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from stepdown.live.views_visits import COOKIE
from stepdown.people import supporters
from stepdown.people.models import Patient, Staff
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from tests.browser import AXE, DESKTOP, PHONE, broken_rules
from tests.consistency.parts import in_parts
from tests.consistency.role_matrix import ROWS
from tests.consistency.role_objects import OBJECTS
from tests.consistency.role_rows import OPEN, PEOPLE, ROLES
from tests.consistency.role_world import GUEST_DEVICE, SUPPORTER_BROWSER, World
from tests.consistency.test_role_matrix import PARTS
from tests.walk_in import as_patient, as_staff

pytestmark = pytest.mark.browser

SENT_TO = "a form is sent to it"
DATA = "data for a script"
PART = "a piece of a page, checked with its page"
FILE = "a file to keep"
ONWARD = "leads on to another page"
NO_PAGES = {
    "people:end": SENT_TO,
    "directory_sign_in": SENT_TO,
    "openid_connect_callback": ONWARD,
    "people:sign_out": SENT_TO,
    "desk:waiting": PART,
    "people:renew_license": SENT_TO,
    "people:end_license": SENT_TO,
    "people:add_document": SENT_TO,
    "people:take_document_out": SENT_TO,
    "people:end_supervision": SENT_TO,
    "people:document": FILE,
    "outreach:new_link": SENT_TO,
    "outreach:send_link": SENT_TO,
    "outreach:stop_link": SENT_TO,
    "outreach:end_device": SENT_TO,
    "outreach:code": SENT_TO,
    "outreach:my_contact_codes": SENT_TO,
    "supporters:code": SENT_TO,
    "supporters:leave": SENT_TO,
    "supporters:copy": FILE,
    "admissions:log_call": SENT_TO,
    "admissions:assign": SENT_TO,
    "admissions:close": SENT_TO,
    "admissions:danger_came_up": SENT_TO,
    "placement:withdraw": SENT_TO,
    "placement:availability": SENT_TO,
    "timetable:take_back_change": SENT_TO,
    "timetable:close": SENT_TO,
    "timetable:reopen": SENT_TO,
    "timetable:move": SENT_TO,
    "timetable:cancel": SENT_TO,
    "timetable:take_back": SENT_TO,
    "timetable:make_up": SENT_TO,
    "placement:wait": SENT_TO,
    "timetable:take_absence_back": SENT_TO,
    "timetable:away_for_one": SENT_TO,
    "timetable:ask": SENT_TO,
    "timetable:assign": SENT_TO,
    "timetable:stop_asking": SENT_TO,
    "timetable:answer_ask": SENT_TO,
    "placement:plan_progress": PART,
    "live:let_in": SENT_TO,
    "live:let_in_all": SENT_TO,
    "live:send_out": SENT_TO,
    "live:break_start": SENT_TO,
    "live:break_end": SENT_TO,
    "live:end": SENT_TO,
    "live:open_again": SENT_TO,
    "live:decide": SENT_TO,
    "live:round": SENT_TO,
    "live:word": SENT_TO,
    "live:answer_word": SENT_TO,
    "live:something_happened": SENT_TO,
    "live:incident_entry": SENT_TO,
    "live:let_take_part": SENT_TO,
    "live:set_standby": SENT_TO,
    "live:call": SENT_TO,
    "live:call_outcome": SENT_TO,
    "live:text": SENT_TO,
    "live:called_back": SENT_TO,
    "measures:give": SENT_TO,
    "measures:take": SENT_TO,
    "measures:turn": SENT_TO,
    "live:ticket": SENT_TO,
    "live:staff_ticket": SENT_TO,
    "attendance:act_on_cannot_come": SENT_TO,
    "attendance:confirm": SENT_TO,
    "attendance:correct": SENT_TO,
    "chart:take_over": SENT_TO,
    "chart:note_of_call": SENT_TO,
    "chart:note_of_step": SENT_TO,
    "chart:set_format": SENT_TO,
    "chart:begin_plan": SENT_TO,
    "chart:my_plan_copy": FILE,
    "chart:my_signed_plan": FILE,
    "chart:answer_my_plan": ONWARD,
    "chart:add": SENT_TO,
    "chart:cosign": ONWARD,
    "chart:send_back": SENT_TO,
    "chart:add_to_return": SENT_TO,
    "transitions:cancel": SENT_TO,
    "still_here": DATA,
    "live:people": DATA,
    "live:aside": SENT_TO,
    "live:staff_aside": SENT_TO,
    "live:pairs": SENT_TO,
    "live:visit_act": SENT_TO,
    "live:observe_ticket": SENT_TO,
    "live:guest_ticket": SENT_TO,
    "live:observe_people": DATA,
    "live:guest_people": DATA,
    "live:told": PART,
    "live:staff_people": DATA,
    "live:waiting": PART,
    "timetable:feed": FILE,
    "timetable:change_my_link": SENT_TO,
    "timetable:change_link": SENT_TO,
    "mfa_download_recovery_codes": FILE,
    "privacy:asked_done": SENT_TO,
    "privacy:download": FILE,
    "privacy:notice_file": FILE,
    "privacy:withdraw": SENT_TO,
    "privacy:take_back_self_pay": SENT_TO,
    "privacy:assess_breach": SENT_TO,
    "privacy:conclude_breach": SENT_TO,
    "privacy:told_of_breach": SENT_TO,
    "privacy:affected_from_looks": SENT_TO,
    "privacy:add_affected": SENT_TO,
    "privacy:longer": SENT_TO,
    "privacy:answer_request": SENT_TO,
    "privacy:agreement_file": FILE,
    "privacy:audit_file": FILE,
    "privacy:name_for_audit": SENT_TO,
    "privacy:take_out_of_audit": SENT_TO,
    "privacy:looks_file": FILE,
    "privacy:my_consent_copy": FILE,
    "privacy:stop": SENT_TO,
    "privacy:ask": SENT_TO,
    "privacy:consent_act": SENT_TO,
    "privacy:packet_act": SENT_TO,
    "privacy:open_emergency": SENT_TO,
    "privacy:end_emergency_access": SENT_TO,
    "privacy:packet_file": FILE,
    "privacy:received_file": FILE,
    "privacy:refuse_destruction": SENT_TO,
    "privacy:withdraw_destruction": SENT_TO,
    "desk:arrive": ONWARD,
    "live:now": ONWARD,
    "outreach:read": ONWARD,
    "admissions:assess": ONWARD,
    "chart:write": ONWARD,
    "chart:sign": ONWARD,
    "chart:contact_act": SENT_TO,
    "mfa_activate_totp": ONWARD,
    "mfa_authenticate": ONWARD,
    "mfa_login_webauthn": ONWARD,
}
"""Addresses of the matrix that show no page of their own when they are opened, each with the reason."""

PAGES = {name: who for name, row in ROWS.items() for who in reversed(PEOPLE) if row.meets[who] == OPEN}
"""Every address that somebody may open, with the first of PEOPLE who may."""

NARROWEST = {"width": 320, "height": 640}
CUT = "[...document.querySelectorAll('.stacks')].some((it) => it.scrollWidth > it.closest('.sheet').clientWidth)"
BEYOND = "document.documentElement.scrollWidth - window.innerWidth"


class Walk:
    """One browser page that opens the pages of one role, as someone of that role whom each page is about."""

    def __init__(self, page: Page, url: str, who: str) -> None:
        self.page, self.home, self.who = page, url, who
        self.known: dict[Any, tuple[World, dict[str, Any]]] = {}
        self.cookies: dict[Any, Any] = {}
        self.noise: list[str] = []
        page.add_init_script(AXE)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")  # colors change at once with the scheme
        page.on("console", lambda said: self.noise.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.noise.append(str(error)))

    def open(self, name: str) -> bool:
        """Opens an address; whether it shows a whole page of its own."""
        world, parts = self.about(name)
        self.become(world.me, world.patient)
        self.noise.clear()
        self.page.set_viewport_size(DESKTOP)
        url = self.home + reverse(name, kwargs={part: parts[part] for part in PARTS[name]})
        if name in NO_PAGES:  # a file or an empty answer would leave the browser on a page of its own
            answer = self.page.context.request.get(url)
            is_whole = answer.body()[:200].lower().lstrip().startswith(b"<!doctype html")
            return answer.ok and answer.url == url and is_whole and "content-disposition" not in answer.headers
        shown = self.page.goto(url)
        is_itself = shown is not None and shown.status == 200 and shown.url == url
        return is_itself and bool(self.page.evaluate("document.doctype !== null"))

    def about(self, name: str) -> tuple[World, dict[str, Any]]:
        makers = {part: OBJECTS.get(f"{name} {part}") or OBJECTS[part] for part in PARTS[name]}
        key = tuple(makers.values())
        if key not in self.known:
            world = World(StaffFactory(roles=[self.who]) if self.who in ROLES else None, PatientFactory())
            self.known[key] = world, {part: make(world) for part, make in makers.items()}
        return self.known[key]

    def become(self, me: Staff | None, patient: Patient) -> None:
        """Whoever walked before is gone; one who was here already is known by the same cookie again."""
        context = self.page.context
        context.clear_cookies()
        if patient.pk in self.cookies:
            context.add_cookies(self.cookies[patient.pk])
        elif me:
            as_staff(self.page, self.home, me)
        elif self.who == "guest":
            context.add_cookies([{"name": COOKIE, "value": GUEST_DEVICE, "url": self.home}])
        elif self.who == "supporter":
            context.add_cookies([{"name": supporters.COOKIE, "value": SUPPORTER_BROWSER, "url": self.home}])
        elif self.who == "patient":
            as_patient(self.page, self.home, patient)
        self.cookies[patient.pk] = context.cookies()

    def look(self) -> list[str]:
        """Complaints about the page that is open."""
        found = [f"desktop {broken}" for broken in broken_rules(self.page)]
        found += self.in_the_dark("desktop")
        self.page.set_viewport_size(PHONE)
        found += [f"phone {broken}" for broken in broken_rules(self.page)]
        found += self.in_the_dark("phone")
        for size in (PHONE, NARROWEST):
            self.page.set_viewport_size(size)
            if (over := self.page.evaluate(BEYOND)) > 0:
                found.append(f"{over} px wider than a screen of {size['width']} px")
            if self.page.evaluate(CUT):
                found.append(f"a row is cut off on a screen of {size['width']} px")
        return found + [f"console: {said}" for said in self.noise]

    def in_the_dark(self, where: str) -> list[str]:
        self.page.emulate_media(color_scheme="dark")
        found = [f"{where} in the dark {broken}" for broken in broken_rules(self.page, colors_only=True)]
        self.page.emulate_media(color_scheme="light")
        return found


def test_what_is_no_page_is_in_the_matrix():
    assert sorted(set(NO_PAGES) - set(ROWS)) == []


@pytest.mark.parametrize(("who", "names"), in_parts(PAGES, most=30))
def test_every_page_can_be_read_by_everyone_on_every_screen(product, new_page: Callable[..., Page], who, names):
    CenterFactory()
    walk = Walk(new_page(), product.url, who)
    wrong = []
    for name in names:
        shows_a_page = walk.open(name)
        if shows_a_page is (name in NO_PAGES):
            wrong.append(f"{name}: {'shows a page' if shows_a_page else 'shows no page'}")
        elif shows_a_page:
            wrong += [f"{name}: {complaint}" for complaint in walk.look()]
    assert wrong == []

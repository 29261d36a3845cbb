"""Attendance, notes and steps in a real browser: for everyone, written with keys, saved as one goes, signed once."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from stepdown.attendance.services import confirm
from stepdown.attendance.tests.factories import seated, session_over, was_in
from stepdown.chart import services
from stepdown.chart.tests.factories import note_of, signed, written
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory
from stepdown.transitions.services import plan_step_down
from stepdown.transitions.tests.factories import group_with_sessions, in_aftercare, in_iop, seat_of
from tests.browser import DESKTOP, PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def signed_in(product, new_page):
    """signed_in(staff) opens a page of the product as that person; gives the page and a way to go to an address."""
    CenterFactory()

    def open_page(staff, **options):
        cookies = sign_in(Client(), staff).cookies
        page = new_page(**options)
        page.context.add_cookies([{"name": n, "value": c.value, "url": product.url} for n, c in cookies.items()])
        return page, lambda name, *args: page.goto(product.url + reverse(name, args=args))

    return open_page


def a_group_of_three():
    """A session that is over: Rosa and Theo were there, Gus was not."""
    session = session_over()
    for first_name, there in (("Rosa", 1), ("Theo", 1), ("Gus", 0)):
        patient = seated(session, first_name=first_name)
        if there:
            was_in(session, patient, 20 * there, 170)
    return session


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"])
def test_every_page_can_be_used_by_everyone(signed_in, axe, viewport, scheme):
    session = a_group_of_three()
    leader = session.leader
    note = services.open_note(session=session, by=leader)
    done = signed(note_of(session_over(timedelta(days=3), group=session.group), present=2, absent=1))
    ready = written(note_of(session_over(timedelta(days=5), group=session.group), present=1))
    confirm(session=ready.session, by=leader)
    iop = group_with_sessions(leader=leader)
    stays, moves = in_iop(group=iop), in_iop(group=iop)
    group = group_with_sessions(aftercare=True)
    plan_step_down(episode=moves, group=group, reason="Steady.", by=leader)
    comes_back = in_aftercare(leader=leader)
    page, go = signed_in(leader, viewport=viewport, color_scheme=scheme)
    for name, *args in [
        ("attendance:sheet", session.pk),
        ("chart:notes",),
        ("chart:shared", note.pk),
        ("chart:part", note.parts.filter(absent=False).first().pk),
        ("chart:part", note.parts.get(absent=True).pk),
        ("chart:sign", ready.pk),
        ("chart:read", done.pk),
        ("chart:single", done.parts.first().pk),
        ("transitions:due",),
        ("transitions:step_down", stays.pk),
        ("transitions:step_down", moves.pk),
        ("transitions:come_back", comes_back.pk),
        ("transitions:discharge", stays.pk),
    ]:
        go(name, *args)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def answer_all(page):
    for answer in ("Openly", "Gave feedback", "None seen", "Go on"):
        page.get_by_label(answer, exact=True).check()


def test_a_leader_confirms_writes_with_keys_and_signs(signed_in):
    session = a_group_of_three()
    page, go = signed_in(session.leader)
    go("attendance:sheet", session.pk)
    theo = page.get_by_role("listitem").filter(has_text="Theo").first
    theo.get_by_text("Correct").click()
    theo.get_by_label("Clinical minutes").fill("180")
    theo.get_by_role("button", name="Confirm with this").click()
    expect(page.get_by_role("alert").first).to_contain_text("Say why.")
    theo.get_by_label("Reason").fill("Was on the phone line before.")
    theo.get_by_role("button", name="Confirm with this").click()
    expect(theo).to_contain_text("Computed 150, corrected: Was on the phone line before.")
    page.get_by_role("button", name="Confirm all 2").click()
    expect(page.get_by_text("All confirmed")).to_be_visible()

    page.get_by_role("link", name="Write the note").click()
    page.get_by_label("Topic").fill("Cravings")
    page.get_by_label("Skill practice").check()
    page.get_by_role("button", name="Next: Rosa").click()
    expect(page.locator("#who")).to_contain_text("Rosa")
    words = page.get_by_label("In your words")
    answer_all(page)
    words.fill("Liked what Theo said.")
    expect(page.locator("output")).to_contain_text("This names Theo.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert").first).to_contain_text("This names Theo.")
    expect(words).to_have_value("Liked what Theo said.")
    words.fill("Found the hour after work the hardest.")
    expect(page.locator("output")).to_contain_text(re.compile("^Saved"))

    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("#who")).to_contain_text("Theo")
    page.locator("form[data-started]").wait_for()
    page.keyboard.press("t")
    expect(page.get_by_label("Openly")).to_be_focused()
    page.keyboard.press("Space")
    for answer in ("Practiced the skill", "None seen", "Call tomorrow"):
        page.get_by_label(answer).check()
    words.fill("Came late and told us why.")
    page.get_by_role("link", name="Gus").click()
    expect(page.get_by_text("Gus was not there.")).to_be_visible()
    expect(page.get_by_text("2 of 2 written")).to_be_visible()

    page.get_by_role("button", name="Sign all 2").click()
    page.get_by_label("I took part in this session").check()
    page.get_by_role("button", name="Sign all 2").click()
    expect(page.get_by_role("heading", name="Signed group note")).to_be_visible()
    expect(page.get_by_text("Came late and told us why.")).to_be_visible()


def test_a_part_that_saved_itself_is_counted_at_once(signed_in):
    session = a_group_of_three()
    note = services.open_note(session=session, by=session.leader)
    page, go = signed_in(session.leader)
    go("chart:part", note.parts.filter(absent=False).first().pk)
    expect(page.locator(".signbar")).to_contain_text("0 of 2 written")
    for answer in ("Openly", "Practiced the skill", "None seen", "Go on"):
        page.get_by_label(answer, exact=True).check()
    page.locator("textarea[name=words]").fill("Named the hour after work as the hardest.")
    expect(page.locator(".signbar")).to_contain_text("1 of 2 written")


def test_a_place_in_aftercare_is_offered_and_taken_back(signed_in):
    episode = in_iop()
    group = group_with_sessions(aftercare=True)
    page, go = signed_in(seat_of(episode).group.leader)
    go("transitions:step_down", episode.pk)
    page.get_by_label(group.name).check()
    page.get_by_role("button", name="Offer the Aftercare place").click()
    expect(page.get_by_role("alert").first).to_contain_text("Say why, as not every criterion is met.")
    page.get_by_label("Reason").fill("Steady for five weeks.")
    page.get_by_role("button", name="Offer the Aftercare place").click()
    expect(page.get_by_text("Held until")).to_be_visible()
    page.get_by_role("button", name="Take the plan back").click()
    expect(page.get_by_role("button", name="Offer the Aftercare place")).to_be_visible()

"""Attendance, notes and steps in a real browser: for everyone, written with keys, saved as one goes, signed once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from stepdown.attendance.services import confirm
from stepdown.attendance.tests.factories import seated, session_over, was_in
from stepdown.chart import services, services_writing
from stepdown.chart.tests.factories import note_of, signed, written
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory
from stepdown.transitions.services import plan_step_down
from stepdown.transitions.tests.factories import group_with_sessions, in_iop, seat_of
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

        def go(name, *args):
            return page.goto(go.address(name, *args))

        go.address = lambda name, *args: product.url + reverse(name, args=args)
        return page, go

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
def test_pages_in_states_that_the_walk_of_every_page_does_not_meet(signed_in, axe, viewport, scheme):
    session = a_group_of_three()
    leader = session.leader
    note = services.open_note(session=session, by=leader)
    done = signed(note_of(session_over(timedelta(days=3), group=session.group), present=2, absent=1))
    ready = written(note_of(session_over(timedelta(days=5), group=session.group), present=1))
    confirm(session=ready.session, by=leader)
    moves = in_iop(group=group_with_sessions(leader=leader))
    plan_step_down(episode=moves, group=group_with_sessions(aftercare=True), reason="Steady.", by=leader)
    page, go = signed_in(leader, viewport=viewport, color_scheme=scheme)
    for name, *args in [
        ("attendance:sheet", session.pk),
        ("chart:part", note.parts.get(absent=True).pk),
        ("chart:sign", ready.pk),
        ("chart:read", done.pk),
        ("transitions:step_down", moves.pk),
    ]:
        go(name, *args)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def test_a_leader_confirms_the_minutes_with_a_reason(signed_in):
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
    expect(theo).to_contain_text("Recorded 150, corrected: Was on the phone line before.")
    page.get_by_role("button", name="Confirm all 2").click()
    expect(page.get_by_text("All confirmed")).to_be_visible()


class Keys:
    """Presses and counts. words: letters of sentences; keys: all others; a chord such as Alt+Right is one."""

    def __init__(self, page):
        self.page, self.keys, self.words, self.loads = page, 0, 0, 0
        page.on("load", self._loaded)

    def _loaded(self, _page):
        self.loads += 1

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def type(self, words):
        self.page.keyboard.type(words)
        self.words += len(words)


def test_nine_notes_are_written_and_signed_with_the_keyboard_alone(signed_in, capsys):
    """Counts what the hands do: keys pressed, letters typed, pages loaded."""
    session = session_over()
    said = {
        "Ana": "Named the hour after work as the hardest.", "Bo": "Slept badly, and told what helps at night.",
        "Cy": "Called a friend before the store.", "Dee": "Was angry about the letter from court.",
        "Eli": "Practiced saying no to a cousin.", "Fay": "Asked how others get through Sunday.",
        "Gil": "Wants the key to the cabin given away.", "Hal": "Cried, then laughed; will walk tonight.",
        "Ivy": "Counted ninety days in this room.",
    }  # fmt: skip
    names = list(said)
    for name in names:
        was_in(session, seated(session, first_name=name))
    note = services.open_note(session=session, by=session.leader)
    confirm(session=session, by=session.leader)
    page, go = signed_in(session.leader)
    hand = Keys(page)
    go("chart:write", session.pk)
    page.locator("#main[data-started] #write[data-started]").wait_for()
    page.get_by_label("Topic").focus()
    hand.type("Cravings")
    hand.press("Tab", "Space", "Control+Enter")
    for name in names:
        expect(page.locator("#who")).to_contain_text(name)
        expect(page.get_by_label("Openly")).to_be_focused()
        hand.press("1", "1", "3", "Enter", "1", "1", "Enter")
        expect(page.get_by_label("In your words")).to_be_focused()
        hand.type(said[name])
        if name == "Bo":  # somebody else's name is refused in place, and what was typed stays
            hand.type(" Liked Fay.")
            hand.press("Control+Enter")
            expect(page.get_by_role("alert").first).to_contain_text("This names Fay.")
            page.locator(".error-summary[data-started]").wait_for()
            hand.press("i", "Control+End", *["Backspace"] * len(" Liked Fay."))
        hand.press("Control+Enter")
    expect(page.get_by_role("heading", name="Sign the group note")).to_be_visible()
    expect(page.get_by_label("I took part in this session")).to_be_focused()
    hand.press("Space", "Control+Enter")
    expect(page.get_by_role("heading", name="Signed group note")).to_be_visible()
    expect(page.get_by_text(said["Ivy"])).to_be_visible()
    note.refresh_from_db()
    assert note.signed_at
    assert note.parts.filter(response=["practiced", "own_life"], plan=["go_on"]).count() == len(names)
    mended = 3 + len(" Liked Fay.")
    with capsys.disabled():
        print(
            f"\n{len(names)} notes, {hand.loads} page loaded, {hand.keys} keys ({mended} of them to mend a name),"
            f" {hand.words} letters of words"
        )
    assert hand.loads == 1
    assert hand.keys - mended <= 10 * len(names)


PRESSED_AT_ONCE = """
    new MutationObserver((changes, observer) => {
        if (!document.querySelector("#who").textContent.includes("Theo")) return;
        observer.disconnect();
        const press = new KeyboardEvent("keydown", { key: "2", bubbles: true, cancelable: true });
        document.activeElement.dispatchEvent(press);
    }).observe(document.querySelector("#main"), { childList: true });
"""


def test_a_key_pressed_in_the_moment_that_the_next_person_is_there_counts(signed_in):
    session = a_group_of_three()
    note = services.open_note(session=session, by=session.leader)
    page, go = signed_in(session.leader)
    go("chart:part", note.parts.get(absent=False, patient__first_name="Rosa").pk)
    page.locator("#main[data-started] #write[data-started]").wait_for()
    page.evaluate(PRESSED_AT_ONCE)
    page.get_by_role("link", name="Theo").click()
    expect(page.locator("#who")).to_contain_text("Theo")
    expect(page.get_by_label("When asked")).to_be_checked()


def test_what_was_not_saved_comes_back_after_a_crash_and_goes_at_sign_out(signed_in):
    """Also: what the co-leader wrote meanwhile stands with it, and nobody who finds the device can read it."""
    session = a_group_of_three()
    note = services.open_note(session=session, by=session.leader)
    rosa = note.parts.filter(absent=False).first()
    page, go = signed_in(session.leader)
    go("chart:part", rosa.pk)
    page.locator("#main[data-started] #write[data-started]").wait_for()
    page.context.set_offline(True)
    page.get_by_label("In your words").fill("Typed while the line was lost.")
    expect(page.locator("output")).to_contain_text("It is kept here")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert str(rosa.pk) in kept
    assert "Typed" not in kept
    page.close()  # as a crash: nothing more is sent
    services_writing.save_part(part=rosa, words="Said by the other.", by=session.leader)
    context = page.context
    context.set_offline(False)
    page = context.new_page()
    page.goto(go.address("chart:part", rosa.pk))
    expect(page.get_by_label("In your words")).to_have_value("Said by the other. Typed while the line was lost.")
    expect(page.get_by_role("status").filter(has_text="wrote here too")).to_be_visible()
    page.wait_for_function("localStorage.length === 0")
    page.evaluate("localStorage.setItem('kept note', 'x')")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail address").wait_for()
    assert page.evaluate("localStorage.length") == 0


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

"""What everyone at a browser does: go, press, write, read, and look at each page for the rules of accessibility."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from stepdown.people.models import Staff
from stepdown.people.tests.clients import one_time_code
from stepdown.people.tests.factories import PASSWORD
from tests.copies import Copy

SLOW = 60_000  # milliseconds; a machine that does much else needs them


class Walker:
    """Someone at a browser. Looks at each page they come to for the first time with `axe`."""

    def __init__(self, product: Copy, page: Page, axe: Callable[[Page], None]) -> None:
        self.product, self.page, self._axe = product, page, axe
        self._looked: set[str] = set()
        page.set_default_timeout(SLOW)

    def look(self) -> None:
        """The page keeps the rules of accessibility, and nothing sticks out at its side."""
        place = re.sub(r"[0-9a-f-]{36}", "-", urlsplit(self.page.url).path)
        if place not in self._looked:
            self._looked.add(place)
            self._axe(self.page)
            assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), self.page.url

    def go(self, path: str) -> None:
        self.page.goto(self.product.url + path)

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def choose(self, question: str | re.Pattern[str], answer: str | re.Pattern[str]) -> None:
        """One answer to a question with several."""
        group = self.page.get_by_role("group", name=question)
        group.get_by_label(answer, exact=isinstance(answer, str)).check()

    def write(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).fill(words)

    def write_day(self, question: str, month: int, day: int, year: int) -> None:
        group = self.page.get_by_role("group", name=question)
        for box, value in (("Month", month), ("Day", day), ("Year", year)):
            group.get_by_label(box, exact=True).fill(str(value))

    def reads(self, words: str | re.Pattern[str]) -> None:
        """Waits until the words are to be seen, then looks at the page."""
        expect(self.page.get_by_text(words).filter(visible=True).first).to_be_visible(timeout=SLOW)

    def arrives(self, heading: str | re.Pattern[str]) -> None:
        """Waits for the page with that heading, then looks at it."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=SLOW)
        self.look()


class StaffMember(Walker):
    """Someone who works at the center, at a desktop."""

    def signs_in(self, staff: Staff) -> None:
        """With a password, then with a code from an app."""
        self.go("/staff/")
        self.look()
        self.write("E-mail address", staff.account.email)
        self.write("Password", PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.get_by_label("Code", exact=True).fill(one_time_code())
        self.look()
        self.press("Go on")
        self.page.wait_for_url(re.compile(r"/staff/(day|admissions)/"), timeout=SLOW)

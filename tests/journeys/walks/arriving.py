"""Before someone is in care: the visitor who asks for a call, and the counselor who calls, asks and offers the seat."""

import re

from playwright.sync_api import expect

from tests.journeys.walks.walker import SLOW, StaffMember, Walker


class Visitor(Walker):
    """Someone without an account, on a phone."""

    SIGNS = (
        "drink or use more than you meant",
        "been worried",
        "worried about your drinking",
        "got in the way of work",
    )

    def screens_themself(self) -> None:
        """Answers the self-screen with three signs and nothing that speaks of danger."""
        self.go("/")
        self.look()
        self.follow("Is it right for me?")
        for number in range(1, 13):
            expect(self.page).to_have_title(re.compile(rf"Question {number} of 12"), timeout=SLOW)
            if number == 1:
                self.look()
            asked = self.page.get_by_role("heading", level=1).inner_text()
            is_so = any(sign in asked for sign in self.SIGNS)
            self.page.get_by_label("Yes" if is_so else "No", exact=True).check()
            self.page.get_by_role("button", name="Next", exact=True).click()
        self.arrives("This program may help you. Talk to us today.")

    def asks_for_a_call(self, *, name: str, phone: str) -> None:
        self.page.get_by_label("Send my answers with my request").check()
        self.press("Ask for a call")
        self.arrives("Ask for a call")
        self.write("What should we call you?", name)
        self.write("Phone number", phone)
        self.choose("When should we call?", "Now")
        self.choose("Can we leave a message?", "No")
        expect(self.page.get_by_label("Send my answers with my request")).to_be_checked()
        self.page.get_by_role("main").get_by_role("button", name="Ask for a call").click()
        self.arrives("We will call you")


class AdmissionsCounselor(StaffMember):
    """Calls, asks, decides, and offers the seat."""

    def calls(self, name: str) -> None:
        """Finds the request on the board and logs the call."""
        self.look()
        self.page.get_by_role("link", name=name, exact=True).click()
        self.arrives(name)
        self.reads("What they answered on the site")
        self.choose("What happened?", "We talked")
        self.choose("What comes next?", "Assess now")
        self.write("Note", "Wants to stop before the baby comes.")
        self.press("Log the call")

    def assesses(self, *, name: str, about: dict[str, str]) -> None:
        """The whole interview, part by part; in the end the advice is IOP."""
        self.page.get_by_role("button", name="Start the assessment").click()
        self._part("Danger now")
        for group in self.page.get_by_role("group").all():
            group.get_by_label("No", exact=True).check()
        self._on()
        self._part("About you")
        for label, words in about.items():
            self.write(label, words)
        self.write_day("Date of birth", 3, 14, 1988)
        self.page.get_by_label("State", exact=True).select_option("MN")
        self.page.get_by_label("Time zone").select_option("America/Chicago")
        self.choose("When could they come?", "Evening")
        self._on()
        self._part("Withdrawal")
        for question in ("Alcohol or sedatives every day?", "Ever a seizure", "Dependent on opioids", "Pregnant?"):
            self.choose(re.compile(re.escape(question)), "No")
        self._rate("How much danger is there in stopping?", 0)
        self._on()
        for part, question, rating in (
            ("Health", "How much does health get in the way?", 0),
            ("Mood and thinking", "How much do mood and thinking get in the way?", 1),
            ("Readiness", "How hard is it for them to want a change?", 1),
            ("Risk of use", "How likely is it that use goes on or comes back?", 2),
        ):
            self._part(part)
            self._rate(question, rating)
            self._on()
        self._part("Home and people")
        self.choose("Is home a safe place for them?", "Yes")
        self.choose("Does anyone there drink heavily or use drugs?", "No")
        self.choose("Are they without a stable place to live?", "No")
        self._rate("How much does home get in the way?", 1)
        self._on()
        self._part("Duties")
        self.choose("Work or school?", "Yes")
        self.choose("Looks after children or someone else?", "No")
        self.choose("Could they leave these for a few weeks?", "Yes")
        self._on()
        self._part("What happened")
        self.choose("Are family or friends worried?", "Yes")
        for question in ("A DUI or OWI citation?", "More and more time or money going into it?"):
            self.choose(question, "No")
        self.choose("How severe is the disorder?", "Moderate")
        for question in ("Was outpatient care tried before", "Was intensive outpatient care tried before"):
            self.choose(re.compile(question), "No")
        self.choose("What do they wish for?", "No preference")
        self.choose("Where do they come from?", "Directly")
        self._on()
        self._part("Place for video")
        self.choose("A private room, with a door that closes?", "Yes")
        self.choose(re.compile("A phone, tablet or computer"), "Yes")
        self.press("Save, then decide")
        self.arrives(f"Decide for {name}")

    def decides_for_iop(self, signature: str) -> None:
        """Reads the advice with its reasons, and signs."""
        advice = self.page.get_by_role("region", name=re.compile("Intensive outpatient", re.I))
        expect(advice.get_by_role("heading", name="Why")).to_be_visible()
        assert advice.locator(".why-list li").count() >= 1, "the advice gives its reasons"
        self.choose("Which level of care do you decide?", re.compile(r"^\s*Intensive outpatient"))
        self.press(f"Sign the decision as {signature}")

    def offers_a_seat(self, *, name: str, group: str) -> None:
        self.arrives(f"A seat for {name}")
        self.press(re.compile(rf"Offer chair \d+ in {group}"))
        self.arrives(re.compile("A seat is held for"))

    def _part(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=2, name=title, exact=True)).to_be_visible(timeout=SLOW)
        self.look()

    def _on(self) -> None:
        self.press(re.compile("^Save, next"))

    def _rate(self, question: str, rating: int) -> None:
        self.choose(question, re.compile(rf"^{rating} "))

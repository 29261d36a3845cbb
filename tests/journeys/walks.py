"""People who walk through the product, each with a browser of their own: what they press, and what they read."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import APIResponse, Locator, Page, expect

from stepdown.people.models import Staff
from stepdown.people.tests.clients import one_time_code
from stepdown.people.tests.factories import PASSWORD
from tests.copies import Copy, wait_until

SLOW = 60_000  # milliseconds; a machine that does much else needs them
ARRIVED = """async () => {
    const room = document.querySelector("#room");
    const { arrived } = await import(room.dataset.moduleSrc);
    return arrived(room);
}"""


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

    def proves_it_is_still_them(self, heading: str) -> None:
        """On the way to a signature: the password once more, when they have not given it for five minutes."""
        asked = self.page.get_by_role("heading", level=1, name="Is it still you?")
        expect(asked.or_(self.page.get_by_role("heading", level=1, name=heading))).to_be_visible(timeout=SLOW)
        if asked.is_visible():
            self.look()
            self.write("Password", PASSWORD)
            self.press("Go on")
        self.arrives(heading)


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


class InRoom(Walker):
    """Someone in a group's video room."""

    def tile(self, name: str) -> Locator:
        return self.page.locator(".tile").filter(has=self.page.get_by_text(name, exact=True))

    def frames(self, name: str) -> int:
        """Frames of this person's camera that the page has decoded so far."""
        join = self.tile(name).get_attribute("data-join")
        return int(self.page.evaluate(ARRIVED).get(join, {}).get("frames", 0))

    def heard(self, name: str) -> float:
        """Energy of this person's sound so far; silence adds nothing."""
        join = self.tile(name).get_attribute("data-join")
        return float(self.page.evaluate(ARRIVED).get(join, {}).get("energy", 0))

    def sees_and_hears(self, *names: str) -> None:
        """Waits until further frames and further sound of each of them have arrived."""
        for name in names:
            expect(self.tile(name)).to_be_visible(timeout=SLOW)
            before = self.frames(name), self.heard(name)
            wait_until(
                lambda name=name, before=before: self.frames(name) > before[0] and self.heard(name) > before[1],
                f"pictures and sound of {name} arrive",
            )


class PatientOnPhone(InRoom):
    """A patient, by their personal link."""

    def opens_the_link_sent_to(self, phone: str) -> None:
        """On a device that nobody knows yet: date of birth, then the code that is sent."""
        self.page.goto(self._told(phone, r"(http://\S+/me/\S+)"))
        self.arrives("Is it you?")
        for box, value in (("Month", "3"), ("Day", "14"), ("Year", "1988")):
            self.page.get_by_label(box, exact=True).fill(value)
        self.press("Text me a code")
        self.arrives("Enter your code")
        self.page.get_by_label("Code", exact=True).fill(self._told(phone, r"Your code is (\d{6})"))
        self.press("Go on")

    def accepts_the_seat(self, group: str) -> None:
        self.arrives("A seat is held for you")
        self.reads(f"{group} group")
        self.follow("See your seat")
        self.arrives("We hold a place for you")
        self.press("Yes, keep my place")
        self.arrives("Your place is kept")

    def signs_the_agreements(self, name: str) -> None:
        self.follow("Read and sign")
        for _ in range(3):
            self.page.get_by_label("Your full name").wait_for()
            self.look()
            title = self.page.get_by_role("heading", level=1).inner_text()
            self.page.get_by_label("I have read this, and I agree.").check()
            self.page.get_by_label("Your full name").fill(name)
            self.page.get_by_role("button", name="Sign", exact=True).click()
            expect(self.page.get_by_role("heading", level=1, name=title)).to_have_count(0, timeout=SLOW)
        self.arrives("Your place is kept")

    def passes_the_door(self) -> None:
        """From their first page: camera and microphone, where they are and with whom, how they are."""
        self.go("/me/")
        self.arrives("Your group is meeting now")
        self.follow("Go to your group")
        self.arrives("Can we see and hear you?")
        self.reads("Camera works")
        self.reads("We hear you")
        self.follow("Next: where you are")
        self.arrives("Where are you right now?")
        self.page.get_by_label("Nobody, I am alone").check()
        self.press("Next: how you are")
        self.arrives("How are you right now?")
        self.page.get_by_label("4", exact=True).check()
        self.page.get_by_label("OK").check()
        self.press("Go to the waiting room")
        expect(self.page.locator("[data-part=place]")).to_be_visible(timeout=SLOW)
        self.look()

    def _told(self, phone: str, words: str) -> str:
        """The last thing of that shape that was sent to this number, as the console shows it."""
        said = re.compile(rf"to {re.escape(phone)} (?:(?! to \+).)*?{words}", re.S)
        wait_until(lambda: said.search(self.product.console()) is not None, f"{words} is on the console")
        return said.findall(self.product.console())[-1]


class Leader(InRoom, StaffMember):
    """Leads the group, and answers for its record."""

    def opens_the_room(self, called: str) -> None:
        self.go("/staff/day/")
        self.look()
        self.follow("Open the room")
        expect(self.tile(f"{called} (you)")).to_be_visible(timeout=SLOW)
        self.look()

    def lets_in(self, name: str) -> None:
        self.press(f"Let {name} in")
        expect(self.tile(name)).to_be_visible(timeout=SLOW)

    def waits_for_a_counted_minute(self, session_path: str, *names: str) -> None:
        """In a second tab, until the room has seen each of them for a whole clinical minute."""
        tab = self.page.context.new_page()

        def is_counted(name: str) -> bool:
            tab.goto(self.product.url + session_path)
            line = tab.locator("ol.lines > li").filter(has_text=name)
            return re.search(r"\b[1-9]\d* of \d+ minutes", line.inner_text()) is not None

        for name in names:
            wait_until(lambda name=name: is_counted(name), f"a minute of {name} is counted")
        tab.close()

    def confirms_attendance(self, *, corrected: str, minutes: int, reason: str) -> None:
        """One by hand, with a reason; the others as the room saw them."""
        line = self.page.locator("ol.lines > li").filter(has_text=corrected)
        line.locator("summary").filter(has_text="Correct").click()
        line.get_by_label("Clinical minutes").fill(str(minutes))
        self.look()
        line.get_by_role("button", name="Confirm with this").click()
        self.reads("Say why. The reason stays beside what the room recorded.")
        line = self.page.locator("ol.lines > li").filter(has_text=corrected)
        line.get_by_label("Reason").fill(reason)
        line.get_by_role("button", name="Confirm with this").click()
        self.reads(reason)
        self.press("Confirm 1")
        self.reads("All confirmed")

    def writes_the_note(self, names: list[str]) -> None:
        """The part that stands for everyone, then one for each person, in the order of the chairs."""
        self.follow("Write the note")
        self.arrives("Group note")
        self.write("Topic", "Cravings")
        self.choose("What you did", "Check-in round")
        self.write("What the group worked on, in one or two sentences", "Riding out a craving, minute by minute.")
        for name in names:
            self.press(re.compile(f"^Next: {name}"))
            expect(self.page.get_by_role("heading", level=2, name=re.compile(f"^{name}"))).to_be_visible(timeout=SLOW)
            self.look()
            self.choose(re.compile("^Took part"), "Openly")
            self.choose(re.compile("^Response"), "Practiced the skill")
            self.choose(re.compile("^Safety tonight"), "None seen")
            self.choose(re.compile("^Plan"), "Go on")
            self.write("In your words, one or two sentences", f"{name} named what helps in the evening.")

    def signs_the_note(self, people: int) -> None:
        self.page.locator("#write").get_by_role("button", name=re.compile("^Save")).last.click()
        self.reads(f"{people} of {people} written")
        self.press(f"Sign all {people}")
        self.proves_it_is_still_them("Sign the group note")
        self.page.get_by_role("checkbox").check()
        self.press(f"Sign all {people}")
        self.arrives("Signed group note")

    def adds(self, words: str, *, about: str) -> None:
        self.page.get_by_label("About", exact=True).select_option(label=about)
        self.write("What to add", words)
        self.press("Sign the addendum")
        expect(self.page.locator(".addendum").get_by_text(words)).to_be_visible(timeout=SLOW)

    def plans_the_step_down(self, *, patient: str, group: str, reason: str) -> None:
        """Earlier than planned, so it needs a reason."""
        self.go("/staff/patients/")
        self.look()
        self.page.get_by_role("link", name=patient, exact=True).click()
        self.arrives(patient)
        self.follow("Step down")
        self.page.get_by_role("heading", name="Hold a place in Aftercare").wait_for()
        self.look()
        coming = self.page.get_by_label("Last IOP session").locator("option").filter(has_not_text="As planned")
        self.page.get_by_label("Last IOP session").select_option(coming.last.get_attribute("value"))
        self.choose("Group", re.compile(rf"^\s*{group}"))
        self.press("Offer the Aftercare place")
        self.reads("Say why this is earlier than planned.")
        self.page.get_by_label("Reason", exact=True).fill(reason)
        self.press("Offer the Aftercare place")
        self.arrives(re.compile("steps down on"))

    def sends(self, path: str, form: dict[str, str]) -> APIResponse:
        """Posts a form as the browser would from a page that was open all along."""
        token = self.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        return self.page.request.post(
            self.product.url + path,
            form={**form, "csrfmiddlewaretoken": token},
            headers={"Referer": self.product.url},
        )

    def sees_aftercare_in_the_timeline(self) -> None:
        """The step takes effect by itself within the minute."""
        chart = self.page.url

        def is_there() -> bool:
            self.page.goto(chart)
            return self.page.get_by_role("img", name=re.compile("Aftercare since")).count() > 0

        wait_until(is_there, "the step down has taken effect")
        self.look()

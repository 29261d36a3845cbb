"""In care: the patient and the leader, in the room and around it."""

import re

from playwright.sync_api import APIResponse, Locator, expect

from stepdown.people.tests.clients import one_time_code
from tests.copies import wait_until
from tests.journeys.walks.walker import SLOW, StaffMember, Walker

ARRIVED = """async () => {
    const room = document.querySelector("#room");
    const { arrived } = await import(room.dataset.moduleSrc);
    return arrived(room);
}"""


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

    def accepts_the_seat(self, group: str, *, reads_the_notice: bool = False) -> None:
        """reads_the_notice: they get it first, as the seat admits them."""
        self.arrives(re.compile("^A seat (in Aftercare )?is held for you"))
        self.reads(f"{group} group")
        self.follow("See your seat")
        self.arrives("We hold a place for you")
        if reads_the_notice:
            self.reads("Read our privacy notice first.")
            self.follow("Read the privacy notice")
            self.arrives(re.compile("^Notice of Privacy Practices of"))
            self.look()
            self.press("I got this notice")
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
        """From where their link leads on a known phone: camera and microphone, where they are, how they are."""
        self.go("/me/now/")
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
            wait_until(lambda name=name: is_counted(name), f"a minute of {name} is counted", every=2)
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
        self.press(re.compile("^Read and sign"))
        self.arrives("Sign the group note")
        self.reads(f"{people} of {people} were there")
        self.look()
        self.page.get_by_role("checkbox").check()
        code = self.page.get_by_label("Code", exact=True)
        if code.is_visible():  # they have not proved for five minutes who they are
            code.fill(one_time_code())
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
        """The step takes effect by itself."""
        chart = self.page.url

        def is_there() -> bool:
            self.page.goto(chart)
            return self.page.get_by_role("img", name=re.compile("Aftercare since")).count() > 0

        wait_until(is_there, "the step down has taken effect", every=1)
        self.look()

"""A session that is on, with real browsers in it: what journeys through the room start from."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from stepdown.live.tests.factories import patient_at_door
from stepdown.people.models import Patient
from stepdown.timetable.models import Session
from tests.copies import UP_SECONDS, Copy, wait_until
from tests.walk_in import as_patient, as_staff

ARRIVED = """async () => {
    const room = document.querySelector("#room");
    const { arrived } = await import(room.dataset.moduleSrc);
    return arrived(room);
}"""
# To be given whether the page goes out of sight, as behind another one, or is seen again.
OUT_OF_SIGHT = """(hidden) => {
    Object.defineProperty(document, "visibilityState", { value: hidden ? "hidden" : "visible", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@dataclass
class Scene:
    """A session that is on, with its leader, and pages of people in it by their name."""

    product: Copy
    new_page: Callable[..., Page]
    session: Session
    pages: dict[str, Page] = field(default_factory=dict)

    def leader(self, **options: object) -> Page:
        """The leader's page, in the open room."""
        page = as_staff(self.new_page(**options), self.product.url, self.session.leader)
        page.goto(self.url("staff_room"))
        expect(tile(page, "Ines (you)")).to_be_visible()
        self.pages["Ines"] = page
        return page

    def patient(self, called: str) -> Patient:
        patient = patient_at_door(self.session)
        patient.chosen_name = called
        patient.save()
        return patient

    def at_door(self, called: str, **options: object) -> Page:
        """The page of a patient who waits to be let in."""
        page = as_patient(self.new_page(**options), self.product.url, self.patient(called))
        page.goto(self.url("room"))
        expect(page.locator("[data-part=place]")).to_be_visible(timeout=UP_SECONDS * 1000)
        self.pages[called] = page
        return page

    def inside(self, called: str, **options: object) -> Page:
        """The page of a patient whom the leader has let in."""
        page = self.at_door(called, **options)
        self.pages["Ines"].get_by_role("button", name=f"Let {called} in").click()
        expect(tile(page, f"{called} (you)")).to_be_visible()
        return page

    def url(self, name: str) -> str:
        return self.product.url + reverse(f"live:{name}", args=[self.session.pk])


def tile(page: Page, name: str) -> Locator:
    return page.locator(".tile").filter(has=page.get_by_text(name, exact=True))


def hears(page: Page, sentence: str) -> None:
    """Waits until a screen reader has been given the sentence, since the page was loaded."""
    wait_until(lambda: any(sentence in said for said in page.evaluate("window.spoken")), f"heard: {sentence}")


def frames(page: Page, name: str) -> int:
    """Frames of this person's camera that the page has decoded so far."""
    join = tile(page, name).get_attribute("data-join")
    return page.evaluate(ARRIVED).get(join, {}).get("frames", 0)


def sees(page: Page, name: str) -> None:
    """Waits until the page has decoded further frames of this person."""
    expect(tile(page, name)).to_be_visible(timeout=UP_SECONDS * 1000)
    before = frames(page, name)
    wait_until(lambda: frames(page, name) > before, f"frames of {name} arrive")


def energy(page: Page, name: str) -> float:
    """Of this person's voice, as the page has opened and decoded it so far."""
    join = tile(page, name).get_attribute("data-join")
    return page.evaluate(ARRIVED).get(join, {}).get("energy", 0)


def hears_voice(page: Page, name: str) -> None:
    """Waits until the page has decoded further sound of this person."""
    before = energy(page, name)
    wait_until(lambda: energy(page, name) > before, f"{name} is heard")


def stands_still(page: Page, name: str) -> None:
    """Waits until the page decodes no further frames of this person for half a second."""
    last = -1

    def is_still() -> bool:
        nonlocal last
        before, last = last, frames(page, name)
        page.wait_for_timeout(500)
        return last == before

    wait_until(is_still, f"the picture of {name} stands still")

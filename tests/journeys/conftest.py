"""What journeys through the room share."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory
from stepdown.timetable.tests.factories import SessionFactory
from tests.copies import Copy
from tests.journeys.scenes import Scene


@pytest.fixture
def scene(product: Copy, new_page: Callable[..., Page]) -> Scene:
    """A session that is on, led by Ines; nobody is there yet."""
    CenterFactory()
    group = GroupFactory(leader=StaffFactory(name="Ines Invented"))
    return Scene(product, new_page, SessionFactory(group=group))


@pytest.fixture
def run(product, new_page):
    """run("layout.js", "m.columns(9, 1000, 700)") -> what the expression gives, with the module as `m`."""
    page = new_page()
    page.goto(f"{product.url}/me/now/")  # of the room, where a page may ask for camera and microphone; in words only

    def evaluate(module: str, expression: str):
        return page.evaluate(f"async () => {{ const m = await import('/static/live/{module}'); return {expression}; }}")

    return evaluate

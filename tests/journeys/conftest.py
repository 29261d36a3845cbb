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

"""Video does not work: a group is shown the way to its standby room, and comes back from there."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Request, Route, expect

from stepdown.live import services_standby
from stepdown.privacy.tests.factories import agreed_with
from tests.browser import PHONE, copy_on
from tests.copies import UP_SECONDS, Copy
from tests.journeys.scenes import Scene, sees, tile

pytestmark = pytest.mark.browser

LONG = UP_SECONDS * 1000


@pytest.fixture(scope="module")
def product(browser_database: str, django_db_blocker: Any) -> Iterator[Copy]:
    """In place of the product that all tests share: one whose only media server can be kept from coming back."""
    with copy_on(browser_database) as copy, django_db_blocker.unblock():
        yield copy


def test_the_way_there_and_back(scene: Scene, axe: Callable[[Page], None]):
    address = f"https://meet.example.org/{uuid4()}?pwd=abc"
    agreed_with("standby")
    services_standby.set_standby_room(group=scene.session.group, address=address, by=scene.session.leader)
    leader, page = scene.leader(), scene.inside("Walt", viewport=PHONE)
    asked: list[Request] = []

    def meets(route: Route) -> None:
        asked.append(route.request)
        route.fulfill(body="A meeting at another service.")

    page.context.route("https://meet.example.org/**", meets)
    sees(leader, "Walt")
    sees(page, "Ines")
    title = page.title()

    scene.product.kill_for_good("janus")

    for one in (page, leader):
        expect(one.get_by_role("heading", name="Video does not work right now")).to_be_visible(timeout=LONG)
        axe(one)
    expect(leader.get_by_text("confirm the attendance of this time by hand")).to_be_visible()
    with page.expect_popup() as elsewhere:
        page.get_by_role("link", name="Go to the standby room").click()
    elsewhere.value.wait_for_load_state()
    assert [request.url for request in asked if request.is_navigation_request()] == [address]
    assert not {"referer", "cookie"} & set(asked[0].all_headers())
    assert elsewhere.value.evaluate("window.opener") is None
    page.reload()
    expect(page.get_by_role("heading", name="Video does not work right now")).to_be_visible(timeout=LONG)

    scene.product.mend("janus")

    expect(page.get_by_role("heading", name="Video works again")).to_be_visible(timeout=LONG)
    assert page.title() == "Video works again."
    sees(page, "Ines")
    expect(tile(leader, "Walt")).to_contain_text("Camera off")
    page.get_by_role("button", name="I am back").click()
    sees(leader, "Walt")
    assert page.title() == title
    expect(page.get_by_role("heading", name="Video works again")).to_be_hidden()


def test_a_group_without_one_is_told_to_stay(scene: Scene, axe: Callable[[Page], None]):
    scene.leader()
    page = scene.inside("Walt", viewport=PHONE, color_scheme="dark")
    scene.product.kill_for_good("janus")
    expect(page.get_by_role("heading", name="Video does not work right now")).to_be_visible(timeout=LONG)
    axe(page)
    expect(page.get_by_text("the room comes back here by itself")).to_be_visible()
    expect(page.get_by_role("link", name="Go to the standby room")).to_be_hidden()
    scene.product.mend("janus")
    sees(page, "Ines")
    expect(page.get_by_role("heading", name="Video works again")).to_be_hidden()


def test_one_that_is_set_or_corrected_meanwhile_is_shown_at_once(scene: Scene, axe: Callable[[Page], None]):
    wrong, right = (f"https://meet.example.org/{uuid4()}" for _ in range(2))
    agreed_with("standby")
    leader, page = scene.leader(), scene.inside("Walt", viewport=PHONE)
    page.context.route("https://meet.example.org/**", lambda route: route.fulfill(body="A meeting elsewhere."))
    way = page.get_by_role("link", name="Go to the standby room")
    changed = page.get_by_role("main").get_by_text("The way to the standby room has changed.")
    scene.product.kill_for_good("janus")
    expect(page.get_by_role("heading", name="Video does not work right now")).to_be_visible(timeout=LONG)

    services_standby.set_standby_room(group=scene.session.group, address=wrong, by=scene.session.leader)
    expect(way).to_have_attribute("href", wrong)
    expect(changed).to_be_hidden()
    with page.expect_popup():
        way.click()

    services_standby.set_standby_room(group=scene.session.group, address=right, by=scene.session.leader)
    expect(way).to_have_attribute("href", right)
    expect(changed).to_be_visible()
    axe(page)
    assert page.title() == "The way to the standby room has changed."
    with page.expect_popup() as elsewhere:
        way.click()
    assert elsewhere.value.url == right
    expect(changed).to_be_hidden()
    leader.reload()
    expect(leader.get_by_role("link", name="Go to the standby room")).to_have_attribute("href", right)

    services_standby.set_standby_room(group=scene.session.group, address="", by=scene.session.leader)
    for one in (page, leader):
        expect(one.get_by_role("link", name="Go to the standby room")).to_be_hidden()
    scene.product.mend("janus")
    sees(page, "Ines")

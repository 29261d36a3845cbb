"""Placing the waitlist in a real browser: asked for, worked out by the worker, approved in part and whole."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, LicenseFactory, StaffFactory
from stepdown.placement.services_chain import stop_chain
from stepdown.placement.services_waitlist import put_on_waitlist
from stepdown.placement.tests.factories import GroupFactory
from stepdown.timetable.tests.factories import SessionFactory
from tests.browser import DESKTOP, PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def open_as(product, new_page):
    """Opens the page of plans as somebody with that role; gives the page."""
    CenterFactory()

    def open_page(role, **options):
        page, cookies = new_page(**options), sign_in(Client(), StaffFactory(roles=[role])).cookies
        page.context.add_cookies(
            [{"name": name, "value": each.value, "url": product.url} for name, each in cookies.items()]
        )
        page.goto(product.url + reverse("placement:plans"))
        return page

    return open_page


def group_in(state, chairs):
    group = GroupFactory(chairs=chairs, days=list(range(7)), licensed=False)
    LicenseFactory(staff=group.leader, state=state)
    for days in range(1, 15):
        SessionFactory(group=group, starts_at=timezone.now() + timedelta(days=days))
    return group


def waiting(names, state):
    by = StaffFactory()
    for name in names:
        episode = EpisodeFactory(patient__first_name=name, patient__last_name="Browser", patient__state=state)
        put_on_waitlist(episode=episode, by=by)


# States where nobody of another test sits or leads.
@pytest.mark.parametrize(
    ("role", "state", "viewport"),
    [(Role.DIRECTOR, "VT", PHONE), (Role.ADMISSIONS, "NH", DESKTOP)],
    ids=["director", "admissions"],
)
def test_a_plan_is_worked_out_approved_in_part_and_then_whole(open_as, axe, role, state, viewport):
    group, names = group_in(state, 3), [f"{name}{state}" for name in ("Ann", "Bea", "Cid")]
    page = open_as(role, viewport=viewport)
    stop_chain(group=group, reason="A plan is made.", by=group.leader)
    waiting(names, state)
    page.get_by_role("button", name="Work out a plan").click()
    page.get_by_role("heading", name="Who would sit where").wait_for()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    boxes = [page.get_by_label(f"Approve {name} Browser for {group.name}") for name in names]
    assert all(box.is_checked() for box in boxes)
    boxes[0].uncheck()
    page.get_by_role("button", name="Offer these chairs").click()
    page.get_by_text("chairs are held for 48 hours").wait_for()
    assert group.seats.held().count() == 2
    boxes[0].check()
    page.get_by_role("button", name="Offer these chairs").click()
    page.get_by_text("Holds the offer.").nth(2).wait_for()
    assert group.seats.held().count() == 3
    axe(page)

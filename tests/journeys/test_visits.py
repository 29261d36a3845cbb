"""A guest and a supervisor in the room, in real browsers."""

import pytest
from playwright.sync_api import expect

from stepdown.live import services_visits, visits
from stepdown.live.models import Visit
from stepdown.people.models import Role
from stepdown.people.tests.factories import StaffFactory
from tests.browser import PHONE
from tests.journeys.scenes import hears, sees, stands_still, tile
from tests.walk_in import as_staff

pytestmark = pytest.mark.browser


def test_a_guest_comes_in_when_everyone_has_agreed_and_sees_no_more_than_the_room(scene, axe):
    leader = scene.leader()
    walt = scene.inside("Walt", viewport=PHONE)
    by = scene.session.leader
    walt.route("**/me/room/*/visits/", lambda route: route.abort())  # his line is down
    with walt.expect_event("requestfailed"):
        guest = services_visits.invite_guest(session=scene.session, name="Sam", why="speaks about sleep", by=by)
    walt.unroute("**/me/room/*/visits/")
    walt.evaluate("window.dispatchEvent(new Event('online'))")
    asked = walt.locator(".visits form")
    expect(asked).to_contain_text("Sam would like to visit the group today: speaks about sleep.")
    hears(walt, "Sam would like to visit the group today")

    page = scene.new_page(viewport=PHONE)
    page.goto(visits.link_of(guest))
    axe(page)
    page.get_by_role("button", name="I keep it to myself. Come in").click()
    expect(page.get_by_role("heading", name="Ines lets you in when the group is ready")).to_be_visible()
    rail = leader.locator("#rail-visits")
    expect(rail).to_contain_text("Not agreed yet: Walt.")
    rail.get_by_role("button", name="Let Sam in").click(force=True)
    expect(leader.locator("[data-trouble]")).to_contain_text("1 of those in the room have not agreed")
    walt.route("**/me/room/*/visits/", lambda route: route.abort())
    asked.get_by_role("button", name="I agree").click()
    expect(asked).to_contain_text("That did not go through. Try again.")
    walt.unroute("**/me/room/*/visits/")
    axe(walt)
    asked.get_by_role("button", name="I agree").click()
    expect(asked).not_to_contain_text("That did not go through")
    expect(asked).to_contain_text("You said yes.")
    expect(rail).not_to_contain_text("Not agreed yet")
    rail.get_by_role("button", name="Let Sam in").click()

    expect(tile(walt, "Sam")).to_contain_text("Guest")
    sees(walt, "Sam")
    sees(page, "Walt")
    expect(page.locator(".rail")).to_have_count(0)
    for one in (page, leader):
        axe(one)
    leader.get_by_role("button", name="Send Sam out").click()
    expect(page.get_by_role("heading", name="You are not in the room any more")).to_be_visible()
    expect(tile(walt, "Sam")).to_have_count(0, timeout=15_000)
    page.goto(visits.link_of(guest))
    expect(page.get_by_role("button", name="I keep it to myself. Come in")).to_have_count(0)


def test_a_supervisor_is_announced_comes_in_muted_and_is_seen_by_all(scene, axe):
    leader = scene.leader()
    walt = scene.inside("Walt", viewport=PHONE)
    leader.goto(scene.url("visits"))
    axe(leader)
    ruth = StaffFactory(name="Ruth Invented", roles=[Role.DIRECTOR])
    leader.reload()
    leader.get_by_label("Colleague").select_option(str(ruth.pk))
    leader.get_by_text("Clinical supervisor", exact=True).click()
    leader.get_by_role("button", name="Name this colleague").click()
    expect(walt.locator(".visits")).to_contain_text("Ruth observes today, as clinical supervisor.")

    page = as_staff(scene.new_page(), scene.product.url, ruth)
    page.goto(scene.url("observe"))
    expect(tile(walt, "Ruth")).to_contain_text("Clinical supervisor")
    expect(tile(walt, "Ruth").get_by_role("img", name="Muted")).to_be_visible()
    sees(walt, "Ruth")
    sees(page, "Walt")
    expect(page.locator(".rail")).to_have_count(0)
    axe(page)


def test_a_guest_at_the_door_stands_in_no_row_and_takes_no_place(scene):
    scene.leader()
    guest = services_visits.invite_guest(
        session=scene.session, name="Sam", why="speaks about sleep", by=scene.session.leader
    )
    page = scene.new_page(viewport=PHONE)
    page.goto(visits.link_of(guest))
    page.get_by_role("button", name="I keep it to myself. Come in").click()
    expect(page.get_by_role("heading", name="Ines lets you in when the group is ready")).to_be_visible()
    hears(page, "Ines lets you in when the group is ready")
    walt = scene.at_door("Walt")
    expect(walt.locator("[data-part=place]")).to_contain_text("You are the first.")
    assert not any("You are the" in said for said in page.evaluate("window.spoken"))


def test_who_observes_while_the_group_is_in_pairs_reads_where_everybody_is_and_hears_nobody(scene, axe):
    leader = scene.leader()
    scene.inside("Walt", viewport=PHONE), scene.inside("Remy")
    ruth = StaffFactory(name="Ruth Invented", roles=[Role.DIRECTOR])
    services_visits.name_colleague(
        session=scene.session, staff=ruth, role=Visit.Role.SUPERVISOR, by=scene.session.leader
    )
    page = as_staff(scene.new_page(), scene.product.url, ruth)
    page.goto(scene.url("observe"))
    sees(page, "Walt")
    leader.get_by_role("button", name="Pairs").click()
    leader.get_by_role("dialog", name="Talk in pairs").get_by_role("button", name="Start the pairs").click()
    note = page.locator("[data-part=in-pairs]")
    expect(note).to_contain_text("The group is in pairs until")
    expect(note).to_contain_text("You see and hear none of them. All come back here by themselves.")
    for name in ("Walt", "Remy"):
        expect(tile(page, name)).to_contain_text("In a pair")
        stands_still(page, name)
    hears(page, "The group is in pairs until")
    axe(page)
    leader.get_by_role("button", name="Bring all back").click()
    expect(note).to_be_hidden()
    sees(page, "Walt")


def test_who_waits_because_they_said_no_reads_so_and_may_agree(scene, axe):
    scene.leader()
    by = scene.session.leader
    guest = services_visits.invite_guest(session=scene.session, name="Sam", why="speaks about sleep", by=by)
    services_visits.let_guest_in(session=scene.session, visit=guest.pk, by=by)
    walt = scene.at_door("Walt", viewport=PHONE)
    place = walt.locator("[data-part=place]")
    expect(place).to_have_text(
        "The group has a visit now, from Sam. You have not agreed to it, so you can come in when it is over, or before "
        "if you agree."
    )
    axe(walt)
    walt.locator(".visits form").get_by_role("button", name="I agree").click()
    expect(place).to_have_text("The group is open. Ines lets you in. You are the first.")

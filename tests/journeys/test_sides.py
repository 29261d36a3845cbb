"""A private word in a side room, in real browsers."""

import re

import pytest
from playwright.sync_api import expect

from stepdown.live import services, services_sides, services_visits
from stepdown.live.models import SideRoom
from stepdown.live.tests.factories import AdmittanceFactory
from stepdown.people.models import Patient
from tests.browser import PHONE
from tests.journeys.scenes import frames, hears, sees, tile

pytestmark = pytest.mark.browser


def test_a_leader_and_a_patient_go_to_a_side_room_and_come_back(scene, axe):
    leader = scene.leader()
    walt, remy = scene.inside("Walt", viewport=PHONE), scene.inside("Remy")
    sees(remy, "Walt")
    leader.get_by_role("button", name="Walt: more").click()
    leader.get_by_role("dialog").get_by_role("button", name="Go to a side room").click()
    expect(leader.locator("#rail-aside")).to_contain_text("Walt is asked to a side room with Ines. No answer yet.")
    asked = walt.locator("[data-part=aside-asked]")
    expect(asked).to_contain_text("Ines asks you to a side room, just the two of you.")
    hears(walt, "Ines asks you to a side room")
    axe(walt)
    asked.get_by_role("button", name="Go there").click()

    for page, mate in ((leader, "Walt"), (walt, "Ines")):
        expect(page.locator("[data-part=aside]")).to_contain_text(
            f"You are in a side room with {mate}. Nobody else sees or hears you."
        )
        expect(page.locator(".tile")).to_have_count(2)
        sees(page, mate)
    expect(tile(remy, "Walt")).to_contain_text("With the counselor")
    expect(tile(remy, "Ines")).to_contain_text("In a side room")
    expect(remy.locator("[data-part=leader-aside]")).to_contain_text(
        "Ines is in a side room and comes back in a moment."
    )
    assert frames(remy, "Walt") == frames(remy, "Ines") == 0
    for page in (leader, walt, remy):
        axe(page)

    walt.get_by_role("button", name="Back to the group").click()
    expect(walt.locator("[data-part=aside]")).to_be_hidden()
    sees(remy, "Walt")
    sees(walt, "Remy")
    sees(leader, "Remy")
    expect(remy.locator("[data-part=leader-aside]")).to_be_hidden()
    assert SideRoom.objects.get(session=scene.session).why == SideRoom.Why.BACK


def test_a_private_word_leads_to_a_side_room_and_the_patient_may_stay(scene):
    leader = scene.leader()
    walt = scene.inside("Walt", viewport=PHONE)
    walt.keyboard.press("p")
    walt.get_by_role("button", name="I want to step out for a minute.").click()
    leader.get_by_role("region", name="Private word").get_by_role("button", name="Go to a side room").click()
    expect(leader.get_by_role("region", name="Private word")).to_contain_text("No answer yet.")
    walt.locator("[data-part=aside-asked]").get_by_role("button", name="Stay with the group").click()
    expect(leader.locator("[data-part=told]")).to_have_text("They would rather stay with the group.")
    expect(walt.locator("[data-part=aside-asked]")).to_be_hidden()
    expect(leader.locator("#rail-aside")).to_have_count(0)
    word = leader.get_by_role("region", name="Private word")
    expect(word.get_by_role("button", name="Go to a side room")).to_be_visible()
    word.get_by_role("button", name="OK, take your time.").click()
    expect(walt.locator("[data-part=word]")).to_contain_text("OK, take your time.")
    sees(leader, "Walt")


def test_who_is_back_in_a_side_room_during_a_break_is_off_again_with_the_group(scene, axe):
    leader = scene.leader()
    walt, remy = scene.inside("Walt", viewport=PHONE), scene.inside("Remy")
    leader.get_by_role("button", name="min break").click()
    for page in (leader, walt, remy):
        expect(page.get_by_role("heading", name="We go on in")).to_be_visible()
    patient = Patient.objects.get(chosen_name="Walt", seats__group=scene.session.group)
    services_sides.ask_aside(session=scene.session, patient=patient, by=scene.session.leader)
    walt.locator("[data-part=aside-asked]").get_by_role("button", name="Go there").click()
    for page, mate in ((leader, "Walt"), (walt, "Ines")):
        expect(page.get_by_role("heading", name="Your camera and microphone are off")).to_be_visible()
        tile(page, mate).click(trial=True)  # nothing covers the faces
    axe(walt)
    for page in (leader, walt):
        page.get_by_role("button", name="I am back").click()
    sees(leader, "Walt")
    walt.reload()
    sees(leader, "Walt")
    walt.get_by_role("button", name="Back to the group").click()
    for page, mate in ((leader, "Walt"), (walt, "Ines")):
        expect(page.get_by_role("heading", name="We go on in")).to_be_visible()
        expect(tile(remy, mate)).to_contain_text("Camera off")
    services.end_break(session=scene.session, by=scene.session.leader)
    expect(walt.get_by_role("heading", name="The group goes on")).to_be_visible()
    expect(tile(remy, "Walt")).to_contain_text("Camera off")
    assert frames(remy, "Walt") == frames(remy, "Ines") == 0


@pytest.mark.parametrize("who", ["leader", "patient"])
def test_who_reloads_in_a_side_room_comes_back_into_it(scene, who):
    leader = scene.leader()
    walt, remy = scene.inside("Walt", viewport=PHONE), scene.inside("Remy")
    leader.get_by_role("button", name="Walt: more").click()
    leader.get_by_role("dialog").get_by_role("button", name="Go to a side room").click()
    walt.get_by_role("button", name="Go there").click()
    sees(leader, "Walt")
    {"leader": leader, "patient": walt}[who].reload()
    for page, mate in ((leader, "Walt"), (walt, "Ines")):
        expect(page.locator("[data-part=aside]")).to_contain_text(f"You are in a side room with {mate}.")
        expect(page.locator(".tile")).to_have_count(2)
        sees(page, mate)
    expect(tile(remy, "Walt")).to_contain_text("With the counselor")
    expect(tile(remy, "Ines")).to_contain_text("In a side room")
    assert frames(remy, "Walt") == frames(remy, "Ines") == 0
    assert SideRoom.objects.get(session=scene.session).ended_at is None


def test_a_leader_talks_first_with_who_waits_and_then_lets_them_in(scene, axe):
    leader = scene.leader()
    remy = scene.inside("Remy")
    walt = scene.at_door("Walt", viewport=PHONE)
    leader.get_by_role("button", name="Talk with Walt first").click()
    expect(leader.locator("#rail-aside")).to_contain_text("Walt is asked to talk with Ines first. No answer yet.")
    asked = walt.locator("[data-part=aside-asked]")
    expect(asked).to_contain_text("Ines would like to talk with you first, just the two of you.")
    axe(walt)
    asked.get_by_role("button", name="Wait here").click()
    expect(leader.locator("[data-part=told]")).to_have_text("They would rather wait.")

    leader.get_by_role("button", name="Talk with Walt first").click()
    asked.get_by_role("button", name="Talk now").click()
    for page, mate in ((leader, "Walt"), (walt, "Ines")):
        expect(page.locator("[data-part=aside]")).to_contain_text(
            f"You are in a side room with {mate}. Nobody else sees or hears you."
        )
        expect(page.locator(".tile")).to_have_count(2)
        sees(page, mate)
        axe(page)
    expect(leader.locator("#rail-aside")).to_contain_text("Walt is not let in yet.")
    expect(remy.locator("[data-part=leader-aside]")).to_contain_text("Ines is in a side room")
    expect(tile(remy, "Walt")).to_have_count(0)

    leader.locator("[data-part=aside]").get_by_role("button", name="Back to the waiting room").click()
    expect(walt.get_by_role("heading", name="The group is open. Ines lets you in. You are the first.")).to_be_visible()
    expect(walt.locator("[data-part=aside]")).to_be_hidden()
    sees(leader, "Remy")
    expect(tile(remy, "Walt")).to_have_count(0)

    leader.get_by_role("button", name="Talk with Walt first").click()
    asked.get_by_role("button", name="Talk now").click()
    sees(walt, "Ines")
    leader.locator("[data-part=aside]").get_by_role("button", name="Let Walt in").click()
    for page, mate in ((walt, "Remy"), (remy, "Walt"), (leader, "Walt")):
        sees(page, mate)
    hears(walt, "You are with the group now.")
    walt.wait_for_timeout(5000)  # longer than a coming takes to be spoken
    assert not any("joined" in said for said in walt.evaluate("window.spoken"))


def test_who_waits_again_after_a_talk_has_left_its_pause_and_chat_behind(scene):
    leader = scene.leader()
    walt = scene.at_door("Walt")
    leader.get_by_role("button", name="Talk with Walt first").click()
    walt.get_by_role("button", name="Talk now").click()
    sees(walt, "Ines")
    leader.get_by_role("button", name="Open chat").click()
    expect(walt.get_by_label("Your line")).to_be_visible()
    leader.keyboard.press("Shift+P")
    expect(walt.get_by_role("heading", name="The room is paused")).to_be_visible()
    leader.locator("#rail-aside").get_by_role("button", name="Back to the waiting room").click()
    expect(walt.locator("[data-part=place]")).to_be_visible()
    expect(walt.locator("[data-part=rest]")).to_be_hidden()
    expect(walt.get_by_label("Your line")).to_be_hidden()
    expect(walt.locator("[data-part=mirror-off]")).to_be_hidden()


def test_who_was_let_in_before_goes_from_a_talk_to_the_group_once_no_guest_keeps_them_out(scene):
    leader, by = scene.leader(), scene.session.leader
    guest = services_visits.invite_guest(session=scene.session, name="Sam", why="speaks about sleep", by=by)
    services_visits.let_guest_in(session=scene.session, visit=guest.pk, by=by)
    walt = scene.at_door("Walt", viewport=PHONE)
    patient = Patient.objects.get(chosen_name="Walt", seats__group=scene.session.group)
    AdmittanceFactory(session=scene.session, patient=patient)
    leader.get_by_role("button", name="Talk with Walt first").click()
    walt.get_by_role("button", name="Talk now").click()
    places = [page.locator("[data-part=aside]") for page in (leader, walt)]
    for place in places:
        expect(place.get_by_role("button", name="Back to the waiting room")).to_be_visible()
    services_visits.send_visit_out(session=scene.session, visit=guest.pk, by=by)
    for place in places:
        expect(place.get_by_role("button")).to_have_text(["Back to the group"])
    places[1].get_by_role("button").click()
    for page, mate in ((leader, "Walt"), (walt, "Ines")):
        expect(page.locator("[data-part=aside]")).to_be_hidden()
        sees(page, mate)


def test_a_group_talks_in_pairs_for_some_minutes(scene, axe):
    leader = scene.leader()
    walt, remy = scene.inside("Walt", viewport=PHONE), scene.inside("Remy")
    leader.get_by_role("button", name="Pairs").click()
    dialog = leader.get_by_role("dialog", name="Talk in pairs")
    dialog.get_by_label("Minutes").fill("12")
    dialog.get_by_label("Walt").select_option("pair 1")
    axe(leader)
    dialog.get_by_role("button", name="Start the pairs").click()
    for page, mate in ((walt, "Remy"), (remy, "Walt")):
        expect(page.locator("[data-part=aside]")).to_contain_text(f"You are in a pair with {mate}.")
        expect(page.locator("[data-part=aside] [data-pairs-left]")).to_contain_text("11:")
        sees(page, mate)
    expect(tile(leader, "Walt")).to_contain_text("In a pair")
    axe(walt)
    axe(leader)

    leader.get_by_role("button", name="Tell all pairs").click()
    leader.get_by_label("Or in your words").fill("Listen first.")
    leader.keyboard.press("Enter")
    expect(walt.locator("[data-part=told]")).to_have_text("Ines: Listen first.")
    leader.get_by_role("button", name="Tell all pairs").click()
    leader.get_by_role("button", name="Two more minutes.").click()
    expect(walt.locator("[data-part=told]")).to_have_text("Ines: Two more minutes.")
    leader.get_by_role("button", name="Go to pair 1").click()
    sees(leader, "Walt")
    expect(tile(walt, "Ines")).to_be_visible()
    three = re.compile("You are in a small group with (Remy and Ines|Ines and Remy)\\.")
    expect(walt.locator("[data-part=aside]")).to_contain_text(three)
    leader.get_by_role("button", name="Back to the main room").click()
    expect(leader.locator("[data-part=aside]")).to_be_hidden()
    leader.get_by_role("button", name="Bring all back").click()
    sees(leader, "Remy")
    sees(walt, "Ines")
    expect(walt.locator("[data-part=aside]")).to_be_hidden()

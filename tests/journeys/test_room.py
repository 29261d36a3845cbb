"""The room, as people have it: real browsers, the real live process and the real media server."""

import json

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from stepdown.live import queries, services_leading, services_visits
from stepdown.live.services import tell_live
from stepdown.people.models import Patient
from stepdown.people.services import end_device
from tests import database
from tests.browser import DESKTOP, PHONE
from tests.copies import UP_SECONDS, wait_until
from tests.journeys.scenes import hears, sees, tile
from tests.walk_in import as_patient

pytestmark = pytest.mark.browser

# A test has no telephone: Chromium would ask which program dials, and take nothing else in meanwhile. Said to the page
# and not to the link, which may be put in anew.
NO_TELEPHONE = """() => document.addEventListener("click", (event) => {
    if (event.target.closest("a[href^='tel:']")) event.preventDefault();
}, true)"""


def test_three_people_see_each_other(scene):
    leader = scene.leader()
    first, second = scene.inside("Walt", viewport=PHONE), scene.inside("Remy")
    sees(leader, "Walt")
    sees(leader, "Remy")
    sees(first, "Ines")
    sees(first, "Remy")
    sees(second, "Ines")
    sees(second, "Walt")


def test_a_patient_waits_until_the_leader_lets_them_in(scene):
    page = scene.at_door("Walt")
    expect(page.locator("[data-part=place]")).to_have_text("Ines lets you in when the group opens. You are the first.")
    nobody_leads = page.locator("[data-part=leader-away]")
    expect(nobody_leads).to_be_hidden()
    services_leading.leader_away(session=scene.session, since=timezone.now())
    expect(nobody_leads).to_contain_text("No leader is in the room right now. We have told the center")
    leader = scene.leader()
    expect(nobody_leads).to_be_hidden()
    assert page.evaluate("window.spoken").count("Someone is there now who leads the group.") == 1
    expect(page.locator("[data-part=place]")).to_have_text("The group is open. Ines lets you in. You are the first.")
    expect(page.locator(".tile")).to_have_count(0)
    leader.get_by_role("button", name="Let Walt in").click()
    expect(tile(page, "Walt (you)")).to_be_visible()


def test_the_group_hears_a_chosen_name_only(scene):
    """RULE PRIV-37."""
    leader = scene.leader()
    page = scene.inside("Walt")
    expect(tile(page, "Ines")).to_be_visible()
    expect(tile(leader, "Walt")).to_be_visible()
    last_names = [seat.patient.last_name for seat in scene.session.group.seats.all()]
    assert not any(name in page.content() for name in [*last_names, "Invented"])


def test_a_leader_who_sits_in_the_room_is_still_here_for_their_other_pages(scene):
    """The session is locked when nothing was done for a while; to sit with the group is something."""
    leader = scene.leader()
    with leader.expect_response(lambda answer: answer.url.endswith(reverse("still_here"))) as told:
        leader.reload()
    assert (told.value.request.method, told.value.status) == ("POST", 200)


def test_a_microphone_and_a_camera_that_are_off_are_off_for_everyone(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    sees(leader, "Walt")
    page.keyboard.press("m")
    page.keyboard.press("c")
    expect(tile(leader, "Walt").get_by_role("img", name="Muted")).to_be_visible()
    expect(tile(leader, "Walt")).to_contain_text("Camera off")
    page.get_by_role("button", name="Camera on").click()
    page.get_by_role("button", name="Unmute").click()
    expect(tile(leader, "Walt").get_by_role("img", name="Sound on")).to_be_visible()
    sees(leader, "Walt")


def test_who_is_muted_by_the_leader_may_speak_again(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    leader.get_by_role("button", name="Mute Walt").click()
    expect(page.locator("[data-part=trouble]")).to_contain_text("Ines turned your microphone off.")
    expect(tile(leader, "Walt").get_by_role("img", name="Muted")).to_be_visible()
    page.get_by_role("button", name="Unmute").click()
    expect(tile(leader, "Walt").get_by_role("img", name="Sound on")).to_be_visible()


def test_who_is_sent_out_may_ask_to_come_back(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    leader.get_by_role("button", name="Send Walt out").click()
    asking = leader.get_by_role("dialog", name="Send out?")
    expect(asking).to_contain_text("Walt neither sees nor hears the group then")
    expect(page.get_by_role("heading", name="You were asked to step out")).to_be_hidden()
    asking.get_by_role("button", name="Send out").click()
    expect(page.get_by_role("heading", name="You were asked to step out")).to_be_visible()
    expect(tile(leader, "Walt")).to_have_count(0)
    page.get_by_role("button", name="Ask to come back").click()
    expect(page.locator("[data-part=place]")).to_be_visible()
    expect(leader.get_by_role("button", name="Let Walt in")).to_be_visible()


def test_after_a_break_nobody_is_seen_before_they_say_so(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    sees(leader, "Walt")
    leader.keyboard.press("b")
    expect(page.get_by_role("heading", name="We go on in")).to_be_visible()
    expect(tile(leader, "Walt")).to_contain_text("Camera off")
    expect(page.locator(".room-clock")).to_contain_text("left of the break")
    page.get_by_role("button", name="Keep camera off").click()
    page.get_by_role("button", name="Camera on later").click()
    page.get_by_role("button", name="Stay muted").click()
    hears(page, "Your microphone stays off when you are back.")
    expect(page.get_by_role("button", name="Unmute later")).to_be_visible()
    leader.get_by_role("button", name="End break").click()
    expect(page.get_by_role("heading", name="The group goes on")).to_be_visible()
    expect(tile(leader, "Walt")).to_contain_text("Camera off")
    sees(page, "Ines")
    page.get_by_role("button", name="I am back").click()
    sees(leader, "Walt")
    expect(tile(leader, "Walt").get_by_role("img", name="Muted")).to_be_visible()


def test_a_page_that_is_loaded_again_is_back_without_waiting(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    sees(page, "Ines")
    page.reload()
    sees(page, "Ines")
    sees(leader, "Walt")
    expect(leader.locator(".tile")).to_have_count(2)


def test_a_second_device_takes_over_and_gives_back(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    patient = Patient.objects.get(seats__group=scene.session.group)
    phone = as_patient(scene.new_page(viewport=PHONE), scene.product.url, patient)
    phone.goto(scene.url("room"))
    expect(page.get_by_role("heading", name="You opened this on another device")).to_be_visible()
    sees(phone, "Ines")
    page.get_by_role("button", name="Come back here").click()
    sees(page, "Ines")
    expect(leader.locator(".tile")).to_have_count(2)


def test_a_device_that_is_ended_elsewhere_shows_nothing_of_the_group_any_more(scene):
    leader = scene.leader()
    page = scene.inside("Walt", viewport=PHONE)
    sees(page, "Ines")
    patient = Patient.objects.get(seats__group=scene.session.group)
    services_visits.invite_guest(session=scene.session, name="Sam", why="speaks", by=scene.session.leader)
    expect(page.locator(".visits")).to_contain_text("Sam")
    page.get_by_role("button", name="Tell Ines").click()
    page.get_by_role("button", name="I need help.").click()
    expect(page.locator("[data-part=word]")).to_contain_text("Ines has it.")
    page.get_by_role("button", name="Get help").click()
    expect(page.locator("#help")).to_contain_text("1200 Example Street")

    end_device(device=patient.devices.get(), by=scene.session.leader)

    expect(page.get_by_role("heading", name="You were signed out on this device")).to_be_visible()
    expect(page.locator("video:visible, .room-note:visible, .help-here:visible")).to_have_count(0)
    expect(page.locator("#say")).to_be_empty()
    kept = page.locator("#main").inner_html()
    assert [said for said in ("Sam", "Ines has it.", "1200 Example Street") if said in kept] == []
    expect(tile(leader, "Walt")).to_have_count(0)
    page.get_by_role("button", name="Sign in again").click()
    expect(page.get_by_role("heading", name="You were signed out on this device")).to_have_count(0)


def test_who_leaves_can_come_back(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", name="You left the room")).to_be_visible()
    expect(tile(leader, "Walt")).to_have_count(0)
    page.get_by_role("button", name="Come back").click()
    sees(page, "Ines")
    leader.get_by_role("button", name="End or leave").click()
    leader.get_by_role("button", name="Leave, keep it open").click()
    expect(leader.get_by_role("heading", name="You left the room")).to_be_visible()
    expect(leader.locator(".rail:visible, #emergency details")).to_have_count(0)


def test_the_end_is_the_end_for_everyone(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    leader.keyboard.press("b")
    leader.get_by_role("button", name="End break").click()
    expect(page.get_by_role("heading", name="The group goes on")).to_be_visible()
    leader.get_by_role("button", name="More", exact=True).click()
    leader.get_by_role("button", name="End or leave").click()
    leader.get_by_role("button", name="End for everyone").click()
    expect(page.get_by_role("heading", name="The group is over for today")).to_be_visible()
    expect(page.locator(".room-clock")).to_be_hidden()
    expect(leader.get_by_role("heading", name="has ended")).to_be_visible()
    expect(page.get_by_role("button", name="I am back")).to_be_hidden()
    leader.get_by_role("button", name="Open the room again").click()
    expect(page.locator("[data-open]")).to_be_visible(timeout=UP_SECONDS * 1000)
    hears(page, "Your group is meeting again.")
    page.get_by_role("button", name="Come back").click()
    sees(leader, "Walt")


def test_who_waits_when_the_room_is_ended_by_mistake_hears_when_it_is_opened_again(scene):
    leader = scene.leader()
    page = scene.at_door("Walt", viewport=PHONE)
    leader.get_by_role("button", name="End or leave").click()
    leader.get_by_role("button", name="End for everyone").click()
    expect(page.get_by_role("heading", name="The group has ended for today.")).to_be_visible()
    leader.get_by_role("button", name="Open the room again").click()
    hears(page, "Your group is meeting again.")
    page.get_by_role("link", name="Go to your group").click()
    leader.get_by_role("button", name="Let Walt in").click()
    sees(leader, "Walt")


def test_who_still_waits_when_the_meeting_is_called_off_reads_so(scene):
    page = scene.at_door("Walt")
    scene.session.cancelled_at = timezone.now()
    scene.session.save()
    tell_live(scene.session)
    expect(page.get_by_role("heading", name="This meeting was called off.")).to_be_visible()
    expect(page.get_by_role("link", name="Call us")).to_be_visible()


def test_pictures_come_back_by_themselves_when_the_media_server_is_killed(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    sees(leader, "Walt")
    scene.product.kill("janus")
    sees(leader, "Walt")
    sees(page, "Ines")


def test_pictures_go_on_when_the_live_process_is_killed_and_the_controls_come_back(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    sees(leader, "Walt")
    file = scene.product.home / "lines.json"
    wait_until(lambda: len(json.loads(file.read_text())["lines"]) == 2, "both lines are kept for the next process")
    join = tile(leader, "Walt").get_attribute("data-join")
    picture = tile(leader, "Walt").locator("video").evaluate("(video) => video.srcObject.getVideoTracks()[0].id")

    scene.product.kill("live")

    sees(leader, "Walt")
    sees(page, "Ines")
    expect(leader.locator("[data-part=away]")).to_be_hidden(timeout=UP_SECONDS * 1000)
    leader.get_by_role("button", name="Pause the room").click()
    expect(page.get_by_role("heading", name="The room is paused")).to_be_visible()
    assert tile(leader, "Walt").get_attribute("data-join") == join
    assert tile(leader, "Walt").locator("video").evaluate("(v) => v.srcObject.getVideoTracks()[0].id") == picture


def test_pages_find_back_by_themselves_when_web_live_and_database_go_at_once(scene):
    leader = scene.leader()
    page = scene.inside("Walt")
    sees(leader, "Walt")
    with database.interrupted(str(connection.settings_dict["NAME"])):
        scene.product.kill("live")
        scene.product.kill("web")
        expect(page.locator("[data-part=away]")).to_be_visible()
    expect(page.locator("[data-part=away]")).to_be_hidden(timeout=UP_SECONDS * 1000)
    expect(leader.locator("[data-part=away]")).to_be_hidden(timeout=UP_SECONDS * 1000)
    leader.get_by_role("button", name="Pause the room").click()
    expect(page.get_by_role("heading", name="The room is paused")).to_be_visible()
    leader.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="I am back").click()
    sees(leader, "Walt")
    (stay,) = queries.stays(scene.session).values()
    assert len(stay) == 1


def test_an_emergency_card_says_where_a_patient_is(scene):
    leader = scene.leader()
    scene.inside("Walt")
    leader.get_by_role("button", name="Emergency").press("Space")
    leader.locator("#emergency summary").click()
    expect(leader.locator("#emergency")).to_contain_text("1200 Example Street, Apt 4, Sampleton")
    expect(tile(leader, "Walt")).to_be_visible()


def test_what_happened_is_written_down_on_the_card_without_leaving_the_room(scene):
    leader = scene.leader()
    scene.inside("Walt")
    leader.get_by_role("button", name="Emergency").click()
    leader.locator("#emergency summary").click()
    leader.get_by_role("button", name="Something happened to Walt").click()
    leader.get_by_role("button", name="911 called").click()
    expect(leader.locator("#emergency li")).to_contain_text("911 called")
    expect(leader.get_by_role("button", name="911 called")).to_be_focused()
    expect(tile(leader, "Walt")).to_be_visible()


def test_a_call_from_the_rail_is_kept_and_what_came_of_it_is_one_tap(scene):
    scene.patient("Gus")
    leader = scene.leader()
    leader.evaluate(NO_TELEPHONE)
    leader.get_by_role("link", name="Call Gus").click()
    leader.get_by_role("button", name="No answer").click()
    expect(leader.locator("#rail-missing")).to_contain_text(", no answer.")


def test_a_button_under_the_finger_is_not_exchanged_when_somebody_else_comes(scene):
    leader = scene.leader()
    scene.at_door("Remy")
    let_in = leader.get_by_role("button", name="Let Remy in")
    let_in.hover()
    leader.mouse.down()
    with leader.expect_response(scene.url("waiting")):
        scene.at_door("Sam")
    leader.mouse.up()
    expect(tile(leader, "Remy")).to_be_visible()
    expect(leader.get_by_role("button", name="Let Sam in")).to_be_visible()


def test_get_help_tells_the_address_and_covers_nobody(scene):
    scene.leader()
    page = scene.inside("Walt", viewport=PHONE)
    opener = page.get_by_role("button", name="Get help")
    opener.press("Space")
    expect(page.locator("#help")).to_contain_text("Tell them where you are: 1200 Example Street, Apt 4, Sampleton, MN.")
    expect(page.locator("#help").get_by_role("link", name="Call 988")).to_be_visible()
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(tile(page, "Ines")).to_be_visible()
    page.locator("#help").get_by_role("button", name="Close").click()
    expect(page.locator("#help")).to_be_hidden()
    expect(opener).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_room_is_accessible(scene, axe, viewport):
    leader = scene.leader(viewport=viewport)
    waiting = scene.at_door("Remy", viewport=viewport)
    axe(waiting)
    axe(leader)
    page = scene.inside("Walt", viewport=viewport)
    expect(tile(page, "Ines")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Get help").click()
    page.get_by_role("heading", name="Get help now").wait_for()
    axe(page)
    leader.get_by_role("button", name="Emergency").click()
    expect(leader.locator("#emergency details")).to_have_count(2)
    axe(leader)


def test_what_can_no_longer_be_done_is_not_offered(scene):
    scene.leader()
    page = scene.inside("Walt")
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", name="You left the room")).to_be_visible()
    expect(page.locator(".ctl:visible")).to_have_count(0)


def test_who_comes_while_the_pages_are_away_is_seen_once_they_are_back(scene):
    leader = scene.leader()
    leader.route("**/people/", lambda route: route.abort())
    page = scene.inside("Walt")
    sees(page, "Ines")
    expect(tile(leader, "Walt")).to_have_count(0)
    leader.unroute("**/people/")
    sees(leader, "Walt")


@pytest.mark.parametrize("then", ["another network", "time passes"])
def test_a_ticket_that_is_never_answered_keeps_nobody_out(scene, then):
    leader = scene.leader()
    page = scene.at_door("Walt")
    leader.get_by_role("button", name="Let Walt in").click()
    sees(page, "Ines")
    asked = []
    page.clock.install()
    page.route("**/ticket/", lambda route: asked.append(route))  # and no answer
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until(lambda: page.evaluate("1") and asked, "a ticket is asked for")
    page.unroute("**/ticket/")
    if then == "another network":
        page.evaluate("window.dispatchEvent(new Event('online'))")
    else:
        page.clock.fast_forward("00:15")
    sees(page, "Ines")

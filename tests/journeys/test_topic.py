"""Another topic is chosen while people are in the room, in real browsers."""

import pytest
from django.urls import translate_url
from playwright.sync_api import expect

from stepdown.timetable.models import Handout
from stepdown.timetable.services_topics import choose_topic
from tests.browser import PHONE
from tests.journeys.scenes import hears, tile

pytestmark = pytest.mark.browser


def test_a_topic_chosen_in_the_meeting_reaches_everyone_in_their_language(scene):
    before, after, despues = (
        Handout.objects.select_related("topic").get(topic__week=1, topic__place=place, language=language)
        for place, language in ((1, "en"), (2, "en"), (2, "es"))
    )
    choose_topic(session=scene.session, topic=before.topic, by=scene.session.leader)
    leader = scene.leader()
    walt, remy = scene.inside("Walt", viewport=PHONE), scene.inside("Remy")
    remy.goto(translate_url(scene.url("room"), "es"))
    expect(tile(remy, "Remy (usted)")).to_be_visible()
    waits = scene.at_door("Noor")
    leader.locator(".room-title").get_by_role("button", name="Handout").click()
    expect(leader.locator("[data-side=handout]")).to_contain_text(before.tool)

    choose_topic(session=scene.session, topic=after.topic, by=scene.session.leader)
    for page in (leader, walt):
        hears(page, f"The topic is now: {after.title}")
        expect(page.locator(".room-title")).to_contain_text(after.title)
        expect(page.locator(".agenda")).to_contain_text(f"Skills: {after.title}")
    expect(leader.locator("[data-side=handout]")).to_be_visible()
    expect(leader.locator("[data-side=handout]")).to_contain_text(after.tool)
    expect(waits.locator("[data-when=waiting] [data-topic-name]")).to_have_text(after.title)
    hears(remy, f"El tema ahora es: {despues.title}")
    expect(remy.locator(".topic [data-topic-name]")).to_have_text(despues.title)
    expect(remy.locator(".topic [data-topic-name]")).to_have_attribute("lang", "es")
    expect(remy.locator("[data-side=handout]")).to_contain_text(despues.tool)

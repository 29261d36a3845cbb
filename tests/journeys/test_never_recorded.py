"""RULE PRIV-39 in a whole session that is really held: nothing of it is recorded, and no page could record it."""

from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from stepdown.live import services_inside
from tests.browser import PHONE
from tests.consistency.test_nothing_is_recorded import RECORDS
from tests.journeys.scenes import hears, sees, tile

pytestmark = pytest.mark.browser

SAID = "Quizzical zephyr 7714"  # in the chat, and nowhere else
SCRIPTS = (
    """() => performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.endsWith(".js"))"""
)


def cannot_record(page: Page) -> None:
    """No script that the page has loaded records, and the browser would not let any look at the screen."""
    served = page.evaluate(SCRIPTS)
    assert any("/live/room" in url for url in served)
    for url in served:
        assert not RECORDS.search(page.request.get(url).text()), url
    allowed = page.evaluate("document.featurePolicy.allowedFeatures()")
    assert {"camera", "microphone"} <= set(allowed)
    assert "display-capture" not in allowed
    frames = page.evaluate("document.querySelectorAll('iframe, object, embed').length")
    assert frames == 0


def modules_of(pid: int) -> set[str]:
    """Names of the libraries that a process has loaded, without their versions."""
    maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
    return {Path(line.split()[-1]).name.split(".so")[0] for line in maps if ".so" in line}


def test_nothing_of_a_whole_session_is_recorded(scene):
    """RULE PRIV-39."""
    leader = scene.leader()
    page = scene.inside("Walt", viewport=PHONE)
    sees(leader, "Walt")
    sees(page, "Ines")
    for one in (leader, page):
        cannot_record(one)

    services_inside.decide(session=scene.session, what="chat", on=True, by=scene.session.leader)
    page.get_by_role("button", name="Chat").click()
    page.get_by_label("Your line").fill(SAID)
    page.keyboard.press("Enter")
    expect(leader.get_by_role("log", name="Chat")).to_contain_text(SAID)
    page.keyboard.press("h")
    expect(tile(leader, "Walt")).to_contain_text("hand up")

    servers = [modules_of(int(path.read_text())) for path in (scene.product.home / "pids").glob("janus*")]
    assert servers
    for loaded in servers:
        plugins = {name for name in loaded if name.startswith("libjanus_")}
        assert plugins == {"libjanus_videoroom", "libjanus_websockets", "libjanus_wsevh"}

    leader.get_by_role("button", name="End or leave").click()
    leader.get_by_role("button", name="End for everyone").click()
    expect(page.get_by_role("heading", name="The group is over for today")).to_be_visible()
    hears(page, "The chat is closed. Its lines are gone.")
    assert SAID not in page.content()
    assert page.evaluate("Object.values({ ...localStorage, ...sessionStorage }).join()").find(SAID) == -1

    kept = [path for path in scene.product.home.rglob("*") if path.is_file() and "data" not in path.parts]
    assert kept
    assert not [path for path in kept if path.suffix in {".mjr", ".wav", ".opus", ".webm", ".mkv", ".pcap"}]
    assert not [path for path in kept if SAID.encode() in path.read_bytes()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"select count(*) from {name} t where t::text like %s", [f"%{SAID}%"])
            assert cursor.fetchone() == (0,), table

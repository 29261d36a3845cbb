"""The ground the browser tests stand on."""

import os
import signal

import pytest

from tests import browser

pytestmark = pytest.mark.browser


def test_a_browser_that_has_a_camera_is_refused_it_outside_the_room(product, new_page):
    page = new_page()

    page.goto(product.url)
    answer = page.evaluate("() => navigator.mediaDevices.getUserMedia({ video: true }).catch((why) => why.name)")

    assert answer == "NotAllowedError"


@pytest.mark.parametrize("name", ["web", "live", "worker", "janus"])
def test_a_killed_process_is_back(product, name):
    before = product.pid(name)

    product.kill(name)

    assert product.pid(name) != before


def test_a_browser_that_hangs_is_ended_and_the_next_page_opens_in_a_new_one(chromium, monkeypatch):
    monkeypatch.setattr(browser, "HANGS", 0.5)
    hanging = browser.Chromium(chromium.playwright)
    context = hanging.new_context()
    (main,) = hanging.processes()
    os.kill(main, signal.SIGSTOP)
    hanging.close(context)
    page = hanging.new_context().new_page()
    assert page.evaluate("1 + 1") == 2
    assert main not in hanging.processes()
    hanging.stop()


def test_a_start_on_a_server_of_somebody_else_looks_over_the_settings(product):
    """Its tables were brought up before, so that nothing is migrated; the way there is looked at all the same."""
    assert not (product.home / "logs" / "migrate.log").exists()
    assert "System check identified" in (product.home / "logs" / "check.log").read_text()

"""The ground the browser tests stand on."""

import pytest

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

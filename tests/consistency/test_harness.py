"""The ground the browser tests stand on."""

import pytest

pytestmark = pytest.mark.browser


def test_a_browser_sees_the_product_and_camera(product, new_page):
    page = new_page()

    page.goto(product.url)
    tracks = page.evaluate(
        """async () => {
            const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
            return stream.getTracks().map((track) => track.kind).sort();
        }"""
    )

    assert tracks == ["audio", "video"]


@pytest.mark.parametrize("name", ["web", "live", "worker", "janus"])
def test_a_killed_process_is_back(product, name):
    before = product.pid(name)

    product.kill(name)

    assert product.pid(name) != before

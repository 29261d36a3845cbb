"""Every part of the product, seen in a real browser."""

import pytest

from tests.browser import DESKTOP, PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"])
def test_every_part_can_be_used_by_everyone(product, new_page, axe, viewport, scheme):
    page = new_page(viewport=viewport, color_scheme=scheme)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    page.goto(f"{product.url}/gallery/")
    page.get_by_role("button", name="Urge").first.wait_for()

    axe(page)
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_is_cut_off_at_the_narrowest_width(product, new_page):
    page = new_page(viewport={"width": 320, "height": 700})

    page.goto(f"{product.url}/gallery/")

    assert page.evaluate("document.documentElement.scrollWidth") == 320

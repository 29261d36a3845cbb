import types

import pytest

from stepdown.ui import center, navigation


@pytest.fixture(autouse=True)
def a_center(monkeypatch):
    """The frame of a page names the center; no test here needs one in the database."""
    made_up = types.SimpleNamespace(name="Fernbrook Center", phone="+15125550100")
    monkeypatch.setattr(center, "_provider", [lambda: made_up])


@pytest.fixture(autouse=True)
def no_menus(monkeypatch):
    """Pages of other stages are not here; a test that needs a menu registers its own items."""
    for name in ("staff", "patient", "public"):
        monkeypatch.setattr(navigation, name, navigation.Menu())
    monkeypatch.setattr(navigation, "search_url_name", None)

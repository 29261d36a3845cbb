import types

import pytest

from stepdown.ui import center


@pytest.fixture(autouse=True)
def a_center(monkeypatch):
    """The frame of a page names the center; no test here needs one in the database."""
    made_up = types.SimpleNamespace(name="Fernbrook Center", phone="+15125550100")
    monkeypatch.setattr(center, "_provider", [lambda: made_up])

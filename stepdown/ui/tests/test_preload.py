"""Pages that must start soon name all their modules at once."""

import pytest
from django.template import Context, Template

from stepdown.ui.scripts import needed_by


def test_all_that_is_imported_is_named_once_the_nearest_first():
    names = needed_by("live/room.js")
    assert names[0] == "live/room.js"
    assert len(set(names)) == len(names)
    assert {"ui/say.js", "live/media.js", "live/backoff.js"} <= set(names)  # from it, from another, from a third
    assert names.index("live/signaling.js") < names.index("live/backoff.js")


def test_a_module_that_is_not_there_is_told():
    with pytest.raises(LookupError, match=r"live/nothing\.js"):
        needed_by("live/nothing.js")


def test_two_modules_share_what_they_need():
    html = Template('{% preload "live/room" "live/rail" %}').render(Context())
    assert html.count('rel="modulepreload"') == html.count("<link") == len({*html.split("\n")})
    assert html.count("ui/say") == 1

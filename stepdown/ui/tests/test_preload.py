"""Pages that must start soon name all their modules at once."""

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template

from stepdown.ui.scripts import needed_by


@pytest.fixture
def written(tmp_path, settings):
    """written(name, text): a module among the static files."""
    settings.STATICFILES_DIRS = [tmp_path]
    finders.get_finder.cache_clear()
    yield lambda name, text: (tmp_path / name).write_text(text)
    finders.get_finder.cache_clear()


def test_all_that_is_imported_is_named_once_the_nearest_first(written):
    written("first.js", 'import { a } from "./second.js";\nimport * as b from "./third.js";\nimport "./alone.js";\n')
    written("second.js", 'import {\n  far,\n} from "./far.js";\nimport { b } from "./third.js";\n')
    written("third.js", 'export { far } from "./far.js";\nimport { first } from "./first.js";\n')
    written("alone.js", "const text = \"import this from './never.js'\";\n")
    written("far.js", "export const far = 1;\n")
    assert needed_by("first.js") == ("first.js", "second.js", "third.js", "alone.js", "far.js")


def test_the_room_names_what_its_parts_need_too():
    assert {"ui/say.js", "live/media.js", "live/backoff.js"} <= set(needed_by("live/room.js"))


def test_a_module_that_is_not_there_is_told():
    with pytest.raises(LookupError, match=r"live/nothing\.js"):
        needed_by("live/nothing.js")


def test_two_modules_share_what_they_need():
    html = Template('{% preload "live/room" "live/rail" %}').render(Context())
    assert html.count('rel="modulepreload"') == html.count("<link") == len({*html.split("\n")})
    assert html.count("ui/say") == 1

"""Faces stay on the page they are shown on, and phones play them there."""

import re

import pytest

from tests.consistency.files import files, name

TAG = re.compile(r"<(video|audio)\b([^>]*)>")
SEEN = {"autoplay", "playsinline", "muted", "disablepictureinpicture", "disableremoteplayback"}
"""An iPhone shows a picture without `playsinline` full-screen, and begins none by itself that is not muted. The others
keep a browser from putting a face into a window of its own, over others, or on a television."""
HEARD = {"autoplay", "disableremoteplayback"}
WITH_FACES = [path for path in files(".html") if TAG.search(path.read_text())]


@pytest.mark.parametrize("path", WITH_FACES, ids=name)
def test_faces_and_voices_play_on_the_page_and_nowhere_else(path):
    for kind, said in TAG.findall(path.read_text()):
        words = set(re.sub(r'[\w-]+="[^"]*"', "", said).split())
        needs = {"video": SEEN, "audio": HEARD}[kind]
        assert "hidden" in words or words >= needs, f"<{kind}> lacks {needs - words}"


def test_there_are_faces_to_look_at():
    assert WITH_FACES

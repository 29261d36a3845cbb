"""Pages keep to what Safari 17.4, Firefox 121, Chrome and Edge 120 know (docs/operations.md, "Browsers"), and faces
stay on the page they are shown on, where phones play them."""

import re

import pytest

from tests.consistency.files import ROOT, files, name

TAG = re.compile(r"<(video|audio)\b([^>]*)>")
SEEN = {"autoplay", "playsinline", "muted", "disablepictureinpicture", "disableremoteplayback"}
"""An iPhone shows a picture without `playsinline` full-screen, and begins none by itself that is not muted. The others
keep a browser from putting a face into a window of its own, over others, or on a television."""
HEARD = {"autoplay", "disableremoteplayback"}
WITH_FACES = [path for path in files(".html") if TAG.search(path.read_text())]

SCRIPTS = [path for path in files(".js", within=("stepdown",)) if "static" in path.parts]
STYLES = [path for path in files(".css", within=("stepdown",)) if "static" in path.parts]
TOO_NEW = {
    # What is written -> what does not know it yet. Source: MDN's table of each.
    r"\bPromise\.try\b": "Safari 18.1",
    r"\bArray\.fromAsync\b": "Chrome 120",
    r"\.(isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference|intersection|difference|union)\(": "Firefox 126",
    r"\bIterator\.|\.(values|keys|entries)\(\)\.(map|filter|some|every|find|reduce|toArray|take)\(": "Safari 18.3",
    r"\brequestIdleCallback\b": "Safari",
    r"\bstartViewTransition\b": "Firefox 143",
    r"\bRegExp\.escape\b|\.(fromBase64|toBase64|fromHex|toHex)\(": "Chrome 132",
    r"\bshowPopover\b|\btogglePopover\b": "Firefox 124",
    r"\bURL\.parse\b": "Safari 17",
    r"\bnew (CloseWatcher|URLPattern)\b|\bscheduler\.|\bnavigation\.": "Safari 18",
}
TOO_NEW_STYLE = {
    r"\blight-dark\(": "Safari 17.4",
    r"@scope\b|@starting-style\b|@property\b|\banchor-name\b|\bposition-anchor\b|\binterpolate-size\b": "Firefox 121",
    # On a phone it is as high as the page without the browser's own bars, so that what stands last is out of sight.
    r"\b100vh\b": "a phone as it stands in the hand; take 100dvh, or 100svh for at least",
}


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_scripts_say_nothing_that_a_browser_does_not_know(path):
    assert _said(path.read_text(), TOO_NEW) == []


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_styles_say_nothing_that_a_browser_does_not_know(path):
    assert _said(path.read_text(), TOO_NEW_STYLE) == []


@pytest.mark.parametrize("path", WITH_FACES, ids=name)
def test_faces_and_voices_play_on_the_page_and_nowhere_else(path):
    for kind, said in TAG.findall(path.read_text()):
        words = set(re.sub(r'[\w-]+="[^"]*"', "", said).split())
        needs = {"video": SEEN, "audio": HEARD}[kind]
        assert "hidden" in words or words >= needs, f"<{kind}> lacks {needs - words}"


def test_there_is_something_to_look_at():
    assert all((WITH_FACES, SCRIPTS, STYLES))
    assert _said("const kept = all.values().filter(Boolean);", TOO_NEW) == [
        ".values().filter( is unknown to Safari 18.3"
    ]
    assert "Safari 17.4" in (ROOT / "docs" / "operations.md").read_text()


def _said(text: str, table: dict[str, str]) -> list[str]:
    """What of the table the text says, each with who does not know it."""
    return [f"{found[0]} is unknown to {who}" for what, who in table.items() for found in re.finditer(what, text)]

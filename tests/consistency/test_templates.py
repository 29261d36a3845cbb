"""Rules that every template keeps: nothing inline, no icon that does not exist, nothing loaded from elsewhere."""

import re

import pytest

from stepdown.ui.icons import ICONS
from tests.consistency.files import files, name, templates

PAGES = [path for path in templates() if path.suffix == ".html"]
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.S)


def source(path):
    return COMMENT.sub("", path.read_text())


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_template_has_an_inline_style(path):
    assert not re.search(r"<style\b|\sstyle=", source(path))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_template_has_an_inline_script(path):
    text = source(path)
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text), "scripts are modules with an address"
    assert not re.search(r"\son[a-z]+=[\"']", text), "no handlers in attributes"
    assert "javascript:" not in text
    assert not re.search(r"\shx-on[:-]", text)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_script_of_ours_is_a_module(path):
    for script in re.findall(r"<script\b[^>]*>", source(path)):
        assert 'type="module"' in script or "htmx" in script, script


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_nothing_is_loaded_from_elsewhere(path):
    assert not re.search(
        r"<(?:link|script|img|iframe|video|source)\b[^>]*(?:src|href)=[\"'](?:https?:)?//", source(path)
    )


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_icon_that_is_named_exists(path):
    text = source(path)
    named = re.findall(r'<c-icon\b[^>]*\bname="([a-z-]+)"', text)
    named += re.findall(r'\{% icon "([a-z-]+)"', text)
    named += re.findall(r'<c-(?:button|notice|tag)\b[^>]*\bicon="([a-z-]+)"', text)
    assert set(named) <= ICONS.keys()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_id_that_is_written_out_stands_once(path):
    text = source(path)
    if "{% if" in text or "{% for" in text or "{% block" in text:
        text = re.sub(r"\{% (?:if|for)\b.*?\{% end(?:if|for) %\}", "", text, flags=re.S)
    written = re.findall(r'\sid="([a-zA-Z][\w-]*)"', text)
    assert len(written) == len(set(written))


def test_every_icon_that_python_names_exists():
    for path in files(".py", within=("stepdown",)):
        if "tests" in path.parts:
            continue
        for icon in re.findall(r"NavItem\(\s*[^,]+,\s*\"([a-z-]+)\"", path.read_text()):
            assert icon in ICONS, f"{name(path)}: {icon}"


def test_every_class_of_a_length_in_the_plan_of_the_room_exists():
    css = next(path for path in files(".css") if path.name == "room.css").read_text()
    for minutes in range(5, 181, 5):
        assert f".m{minutes} {{" in css

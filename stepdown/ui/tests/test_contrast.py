"""Every ink on every surface it stands on. Floors: 7 for main text, 4.5 for other text, 3 for edges and drawings."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[1] / "static" / "ui" / "tokens.css").read_text()
SHEETS = "surface surface-raised surface-sunken surface-hover surface-chosen"
SOFTS = "accent-soft lamp-soft calm-soft attention-soft urgent-soft"
BANDS = "band-1 band-2 band-3"
PAGES = "surface surface-raised"
PAIRS = [  # ink, the surfaces it stands on, floor
    ("ink", f"{SHEETS} {SOFTS} {BANDS} band-4 absence-soft presence-soft", 7),
    ("ink", "seat-held", 4.5),
    ("ink-soft", f"{SHEETS} {SOFTS} {BANDS} band-4", 4.5),
    ("ink-faint", f"{SHEETS} band-1 band-2", 4.5),
    ("ink-inverse", "surface-inverse", 7),
    ("accent", f"{SHEETS} accent-soft calm-soft lamp-soft attention-soft", 4.5),
    ("accent-strong", f"{PAGES} accent-soft surface-chosen", 4.5),
    ("on-accent", "accent accent-strong", 4.5),
    ("on-lamp", "lamp", 4.5),
    ("on-urgent", "urgent-fill urgent-strong", 4.5),
    ("calm", f"{PAGES} calm-soft surface-hover surface-chosen", 4.5),
    ("attention", f"{PAGES} attention-soft surface-hover surface-chosen", 4.5),
    ("urgent", f"{SHEETS} urgent-soft", 4.5),
    ("surface-raised", "seat-taken seat-aftercare presence", 4.5),
    ("line-control", "surface surface-raised surface-sunken", 3),
    ("presence", f"{PAGES} absence-soft", 3),
    ("presence-side", PAGES, 3),
    ("absence", f"{PAGES} absence-soft", 3),
    ("late", PAGES, 3),
    ("seat-taken", PAGES, 3),
    ("seat-aftercare", PAGES, 3),
    ("calm-fill", PAGES, 3),
    ("attention-fill", PAGES, 3),
    ("urgent-fill", PAGES, 3),
    ("trend-1", f"surface-raised {BANDS} band-4", 3),
    ("trend-2", f"surface-raised {BANDS}", 3),
    ("trend-3", f"surface-raised {BANDS}", 3),
    ("trend-4", f"surface-raised {BANDS}", 3),
    ("focus", f"{SHEETS} accent-soft", 3),
]
ROOM = [
    ("stage-ink", "stage stage-raised stage-tile stage-control stage-hover stage-label", 7),
    ("stage-soft", "stage stage-raised stage-tile stage-control", 4.5),
    ("stage-edge", "stage stage-raised stage-control", 3),
]


def luminance(color):
    """Relative luminance, 0 to 1, of a #rrggbb color. Source: WCAG 2.2, definition of relative luminance."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Contrast ratio, 1 to 21. Source: WCAG 2.2, definition of contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def colors(selector):
    block = TOKENS[TOKENS.rindex(selector) :].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


LIGHT = colors(':root, [data-theme="light"] {')
DARK = colors('\n[data-theme="dark"] {')
STAGE = colors(":root {\n  color-scheme")
CASES = [
    pytest.param(palette[ink], palette[surface], floor, id=f"{theme}: {ink} on {surface}")
    for theme, palette, pairs in (("light", LIGHT, PAIRS), ("dark", DARK, PAIRS), ("room", STAGE, ROOM))
    for ink, surfaces, floor in pairs
    for surface in surfaces.split()
]


@pytest.mark.parametrize(("ink", "surface", "floor"), CASES)
def test_an_ink_can_be_read_on_its_surface(ink, surface, floor):
    assert contrast(ink, surface) >= floor


def test_black_on_white_has_the_largest_contrast():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_dark_by_the_system_and_dark_by_choice_are_alike():
    assert colors(':root:not([data-theme="light"]) {') == DARK


def test_every_color_of_light_has_one_in_dark():
    assert LIGHT.keys() == DARK.keys()

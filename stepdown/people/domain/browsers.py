"""What a browser calls itself, in words that its owner knows it by."""

import re

# Many claim to be others as well; the first that fits is what it is.
PROGRAMS = (
    ("Edge", r"\bEdgA?(?:iOS)?/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(?:Firefox|FxiOS)/"),
    ("Chrome", r"\b(?:Chrome|Chromium|CriOS|HeadlessChrome)/"),
    ("Safari", r"\bSafari/"),
)
MACHINES = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows\b"),
    ("Mac", r"\bMac OS X\b|\bMacintosh\b"),
    ("Chromebook", r"\bCrOS\b"),
    ("Linux", r"\bLinux\b|\bX11\b"),
)


def browser_and_machine(user_agent: str) -> tuple[str, str]:
    """("Chrome", "Windows") of a User-Agent header; "" for what it does not tell."""
    return _first(PROGRAMS, user_agent), _first(MACHINES, user_agent)


def _first(kinds: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for name, sign in kinds if re.search(sign, user_agent)), "")

"""Walks over many pages in several tests, so that the workers of a run come to its end together."""

from collections.abc import Mapping
from typing import Any

import pytest


def in_parts(openers: Mapping[str, str], most: int) -> list[Any]:
    """(who, names of pages) for each walk of `most` pages at most. openers: {name of a page: who opens it}."""
    walks = []
    for who in sorted(set(openers.values())):
        mine = [name for name, opener in openers.items() if opener == who]
        for number, start in enumerate(range(0, len(mine), most), start=1):
            walks.append(pytest.param(who, mine[start : start + most], id=f"{who}-{number}"))
    return walks

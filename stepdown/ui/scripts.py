"""Which ES modules a module needs, so that a page can fetch them all at once instead of learning of them one by one."""

import posixpath
import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^"';]*?["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)


@cache
def needed_by(name: str) -> tuple[str, ...]:
    """Static names ("live/room.js") of the module and of all that it imports, the nearest first.

    Raises LookupError for a module that is not there.
    """
    found = [name]
    for one in found:  # grows while it is read
        place = finders.find(one)
        if place is None:
            raise LookupError(f"There is no module {one}.")
        for path in _IMPORT.findall(Path(place).read_text()):
            if (other := posixpath.normpath(posixpath.join(posixpath.dirname(one), path))) not in found:
                found.append(other)
    return tuple(found)

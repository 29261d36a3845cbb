"""Whether two addresses, written down by two people, are the same place."""

import re
import unicodedata

UNIT = frozenset({"apartment", "apt", "unit", "suite", "ste", "number", "no"})
SHORT = {
    "avenue": "ave",
    "av": "ave",
    "boulevard": "blvd",
    "circle": "cir",
    "court": "ct",
    "drive": "dr",
    "highway": "hwy",
    "lane": "ln",
    "parkway": "pkwy",
    "place": "pl",
    "road": "rd",
    "saint": "st",
    "square": "sq",
    "street": "st",
    "terrace": "ter",
    "trail": "trl",
    "north": "n",
    "northeast": "ne",
    "northwest": "nw",
    "east": "e",
    "south": "s",
    "southeast": "se",
    "southwest": "sw",
    "west": "w",
}
"""Words and their short forms. Source: USPS Publication 28, appendices B and C1, the common ones."""


def place(address_line: str, postal_code: str) -> str:
    """The same text for the same street, number, unit and five-digit ZIP code, however each is written; "" when one of
    the two is not known. Letters large or small, accents, spaces and punctuation say nothing, nor what a unit is called
    ("Apt 4", "Unit 4", "#4"); another unit is another place."""
    plain = unicodedata.normalize("NFKD", address_line.casefold())
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"[.'’-]", "", plain)).split()
    said = "".join(SHORT.get(word, word) for word in words if word not in UNIT)
    zip_code = postal_code.strip()[:5]
    return f"{said}/{zip_code}" if said and zip_code else ""

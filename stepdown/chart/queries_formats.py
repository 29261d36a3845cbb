"""In which format the center signs its notes."""

from stepdown.chart.domain.formats import HEADINGS, Format
from stepdown.chart.models import NoteFormat

FIRST = Format.DAP


def format_in_force() -> Format:
    """Of notes that are signed now; DAP until a director chooses another. One query."""
    chosen = NoteFormat.objects.values_list("format", flat=True).first()
    return Format(chosen) if chosen else FIRST


def marks_of(form: Format) -> str:
    """The marks with which a line goes under a heading: "D:, A: or P:"."""
    *head, last = [f"{heading[0]}:" for heading in HEADINGS[form]]
    return f"{', '.join(head)} or {last}"

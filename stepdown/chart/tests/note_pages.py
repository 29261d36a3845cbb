"""What tests of the pages of a note share: the parts of those in it, and where each page is."""

from django.urls import reverse

from stepdown.attendance.services import confirm
from stepdown.chart.tests.factories import written

PART = {"took_part": "openly", "response": ["practiced"], "safety": "none_seen", "plan": ["go_on"]}


def part(note, first_name):
    return note.parts.select_related("patient", "note__session").get(patient__first_name=first_name)


def url_of(name, *args):
    return reverse(f"chart:{name}", args=[arg.pk for arg in args])


def ready(note):
    """Everything written and confirmed, nothing signed."""
    written(note)
    confirm(session=note.session, by=note.author)
    return note

"""What tests of the pages of a note share: the parts of those in it, and where each page is."""

from django.urls import reverse

from stepdown.attendance.services import confirm
from stepdown.chart.tests.factories import written

PART = {"took_part": "openly", "response": ["practiced"], "safety": "none_seen", "plan": ["go_on"]}


def part(note, first_name):
    return note.parts.select_related("patient", "note__session").get(patient__first_name=first_name)


def url_of(name, *args):
    return reverse(f"chart:{name}", args=[arg.pk for arg in args])


def seen_on(client, url, *ids):
    """What goes along when the page of a signature is sent back: the version of what it shows."""
    return {"seen": client.get(url, {"note": ids}).context["form"]["seen"].value()}


def signed_on(client, url, *ids):
    """The page of a signature, opened, ticked and sent back."""
    return client.post(url, {"note": ids, "attest": "on"} | seen_on(client, url, *ids))


def ready(note):
    """Everything written and confirmed, nothing signed."""
    written(note)
    confirm(session=note.session, by=note.author)
    return note

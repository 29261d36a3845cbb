"""The smallest true notes of contacts: written so that they can be signed, or signed."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from stepdown.chart import services_contacts
from stepdown.chart.models import ContactNote
from stepdown.people.models import Patient, Staff
from stepdown.ui.when import local_date

WORDS = {"Data": "Told of a hard evening.", "Assessment": "Steadier than last week.", "Plan": "Calls a friend first."}


def written_contact(patient: Patient, by: Staff, kind: str = "individual", **fields: Any) -> ContactNote:
    """A session of fifty minutes that ended an hour ago, complete; fields say otherwise."""
    ends_at = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=1)
    note = services_contacts.begin_contact(patient=patient, kind=kind, by=by)
    said: dict[str, Any] = {
        "starts_at": ends_at - timedelta(minutes=50),
        "ends_at": ends_at,
        "on": local_date(ends_at, ZoneInfo(by.time_zone)),
        "way": "video",
        "present": ["patient"],
        "place": "home",
        "state": "MN",
        "written": WORDS,
        "safety": "none_seen",
        "next_step": "Talks again on Thursday.",
        "billable": False,
        "why_not": "in_day",
    }
    return services_contacts.save_contact(note=note, by=by, **(said | fields))


def signed_contact(note: ContactNote) -> ContactNote:
    return services_contacts.sign_contact(note=note, attestation=services_contacts.ATTESTATION, by=note.author)

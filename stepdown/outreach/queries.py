"""What the page about a patient's link shows."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from stepdown.outreach.safe_way import HELD_BACK
from stepdown.people.models import Device, Patient
from stepdown.people.sessions import said

LATELY = timedelta(days=14)
SHOWN = 5


def devices_of(patient: Patient) -> list[Device]:
    """The devices that know this patient, the last used first; `browser_said` names each."""
    found = list(patient.devices.filter(ended_at=None).order_by("-last_seen_at"))
    for device in found:
        device.browser_said = said(device.user_agent)
    return found


def link_page(patient: Patient) -> dict[str, Any]:
    """The patient's link, what was sent about it, the devices that know them, and what a note of the safe way held back
    lately. Four queries."""
    held_back = patient.messages.filter(failure=HELD_BACK, created_at__gt=timezone.now() - LATELY)
    return {
        "patient": patient,
        "link": patient.links.filter(revoked_at=None).first(),
        "devices": devices_of(patient),
        "last_sent": patient.messages.filter(kind="personal_link").order_by("-created_at").first(),
        "held_back": held_back.order_by("-created_at")[:SHOWN],
    }

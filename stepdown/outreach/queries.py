"""What the page about a patient's link shows."""

from typing import Any

from stepdown.people.models import Device, Patient
from stepdown.people.sessions import said


def devices_of(patient: Patient) -> list[Device]:
    """The devices that know this patient, the last used first; `browser_said` names each."""
    found = list(patient.devices.filter(ended_at=None).order_by("-last_seen_at"))
    for device in found:
        device.browser_said = said(device.user_agent)
    return found


def link_page(patient: Patient) -> dict[str, Any]:
    """The patient's link, what was sent about it, and the devices that know them. Three queries."""
    return {
        "patient": patient,
        "link": patient.links.filter(revoked_at=None).first(),
        "devices": devices_of(patient),
        "last_sent": patient.messages.filter(kind="personal_link").order_by("-created_at").first(),
    }

"""What the page about a patient's link shows."""

from typing import Any

from stepdown.people.models import Patient


def link_page(patient: Patient) -> dict[str, Any]:
    """The patient's link, what was sent about it, and the devices that know them. Three queries."""
    return {
        "patient": patient,
        "link": patient.links.filter(revoked_at=None).first(),
        "devices": patient.devices.filter(ended_at=None).order_by("-last_seen_at"),
        "last_sent": patient.messages.filter(kind="personal_link").order_by("-created_at").first(),
    }

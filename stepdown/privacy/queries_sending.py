"""What was sent, what waits to be sent, what was refused, and the accounting of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from stepdown.people.models import Patient, Staff
from stepdown.privacy.domain import accounting
from stepdown.privacy.models import Disclosure, Emergency, Packet, RefusedDisclosure
from stepdown.privacy.queries_sharing import patients_kept_by

REFUSED_SHOWN = 20
PACKETS_SHOWN = 30


def packets_kept_by(staff: Staff) -> QuerySet[Packet]:
    rows = Packet.objects.filter(patient__in=patients_kept_by(staff)).defer("content")
    return rows.select_related("patient", "recipient", "consent__recipient", "prepared_by", "disclosure")


def packets_of(patient: Patient) -> list[Packet]:
    rows = Packet.objects.filter(patient=patient).defer("content").select_related("recipient", "prepared_by")
    return list(rows[:PACKETS_SHOWN])


def content_of(packet: Packet) -> bytes:
    """The file as it was sent; empty for what was told by phone."""
    found = Packet.objects.filter(pk=packet.pk).values_list("content", flat=True).get()
    return bytes(found) if found else b""


def refused_of(patient: Patient) -> list[RefusedDisclosure]:
    return list(RefusedDisclosure.objects.filter(patient=patient).select_related("by")[:REFUSED_SHOWN])


def disclosures_of(patient: Patient, *, years: int, now: datetime) -> QuerySet[Disclosure]:
    """Every disclosure of the window, newest first, whatever its basis. years: accounting.YEARS or HIPAA_YEARS.

    Source: RULE PRIV-27; 42 CFR 2.25; 45 CFR 164.528."""
    since = accounting.since(now, years, ZoneInfo(patient.time_zone))
    found = Disclosure.objects.filter(patient=patient, at__gte=since, at__lte=now)
    return found.select_related("by", "consent", "packet").defer("packet__content").order_by("-at")


def window(asked: str) -> int:
    """3 years unless 6 are asked for."""
    return accounting.HIPAA_YEARS if asked == str(accounting.HIPAA_YEARS) else accounting.YEARS


def emergencies_kept_by(staff: Staff) -> QuerySet[Emergency]:
    """Those that are open."""
    rows = Emergency.objects.filter(closed_at=None, patient__in=patients_kept_by(staff))
    return rows.select_related("patient", "opened_by")

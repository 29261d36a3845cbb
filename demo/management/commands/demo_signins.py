"""Prints how to get in: one sign-in per role, and personal links of a few patients. Works in the demo only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from demo.center import PASSWORD, WORKERS
from demo.soon import ensure_session_soon
from stepdown.people import supporters
from stepdown.people.links import url_of
from stepdown.people.models import PersonalLink, Role, Supporter
from stepdown.placement.models import Seat

SHOWN = {role: next(w for w in WORKERS if w.role == role) for role in Role}


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Sign-ins are printed for the demo only.")
        out = self.stdout.write
        session = ensure_session_soon(now=timezone.now())
        out(f"Staff sign in at {settings.PUBLIC_URL}{reverse('account_login')} with the password {PASSWORD}")
        for role, worker in SHOWN.items():
            out(f"  {role.label:22} {worker.who}@fernbrook.example")
        out("  The one-time code of the moment:  make demo-code WHO=ines")
        out("Patients open their own link, then give their date of birth and the code that appears in this console:")
        for what, seat in _patients(session):
            link = PersonalLink.objects.filter(patient=seat.patient, revoked_at=None).first()
            if link:
                out(f"  {seat.patient.called:10} {what:28} born {seat.patient.date_of_birth:%m/%d/%Y}  {url_of(link)}")
        for one in Supporter.objects.select_related("recipient", "parent", "patient"):
            who, what = _outside(one)
            out(f"  {who.split()[0]:10} {what:28} {supporters.url_of(one)}")


def _outside(supporter: Supporter) -> tuple[str, str]:
    """Their name, and what their link is for."""
    if hasattr(supporter, "parent"):
        return supporter.parent.name, f"signs with {supporter.patient.called}"
    return supporter.recipient.name, f"sees what {supporter.patient.called} shares"


def _patients(session: Any) -> list[tuple[str, Seat]]:
    rows: list[tuple[str, Seat]] = []
    seats = Seat.objects.select_related("patient", "group").order_by("chair__number")
    if session is not None:
        group = session.group
        here = seats.accepted().at(session.starts_at).filter(group=group)[:3]
        rows += [(f"in {group.name}, meets soon", seat) for seat in here]
    held = seats.held().filter(group__program__is_aftercare=False).first()
    if held:
        rows.append((f"has a seat held in {held.group.name}", held))
    later = seats.accepted().filter(group__program__is_aftercare=True, ends_at=None).first()
    if later:
        rows.append((f"in Aftercare, {later.group.name}", later))
    return rows

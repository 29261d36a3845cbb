"""What the people of Cedar share: consents that hold, one to sign, one stopped by phone, what was told last week."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from stepdown.outreach.models import Concern
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.services_supporters import accept
from stepdown.placement.models import Seat
from stepdown.privacy import (
    queries_sharing,
    services_asked,
    services_exceptions,
    services_rights,
    services_self_pay,
    services_sending,
    services_sharing,
    services_supporters,
)
from stepdown.privacy.domain.sharing import FINAL_DISPOSITION, NO_END, Kind, Whom
from stepdown.privacy.models import Recipient, SharingConsent
from stepdown.privacy.services_asked import Request
from stepdown.privacy.services_sharing import Terms

from .center import CENTRAL

FOR_PAYMENT = ["program", "attendance", "diagnoses", "plan"]
FIRST = ("June", "Gus", "Theo")
DEVICE = "typed name on a known device"


def share(now: datetime) -> None:
    seats = (
        Seat.objects.accepted().at(now).filter(group__name="Cedar").select_related("episode__patient", "group__leader")
    )
    people = sorted((seat.patient for seat in seats.order_by("chair__number")), key=_place)
    if len(people) < 6:
        return
    leader, kit = seats[0].group.leader, Staff.objects.with_role(Role.ADMISSIONS).get()
    for patient in people[:-1]:
        _signed(patient, Kind.TPO, None, Terms(scope=FOR_PAYMENT, expires_event=NO_END), kit, now - timedelta(days=40))
    sister, doctor, court = people[0], people[1], people[2]
    _sister(sister, leader, now)
    _doctor(doctor, leader, now)
    _court(court, leader, now)
    _employer(people[3], leader, now)
    services_sharing.refuse_tpo(patient=people[-1], by=kit, now=at_hour(now, 12, 11))
    _pays_themself(people[-1], now)
    _emergency(people[4], leader, now)
    _asked_by_others(people[0], kit, now)


def _place(patient: Patient) -> int:
    """Those whose page the demo opens come first."""
    return FIRST.index(patient.first_name) if patient.first_name in FIRST else len(FIRST)


def _sister(patient: Patient, by: Staff, now: datetime) -> None:
    """Began it herself; her sister asked last week whether she comes, and has a page, at which she looks."""
    to = _named(patient, Whom.FAMILY, "Lila Exampleton", "(512) 555-0142", "sister")
    terms = Terms(scope=["program", "attendance"], purposes=["patient_request"], expires_on=_day(now, 90))
    consent = _signed(patient, Kind.SPECIFIC, to, terms, None, now - timedelta(days=21))
    _told(patient, to, "patient_request", ["attendance"], by, at_hour(now, 6, 16))
    reached = {"phone": "+15125550142", "email": "", "language": "en"}
    supporter = services_supporters.invite(consent=consent, **reached, now=at_hour(now, 5, 18))
    accept(supporter=supporter, words="I am Lila Exampleton. I keep what I see to myself.", now=at_hour(now, 5, 19))
    for days in (5, 3, 1):
        services_supporters.look(supporter=supporter, now=at_hour(now, days, 19))


def _doctor(patient: Patient, by: Staff, now: datetime) -> None:
    """His doctor heard of the plan; then he called and wanted it to stop. A new one waits for him."""
    to = _named(patient, Whom.PROVIDER, "Dr. Fictus", "Example Clinic, 5 Sample Road, Austin", "family doctor")
    terms = Terms(scope=["diagnoses", "plan"], purposes=["treatment"], expires_on=_day(now, 200))
    old = _signed(patient, Kind.SPECIFIC, to, terms, by, now - timedelta(days=30))
    _told(patient, to, "treatment", ["plan"], by, at_hour(now, 9, 14))
    words = "Called in the afternoon: nothing more to Dr. Fictus until they have talked."
    services_sharing.stop(consent=old, by=by, words=words, now=now - timedelta(hours=20))
    less = Terms(scope=["program"], purposes=["treatment"], expires_on=_day(now, 200))
    services_sharing.prepare(patient=patient, kind=Kind.SPECIFIC, recipient=to, terms=less, by=by)


def _court(patient: Patient, by: Staff, now: datetime) -> None:
    to = _named(patient, Whom.MONITOR, "Example County treatment court", "fax (512) 555-0177")
    terms = Terms(
        scope=["attendance", "tests"], case_reference="26-CR-0007", monitors=["Pat Example, supervising officer"],
        duration="as long as the case is open", revocable_event=FINAL_DISPOSITION, expires_event=FINAL_DISPOSITION,
    )  # fmt: skip
    _signed(patient, Kind.JUSTICE, to, terms, by, now - timedelta(days=35))
    _told(patient, to, "monitoring", ["attendance"], by, at_hour(now, 5, 10))


def _employer(patient: Patient, by: Staff, now: datetime) -> None:
    """The gate says no, and the privacy officer has it."""
    to = _named(patient, Whom.EMPLOYER, "Sample Freight", "hr@freight.example")
    services_sending.ask_gate(
        patient=patient, recipient=to, purpose="employment", classes=["attendance"], by=by, now=at_hour(now, 2, 13)
    )


def _emergency(patient: Patient, by: Staff, now: datetime) -> None:
    at = at_hour(now, 16, 18)
    facts = {
        "recipient": "Sam Ready, paramedic", "affiliation": "Example County EMS, Austin", "discloser": by.name,
        "disclosed_at": at, "nature": "Fainted during group; a friend called 911.",
    }  # fmt: skip
    emergency = services_exceptions.open_emergency(patient=patient, by=by, now=at)
    services_exceptions.close_emergency(
        emergency=emergency, facts=facts, told="Address, and that there were no pills that day.", by=by
    )


def _pays_themself(patient: Patient, now: datetime) -> None:
    """Refused the consent for payment, and asked on their own page that no plan is told; billing saw the money."""
    words = "I pay by card each week. My plan is in my mother’s name."
    asked = services_rights.ask_self_pay(patient=patient, first_on=_day(now, -12), last_on=None, words=words)
    biller = Staff.objects.with_role(Role.BILLER).get()
    told = "Receipt 1204, card payment"
    services_self_pay.confirm_paid(restriction=asked, through=_day(now, -2), words=told, by=biller)


def _asked_by_others(patient: Patient, by: Staff, now: datetime) -> None:
    """Two people called and asked about somebody; a neighbor is worried about somebody whom nobody has found yet."""
    asked = {"way": "phone", "about": patient.name, "purpose": "patient_request", "classes": ["attendance"]}
    sister = Request(asker="Lila Exampleton", whom=Whom.FAMILY, reached_at="(512) 555-0142", **asked)
    asked |= {"about": "Robin Nobody", "purpose": "law_enforcement", "classes": ["program"]}
    officer = Request(asker="Officer Sample", whom=Whom.POLICE, reached_at="Example County", **asked)
    services_asked.ask_about(request=sister, by=by, now=at_hour(now, 6, 15))
    services_asked.ask_about(request=officer, by=by, now=at_hour(now, 1, 14))
    Concern.objects.create(
        about="Robin, in the house at Sample Road", teller="A neighbor", told_at=now - timedelta(hours=2),
        words="The mailbox is full, and the light has been on for two nights. I heard him cry.",
    )  # fmt: skip


def _named(patient: Patient, whom: Whom, name: str, address: str, relation: str = "") -> Recipient:
    return services_sharing.name_recipient(patient=patient, whom=whom, name=name, address=address, relation=relation)


def _signed(
    patient: Patient, kind: Kind, to: Recipient | None, terms: Terms, by: Staff | None, at: datetime
) -> SharingConsent:
    row = services_sharing.prepare(patient=patient, kind=kind, recipient=to, terms=terms, by=by, now=at)
    seen = services_sharing.digest_of(queries_sharing.text_of(row).words)
    return services_sharing.sign(consent=row, name=patient.name, seen=seen, method=DEVICE, place=None, now=at)


def _told(patient: Patient, to: Recipient, purpose: str, classes: list[str], by: Staff, at: datetime) -> None:
    what: dict[str, Any] = {"purpose": purpose, "classes": classes, "way": "phone", "by": by, "now": at}
    answer = services_sending.prepare_packet(patient=patient, recipient=to, **what)
    assert answer.packet, answer.sentence
    services_sending.release(packet=answer.packet, by=by, write=lambda _contents: b"", now=at)


def at_hour(now: datetime, days: int, hour: int) -> datetime:
    """So many days ago, at that hour of the center."""
    zone = ZoneInfo(CENTRAL)
    return (now.astimezone(zone) - timedelta(days=days)).replace(hour=hour, minute=20, second=0, microsecond=0)


def _day(now: datetime, days: int) -> Any:
    return timezone.localdate(now) + timedelta(days=days)

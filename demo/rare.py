"""What comes up seldom: a record that few may see, one that was opened in an emergency, somebody of 17 in care."""

import json
from datetime import datetime, timedelta

from stepdown.people.models import Patient, Role, Staff
from stepdown.placement.models import Group, Seat
from stepdown.placement.services import accept_seat, offer_seat
from stepdown.privacy import queries_minors, queries_notice, services_minors, services_notice, services_restricted
from stepdown.privacy.domain.minors import Relation, Signs, StateRule
from stepdown.privacy.domain.retention import years_after
from stepdown.privacy.models import Act, ConsentType, EmergencyAccess, Look, Purpose, Restriction
from stepdown.privacy.services import sign_consent

from . import names
from .history import Maker
from .sharing import DEVICE, at_hour

STATE = "TX"
BY_LINK = "typed name, by a link and a code"
AGREEMENTS = (ConsentType.TREATMENT, ConsentType.TELEHEALTH, ConsentType.GROUP_AGREEMENT)
PLACE = "192.0.2.14"
LOOKED_AT = (("desk:patient", 2), ("chart:safety", 4))  # page, minutes after the record was opened


def restricted(now: datetime) -> None:
    """Somebody in Hazel who is publicly known: their counselor sees the record, and who would stand in. The director,
    who does not, opened it yesterday evening, and no privacy officer has looked at that yet."""
    seat = Seat.objects.accepted().at(now).filter(group__name="Hazel").order_by("chair__number").first()
    if seat is None:
        return
    priya, ruth = (Staff.objects.with_role(role).get() for role in (Role.PRIVACY, Role.DIRECTOR))
    stands_in = Staff.objects.get(account__email="dee@fernbrook.example")
    asked_at = seat.starts_at - timedelta(days=1)
    words = "On the city council, and often in the paper. Asked for it before the first session."
    restriction = services_restricted.restrict(
        patient=seat.patient, why=Restriction.Why.PUBLIC, words=words, names=[stands_in], by=priya
    )
    Restriction.objects.filter(pk=restriction.pk).update(set_at=asked_at)
    restriction.named.update(named_at=asked_at)
    _opened(seat.patient, ruth, at_hour(now, 1, 18))


def _opened(patient: Patient, by: Staff, at: datetime) -> None:
    """For 22 minutes."""
    services_restricted.open_in_emergency(
        first=patient.first_name, last=patient.last_name, born=patient.date_of_birth, by=by, now=at,
        why=EmergencyAccess.Why.MEDICAL,
        words="Example General called: fainted at a shop, and they asked what to look out for. Paul did not answer.",
    )  # fmt: skip
    for page, minutes in LOOKED_AT:
        Look.objects.create(
            at=at + timedelta(minutes=minutes), staff=by, roles=" ".join(by.roles), act=Act.READ, page=page,
            about=json.dumps({"patient_id": str(patient.pk)}), purpose=Purpose.TREATMENT, place=PLACE, status=200,
            patients=[patient.pk],
        )  # fmt: skip
    services_restricted.end_own(by=by, now=at + timedelta(minutes=22))


def under_18(maker: Maker) -> None:
    """In Texas a parent signs as well, as the center has decided; one of 17 and their mother have, and the place in
    Linden is theirs."""
    priya, kit = (Staff.objects.with_role(role).get() for role in (Role.PRIVACY, Role.ADMISSIONS))
    services_minors.decide_rule(
        state=STATE, rule=StateRule(Signs.MINOR_AND_PARENT, 16), by=priya,
        source="Made up for this demo. The law of your state decides: ask a lawyer.",
        why="Schools nearby asked for a group by video.", now=maker.now - timedelta(days=30),
    )  # fmt: skip
    group = Group.objects.get(name="Linden")
    patient, episode = maker.patient(STATE, group.leader, [group.band], since=maker.now - timedelta(days=3))
    patient.date_of_birth = years_after(maker.now.date(), -17) - timedelta(days=150)
    mother = f"{names.FIRST[maker.made % len(names.FIRST)]} {patient.last_name}"
    number = names.phone(maker.made + 40)
    patient.emergency_contact_name, patient.emergency_contact_phone = f"{mother}, mother", number
    maker.batch.write()
    seat = offer_seat(episode=episode, group=group, by=kit)
    _signed_by_both(patient, mother, number)
    accept_seat(seat=seat, by=patient)


def _signed_by_both(patient: Patient, mother: str, number: str) -> None:
    notice = queries_notice.current()
    assert notice
    services_notice.give(patient=patient, notice=notice, language=patient.language)
    own = {"language": patient.language, "signed_name": patient.name, "method": DEVICE}
    agreements = [sign_consent(patient=patient, type=kind, **own) for kind in AGREEMENTS]
    parent = services_minors.name_parent(
        patient=patient, name=mother, relation=Relation.MOTHER, phone=number, email="", language=patient.language,
        signature=patient.name, method=DEVICE, place=None,
    )  # fmt: skip
    services_minors.shown_to(parent=parent)
    for row in agreements:
        services_minors.sign_as_parent(parent=parent, row=row, name=mother, seen=row.digest, method=BY_LINK, place=None)
    assert not queries_minors.waits_for_parent(patient)

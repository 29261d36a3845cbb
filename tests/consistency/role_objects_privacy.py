"""The real objects of sharing that addresses are about."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from stepdown.chart.tests.plans import in_group
from stepdown.people.models import Patient, Role
from stepdown.people.supporters import token_of
from stepdown.people.tests.factories import StaffFactory
from stepdown.privacy.days import today
from stepdown.privacy.domain.emergency_access import LASTS
from stepdown.privacy.models import EmergencyAccess, Parent, PrivacyTask
from stepdown.privacy.services_asked import Request, ask_about
from stepdown.privacy.services_destruction import approve
from stepdown.privacy.services_exceptions import open_emergency
from stepdown.privacy.services_restricted import restrict
from stepdown.privacy.services_retention import hold
from stepdown.privacy.services_rights import ask_self_pay
from stepdown.privacy.services_sharing import ask_for
from stepdown.privacy.tests.factories import agreed_with, audited, came, give_notice, prepared, queued, sent, signed
from stepdown.privacy.tests.minors import agreed, born_to_be, decided, named
from stepdown.privacy.tests.retention import director, due, long_gone, long_unanswered, officer, proposed
from tests.consistency.role_world import World


def shared_of(world: World) -> Any:
    """The patient in a group of whoever asks, who shares with their sister."""
    return signed(in_group(world.staff, world.patient).patient, by=world.staff)


def to_sign_of(world: World) -> Any:
    """A consent that waits to be signed."""
    return prepared(in_group(world.staff, world.patient).patient, by=world.staff).pk


def privacy_task_of(world: World) -> Any:
    patient = in_group(world.staff, world.patient).patient
    return ask_for(patient=patient, kind=PrivacyTask.Kind.PAPER).pk


def restricted_of(world: World) -> Any:
    """The patient, whose record is restricted; whoever asks is named for it."""
    by = StaffFactory(roles=[Role.PRIVACY])
    restrict(patient=world.patient, why="related", words="A cousin works here.", names=[world.staff], by=by)
    return world.patient.pk


def access_of(world: World) -> Any:
    """A colleague opened the patient's record in an emergency."""
    now = timezone.now()
    return EmergencyAccess.objects.create(
        patient=world.patient, staff=StaffFactory(), why="danger", words="Called us.", opened_at=now, until=now + LASTS
    ).pk


def asked_about_of(world: World) -> Any:
    """What whoever asks wrote down: police, about somebody who is no patient."""
    told = Request("Officer Example", "police", "", "phone", "Robin Nobody", "law_enforcement", ["program"])
    return ask_about(request=told, by=world.staff).pk


def self_pay_of(world: World) -> Any:
    """The patient pays for a week themself, as they asked on their own page."""
    days = {"first_on": today(), "last_on": today() + timedelta(days=6)}
    return ask_self_pay(patient=world.patient, **days).pk


def due_of(_world: World) -> Any:
    """Somebody's agreement of eleven years ago."""
    return due(long_gone()).pk


def proposed_of(_world: World) -> Any:
    return proposed(long_gone(), officer()).pk


def proposed_by(world: World) -> Any:
    """What whoever asks proposed themself."""
    return proposed(long_gone(), world.staff).pk


def certificate_of(_world: World) -> Any:
    return approve(destruction=proposed(long_gone(), officer()), by=director()).pk


def hold_of(world: World) -> Any:
    return hold(patient=world.patient, matter="Case 12", words="A letter came.", by=officer()).pk


def audit_of(world: World) -> Any:
    """An audit of the patient's record, open to whoever asks when they are an auditor."""
    me = world.me if world.me and world.me.has_role(Role.AUDITOR) else None
    return audited(world.patient, auditor=me).pk


def audit_to_open_of(world: World) -> Any:
    return audited(world.patient, is_open=False).pk


def parent_of(world: World) -> Any:
    """The mother of the patient, who is 16: by the supporter's link and browser."""
    supporter = world.supporter
    Patient.objects.filter(pk=world.patient.pk).update(date_of_birth=born_to_be(16))
    decided()
    parent = named(Patient.objects.get(pk=world.patient.pk))
    Parent.objects.filter(pk=parent.pk).update(supporter=supporter)
    return supporter.pk


def named_of(world: World) -> Any:
    """The mother whom the patient, who is 16 and in a group of whoever asks, has named."""
    patient = in_group(world.staff, world.patient).patient
    Patient.objects.filter(pk=patient.pk).update(date_of_birth=born_to_be(16))
    decided()
    return named(Patient.objects.get(pk=patient.pk)).pk


def for_parent_of(world: World) -> Any:
    """What the patient, who is 16, has signed, and their mother signs too."""
    return agreed(Patient.objects.get(pk=world.patient.pk)).pk


OF_PRIVACY: dict[str, Callable[[World], Any]] = {
    **{
        f"privacy:{name} patient_id": lambda world: shared_of(world).patient_id
        for name in (
            "sharing",
            "new_consent",
            "refuse_tpo",
            "agreement_on_paper",
            "send",
            "give_notice",
            "accounting",
            "open_emergency",
            "without_consent",
            "received",
            "put_in",
            "decide_part2",
        )
    },
    "sharing_id": lambda world: shared_of(world).pk,
    "privacy:my_consent sharing_id": to_sign_of,
    "privacy:stop sharing_id": to_sign_of,
    "privacy:consent_on_paper sharing_id": lambda world: prepared(shared_of(world).patient).pk,
    "asked_id": asked_about_of,
    "supporter_id": lambda world: world.supporter.pk,
    **{f"supporters:{name} supporter_id": parent_of for name in ("to_sign", "sign", "copy")},
    **{f"supporters:{name} consent_id": for_parent_of for name in ("sign", "copy")},
    **{f"supporters:{name} token": lambda world: token_of(world.supporter) for name in ("enter", "code")},
    "parent_id": named_of,
    "kind": lambda world: "criminal_justice",
    "basis": lambda world: "child_abuse",
    "emergency_id": lambda world: open_emergency(patient=shared_of(world).patient, by=world.staff).pk,
    "packet_id": lambda world: queued(shared_of(world), world.staff).pk,
    "privacy:packet_file packet_id": lambda world: sent(shared_of(world), world.staff).packet_id,
    "privacy:packet_act act": lambda world: "cancel",
    "act": lambda world: "stopped",
    "notice_id": lambda world: give_notice(world.patient).notice_id,
    "what": lambda world: "paper",
    "task_id": privacy_task_of,
    "privacy:lift patient_id": restricted_of,
    "access_id": access_of,
    "self_pay_id": self_pay_of,
    "due_id": due_of,
    "destruction_id": proposed_of,
    "privacy:withdraw_destruction destruction_id": proposed_by,
    "certificate_id": certificate_of,
    "hold_id": hold_of,
    "root_id": lambda _world: long_unanswered().pk,
    "record_class": lambda world: "clinical",
    "record_id": lambda world: came(in_group(world.staff, world.patient).patient, by=world.staff).pk,
    "audit_id": audit_of,
    "privacy:open_audit audit_id": audit_to_open_of,
    "privacy:take_out_of_audit audit_id": audit_to_open_of,
    "agreement_id": lambda world: agreed_with("text", by=world.staff).pk,
}

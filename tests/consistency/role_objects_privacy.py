"""The real objects of sharing that addresses are about."""

from collections.abc import Callable
from typing import Any

from stepdown.chart.tests.plans import in_group
from stepdown.privacy.models import PrivacyTask
from stepdown.privacy.services_exceptions import open_emergency
from stepdown.privacy.services_sharing import ask_for
from stepdown.privacy.tests.factories import prepared, queued, sent, signed
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


OF_PRIVACY: dict[str, Callable[[World], Any]] = {
    **{
        f"privacy:{name} patient_id": lambda world: shared_of(world).patient_id
        for name in (
            "sharing",
            "new_consent",
            "refuse_tpo",
            "send",
            "accounting",
            "open_emergency",
            "without_consent",
        )
    },
    "sharing_id": lambda world: shared_of(world).pk,
    "privacy:my_consent sharing_id": to_sign_of,
    "privacy:stop sharing_id": to_sign_of,
    "kind": lambda world: "criminal_justice",
    "basis": lambda world: "child_abuse",
    "emergency_id": lambda world: open_emergency(patient=shared_of(world).patient, by=world.staff).pk,
    "packet_id": lambda world: queued(shared_of(world), world.staff).pk,
    "privacy:packet_file packet_id": lambda world: sent(shared_of(world), world.staff).packet_id,
    "privacy:packet_act act": lambda world: "cancel",
    "act": lambda world: "stopped",
    "what": lambda world: "paper",
    "task_id": privacy_task_of,
}

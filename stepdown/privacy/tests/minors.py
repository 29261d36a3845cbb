"""People under 18, the rule of their state, and the parents who sign with them."""

from datetime import date, timedelta
from typing import Any

from stepdown.people.models import Patient, Role, Staff
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import services, services_minors
from stepdown.privacy.days import today
from stepdown.privacy.domain.minors import Relation, Signs, StateRule
from stepdown.privacy.domain.retention import years_after
from stepdown.privacy.models import Consent, ConsentType, MinorRule, Parent, ParentSignature, SharingConsent

BOTH, ALONE = Signs.MINOR_AND_PARENT, Signs.MINOR_ALONE
LAW = "Made-up Statutes 144.343"


def born_to_be(age: int) -> date:
    """The birth date of who has been that old for half a year."""
    return years_after(today(), -age) - timedelta(days=180)


def decided(signs: Signs | None = BOTH, *, state: str = "MN", from_age: int = 14, by: Staff | None = None) -> MinorRule:
    CenterFactory()
    return services_minors.decide_rule(
        state=state,
        rule=StateRule(signs, from_age),
        source=LAW,
        why="Our lawyer read it.",
        by=by or StaffFactory(roles=[Role.PRIVACY]),
    )


def minor(age: int = 16, **more: Any) -> Patient:
    return PatientFactory(date_of_birth=born_to_be(age), **more)


def named(patient: Patient, **changed: Any) -> Parent:
    """Their mother, reached by a phone of her own."""
    told: dict[str, Any] = {
        "name": "Dana Specimen",
        "relation": Relation.MOTHER,
        "phone": "+15125550177",
        "email": "",
        "language": "en",
        "signature": patient.name,
        "method": "test",
        "place": "192.0.2.7",
    }
    return services_minors.name_parent(patient=patient, **told | changed)


def agreed(patient: Patient, kind: ConsentType = ConsentType.TREATMENT) -> Consent:
    return services.sign_consent(patient=patient, type=kind, language="en", signed_name=patient.name, method="test")


def signed_too(parent: Parent, row: Consent | SharingConsent, **changed: Any) -> ParentSignature:
    told: dict[str, Any] = {"name": parent.name, "seen": row.digest, "method": "test", "place": "192.0.2.8"}
    return services_minors.sign_as_parent(parent=parent, row=row, **told | changed)

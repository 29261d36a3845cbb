"""What a patient agreed to, with the very text they saw."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import Patient
from stepdown.privacy.domain.minors import Signs
from stepdown.privacy.wording_minors import ROLES


class ConsentType(models.TextChoices):
    TREATMENT = "treatment", _("Treatment")
    TELEHEALTH = "telehealth", _("Treatment by video")
    GROUP_AGREEMENT = "group_agreement", _("Group agreement")


@pghistory.track(model_name="ConsentHistory")
class Consent(Row):
    """One agreement, signed by the patient. The text shown is kept word for word.

    signs: who had to sign it on the day the patient did; what a minor and a parent sign is in force when both have.
    Source: RULE PRIV-15, PRIV-36, PRIV-38, PRIV-43.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="consents")
    type = models.CharField(max_length=20, choices=ConsentType.choices)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    signs = models.CharField(max_length=20, choices=ROLES.items(), default=Signs.PATIENT, db_default=Signs.PATIENT)
    signed_name = models.CharField(max_length=120)
    signed_at = models.DateTimeField(default=timezone.now)
    method = models.CharField(max_length=40)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "type"],
                condition=Q(revoked_at=None),
                name="one_consent_of_a_type_at_a_time",
                violation_error_message=_("You have signed this already."),
            )
        ]

    @property
    def waits_for_parent(self) -> bool:
        """Whether a parent has to sign it as well, and has not. A query, unless it was read with the signature."""
        return self.signs == Signs.MINOR_AND_PARENT and not hasattr(self, "parent_signature")


IN_FORCE = Q(revoked_at=None) & (~Q(signs=Signs.MINOR_AND_PARENT) | Q(parent_signature__isnull=False))
"""Not taken back, and signed by everybody who has to. Source: RULE PRIV-15."""

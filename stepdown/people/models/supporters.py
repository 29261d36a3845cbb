"""People outside whom a patient lets see a page, and the browsers on which they are known."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.kernel.sealed_fields import SealedText
from stepdown.people.models.people import Patient


@pghistory.track()
class Supporter(Row):
    """Somebody outside who has a link of their own to what one patient lets them see. Who supports two patients has
    two links, of which neither knows of the other.

    phone or email: where the code goes by which they prove themself, as the patient gave it. key: what the link's token
    is made from; a new key is a new link, and the one before opens nothing. accepted_words: what they agreed to before
    they saw anything. Source: 42 CFR 2.32 (the statement goes with everything); RULE PRIV-13.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="supporters")
    phone = SealedText("people.supporter.phone", max_length=16, blank=True)
    email = SealedText("people.supporter.email", max_length=254, blank=True)
    language = models.CharField(max_length=5, default="en")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(phone="") & ~Q(email="")) | (~Q(phone="") & Q(email="")),
                name="supporter_is_reached_one_way",
                violation_error_message=_("Enter a phone number or an e-mail address, not both."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_words="")
                | (Q(accepted_at__isnull=False) & ~Q(accepted_words="")),
                name="supporter_accepts_with_the_words",
            ),
        ]

    @property
    def reached_at(self) -> str:
        """Enough of the number or the address to know it again, and no more: "…42", "l…@example.com"."""
        if self.phone:
            return f"…{self.phone[-2:]}"
        name, _at, host = self.email.partition("@")
        return f"{name[:1]}…@{host}"


class SupporterBrowser(Row):
    """A browser on which a supporter has proved who they are. The cookie's digest is kept, never the cookie. A browser
    may be known for several supporters, each by a code of their own."""

    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="browsers")
    digest = models.CharField(max_length=64)
    proved_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supporter", "digest"], condition=Q(ended_at=None), name="supporter_browser_known_once"
            )
        ]
        indexes = [models.Index(fields=["digest"], condition=Q(ended_at=None), name="supporter_browser_known")]

"""What the product says to people outside its pages."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import EntryCode, Patient


class Message(Row):
    """One text message or e-mail. `kind` names a template; the words, the link and the code are put in when it is sent,
    so nothing that opens a door is stored. Source: RULE PRIV-03 (nothing that tells of treatment)."""

    class Channel(models.TextChoices):
        TEXT = "text", _("Text message")
        EMAIL = "email", _("E-mail")

    class Kind(models.TextChoices):
        ENTRY_CODE = "entry_code", _("Code for a new device")
        PERSONAL_LINK = "personal_link", _("Personal link")
        SEAT_OFFER = "seat_offer", _("A place is held")
        MEETING_SOON = "meeting_soon", _("A meeting starts soon")

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="messages")
    channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.TEXT)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    entry_code = models.ForeignKey(EntryCode, on_delete=models.CASCADE, null=True, blank=True)
    about = models.DateTimeField(null=True, blank=True, help_text="The time the message speaks of, when it does.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=120, blank=True)
    receipt = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "-created_at"])]

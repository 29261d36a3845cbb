"""What the product says to people outside its pages."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.kernel.sealed_fields import SealedText
from stepdown.people.models import EntryCode, Patient, Staff, Supporter


class Message(Row):
    """One text message or e-mail: to a patient, to one of the staff, or to somebody whom a patient gave a page. `kind`
    names a template; the words, the link and the code are put in when it is sent, so nothing that opens a door is kept.
    Source: RULE PRIV-03 (nothing that tells of treatment).
    """

    class Channel(models.TextChoices):
        TEXT = "text", _("Text message")
        EMAIL = "email", _("E-mail")

    class Kind(models.TextChoices):
        ENTRY_CODE = "entry_code", _("Code for a new device")
        PERSONAL_LINK = "personal_link", _("Personal link")
        SEAT_OFFER = "seat_offer", _("A place is held")
        SEAT_KEPT = "seat_kept", _("The place is kept")
        SEAT_GIVEN_UP = "seat_given_up", _("The place is given up")
        REPLY_UNCLEAR = "reply_unclear", _("An answer could not be taken")
        MEETING_SOON = "meeting_soon", _("A meeting starts soon")
        MEETING_ON = "meeting_on", _("A meeting has begun")
        MEETING_MOVED = "meeting_moved", _("A meeting is at another time")
        MEETING_OFF = "meeting_off", _("A meeting does not take place")
        MEETING_BACK = "meeting_back", _("A meeting takes place after all")
        MEETING_ADDED = "meeting_added", _("There is one more meeting")
        MEETINGS_CHANGED = "meetings_changed", _("Meetings are at other times")
        MEETING_LED = "meeting_led", _("Somebody else leads a meeting")
        NEEDED_NOW = "needed_now", _("Needed now")
        LICENSE_ENDS = "license_ends", _("A license of yours ends")
        LEADER_AWAY = "leader_away", _("A meeting has nobody who leads it")
        STAND_IN = "stand_in", _("Asked to stand in")
        STAND_IN_OVER = "stand_in_over", _("Nobody is needed any more")
        STANDS_IN = "stands_in", _("Somebody stands in")
        LEADS_ONE_MORE = "leads_one_more", _("Leads one more meeting")
        TEAM_LICENSE_ENDS = "team_license_ends", _("A license of a colleague ends")
        AGREEMENT_ENDS = "agreement_ends", _("An agreement with a vendor ends")
        LOOK = "look", _("Something waits on a page")
        WRITTEN = "written", _("Something is written on their page")
        CONTACT_CHANGED = "contact_changed", _("Their number was changed")
        SIGN_IN_RESET = "sign_in_reset", _("Their sign-in was reset")
        PAGE_LINK = "page_link", _("Link to what a patient lets them see")

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.TEXT)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    phone = SealedText(
        "outreach.message.phone",
        max_length=16,
        blank=True,
        help_text="Where it goes, if not to the reader's number of now.",
    )
    entry_code = models.ForeignKey(EntryCode, on_delete=models.CASCADE, null=True, blank=True)
    about = models.DateTimeField(null=True, blank=True, help_text="The time the message speaks of, when it does.")
    was = models.DateTimeField(null=True, blank=True, help_text="Of what moved: before. Of a place: the first meeting.")
    page = models.CharField(
        max_length=200, blank=True, help_text="Of one of the staff: where the link leads, once they are signed in."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=120, blank=True)
    receipt = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "-created_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(patient__isnull=False, staff=None, supporter=None)
                | Q(patient=None, staff__isnull=False, supporter=None)
                | Q(patient=None, staff=None, supporter__isnull=False),
                name="message_goes_to_one_person",
                violation_error_message=_("A message goes to one person."),
            )
        ]


class Received(Row):
    """A text message that came back, so that one that is handed over twice counts once. Its words are not kept."""

    receipt = models.CharField(max_length=80, unique=True)
    received_at = models.DateTimeField(default=timezone.now, editable=False)

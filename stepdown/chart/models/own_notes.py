"""What a patient's part of a group's note and the note of a contact share once they are signed: a co-signature where
the author needs one, what the supervisor asks before giving it, and that the note does not hold. Final by trigger."""

from datetime import datetime
from typing import Any, ClassVar, NamedTuple, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.chart.domain.own_notes import WORDS, Status, status_of
from stepdown.chart.models.returns import final
from stepdown.kernel.db import Row
from stepdown.people.models import Staff


class Signature(NamedTuple):
    """at, signed_as, attestation: when, as whom, and what was signed as true; digest: over all it stands for."""

    signed_at: datetime
    signed_as: str
    attestation: str
    digest: str


class OwnNoteQuerySet(models.QuerySet[Any]):
    def holding(self) -> Self:
        """Those that nobody has said of that they do not hold: what is counted and compared."""
        return self.filter(void=None)

    def awaiting(self) -> Self:
        """Signed by somebody whose notes are co-signed, not co-signed yet, and not void."""
        return self.holding().filter(cosign_due_at__isnull=False, cosignature=None)


class OwnNote(Row):
    """A patient's own note. cosign_due_at: set at the signature of an author whose notes are co-signed; else empty.
    replaces: the void one in whose place it was written.

    Its subclasses say who wrote it (`written_by_id`), when and as whom it was signed (`signature`, None before) and
    what it is of (`title`).
    """

    COLUMN: ClassVar[str]  # by which a row about it is found: "part" or "contact"
    cosign_due_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        abstract = True

    @property
    def signature(self) -> Signature | None:
        raise NotImplementedError

    @property
    def written_by_id(self) -> UUID:
        raise NotImplementedError

    @property
    def title(self) -> str:
        raise NotImplementedError

    @property
    def cosigned(self) -> "CoSignature | None":
        return getattr(self, "cosignature", None)

    @property
    def is_void(self) -> bool:
        return hasattr(self, "void")

    @property
    def successor(self) -> Any:
        """The note that was written in its place, or None."""
        return getattr(self, "replaced_by", None)

    @property
    def status(self) -> Status:
        return status_of(
            signed=self.signature is not None,
            cosign_due_at=self.cosign_due_at,
            cosigned=self.cosign_due_at is not None and self.cosigned is not None,
            void=self.is_void,
        )

    @property
    def status_words(self) -> str:
        return WORDS[self.status]

    @property
    def about(self) -> dict[str, Any]:
        """The field by which a row is about this note."""
        return {self.COLUMN: self}

    @property
    def awaits_cosign(self) -> bool:
        return self.status == Status.AWAITING_COSIGN


def about_one(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(part__isnull=False, contact=None) | Q(part=None, contact__isnull=False), name=name
    )


class CoSignature(Row):
    """The supervisor's own signature on one patient's note: what makes it final.

    statement: the text they agreed to. digest: over the digest of the note, what was added until then and the statement
    (`services_cosign.content_of`). Source: RULE PRIV-43, PRIV-45.
    """

    part = models.OneToOneField(
        "chart.NotePart", on_delete=models.PROTECT, null=True, blank=True, related_name="cosignature"
    )
    contact = models.OneToOneField(
        "chart.ContactNote", on_delete=models.PROTECT, null=True, blank=True, related_name="cosignature"
    )
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    signed_as = models.CharField(max_length=120)
    at = models.DateTimeField()
    method = models.CharField(max_length=60)
    statement = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [about_one("cosignature_of_one_note")]
        triggers = [final("cosignature_is_final")]


class SentBack(Row):
    """What a supervisor asks before they co-sign. Whatever is added to the note later is the answer."""

    part = models.ForeignKey(
        "chart.NotePart", on_delete=models.PROTECT, null=True, blank=True, related_name="sent_back"
    )
    contact = models.ForeignKey(
        "chart.ContactNote", on_delete=models.PROTECT, null=True, blank=True, related_name="sent_back"
    )
    words = models.CharField(max_length=600)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            about_one("sent_back_is_one_note"),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="sent_back_says_why",
                violation_error_message=_("Write what has to be added."),
            ),
        ]
        triggers = [final("sent_back_is_final")]

    @property
    def note(self) -> Any:
        return self.part or self.contact


class NoteVoid(Row):
    """A patient's signed note that does not hold: it stays to be read, with the reason, and is billed by nobody.
    digest: over `services_void.content_of`; with the method empty for those from before it was kept."""

    part = models.OneToOneField("chart.NotePart", on_delete=models.PROTECT, null=True, blank=True, related_name="void")
    contact = models.OneToOneField(
        "chart.ContactNote", on_delete=models.PROTECT, null=True, blank=True, related_name="void"
    )
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    signed_as = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)
    method = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            about_one("void_of_one_note"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="void_has_its_reason",
                violation_error_message=_("Say why it does not hold."),
            ),
        ]
        triggers = [final("void_is_final")]

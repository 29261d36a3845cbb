"""The center, its staff, its patients and the devices they are known on."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel import looking
from stepdown.kernel.db import Row
from stepdown.kernel.sealed_fields import FoundText, MarkOf, SealedText


class Role(models.TextChoices):
    ADMISSIONS = "admissions", _("Admissions counselor")
    COUNSELOR = "counselor", _("Counselor")
    DIRECTOR = "director", _("Clinical director")
    PRIVACY = "privacy", _("Privacy officer")
    BILLER = "biller", _("Biller")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")


AT_THE_CENTER = tuple(str(role) for role in Role if role != Role.AUDITOR)
"""Who belongs to the center. An auditor looks at what was opened to them, and at nothing else. Source: RULE PRIV-33."""


@pghistory.track()
class Center(Row):
    """The one treatment center that runs this installation."""

    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=16)
    time_zone = models.CharField(max_length=40, default="America/Chicago")
    calls_from = models.TimeField()
    calls_until = models.TimeField()
    call_within_minutes = models.PositiveSmallIntegerField(default=30)
    only = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["only"], name="center_is_one"),
            models.CheckConstraint(condition=Q(only=True), name="center_only_is_true"),
        ]


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Account":
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


@pghistory.track(exclude=["password", "last_login"])
class Account(AbstractBaseUser):
    """What a staff member signs in with. Patients have no account: they have a personal link."""

    email = models.EmailField()
    is_active = models.BooleanField(default=True)
    password_is_first = models.BooleanField(
        default=False,
        help_text="Chosen by whoever made the account; the owner replaces it before anything else.",
    )
    password_until = models.DateTimeField(
        null=True, blank=True, help_text="Of a password that was handed over: from then on it opens nothing."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                name="account_email_once",
                violation_error_message=_("Someone has an account with this e-mail address. Use another one."),
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="account_email_in_small_letters"),
        ]

    def check_password(self, raw_password: str | None) -> bool:
        """Also false for a password that was handed over and is too old."""
        is_over = self.password_until is not None and self.password_until <= timezone.now()
        return super().check_password(raw_password) and not is_over


class StaffQuerySet(models.QuerySet["Staff"]):
    def current(self) -> "StaffQuerySet":
        return self.filter(ended_at=None)

    def with_role(self, role: Role) -> "StaffQuerySet":
        return self.current().filter(roles__contains=[role])


@pghistory.track()
class Staff(Row):
    """Someone who works at the center. `roles` holds values of Role; `letters` stand after the name (LADC)."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="staff")
    name = models.CharField(max_length=80)
    letters = models.CharField(max_length=40, blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices))
    time_zone = models.CharField(max_length=40, default="America/Chicago")
    phone = SealedText("people.staff.phone", max_length=16, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StaffQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def has_role(self, *roles: str) -> bool:
        return not set(roles).isdisjoint(self.roles)

    @property
    def role_names(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def signature(self) -> str:
        """Name with license letters, as it stands under a note."""
        return f"{self.name}, {self.letters}" if self.letters else self.name


@pghistory.track()
class Patient(Row):
    """A person in care. The group hears `called` only; the legal name is for the care team and claims."""

    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    chosen_name = models.CharField(max_length=40, blank=True)
    date_of_birth = models.DateField()
    phone = FoundText("people.patient.phone", max_length=16)
    email = SealedText("people.patient.email", max_length=254, blank=True)
    language = models.CharField(max_length=5, default="en")
    time_zone = models.CharField(max_length=40, default="America/Chicago")
    address_line = SealedText("people.patient.address_line", max_length=120, blank=True)
    city = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=2)
    postal_code = models.CharField(max_length=10, blank=True)
    emergency_contact_name = SealedText("people.patient.emergency_contact_name", max_length=80, blank=True)
    emergency_contact_phone = SealedText("people.patient.emergency_contact_phone", max_length=16, blank=True)
    safe_contact_note = SealedText("people.patient.safe_contact_note", max_length=200, blank=True)
    counselor = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="caseload")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["last_name", "first_name"]
        # People are found by the beginnings of their names, in large or small letters.
        indexes = [
            models.Index(fields=["last_name", "first_name"]),
            models.Index(MarkOf("phone"), name="patient_phone_found"),
            *(
                models.Index(OpClass(Upper(name), "text_pattern_ops"), name=f"patient_{name}_begins")
                for name in ("last_name", "first_name", "chosen_name")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **how: Any) -> Self:
        """Whoever loads a patient's row has looked at a patient."""
        patient = super().from_db(db, field_names, values, **how)
        looking.saw(patient.pk)
        return patient

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def called(self) -> str:
        return self.chosen_name or self.first_name

    @property
    def address(self) -> str:
        """One line, as told to an emergency operator."""
        place = f"{self.city}, {self.state} {self.postal_code}".strip()
        return f"{self.address_line}, {place}" if self.address_line else place


class SecondFactorReset(Row):
    """An administrator took somebody's second factor away, since it was lost. how, words: how they made sure who asks;
    what is handed over is a password that opens for a day, and for nothing but setting up a new one."""

    class How(models.TextChoices):
        IN_PERSON = "in_person", "I met them in person"
        BY_VIDEO = "by_video", "I saw them by video, and know their face"
        CALLED_BACK = "called_back", "I called them at the number we have"

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="second_factor_resets")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    how = models.CharField(max_length=12, choices=How.choices)
    words = models.CharField(max_length=300)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(staff=F("by")),
                name="nobody_resets_their_own_second_factor",
                violation_error_message=_("Another administrator resets yours."),
            )
        ]
        triggers = [
            pgtrigger.Protect(name="second_factor_reset_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class PersonalLink(Row):
    """A patient's own link. The token is derived from the id and the secret key; only its digest is kept."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(revoked_at=None), name="one_personal_link_at_a_time"
            )
        ]


class Device(Row):
    """A browser on which a patient has proved who they are. The cookie's digest is kept, never the cookie."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_seen_at = models.DateTimeField(default=timezone.now)
    user_agent = models.CharField(
        max_length=200, blank=True, db_default="", help_text="What the browser called itself then."
    )
    ended_at = models.DateTimeField(null=True, blank=True)


class EntryCode(Row):
    """A six-digit code sent to a patient, or to a supporter, and what it proves. Derived from the id and the secret
    key; not stored."""

    class Opens(models.TextChoices):
        ENTRY = "entry", "A new device"
        CONTACT = "contact", "A change of contact data: who asks has the number until now"
        NUMBER = "number", "A change of contact data: who asks has the new number"

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, null=True, blank=True, related_name="entry_codes")
    supporter = models.ForeignKey(
        "people.Supporter", on_delete=models.CASCADE, null=True, blank=True, related_name="entry_codes"
    )
    opens = models.CharField(max_length=7, choices=Opens.choices, default=Opens.ENTRY)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "-sent_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(patient=None) ^ Q(supporter=None), name="entry_code_is_one_persons")
        ]

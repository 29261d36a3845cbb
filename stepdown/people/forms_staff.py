"""Adding a colleague, and where they are reached and live."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.people.models import Role
from stepdown.people.proving import ProvedForm
from stepdown.ui.fields import CheckCards, Form, PhoneField, ZipCodeField

ZONES = [
    ("America/New_York", _("Eastern")),
    ("America/Chicago", _("Central")),
    ("America/Denver", _("Mountain")),
    ("America/Phoenix", _("Arizona")),
    ("America/Los_Angeles", _("Pacific")),
    ("America/Anchorage", _("Alaska")),
    ("Pacific/Honolulu", _("Hawaii")),
    ("America/Puerto_Rico", _("Atlantic")),
]
WHAT_THEY_DO = {
    Role.ADMISSIONS.value: _("Answers requests, assesses, offers seats."),
    Role.COUNSELOR.value: _("Leads groups, confirms attendance, writes notes."),
    Role.DIRECTOR.value: _("Sees all of the care, decides exceptions."),
    Role.PRIVACY.value: _("Answers requests, judges breaches, sees who looked at which record."),
    Role.BILLER.value: _("Sees what is billed."),
    Role.ADMINISTRATOR.value: _("Adds and ends accounts. Sees no patients."),
    Role.AUDITOR.value: _("Reads what a privacy officer opens for an audit, of named patients, for some days."),
}


class ContactForm(Form):
    """A phone number or none; street and ZIP code, or neither."""

    phone = PhoneField(
        label=_("Mobile phone"),
        help_text=_(
            "For text messages that cannot wait, such as a room without its leader. They name no patient. "
            "Without a number the messages go by e-mail."
        ),
        required=False,
    )
    address_line = forms.CharField(
        label=_("Home address: street and apartment"),
        help_text=_(
            "Asked for one thing: to notice when somebody opens the record of a person of their own household. "
            "Administrators and the colleague alone read it. It may stay empty."
        ),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    postal_code = ZipCodeField(label=_("ZIP code of the home address"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("address_line") and not given.get("postal_code", "x"):
            self.add_error("postal_code", _("Enter the ZIP code too: a street alone is in many towns."))
        if given.get("postal_code") and not given.get("address_line", "x"):
            self.add_error("address_line", _("Enter the street too, or leave both empty."))
        return given


class ChangedContactForm(ContactForm, ProvedForm):
    """The same of somebody who works here already."""


class WhoForm(Form):
    """What somebody is called and may do."""

    name = forms.CharField(
        label=_("Name"), max_length=80, error_messages={"required": _("Enter the name of the person.")}
    )
    letters = forms.CharField(
        label=_("Letters after the name"),
        help_text=_("As they stand under a note, for example LADC. Leave it empty when there are none."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-10"}),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=CheckCards(hints=WHAT_THEY_DO),
        error_messages={"required": _("Choose at least one role.")},
    )


class RolesForm(WhoForm, ProvedForm):
    """The same of somebody who works here already, or again."""

    field_order = ("name", "letters", "roles", "code")


class StaffForm(WhoForm, ContactForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("They sign in with it."),
        error_messages={"required": _("Enter the e-mail address they sign in with.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=ZONES, error_messages={"required": _("Choose a time zone.")}
    )
    password = forms.CharField(
        label=_("First password"),
        help_text=_("12 characters or more. Tell it in person. It opens for 7 days, until they choose their own."),
        max_length=120,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
        error_messages={"required": _("Enter a first password.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        here = timezone.get_current_timezone()
        if isinstance(here, ZoneInfo):
            self.fields["time_zone"].initial = here.key

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]

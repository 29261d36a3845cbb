"""How a patient is reached and where they are: what staff correct when it changes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.people.forms_staff import ZONES
from stepdown.people.models import Patient
from stepdown.people.proving import ProvedForm
from stepdown.ui.fields import ChoiceCards, PhoneField, StateField


def _line(label: Any, length: int, hint: Any = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=hint, max_length=length, required=False, widget=widget)


class ContactForm(ProvedForm):
    """Each field is one of Patient."""

    phone = PhoneField(
        label=_("Phone number"),
        help_text=_("The personal link and the codes go to this number."),
        error_messages={"required": _("Enter the number that texts go to.")},
    )
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)
    safe_contact_note = _line(
        _("The safe way to reach them"), 200, _("When, how, and what must not be said. Empty: any way is safe.")
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("en", _("English")), ("es", _("Spanish"))],
        widget=ChoiceCards(across=True),
        error_messages={"required": _("Choose a language.")},
    )
    address_line = _line(_("Street and apartment"), 120, _("Where help is sent when they do not say where they are."))
    city = _line(_("City"), 60)
    state = StateField(label=_("State"), error_messages={"required": _("Choose the state they live in.")})
    postal_code = forms.RegexField(
        r"^[0-9]{5}(-[0-9]{4})?$",
        label=_("ZIP code"),
        required=False,
        widget=forms.TextInput(attrs={"class": "w-10", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Enter a ZIP code with 5 digits, for example 55401.")},
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=ZONES, error_messages={"required": _("Choose a time zone.")}
    )
    emergency_contact_name = _line(_("Emergency contact"), 80)
    emergency_contact_phone = PhoneField(label=_("Phone of the emergency contact"), required=False)
    field_order = (
        "phone", "email", "safe_contact_note", "language", "address_line", "city", "state", "postal_code", "time_zone",
        "emergency_contact_name", "emergency_contact_phone", "code",
    )  # fmt: skip

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        names = [name for name in self.base_fields if name != "code"]
        super().__init__(*args, initial={name: getattr(patient, name) for name in names}, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("emergency_contact_name") and not given.get("emergency_contact_phone", "x"):
            self.add_error("emergency_contact_phone", _("Enter the number of the emergency contact too."))
        return given

    @property
    def facts(self) -> dict[str, str]:
        """What a valid form says about the patient."""
        return {name: value for name, value in self.cleaned_data.items() if name != "code"}

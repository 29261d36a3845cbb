"""How a patient is reached and where they are: what staff or the patient correct when it changes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.outreach.forms import SixDigitsField
from stepdown.people.forms_staff import ZONES
from stepdown.people.models import Patient
from stepdown.people.proving import ProvedForm
from stepdown.ui.fields import ChoiceCards, Form, PhoneField, StateField, ZipCodeField, phone_said


def _line(label: Any, length: int, hint: Any = "", autocomplete: str = "off") -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, help_text=hint, max_length=length, required=False, widget=widget)


class _Contact(Form):
    """Each field is one of Patient."""

    FACTS = (
        "phone", "email", "safe_contact_note", "language", "address_line", "city", "state", "postal_code", "time_zone",
        "emergency_contact_name", "emergency_contact_phone",
    )  # fmt: skip

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
    postal_code = ZipCodeField(required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=ZONES, error_messages={"required": _("Choose a time zone.")}
    )
    emergency_contact_name = _line(_("Emergency contact"), 80)
    emergency_contact_phone = PhoneField(label=_("Phone of the emergency contact"), required=False)
    field_order = (*FACTS, "code")

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, initial={name: getattr(patient, name) for name in self.FACTS}, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("emergency_contact_name") and not given.get("emergency_contact_phone", "x"):
            self.add_error("emergency_contact_phone", _("Enter the number of the emergency contact too."))
        return given

    @property
    def facts(self) -> dict[str, str]:
        """What a valid form says about the patient."""
        return {name: self.cleaned_data[name] for name in self.FACTS}


class ContactForm(ProvedForm, _Contact):
    """As staff change it."""


class MyContactForm(_Contact):
    """As the patient changes it."""

    phone = PhoneField(
        label=_("Your phone number"),
        help_text=_("Your link and the codes go to this number."),
        error_messages={"required": _("Enter the number that texts go to.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    safe_contact_note = _line(
        _("The safe way to reach you"), 200, _("When, how, and what must not be said. Empty: any way is safe.")
    )
    address_line = _line(
        _("Street and apartment"), 120, _("Where help is sent when you cannot say where you are."), "address-line1"
    )
    city = _line(_("City"), 60, autocomplete="address-level2")
    state = StateField(label=_("State"), error_messages={"required": _("Choose the state you live in.")})
    emergency_contact_name = _line(_("Who we call in an emergency"), 80)
    emergency_contact_phone = PhoneField(
        label=_("Their phone number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "class": "w-20"}),
    )

    @property
    def changes(self) -> list[tuple[str, str]]:
        """(name of a field, what a valid form says there now), of each that is another than it was."""
        new = [name for name, value in self.facts.items() if value != self.initial[name]]
        return [(str(self.fields[name].label), self._said(name)) for name in new]

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was sent, to send it again."""
        return [(name, self.data.get(name, "")) for name in self.FACTS]

    def _said(self, name: str) -> str:
        value: str = self.cleaned_data[name]
        field: Any = self.fields[name]
        if isinstance(field, PhoneField):
            return phone_said(value)
        return str(dict(field.choices)[value]) if hasattr(field, "choices") else value


class MyCodesForm(Form):
    """The codes that prove who has which number."""

    code = SixDigitsField(
        help_text=_("Six digits, in the text message to the number you have now."),
        error_messages={"required": _("Enter the code we sent to the number you have now.")},
    )
    number_code = SixDigitsField(
        help_text=_("Six digits, in the text message to the new number."),
        error_messages={"required": _("Enter the code we sent to the new number.")},
    )

    def __init__(self, *args: Any, is_new_number: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number_code"].label = _("Code at the new number")
        if not is_new_number:
            del self.fields["number_code"]

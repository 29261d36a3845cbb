"""What somebody writes who is worried, and what staff do about it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.ui.fields import Form, OnceField, PhoneField, YesNoField


class ConcernForm(Form):
    """From somebody with a page: whom they mean is known."""

    once = OnceField()
    words = forms.CharField(
        label=_("What worries you?"),
        help_text=_("What you saw or heard, and when."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what worries you, in a few words.")},
    )
    in_danger = YesNoField(
        label=_("Do you fear that something may happen today?"),
        error_messages={"required": _("Choose yes or no.")},
    )


class StrangersConcernForm(ConcernForm):
    """From the public site."""

    about = forms.CharField(
        label=_("Who are you worried about?"),
        help_text=_("Their name, and what helps us to know whom you mean."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write whom you are worried about.")},
    )
    teller = forms.CharField(
        label=_("Your name, if you like"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "w-20"}),
    )
    teller_phone = PhoneField(
        label=_("Your phone number, if we may call you"),
        help_text=_("We can listen. We cannot tell you whether somebody is here."),
        required=False,
    )

    field_order = ("once", "about", "words", "in_danger", "teller", "teller_phone")


class NameForm(Form):
    name = forms.CharField(
        label="A patient’s name, or how it begins",
        max_length=80,
        error_messages={"required": "Type the beginning of a name."},
        widget=forms.TextInput(attrs={"type": "search", "class": "input", "autocomplete": "off"}),
    )


class PatientForm(Form):
    """Whom it is about, by a button in the list of those found."""

    patient = forms.UUIDField(error_messages={"required": "Choose somebody from the list."})


class AsideForm(Form):
    outcome = forms.CharField(
        label="What was done",
        help_text="For example: called back and listened, gave 988 and the hotline; nobody of this name is here.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write down what was done."},
    )

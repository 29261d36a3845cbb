"""The two questions on a new device."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.ui.fields import DateBoxes, DateBoxesField, Form


class BornForm(Form):
    born = DateBoxesField(
        label=_("Date of birth"),
        help_text=_("For example 3 27 1985."),
        latest=timezone.localdate,
        widget=DateBoxes(autocomplete="bday"),
        error_messages={"required": _("Enter your date of birth.")},
    )


class CodeForm(BornForm):
    """Carries the date of birth along, so that both are checked together and nothing has to be typed twice."""

    code = forms.RegexField(
        r"^\s*(?:\d\s*){6}$",
        label=_("Code"),
        help_text=_("Six digits, in the text message we just sent."),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "w-10", "inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={
            "required": _("Enter the code from the text message."),
            "invalid": _("Enter the 6 digits of the code."),
        },
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())

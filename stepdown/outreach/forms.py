"""The two questions on a new device."""

from typing import Any

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


class SixDigitsField(forms.RegexField):
    """A code as we sent it, with or without spaces."""

    default_error_messages = {
        "required": _("Enter the code we sent."),
        "invalid": _("Enter the 6 digits of the code."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"class": "w-10", "inputmode": "numeric", "autocomplete": "one-time-code"})
        super().__init__(r"^\s*(?:\d\s*){6}$", label=_("Code"), max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        return "".join(str(super().clean(value)).split())


class CodeForm(BornForm):
    """Carries the date of birth along, so that both are checked together and nothing has to be typed twice."""

    code = SixDigitsField(
        help_text=_("Six digits, in the text message we just sent."),
        error_messages={"required": _("Enter the code from the text message.")},
    )

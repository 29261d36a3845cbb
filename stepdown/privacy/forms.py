"""Signing an agreement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.privacy.texts import Text
from stepdown.ui.fields import Form


class SignForm(Form):
    """`text` is the wording of today; what was read must be the same. Source: RULE PRIV-43 (intent, exact text)."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    agreed = forms.BooleanField(
        label=_("I have read this, and I agree."), error_messages={"required": _("Check the box if you agree.")}
    )
    signed_name = forms.CharField(
        label=_("Your full name"),
        help_text=_("Typing it here counts like your name on paper."),
        max_length=120,
        min_length=2,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your full name."), "min_length": _("Type your full name.")},
    )

    def __init__(self, *args: object, text: Text, **kwargs: object) -> None:
        super().__init__(*args, initial={"version": text.version}, **kwargs)
        self.text = text

    def clean(self) -> None:
        if self.cleaned_data.get("version") != self.text.version:
            self.data = {**self.data.dict(), "version": self.text.version}  # type: ignore[attr-defined]  # a QueryDict
            self.add_error(None, _("The words of this agreement have changed. Read them again, then sign."))

"""What a patient says by themselves, beside the instruments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.measures.models import CheckIn
from stepdown.ui.fields import CheckChips, ChoiceCards, Form, OnceField, ScaleField, YesNoField


class CheckInForm(Form):
    """How they are; every answer may be left out, but not all of them. `since`: said of their last check-in, if any."""

    once = OnceField()
    craving = ScaleField(
        label=_("How strong is your urge to drink or use?"), ends=(_("No urge"), _("Strongest")), required=False
    )
    mood = forms.ChoiceField(
        label=_("Your mood"), choices=CheckIn.Mood.choices, widget=ChoiceCards(across=True), required=False
    )
    used_since = YesNoField(
        label=_("Did you drink or use in the past day?"),
        help_text=_("You stay in the group either way. It helps us help you."),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        required=False,
    )
    triggers = forms.MultipleChoiceField(
        label=_("What made it harder?"), choices=CheckIn.Trigger.choices, widget=CheckChips(big=True), required=False
    )
    helped = forms.CharField(label=_("What helped?"), max_length=200, required=False)
    words = forms.CharField(label=_("Anything you want to say"), max_length=300, required=False)

    def __init__(self, *args: Any, has_before: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_before:
            self.fields["used_since"].label = _("Did you drink or use since your last check-in?")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and all(said.get(name) in (None, "", []) for name in self.fields if name != "once"):
            raise forms.ValidationError(_("Answer at least one question."))
        return said

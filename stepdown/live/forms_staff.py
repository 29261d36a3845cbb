"""What leaders write in the room and about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.live.models import IncidentEntry
from stepdown.ui.fields import Form


class EntryForm(Form):
    """One entry of an incident: what was done, or what happened in words."""

    done = forms.ChoiceField(label=_("What was done"), choices=IncidentEntry.Done.choices, required=False)
    words = forms.CharField(
        label=_("What happened, in your words"),
        help_text=_("What you saw and heard, what you did, who came. No names of others in the group."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("done") and not said.get("words"):
            raise forms.ValidationError(_("Choose what was done, or write what happened."))
        return said

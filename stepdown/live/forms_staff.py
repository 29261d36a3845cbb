"""What leaders write in the room and about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.live.models import Incident, IncidentEntry, LicenseOverride
from stepdown.ui.fields import CheckChips, Chips, ChoiceCards, Form


class EntryForm(Form):
    """One entry of an incident: what was done, or what happened in words."""

    kind = forms.ChoiceField(label=_("What it was"), choices=Incident.Kind.choices, widget=Chips, required=False)
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
        if not self.errors and not any(said.get(name) for name in ("kind", "done", "words")):
            raise forms.ValidationError(_("Choose what was done, or write what happened."))
        return said


class ClosingForm(EntryForm):
    """The entry that closes an incident, in a place of its own on the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="closing_%s", **kwargs)
        self.fields["words"].label = _("What was learned, what changes")
        self.fields["words"].help_text = ""


class IncidentForm(Form):
    """An incident outside a session."""

    kind = forms.ChoiceField(
        label=_("What it was"),
        choices=Incident.Kind.choices,
        widget=Chips,
        error_messages={"required": _("Choose what it was.")},
    )
    done = forms.MultipleChoiceField(
        label=_("What was done"),
        choices=[
            one
            for one in IncidentEntry.Done.choices
            if one[0] not in (IncidentEntry.Done.FOLLOWED_UP, IncidentEntry.Done.CLOSED)
        ],
        widget=CheckChips,
        required=False,
    )
    words = forms.CharField(
        label=_("What happened, when and where"),
        help_text=_("What you saw and heard or were told, what you did, who came. No names of other patients."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what happened.")},
    )


class OverrideForm(Form):
    """Why someone takes part from where the leader has no license. Source: RULE PRIV-35."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=LicenseOverride.Reason.choices,
        widget=ChoiceCards(across=True),
        error_messages={"required": _("Choose the reason.")},
    )
    words = forms.CharField(
        label=_("In a sentence"),
        help_text=_("Needed for another reason. It stands on the attendance of this session."),
        max_length=300,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("reason") == LicenseOverride.Reason.OTHER and not said.get("words"):
            self.add_error("words", _("Write the reason."))
        return said

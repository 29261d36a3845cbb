"""What the patient says at the door."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.live.models import DoorCheck
from stepdown.ui.fields import ChoiceCards, Form, PhoneField, ScaleField, StateField, YesNoField
from stepdown.ui.states import STATES

ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Place:
    """A place to offer with one tap: `key` names it in the form, `label` to the reader."""

    key: str
    label: Any
    address: str
    state: str


class PlaceForm(Form):
    """Where they are, how to call back, who else hears. Source: RULE PROG-08, PRIV-35.

    Cleans to `address`, `state`, `callback_phone`, `alone`, whichever way the place was given.
    """

    place = forms.ChoiceField(
        label=_("Where you are"),
        widget=ChoiceCards(),
        error_messages={"required": _("Choose where you are right now.")},
    )
    address = forms.CharField(
        label=_("Address"),
        help_text=_("Street, number and city, so that help finds you."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    state = StateField(label=_("State"), required=False)
    callback_phone = PhoneField(
        label=_("Number to call you back"),
        error_messages={"required": _("Enter the number at which we reach you right now.")},
    )
    alone = YesNoField(
        label=_("Who else can hear or see?"),
        widget=ChoiceCards(hints={"no": _("That is OK. We will help you find a way.")}),
        choices=[("yes", _("Nobody, I am alone")), ("no", _("Someone is near"))],
        error_messages={"required": _("Tell us if someone can hear or see the group.")},
    )

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.key: place for place in places}
        where = self.fields["place"]
        assert isinstance(where, forms.ChoiceField)
        where.choices = [(place.key, place.label) for place in places] + [(ELSEWHERE, _("Somewhere else"))]
        where.widget.hints = {place.key: place.address for place in places}

    @property
    def state_named(self) -> str:
        """The name of the state that was given."""
        return str(dict(STATES).get(self.cleaned_data.get("state", ""), ""))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        known = self.places.get(said.get("place", ""))
        if known:
            return {**said, "address": known.address, "state": known.state}
        if said.get("place") == ELSEWHERE:
            if not said.get("address") and "address" not in self.errors:
                self.add_error("address", _("Enter the address where you are right now."))
            if not said.get("state") and "state" not in self.errors:
                self.add_error("state", _("Choose the state where you are right now."))
        return said


class HowForm(Form):
    """How they are. Every answer may be left out; the group's leader reads them beside "Let in"."""

    craving = ScaleField(
        label=_("How strong is your urge to drink or use?"),
        ends=(_("No urge"), _("Strongest")),
        required=False,
    )
    mood = forms.ChoiceField(
        label=_("Your mood"), choices=DoorCheck.Mood.choices, widget=ChoiceCards(across=True), required=False
    )
    used_since = YesNoField(
        label=_("Did you drink or use in the past week?"),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        required=False,
    )

    def __init__(self, *args: Any, since: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if since:
            self.fields["used_since"].label = _("Did you drink or use since %(day)s?") % {"day": since}

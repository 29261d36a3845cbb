"""What a director says when one session is moved, called off or made up for."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.timetable.domain.calendar import moment
from stepdown.timetable.models import Session
from stepdown.ui.fields import DateBoxesField, Form
from stepdown.ui.when import local_date


class SeenForm(Form):
    """`seen`: the session's revision on the page, so that nobody undoes what someone else did meanwhile."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_seen(self) -> int:
        """A page that does not say what it saw has seen nothing."""
        seen = self.cleaned_data["seen"]
        return -1 if seen is None else seen


class CancelForm(SeenForm):
    why = forms.CharField(
        label=_("Why"),
        help_text=_("For the staff. Patients read that it does not take place, and no reason."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say why the session is called off.")},
    )


class WhenForm(SeenForm):
    """A day and a clock time in the group's own zone."""

    on = DateBoxesField(label=_("Day"), error_messages={"required": _("Enter the day.")})
    at = forms.TimeField(
        label=_("Starts at"),
        widget=forms.TextInput(attrs={"class": "w-10", "autocomplete": "off"}),
        error_messages={
            "required": _("Enter when the session starts, for example 6:00 pm."),
            "invalid": _("Enter a time, for example 6:00 pm."),
        },
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        self.zone = session.group.zone
        local = session.starts_at.astimezone(self.zone)
        initial = {"on": local_date(session.starts_at, self.zone), "at": f"{local:%-I:%M} {local:%p}".lower()}
        super().__init__(*args, initial=initial | {"seen": session.revision}, **kwargs)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        on, at = values.get("on"), values.get("at")
        if on and at:
            if on.year > timezone.localdate().year + 2:
                self.add_error("on", _("Choose a day within the next three months."))
            elif self.starts_at.astimezone(self.zone).time() != at:
                self.add_error("at", _("The clocks go forward that night and skip this time. Choose another one."))
        return values

    @property
    def starts_at(self) -> datetime:
        return moment(self.cleaned_data["on"], self.cleaned_data["at"], self.zone)

"""Who co-signs somebody's notes, from when and until when."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.people.models import Staff
from stepdown.people.supervision import could_supervise
from stepdown.ui.fields import DateBoxesField, Form

EARLY = {"early": _("What is signed already stays as it is. Choose today or a later day.")}


def _latest() -> date:
    return date(timezone.localdate().year + 10, 12, 31)


class SupervisorForm(Form):
    prefix = "name"
    supervisor = forms.ChoiceField(label=_("Supervisor"), error_messages={"required": _("Choose who co-signs.")})
    from_on = DateBoxesField(
        label=_("From"),
        help_text=_("The first day of which the notes need the co-signature."),
        earliest=timezone.localdate,
        latest=_latest,
        error_messages={"required": _("Enter the first day."), **EARLY},
    )

    def __init__(self, *args: Any, of: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = {str(one.pk): one for one in could_supervise(of)}
        choices = [(pk, one.signature) for pk, one in self.staff.items()]
        self.fields["supervisor"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]  # declared above as a field with choices

    @property
    def chosen(self) -> Staff:
        return self.staff[self.cleaned_data["supervisor"]]


class EndSupervisionForm(Form):
    prefix = "end"
    last_on = DateBoxesField(
        label=_("Last day"),
        help_text=_("What is signed on it still needs the co-signature."),
        earliest=timezone.localdate,
        latest=_latest,
        error_messages={"required": _("Enter the last day."), **EARLY},
    )

"""What is asked when minutes are corrected."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from stepdown.attendance.models import Attendance
from stepdown.ui.fields import Form


class CorrectionForm(Form):
    """The minutes the leader stands for, and why, of what the page showed (`seen`). `most`: whole clinical
    minutes of the planned time; `absent`: what it is called when they were not there, unless the leader says otherwise.
    """

    minutes = forms.IntegerField(
        label=_("Clinical minutes"),
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input w-4"}),
        error_messages={"required": _("Enter how many minutes count, 0 when they were not there.")},
    )
    absence = forms.ChoiceField(
        label=_("If they were not there"),
        required=False,
        choices=[(status.value, status.label) for status in Attendance.ABSENCES],
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        help_text=_("Stays beside what the room recorded. Name nobody else."),
    )

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, *args: Any, row: Attendance, most: int, absent: str, **kwargs: Any) -> None:
        absence = row.status if row.status in Attendance.ABSENCES else absent
        initial = {"minutes": row.counted, "absence": absence, "reason": row.correction_reason, "seen": row.version}
        super().__init__(*args, initial=initial, auto_id=f"{row.pk}-%s", **kwargs)
        minutes = self.fields["minutes"]
        minutes.error_messages["max_value"] = _(
            "The planned time has %(limit_value)s clinical minutes. Enter that or less."
        )
        minutes.validators.append(MaxValueValidator(most))
        self.row, self.absent = row, absent

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        minutes, reason = given.get("minutes"), given.get("reason", "").strip()
        otherwise = minutes == 0 and given.get("absence", "") not in ("", self.absent)
        if minutes is not None and (minutes != self.row.minutes or otherwise) and not reason:
            self.add_error("reason", _("Say why. The reason stays beside what the room recorded."))
        return given

    def look_again(self, row: Attendance) -> None:
        """The page shows what stands by now beside what was typed, which then is of that."""
        self.row = row
        self.data: Any = {**dict(self.data.items()), "seen": row.version}

"""Who is away when, and who is asked to stand in."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.people.models import Role, Staff
from stepdown.timetable.domain.calendar import moment
from stepdown.timetable.models import Place
from stepdown.ui.fields import DateBoxesField, Form, LongSelect


def _in_two_years() -> date:
    return timezone.localdate() + timedelta(days=730)


TOO_FAR = {
    "early": _("That day is over. Choose one that is still to come."),
    "late": _("Choose a day within two years."),
}


class AbsenceForm(Form):
    """Whole days, or a part of one day; clock times are in the zone of whoever writes. `who` is asked of directors."""

    who = forms.ModelChoiceField(
        label=_("Who is away"),
        queryset=Staff.objects.none(),
        widget=LongSelect,
        empty_label=_("Choose a colleague"),
        error_messages={
            "required": _("Choose who is away."),
            "invalid_choice": _("Choose one of the colleagues shown."),
        },
    )
    first_on = DateBoxesField(
        label=_("First day"),
        earliest=timezone.localdate,
        latest=_in_two_years,
        error_messages={"required": _("Enter the first day."), **TOO_FAR},
    )
    last_on = DateBoxesField(
        label=_("Last day"),
        help_text=_("Empty for one day."),
        earliest=timezone.localdate,
        latest=_in_two_years,
        required=False,
        error_messages=TOO_FAR,
    )
    from_at = forms.TimeField(
        label=_("From"),
        help_text=_("Only for a part of the first day, for example 1:00 pm."),
        required=False,
        widget=forms.TextInput(attrs={"class": "w-10", "autocomplete": "off"}),
    )
    until_at = forms.TimeField(
        label=_("Until"),
        help_text=_("Only for a part of the last day."),
        required=False,
        widget=forms.TextInput(attrs={"class": "w-10", "autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, by: Staff) -> None:
        super().__init__(data, initial={"who": by.pk})
        if by.has_role(Role.DIRECTOR):
            leads = Staff.objects.current().filter(roles__overlap=[Role.COUNSELOR, Role.DIRECTOR])
            self.fields["who"].queryset = leads  # type: ignore[attr-defined]
        else:
            del self.fields["who"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first = said.get("first_on")
        if self.errors or not first:
            return said
        if (said.get("last_on") or first) < first:
            self.add_error("last_on", _("The last day cannot be before the first one."))
        elif self.ends_at <= self.starts_at:
            self.add_error("until_at", _("This is before it begins. Enter a later time, or a later last day."))
        elif self.ends_at <= timezone.now():
            self.add_error("until_at", _("That time is over. Enter a later one."))
        return said

    @property
    def starts_at(self) -> datetime:
        first, at = self.cleaned_data["first_on"], self.cleaned_data.get("from_at")
        return moment(first, at or datetime.min.time(), timezone.get_current_timezone())

    @property
    def ends_at(self) -> datetime:
        last, at = self.cleaned_data.get("last_on") or self.cleaned_data["first_on"], self.cleaned_data.get("until_at")
        if at:
            return moment(last, at, timezone.get_current_timezone())
        return moment(last + timedelta(days=1), datetime.min.time(), timezone.get_current_timezone())


class PlaceForm(Form):
    place = forms.ChoiceField(
        choices=Place.choices,
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose the leader or co-leader.")},
    )


class AskForm(PlaceForm):
    """Whom to ask. `order`: all at once, or one after the other as they stand on the page."""

    AT_ONCE, IN_ORDER = "at_once", "in_order"
    staff = forms.ModelMultipleChoiceField(
        queryset=Staff.objects.none(),
        error_messages={
            "required": _("Choose whom to ask."),
            "invalid_choice": _("Choose from the colleagues shown."),
            "invalid_pk_value": _("Choose from the colleagues shown."),
        },
    )
    order = forms.ChoiceField(
        choices=[(AT_ONCE, _("All at once")), (IN_ORDER, _("One after the other"))],
        error_messages={"required": _("Choose whether to ask at once or one after the other.")},
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["staff"].queryset = Staff.objects.current()  # type: ignore[attr-defined]


class AssignForm(PlaceForm):
    staff = forms.ModelChoiceField(
        queryset=Staff.objects.none(),
        error_messages={"required": _("Choose who leads."), "invalid_choice": _("Choose from the colleagues shown.")},
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["staff"].queryset = Staff.objects.current()  # type: ignore[attr-defined]


class AnswerForm(Form):
    answer = forms.ChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))], error_messages={"required": _("Say yes or no.")}
    )

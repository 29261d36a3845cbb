"""Days on which the whole center is closed."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.timetable.models import Closure
from stepdown.ui.fields import ChoiceCards, DateBoxesField, Form


class ClosureForm(Form):
    name = forms.CharField(
        label=_("Name"),
        help_text=_("For the staff, for example Thanksgiving."),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "w-20", "autocomplete": "off"}),
        error_messages={"required": _("Enter a name for these days.")},
    )
    first_on = DateBoxesField(label=_("First day"), error_messages={"required": _("Enter the first day.")})
    last_on = DateBoxesField(label=_("Last day"), error_messages={"required": _("Enter the last day.")})

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last, today = values.get("first_on"), values.get("last_on"), timezone.localdate()
        if first and first < today:
            self.add_error("first_on", _("Enter today or a later day."))
        if first and last and last < first:
            self.add_error("last_on", _("The last day is before the first. Enter the first day or a later one."))
        elif last and last > today + timedelta(days=3 * 365):
            self.add_error("last_on", _("Enter a day within the next three years."))
        elif first and last and last - first > timedelta(days=92):
            self.add_error("last_on", _("These are more than three months. Close each group instead."))
        if not self.errors:
            self._meets_no_other(values)
        return values

    def _meets_no_other(self, values: dict[str, Any]) -> None:
        other = Closure.objects.filter(first_on__lte=values["last_on"], last_on__gte=values["first_on"]).first()
        if other:
            said = _("The center is closed on some of these days already: %(name)s. Choose other days.")
            self.add_error("first_on", said % {"name": other.name})


class OpenForm(Form):
    """What becomes of the sessions when a closure is taken back."""

    sessions = forms.ChoiceField(
        label=_("Its sessions"),
        choices=[("back", _("Take place after all")), ("off", _("Stay called off"))],
        initial="back",
        widget=ChoiceCards,
        error_messages={"required": _("Choose what becomes of its sessions.")},
    )

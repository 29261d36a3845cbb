"""What people fill in about seats, availability and programs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.admissions.models import Band
from stepdown.placement.models import Language, Program, Tag
from stepdown.placement.programs import BEGIN_WITH
from stepdown.ui.fields import CheckChips, Chips, Form, ModelForm
from stepdown.ui.when import WEEKDAYS

DAYS = [(str(number), name) for number, name in enumerate(WEEKDAYS["en"])]


def day_numbers(value: Any) -> int:
    return int(value)


class OfferForm(Form):
    """Which group; the chair is the lowest that is free."""

    group = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": _("Choose a group to offer a seat in.")}
    )


class AvailabilityForm(Form):
    """When a person can come."""

    bands = forms.MultipleChoiceField(
        label=_("Can come in the"),
        choices=Band.choices,
        widget=CheckChips,
        error_messages={"required": _("Choose at least one part of the day.")},
    )
    days_away = forms.TypedMultipleChoiceField(
        label=_("Has other duties on"), choices=DAYS, coerce=day_numbers, widget=CheckChips, required=False
    )
    band = forms.ChoiceField(
        label=_("Would rather come in the"), choices=[("", _("No wish")), *Band.choices], widget=Chips, required=False
    )
    days = forms.TypedMultipleChoiceField(
        label=_("Would rather come on"), choices=DAYS, coerce=day_numbers, widget=CheckChips, required=False
    )
    language = forms.ChoiceField(
        label=_("Would rather speak"), choices=[("", _("No wish")), *Language.choices], widget=Chips, required=False
    )
    true_of = forms.MultipleChoiceField(
        label=_("Could sit in a group for"), choices=Tag.choices, widget=CheckChips, required=False
    )
    tags = forms.MultipleChoiceField(
        label=_("Would rather sit in a group for"), choices=Tag.choices, widget=CheckChips, required=False
    )

    WISHES = ("band", "days", "language", "true_of", "tags")

    @property
    def values(self) -> dict[str, Any]:
        """As the service takes them: needs, and wishes apart."""
        given = dict(self.cleaned_data)
        wishes = {name: given.pop(name) for name in self.WISHES}
        return given | {"wishes": wishes}


class MoveForm(Form):
    """Another group, and why."""

    group = forms.ChoiceField(
        label=_("Move to"),
        error_messages={
            "required": _("Choose the group to move to."),
            "invalid_choice": _("Choose one of the groups listed."),
        },
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why this person changes groups.")},
    )

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", _("Choose a group")), *groups]  # type: ignore[attr-defined]  # declared above as a field with choices


class ProgramForm(ModelForm):
    """A program's numbers. Breaks are two at most, each as long as the other."""

    break_count = forms.IntegerField(
        label=_("Breaks in a meeting"),
        min_value=0,
        max_value=3,
        error_messages={"required": _("Enter how many breaks a meeting has, 0 for none.")},
    )
    break_minutes = forms.IntegerField(
        label=_("Minutes of each break"),
        min_value=5,
        max_value=30,
        required=False,
    )

    class Meta:
        model = Program
        fields = (
            "name",
            "meeting_minutes",
            "meetings_a_week",
            "weeks",
            "review_days",
            "seats_intended",
            "seats_limit",
            "encrypted",
        )
        labels = {
            "name": _("Name"),
            "meeting_minutes": _("Length of a meeting in minutes"),
            "meetings_a_week": _("Meetings a week"),
            "weeks": _("Length of the program in weeks"),
            "review_days": _("Days between reviews"),
            "seats_intended": _("Seats we plan for"),
            "seats_limit": _("Seats at most"),
            "encrypted": _("Encrypt picture and sound end to end"),
        }
        help_texts = {
            "weeks": _("Leave it empty when the program has no set end."),
            "encrypted": _(
                "Only the people in the room can open them, and not our own servers. It costs their phones and "
                "computers more work, and whoever has a browser older than the end of 2025 cannot take part until "
                "it is updated. "
                "It counts for each room that is opened from now on."
            ),
        }
        error_messages = {
            "name": {"required": _("Enter the program’s name.")},
            "meeting_minutes": {"required": _("Enter how many minutes a meeting lasts.")},
            "meetings_a_week": {"required": _("Enter how many meetings a week has.")},
            "review_days": {"required": _("Enter after how many days care is reviewed.")},
            "seats_intended": {"required": _("Enter how many seats we plan for.")},
            "seats_limit": {"required": _("Enter how many seats a group has at most.")},
        }

    # (lowest, highest) of each number; the database holds the limit of ten seats.
    RANGES = {
        "meeting_minutes": (30, 360),
        "meetings_a_week": (1, 7),
        "weeks": (1, 104),
        "review_days": (7, 365),
        "seats_intended": (1, 10),
        "seats_limit": (1, 10),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        breaks = self.instance.breaks
        self.fields["break_count"].initial = len(breaks)
        self.fields["break_minutes"].initial = breaks[0][1] if breaks else None
        self.fields["encrypted"] = self.fields.pop("encrypted")  # last on the page
        for name, field in self.fields.items():
            if name != "encrypted":
                field.widget.attrs["class"] = "w-20" if name == "name" else "w-4"

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Program.objects.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is already a program of that name. Choose another name."))
        return name

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name, (low, high) in self.RANGES.items():
            value = values.get(name)
            if value is not None and not low <= value <= high:
                self.add_error(name, _("Enter a number from %(low)d to %(high)d.") % {"low": low, "high": high})
        planned, limit = values.get("seats_intended"), values.get("seats_limit")
        if planned and limit and planned > limit:
            self.add_error("seats_intended", _("Plan for no more seats than there are at most."))
        if values.get("break_count") and not values.get("break_minutes"):
            self.add_error("break_minutes", _("Enter how long each break lasts."))
        length = values.get("meeting_minutes")
        if (
            length
            and values.get("break_count")
            and (values.get("break_minutes") or 0) * values["break_count"] > length / 2
        ):
            self.add_error("break_minutes", _("Breaks may take up to half of a meeting."))
        return values

    @property
    def numbers(self) -> dict[str, Any]:
        """The fields to store; breaks lie evenly in the meeting."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        count, length = self.cleaned_data["break_count"], self.cleaned_data["meeting_minutes"]
        step = length // (count + 1)
        values["breaks"] = [[step * (n + 1), self.cleaned_data["break_minutes"]] for n in range(count)]
        return values


class NewProgramForm(ProgramForm):
    """A program that is set up with its first group; its boxes carry the kind's prefix. `program` is not stored yet."""

    def __init__(self, kind: str, data: Any = None) -> None:
        super().__init__(data, instance=Program(**BEGIN_WITH[kind]), prefix=kind)
        self.fields["name"].label = _("Name of the program")

    @property
    def program(self) -> Program:
        """What was filled in, valid, as a row to be stored."""
        for name, value in self.numbers.items():
            setattr(self.instance, name, value)
        return self.instance

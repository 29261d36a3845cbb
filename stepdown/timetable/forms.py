"""Opening a group: everything on one page, and every clash said before anything is stored."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.admissions.models import Band
from stepdown.people.models import Role, Staff
from stepdown.placement.forms import DAYS, NewProgramForm, day_numbers
from stepdown.placement.models import Group, Language, Program, Tag
from stepdown.placement.programs import Kind
from stepdown.timetable import services
from stepdown.timetable.domain.calendar import Meeting, meeting_times, three_months_after
from stepdown.ui.fields import CheckChips, Chips, DateBoxesField, ErrorLine, Form, LongSelect

ZONES = [
    ("America/New_York", _("Eastern")),
    ("America/Chicago", _("Central")),
    ("America/Denver", _("Mountain")),
    ("America/Phoenix", _("Arizona")),
    ("America/Los_Angeles", _("Pacific")),
    ("America/Anchorage", _("Alaska")),
    ("Pacific/Honolulu", _("Hawaii")),
]
# A morning group begins before noon, an evening group from then on.
NOON = time(12)


class _Named(forms.ModelChoiceField):
    widget = LongSelect

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"class": "w-20"}

    def label_from_instance(self, obj: Any) -> str:
        return obj.signature if isinstance(obj, Staff) else str(obj)


class _ProgramsAndKinds(forms.models.ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        yield from super().__iter__()
        yield from Kind.choices


class _ProgramOrKind(_Named):
    """A program there is, or the kind of a new one."""

    iterator = _ProgramsAndKinds

    def to_python(self, value: Any) -> Any:
        return value if value in Kind.values else super().to_python(value)


def clock_typed(at: time) -> str:
    """6:00 pm."""
    return f"{at:%-I:%M} {at:%p}".lower()


def as_it_is(group: Group) -> dict[str, Any]:
    """When a group meets, where its clock is, and whom it is meant for, as the form shows it."""
    days = [str(day) for day in group.days]
    said = {"days": days, "starts_at": clock_typed(group.starts_at), "time_zone": group.time_zone}
    return said | {"tags": group.tags, "language": group.language}


class GroupParts(Form):
    """What a group is: the same when it is opened and when it changes."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("A name that tells nothing: a tree, a color."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "w-20", "autocomplete": "off"}),
        error_messages={"required": _("Enter a name for the group.")},
    )
    days = forms.TypedMultipleChoiceField(
        label=_("Days"),
        choices=DAYS,
        coerce=day_numbers,
        widget=CheckChips,
        error_messages={"required": _("Choose the days on which the group meets.")},
    )
    starts_at = forms.TimeField(
        label=_("Starts at"),
        help_text=_("For example 6:00 pm. The same clock all year."),
        widget=forms.TextInput(attrs={"class": "w-10", "autocomplete": "off"}),
        error_messages={
            "required": _("Enter when the group starts, for example 6:00 pm."),
            "invalid": _("Enter a time, for example 6:00 pm."),
        },
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=ZONES,
        widget=forms.Select(attrs={"class": "w-20"}),
        error_messages={"required": _("Choose the time zone.")},
    )
    leader = _Named(
        label=_("Leader"),
        queryset=Staff.objects.none(),
        empty_label=_("Choose a counselor"),
        error_messages={"required": _("Choose who leads the group.")},
    )
    co_leader = _Named(
        label=_("Co-leader, if any"), queryset=Staff.objects.none(), empty_label=_("No co-leader"), required=False
    )
    chairs = forms.TypedChoiceField(
        label=_("Chairs"),
        choices=[(str(n), str(n)) for n in range(2, 11)],
        coerce=int,
        initial="10",
        widget=Chips,
        error_messages={"required": _("Choose how many chairs the group has.")},
    )
    tags = forms.MultipleChoiceField(
        label=_("Meant for, if for some"),
        help_text=_("None when the group is for everyone. Of several, all must be true of who sits there."),
        choices=Tag.choices,
        widget=CheckChips,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=Language.choices,
        initial=Language.ENGLISH,
        widget=Chips,
        error_messages={"required": _("Choose what is spoken in the group.")},
    )
    entry = forms.ChoiceField(
        label=_("New people"),
        choices=[("open", _("Join in any week")), ("closed", _("Begin together, nobody joins later"))],
        initial="open",
        widget=Chips,
        error_messages={"required": _("Choose whether people join later.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counselors = Staff.objects.with_role(Role.COUNSELOR)
        self.fields["leader"].queryset = counselors  # type: ignore[attr-defined]  # declared above
        self.fields["co_leader"].queryset = counselors  # type: ignore[attr-defined]  # declared above

    def others(self) -> QuerySet[Group]:
        """The groups whose names are taken."""
        return Group.objects.all()

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if self.others().filter(name=name).exists():
            raise forms.ValidationError(_("There is already a group of that name. Choose another name."))
        return name

    def day_soon(self, name: str) -> date:
        on: date = self.cleaned_data[name]
        if on < timezone.localdate():
            raise forms.ValidationError(_("Enter today or a later day."))
        if on > three_months_after(timezone.localdate()):
            raise forms.ValidationError(_("Enter a day within the next three months."))
        return on

    def check_parts(self, program: Program | None) -> None:
        values = self.cleaned_data
        if values.get("leader") and values.get("leader") == values.get("co_leader"):
            self.add_error("co_leader", _("Leader and co-leader are the same person. Choose someone else, or nobody."))
        days, chairs = values.get("days"), values.get("chairs")
        if program and days and len(days) != program.meetings_a_week:
            said = _("%(program)s meets on %(wanted)d days a week. You chose %(chosen)d.")
            chosen = {"program": program.name, "wanted": program.meetings_a_week, "chosen": len(days)}
            self.add_error("days", said % chosen)
        if program and chairs and chairs > program.seats_limit:
            said = _("%(program)s has at most %(limit)d seats in a group.")
            self.add_error("chairs", said % {"program": program.name, "limit": program.seats_limit})

    @property
    def band(self) -> str:
        return Band.MORNING if self.cleaned_data["starts_at"] < NOON else Band.EVENING


class GroupForm(GroupParts):
    """A new group, and with it a new program if one is asked for. `meetings` are the sessions it would make; `programs`
    are the forms of a new one, by kind."""

    program = _ProgramOrKind(
        label=_("Program"),
        queryset=Program.objects.none(),
        empty_label=_("Choose a program"),
        error_messages={"required": _("Choose the program.")},
    )
    opened_on = DateBoxesField(
        label=_("First day"),
        help_text=_("Today or later. The first session is on the first of its days from then on."),
        error_messages={"required": _("Enter the first day.")},
    )

    field_order = ("program",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["program"].queryset = Program.objects.order_by("name")  # type: ignore[attr-defined]  # declared above
        self.programs = {kind: NewProgramForm(kind, self.data if self._is_new(kind) else None) for kind in Kind.values}
        self.meetings: list[Meeting] = []

    def _is_new(self, kind: str) -> bool:
        return self.is_bound and self.data.get("program") == kind

    def clean_program(self) -> Program:
        chosen: Program | str = self.cleaned_data["program"]
        if isinstance(chosen, Program):
            return chosen
        new = self.programs[chosen]
        if not new.is_valid():
            raise forms.ValidationError(_("Something about the new program is not right yet. See below."))
        return new.program

    @property
    def error_summary(self) -> list[ErrorLine]:
        """With what is wrong about the new program, in place of the sentence that something is."""
        new = next((new for new in self.programs.values() if new.errors), None)
        lines = super().error_summary
        if new is None:
            return lines
        return new.error_summary + [line for line in lines if line.target != self["program"].id_for_label]

    def clean_opened_on(self) -> date:
        return self.day_soon("opened_on")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.check_parts(values.get("program"))
        if not self.errors:
            self._look_ahead(values)
        return values

    def _look_ahead(self, values: dict[str, Any]) -> None:
        """Works out the sessions, and says where the leader is taken."""
        zone, first = ZoneInfo(values["time_zone"]), values["opened_on"]
        minutes = values["program"].meeting_minutes
        self.meetings = meeting_times(
            values["days"], values["starts_at"], minutes, zone, first, three_months_after(first)
        )
        for field in ("leader", "co_leader"):
            person = values[field]
            clash = services.double_booked(person, self.meetings) if person else None
            if clash:
                self.add_error(field, services.double_booked_sentence(person, clash, zone))

    @property
    def group(self) -> dict[str, Any]:
        """What to open the group with. Whoever joins a closed group is there from its first session."""
        values = dict(self.cleaned_data)
        is_closed = values.pop("entry") == "closed"
        return values | {"band": self.band, "entry_until": self.meetings[0].service_date if is_closed else None}

    @property
    def first_sessions(self) -> list[datetime]:
        return [m.starts_at for m in self.meetings[:6]]

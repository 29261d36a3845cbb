"""What a group becomes from a day on, or that it closes; what would change is worked out before anything is stored."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.placement.models import Group
from stepdown.timetable.forms import GroupParts, as_it_is
from stepdown.timetable.models import GroupChange
from stepdown.timetable.regrouping import Plan, plan_change
from stepdown.timetable.services_group import FIELDS
from stepdown.ui.fields import DateBoxesField, Form


class ChangeForm(GroupParts):
    """`plan`: what the change would do, once the form says what it is."""

    from_on = DateBoxesField(
        label=_("From"),
        help_text=_("Today or later. Sessions before that day stay as they are."),
        error_messages={"required": _("Enter the day from which the group changes.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    follow = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    despite = forms.BooleanField(label=_("I know, and talk with each of them"), required=False)

    field_order = ("from_on",)

    def __init__(self, *args: Any, group: Group, seen: str, **kwargs: Any) -> None:
        self.group_now, self.plan = group, None
        self.chairs_now = group.chairs.there_on(timezone.now().astimezone(group.zone).date()).count()
        initial = as_it_is(group) | {
            "name": group.name,
            "leader": group.leader_id,
            "co_leader": group.co_leader_id,
            "chairs": str(self.chairs_now),
            "entry": "closed" if group.entry_until else "open",
            "from_on": timezone.localdate() + timedelta(days=1),
            "seen": seen,
        }
        super().__init__(*args, initial=initial, **kwargs)
        coming = group.sessions.filter(starts_at__gt=timezone.now()).values_list("pk", flat=True)
        self.fields["follow"].choices = [(str(pk), "") for pk in coming]  # type: ignore[attr-defined]  # declared above

    plan: Plan | None

    def others(self) -> Any:
        return super().others().exclude(pk=self.group_now.pk)

    def clean_from_on(self) -> date:
        return self.day_soon("from_on")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.check_parts(self.group_now.program)
        if self.errors:
            return values
        if not self.is_new:
            self.add_error(None, _("Nothing would change. Change something, or leave the group as it is."))
            return values
        to = GroupChange(group=self.group_now, from_on=values["from_on"], chairs=self.chairs_then, **self.values)
        self.plan = plan_change(group=self.group_now, to=to, from_on=values["from_on"], follow=self.following)
        for field, sentence in self.plan.clashes:
            self.add_error(field, sentence)
        return values

    @property
    def following(self) -> Iterable[UUID]:
        return [UUID(pk) for pk in self.cleaned_data["follow"]]

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the group from that day on. A group that is closed now is so from the day before."""
        values = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        values["band"], values["days"] = self.band, sorted(values["days"])
        before = self.group_now.entry_until or self.cleaned_data["from_on"] - timedelta(days=1)
        values["entry_until"] = before if self.cleaned_data["entry"] == "closed" else None
        return values

    @property
    def chairs_then(self) -> int | None:
        """How many chairs there are from that day on, when another number than now."""
        chairs: int = self.cleaned_data["chairs"]
        return chairs if chairs != self.chairs_now else None

    @property
    def is_new(self) -> bool:
        """Whether anything is another than it is now."""
        if self.chairs_then is not None:
            return True
        return any(getattr(self.group_now, name) != value for name, value in self.values.items())


class CloseForm(Form):
    """The last day of a group."""

    closed_on = DateBoxesField(
        label=_("Last day"),
        help_text=_("Sessions after that day are called off."),
        error_messages={"required": _("Enter the last day.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)

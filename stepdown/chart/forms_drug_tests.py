"""What is asked about drug tests: how often, how it was collected, what it found, what was talked about."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.chart.domain import drug_tests as domain
from stepdown.chart.models import DrugTest, DrugTestResult, DrugTestSchedule, DrugTestTalk
from stepdown.chart.models.drug_tests import Panel, Way
from stepdown.timetable.domain.calendar import moment
from stepdown.ui.fields import CheckChips, Chips, ChoiceCards, DateBoxesField, Form

GAPS = {"start": domain.AT_THE_START, "stable": domain.WHEN_STABLE}


def _panels(label: Any, *, required: bool = True) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=Panel.choices,
        widget=CheckChips,
        required=required,
        error_messages={"required": _("Choose what the test looks for.")},
    )


def _way() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("How it is done"),
        choices=Way.choices,
        widget=Chips,
        error_messages={"required": _("Choose how it is done.")},
    )


class ScheduleForm(Form):
    """How often by chance, and what for."""

    often = forms.ChoiceField(
        label=_("How often"),
        choices=[
            ("start", _("At least weekly, 2 to 7 days between")),
            ("stable", _("At least monthly, 10 to 30 days between")),
            ("own", _("Other gaps, below")),
        ],
        widget=ChoiceCards,
        error_messages={"required": _("Choose how often.")},
    )
    least = forms.IntegerField(label=_("Least days between two"), required=False, min_value=1, max_value=domain.LONGEST)
    most = forms.IntegerField(label=_("Most days between two"), required=False, min_value=2, max_value=domain.LONGEST)
    always = _panels(_("Each test looks for"))
    sometimes = _panels(_("Some tests look for as well"), required=False)
    way = _way()

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("often") != "own":
            return
        for name in ("least", "most"):
            if said.get(name) is None and name not in self.errors:
                self.add_error(name, _("Enter a number of days."))
        if not self.errors and said["most"] <= said["least"]:
            self.add_error("most", _("Leave at least two days to choose from: enter more than the least."))

    @property
    def gaps(self) -> tuple[int, int]:
        said = self.cleaned_data
        return GAPS.get(said["often"]) or (said["least"], said["most"])


def schedule_said(schedule: DrugTestSchedule | None) -> dict[str, Any]:
    """What stands in the form of who changes it."""
    if schedule is None:
        return {}
    known = next((name for name, gaps in GAPS.items() if gaps == schedule.gaps), "own")
    said = {"often": known, "always": schedule.always, "sometimes": schedule.sometimes, "way": schedule.way}
    return said | ({"least": schedule.min_days, "most": schedule.max_days} if known == "own" else {})


class AskForm(Form):
    """A test that is asked for now."""

    panels = _panels(_("It looks for"))
    way = _way()


class CollectForm(Form):
    """It was given: when, which is now where nobody changes it. A kit that is seen on video needs its lot and an expiry
    that has not passed."""

    identity_checked = forms.BooleanField(
        label=_("I know that it is theirs: face or ID seen, or the lab checked the ID"),
        error_messages={"required": _("Check who gives it first.")},
    )
    kit_lot = forms.CharField(label=_("Lot of the kit"), max_length=40, required=False)
    kit_expires_on = DateBoxesField(label=_("The kit expires"), required=False)
    given_on = DateBoxesField(
        label=_("Given on"),
        latest=timezone.localdate,
        error_messages={"required": _("Enter the day it was given.")},
    )
    given = forms.TimeField(
        label=_("At"),
        widget=forms.TextInput(attrs={"class": "w-10", "autocomplete": "off"}),
        error_messages={"required": _("Enter the time it was given.")},
    )

    def __init__(self, *args: Any, of: DrugTest, **kwargs: Any) -> None:
        now = timezone.localtime()
        super().__init__(*args, initial={"given_on": now.date(), "given": f"{now:%-I:%M %p}".lower()}, **kwargs)
        self.of = of
        if of.way != Way.ORAL:
            del self.fields["kit_lot"], self.fields["kit_expires_on"]

    def clean(self) -> None:
        self._clean_moment()
        if self.of.way == Way.ORAL:
            self._clean_kit()

    @property
    def said(self) -> dict[str, Any]:
        """What the service is told."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("given_on", "given")}

    def _clean_moment(self) -> None:
        """Whole minutes are typed, so the minute of the notice is after the notice."""
        on, clock, told_at = (self.cleaned_data.get("given_on"), self.cleaned_data.get("given"), self.of.notified_at)
        if on is None or clock is None or told_at is None:
            return
        given_at = moment(on, clock, timezone.get_current_timezone())
        if given_at < told_at.replace(second=0, microsecond=0):
            self.add_error("given", _("They were told of it later than this. Look at the day and the time."))
        elif given_at > timezone.now():
            self.add_error("given", _("Enter a time that is not in the future."))
        self.cleaned_data["given_at"] = max(given_at, told_at)

    def _clean_kit(self) -> None:
        said = self.cleaned_data
        if not said.get("kit_lot", "").strip() and "kit_lot" not in self.errors:
            self.add_error("kit_lot", _("Enter the lot that stands on the box."))
        expires = said.get("kit_expires_on")
        if expires is None and "kit_expires_on" not in self.errors:
            self.add_error("kit_expires_on", _("Enter when the kit expires."))
        elif expires and expires < (said.get("given_on") or timezone.localdate()):
            self.add_error("kit_expires_on", _("This kit has expired. Use another one."))


class ResultForm(Form):
    """What it found, and how the patient learned of it."""

    stage = forms.ChoiceField(
        label=_("Which test"),
        choices=DrugTestResult.Stage.choices,
        widget=Chips,
        error_messages={"required": _("Choose presumptive or definitive.")},
    )
    result = forms.ChoiceField(
        label=_("Result"),
        choices=[one for one in DrugTestResult.Said.choices if one[0] != DrugTestResult.Said.MISSED],
        widget=Chips,
        error_messages={"required": _("Choose the result.")},
    )
    shared = forms.ChoiceField(
        label=_("How they learn of it"),
        choices=DrugTestResult.Shared.choices,
        widget=Chips,
        error_messages={"required": _("Choose how they learn of it.")},
    )
    words = forms.CharField(label=_("Remark, they can read it"), max_length=300, required=False)

    def __init__(self, *args: Any, written: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = [one for one in DrugTestResult.Stage.choices if one[0] not in written]
        self.fields["stage"].choices = left  # type: ignore[attr-defined]  # a choice field
        if len(left) == 1:
            self.fields["stage"].initial = left[0][0]


class TalkForm(Form):
    """What was talked about after an unexpected result, or a missed one, of which there is nothing to confirm."""

    came = forms.ChoiceField(
        label=_("What came of it"),
        choices=DrugTestTalk.Came.choices,
        widget=ChoiceCards,
        error_messages={"required": _("Choose what came of it.")},
    )
    words = forms.CharField(
        label=_("In a few words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words what you talked about.")},
    )

    def __init__(self, *args: Any, of: DrugTest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of.state == "missed":
            came = {**dict(DrugTestTalk.Came.choices), "explained": _("They told what got in the way")}
            del came[DrugTestTalk.Came.CONFIRM]
            self.fields["came"].choices = list(came.items())  # type: ignore[attr-defined]  # a choice field

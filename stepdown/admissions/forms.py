"""Forms of the board, the calls, the danger panel and the decision. The interview's are in forms_interview.py."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.admissions.models import Call, CameFrom, Inquiry, Level
from stepdown.people.models import Patient, Staff
from stepdown.ui.fields import Chips, ChoiceCards, Form, OnceField, PhoneField

FARTHEST = timedelta(days=366)  # nobody is called later than this


class CalledUsForm(Form):
    """Someone called: enough to call back, and what they said."""

    once = OnceField()
    name = forms.CharField(
        label=_("What should we call them?"),
        help_text=_("A first name or any other name is enough."),
        max_length=60,
        error_messages={"required": _("Enter a name, or the word they want to be called by.")},
    )
    phone = PhoneField(
        label=_("Phone number"),
        error_messages={"required": _("Enter the number to call back.")},
    )
    best_time = forms.ChoiceField(
        label=_("When is a good time to call?"),
        choices=Inquiry.BestTime.choices,
        widget=ChoiceCards(across=True),
        initial=Inquiry.BestTime.NOW,
        error_messages={"required": _("Choose when to call.")},
    )
    leave_message = forms.ChoiceField(
        label=_("May we leave a message?"),
        choices=Inquiry.LeaveMessage.choices,
        widget=ChoiceCards(across=True),
        initial=Inquiry.LeaveMessage.NO,
        error_messages={"required": _("Choose whether a message is safe.")},
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("en", _("English")), ("es", _("Spanish"))],
        widget=ChoiceCards(across=True),
        initial="en",
        error_messages={"required": _("Choose a language.")},
    )
    came_from = forms.ChoiceField(
        label=_("Where do they come from?"),
        choices=[("", _("Not known yet")), *CameFrom.choices],
        required=False,
    )
    court_or_dui = forms.BooleanField(label=_("A court or a DUI is part of it"), required=False)
    note = forms.CharField(
        label=_("What did they say?"),
        help_text=_("Seen by the care team. At most 300 characters."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CallForm(Form):
    """What came of a call and what comes next."""

    once = OnceField()
    outcome = forms.ChoiceField(
        label=_("What happened?"),
        choices=Call.Outcome.choices,
        widget=Chips(),
        error_messages={"required": _("Choose what happened on this call.")},
    )
    next_step = forms.ChoiceField(
        label=_("What comes next?"),
        choices=Call.NextStep.choices,
        widget=Chips(),
        error_messages={"required": _("Choose what comes next.")},
    )
    next_on = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "w-10"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a real day, for example 2026-03-27.")},
    )
    next_time = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "class": "w-10"}, format="%H:%M"),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        step, on, at = cleaned.get("next_step"), cleaned.get("next_on"), cleaned.get("next_time")
        cleaned["next_at"] = None
        if step == Call.NextStep.ASSESS_LATER and not on and "next_on" not in self.errors:
            self.add_error("next_on", _("Enter the day of the assessment."))
        if on and not at and "next_time" not in self.errors:
            self.add_error("next_time", _("Enter the time too."))
        if at and not on and "next_on" not in self.errors:
            self.add_error("next_on", _("Enter the day too."))
        if on and on > timezone.localdate() + FARTHEST:
            self.add_error("next_on", _("Choose a day within the next year."))
        if on and at and not self.errors.get("next_on"):
            moment = timezone.make_aware(datetime.combine(on, at))
            if moment <= timezone.now():
                self.add_error("next_on", _("Choose a time that is still to come."))
            cleaned["next_at"] = moment
        if step in (Call.NextStep.REFER, Call.NextStep.CLOSE) and not cleaned.get("note"):
            self.add_error("note", _("Write down where they were sent, or why this ends here."))
        return cleaned


class AssignForm(Form):
    """Who keeps the inquiry; nobody hands it back to everyone."""

    to = forms.ModelChoiceField(
        label=_("Kept by"),
        queryset=Staff.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
        error_messages={"invalid_choice": _("Choose someone who works here now.")},
    )
    seen = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args: Any, team: list[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = Staff.objects.filter(pk__in=[staff.pk for staff in team])


class CloseForm(Form):
    """Why an inquiry ends without an admission."""

    status = forms.ChoiceField(
        label=_("How does it end?"),
        choices=[(value, label) for value, label in Inquiry.Status.choices if value in Inquiry.CLOSED[:-1]],
        widget=ChoiceCards(),
        error_messages={"required": _("Choose how it ends.")},
    )
    reason = forms.CharField(
        label=_("Why, and where were they sent?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write down why it ends, and where they were sent.")},
    )


class DangerDoneForm(Form):
    """What was done about a danger, and by whom."""

    handled_by = forms.ModelChoiceField(
        label=_("Who handles it?"),
        queryset=Staff.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Choose who handles it."),
            "invalid_choice": _("Choose someone who works here now."),
        },
    )
    done = forms.CharField(
        label=_("What was done?"),
        help_text=_("Who was called, when, and where the person is now."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write down what was done. The assessment goes on after that.")},
    )

    def __init__(self, *args: Any, team: list[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["handled_by"]
        field.queryset = Staff.objects.filter(pk__in=[staff.pk for staff in team])


class DecisionForm(Form):
    """The level of care, and the reason when it is not the advised one."""

    level = forms.ChoiceField(
        label=_("Which level of care do you decide?"),
        choices=Level.choices,
        widget=ChoiceCards(
            hints={
                "IOP": _("Admits them here. Next: a seat in a group."),
                "OUTPATIENT": _("Admits them here, to Aftercare."),
                "PHP": _("Refers them elsewhere."),
                "RESIDENTIAL": _("Refers them elsewhere."),
                "WITHDRAWAL_MANAGEMENT": _("Refers them elsewhere."),
                "EMERGENCY_NOW": _("Refers them elsewhere."),
            }
        ),
        error_messages={"required": _("Choose a level of care.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Needed when you decide otherwise than advised."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, advised: str, same: list[Patient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.advised, self.same = advised, same
        if same:
            choices = [(str(patient.pk), _("Yes, the same person")) for patient in same]
            self.fields["existing"] = forms.ChoiceField(
                label=_("Someone with this name and date of birth was here before. Is it the same person?"),
                help_text=_(
                    "If so, the phone number, address and contacts of this interview replace those of before, and the "
                    "number of before is told so. Be sure who calls."
                ),
                choices=[*choices, ("new", _("No, someone else"))],
                widget=ChoiceCards(hints={str(patient.pk): _known_as(patient) for patient in same}),
                error_messages={"required": _("Choose whether this person was here before.")},
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        level = cleaned.get("level")
        if level and level != self.advised and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why you decide otherwise than advised."))
        chosen = cleaned.get("existing")
        cleaned["patient"] = next((patient for patient in self.same if str(patient.pk) == chosen), None)
        return cleaned


def _known_as(patient: Patient) -> str:
    place = f"{patient.city}, {patient.state}" if patient.city else patient.state
    born = patient.date_of_birth
    return f"{patient.name}, born {born:%B} {born.day}, {born.year}, in {place}"

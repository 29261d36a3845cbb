"""What staff are asked about a return to use: what happened, how they learned of it, what is done now."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.chart.forms_my_return import earliest, part_of_day
from stepdown.chart.models import ReturnResponse, ReturnToUse
from stepdown.ui.fields import CheckChips, Chips, DateBoxesField, Form, YesNoField


class RecordReturnForm(Form):
    """Staff write down what they learned."""

    on = DateBoxesField(
        label=_("Day, about"),
        earliest=earliest,
        latest=timezone.localdate,
        error_messages={"required": _("Enter the day, as well as you know it.")},
    )
    part = part_of_day()
    words = forms.CharField(
        label=_("What and how much, in their words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words what happened.")},
    )
    learned = forms.ChoiceField(
        label=_("How we learned of it"),
        choices=ReturnToUse.Learned.choices,
        widget=Chips,
        error_messages={"required": _("Choose how we learned of it.")},
    )


class AnswerReturnForm(Form):
    """What was done about it."""

    steps = forms.MultipleChoiceField(
        label=_("What we do now"),
        choices=ReturnResponse.Step.choices,
        widget=CheckChips,
        error_messages={"required": _("Choose at least one.")},
    )
    words = forms.CharField(
        label=_("In a few words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words what you did.")},
    )
    safety_seen = YesNoField(
        label=_("Did you look at danger and the safety plan with them?"),
        error_messages={"required": _("Answer yes or no.")},
    )


class AddToReturnForm(Form):
    """More about it, later."""

    words = forms.CharField(
        label=_("Add to this"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what you want to add.")},
    )

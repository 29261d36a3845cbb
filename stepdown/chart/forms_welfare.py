"""What is written down about a step for somebody who did not come."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.chart.domain import welfare
from stepdown.chart.models import WelfareStep
from stepdown.chart.models.welfare import Act, Came
from stepdown.ui.fields import Chips, Form


class StepForm(Form):
    """What was done, what came of it, how, and words where something was decided."""

    act = forms.ChoiceField(
        label=_("What was done"),
        choices=Act.choices,
        widget=Chips,
        error_messages={"required": _("Choose what was done.")},
    )
    came = forms.ChoiceField(
        label=_("What came of it"),
        choices=Came.choices,
        widget=Chips,
        error_messages={"required": _("Choose what came of it.")},
    )
    how = forms.ChoiceField(label=_("How"), choices=WelfareStep.How.choices, widget=Chips, required=False)
    words = forms.CharField(
        label=_("In a few words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        act, came = said.get("act"), said.get("came")
        if act and came and came not in welfare.RESULTS[welfare.Act(act)]:
            fits = ", ".join(str(Came(one).label) for one in welfare.RESULTS[welfare.Act(act)])
            self.add_error("came", _("This cannot come of it. Choose one of: %(fits)s.") % {"fits": fits})
        if came in welfare.IN_WORDS and not said.get("words", "").strip() and "words" not in self.errors:
            self.add_error("words", _("Say in a few words what was decided, and why."))
        return said

"""Homework as a leader gives it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.people.models import Patient
from stepdown.ui.fields import CheckChips, ChoiceCards, Form


class GiveHomeworkForm(Form):
    """tool: that of the session's handout, or None. people: who sits in the session."""

    what = forms.ChoiceField(
        label=_("What to do"),
        widget=ChoiceCards,
        error_messages={"required": _("Choose what to do.")},
    )
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("Short, and to be done before the next group. Name nobody."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    to = forms.MultipleChoiceField(
        label=_("For whom"), help_text=_("Nobody chosen: everyone."), required=False, widget=CheckChips
    )

    def __init__(self, *args: Any, tool: str | None, people: Sequence[Patient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_handout = [("exercise", _("The exercise of the handout: %(tool)s") % {"tool": tool})] if tool else []
        self.fields["what"].choices = [*of_handout, ("words", _("Something in my own words"))]  # type: ignore[attr-defined]  # declared above as fields with choices
        self.fields["what"].initial = "exercise" if tool else "words"
        self.fields["to"].choices = [(str(each.pk), each.called) for each in people]  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("what") == "words" and not values.get("words", "").strip():
            self.add_error("words", _("Write what to do."))
        return values

    @property
    def given(self) -> dict[str, Any]:
        values = self.cleaned_data
        return {
            "exercise": values["what"] == "exercise",
            "words": values["words"],
            "to": [UUID(pk) for pk in values["to"]],
        }

"""What a visitor may tell us: an answer of the self-screen, and the wish for a call."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.admissions.domain.self_screen import items
from stepdown.admissions.models import Inquiry
from stepdown.ui.fields import Chips, ChoiceCards, Form, PhoneField

from .wording import ASK


class QuestionForm(Form):
    """One question. The answers so far travel in hidden inputs of the page, and nowhere else."""

    answer = forms.ChoiceField(
        choices=[("1", _("Yes")), ("0", _("No"))],
        widget=ChoiceCards,
        error_messages={"required": _("Choose yes or no, or skip this question.")},
    )

    def __init__(self, *args: Any, item: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = ASK[item]


def answers_in(data: dict[str, Any]) -> dict[str, int | None]:
    """Answers carried by a page: 1, 0, or None for a question that was skipped. Anything else counts as not asked."""
    meant = {"1": 1, "0": 0, "skip": None}
    return {item: meant[data[item]] for item in items() if data.get(item) in meant}


class AskForm(Form):
    """A request for a call. Stored only when it is whole."""

    name = forms.CharField(
        label=_("What should we call you?"),
        help_text=_("Any name you like."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "class": "w-20"}),
        error_messages={"required": _("Enter a name we can call you by.")},
    )
    phone = PhoneField(
        label=_("Phone number"),
        error_messages={"required": _("Enter the phone number we should call.")},
    )
    best_time = forms.ChoiceField(
        label=_("When should we call?"),
        choices=Inquiry.BestTime.choices,
        widget=Chips(big=True),
        error_messages={"required": _("Choose when we should call.")},
    )
    leave_message = forms.ChoiceField(
        label=_("Can we leave a message?"),
        help_text=_("Someone else might hear it."),
        choices=Inquiry.LeaveMessage.choices,
        widget=Chips(big=True),
        initial=Inquiry.LeaveMessage.NO,
        error_messages={"required": _("Choose if we can leave a message.")},
    )
    send_answers = forms.BooleanField(label=_("Send my answers with my request"), required=False)

"""Giving somebody a page, and what they say at its door."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from stepdown.outreach.forms import SixDigitsField
from stepdown.people.proving import ProvedForm
from stepdown.privacy.wording_minors import NAMING, RELATIONS
from stepdown.ui.fields import ChoiceCards, Form, PhoneField

SEND, HAND_OVER = "send", "hand_over"


class ReachedField(forms.CharField):
    """A mobile number or an e-mail address. Cleans to {"phone": …, "email": …}, one of them empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Their mobile number or e-mail"),
            max_length=254,
            widget=forms.TextInput(attrs={"class": "w-20", "autocomplete": "off"}),
            error_messages={"required": _("Enter their mobile number or e-mail address.")},
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if "@" in text:
            return {"phone": "", "email": forms.EmailField(max_length=254).clean(text)}
        return {"phone": PhoneField().clean(text), "email": ""}


def _language() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("In which language?"),
        choices=settings.LANGUAGES,
        widget=ChoiceCards(across=True),
        error_messages={"required": _("Choose a language.")},
    )


def _signed_name() -> forms.CharField:
    return forms.CharField(
        label=_("Your full name"),
        help_text=_("Typing it here counts like your name on paper."),
        max_length=120,
        min_length=2,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your full name."), "min_length": _("Type your full name.")},
    )


class PageForm(Form):
    """The patient says where the code goes, in which language, and who hands the link over."""

    reached = ReachedField(help_text=_("We send a code there, so that nobody else opens the page."))
    language = _language()
    way = forms.ChoiceField(
        label=_("How do they get the link?"),
        choices=[(SEND, _("Send it to them")), (HAND_OVER, _("I give it to them myself"))],
        widget=ChoiceCards(
            hints={
                SEND: _("It says that somebody they know shows them a page. No name, no word of why."),
                HAND_OVER: _("You see the link here and pass it on yourself."),
            },
        ),
        error_messages={"required": _("Choose how.")},
    )


class StaffsPageForm(PageForm, ProvedForm):
    """The same from staff, who prove who they are."""

    field_order = ("reached", "language", "way", "code")


class ParentForm(Form):
    """A patient under 18 says who signs with them, and agrees that we tell that person."""

    name = forms.CharField(
        label=_("Who signs with you?"),
        help_text=_("First and last name"),
        max_length=120,
        error_messages={"required": _("Enter their name.")},
    )
    relation = forms.ChoiceField(
        label=_("What are they to you?"),
        choices=RELATIONS.items(),
        widget=ChoiceCards(),
        error_messages={"required": _("Choose one.")},
    )
    reached = ReachedField(help_text=_("We send the link and a code there. It has to be theirs, not yours."))
    language = _language()
    agreed = forms.BooleanField(label=NAMING, error_messages={"required": _("Check the box if you agree.")})
    signed_name = _signed_name()


class ParentSignsForm(Form):
    """seen: the digest of the words on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    agreed = forms.BooleanField(error_messages={"required": _("Check the box if you agree.")})
    signed_name = _signed_name()

    def __init__(self, *args: Any, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = words


class SupportersCodeForm(Form):
    code = SixDigitsField(help_text=_("Six digits, in the message we just sent."))


class AcceptForm(Form):
    agreed = forms.BooleanField(error_messages={"required": _("Check the box if this is you and you agree.")})

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = _("I am %(name)s. I keep what I see to myself.") % {"name": name}

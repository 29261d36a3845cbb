"""Before an act that binds one proves again who one is: by a code on the page itself, or on the page for it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from stepdown.people.fresh import gives_codes, prove_again, proved_lately, refused
from stepdown.ui.fields import Form


class ProvedForm(Form):
    """An act that binds, with the code of who has not proved lately who they are."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("The six digits that your app shows now."),
        error_messages={"required": _("Enter the code that your app shows.")},
        widget=forms.TextInput(attrs={"class": "input w-10", "inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def __init__(self, *args: Any, asks_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_code:
            del self.fields["code"]

    def proved(self, refused: str) -> None:
        """What came of the code: "" or the sentence why not."""
        if refused:
            self.add_error("code", refused)


def first_proves(request: HttpRequest, back_to: str) -> tuple[bool, HttpResponse | None]:
    """(whether the page asks for a code; the answer instead of the page, for who has no codes). back_to: the path where
    they come back to."""
    asks_code = not proved_lately(request)
    if asks_code and not gives_codes(request):
        return asks_code, prove_again(back_to)
    return asks_code, None


def checked(request: HttpRequest, form: ProvedForm) -> bool:
    """Whether the form is good, and its code, where it asks for one, is taken. The code of a form with another
    mistake is left for the next time."""
    if form.is_valid() and "code" in form.fields:
        form.proved(refused(request, form.cleaned_data["code"]))
    return form.is_valid()

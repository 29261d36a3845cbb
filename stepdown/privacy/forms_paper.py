"""Writing down that a patient signed on paper. Source: RULE PRIV-43, PRIV-44; 42 CFR 2.31(a)(8)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from stepdown.privacy.days import here, today
from stepdown.ui.fields import DateBoxesField, Form


class OnPaperForm(Form):
    """seen: the digest of the words on the page. first_on: the first day on which these could be signed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    signed_on = DateBoxesField(
        label="Signed on",
        latest=today,
        earliest=lambda: today() - timedelta(days=365),
        error_messages={"required": "Enter the day.", "early": "Enter a day of the last year."},
    )
    signed_name = forms.CharField(
        label="Name as signed",
        max_length=120,
        min_length=2,
        error_messages={"required": "Enter the name that stands under it.", "min_length": "Enter the whole name."},
    )
    holds = forms.BooleanField(
        label="I hold the paper, with these very words and this signature. It is kept with the record.",
        error_messages={"required": "Check the box when you hold it."},
    )

    def __init__(self, *args: Any, seen: str, first_on: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": seen, "signed_on": today()}, **kwargs)
        self.digest, self.first_on = seen, first_on

    def clean_signed_on(self) -> date:
        day: date = self.cleaned_data["signed_on"]
        if self.first_on and day < self.first_on:
            raise forms.ValidationError("Enter the day on which it was prepared, or a later one.")
        return day

    def clean(self) -> None:
        if self.cleaned_data.get("seen") != self.digest:
            self.data = {**self.data.dict(), "seen": self.digest}  # type: ignore[attr-defined]  # a QueryDict
            self.add_error(None, "The words have changed. Have the new ones signed.")

    @property
    def signed_at(self) -> datetime:
        """The end of that day at the center, as what else was said on it came before; now when it is that day."""
        on: date = self.cleaned_data["signed_on"]
        return timezone.now() if on == today() else datetime.combine(on, time.max, here())

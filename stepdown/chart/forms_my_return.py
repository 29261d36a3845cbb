"""What a patient is asked who tells that they drank or used: three short questions."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stepdown.chart.models import ReturnToUse
from stepdown.ui.fields import Chips, DateBoxesField, Form
from stepdown.ui.when import weekday

EARLIEST = timedelta(days=365)
DAYS = 7


def earliest() -> date:
    return timezone.localdate() - EARLIEST


def _lately() -> Iterable[tuple[str, Any]]:
    """Today, yesterday and the five days before, as choices."""
    today, lang = timezone.localdate(), get_language() or "en"
    for back in range(DAYS):
        on = today - timedelta(days=back)
        yield on.isoformat(), (_("Today"), _("Yesterday"))[back] if back < 2 else weekday(on, lang).capitalize()


def part_of_day(*, big: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("What time of day?"), choices=ReturnToUse.Part.choices, required=False, widget=Chips(big=big)
    )


class TellReturnForm(Form):
    """The patient tells it in their own words."""

    lately = forms.ChoiceField(label=_("When was it, about?"), required=False, widget=Chips(big=True))
    earlier = DateBoxesField(label=_("Or longer ago"), required=False, earliest=earliest, latest=timezone.localdate)
    part = part_of_day(big=True)
    words = forms.CharField(
        label=_("What was it, and how much?"),
        help_text=_("As much as you want to say. Nothing is fine too."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lately"].choices = list(_lately())  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> None:
        if not self.errors and not self.on:
            self.add_error("lately", _("Tap a day, or write one below."))

    @property
    def on(self) -> date | None:
        """The day, about; the one that was written where there are two."""
        earlier: date | None = self.cleaned_data.get("earlier")
        lately = self.cleaned_data.get("lately")
        return earlier or (date.fromisoformat(lately) if lately else None)

"""One form per part of the guided interview, made from its questions.

Nothing is required: the interview is saved as it goes. Field names are storage names (interview.py) with "__" for ".".
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from stepdown.admissions import interview
from stepdown.admissions.domain import parts
from stepdown.admissions.domain.parts import ANCHORS, CHOICE, NUMBER, RATING, Ask, Part
from stepdown.admissions.models import Assessment, Band, CameFrom
from stepdown.ui.fields import (
    CheckChips,
    Chips,
    ChoiceCards,
    DateBoxesField,
    Form,
    PhoneField,
    StateField,
    ZipCodeField,
)
from stepdown.ui.when import WEEKDAYS

ZONES = (
    ("America/New_York", _("Eastern")),
    ("America/Chicago", _("Central")),
    ("America/Denver", _("Mountain")),
    ("America/Phoenix", _("Arizona")),
    ("America/Los_Angeles", _("Pacific")),
    ("America/Anchorage", _("Alaska")),
    ("Pacific/Honolulu", _("Hawaii")),
)
_ANCHORS_SAID = "Your rating. " + "; ".join(f"{number} {words}" for number, _short, words in ANCHORS[1:]) + "."


def field_of(ask: Ask) -> forms.Field:
    """The field of one question."""
    if ask.kind == NUMBER:
        return forms.IntegerField(
            label=ask.words,
            help_text=ask.hint,
            required=False,
            min_value=0,
            max_value=ask.highest,
            widget=forms.NumberInput(attrs={"class": "w-4", "inputmode": "numeric"}),
        )
    if ask.kind == RATING:
        chips = [(number, format_html("<b>{}</b> {}", number, short)) for number, short, _words in ANCHORS]
        return forms.TypedChoiceField(
            label=ask.words,
            help_text=_ANCHORS_SAID,
            required=False,
            choices=[*chips, ("", _("Not rated yet"))],
            coerce=int,
            empty_value=None,
            widget=Chips(),
        )
    if ask.kind == CHOICE:
        return forms.TypedChoiceField(
            label=ask.words,
            help_text=ask.hint,
            required=False,
            choices=[*ask.choices, ("", _("Not asked yet"))],
            empty_value=None,
            widget=Chips(),
        )
    return forms.TypedChoiceField(
        label=ask.words,
        help_text=ask.hint,
        required=False,
        choices=[("yes", _("Yes")), ("no", _("No")), ("", _("Not asked yet"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=ChoiceCards(across=True),
    )


class PartForm(Form):
    """The questions of one part, what they said in their words, and what stood here when the page was opened."""

    def __init__(self, data: Any = None, *, part: Part, assessment: Assessment) -> None:
        self.part = part
        # The fields of this part stand where Django looks for those of the class.
        vars(self)["base_fields"] = {name.replace(".", "__"): field for name, field in self.part_fields().items()}
        super().__init__(data)
        self.names = [name.replace("__", ".") for name in self.fields]
        stored = {name: interview.value_of(assessment, name) for name in self.names}
        self.initial = {name.replace(".", "__"): shown(value) for name, value in stored.items()}
        self.seen_now = json.dumps(stored)

    def part_fields(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {f"answers.{ask.path}": field_of(ask) for ask in self.part.asks}
        fields[f"words.{self.part.slug}"] = forms.CharField(
            label=_("In their words"),
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        return fields

    def values(self) -> dict[str, Any]:
        """What was answered, by storage name, as it is kept."""
        return {name: kept(self.cleaned_data[name.replace(".", "__")]) for name in self.names}

    def seen(self) -> Mapping[str, Any]:
        """What stood on the page when it was opened; empty when that cannot be read."""
        try:
            seen = json.loads(self.data.get("seen", "{}"))
        except (ValueError, RecursionError):
            return {}
        return seen if isinstance(seen, dict) else {}

    def said(self, name: str, value: Any) -> str:
        """A kept value in the words of its control."""
        field: Any = self.fields[name.replace(".", "__")]
        labels = {"yes": _("Yes"), "no": _("No"), "": _("Not asked yet")} | dict(getattr(field, "choices", []))
        values = value if isinstance(value, list) else [value]
        return ", ".join(str(labels.get(str(shown(each)), shown(each))) for each in values)

    def label_of(self, name: str) -> str:
        return str(self.fields[name.replace(".", "__")].label)


def shown(value: Any) -> Any:
    """A kept value as its control shows it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else "" if value is None else value


def kept(value: Any) -> Any:
    """A cleaned value as it is kept in JSON."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [int(each) if each.isdigit() else each for each in value]
    return value


def _text(label: Any, length: int, *, hint: Any = "", **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=length, required=False, widget=forms.TextInput(attrs=attrs)
    )


def _years(count: int) -> Callable[[], date]:
    """Gives the day so many years from today."""
    return lambda: timezone.localdate() + timedelta(days=365 * count)


class AboutForm(PartForm):
    """Who they are, how to reach them safely, where they are, and when they could come."""

    def part_fields(self) -> dict[str, forms.Field]:
        return {
            "about.first_name": _text(_("Legal first name"), 60, autocomplete="off"),
            "about.last_name": _text(_("Legal last name"), 60, autocomplete="off"),
            "about.chosen_name": _text(_("What should we call them?"), 40, hint=_("The group hears this name only.")),
            "about.date_of_birth": DateBoxesField(
                label=_("Date of birth"),
                required=False,
                earliest=lambda: date(timezone.localdate().year - 120, 1, 1),
                latest=timezone.localdate,
            ),
            "about.phone": PhoneField(label=_("Phone number"), required=False),
            "about.email": forms.EmailField(label=_("E-mail"), required=False, max_length=254),
            "about.safe_contact_note": _text(
                _("The safe way to reach them"), 200, hint=_("When, how, and what must not be said.")
            ),
            "about.language": forms.ChoiceField(
                label=_("Language"),
                required=False,
                choices=[("en", _("English")), ("es", _("Spanish"))],
                widget=ChoiceCards(across=True),
            ),
            "about.address_line": _text(_("Street and apartment"), 120, hint=_("Where they would sit during group.")),
            "about.city": _text(_("City"), 60),
            "about.state": StateField(label=_("State"), required=False),
            "about.postal_code": ZipCodeField(required=False),
            "about.time_zone": forms.ChoiceField(
                label=_("Time zone"),
                help_text=_("Ask where a state has more than one."),
                required=False,
                choices=[("", _("Choose a time zone")), *ZONES],
            ),
            "about.emergency_contact_name": _text(_("Emergency contact"), 80),
            "about.emergency_contact_phone": PhoneField(label=_("Phone of the emergency contact"), required=False),
            "about.bands": forms.MultipleChoiceField(
                label=_("When could they come?"), required=False, choices=Band.choices, widget=CheckChips()
            ),
            "about.days_away": forms.MultipleChoiceField(
                label=_("Days they cannot come"),
                required=False,
                choices=[(str(number), name) for number, name in enumerate(WEEKDAYS["en"])],
                widget=CheckChips(),
            ),
            **super().part_fields(),
        }


class HistoryForm(PartForm):
    """What happened, and where they come from."""

    def part_fields(self) -> dict[str, forms.Field]:
        return {
            "came_from": forms.ChoiceField(
                label=_("Where do they come from?"),
                required=False,
                choices=[*CameFrom.choices, ("", _("Not asked yet"))],
                widget=Chips(),
            ),
            "came_from_name": _text(_("Name of that place"), 120),
            "about.came_since": DateBoxesField(
                label=_("There since"), required=False, earliest=_years(-10), latest=timezone.localdate
            ),
            "about.came_until": DateBoxesField(
                label=_("There until"),
                required=False,
                earliest=_years(-10),
                latest=_years(1),
                error_messages={"late": _("Enter a day within the next year.")},
            ),
            "referred_by": _text(_("Who referred them?"), 120, hint=_("A person, a place, a court, or themselves.")),
            **super().part_fields(),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("about__came_since"), cleaned.get("about__came_until")
        if since and until and until < since:
            self.add_error("about__came_until", _("They cannot leave before they came. Check both days."))
        return cleaned


FORMS: dict[str, type[PartForm]] = {"about": AboutForm, "history": HistoryForm}


def form_of(slug: str, assessment: Assessment, data: Any = None) -> PartForm:
    """The form of one part, filled with what is kept, or with what was posted."""
    return FORMS.get(slug, PartForm)(data, part=parts.BY_SLUG[slug], assessment=assessment)

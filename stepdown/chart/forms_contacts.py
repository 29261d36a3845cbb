"""The note of a contact as its author writes it. Nothing is required while writing: a draft may be half done."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from stepdown.chart.domain import contacts as domain
from stepdown.chart.forms import NamesMeantForm, OpenPageForm
from stepdown.chart.models import ContactNote, Objective
from stepdown.chart.seen import SeenForm
from stepdown.timetable.domain.calendar import moment
from stepdown.ui.fields import CheckChips, Chips, DateBoxesField, Form
from stepdown.ui.states import STATES

SENTENCE = {"invalid": _("Enter a time, for example 6:00 pm.")}


def _one(label: Any, codes: dict[str, str]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(codes.items()), required=False, widget=Chips)


def _time(label: Any) -> forms.TimeField:
    widget = forms.TextInput(attrs={"class": "w-10", "autocomplete": "off"})
    return forms.TimeField(label=label, required=False, widget=widget, error_messages=SENTENCE)


def earliest() -> date:
    return timezone.localdate() - timedelta(days=365)


class ContactForm(OpenPageForm):
    """objectives: those of the person's plan that are open; without any the question is left out."""

    on = DateBoxesField(
        label=_("Day"),
        earliest=earliest,
        latest=timezone.localdate,
        error_messages={"required": _("Enter the day.")},
    )
    begins = _time(_("From"))
    ends = _time(_("Until"))
    way = _one(_("How"), domain.WAYS)
    outcome = _one(_("Did you reach somebody?"), domain.OUTCOMES)
    present = forms.MultipleChoiceField(
        label=_("Who was there"),
        help_text=_("By what they are to the person, with no names."),
        choices=list(domain.PRESENT.items()),
        required=False,
        widget=CheckChips,
    )
    place = _one(_("Where the person was"), domain.PLACES)
    state = forms.ChoiceField(label=_("In which state"), choices=[("", _("Not said")), *STATES], required=False)
    safety = _one(_("Safety"), domain.SAFETY)
    objective = forms.ChoiceField(label=_("Works toward"), required=False, widget=Chips)
    next_step = forms.CharField(
        label=_("Next step"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    billable = _one(_("Billable"), {"yes": "Yes", "no": "No"})
    why_not = _one(_("If not, why"), domain.WHY_NOT)
    why_not_words = forms.CharField(
        label=_("Another reason, in a few words"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, note: ContactNote, objectives: Sequence[Objective], **kwargs: Any) -> None:
        zone = timezone.get_current_timezone()
        super().__init__(*args, initial=_initial(note, zone), **kwargs)
        self.zone = zone
        self.headings = note.template.headings
        for number, heading in enumerate(self.headings):
            self.fields[f"words_{number}"] = forms.CharField(
                label=heading.name,
                help_text=heading.help,
                required=False,
                max_length=8000,
                widget=forms.Textarea(attrs={"rows": 4}),
                initial=note.written.get(heading.name, ""),
            )
        known = [*objectives, *([note.objective] if note.objective and note.objective not in objectives else [])]
        choices = [(str(each.pk), Truncator(str(each)).chars(90)) for each in known]
        self.fields["objective"].choices = [("", _("None of them")), *choices]  # type: ignore[attr-defined]  # declared above as a field with choices
        if not known:
            del self.fields["objective"]
        if note.kind not in domain.TRIES:
            del self.fields["outcome"]
        self.speak()

    @property
    def words(self) -> list[tuple[Any, tuple[str, ...]]]:
        """The fields of the headings, each with its phrases."""
        return [(self[f"words_{number}"], heading.phrases) for number, heading in enumerate(self.headings)]

    @property
    def kept(self) -> dict[str, Any]:
        """What of it can be kept as it was sent, also when some other field has to be mended."""
        given = self.cleaned_data
        plain = ("way", "outcome", "present", "place", "state", "safety", "next_step", "why_not", "why_not_words")
        kept: dict[str, Any] = {field: given[field] for field in plain if field in given}
        if given.get("billable") is not None:
            kept["billable"] = {"yes": True, "no": False}.get(given["billable"])
            if kept["billable"]:
                kept |= {"why_not": "", "why_not_words": ""}
        if given.get("on"):
            kept |= {"on": given["on"]} | self._times(given)
        words = {heading.name: given.get(f"words_{number}") for number, heading in enumerate(self.headings)}
        if None not in words.values():
            kept["written"] = words
        return kept

    @property
    def works_toward(self) -> UUID | None:
        asked = self.cleaned_data.get("objective")
        return UUID(asked) if asked else None

    def _times(self, given: dict[str, Any]) -> dict[str, datetime | None]:
        """When it began and ended; what ends at an earlier hour than it began ends on the day after."""
        begins, ends, on = given.get("begins"), given.get("ends"), given["on"]
        last = on + timedelta(days=1) if begins and ends and ends < begins else on
        times = {"begins": ("starts_at", on), "ends": ("ends_at", last)}
        return {name: self._at(day, given[field]) for field, (name, day) in times.items() if field in given}

    def _at(self, on: date, clock: Any) -> datetime | None:
        return moment(on, clock, self.zone) if clock else None


def _initial(note: ContactNote, zone: tzinfo) -> dict[str, Any]:
    return {
        "version": note.version,
        "on": note.on,
        "begins": _clock(note.starts_at, zone),
        "ends": _clock(note.ends_at, zone),
        "objective": str(note.objective_id or ""),
        "billable": {True: "yes", False: "no", None: ""}[note.billable],
        **{
            field: getattr(note, field)
            for field in (
                *("way", "outcome", "present", "place", "state", "safety"),
                *("next_step", "why_not", "why_not_words"),
            )
        },
    }


def _clock(at: datetime | None, zone: tzinfo) -> str:
    local = at.astimezone(zone) if at else None
    return f"{local:%-I:%M} {local:%p}".lower() if local else ""


class SignContactForm(SeenForm, Form):
    """names: words of the note that name somebody of the person's group."""

    attest = forms.BooleanField(
        error_messages={"required": _("Read the statement and tick it, or go back to the note.")},
    )
    meant = forms.BooleanField(
        error_messages={"required": _("Say that these are other people, or go back and take the name out.")},
    )

    def __init__(self, *args: Any, names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not names:
            del self.fields["meant"]


class ContactWordsForm(NamesMeantForm):
    """What is added to a signed note."""

    words = forms.CharField(
        label=_("What to add"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what to add.")},
    )
    field_order = ("words", "meant", "code")

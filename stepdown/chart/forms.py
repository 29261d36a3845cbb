"""What is asked in a group note. Nothing is required while writing: a part may be saved half done."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from stepdown.chart.domain.vocabulary import INTERVENTIONS, PLAN, RESPONSE, SAFETY, TOOK_PART
from stepdown.chart.models import GroupNote, NoteFormat, NotePart, Objective
from stepdown.chart.open_pages import OpenPage
from stepdown.chart.seen import SeenForm
from stepdown.chart.services_writing import Sent
from stepdown.people.proving import ProvedForm
from stepdown.ui.fields import CheckChips, Chips, Form, OnceField

Answers = Mapping[str, str]


def _keyed(label: str, key: str) -> SafeString:
    """A question with the letter that leads to it."""
    return format_html("{} <kbd>{}</kbd>", label, key)


def _one(label: str, key: str, answers: Answers) -> forms.ChoiceField:
    choices = list(answers.items())
    return forms.ChoiceField(label=_keyed(label, key), choices=choices, required=False, widget=Chips)


def _some(label: Any, answers: Answers) -> forms.MultipleChoiceField:
    choices = list(answers.items())
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=CheckChips)


def _words(label: Any, rows: int, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "textarea"})
    return forms.CharField(label=label, required=False, max_length=4000, widget=widget, **more)


class WrittenForm(Form):
    """What is written in a note, with how it is sent: see `services_writing.Sent`."""

    version = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    once = forms.UUIDField(required=False, widget=forms.HiddenInput)
    after = forms.CharField(required=False, max_length=800, widget=forms.HiddenInput)

    def clean_after(self) -> list[UUID]:
        """Ids with commas between them; what is no id is left out."""
        found = []
        for each in self.cleaned_data["after"].split(","):
            with suppress(ValueError):
                found.append(UUID(each))
        return found

    @property
    def sent(self) -> Sent:
        given = self.cleaned_data
        return Sent(given["version"], given["once"], given["after"])


class OpenPageForm(Form):
    """What one person writes on a page, which may be open twice: see `open_pages`."""

    version = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    page = OnceField()

    @property
    def open_page(self) -> OpenPage:
        return OpenPage(self.cleaned_data.get("version", ""), self.cleaned_data["page"])

    def now_knows(self, version: str) -> None:
        """Sent once more, it takes the place of that version."""
        given = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        given["version"] = version
        self.data = given


class SharedForm(WrittenForm):
    """The part that stands once for everyone."""

    topic = forms.CharField(label=_("Topic"), required=False, max_length=120)
    interventions = _some(_("What you did"), INTERVENTIONS)
    words = _words(_("What the group worked on, in one or two sentences"), 3, help_text=_("Name nobody here."))

    @property
    def written(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("topic", "interventions", "words")}

    @classmethod
    def of(cls, note: GroupNote) -> "SharedForm":
        return cls(
            initial={
                "topic": note.topic,
                "interventions": note.interventions,
                "words": note.shared_words,
                "version": note.version,
            },
        )


class PartForm(WrittenForm):
    """One person's part. objectives: those of their plan that are open; without any the question is left out."""

    took_part = _one("Took part", "T", TOOK_PART)
    response = _some(_keyed("Response", "R"), RESPONSE)
    safety = _one("Safety tonight", "S", SAFETY)
    plan = _some(_keyed("Plan", "P"), PLAN)
    objective = forms.ChoiceField(label=_keyed("Works toward", "W"), required=False, widget=Chips)
    words = _words(_("In your words, one or two sentences"), 3)

    def __init__(self, *args: Any, objectives: Sequence[Objective], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), Truncator(str(each)).chars(90)) for each in objectives]
        self.fields["objective"].choices = [("", _("None of them")), *choices]  # type: ignore[attr-defined]  # declared above as a field with choices
        if not objectives:
            del self.fields["objective"]

    @classmethod
    def of(cls, part: NotePart, objectives: Sequence[Objective]) -> "PartForm":
        return cls(
            objectives=objectives,
            initial={
                "objective": str(part.objective_id or ""),
                "took_part": "".join(part.took_part[:1]),
                "response": part.response,
                "safety": "".join(part.safety[:1]),
                "plan": part.plan,
                "words": part.words,
                "version": part.version,
            },
        )

    @property
    def written(self) -> dict[str, Any]:
        """The answers as the part keeps them, lists of codes, with the objective and the words."""
        given = self.cleaned_data
        asked = given.get("objective")
        one = {field: [given[field]] if given[field] else [] for field in ("took_part", "safety")}
        more = {"response": given["response"], "plan": given["plan"], "words": given["words"]}
        return one | more | {"objective": UUID(asked) if asked else None}


class FormatForm(Form):
    """In which format notes are signed from now on."""

    format = forms.ChoiceField(
        label=_("Format of signed notes"),
        choices=NoteFormat.Format.choices,
        error_messages={"required": _("Choose a format.")},
    )


class SignatureForm(SeenForm, ProvedForm):
    """The attestation that stands above the signature."""

    attest = forms.BooleanField(
        error_messages={"required": _("Read the statement and tick it, or go back to the note.")},
    )
    field_order = ("seen", "attest", "code")


class NamesMeantForm(ProvedForm):
    """Words of a contact's note that is signed. names: those that name somebody of the person's group."""

    meant = forms.BooleanField(
        label=_("This is somebody else, not a person of the group."),
        error_messages={"required": _("Say that these are other people, or take the name out.")},
    )

    def __init__(self, *args: Any, names: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        if not names:
            del self.fields["meant"]


class VoidForm(NamesMeantForm):
    """Why a signed note does not hold."""

    reason = forms.CharField(
        label=_("Why it does not hold"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say why it does not hold.")},
    )
    field_order = ("reason", "meant", "code")


class SendBackForm(Form):
    """What a supervisor asks before they co-sign."""

    words = forms.CharField(
        label=_("What has to be added"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what has to be added.")},
    )


class AddendumForm(ProvedForm):
    """A dated addition to a signed note."""

    about = forms.ChoiceField(label=_("About"), required=False)
    words = _words(
        _("What to add"),
        4,
        help_text=_("It stands below the signed note with your name and the time, and is never changed."),
    )

    field_order = ("about", "words", "code")

    def __init__(self, *args: Any, parts: list[NotePart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(part.patient_id), part.patient.called) for part in parts]
        self.fields["about"].choices = [("", _("The shared part")), *people]  # type: ignore[attr-defined]  # declared above as a field with choices
        self.fields["words"].required = True
        self.fields["words"].error_messages["required"] = _("Write what to add.")

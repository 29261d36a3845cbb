"""What staff write: a whole instrument at once, what was done about a work item, which instrument to give."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from stepdown.kernel.instruments import Definition, Item
from stepdown.measures.domain.texts import faults
from stepdown.measures.models import Administration, WorkItem
from stepdown.ui.fields import Chips, ChoiceCards, Form, LongSelect, OnceField

NEEDS_THE_ROOM = ("cows", "ciwa-ar")
LARGEST = 256 * 1024
FAULTS_SHOWN = 5


class FillInForm(Form):
    """All questions of one instrument, each of which may stay blank, with what scoring needs to know of the person.

    seen: what stood on the page when it was opened, by item and by name of the context; the page carries it.
    """

    mode = forms.ChoiceField(
        label="How it is asked",
        widget=Chips,
        choices=Administration.Mode.choices,
        error_messages={"required": "Choose how it is asked."},
    )

    def __init__(self, *args: Any, definition: Definition, administration: Administration, **kwargs: Any) -> None:
        given = {f"q-{item}": value for item, value in administration.values.items() if value is not None}
        told = {f"c-{name}": value for name, value in administration.context.items()}
        asked = modes(definition)
        chosen = {"mode": administration.mode} if administration.mode in dict(asked) else {"mode": asked[0][0]}
        super().__init__(*args, initial=chosen | given | told, **kwargs)
        self.definition = definition
        self.seen = self._sent_along() if self.is_bound else administration.values | administration.context
        mode: Any = self.fields["mode"]
        mode.choices = asked
        for one in definition.context:
            self.fields[f"c-{one.id}"] = forms.ChoiceField(
                label=one.id.replace("_", " ").capitalize(),
                help_text=one.use,
                required=False,
                widget=Chips,
                choices=[*((value, value.capitalize()) for value in one.values), ("", "Not told")],
            )
        for item in definition.items:
            self.fields[f"q-{item.id}"] = _question(item)

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[f"q-{item.id}"] for item in self.definition.items]

    @property
    def contexts(self) -> list[forms.BoundField]:
        return [self[f"c-{one.id}"] for one in self.definition.context]

    @property
    def values(self) -> dict[str, int | None]:
        """By item; None for one that was left blank."""
        return {item.id: self.cleaned_data[f"q-{item.id}"] for item in self.definition.items}

    @property
    def context_told(self) -> dict[str, str]:
        return {one.id: self.cleaned_data[f"c-{one.id}"] for one in self.definition.context}

    @property
    def seen_now(self) -> str:
        return json.dumps(self.seen)

    def _sent_along(self) -> dict[str, Any]:
        """Empty when it cannot be read."""
        try:
            seen = json.loads(self.data.get("seen", "{}"))
        except (ValueError, RecursionError):
            return {}
        return seen if isinstance(seen, dict) else {}

    def tell_of(self, theirs: Mapping[str, int | None]) -> None:
        """Beside each question that somebody else answered otherwise meanwhile. What was typed stays; sent again, it
        counts as said by who has seen theirs."""
        self.seen = {**self.seen, **self.values, **self.context_told, **theirs}
        for item, value in theirs.items():
            labels = {option.value: option.label for option in self.definition.item[item].options}
            said = "left blank" if value is None else f"answered with “{labels.get(value, value)}”"
            then = "Leave yours or take that one, and send it again. The rest is kept."
            self.add_error(f"q-{item}", f"While this page was open, this was {said}. {then}")


def modes(definition: Definition) -> list[tuple[str, str]]:
    """How it can be asked; over video, what needs the person in the same room can be done in part only."""
    mode = Administration.Mode
    if definition.id in NEEDS_THE_ROOM:
        return [(mode.INTERVIEW.value, "In the same room"), (mode.VIDEO_PARTIAL.value, "Over video, in part")]
    return [(mode.INTERVIEW.value, "In an interview")]


def _question(item: Item) -> forms.Field:
    label = f"{item.number}. {item.text}"
    if item.options:
        options = [(str(option.value), option.label) for option in item.options]
        return forms.TypedChoiceField(
            label=label,
            choices=[*options, ("", "Not known")],
            coerce=int,
            empty_value=None,
            required=False,
            widget=Chips,
        )
    return forms.IntegerField(
        label=label,
        help_text=f"A whole number from {item.least} to {item.most}",
        min_value=item.least,
        max_value=item.most,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-4", "autocomplete": "off"}),
    )


class GiveForm(Form):
    """One instrument for one patient. do: to let the patient answer, or to fill it in now."""

    prefix = "give"
    once = OnceField()
    instrument = forms.ChoiceField(
        label="Instrument", widget=LongSelect, error_messages={"required": "Choose an instrument."}
    )
    about = forms.CharField(
        label="Substance",
        help_text="For the DSM-5 checklist: one checklist for each substance.",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-20", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, offered: list[Definition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["instrument"]
        field.choices = [("", "Choose an instrument"), *((one.id, f"{one.short_name}: {one.name}") for one in offered)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("instrument") == "dsm5-sud" and not said.get("about", "").strip():
            self.add_error("about", "Write which substance this checklist is about.")
        return said


class SettleForm(Form):
    """What was done about a work item."""

    disposition = forms.ChoiceField(
        label="What was done",
        choices=WorkItem.Disposition.choices,
        widget=ChoiceCards,
        error_messages={"required": "Choose what was done."},
    )
    words = forms.CharField(
        label="In a sentence or two",
        help_text="What they said, how they are now, and what is agreed.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what was done, in a sentence."},
    )


class TextPackForm(Form):
    """A file with the official wording of one instrument."""

    file = forms.FileField(
        label="Text pack",
        help_text="A JSON file of at most 256 kB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
        error_messages={
            "required": "Choose the file.",
            "empty": "This file is empty. Choose another one.",
            "missing": "Choose the file.",
            "invalid": "The file did not arrive. Choose it again.",
            "contradiction": "Choose the file.",
            "max_length": "The name of this file is too long. Give it a shorter one.",
        },
    )

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definition = definition

    def clean_file(self) -> dict[str, Any]:
        """The pack, which fits the instrument."""
        sent: UploadedFile = self.cleaned_data["file"]
        if (sent.size or 0) > LARGEST:
            raise forms.ValidationError("This file is too large. A text pack has at most 256 kB.")
        try:
            pack = json.loads(sent.read().decode())
        except (ValueError, RecursionError):
            raise forms.ValidationError("This is no JSON file that can be read. Choose another one.") from None
        if found := faults(self.definition, pack):
            raise forms.ValidationError(" ".join(found[:FAULTS_SHOWN]))
        kept: dict[str, Any] = pack
        return kept

"""What is asked in a safety plan. Nothing is required: any part may stay empty."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.chart.domain.safety_plan import CONTACTS, LINES, Contact, Document, lines_of
from stepdown.chart.wording_safety import HINTS, TITLES
from stepdown.ui.fields import ErrorLine, Form, PhoneField

MOST = 8  # contacts in one part
LEAST = 2  # rows, and always one more than are filled


class SafetyPlanForm(Form):
    """All seven parts. seen: number of the version that the page was made of, "0" for none."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=6)

    def __init__(self, *args: Any, of: Document, seen: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": str(seen)}, **kwargs)
        for part in LINES:
            self.fields[part] = forms.CharField(
                label=TITLES[part],
                help_text=HINTS[part],
                required=False,
                max_length=1000,
                initial="\n".join(getattr(of, part)),
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        for part in CONTACTS:
            self._add_rows(part, getattr(of, part))
        self.speak()

    def _add_rows(self, part: str, contacts: tuple[Contact, ...]) -> None:
        sent = [i for i in range(MOST) if {f"{part}-{i}-name", f"{part}-{i}-phone"} & set(self.data)]
        count = max(LEAST, min(len(contacts) + 1, MOST), *(i + 1 for i in sent))
        for i in range(count):
            contact = contacts[i] if i < len(contacts) else Contact("")
            off = {"autocomplete": "off"}
            self.fields[f"{part}-{i}-name"] = forms.CharField(
                label=_("Person or place") if part == "places" else _("Name"),
                required=False,
                max_length=80,
                initial=contact.name,
                widget=forms.TextInput(attrs=off),
            )
            self.fields[f"{part}-{i}-phone"] = PhoneField(
                label=_("Phone number"),
                required=False,
                initial=contact.phone,
                widget=forms.TextInput(attrs={"type": "tel", **off}),
            )

    def clean(self) -> None:
        for part in CONTACTS:
            for name, phone in self._rows(part):
                if phone in self.cleaned_data and self.cleaned_data[phone] and not self.cleaned_data.get(name, "x"):
                    self.add_error(name, _("Write down whose number this is."))

    @property
    def error_summary(self) -> list[ErrorLine]:
        """The boxes of all rows are called the same, so a line about one says in which part and row it is."""
        return [self._with_place(line) for line in super().error_summary]

    def _with_place(self, line: ErrorLine) -> ErrorLine:
        box = re.fullmatch(r"id_(?P<part>[a-z]+)-(?P<row>[0-9]+)-(name|phone)", line.target)
        if box is None:
            return line
        return line._replace(sentence=f"{TITLES[box['part']]}, {int(box['row']) + 1}: {line.sentence}")

    def _rows(self, part: str) -> list[tuple[str, str]]:
        """The names of the two boxes of each row."""
        names = [name for name in self.fields if name.startswith(f"{part}-") and name.endswith("-name")]
        return [(name, f"{name.removesuffix('-name')}-phone") for name in names]

    def document(self) -> Document:
        """What the boxes say, once they are valid."""
        parts: dict[str, Any] = {part: lines_of(self.cleaned_data[part]) for part in LINES}
        parts |= {
            part: tuple(
                Contact(self.cleaned_data[name].strip(), self.cleaned_data[phone])
                for name, phone in self._rows(part)
                if self.cleaned_data[name].strip()
            )
            for part in CONTACTS
        }
        return Document(**parts)

    def now_knows(self, number: int) -> None:
        """Sent once more, it takes the place of that version."""
        given = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        given["seen"] = str(number)
        self.data = given

    def parts(self) -> list[dict[str, Any]]:
        """As the page draws them, in the order of the plan: lines, or rows of two boxes."""
        found: list[dict[str, Any]] = []
        for part, title in TITLES.items():
            if part in LINES:
                found.append({"name": part, "lines": self[part]})
            else:
                rows = [(self[name], self[phone]) for name, phone in self._rows(part)]
                found.append({"name": part, "title": title, "hint": HINTS[part], "rows": rows})
        return found

"""A template of notes as a director writes its next version."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.chart.domain.templates import HELP, PHRASE, PHRASES, Heading
from stepdown.ui.fields import Form


class TemplateForm(Form):
    """headings: of the format that is asked for, with what stands there now."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, headings: Sequence[Heading], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = headings
        for number, heading in enumerate(headings):
            self.fields[f"help_{number}"] = forms.CharField(
                label=_("Help under “%(heading)s”") % {"heading": heading.name},
                required=False,
                max_length=HELP,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=heading.help,
            )
            self.fields[f"phrases_{number}"] = forms.CharField(
                label=_("Phrases for “%(heading)s”") % {"heading": heading.name},
                help_text=_("One a line. A tap puts it into the note; “…” is where something goes in."),
                required=False,
                max_length=PHRASES * (PHRASE + 2),
                widget=forms.Textarea(attrs={"rows": 5}),
                initial="\n".join(heading.phrases),
            )
        self.speak()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for number, _heading in enumerate(self.headings):
            lines = _lines(values.get(f"phrases_{number}", ""))
            if len(lines) > PHRASES:
                self.add_error(f"phrases_{number}", _("At most %(most)d phrases fit here.") % {"most": PHRASES})
            elif any(len(line) > PHRASE for line in lines):
                self.add_error(f"phrases_{number}", _("A phrase has at most %(most)d characters.") % {"most": PHRASE})
        return values

    @property
    def pairs(self) -> list[tuple[Heading, Any, Any]]:
        """Each heading with its two fields."""
        return [(each, self[f"help_{n}"], self[f"phrases_{n}"]) for n, each in enumerate(self.headings)]

    @property
    def written(self) -> tuple[Heading, ...]:
        given = self.cleaned_data
        return tuple(
            Heading(each.name, given[f"help_{n}"].strip(), tuple(_lines(given[f"phrases_{n}"])))
            for n, each in enumerate(self.headings)
        )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]

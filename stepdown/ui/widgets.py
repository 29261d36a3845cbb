"""How answers are asked for. `<c-field>` draws each widget by its `look`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

DATE_PARTS = (("month", _("Month")), ("day", _("Day")), ("year", _("Year")))


class _Cards:
    """Radio and checkbox cards: `across` puts short answers side by side, `hints` adds a line under an answer."""

    look = "cards"

    def __init__(self, *args: Any, across: bool = False, hints: Mapping[Any, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.across = across
        self.hints = dict(hints or {})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]  # the widget it is mixed into
        return option | {"hint": self.hints.get(str(value), "")}


class ChoiceCards(_Cards, forms.RadioSelect):
    """Two to five answers a person must weigh: one whole card each."""


class CheckCards(_Cards, forms.CheckboxSelectMultiple):
    """Several answers may be true at once: one whole card each."""


class Chips(forms.RadioSelect):
    """Short answers in a row, one of them true."""

    look = "chips"

    def __init__(self, *args: Any, big: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.big = big


class CheckChips(forms.CheckboxSelectMultiple):
    """Many short answers, quick, any of them true."""

    look = "chips"

    def __init__(self, *args: Any, big: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.big = big


class LongSelect(forms.Select):
    """One answer of hundreds, such as a colleague: drawn without a template for each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        drawn = self.get_context(name, value, attrs)["widget"]
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (option["value"], mark_safe(" selected") if option["selected"] else "", option["label"])
                for _group, options, _index in drawn["optgroups"]
                for option in options
            ),
        )
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(drawn["attrs"]), options)


class Scale(forms.RadioSelect):
    """Eleven radios from 0 to 10, both ends named, no colors: no answer is bad."""

    look = "scale"

    def __init__(self, *args: Any, ends: tuple[Any, Any] = ("", ""), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ends = ends


class DateBoxes(forms.MultiWidget):
    """A date one knows, in three boxes. Shape of its value: [month, day, year] as typed, or a date.

    `autocomplete` is "bday" for a birth date, so that a browser can fill it in.
    """

    look = "date"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, autocomplete: str = "") -> None:
        self.autocomplete = autocomplete
        number = {"inputmode": "numeric", "class": "input w-4"}
        super().__init__({name: forms.TextInput(number) for name, _label in DATE_PARTS}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, str) and value:
            value = date.fromisoformat(value)
        return [value.month, value.day, value.year] if isinstance(value, date) else ["", "", ""]

    def id_for_label(self, id_: str, index: str = "0") -> str:
        return f"{id_}_0" if id_ else id_

    def boxes(self, name: str, value: Any, attrs: dict[str, Any]) -> list[dict[str, Any]]:
        """The three boxes as a template draws them: label, name, id, value, autocomplete."""
        parts = self.get_context(name, value, attrs)["widget"]["subwidgets"]
        return [
            {
                "label": label,
                "name": part["name"],
                "id": part["attrs"].get("id", ""),
                "value": "" if part["value"] is None else part["value"],
                "autocomplete": f"{self.autocomplete}-{key}" if self.autocomplete else "",
            }
            for (key, label), part in zip(DATE_PARTS, parts, strict=True)
        ]


def numbers(choices: Sequence[int]) -> list[tuple[str, str]]:
    """Choices whose label is the number itself."""
    return [(str(number), str(number)) for number in choices]

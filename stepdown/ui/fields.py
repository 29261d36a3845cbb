"""Form fields and the form that all stages share.

Every required field says what to do in its own words:
`error_messages={"required": _("Enter a name we can call you by.")}`. What was typed stays in its box.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, NamedTuple
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from stepdown.ui.states import STATES
from stepdown.ui.when import MONTHS
from stepdown.ui.widgets import CheckCards, CheckChips, Chips, ChoiceCards, DateBoxes, LongSelect, Scale, numbers

__all__ = [
    "CheckCards",
    "CheckChips",
    "Chips",
    "ChoiceCards",
    "DateBoxes",
    "DateBoxesField",
    "ErrorLine",
    "Form",
    "FormMixin",
    "LongSelect",
    "ModelForm",
    "OnceField",
    "PhoneField",
    "Scale",
    "ScaleField",
    "StateField",
    "YesNoField",
    "ZipCodeField",
    "phone_said",
]

# Said by every field that has no sentence of its own for the case.
SENTENCES: dict[str, Any] = {
    "max_length": ngettext_lazy(
        "Use at most %(limit_value)d character. This has %(show_value)d.",
        "Use at most %(limit_value)d characters. This has %(show_value)d.",
        "limit_value",
    ),
    "min_length": ngettext_lazy(
        "Use at least %(limit_value)d character. This has %(show_value)d.",
        "Use at least %(limit_value)d characters. This has %(show_value)d.",
        "limit_value",
    ),
    "null_characters_not_allowed": _("Take out the character that cannot be shown."),
    "invalid_choice": _("Choose one of the answers shown."),
    "invalid_list": _("Choose from the answers shown."),
    "max_value": _("Enter %(limit_value)s or less."),
    "min_value": _("Enter %(limit_value)s or more."),
}
SENTENCES_BY_FIELD: dict[type[forms.Field], dict[str, Any]] = {
    forms.IntegerField: {"invalid": _("Enter a whole number.")},
    forms.DecimalField: {"invalid": _("Enter a number.")},
    forms.EmailField: {"invalid": _("Enter an e-mail address, for example name@example.com.")},
    forms.TimeField: {"invalid": _("Enter a time, for example 6:00 pm.")},
    forms.DateField: {"invalid": _("Enter a real date, for example 3 27 1985.")},
    forms.UUIDField: {"invalid": _("Choose one of the answers shown.")},
}
TIME_FORMATS = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p", "%I %p", "%I%p"]


# Marks that turn the words behind them around.
TURNING = "\u202d\u202e"


def seen_as_written(value: Any) -> None:
    """Refuses text of which nothing can be seen, and text that would turn around what stands after it."""
    if isinstance(value, str) and (
        set(TURNING) & set(value) or all(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Zs") for c in value)
    ):
        raise forms.ValidationError(SENTENCES["null_characters_not_allowed"], code="null_characters_not_allowed")


class ErrorLine(NamedTuple):
    """One line of the error summary: the sentence, and the id of its control ("" for the form as a whole)."""

    sentence: str
    target: str


class FormMixin:
    """What forms of this product have in common: sentences, no bubbles of the browser, and the error summary."""

    # The browser's own bubbles speak in its words and one at a time; our sentences stand beside the field.
    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speak()

    def speak(self) -> None:
        """Gives every field its sentences; once more after a form has made fields of its own."""
        for field in self.fields.values():
            own = _own_sentences(field)
            for code, sentence in SENTENCES.items():
                if code not in own:
                    field.error_messages[code] = sentence
            for kind, sentences in SENTENCES_BY_FIELD.items():
                if isinstance(field, kind):
                    field.error_messages.update({c: s for c, s in sentences.items() if c not in own})
            if isinstance(field, forms.TimeField):
                field.input_formats = TIME_FORMATS
            if isinstance(field, forms.CharField) and seen_as_written not in field.validators:
                field.validators.append(seen_as_written)

    @property
    def error_summary(self) -> list[ErrorLine]:
        """Every error in the order of the page, the form's own first."""
        form: Any = self
        lines = [ErrorLine(str(sentence), "") for sentence in form.non_field_errors()]
        for bound in form:
            target = bound.id_for_label or f"{bound.auto_id}_0"  # of several controls, the first
            lines += [ErrorLine(str(sentence), target) for sentence in bound.errors]
        return lines


class Form(FormMixin, forms.Form):
    """A form of this product."""


class ModelForm(FormMixin, forms.ModelForm):
    """A form over a table. The sentences of constraints come from `violation_error_message`."""


def _own_sentences(field: forms.Field) -> set[str]:
    """Codes for which the field, or its class outside Django, brought a sentence."""
    defaults: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            defaults.update(getattr(kind, "default_error_messages", {}))
    return {code for code, sentence in field.error_messages.items() if sentence is not defaults.get(code)}


class PhoneField(forms.CharField):
    """A US phone number, stored as +1XXXXXXXXXX. Accepts any punctuation, a leading 1, and the unseen marks that come
    along when a number is copied from a list of contacts."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "digits": _("Enter a phone number with 10 digits. This one has %(count)d."),
        "letters": _("Enter a phone number with digits only, for example (512) 555-0142."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "w-20"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean("".join(c for c in str(value or "") if unicodedata.category(c) != "Cf"))
        if not text:
            return ""
        if re.search(r"[^0-9\s().+/\u2010-\u2015-]", text):
            raise forms.ValidationError(self.error_messages["letters"], code="letters")
        digits = "".join(c for c in text if c in "0123456789")
        if len(digits) == 11 and digits[0] == "1":
            digits = digits[1:]
        if len(digits) != 10:
            raise forms.ValidationError(self.error_messages["digits"], code="digits", params={"count": len(digits)})
        return f"+1{digits}"

    def prepare_value(self, value: Any) -> Any:
        return phone_said(value) if isinstance(value, str) else value


def phone_said(number: str) -> str:
    """ "(512) 555-0142" for +15125550142; anything else stays as it is."""
    match = re.fullmatch(r"\+1(\d{3})(\d{3})(\d{4})", number)
    return f"({match[1]}) {match[2]}-{match[3]}" if match else number


class DateBoxesField(forms.Field):
    """A date in three boxes: month, day, year. Cleans to a date, or None.

    `earliest` and `latest` give a date each time they are called, so that the clock is read when the form is; the
    messages "early" and "late" say what is wrong then.
    """

    widget = DateBoxes
    default_error_messages: ClassVar[dict[str, Any]] = {
        "part_month": _("Enter the month too."),
        "part_day": _("Enter the day too."),
        "part_year": _("Enter the year too."),
        "year": _("Enter the year with 4 digits, for example 1985."),
        "unreal": _("Enter a real date, for example 3 27 1985."),
        "early": _("This date is too long ago."),
        "late": _("Enter a date that is not in the future."),
    }

    def __init__(
        self,
        *,
        earliest: Callable[[], date] | None = None,
        latest: Callable[[], date] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        month, day, year = (str(part or "").strip() for part in value)
        if not (month or day or year):
            return None
        for name, part in (("month", month), ("day", day), ("year", year)):
            if not part:
                raise self._error(f"part_{name}")
        if not re.fullmatch(r"[0-9]{4}", year):
            raise self._error("year" if re.fullmatch(r"[0-9]{1,3}", year) else "unreal")
        number = _month_number(month)
        if number is None or not re.fullmatch(r"[0-9]{1,2}", day):
            raise self._error("unreal")
        try:
            return date(int(year), number, int(day))
        except ValueError:
            raise self._error("unreal") from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and self.earliest and value < self.earliest():
            raise self._error("early")
        if value and self.latest and value > self.latest():
            raise self._error("late")

    def _error(self, code: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code)


def _month_number(text: str) -> int | None:
    """1 to 12 for "3", "03", "Mar" or "marzo"; None when it is no month."""
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text)
    for names in MONTHS.values():
        for number, name in enumerate(names, 1):
            if len(text) >= 3 and name.lower().startswith(text.lower().rstrip(".")):
                return number
    return None


class OnceField(forms.UUIDField):
    """The id of what the form is about to make, chosen when its page is opened: what is sent twice is made once.
    Anything else than an id counts as a new one."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, initial=uuid4, required=False)

    def clean(self, value: Any) -> UUID:
        try:
            return super().clean(value) or uuid4()
        except forms.ValidationError:
            return uuid4()


class ScaleField(forms.TypedChoiceField):
    """A whole number from 0 to 10, or None when not required and left out. `ends` names 0 and 10."""

    def __init__(self, *, ends: tuple[Any, Any], **kwargs: Any) -> None:
        kwargs.setdefault("widget", Scale(ends=ends))
        super().__init__(choices=numbers(range(11)), coerce=int, empty_value=None, **kwargs)


class YesNoField(forms.TypedChoiceField):
    """Yes is True, no is False, nothing is None. Two cards side by side."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", ChoiceCards(across=True))
        kwargs.setdefault("choices", [("yes", _("Yes")), ("no", _("No"))])
        super().__init__(coerce=lambda value: value == "yes", empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if not isinstance(value, str) else value


class StateField(forms.ChoiceField):
    """The state in which a person sits, as its two letters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[("", _("Choose a state")), *STATES], **kwargs)


class ZipCodeField(forms.RegexField):
    """A US ZIP code, of five digits or nine."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("ZIP code"))
        widget = forms.TextInput(attrs={"class": "w-10", "inputmode": "numeric", "autocomplete": "off"})
        wrong = {"invalid": _("Enter a ZIP code with 5 digits, for example 55401.")}
        super().__init__(r"^[0-9]{5}(-[0-9]{4})?$", widget=widget, error_messages=wrong, **kwargs)

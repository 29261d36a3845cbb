"""Bringing colleagues in from a table: what would come of it, row by row, before anything is written."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stepdown.people.domain.staff_table import Unreadable, rows_of, several
from stepdown.people.forms_staff import ZONES, StaffForm
from stepdown.people.models import Account, Role
from stepdown.ui.fields import Form

LARGEST = 200_000  # characters
ROLES = {str(label).casefold(): value for value, label in Role.choices} | {value: value for value in Role.values}
ZONE_NAMES = {str(label).casefold(): value for value, label in ZONES} | {value.casefold(): value for value, _l in ZONES}


class RowForm(StaffForm):
    """One row: as adding a colleague, but they choose their first password themselves."""

    password = None  # type: ignore[assignment]  # how a form leaves out a field of its parent

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles, zones = (", ".join(str(label) for _value, label in listed) for listed in (Role.choices, ZONES))
        self.fields["roles"].error_messages["invalid_choice"] = (
            _("No role is called “%(value)s”. Roles: ") + f"{roles}."
        )
        self.fields["time_zone"].error_messages["invalid_choice"] = (
            _("No time zone is called “%(value)s”. Zones: ") + f"{zones}."
        )


@dataclass(frozen=True)
class Row:
    """line: of the file, from 1. wrong: sentences, none when it can be brought in. is_known: has an account already,
    which stays as it is."""

    line: int
    name: str
    email: str
    roles: list[str]
    facts: dict[str, Any]
    wrong: list[str]
    is_known: bool


class ImportForm(Form):
    file = forms.FileField(
        label=gettext_lazy("A file"),
        help_text=gettext_lazy("Saved from a spreadsheet as CSV (UTF-8)."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"empty": gettext_lazy("This file is empty. Choose another one.")},
    )
    rows = forms.CharField(
        label=gettext_lazy("Or its rows"),
        help_text=gettext_lazy("Paste them here, or mend here what is wrong. The first row names the columns."),
        required=False,
        strip=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def clean_file(self) -> str:
        """What the file says, as text."""
        sent: UploadedFile | None = self.cleaned_data.get("file")
        if sent is None:
            return ""
        try:
            text = sent.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This file is not text. Save the table as CSV (UTF-8).")) from None
        if (sent.size or 0) > LARGEST or "\0" in text:
            raise forms.ValidationError(_("This is no table of colleagues. Save the table as CSV (UTF-8)."))
        return text

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        text = given.get("file") or given.get("rows", "")
        if self.errors:
            return given
        try:
            given["read"] = read(text)
        except Unreadable as why:
            self.add_error("file" if given.get("file") else "rows", str(why))
        self.text = text
        return given


def read(text: str) -> list[Row]:
    """Each row of the table with what is wrong with it. Raises Unreadable."""
    rows, seen = [], set[str]()
    known = set(Account.objects.values_list("email", flat=True))
    for line, cells in rows_of(text):
        row = _row(line, cells, known, seen)
        seen.add(row.email)
        rows.append(row)
    return rows


def _row(line: int, cells: dict[str, str], known: set[str], seen: set[str]) -> Row:
    email = cells["email"].lower()
    roles = [ROLES.get(role, role) for role in several(cells["roles"])]
    zone = ZONE_NAMES.get(cells["time zone"].casefold(), cells["time zone"]) or str(timezone.get_current_timezone())
    said = {"name": cells["name"], "letters": cells["letters"], "email": email, "roles": roles, "time_zone": zone}
    form = RowForm(
        said | {"phone": cells["phone"], "address_line": cells["home address"], "postal_code": cells["zip code"]}
    )
    wrong = [] if form.is_valid() else [str(sentence) for sentences in form.errors.values() for sentence in sentences]
    if email and email in seen:
        wrong.append(_("This e-mail address stands in a row above."))
    named = [str(Role(role).label) if role in Role.values else role for role in roles]
    return Row(line, cells["name"], email, named, form.cleaned_data, wrong, email in known)

"""What is written down about a license."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.people.domain.documents import JPEG, LARGEST, PDF, PNG, kind_of, size_said
from stepdown.people.models import License
from stepdown.ui.fields import DateBoxesField, Form, StateField

NOT_BEFORE = date(1950, 1, 1)
NOT_AFTER_YEARS = 60


def _earliest() -> date:
    return NOT_BEFORE


def _latest() -> date:
    return date(timezone.localdate().year + NOT_AFTER_YEARS, 12, 31)


TOO_FAR = {"late": _("This date is too far ahead. Check the year.")}


class LicenseForm(Form):
    kind = forms.CharField(
        label=_("License"),
        help_text=_("For example LADC or LPCC."),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "w-10"}),
        error_messages={"required": _("Enter the kind of license.")},
    )
    state = StateField(label=_("State"), error_messages={"required": _("Choose the state it is valid in.")})
    number = forms.CharField(
        label=_("Number"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "w-20"}),
        error_messages={"required": _("Enter the number on the license.")},
    )
    masters_level = forms.BooleanField(
        label=_("With a Master's degree or higher"),
        help_text=_("Leading a group asks for it."),
        required=False,
        initial=True,
    )
    issued_on = DateBoxesField(
        label=_("Issued on"),
        earliest=_earliest,
        latest=timezone.localdate,
        error_messages={"required": _("Enter the day it was issued.")},
    )
    expires_on = DateBoxesField(
        label=_("Valid until"),
        help_text=_("The last day. Empty when it has no end."),
        earliest=_earliest,
        latest=_latest,
        required=False,
        error_messages=TOO_FAR,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("issued_on"), said.get("expires_on")
        if first and last and last < first:
            self.add_error("expires_on", _("A license cannot end before it begins."))
        return said

    @classmethod
    def of(cls, license: License, data: Any = None) -> "LicenseForm":
        """Filled in with what is written down."""
        names = ("kind", "state", "number", "masters_level", "issued_on", "expires_on")
        return cls(data, initial={name: getattr(license, name) for name in names})


class RenewForm(Form):
    prefix = "renew"
    expires_on = DateBoxesField(
        label=_("Valid until"),
        help_text=_("The new last day."),
        latest=_latest,
        error_messages={"required": _("Enter the new last day."), **TOO_FAR},
    )
    from_on = DateBoxesField(
        label=_("Valid again from"),
        help_text=_("Only after a gap. Empty when it went on without one."),
        earliest=_earliest,
        latest=_latest,
        required=False,
        error_messages=TOO_FAR,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("from_on"), said.get("expires_on")
        if first and last and last < first:
            self.add_error("from_on", _("Enter a day before the new last day."))
        return said


class EndForm(Form):
    prefix = "end"
    last_on = DateBoxesField(
        label=_("Last valid day"),
        earliest=_earliest,
        latest=_latest,
        error_messages={"required": _("Enter the last day on which it is valid."), **TOO_FAR},
    )
    why = forms.CharField(
        label=_("Reason"),
        help_text=_("For example given back, or suspended by the board."),
        max_length=200,
        error_messages={"required": _("Write why it ends before its time.")},
    )


class DocumentForm(Form):
    """kinds: the media types that are taken; not_one: what is said of anything else."""

    prefix = "document"
    kinds: Collection[str] = (PDF, JPEG, PNG)
    not_one: Any = _("This is no whole PDF, JPEG or PNG file. Save it as one of these and choose it again.")
    file = forms.FileField(
        label=_("File"),
        help_text=_("A PDF, JPEG or PNG file of at most 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": _("Choose the file."),
            "empty": _("This file is empty. Choose another one."),
            "missing": _("Choose the file."),
            "invalid": _("The file did not arrive. Choose it again."),
            "contradiction": _("Choose the file."),
            "max_length": _("The name of this file is too long. Give it a shorter one."),
        },
    )

    def clean_file(self) -> bytes:
        """The content of the file."""
        sent: UploadedFile = self.cleaned_data["file"]
        if (sent.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("This file has %(size)s. Use one of at most 5 MB.") % {"size": size_said(sent.size or 0)}
            )
        content = sent.read()
        if kind_of(content) not in self.kinds:
            raise forms.ValidationError(self.not_one)
        return content

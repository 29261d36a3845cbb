"""What forms have in common that put a paper on file: the PDF itself, and from when to when it counts."""

from collections.abc import Collection
from typing import Any

from stepdown.people.domain.documents import PDF
from stepdown.people.forms_licenses import DocumentForm

BEFORE_THE_FIRST = "Enter a last day that is not before the first."


class PaperForm(DocumentForm):
    """paper: what the file is called. days: names of the fields for the first and the last day; the last may be left
    out where the form allows it."""

    kinds: Collection[str] = (PDF,)
    paper = "The signed agreement"
    days: tuple[str, str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        file.label, file.help_text = self.paper, "A PDF file of at most 5 MB. It is kept as it is."
        file.widget.attrs["accept"] = ".pdf"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = (said.get(name) for name in self.days)
        if first and last and last < first:
            self.add_error(self.days[1], BEFORE_THE_FIRST)
        return said

    @property
    def terms(self) -> dict[str, Any]:
        """As the service takes them that puts it on file."""
        said = dict(self.cleaned_data)
        return said | {"document": said.pop("file")}

"""Templates of notes as pages ask for them."""

from stepdown.chart.domain.templates import GROUP, Heading, names_of, shipped
from stepdown.chart.models import NoteTemplate


def versions_of(kind: str) -> list[NoteTemplate]:
    """The newest first. One query."""
    return list(NoteTemplate.objects.filter(kind=kind).select_related("saved_by"))


def version_of(kind: str, number: str) -> NoteTemplate | None:
    """The version of that number, as it stands in an address; None when there is none."""
    known = number.isascii() and number.isdigit() and len(number) < 6
    return NoteTemplate.objects.filter(kind=kind, number=int(number)).first() if known else None


def headings_for(template: NoteTemplate, form: str) -> tuple[Heading, ...]:
    """The template's headings in that format: its own where it has them, else what the product brings."""
    own = {each.name: each for each in template.headings}
    ours = {each.name: each for each in shipped(template.kind, form)}
    return tuple(own.get(name) or ours[name] for name in names_of(template.kind, form))


def phrases_of_groups() -> tuple[str, ...]:
    """What is offered beside the words of a part of a group note. One query."""
    newest = NoteTemplate.objects.filter(kind=GROUP).first()
    return (newest.headings if newest else shipped(GROUP, ""))[0].phrases

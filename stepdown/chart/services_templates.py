"""Templates of notes: which one is in force, and a director's next version of it."""

from collections.abc import Sequence

import structlog
from django.db import transaction

from stepdown.chart.domain.formats import Format
from stepdown.chart.domain.templates import Heading, shipped
from stepdown.chart.models import NoteTemplate
from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Staff

log = structlog.get_logger(__name__)
FIRST_FORMAT = Format.DAP


@transaction.atomic
def in_force(kind: str) -> NoteTemplate:
    """The newest version; version 1 is made of what the product brings when there is none yet."""
    newest = NoteTemplate.objects.filter(kind=kind).first()
    if newest is None:
        one_at_a_time(f"template of {kind}")
        newest = NoteTemplate.objects.filter(kind=kind).first() or _kept(
            kind, 1, FIRST_FORMAT, shipped(kind, FIRST_FORMAT)
        )
    return newest


@transaction.atomic
def save_template(*, kind: str, form: str, headings: Sequence[Heading], seen: int, by: Staff) -> NoteTemplate:
    """The next version, or the one in force when nothing is different. Notes that are begun keep theirs. seen: the
    number that was in force on the page. Raises RuleBroken when somebody saved another one meanwhile."""
    one_at_a_time(f"template of {kind}")
    newest = in_force(kind)
    if newest.number != seen:
        who = newest.saved_by.name if newest.saved_by else "Somebody"
        raise RuleBroken(
            f"{who} saved version {newest.number} meanwhile. Look at it, then put in what you want different."
        )
    if (newest.format, newest.headings) == (form, tuple(headings)):
        return newest
    made = _kept(kind, newest.number + 1, form, headings, by)
    log.info("note template saved", template_id=made.pk, number=made.number)
    return made


def _kept(kind: str, number: int, form: str, headings: Sequence[Heading], by: Staff | None = None) -> NoteTemplate:
    with rules_speak():
        return NoteTemplate.objects.create(
            kind=kind, number=number, format=form, content=[each.as_json() for each in headings], saved_by=by
        )

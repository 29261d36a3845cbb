"""Templates of notes: which one is in force, and a director's next version of it."""

from collections.abc import Sequence

import structlog
from django.db import transaction

from stepdown.chart.domain.templates import GROUP, Heading, shipped
from stepdown.chart.models import NoteTemplate
from stepdown.chart.queries_formats import format_in_force
from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Staff

log = structlog.get_logger(__name__)


@transaction.atomic
def in_force(kind: str) -> NoteTemplate:
    """The newest version. While nobody changed what the product brings it follows the format of the center: a version
    of it is made when there is none yet, and when a director chose another format for the center. Which a director
    saved keeps its own format."""
    if standing := _standing(kind):
        return standing
    one_at_a_time(f"template of {kind}")
    form, last = format_in_force(), NoteTemplate.objects.filter(kind=kind).first()
    return _standing(kind) or _kept(kind, last.number + 1 if last else 1, form, shipped(kind, form))


def _standing(kind: str) -> NoteTemplate | None:
    """The newest version, when it can stay in force; that of the group note has the same headings in each format."""
    newest = NoteTemplate.objects.filter(kind=kind).first()
    if newest is None or kind == GROUP or newest.saved_by_id or newest.format == format_in_force():
        return newest
    return None


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

"""Templates of notes, version after version. A version never changes, so a note keeps what it was written with."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.chart.domain.formats import Format
from stepdown.chart.domain.templates import KINDS, Heading, headings_from
from stepdown.kernel.db import Row
from stepdown.people.models import Staff


class NoteTemplate(Row):
    """One version for a kind of note; the newest is in force. `content`: headings with help and phrases, as
    `domain.templates.Heading.as_json`. saved_by: None for what the product brought."""

    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    number = models.PositiveIntegerField()
    format = models.CharField(max_length=4, choices=[(each.value, each.name) for each in Format])
    content = models.JSONField()
    saved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"],
                name="one_version_of_a_number",
                violation_error_message=_(
                    "Somebody else saved this template at the same moment. Look at theirs first."
                ),
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_begin_with_one"),
        ]
        triggers = [pgtrigger.Protect(name="template_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]

    @property
    def headings(self) -> tuple[Heading, ...]:
        return headings_from(self.content)

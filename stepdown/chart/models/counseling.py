"""Counseling notes: a store of their own, which nothing but their author's own page reads."""

from django.db import models
from django.utils import timezone

from stepdown.chart.domain.digest import version_of
from stepdown.kernel.db import Row
from stepdown.kernel.sealing import opened, sealed
from stepdown.people.models import Patient, Staff


class CounselingNote(Row):
    """What a counselor keeps of a conversation for themself, apart from the record. Sealed for its author: reading the
    table tells nothing. It has no history and no text that a search could find. saved_page: the page that
    saved it last.

    Source: 42 CFR 2.11 (SUD counseling notes); RULE PRIV-18, 19.
    """

    author = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    stored = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_page = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "-written_at"]
        indexes = [models.Index(fields=["author", "patient", "-on"], name="counseling_of_author")]

    @property
    def version(self) -> str:
        """Changes with every word; a page that is open carries the one it was made of. Raises Unreadable."""
        return version_of(self.on.isoformat(), self.words)

    @property
    def words(self) -> str:
        """What it says. Raises Unreadable."""
        return opened(self._purpose, self.stored)

    @words.setter
    def words(self, said: str) -> None:
        self.stored = sealed(self._purpose, said)

    @property
    def _purpose(self) -> str:
        return f"counseling-note:{self.author_id}:{self.pk}"

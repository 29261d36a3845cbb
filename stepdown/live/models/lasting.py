"""Rules of rows that last for a while: one open at a time, and what has ended or was answered stays as it is."""

from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def one_open(name: str, sentence: "_StrPromise") -> models.UniqueConstraint:
    """At most one row of a session has not ended."""
    return models.UniqueConstraint(
        fields=["session"],
        condition=Q(ended_at=None),
        name=name,
        violation_error_message=sentence,
    )


def final_once(column: str, name: str) -> pgtrigger.Protect:
    """Nothing of a row changes once this column is set."""
    return pgtrigger.Protect(
        name=name, operation=pgtrigger.Update, condition=pgtrigger.Q(**{f"old__{column}__isnull": False})
    )


def kept(name: str) -> pgtrigger.Protect:
    """No row is ever deleted."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Delete)

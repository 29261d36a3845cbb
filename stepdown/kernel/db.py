"""What every table shares, and the sentence behind a broken rule.

A rule that must never break is a constraint or a trigger; the sentence people read sits on it
(`violation_error_message`, or the text the trigger raises), so a form, a service and an import say the same.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.utils.functional import Promise

DEADLOCK = "40P01"  # of two who waited for each other, the database lets one go on
AT_ONCE = "Somebody else changed the same at the same moment. Look at it as it is now, then try again."


class Row(models.Model):
    """A table with a UUID key, so that an id in a URL tells nothing and cannot be guessed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class RuleBroken(Exception):
    """A rule said no. `str()` is the sentence for the person; `rule` is the constraint's name, if one spoke."""

    def __init__(self, sentence: str, rule: str = "") -> None:
        super().__init__(sentence)
        self.rule = rule


@cache
def _sentences() -> dict[str, str | Promise | None]:
    return {
        constraint.name: constraint.violation_error_message
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if constraint.name
    }


def sentence_of(error: DatabaseError) -> tuple[str, str]:
    """(sentence, rule) behind a database error; ("", "") when no rule of ours spoke."""
    diag = getattr(error.__cause__, "diag", None)
    if diag is None:
        return "", ""
    if diag.constraint_name and diag.constraint_name in _sentences():
        return str(_sentences()[diag.constraint_name]), diag.constraint_name
    if diag.sqlstate == DEADLOCK:
        return AT_ONCE, ""
    if diag.sqlstate == "P0001":  # raise exception in one of our triggers
        return (diag.message_primary or "").removeprefix("pgtrigger: "), diag.constraint_name or ""
    return "", ""


def one_at_a_time(key: str) -> None:
    """Nobody else comes past here with the same key until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


@contextmanager
def rules_speak() -> Iterator[None]:
    """Turns a broken database rule into RuleBroken with its sentence, inside a savepoint of its own."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        sentence, rule = sentence_of(error)
        if not sentence:
            raise
        raise RuleBroken(sentence, rule) from error

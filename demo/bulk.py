"""Many rows at once: PostgreSQL's COPY, fed from model instances, so that a large center is made in minutes."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField, RangeField
from django.db import connection, models
from psycopg.types.json import Jsonb

from stepdown.kernel.sealed_fields import Sealed


def copy_in(rows: Iterable[models.Model]) -> int:
    """Writes unsaved instances of one model, all columns given by the instances. Returns how many.

    Triggers and constraints speak as they do for single rows. Raises DatabaseError like a save would.
    """
    rows = list(rows)
    if not rows:
        return 0
    meta = rows[0]._meta
    fields = [f for f in meta.concrete_fields if not (f.primary_key and getattr(rows[0], f.attname) is None)]
    columns = ", ".join(f'"{f.column}"' for f in fields)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{meta.db_table}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([_value(f, f.pre_save(row, add=True)) for f in fields])
    return len(rows)


def _value(field: models.Field, value: object) -> object:
    if value is None:
        return None
    if isinstance(field, Sealed):
        return field.get_prep_value(value)
    if isinstance(field, models.JSONField):
        return Jsonb(value)
    if isinstance(field, ArrayField | RangeField):
        return value
    if isinstance(field, models.CharField | models.TextField):
        return str(value)
    return value

"""Every row that has sealed columns, also those of histories: which keys it needs, and sealed anew with another one.

A row that is sealed anew says what it said, so it leaves no new state behind, and rows that never change may be. For
that the triggers look away (`config/destruction.sql`) from the owner of the tables, and from nobody else.
"""

# ruff: noqa: S608  # the words are those of models; nothing that anybody typed comes in
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from stepdown.kernel.sealed_fields import Sealed, SealedBytes
from stepdown.kernel.sealing import Store

AT_ONCE = 500  # rows sealed anew in one transaction
FILES_AT_ONCE = 10  # of rows with a file


def stores() -> Iterator[Store]:
    """One for each table that has a sealed column."""
    for model in apps.get_models():
        sealed = [field for field in model._meta.concrete_fields if isinstance(field, Sealed)]
        if sealed and not model._meta.proxy:
            table = Table(model._meta.db_table, model._meta.pk.name, {field.name: field for field in sealed})
            yield Store(str(model._meta.verbose_name).capitalize(), table.count, table.renew)


@dataclass(frozen=True)
class Table:
    """key: the column of the primary key. fields: by their columns."""

    name: str
    key: str
    fields: Mapping[str, Sealed]

    def count(self) -> dict[str, int]:
        found: Counter[str] = Counter()
        with connection.cursor() as cursor:
            for column in self.fields:
                key = self._key_in(column)
                cursor.execute(f"SELECT {key}, count(*) FROM {self.name} WHERE {key} <> '' GROUP BY 1")
                found.update(dict(cursor.fetchall()))
        return dict(found)

    @transaction.atomic
    def renew(self, newest: str) -> int:
        """Seals a batch of rows anew that another key than the newest sealed. Returns how many.

        A row that somebody is writing is left for later, so that nobody waits for two of them crosswise; when there are
        no others, it is waited for by itself."""
        older = " OR ".join(f"{self._key_in(column)} NOT IN ('', %s)" for column in self.fields)
        read = f"{self._read} WHERE {older} LIMIT {self._at_once} FOR UPDATE SKIP LOCKED"
        asked = [newest] * len(self.fields)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('stepdown.seals', 'on', true)")
            cursor.execute(read, asked)
            rows = cursor.fetchall()
            if not rows:
                cursor.execute(f"{self._read} WHERE {older} LIMIT 1 FOR UPDATE", asked)
                rows = cursor.fetchall()
            columns = ", ".join(f"{column} = %s" for column in self.fields)
            anew = [[*map(_sealed_anew, self.fields.values(), stored), row] for row, *stored in rows]
            cursor.executemany(f"UPDATE {self.name} SET {columns} WHERE {self.key} = %s", anew)
            cursor.execute("SELECT set_config('stepdown.seals', '', true)")
        return len(rows)

    @property
    def _read(self) -> str:
        return f"SELECT {', '.join([self.key, *self.fields])} FROM {self.name}"

    @property
    def _at_once(self) -> int:
        return FILES_AT_ONCE if any(isinstance(field, SealedBytes) for field in self.fields.values()) else AT_ONCE

    def _key_in(self, column: str) -> str:
        return self.fields[column].key_in.format(column)


def _sealed_anew(field: Sealed, stored: Any) -> Any:
    return field.seal(field.open(stored)) if stored else stored

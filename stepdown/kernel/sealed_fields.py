"""Columns of a model that are sealed on their way into the database and opened on their way out.

    phone = SealedText("people.patient.phone", max_length=16, blank=True)

`patient.phone` is the text, as ever; in the table, in its history and in a dump stands what `sealing` made of it.
purpose: names the column. It stays when the column is called otherwise, and no other column has it.

A value that was read remembers how it is stored, and is stored in the same way again while it says the same, so that a
row which is saved without a change leaves no new state in its history. Empty text stays empty text, so that rules may
ask whether something is there. Nothing else can be asked of such a column: a filter by its words raises FieldError
rather than find nothing. Keys are rotated by `sealed_rows`.
"""

import json
from typing import Any, ClassVar

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, IsNull
from django.db.models.query_utils import DeferredAttribute
from pgtrigger.core import IsDistinctFrom, IsNotDistinctFrom

from stepdown.kernel.sealing import AFTER_ID, marks, opened, opened_bytes, sealed, sealed_bytes


class OpenedText(str):
    """Text that knows as what, and for what purpose, it is stored."""

    stored: str
    purpose: str


class OpenedBytes(bytes):
    """The same for the content of a file."""

    stored: bytes
    purpose: str


class OpenedJSON(dict[str, Any]):
    """The same for what is written as JSON. said: how it is written, as it may be changed in place."""

    stored: str
    purpose: str
    said: str


MARK_IN = "split_part({}, '.', 3)"
OPENED = (OpenedText, OpenedBytes, OpenedJSON)


class _Remembered(DeferredAttribute):
    """Who writes the text that is there already changes nothing."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        held = instance.__dict__.get(self.field.attname)
        if isinstance(value, OPENED) or not (isinstance(held, OPENED) and held == value):
            instance.__dict__[self.field.attname] = value


class _IsEmpty(Exact):
    """Whether the text is empty, which is all that can be asked for."""

    def get_prep_lookup(self) -> Any:
        if self.rhs != "":
            raise _cannot_be_asked(self.lhs)
        return ""


# Whether a piece changed, which triggers ask of a row before and after.
OF_TRIGGERS = {IsDistinctFrom.lookup_name, IsNotDistinctFrom.lookup_name}


def _cannot_be_asked(of: Any) -> FieldError:
    return FieldError(f"{getattr(of, 'name', None) or of} is sealed: the database cannot compare what it says.")


class Sealed(models.Field):
    """What all such columns have in common. key_in: the SQL for the id of the key of what stands in {}."""

    descriptor_class = _Remembered
    kind: ClassVar[type[OpenedText] | type[OpenedBytes] | type[OpenedJSON]]
    lookups: ClassVar[dict[str, Any]]
    key_in: ClassVar[str]

    def __init__(self, purpose: str, *args: Any, **options: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **options)

    def seal(self, clear: Any) -> Any:
        """One piece, as it is stored."""
        raise NotImplementedError

    def open(self, stored: Any) -> Any:
        """What it says. Raises Unreadable."""
        raise NotImplementedError

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        return name, path, [self.purpose, *args], options

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in OF_TRIGGERS:
            return super().get_lookup(lookup_name)
        if lookup_name not in self.lookups:
            raise _cannot_be_asked(self)
        return self.lookups[lookup_name]

    def get_transform(self, lookup_name: str) -> Any:
        raise _cannot_be_asked(self)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if not value or hasattr(value, "resolve_expression"):
            return value
        model_instance.__dict__[self.attname] = value = self._known(value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return self._known(value).stored if value else value

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        return self._remembering(self.open(value), value) if value else value

    def _known(self, value: Any) -> Any:
        """The value with how it is stored: as it was, or sealed now."""
        if isinstance(value, self.kind) and value.purpose == self.purpose:
            return value
        clear = self.kind(value)
        return self._remembering(clear, self.seal(clear))

    def _remembering(self, value: Any, stored: Any) -> Any:
        known = self.kind(value)
        known.stored, known.purpose = stored, self.purpose
        return known


class SealedText(Sealed, models.CharField):
    """max_length: of the text, for whoever checks it; the column takes any."""

    kind = OpenedText
    lookups: ClassVar[dict[str, Any]] = {"isnull": IsNull, "exact": _IsEmpty}
    key_in = "split_part({}, '.', 1)"

    def seal(self, clear: str) -> str:
        return sealed(self.purpose, clear)

    def open(self, stored: str) -> str:
        return opened(self.purpose, stored)

    def get_internal_type(self) -> str:
        return "TextField"


class _IsFound(Exact):
    """Whether it is this very text, asked by its marks under every key there is."""

    def get_prep_lookup(self) -> Any:
        if not isinstance(self.rhs, str):
            raise _cannot_be_asked(self.lhs)
        return str(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, given = self.process_lhs(compiler, connection)
        if not self.rhs:
            return f"{column} = ''", given
        found = marks(self.lhs.output_field.purpose, self.rhs)
        places = ", ".join(["%s"] * len(found))
        return f"{MARK_IN.format(column)} IN ({places})", [*given, *found]


class FoundText(SealedText):
    """Sealed text that is found when somebody knows all of it, such as a telephone number. Behind the piece stands its
    mark, so that nothing writes the one without the other, and a rotation renews both.

    It tells whoever reads the table which rows of it say the same. `MarkOf(name)` is what an index is of."""

    lookups: ClassVar[dict[str, Any]] = {"isnull": IsNull, "exact": _IsFound}

    def seal(self, clear: str) -> str:
        return f"{super().seal(clear)}{AFTER_ID}{marks(self.purpose, clear)[0]}"

    def open(self, stored: str) -> str:
        return super().open(stored.rpartition(AFTER_ID)[0])


class MarkOf(models.Func):
    """The mark that stands in a column of FoundText."""

    template = MARK_IN.format("%(expressions)s")
    output_field = models.TextField()


class SealedBytes(Sealed, models.BinaryField):
    """A file of at most a few megabytes."""

    kind = OpenedBytes
    lookups: ClassVar[dict[str, Any]] = {"isnull": IsNull}
    key_in = "split_part(encode(substring({} FOR 40), 'escape'), '.', 1)"

    def seal(self, clear: bytes) -> bytes:
        return sealed_bytes(self.purpose, clear)

    def open(self, stored: bytes) -> bytes:
        return opened_bytes(self.purpose, stored)


class SealedJSON(Sealed):
    """A dict that JSON can write. An empty one is stored as empty text."""

    kind = OpenedJSON
    lookups: ClassVar[dict[str, Any]] = {"isnull": IsNull}
    key_in = SealedText.key_in

    def seal(self, clear: Any) -> str:
        return sealed(self.purpose, json.dumps(clear))

    def open(self, stored: str) -> Any:
        return json.loads(opened(self.purpose, stored))

    def get_internal_type(self) -> str:
        return "TextField"

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value) or ""

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        return super().from_db_value(value, _expression, _connection) or {}

    def _known(self, value: Any) -> Any:
        is_changed = isinstance(value, OpenedJSON) and value.said != json.dumps(value)
        return super()._known(dict(value) if is_changed else value)

    def _remembering(self, value: Any, stored: Any) -> Any:
        known = super()._remembering(value, stored)
        known.said = json.dumps(known)
        return known

"""Steps of migrations that Django does not bring."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from stepdown.kernel.sealed_fields import Sealed
from stepdown.kernel.sealed_rows import Table


class AtOnce(Operation):
    """Several steps of which none needs to see what is between them. All models are put together once, behind the last,
    and not after each of them again, which takes most of the time of a long migration."""

    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [], {"operations": self.operations}

    @property
    def reversible(self) -> bool:  # type: ignore[override]  # of all its steps
        return all(operation.reversible for operation in self.operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


class SealRows(Operation):
    """Seals what has stood in the clear in these columns of a model, which are sealed from now on. It comes behind the
    step that makes them so, and is not taken back: what was sealed stays sealed."""

    reversible = False

    def __init__(self, model_name: str, *columns: str) -> None:
        self.model_name, self.columns = model_name, columns

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model_name, *self.columns], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        fields = to_state.models[app_label, self.model_name.lower()].fields
        (key,) = [name for name, field in fields.items() if field.primary_key]
        sealed = {name: field for name in self.columns if isinstance(field := fields[name], Sealed)}
        Table(f"{app_label}_{self.model_name.lower()}", key, sealed).seal_clear_rows()

    def describe(self) -> str:
        return f"Seal {', '.join(self.columns)} of {self.model_name}"

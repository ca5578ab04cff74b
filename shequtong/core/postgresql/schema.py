"""Schema editor that keys local tables by (subdistrict_id, id) and local foreign keys by both columns."""

from typing import Any

from django.db.backends.ddl_references import Columns
from django.db.backends.postgresql import schema

from shequtong.core.locality.fields import LocalForeignKey, LocalIdField


def is_local(model: Any) -> bool:
    """Whether the (possibly historical) model is a local one: it has our id and its subdistrict."""
    return isinstance(model._meta.pk, LocalIdField) and any(f.name == "subdistrict" for f in model._meta.local_fields)


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Django's editor, and the two-column keys."""

    sql_create_column_inline_fk: Any = None  # added foreign keys go through _create_fk_sql too

    def __enter__(self) -> "DatabaseSchemaEditor":
        super().__enter__()
        if self.atomic_migration and self._has_citus():
            self.execute("SET LOCAL citus.multi_shard_modify_mode TO 'sequential'")
        return self

    def _has_citus(self) -> bool:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'citus'")
            return cursor.fetchone() is not None

    def _rekey(self, model: Any) -> None:
        table = model._meta.db_table
        name, key = self.quote_name(table), self.quote_name(f"{table}_pkey")
        self.execute(f"ALTER TABLE {name} DROP CONSTRAINT {key}, ADD CONSTRAINT {key} PRIMARY KEY (subdistrict_id, id)")
        if self._has_citus():
            self.execute("SELECT create_distributed_table(%s, 'subdistrict_id')", [table])

    def create_model(self, model: Any) -> None:
        super().create_model(model)
        if is_local(model):
            self._rekey(model)

    def add_field(self, model: Any, field: Any) -> None:
        super().add_field(model, field)
        if field.name == "subdistrict" and isinstance(model._meta.pk, LocalIdField):
            self._rekey(model)

    def _create_fk_sql(self, model: Any, field: Any, suffix: str) -> Any:
        statement = super()._create_fk_sql(model, field, suffix)  # type: ignore[misc]  # private of Django, absent from its stubs
        if isinstance(field, LocalForeignKey):
            target = field.remote_field.model._meta.db_table
            statement.parts["column"] = Columns(model._meta.db_table, ["subdistrict_id", field.column], self.quote_name)
            statement.parts["to_column"] = Columns(target, ["subdistrict_id", "id"], self.quote_name)
            statement.parts["deferrable"] = " DEFERRABLE INITIALLY IMMEDIATE"
        return statement

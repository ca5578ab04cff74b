"""Schema editor that keys local tables by (subdistrict_id, id) and local foreign keys by both columns, on plain PostgreSQL too.

Where the extension `citus` is present, new local tables are distributed and new shared ones copied to every node as they are made,
because their foreign keys come at the end of the migration and are refused before that (scale-out/README.md).
"""

from typing import Any

from django.apps import apps
from django.db.backends.ddl_references import Columns
from django.db.backends.postgresql import schema


def _has_local_id(model: Any) -> bool:
    # Imported here: Django loads a backend while the first model class is being made, and our fields stand beside our models.
    from shequtong.core.locality.fields import LocalIdField

    return isinstance(model._meta.pk, LocalIdField)


def is_local(model: Any) -> bool:
    """Whether the (possibly historical) model is a local one: it has our id and its subdistrict."""
    return _has_local_id(model) and any(field.name == "subdistrict" for field in model._meta.local_fields)


def _is_shared(model: Any) -> bool:
    # A model of the past does not carry its kind; the one of today, found by its table, does.
    today = (found for found in apps.get_models(include_auto_created=True) if found._meta.db_table == model._meta.db_table)
    return any(getattr(found, "locality_kind", "") == "shared" for found in today)


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Django's editor, and the two-column keys."""

    sql_create_column_inline_fk: Any = None  # added foreign keys go through _create_fk_sql too

    def __enter__(self) -> "DatabaseSchemaEditor":
        super().__enter__()
        if self.atomic_migration and self._has_citus():
            self.execute("SET LOCAL citus.multi_shard_modify_mode TO 'sequential'")
        return self

    def _has_citus(self) -> bool:
        if self.collect_sql:
            return False
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
        elif _is_shared(model) and self._has_citus():
            self.execute("SELECT create_reference_table(%s)", [model._meta.db_table])

    def add_field(self, model: Any, field: Any) -> None:
        super().add_field(model, field)
        if field.name == "subdistrict" and _has_local_id(model):
            self._rekey(model)

    def _create_fk_sql(self, model: Any, field: Any, suffix: str) -> Any:
        from shequtong.core.locality.fields import LocalForeignKey

        statement = super()._create_fk_sql(model, field, suffix)  # type: ignore[misc]  # private of Django, absent from its stubs
        if isinstance(field, LocalForeignKey):
            target = field.remote_field.model._meta.db_table
            statement.parts["column"] = Columns(model._meta.db_table, ["subdistrict_id", field.column], self.quote_name)
            statement.parts["to_column"] = Columns(target, ["subdistrict_id", "id"], self.quote_name)
        if _has_local_id(model):
            # A violation is an IntegrityError at its statement; put off to COMMIT it was an InternalError on Citus.
            statement.parts["deferrable"] = " DEFERRABLE INITIALLY IMMEDIATE"
        return statement

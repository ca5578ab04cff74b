"""What the database itself says of the local tables after `migrate`, over all installed apps."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from shequtong.core.locality import LocalForeignKey
from shequtong.core.locality.bases import home_checks
from shequtong.core.locality.blocks import ID_BLOCK, ID_SEQUENCE
from shequtong.core.locality.checks import kind_of

pytestmark = pytest.mark.django_db
LOCAL = [model for model in apps.get_models(include_auto_created=True) if kind_of(model) == "local" and not model._meta.proxy]
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's catalogue")
each_local_model = pytest.mark.parametrize("model", LOCAL, ids=lambda model: model._meta.label)


@dataclass(frozen=True)
class Key:
    """One constraint as pg_constraint has it."""

    kind: str  # p, u, f, c
    name: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]
    deferred: bool
    definition: str


def rows(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def keys(model: type[models.Model]) -> list[Key]:
    columns = "(SELECT array_agg(attname ORDER BY at) FROM unnest({}) WITH ORDINALITY AS k(number, at) JOIN pg_attribute ON attrelid = {} AND attnum = number)"
    found = rows(
        f"SELECT contype::text, conname, {columns.format('conkey', 'conrelid')}, confrelid::regclass::text,"
        f" {columns.format('confkey', 'confrelid')}, condeferred, pg_get_constraintdef(oid)"
        " FROM pg_constraint WHERE conrelid = %s::regclass",
        model._meta.db_table,
    )
    return [
        Key(kind, name, tuple(own or ()), to, tuple(theirs or ()), late, text)
        for kind, name, own, to, theirs, late, text in found
    ]


def test_there_are_local_models() -> None:
    assert len(LOCAL) > 5


@on_postgresql
@each_local_model
def test_the_key_is_place_and_id(model: type[models.Model]) -> None:
    assert [key.columns for key in keys(model) if key.kind == "p"] == [("subdistrict_id", "id")]


# Written by the million and read from their other end alone: the model says why the database checks no key there.
WITHOUT_KEY = {"cases.CaseGram.case"}


@on_postgresql
@each_local_model
def test_foreign_keys_to_local_rows_carry_the_place_and_all_speak_at_once(model: type[models.Model]) -> None:
    wanted = {
        (
            ("subdistrict_id", field.column) if isinstance(field, LocalForeignKey) else (field.column,),
            field.related_model._meta.db_table,
            ("subdistrict_id", "id") if isinstance(field, LocalForeignKey) else ("id",),
        )
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type) and str(field) not in WITHOUT_KEY
    }
    found = [key for key in keys(model) if key.kind == "f"]
    assert {(key.columns, key.target, key.target_columns) for key in found} == wanted
    assert not [key.name for key in found if key.deferred]


@on_postgresql
@each_local_model
def test_every_unique_index_has_the_place(model: type[models.Model]) -> None:
    found = rows(
        "SELECT indexrelid::regclass::text, array_agg(attname::text) FROM pg_index JOIN pg_attribute ON attrelid = indexrelid"
        " WHERE indrelid = %s::regclass AND indisunique GROUP BY 1",
        model._meta.db_table,
    )
    assert found
    assert [name for name, columns in found if "subdistrict_id" not in columns] == []


@on_postgresql
@each_local_model
def test_the_checks_are_there(model: type[models.Model]) -> None:
    found = {key.name: key.definition for key in keys(model) if key.kind == "c"}
    assert {check.name for check in home_checks(model)} <= set(found)
    assert re.search(r"subdistrict_id = \(?\(?id >> 46", found[f"{model._meta.db_table}_home"])


@on_postgresql
@each_local_model
def test_no_column_counts_by_itself(model: type[models.Model]) -> None:
    found = rows(
        "SELECT attname FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attrelid = %s::regclass"
        " AND (attidentity <> '' OR pg_get_expr(adbin, adrelid) LIKE '%%nextval%%')",
        model._meta.db_table,
    )
    assert found == []


@on_postgresql
def test_the_sequence_steps_by_a_block_and_ends_with_the_46_bits() -> None:
    [(step, last, cycles)] = rows("SELECT increment_by, max_value, cycle FROM pg_sequences WHERE sequencename = %s", ID_SEQUENCE)
    assert (step, cycles) == (ID_BLOCK, False)
    assert last + ID_BLOCK - 1 < 1 << 46


@each_local_model
def test_on_sqlite_the_checks_and_the_unique_indexes_say_the_same(model: type[models.Model]) -> None:
    if connection.vendor != "sqlite":
        return
    found = connection.introspection.get_constraints(connection.cursor(), model._meta.db_table)
    assert {check.name for check in home_checks(model)} <= {name for name, what in found.items() if what["check"]}
    assert [
        name
        for name, what in found.items()
        if what["unique"] and not what["primary_key"] and "subdistrict_id" not in what["columns"]
    ] == []

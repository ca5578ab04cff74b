"""Local tables change by migrations like any others, forwards and backwards, and keep their two-column keys."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from shequtong.core.locality import LocalForeignKey, LocalIdField
from shequtong.core.locality.ids import new_id
from shequtong.core.postgresql.schema import DatabaseSchemaEditor

on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's keys")


def home() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey("core.Subdistrict", models.PROTECT, related_name="+", db_index=False)


def local_table(name: str, **fields: "models.Field[Any, Any]") -> migrations.CreateModel:
    return migrations.CreateModel(name, [("id", LocalIdField(primary_key=True)), ("subdistrict", home()), *fields.items()])


class Changing:
    """A made-up app whose migrations are played one by one."""

    def __init__(self) -> None:
        self.states = [ProjectState.from_apps(apps)]
        self.done: list[Operation] = []

    def play(self, *operations: Operation) -> None:
        for operation in operations:
            state = self.states[-1].clone()
            operation.state_forwards("changing", state)
            with connection.schema_editor() as editor:
                operation.database_forwards("changing", editor, self.states[-1], state)
            self.states.append(state)
            self.done.append(operation)

    def play_back(self) -> None:
        with connection.cursor() as cursor, connection.constraint_checks_disabled():
            for table in changing_tables():
                cursor.execute(f"DELETE FROM {table}")
        while self.done:
            state = self.states.pop()
            with connection.schema_editor() as editor:
                self.done.pop().database_backwards("changing", editor, state, self.states[-1])

    def model(self, name: str) -> Any:
        return self.states[-1].apps.get_model("changing", name)


def changing_tables() -> list[str]:
    return sorted(table for table in connection.introspection.table_names() if table.startswith("changing"))


@pytest.fixture
def changing(transactional_db: None) -> Iterator[Changing]:
    made = Changing()
    yield made
    made.play_back()
    assert not changing_tables()


def definitions(table: str, kind: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = %s ORDER BY 1",
            [table, kind],
        )
        return [text for (text,) in cursor.fetchall()]


def test_a_local_table_lives_through_changes(changing: Changing) -> None:
    changing.play(local_table("Parent"), local_table("Child", room=models.CharField(max_length=9)))
    parent = changing.model("Parent").objects.create(subdistrict_id=0)
    child = changing.model("Child").objects.create(subdistrict_id=0, room="1")
    changing.play(migrations.AddField("Child", "parent", LocalForeignKey("changing.Parent", models.CASCADE, null=True)))
    changing.model("Child").objects.update(parent=parent.pk)
    changing.play(
        migrations.AddField("Child", "note", models.JSONField(default=dict)),
        migrations.AlterField("Child", "parent", LocalForeignKey("changing.Parent", models.PROTECT)),
        migrations.AddIndex("Child", models.Index(fields=["subdistrict", "room"], name="changing_child_room")),
        migrations.AddConstraint("Child", models.UniqueConstraint(fields=["subdistrict", "room"], name="changing_child_once")),
        migrations.RenameField("Child", "parent", "owner"),
        migrations.AlterField("Child", "room", models.CharField(max_length=20)),
        migrations.RenameModel("Child", "Kid"),
    )
    kid = changing.model("Kid")
    assert kid.objects.get(pk=child.pk).owner_id == parent.pk
    if connection.vendor == "postgresql":
        assert definitions("changing_kid", "p") == ["PRIMARY KEY (subdistrict_id, id)"]
        both = "FOREIGN KEY (subdistrict_id, owner_id) REFERENCES changing_parent(subdistrict_id, id) DEFERRABLE"
        assert both in definitions("changing_kid", "f")
    with pytest.raises(IntegrityError):
        kid.objects.create(subdistrict_id=0, room="2", owner_id=new_id(0))
    changing.play(migrations.RemoveField("Kid", "owner"))
    assert kid.objects.values_list("room").get() == ("1",)
    if connection.vendor == "postgresql":
        assert [text for text in definitions("changing_kid", "f") if "changing_parent" in text] == []


@on_postgresql
def test_a_table_that_gets_its_place_later_gets_its_key_then(changing: Changing) -> None:
    changing.play(migrations.CreateModel("Late", [("id", LocalIdField(primary_key=True))]))
    assert definitions("changing_late", "p") == ["PRIMARY KEY (id)"]
    late = home()
    late.default = 0
    changing.play(migrations.AddField("Late", "subdistrict", late, preserve_default=False))
    assert definitions("changing_late", "p") == ["PRIMARY KEY (subdistrict_id, id)"]


@on_postgresql
def test_where_citus_is_present_a_new_table_is_distributed_at_once(changing: Changing, monkeypatch: pytest.MonkeyPatch) -> None:
    """Citus stands in no package we may install: functions of its names note what is asked of them."""
    monkeypatch.setattr(DatabaseSchemaEditor, "_has_citus", lambda editor: True)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE asked (what text)")
        cursor.execute(
            "CREATE FUNCTION create_distributed_table(t text, c text) RETURNS void LANGUAGE sql AS"
            " $$INSERT INTO asked SELECT t || ' by ' || c || ': ' || pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = t::regclass AND contype = 'p'$$"
        )
    try:
        changing.play(local_table("Spread"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT what FROM asked")
            assert cursor.fetchall() == [("changing_spread by subdistrict_id: PRIMARY KEY (subdistrict_id, id)",)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION create_distributed_table; DROP TABLE asked")

"""distribute: shared tables first, local ones together, foreign keys back as they were, sequences set, a second run a no-op; all or nothing."""

import os
import subprocess
import sys
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.core.locality.checks import LOCAL, SHARED
from shequtong.core.postgresql import distribute as room
from shequtong.core.postgresql.distribute import make_plan, tables_of
from shequtong.testing.town import Town
from tests import stand_in_citus as stand_in

pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL is promoted")


def run(*options: str) -> str:
    out = StringIO()
    call_command("distribute", "--while-in-use", *options, stdout=out)
    return out.getvalue()


def foreign_keys() -> list[tuple[str, ...]]:
    """Every foreign key of the database, worded."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' ORDER BY 1, 2"
        )
        return list(cursor.fetchall())


@on_postgresql
class TestPromoted:
    def test_shared_before_local_all_together_and_every_foreign_key_back(self, town: Town) -> None:
        number, before = make_case(town).number, foreign_keys()
        stand_in.install()
        said = run("--verify")
        taken = stand_in.calls()
        assert [name for name, how, _beside in taken if how == "n"] == tables_of(SHARED)
        assert [name for name, how, _beside in taken if how == "h"] == tables_of(LOCAL)
        assert [how for _name, how, _beside in taken] == ["n"] * len(tables_of(SHARED)) + ["h"] * len(tables_of(LOCAL))
        first, *others = tables_of(LOCAL)
        assert [beside for _name, how, beside in taken if how == "h"] == [None, *[first] * len(others)]
        assert foreign_keys() == before
        assert "holds the rows it held" in said
        assert Case.objects.numbered(number).exists()
        assert make_case(town).number != number  # and the work goes on

    def test_a_second_run_does_nothing(self, town: Town) -> None:
        stand_in.install()
        run()
        taken = stand_in.calls()
        assert "Nothing to distribute" in run()
        assert stand_in.calls() == taken

    def test_a_table_of_a_later_version_is_laid_beside_the_others(self, town: Town) -> None:
        stand_in.install()
        run()
        with connection.cursor() as cursor:  # as if it had come with a migration where Citus was not loaded
            cursor.execute("DELETE FROM pg_dist_partition WHERE logicalrelid = 'cases_step'::regclass")
        assert make_plan().distribute == ["cases_step"]
        run()
        assert stand_in.calls()[-1] == ("cases_step", "h", tables_of(LOCAL)[0])

    def test_sequences_go_on_after_the_highest(self, town: Town) -> None:
        stand_in.install()
        highest = max(ContentType.objects.values_list("pk", flat=True))
        run()
        assert ContentType.objects.create(app_label="later", model="later").pk == highest + 1

    def test_a_dry_run_changes_nothing(self, town: Town) -> None:
        stand_in.install()
        said = run("--dry-run")
        assert "by subdistrict: cases_case" in said
        assert "to every node: territory_unit" in said
        assert stand_in.calls() == []

    def test_what_fails_in_the_middle_leaves_everything(self, town: Town) -> None:
        stand_in.install()
        before, broken = foreign_keys(), tables_of(LOCAL)[3]
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE UNIQUE INDEX broken ON {broken} (id)")
        with pytest.raises(DatabaseError, match="unique index"):
            run()
        assert (foreign_keys(), stand_in.calls()) == (before, [])

    def test_rows_that_are_not_the_same_undo_it(self, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
        make_case(town)
        stand_in.install()
        monkeypatch.setattr(room, "_set_sequences", lambda cursor, found: cursor.execute("UPDATE cases_case SET title = 'x'"))
        with pytest.raises(CommandError, match="cases_case"):
            run("--verify")
        assert stand_in.calls() == []

    def test_others_at_work_are_told_and_not_kept_waiting(self, town: Town) -> None:
        stand_in.install()
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT 1")
                with pytest.raises(CommandError, match="other sessions use this database"):
                    call_command("distribute", stdout=StringIO())
        finally:
            other.close()
        assert stand_in.calls() == []

    def test_without_the_extension_it_says_what_to_install(self) -> None:
        with pytest.raises(CommandError, match="CREATE EXTENSION citus"):
            run()


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="another database")
def test_another_database_is_refused_in_words() -> None:
    with pytest.raises(CommandError, match="Only PostgreSQL"):
        run()


@pytest.mark.skipif(
    "not os.environ.get('CITUS_DSN')", reason="CITUS_DSN names no cluster: Citus is in no package this project may install"
)
def test_on_a_real_cluster() -> None:
    """`CITUS_DSN` is an empty database on the coordinator with its workers added: migrated plain, promoted, routed to one shard."""
    environment = {**os.environ, "DATABASE_URL": os.environ["CITUS_DSN"], "SHEQUTONG_DEMO": "1"}

    def manage(*words: str) -> str:
        return subprocess.run(
            [sys.executable, "manage.py", *words], env=environment, check=True, capture_output=True, text=True
        ).stdout

    manage("migrate", "-v", "0")
    manage("demo", "--small")
    assert "foreign keys put back" in manage("distribute", "--verify") or "Nothing to distribute" in manage("distribute")
    assert "Nothing to distribute" in manage("distribute")
    asked = "from django.db import connection as c; from shequtong.cases.models import Case; k = Case.objects.first();"
    shown = manage(
        "shell", "-v", "0", "-c", f"{asked} print(Case.objects.filter(pk=k.pk, subdistrict=k.subdistrict_id).explain())"
    )
    assert "Task Count: 1" in shown
    manage("figures_verify")
    manage("audit_verify")

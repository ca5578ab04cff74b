"""What a run makes once is whole, made once, and begun anew by the next who asks when it failed."""

import os
import sqlite3
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from shequtong.testing import migrated


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As at the begin of a run, before anybody asked."""
    monkeypatch.setenv(migrated.PLACE, str(tmp_path))
    return tmp_path


@pytest.mark.django_db
def test_no_migration_is_left_in_the_database_of_tests() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_a_folder_is_laid_with_its_keys_and_nothing_of_another(tmp_path: Path) -> None:
    for name in ("one", "two"):
        migrated.lay_data(tmp_path / name)
    one, two = (tmp_path / name / migrated.DATABASE for name in ("one", "two"))
    with sqlite3.connect(one) as line:
        line.execute("DELETE FROM django_migrations")
    with sqlite3.connect(two) as line:
        assert line.execute("SELECT count(*) FROM django_migrations").fetchone()[0] > 70
    assert (tmp_path / "two" / "keys" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_made_once(place: Path) -> None:
    made: list[Path] = []

    def make(draft: Path) -> None:
        (draft / "x").write_text(str(len(made)))
        made.append(draft)

    assert [(migrated.once("thing", make) / "x").read_text() for _each in range(3)] == ["0"] * 3
    assert len(made) == 1


def test_what_failed_is_no_half_thing(place: Path) -> None:
    def fail(draft: Path) -> None:
        (draft / "half").touch()
        raise RuntimeError("no room")

    with pytest.raises(RuntimeError, match="no room"):
        migrated.once("thing", fail)
    found = migrated.once("thing", lambda draft: (draft / "whole").touch())
    assert [one.name for one in found.iterdir()] == ["whole"]


def test_a_run_within_a_run_takes_what_is_there_and_leaves_it(place: Path) -> None:
    with migrated.prepared():
        assert os.environ[migrated.PLACE] == str(place)
    assert place.is_dir()


def test_a_run_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(migrated.PLACE)
    with migrated.prepared():
        folder = migrated.once("thing", lambda draft: (draft / "x").touch())
    assert not folder.parent.exists()
    assert migrated.PLACE not in os.environ

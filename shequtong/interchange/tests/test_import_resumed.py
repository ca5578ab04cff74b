"""import_cases broken off and done again: nothing twice, nothing lost, every row accounted for."""

import csv
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from shequtong.audit.models import Entry
from shequtong.cases.models import Case, Step
from shequtong.core.refusals import Forbidden
from shequtong.core.snapshot import snapshot
from shequtong.figures.verification import Verification
from shequtong.interchange.management.commands import import_cases
from shequtong.interchange.models import ImportRun
from shequtong.interchange.tests.histories import bring, row, rows, write
from shequtong.interchange.usecases import CannotImport, begin_import, import_rows
from shequtong.testing.statements import count_statements
from shequtong.testing.town import STREET, TOWN_HALL, Town

REAL = Path(settings.BASE_DIR).parent / "shared/data/service_requests_311/requests_unified_train.parquet"
SAMPLE = Path(import_cases.__file__).parents[2] / "mappings" / "service_requests_311.json"


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten rows a transaction."""
    monkeypatch.setattr(import_cases, "BATCH", 10)


def kill_after(batches: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many batches the process is gone."""
    plain = import_rows
    done: list[int] = []

    def counted(**told: Any) -> ImportRun:
        if len(done) == batches:
            raise KeyboardInterrupt
        done.append(1)
        return plain(**told)

    monkeypatch.setattr(import_cases, "import_rows", counted)


def each_is_there_once(rows_of_file: int) -> None:
    """Each once: cases, first steps, log, figures."""
    assert Case.objects.count() == rows_of_file
    assert Step.objects.filter(move="intake").count() == rows_of_file
    assert Entry.objects.filter(what="cases.imported").count() == rows_of_file
    with snapshot():
        assert list(Verification(STREET).differences()) == []


@pytest.mark.parametrize("batches", [0, 1, 3])
def test_killed_between_batches_it_goes_on(town: Town, tmp_path: Path, batches: int, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [*rows(34), row(no="X", opened="gestern"), row(no="R0002")]
    path, out = write(tmp_path / "h.csv", told), tmp_path / "refused.csv"
    kill_after(batches, monkeypatch)
    with pytest.raises(CommandError, match="Run the same command again"):
        bring(town, path, None, "--refused", str(out))
    run = ImportRun.objects.get()
    assert (run.position, run.state, Case.objects.count()) == (batches * 10, "running", batches * 10)
    monkeypatch.undo()
    monkeypatch.setattr(import_cases, "BATCH", 10)
    found = bring(town, path, None, "--refused", str(out))
    assert (found["new"], found["merged"], found["refused"], found["already_there"]) == (34, 1, 1, 0)
    each_is_there_once(34)
    run.refresh_from_db()
    assert (run.state, run.position, run.brought, run.merged, run.refused) == ("done", 36, 34, 1, 1)
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert [line[0] for line in csv.reader(file)][1:] == ["35"]


def test_killed_inside_a_batch_nothing_of_it_stands(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "h.csv", rows(25))
    plain = ImportRun.save

    def dies(run: ImportRun, *args: Any, **told: Any) -> None:
        if run.position == 20:
            raise KeyboardInterrupt
        plain(run, *args, **told)

    monkeypatch.setattr(ImportRun, "save", dies)
    with pytest.raises(CommandError):
        bring(town, path)
    each_is_there_once(10)
    monkeypatch.setattr(ImportRun, "save", plain)
    assert bring(town, path)["new"] == 25
    each_is_there_once(25)


def test_a_second_run_adds_nothing(town: Town, tmp_path: Path) -> None:
    path = write(tmp_path / "h.csv", rows(25))
    bring(town, path)
    again = bring(town, path)
    assert (again["new"], again["already_there"]) == (0, 25)
    other = write(tmp_path / "h.parquet", rows(27))  # the same numbers in another file
    assert (bring(town, other)["new"], Case.objects.count()) == (2, 27)
    each_is_there_once(27)


def test_two_processes_do_not_both_bring_it_in(town: Town) -> None:
    told: dict[str, Any] = {"file_name": "h", "digest": "d", "total": 3, "first_row": 1}
    now = datetime.now(UTC)
    run = begin_import(subdistrict=STREET, **told, by=TOWN_HALL, now=now)
    same = begin_import(subdistrict=STREET, **told, by=TOWN_HALL, now=now)
    assert same.pk == run.pk
    import_rows(run=run, lines=[], is_last=True, by=TOWN_HALL, now=now)
    with pytest.raises(CannotImport):
        import_rows(run=same, lines=[], is_last=True, by=TOWN_HALL, now=now)


def test_who_may_take_in_nothing_there_brings_in_nothing(town: Town) -> None:
    told: dict[str, Any] = {"file_name": "h", "digest": "d", "total": 3, "first_row": 1}
    with pytest.raises(Forbidden):
        begin_import(subdistrict=STREET, **told, by=town.gao, now=datetime.now(UTC))
    assert not ImportRun.objects.exists()


def test_from_a_row_on(town: Town, tmp_path: Path) -> None:
    found = bring(town, write(tmp_path / "h.csv", rows(25)), None, "--from-row", "21")
    assert (found["rows"], found["new"]) == (5, 5)
    assert Case.objects.order_by("id").first().source_ref == "R0021"  # type: ignore[union-attr]  # there are five


def test_runs_are_listed(town: Town, tmp_path: Path) -> None:
    bring(town, write(tmp_path / "h.csv", rows(3)))
    out = StringIO()
    call_command("import_cases", "--runs", stdout=out)
    assert "h.csv" in out.getvalue()
    assert "3 new, 0 there, 0 merged, 0 refused" in out.getvalue()


def test_a_batch_costs_few_statements(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_cases, "BATCH", 100)
    counted = []
    for batches in (1, 2, 5):
        with count_statements() as seen:
            bring(town, write(tmp_path / f"{batches}.csv", [row(no=f"{batches}-{no}") for no in range(batches * 100)]))
        counted.append(seen.warm.total)
    # One a table on PostgreSQL (cases, steps, grams, log, counts, position, who is there; the parts of stations, which no case of theirs is found without); SQLite takes 999 values a statement.
    assert (counted[2] - counted[1]) / 3 <= (9 if connection.vendor == "postgresql" else 30), counted


@pytest.mark.skipif(
    not REAL.is_file(), reason="the real requests are no part of the project: they lie beside it, in ../shared/data"
)
def test_the_sample_mapping_reads_every_real_request(town: Town) -> None:
    found = bring(town, REAL, SAMPLE, "--dry-run")
    assert (found["rows"], found["refused"], found["merged"]) == (80_080, 0, 264)
    assert (found["times_mended"], found["duplicates_by_mark"]) == (37, 2543)
    assert found["new"] + found["merged"] + found["refused"] == 80_080

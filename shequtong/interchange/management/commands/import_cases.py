"""`manage.py import_cases FILE --mapping FILE`: a finished history of another system becomes cases with its own times.

CSV (.csv, .csv.gz), XLSX or Parquet. The whole file is looked at first and what would come is printed; with `--dry-run` that is all. Then
rows go in a thousand at a time, each thousand with the run's position in one transaction: killed at any point, the same command goes on.
A row that is here already by its number stays as it is. `--runs` lists the runs. Rules and mapping: docs/operations/import.md.
"""

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shequtong.core.actors import SystemActor
from shequtong.core.models import Subdistrict
from shequtong.core.places import Place, places
from shequtong.core.refusals import Refusal
from shequtong.interchange.history.look import Line, Look, lines_after, look_at
from shequtong.interchange.history.mapping import read_mapping
from shequtong.interchange.history.refused import RefusedFile
from shequtong.interchange.history.shown import looked, runs_listed
from shequtong.interchange.history.tables import Table, digest_of
from shequtong.interchange.history.translate import Translator
from shequtong.interchange.models import ImportRun
from shequtong.interchange.usecases import begin_import, import_rows
from shequtong.territory.units import UnitRef, with_code

BATCH = 1000
_SAY_EVERY = 2.0  # seconds
_BY = SystemActor("历史导入")


class Command(BaseCommand):
    """See the docstring of the file."""

    help = "Bring in a finished history of cases."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--mapping", type=Path, help="JSON: which column is what")
        parser.add_argument("--dry-run", action="store_true", help="say what would come; write nothing")
        parser.add_argument(
            "--subdistrict", default="", help="letters of the subdistrict (default: of --unit, else the only one)"
        )
        parser.add_argument("--unit", default="", help="code of the community or grid for rows that say nothing of ours")
        parser.add_argument("--refused", type=Path, help="CSV for the rows that were refused")
        parser.add_argument("--from-row", type=int, default=1, help="begin with this row (1 is the first below the header)")
        parser.add_argument("--runs", action="store_true", help="list the runs and end")
        parser.add_argument("--json", action="store_true", help="print the summary as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["runs"]:
            self.stdout.write("\n".join(runs_listed()) or "Nothing was imported yet.")
            return
        if options["file"] is None or options["mapping"] is None:
            raise CommandError("Name the file and its mapping: manage.py import_cases FILE --mapping FILE")
        if options["from_row"] < 1:
            raise CommandError("--from-row counts from 1.")
        self._quiet, self._said = options["json"], time.monotonic()
        try:
            self._import(options["file"], options["mapping"], options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"The file cannot be read or written: {error}") from error
        except KeyboardInterrupt:
            raise CommandError("Broken off. Run the same command again to go on.") from None

    def _import(self, file: Path, mapping: Path, options: dict[str, Any]) -> None:
        table, read = Table(file), read_mapping(mapping)
        read.refuse_unless(table.header)
        unit = _unit(options["unit"])
        here = _subdistrict(options["subdistrict"], unit)
        now = datetime.now(UTC)
        translator = Translator(read, here.number, unit, now)
        look = look_at(table, translator, options["from_row"], lambda done: self._say(f"looking: {done:,} rows"))
        if not self._quiet:
            self.stdout.write("\n".join(looked(look)))
        if options["dry_run"]:
            self._list_refused(table, translator, look, options)
            self._end(look, None)
            return
        digest = digest_of(file, mapping, said=unit.code if unit else "")
        told = {"subdistrict": here.number, "file_name": file.name, "digest": digest, "first_row": options["from_row"]}
        run = begin_import(**told, total=look.total, by=_BY, now=now)
        self._end(look, self._bring(run, table, translator, look, options["refused"]))

    def _bring(self, run: ImportRun, table: Table, translator: Translator, look: Look, out: Path | None) -> ImportRun:
        goes_on = run.position >= run.first_row
        if goes_on and not self._quiet:
            self.stdout.write(f"Going on behind row {run.position:,}.")
        refused = RefusedFile(out, run.position, goes_on=goes_on) if out else None
        begun, first = time.monotonic(), run.position
        for lines, is_last in _batches(lines_after(table, translator, look, run.position)):
            if refused:
                refused.add(lines)
            run = import_rows(run=run, lines=lines, is_last=is_last, by=_BY, now=datetime.now(UTC))
            rate = (run.position - first) / max(time.monotonic() - begun, 0.001)
            left = (look.total - run.position) / rate if rate else 0
            share = run.position / max(look.total, 1)
            self._say(f"{run.position:,} of {look.total:,} rows ({share:.0%}), {rate:,.0f} rows/s, {left:.0f} s to go")
        return run

    def _list_refused(self, table: Table, translator: Translator, look: Look, options: dict[str, Any]) -> None:
        if options["refused"]:
            refused = RefusedFile(options["refused"], 0, goes_on=False)
            for lines, _is_last in _batches(lines_after(table, translator, look, options["from_row"] - 1)):
                refused.add(lines)

    def _say(self, words: str) -> None:
        if not self._quiet and time.monotonic() - self._said > _SAY_EVERY:
            self._said = time.monotonic()
            self.stdout.write(f"  {words}")
            self.stdout.flush()

    def _end(self, look: Look, run: ImportRun | None) -> None:
        new, there = (look.coming - look.merged, None) if run is None else (run.brought, run.there)
        refused, merged = (look.refused, look.merged) if run is None else (run.refused, run.merged)
        rows = look.coming + look.refused
        told = {"rows": rows, "new": new, "already_there": there, "merged": merged, "refused": refused}
        told |= {"dry_run": run is None, "duplicates_by_mark": look.duplicates, "times_mended": look.mended}
        if self._quiet:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        brought = (
            f"{new:,} are new cases, {there:,} were here already" if there is not None else f"at most {new:,} would be new cases"
        )
        self.stdout.write(f"{rows:,} rows: {brought}, {merged:,} merged into another row, {refused:,} refused")


def _batches(lines: Iterator[Line]) -> Iterator[tuple[list[Line], bool]]:
    """Lines a thousand at a time, each with whether it is the last; one empty batch when there are none."""
    batch = list(islice(lines, BATCH))
    while True:
        following = list(islice(lines, BATCH))
        yield batch, not following
        if not following:
            return
        batch = following


def _unit(code: str) -> UnitRef | None:
    found = with_code(code) if code else None
    if code and found is None:
        raise CommandError(f"There is no unit {code}.")
    return found


def _subdistrict(letters: str, unit: UnitRef | None) -> Place:
    known = [one for one in places() if one.kind == Subdistrict.Kind.SUBDISTRICT]
    if letters:
        found = [one for one in known if one.letters == letters]
    else:
        found = [one for one in known if unit is None or one.number == unit.subdistrict]
    if len(found) != 1:
        names = ", ".join(f"{one.letters} {one.name}" for one in known)
        raise CommandError(f"Say with --subdistrict which one: {names}")
    return found[0]

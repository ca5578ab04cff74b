"""`manage.py import_people FILE [--dry-run] [--json]`: a table of people comes in as over the pages: the same reading, rules and traces.

XLSX, XLS or CSV. Columns are guessed by heading and content; `--columns` names a JSON file {heading: target} that says otherwise. Killed at
any point, the same command goes on; done again, it changes nothing. Refused rows are told, and written to `--refused FILE.xlsx`.
"""

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from shequtong.core.actors import SystemActor
from shequtong.core.models import Subdistrict
from shequtong.core.places import Place, places
from shequtong.core.refusals import Refusal
from shequtong.interchange.models import PeopleTable
from shequtong.interchange.people_in.mapping import by_heading
from shequtong.interchange.people_in.received import received
from shequtong.interchange.people_in.result import write_refused
from shequtong.interchange.people_in.table import Reading, Row, rows_of
from shequtong.interchange.people_in.trying import OUTCOMES, Wrong, tried
from shequtong.interchange.task_kinds import brought, refused_rows
from shequtong.interchange.usecases import keep_people_table, map_people_table
from shequtong.people.models import Source

_BY = SystemActor("人口表导入")
_SAY_EVERY = 2.0  # seconds


class Command(BaseCommand):
    """See the docstring of the file."""

    help = "Bring in a table of people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would come; write nothing")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
        parser.add_argument("--subdistrict", default="", help="letters of the subdistrict (default: the only one)")
        parser.add_argument("--columns", type=Path, help="JSON: {heading: target}")
        parser.add_argument("--source", default=Source.IMPORT, choices=[Source.IMPORT, Source.DOCUMENT, Source.POLICE])
        parser.add_argument("--refused", type=Path, help="workbook for the rows that were refused")

    def handle(self, *args: Any, **options: Any) -> None:
        self._quiet, self._said = options["json"], time.monotonic()
        try:
            content = options["file"].read_bytes()
            with Reading(content) as rows:
                table = self._table(content, rows, options)
                wrong, counts = (self._try if options["dry_run"] else self._bring)(table, rows)
            if options["refused"] and wrong:
                write_refused(options["refused"], table.names, _with_cells(content, wrong), table.file_name)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"The file cannot be read or written: {error}") from error
        except KeyboardInterrupt:
            raise CommandError("Broken off. Run the same command again to go on.") from None
        self._end(table, counts, wrong)

    def _table(self, content: bytes, rows: Reading, options: dict[str, Any]) -> PeopleTable:
        """The table of the same bytes and columns that was broken off, else a new one."""
        here, now = _subdistrict(options["subdistrict"]), timezone.now()
        read = received(content, options["file"].name, rows)
        table = keep_people_table(read=read, by=_BY, now=now, subdistrict=here.number)
        targets = table.targets
        if options["columns"]:
            targets = by_heading(json.loads(options["columns"].read_text(encoding="utf-8")), table.names)
        table = map_people_table(table_id=table.pk, targets=targets, source=options["source"], by=_BY, now=now)
        same = PeopleTable.objects.within(here.number).filter(
            digest=table.digest, state=PeopleTable.State.RUNNING, account_id=None
        )
        going = next((one for one in same.order_by("-id") if one.targets == targets and one.source == table.source), None)
        return table if going is None or options["dry_run"] else going

    def _try(self, table: PeopleTable, rows: Reading) -> tuple[dict[int, dict[int, str]], Mapping[str, int]]:
        found: dict[int, dict[int, str]] = {}

        def keep(wrong: Wrong) -> None:
            found.update(wrong)

        def watch(done: int) -> None:
            self._say(done)

        trial = tried(table, rows, by=_BY, now=timezone.now(), watch=watch, wrong_rows=keep)
        return found, trial.counts

    def _bring(self, table: PeopleTable, rows: Reading) -> tuple[dict[int, dict[int, str]], Mapping[str, int]]:
        for moved in brought(table, rows, by=_BY):
            table = moved
            self._say(table.created + table.updated + table.unchanged + table.refused)
        return refused_rows(table), {name: getattr(table, name) for name in OUTCOMES}

    def _say(self, done: int) -> None:
        if not self._quiet and time.monotonic() - self._said > _SAY_EVERY:
            self._said = time.monotonic()
            self.stdout.write(f"  {done:,} rows")
            self.stdout.flush()

    def _end(self, table: PeopleTable, counts: Mapping[str, int], wrong: Mapping[int, dict[int, str]]) -> None:
        refused = [
            {"row": row, "column": table.names[at] if 0 <= at < len(table.names) else "", "why": why}
            for row, told in sorted(wrong.items())
            for at, why in sorted(told.items())
        ]
        rows = sum(counts[name] for name in OUTCOMES)
        if self._quiet:
            told = {"rows": rows, **{name: counts[name] for name in OUTCOMES[:3]}, "refused": refused}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for one in refused[:50]:
            self.stdout.write(f"  row {one['row']} {one['column']}: {one['why']}")
        words = ", ".join(f"{counts[name]:,} {name}" for name in OUTCOMES)
        self.stdout.write(f"{rows:,} rows: {words}")


def _with_cells(content: bytes, wrong: Mapping[int, dict[int, str]]) -> Iterator[tuple[Row, Mapping[int, str]]]:
    return ((row, wrong[row[0]]) for row in rows_of(content) if row[0] in wrong)


def _subdistrict(letters: str) -> Place:
    known = [one for one in places() if one.kind == Subdistrict.Kind.SUBDISTRICT]
    found = [one for one in known if one.letters == letters] if letters else known
    if len(found) != 1:
        names = ", ".join(f"{one.letters} {one.name}" for one in known)
        raise CommandError(f"Say with --subdistrict which one: {names}")
    return found[0]

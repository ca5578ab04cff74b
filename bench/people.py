"""Measures the import of a street's population: 64,060 × 30 from a workbook to persons behind their doors, against the bare load of the same values.

Run: `python bench/people.py [rows]`. Makes a database of its own and takes it away again. One flat JSON object a figure. Bare is one COPY on
PostgreSQL, one executemany on SQLite, into a flat table of 30 columns of text with six indexes (name, number, phone, address, household,
registered address: as the shared material's figures were taken, dependencies.md 9), in one transaction, twice, the mean of both.

A row of the workbook becomes half a dozen lines (person, residence, household, home, two rows of search terms); "bare load of these lines" is what the
database alone needs for those very lines into those very tables, and has no bar.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shequtong.config.settings")

ROWS, ROOMS = 64_060, 24_000
SHARE = {"postgresql": 20.0, "sqlite": 10.0}  # times the bare load, at most
HEAVIEST = 500.0  # MB
INDEXED = (1, 3, 9, 11, 17, 18)  # columns of the flat table


def main(count: int) -> list[dict[str, Any]]:
    """Set up, measure, tear down; the results."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    folder = TemporaryDirectory(prefix="bench-people-")
    if connection.vendor == "sqlite":  # a file, as an installation has
        connection.settings_dict["TEST"]["NAME"] = str(Path(folder.name) / "bench.sqlite3")
    databases = setup_databases(0, interactive=False)
    try:
        found = _measure(count)
        return [{**one, "engine": connection.vendor, "load_average": round(os.getloadavg()[0], 2)} for one in found]
    finally:
        teardown_databases(databases, 0)
        folder.cleanup()


def _measure(count: int) -> list[dict[str, Any]]:
    from django.db import connection

    from bench.people_table import rows

    rooms = max(1, ROOMS * count // ROWS)
    _doors(rooms)
    content = _workbook(count, rooms)
    began, used = time.monotonic(), time.process_time()
    told = _imported(content)
    took, used = time.monotonic() - began, time.process_time() - used
    own, reader = _weight(resource.RUSAGE_SELF), _weight(resource.RUSAGE_CHILDREN)
    lines, alone = _bare_lines()
    values = list(rows(count, rooms))
    bare = (_bare(values) + _bare(values)) / 2
    facts = (
        ("people: import", took, "s", None),
        ("people: bare load", bare, "s", None),
        ("people: rows a second", count / took, "1/s", None),
        ("people: of the bare load", took / bare, "×", SHARE[connection.vendor]),
        ("people: lines written", float(lines), "rows", None),
        ("people: bare load of these lines", alone, "s", None),
        ("people: of the bare load of these lines", took / alone, "×", None),
        ("people: processor, the import", used, "s", None),
        ("people: memory, the import", own, "MB", HEAVIEST),
        ("people: memory, the reader", reader, "MB", HEAVIEST),
        ("people: refused", float(told), "rows", 0.0),
    )
    named = ("name", "value", "unit", "bar")
    return [
        {**dict(zip(named, (name, round(value, 2), unit, bar), strict=True)), "better": "less", "size": count}
        for name, value, unit, bar in facts
    ]


def _workbook(count: int, rooms: int) -> bytes:
    """Made in a process that is nobody's child, whose weight counts for none that is measured."""
    from bench.people_table import rows, workbook

    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        if os.fork() == 0:
            with os.fdopen(writing, "wb") as out:
                out.write(workbook(list(rows(count, rooms))))
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as made:
        return made.read()


def _weight(of: int) -> float:
    return resource.getrusage(of).ru_maxrss / 1024


def _imported(content: bytes) -> int:
    """As the command does it: read, understood, written, traced. How many were refused."""
    from django.utils import timezone

    from shequtong.core.actors import SystemActor
    from shequtong.interchange.people_in.received import received
    from shequtong.interchange.people_in.table import Reading
    from shequtong.interchange.task_kinds import brought
    from shequtong.interchange.usecases import keep_people_table
    from shequtong.testing.town import STREET

    by = SystemActor("bench")
    with Reading(content) as rows:
        read = received(content, "people.xlsx", rows)
        table = keep_people_table(read=read, by=by, now=timezone.now(), subdistrict=STREET)
        for moved in brought(table, rows, by=by):
            table = moved
    return table.refused + table.updated


def _doors(rooms: int) -> None:
    """A street of so many rooms."""
    from shequtong.testing.town import build_town

    make_doors(build_town().grid, rooms)


def make_doors(grid: Any, rooms: int) -> None:
    """So many rooms in a grid, behind the addresses of the workbook."""
    from bench.people_table import address, room
    from shequtong.territory.models import Building, Entrance, Room

    street_id = grid.subdistrict_id
    buildings: dict[int, Building] = {}
    entrances: dict[tuple[int, int], Entrance] = {}
    made = []
    for number in range(rooms):
        building, entrance, floor, name = room(number)
        if building not in buildings:
            street, house, block = address(building)
            place = {
                "subdistrict_id": street_id,
                "grid": grid,
                "grid_path": grid.path,
                "lon": 120.5,
                "lat": 31.3,
                "tile": building,
            }
            words = {"name": block, "street": street, "house_no": house, "address": f"{street}{house}{block}"}
            buildings[building] = Building(number=int(block[:-1]), **words, **place)
        if (building, entrance) not in entrances:
            behind = Entrance(subdistrict_id=street_id, building=buildings[building], number=entrance, name=f"{entrance}单元")
            entrances[building, entrance] = behind
        made.append(Room(subdistrict_id=street_id, entrance=entrances[building, entrance], floor=floor, name=name))
    Building.objects.bulk_create(buildings.values(), batch_size=500)
    Entrance.objects.bulk_create(entrances.values(), batch_size=500)
    Room.objects.bulk_create(made, batch_size=2000)


def _bare(values: list[list[Any]]) -> float:
    """Seconds for the same values into one flat table."""
    from django.db import connection, transaction

    columns = len(values[0])
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_flat ({', '.join(f'c{at} text' for at in range(columns))})")
        for at in INDEXED:
            cursor.execute(f"CREATE INDEX bench_flat_{at} ON bench_flat (c{at})")
        rows = [[str(value) for value in row] for row in values]
        began = time.monotonic()
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with cursor.copy("COPY bench_flat FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                cursor.executemany(f"INSERT INTO bench_flat VALUES ({', '.join(['%s'] * columns)})", rows)  # noqa: S608  # marks
        took = time.monotonic() - began
        cursor.execute("DROP TABLE bench_flat")
    return took


def _bare_lines() -> tuple[int, float]:
    """How many lines the import has written, and the seconds to load them once more, as they are, into the same tables emptied."""
    from django.db import connection, transaction

    from shequtong.interchange.task_kinds import GROWING

    names = [model._meta.db_table for model in GROWING]
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            written = {name: _copied_out(cursor, name) for name in names}
            cursor.execute("TRUNCATE " + ", ".join(names) + " CASCADE")
            began = time.monotonic()
            for name, text in written.items():
                with cursor.copy(f"COPY {name} FROM STDIN") as copy:
                    copy.write(text)
            lines = sum(text.count(b"\n") for text in written.values())
        else:
            held = {name: cursor.execute(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608  # our own names
            for name in reversed(names):
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608
            began = time.monotonic()
            for name, found in held.items():
                if found:
                    cursor.executemany(f"INSERT INTO {name} VALUES ({', '.join(['%s'] * len(found[0]))})", found)  # noqa: S608
            lines = sum(map(len, held.values()))
    return lines, time.monotonic() - began


def _copied_out(cursor: Any, name: str) -> bytes:
    with cursor.copy(f"COPY {name} TO STDOUT") as copy:
        return b"".join(bytes(piece) for piece in copy)


if __name__ == "__main__":
    for one in main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS):
        print(json.dumps(one, ensure_ascii=False))

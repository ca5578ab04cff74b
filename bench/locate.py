"""Measures `territory.locate` with 30,000 grids: together, one at a time, first load, load after one change by somebody else.

Run: `python bench/locate.py [grids]`. Makes a database of its own (the test database of the settings) and takes it away again.
Writes one flat JSON object a bar: name, value, unit, bar, engine, size, load_average. Times are CPU times of this process.
"""

import json
import os
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shequtong.config.settings")

GRIDS, POINTS, SINGLE, ROUNDS = 30_000, 200_000, 20_000, 5
TOGETHER_BAR, ONE_BAR, SEEN_BAR = 200_000, 30.0, 2.0  # issue 2 §3: points a second, microseconds, seconds
WEST, SOUTH, SIDE = 120.2, 31.0, 0.0035


def main(size: int = GRIDS) -> list[dict[str, Any]]:
    """Set up, measure, tear down; the results."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    databases = setup_databases(0, interactive=False)
    try:
        made = _make(size)
        return [{**one, "engine": connection.vendor, "size": made, "load_average": os.getloadavg()[0]} for one in _measure()]
    finally:
        teardown_databases(databases, 0)


def _make(size: int) -> int:
    """A jittered lattice: neighbours share their corners; each border has four points between them."""
    from datetime import UTC, date, datetime

    from shequtong.core import held
    from shequtong.core.models import Subdistrict
    from shequtong.territory.models import Unit, UnitVersion

    columns = int(np.ceil(size**0.5))
    random = np.random.default_rng(20)
    xs = WEST + (np.arange(columns + 1)[:, None] + random.uniform(-0.2, 0.2, (columns + 1, columns + 1))) * SIDE
    ys = SOUTH + (np.arange(columns + 1)[None, :] + random.uniform(-0.2, 0.2, (columns + 1, columns + 1))) * SIDE
    Subdistrict.objects.get_or_create(id=2, defaults={"kind": "subdistrict", "letters": "SS", "name": "狮山街道"})
    now, units, versions = datetime.now(UTC), [], []
    for n in range(size):
        i, j = divmod(n, columns)
        corners = [(xs[a, b], ys[a, b]) for a, b in ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1))]
        ring = [
            [round(ax + (bx - ax) * part / 5, 7), round(ay + (by - ay) * part / 5, 7)]
            for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True)
            for part in range(5)
        ]
        code = f"32050500{n // 100:04d}{n:06d}"
        unit = Unit(subdistrict_id=2, kind="grid", code=code, name=f"第{n}网格", path=f"320505/002/{n // 100:03d}/{n:05d}/")
        units.append(unit)
        boundary = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        versions.append(UnitVersion(unit=unit, valid_from=date(2020, 1, 1), name=unit.name, boundary=boundary, recorded_at=now))
    Unit.objects.bulk_create(units, batch_size=500)
    for version in versions:
        version.unit = version.unit
    UnitVersion.objects.bulk_create(versions, batch_size=500)
    held.changed("territory")
    return size


def _measure() -> list[dict[str, Any]]:
    from django.utils import timezone

    from shequtong.core import held
    from shequtong.territory.locate import locate, locate_many, locator
    from shequtong.territory.models import Unit, UnitVersion

    first = _seconds(locator)
    side = int(np.ceil(Unit.objects.count() ** 0.5)) * SIDE
    random = np.random.default_rng(7)
    lons, lats = random.uniform(WEST, WEST + side, POINTS), random.uniform(SOUTH, SOUTH + side * 0.95, POINTS)
    locate_many(lons, lats)
    together = median(POINTS / _seconds(lambda: locate_many(lons, lats)) for _ in range(ROUNDS))
    pairs = list(zip(lons[:SINGLE].tolist(), lats[:SINGLE].tolist(), strict=True))
    one = median(_seconds(lambda: [locate(lon, lat) for lon, lat in pairs]) / SINGLE * 1e6 for _ in range(ROUNDS))

    # What another process does to one grid, and how long this one is behind: at most STALE_AFTER, then the load.
    version = UnitVersion.objects.order_by("id")[100]
    UnitVersion.objects.filter(pk=version.pk).update(recorded_at=timezone.now())
    held.changed("territory")
    again = _seconds(locator)
    return [
        {"name": "locate together", "value": round(together), "unit": "points/s", "bar": TOGETHER_BAR, "better": "more"},
        {"name": "locate one", "value": round(one, 2), "unit": "µs", "bar": ONE_BAR, "better": "less"},
        {"name": "locate first load", "value": round(first, 3), "unit": "s", "bar": None, "better": "less"},
        {
            "name": "locate sees a change",
            "value": round(held.STALE_AFTER + again, 3),
            "unit": "s",
            "bar": SEEN_BAR,
            "better": "less",
        },
    ]


def _seconds(work: Any) -> float:
    """Seconds of this process's own work: nothing here waits but for the database, and neighbours on the machine do not count."""
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    for result in main(int(sys.argv[1]) if len(sys.argv) > 1 else GRIDS):
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")

"""Measures what is printed: slip, case file (20 steps, 6 photos), daily sheet (500 rows), from rows to PDF.

Run: `python bench/paper.py [folder]`. Makes a database of its own (the test database of the settings) and takes it away again; with a
folder, the PDFs are left in it to be looked at. Writes one flat JSON object a bar, like bench/locate.py. Times are CPU times of this
process, the photos' included; "first" is the first document of a process, which reads the fonts.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shequtong.config.settings")

ROWS, STEPS, PHOTOS, ROUNDS = 500, 20, 6, 5
BAR = 1000.0  # issue 3 point 10: under a second each
LONG = "经现场核查，楼道照明线路老化，已联系物业更换灯具并加装声控开关，居民现场确认恢复正常。" * 12


def main(left_in: Path | None = None) -> list[dict[str, Any]]:
    """Set up, measure, tear down; the results."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    databases = setup_databases(0, interactive=False)
    try:
        with TemporaryDirectory(prefix="bench-paper-") as folder:
            storages: Any = settings.STORAGES
            storages["default"]["OPTIONS"] = {"location": folder}  # photos of the bench lie apart
            found = _measure(left_in)
        return [{**one, "engine": connection.vendor, "load_average": round(os.getloadavg()[0], 2)} for one in found]
    finally:
        teardown_databases(databases, 0)


def _measure(left_in: Path | None) -> list[dict[str, Any]]:
    from shequtong.cases import paper
    from shequtong.cases.sheets import case_sheet
    from shequtong.cases.testing import make_case
    from shequtong.organizations.stations import station
    from shequtong.testing.town import MORNING, build_town
    from shequtong.ui.paper import Sheet, render

    town = build_town()
    new, long = make_case(town), _long_case(town)
    _fill(town, ROWS)
    now = MORNING + timedelta(days=9)
    address = f"https://sqt.example.cn/r/{new.number}/"
    police, wang, chen = station(town.police.pk), town.wang, town.chen
    made: dict[str, tuple[int, Callable[[datetime], Sheet]]] = {
        "slip": (1, lambda at: paper.slip(new, address=address, key="ABCD2345", by=town.shen, now=at)),
        "case file": (STEPS, lambda at: paper.case_file(case_sheet(long), by=chen, now=at)),
        "daily sheet": (ROWS, lambda at: paper.daily_sheet(police, by=wang, now=at)),
    }
    results = []
    for name, (size, sheet) in made.items():
        times = []
        for n in range(ROUNDS + 1):
            began, at = time.process_time(), now + timedelta(minutes=n)  # else the second one is remembered, page by page
            pdf = render(sheet(at), at=at)
            times.append((time.process_time() - began) * 1000)
        if left_in is not None:
            (left_in / f"{name.replace(' ', '-')}.pdf").write_bytes(pdf)
        for said, value in (("", median(times[1:])), (" first", times[0])):
            results.append(
                {
                    "name": f"print {name}{said}",
                    "value": round(value, 1),
                    "unit": "ms",
                    "bar": BAR,
                    "better": "less",
                    "size": size,
                }
            )
    return results


def _long_case(town: Any) -> Any:
    """A case that went back and forth: 20 steps, three photos before and three after."""
    from shequtong.cases import usecases
    from shequtong.cases.testing import make_case
    from shequtong.cases.workflow import Stage
    from shequtong.testing.town import MORNING

    place = town.police.subdistrict_id
    before, after = _photos(place, "form-before"), _photos(place, "form-after")
    case = make_case(town, stage=Stage.HANDLING, text=LONG, photos=before, claim="form-before")
    number, now = case.number, MORNING + timedelta(hours=1)
    while True:
        case.refresh_from_db()
        now += timedelta(minutes=20)
        if case.stage == Stage.VERIFICATION:
            usecases.rework_case(number=number, reason=f"灯仍不亮，{LONG[:60]}", by=town.sun, now=now)
        elif case.step_count < STEPS - 1:
            usecases.handle_case(number=number, result=LONG[:120], by=town.wang, now=now)
        else:
            usecases.handle_case(number=number, result=LONG[:120], photos=after, claim="form-after", by=town.wang, now=now)
            case.refresh_from_db()
            return case


def _photos(place: int, claim: str) -> tuple[int, ...]:
    """Half of the photos, as telephones take them: 12 megapixels, full of detail."""
    from PIL import Image

    from shequtong.files.testing import CAMERA, NOON
    from shequtong.files.usecases import store_photo

    found = []
    for n in range(PHOTOS // 2):
        image = Image.effect_noise((1000, 750), 40 + n).resize((4000, 3000)).convert("RGB")
        out = BytesIO()
        image.save(out, "JPEG", quality=85)
        found.append(store_photo(data=out.getvalue(), subdistrict_id=place, claim=claim, by=CAMERA, now=NOON).pk)
    return tuple(found)


def _fill(town: Any, rows: int) -> None:
    """So many cases in the hands of the police: copies of one, due one after another."""
    from shequtong.cases.models import Case
    from shequtong.cases.testing import make_case
    from shequtong.cases.workflow import Stage

    first = make_case(town, stage=Stage.HANDLING)
    copies = []
    for n in range(rows - 1):
        copy = Case.objects.get(pk=first.pk)
        copy.pk, copy.serial = None, first.serial + 1000 + n
        copy.due_at = first.due_at + timedelta(minutes=30 * n)
        copies.append(copy)
    Case.objects.bulk_create(copies, batch_size=100)


if __name__ == "__main__":
    for result in main(Path(sys.argv[1]) if len(sys.argv) > 1 else None):
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")

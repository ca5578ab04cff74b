"""Small histories for the tests of the import: a mapping, files of every kind, and the command."""

import csv
import io
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from django.core.management import call_command

from shequtong.cases.models import Case
from shequtong.testing.town import Town

COLUMNS = ("no", "kind", "what", "opened", "closed", "status", "lon", "lat", "area", "road")
MAPPING: dict[str, Any] = {
    "system": "old-311",
    "number": "no",
    "text": ["what"],
    "class": {"columns": ["kind"], "values": {"垃圾": "0110", "": "L01"}},
    "channel": "phone",
    "place": {
        "areas": {"columns": ["area"], "values": {"东区": "320505002015002", "外区": "320505004001001"}},
        "address": ["road"],
        "lon": "lon",
        "lat": "lat",
    },
    "times": {
        "formats": ["%d.%m.%Y"],
        "reported": "opened",
        "registered": "opened",
        "dispatched": "opened",
        "handled": "closed",
        "closed": "closed",
    },
    "stage": {
        "columns": ["status"],
        "values": {"完成": "closed", "完成-重复": "duplicate", "在办": "handling", "取消": "voided", "转出": "not_accepted"},
    },
}


def row(**told: Any) -> dict[str, Any]:
    """A row of a closed case, but for what is told."""
    plain = {"no": "1", "kind": "垃圾", "what": "楼道堆满纸箱", "opened": "2019-05-06 09:00:00", "closed": "2019-05-06 12:00:00"}
    return {**dict.fromkeys(COLUMNS, ""), **plain, "status": "完成", **told}


def rows(count: int) -> list[dict[str, Any]]:
    """So many rows, each with its number."""
    return [row(no=f"R{number:04d}", what=f"第{number}件事") for number in range(1, count + 1)]


def text_of(told: list[dict[str, Any]]) -> str:
    """The rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(told)
    return out.getvalue()


def write(path: Path, told: list[dict[str, Any]]) -> Path:
    """The rows as a file of the kind its name says."""
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(told), path)
    elif path.suffix == ".xlsx":
        book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": True})
        sheet = book.add_worksheet()
        for line, cells in enumerate([list(COLUMNS), *([each[name] for name in COLUMNS] for each in told)]):
            sheet.write_row(line, 0, cells)
        book.close()
    else:
        path.write_text(text_of(told), encoding="utf-8")
    return path


def mapping_file(folder: Path, **changed: Any) -> Path:
    """The mapping as a file, with some entries changed."""
    path = folder / "mapping.json"
    path.write_text(json.dumps({**MAPPING, **changed}, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def bring(town: Town, path: Path, mapping: Path | None = None, *options: str) -> dict[str, Any]:
    """Run the command and read its summary."""
    out = StringIO()
    told = ("--unit", town.community.code, "--mapping", str(mapping or mapping_file(path.parent)))
    call_command("import_cases", str(path), *told, "--json", *options, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def brought(number: str) -> Case:
    """The case of a number."""
    return Case.objects.get(source="old-311", source_ref=number)


def moves(case: Case) -> list[str]:
    """Its steps by their moves."""
    return list(case.steps.order_by("number").values_list("move", flat=True))

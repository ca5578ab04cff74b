"""Workbooks for tests (测试用表格): written cell by cell, with merged ranges; and a reader of our own that knows only zip and XML."""

import csv
import gzip
import io
import itertools
import re
import zipfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xlsxwriter

DATA = Path(__file__).parents[5] / "shared" / "data" / "urban_mgmt_standards"
FIRST, SECOND = "yuncheng_component_event_standard_A.csv.gz", "yuncheng_component_standard_B.csv.gz"
real_tables = pytest.mark.skipif(not (DATA / FIRST).is_file(), reason="the tables of the builders are not here (test use only)")
Rows = list[dict[str, str]]
Columns = Sequence[tuple[str, str]]  # heading, key

OF_CLASS = ("major_code", "major", "minor_code", "minor")
FIRST_COLUMNS: Columns = (
    ("大类代码", "major_code"),
    ("大类", "major"),
    ("小类代码", "minor_code"),
    ("小类", "minor"),
    ("处置单位（责任主体）", "handling_unit"),
    ("主管部门（监管主体）", "supervising_dept"),
    ("立案条件", "filing_condition"),
    ("结案条件", "closing_condition"),
    ("处置时限", "time_limit"),
)
SECOND_COLUMNS: Columns = (
    ("大类代码", "major_code"),
    ("大类", "major"),
    ("小类代码", "minor_code"),
    ("小类", "minor"),
    ("立案条件", "filing_condition"),
    ("处置时限", "time_limit"),
    ("结案条件", "closing_condition"),
    ("监管主体", "supervising_body"),
    ("责任主体", "responsible_body"),
    ("法律法规依据", "law"),
    ("条款内容", "law_article"),
    ("采集要求", "collection_rule"),
)


def rows_of(name: str) -> Rows:
    """A real table, row by row."""
    with gzip.open(DATA / name, "rt", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def book(*sheets: tuple[str, Sequence[Sequence[object]]], merged: Sequence[tuple[str, str]] = ()) -> bytes:
    """A workbook of sheets given cell by cell; `merged` are (sheet, range), the first cell's value fills the range."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    for name, cells in sheets:
        sheet = made.add_worksheet(name)
        for row, line in enumerate(cells):
            for column, value in enumerate(line):
                if value not in ("", None):
                    sheet.write(row, column, value)
        for where, area in merged:
            if where == name:
                top, left, _bottom, _right = _corners(area)
                sheet.merge_range(area, cells[top][left])
    made.close()
    return target.getvalue()


def table_book(sheets: Sequence[tuple[str, Rows]], columns: Columns, merged: Sequence[str]) -> bytes:
    """A real table as offices lay it out: a title across, headings, and what repeats within a class merged downwards."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, {"in_memory": True})
    for name, rows in sheets:
        sheet = made.add_worksheet(name)
        sheet.merge_range(0, 0, 0, len(columns) - 1, f"城市管理{name}立案、处置和结案标准")
        for column, (heading, key) in enumerate(columns):
            sheet.write(1, column, heading)
            row = 2
            for _same, group in itertools.groupby(enumerate(rows), partial(_run, key=key, merged=merged)):
                run = list(group)
                if len(run) > 1:
                    sheet.merge_range(row, column, row + len(run) - 1, column, run[0][1][key])
                else:
                    sheet.write_string(row, column, run[0][1][key])
                row += len(run)
    made.close()
    return target.getvalue()


def _run(each: tuple[int, dict[str, str]], key: str, merged: Sequence[str]) -> object:
    place, row = each
    if key not in merged:
        return place
    within = ("major_code", "major") if key in ("major_code", "major") else OF_CLASS
    return (*(row[name] for name in within), row[key])


def plain_cells(content: bytes) -> dict[str, dict[str, str]]:
    """Sheet -> cell (A1) -> text, merged ranges filled, by a reader that shares nothing with ours."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        shared = [
            "".join(part.text or "" for part in item.iter(f"{{{space['m']}}}t"))
            for item in ElementTree.fromstring(packed.read("xl/sharedStrings.xml"))
        ]
        names = [
            each.get("name", "") for each in ElementTree.fromstring(packed.read("xl/workbook.xml")).iterfind(".//m:sheet", space)
        ]
        found = {}
        for number, name in enumerate(names, start=1):
            root = ElementTree.fromstring(packed.read(f"xl/worksheets/sheet{number}.xml"))
            cells = {}
            for cell in root.iterfind(".//m:c", space):
                value = cell.findtext("m:v", None, space)
                if value is not None:
                    cells[cell.get("r", "")] = shared[int(value)] if cell.get("t") == "s" else value
            for area in root.iterfind(".//m:mergeCell", space):
                top, left, bottom, right = _corners(area.get("ref", ""))
                for row, column in itertools.product(range(top, bottom + 1), range(left, right + 1)):
                    cells[_named(row, column)] = cells[_named(top, left)]
            found[name] = cells
    return found


def _corners(area: str) -> tuple[int, int, int, int]:
    first, last = (re.fullmatch(r"([A-Z]+)(\d+)", corner) for corner in area.split(":"))
    assert first is not None
    assert last is not None
    return int(first[2]) - 1, _column(first[1]), int(last[2]) - 1, _column(last[1])


def _column(letters: str) -> int:
    assert len(letters) == 1
    return ord(letters) - ord("A")


def _named(row: int, column: int) -> str:
    return f"{chr(ord('A') + column)}{row + 1}"

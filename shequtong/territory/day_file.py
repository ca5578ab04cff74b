"""Days of a calendar from a file (节假日表): XLSX or CSV with the columns 日期, 类型, 名称, read row by row; each refused row says why. Pure."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _
from python_calamine import CalamineError, load_workbook

from shequtong.core.workbooks import CannotRead, look_before
from shequtong.territory.holiday_notice import HOLIDAY, WORKDAY, DaysRead

LARGEST = 1_000_000  # bytes; a year has 366 rows
_LARGEST_UNPACKED = 20_000_000
_MOST_ROWS, _MOST_COLUMNS = 800, 50
_KINDS = {
    "放假": HOLIDAY,
    "休息": HOLIDAY,
    "holiday": HOLIDAY,
    "上班": WORKDAY,
    "调休": WORKDAY,
    "补班": WORKDAY,
    "workday": WORKDAY,
}
_COLUMNS = {"日期": 0, "date": 0, "类型": 1, "kind": 1, "名称": 2, "name": 2}
_DATE = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?")


def read_file(content: bytes, year: int) -> DaysRead:
    """The days of an uploaded file; every day must lie in `year`, or in the last month of the year before it."""
    read = DaysRead()
    rows = list(_rows(content, read))
    if read.faults:
        return read
    places = {_COLUMNS[cell.lower()]: at for at, cell in enumerate(rows[0] if rows else []) if cell.lower() in _COLUMNS}
    if not {0, 1} <= places.keys():
        read.faults.append(_("The first row must name the columns for day, kind and name."))
        return read
    if len(rows) > _MOST_ROWS:
        read.faults.append(_("The file has more than %(most)d rows.") % {"most": _MOST_ROWS})
        return read
    for number, row in enumerate(rows[1:], start=2):
        if any(row):
            told = [row[places[column]] if column in places and places[column] < len(row) else "" for column in range(3)]
            _take(read, number, told, year)
    if not read.days and not read.faults:
        read.faults.append(_("The file holds no day."))
    return read


def _take(read: DaysRead, number: int, told: list[str], year: int) -> None:
    day, kind = _date(told[0]), _KINDS.get(told[1].lower())
    words = {"row": number, "cell": told[0] if day is None else told[1]}
    if day is None:
        read.faults.append(_("Row %(row)d: “%(cell)s” is no date.") % words)
    elif kind is None:
        read.faults.append(_("Row %(row)d: the kind must say day off or workday, not “%(cell)s”.") % words)
    elif day.year != year and (day.year, day.month) != (year - 1, 12):
        read.faults.append(_("Row %(row)d: %(day)s does not lie in %(year)d.") % {**words, "day": day.isoformat(), "year": year})
    elif day in read.days:
        read.faults.append(_("Row %(row)d: %(day)s stands in the file twice.") % {**words, "day": day.isoformat()})
    else:
        read.put(day, kind, told[2])


def _rows(content: bytes, read: DaysRead) -> Iterator[list[str]]:
    if len(content) > LARGEST:
        read.faults.append(_("The file is larger than 1 MB."))
    elif content[:2] == b"PK":
        yield from _xlsx(content, read)
    else:
        yield from _csv(content, read)


def _xlsx(content: bytes, read: DaysRead) -> Iterator[list[str]]:
    try:
        look_before(content, rows=_MOST_ROWS, columns=_MOST_COLUMNS, unpacked=_LARGEST_UNPACKED)
        sheet = load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
        yield from ([_cell(cell) for cell in row] for row in sheet.to_python())
    except CannotRead as refusal:
        read.faults.append(str(refusal))
    except (CalamineError, ValueError, IndexError):
        read.faults.append(_("The file cannot be read as a table. Save it as XLSX or CSV and choose it again."))


def _csv(content: bytes, read: DaysRead) -> Iterator[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):  # what WPS and Excel write here
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            yield from ([cell.strip() for cell in row] for row in csv.reader(io.StringIO(text)))
        except csv.Error:
            break
        return
    read.faults.append(_("The file cannot be read as a table. Save it as XLSX or CSV and choose it again."))


def _cell(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()


def _date(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None

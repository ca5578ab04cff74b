"""A file of days, as XLSX and as CSV of either code page; a row that cannot be is refused with its number."""

import io
from collections.abc import Sequence
from datetime import date

import pytest
import xlsxwriter

from shequtong.territory.day_file import read_file
from shequtong.territory.holiday_notice import HOLIDAY, WORKDAY

HEAD = ["日期", "类型", "名称"]
ROWS = [["2027-01-01", "放假", "元旦"], ["2027/1/2", "上班", "元旦调休"], ["2027年1月3日", "放假", ""]]
WANTED = {
    date(2027, 1, 1): (HOLIDAY, "元旦"),
    date(2027, 1, 2): (WORKDAY, "元旦调休"),
    date(2027, 1, 3): (HOLIDAY, ""),
}


def xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook of one sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, dated = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell, dated) if isinstance(cell, date) else sheet.write(at, column, cell)
    return out.getvalue()


def test_a_workbook_is_read_with_dates_as_dates_or_words() -> None:
    assert read_file(xlsx([HEAD, *ROWS]), 2027).days == WANTED
    assert read_file(xlsx([HEAD, [date(2027, 1, 1), "放假", "元旦"]]), 2027).days == {date(2027, 1, 1): (HOLIDAY, "元旦")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_code_pages_of_offices(encoding: str) -> None:
    text = "\r\n".join(",".join(row) for row in [HEAD, *ROWS])
    assert read_file(text.encode(encoding), 2027).days == WANTED


@pytest.mark.parametrize(
    ("row", "named"),
    [
        (["2027-02-30", "放假", ""], "2"),
        (["soon", "放假", ""], "2"),
        (["2027-01-01", "也许", ""], "2"),
        (["2025-01-01", "放假", ""], "2"),
        (["", "放假", ""], "2"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_its_number(row: list[str], named: str) -> None:
    read = read_file(",".join(HEAD).encode() + b"\n" + ",".join(row).encode(), 2027)
    assert len(read.faults) == 1
    assert named in read.faults[0]
    assert not read.days


def test_the_same_day_twice_is_refused() -> None:
    assert len(read_file("日期,类型\n2027-01-01,放假\n2027-01-01,放假".encode(), 2027).faults) == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"\xff\xff\xff", b"a,b\n1,2", b"x" * 1_000_001])
def test_what_is_no_table_is_said_so(content: bytes) -> None:
    assert len(read_file(content, 2027).faults) == 1


def test_a_cell_far_away_is_refused_before_it_fills_the_memory() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write(1_048_575, 16_383, "x")
    read = read_file(out.getvalue(), 2027)
    assert len(read.faults) == 1
    assert not read.days

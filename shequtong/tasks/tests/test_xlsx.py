"""Tables of any length: what was typed stays text, times are the place's, memory does not grow with the rows."""

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
import python_calamine

from shequtong.tasks import xlsx
from shequtong.tasks.xlsx import HEAD, Cell, Table, TooManyRows, write

NOON = datetime(2026, 4, 13, 4, tzinfo=UTC)
TABLE = Table("案件", (("导出人", "陈立"), ("时间", "2026-04-13 12:00")), ("编号", "内容", "时间"), ZoneInfo("Asia/Shanghai"))


def read(path: Path) -> list[list[object]]:
    book = python_calamine.CalamineWorkbook.from_path(path)
    return [list(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]


def test_says_who_and_when_above_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert write(path, TABLE, [("SS-1", "楼道灯坏了", NOON), ("SS-2", None, date(2026, 4, 13))]) == 2
    rows = read(path)
    assert rows[0][0] == "案件"
    assert rows[1][0] == "导出人: 陈立    时间: 2026-04-13 12:00"
    assert rows[HEAD - 1] == ["编号", "内容", "时间"]
    assert rows[HEAD] == ["SS-1", "楼道灯坏了", NOON.astimezone(TABLE.zone).replace(tzinfo=None)]
    assert rows[HEAD + 1][:2] == ["SS-2", ""]


@pytest.mark.parametrize(
    "typed", ["=1+1", "=cmd|' /C calc'!A0", "+86138", "-2", "@SUM(A1)", "\t=1", "http://example.org", "0012"]
)
def test_what_was_typed_is_text_and_no_formula(tmp_path: Path, typed: str) -> None:
    path = tmp_path / "a.xlsx"
    write(path, TABLE, [("SS-1", typed, 7)])
    assert read(path)[HEAD][1] == typed
    with ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
        quoted = 'quotePrefix="1"' in book.read("xl/styles.xml").decode()
    assert quoted == typed.startswith(("=", "+", "-", "@", "\t"))


def test_what_xml_cannot_carry_is_left_out_and_what_is_too_long_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(path, TABLE, [("a\x00b\x0bc\ud800d\uffff", "长" * 40_000, 1)])
    assert read(path)[HEAD][:2] == ["abcd", "长" * 32_767]


def test_chinese_is_given_its_width(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(path, TABLE, [("SS", "一二三四五六七八", "x" * 500)])
    with ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'min="2" max="2" width="17.7' in sheet
    assert 'min="3" max="3" width="50.7' in sheet
    assert 'ySplit="3"' in sheet


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    with pytest.raises(TooManyRows):
        write(tmp_path / "a.xlsx", TABLE, [("a", "b", 1)] * 3)


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    def rows(number: int) -> Iterator[tuple[Cell, ...]]:
        for serial in range(number):
            yield (f"SS-2026-{serial:06}-C", f"楼道灯坏了三天，晚上老人上下楼不安全 {serial}", NOON)

    def peak(number: int) -> int:
        tracemalloc.start()
        write(tmp_path / f"{number}.xlsx", TABLE, rows(number))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    few, many = peak(500), peak(10_000)
    assert many < few + 2_000_000

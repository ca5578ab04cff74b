"""Files as they come: encodings and separators, headings anywhere, and wicked ones, which end in a sentence and never in the memory of the site."""

import io
import resource
import subprocess
import sys
from collections.abc import Iterator

import pytest
import xlsxwriter
from django.utils.translation import override

from shequtong.interchange.people_in import reader
from shequtong.interchange.people_in.heads import head_of
from shequtong.interchange.people_in.received import received
from shequtong.interchange.people_in.table import CannotReadTable, rows_of
from shequtong.interchange.people_in.testing import messy_workbook
from shequtong.testing.raw_workbook import raw_workbook

TEXT = "姓名,性别,现住址\n张三,男,枫桥路12号\n"
MB = 1 << 20


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


def refusal(content: bytes) -> str:
    with pytest.raises(CannotReadTable) as refused:
        list(rows_of(content))
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_in_any_dress(encoding: str, separator: str) -> None:
    content = TEXT.replace(",", separator).encode(encoding)
    assert list(rows_of(content)) == [(1, ["姓名", "性别", "现住址"]), (2, ["张三", "男", "枫桥路12号"])]


def test_headings_below_titles_in_two_rows_with_merged_cells() -> None:
    head = received(messy_workbook("枫桥路12号3幢1单元", ["501", "502", "601"]).content, "x").head
    assert head.row == 4
    assert head.names[3:5] == ("证件信息·证件类型", "证件信息·公民身份号码")
    assert head.names[6:8] == ("联系方式·手机", "联系方式·座机")


def test_headings_alike_are_told_apart_and_none_is_refused() -> None:
    assert head_of([(1, ["姓名", "电话", "电话", "现住址"])]).names == ("姓名", "电话", "电话 (2)", "现住址")
    for title in (["人口表", "", "", ""], ["人口表"], ["人口表"] * 4):
        assert head_of([(1, [*title]), (2, ["姓名", "性别", "电话", "现住址"])]).names == ("姓名", "性别", "电话", "现住址")
    with pytest.raises(CannotReadTable):
        head_of([(1, ["甲", "乙"]), (2, ["丙", "丁"])])


def test_a_merged_address_counts_for_each_of_the_family() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["姓名", "现住址"])
    sheet.write_column(1, 0, ["张三", "李四", "王五"])
    sheet.merge_range(1, 1, 3, 1, "枫桥路12号")
    book.close()
    assert [cells[1] for _number, cells in rows_of(out.getvalue())] == ["现住址", *["枫桥路12号"] * 3]


def test_what_looks_like_a_formula_is_text_and_a_formula_is_its_value() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, '=HYPERLINK("http://x")')
    sheet.write_formula(0, 1, "=1+1", value=2)
    book.close()
    assert list(rows_of(out.getvalue())) == [(1, ['=HYPERLINK("http://x")', 2])]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "nothing"),
        (b"PK\x03\x04" + b"x" * 200, "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\xff" * 100, "no table"),
        (b"a,b\n" * 250_000, "200000 rows"),
        (b"a," * 16_000 + b"\n", "300 columns"),
    ],
)
def test_what_is_no_table_is_told_in_a_sentence(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_sheets_that_reach_too_far() -> None:
    """2 million rows, 16,000 columns, one stray cell in the far corner."""
    assert "200000 rows" in refusal(raw_workbook([b'<row r="2000000"><c r="A2000000"><v>1</v></c></row>']))
    wide = b"".join(b'<c r="%s1"><v>1</v></c>' % letters for letters in (b"A", b"WQJ"))
    assert "300 columns" in refusal(raw_workbook([b'<row r="1">' + wide + b"</row>"]))
    assert "300 columns" in refusal(
        raw_workbook([b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'])
    )


_WEIGHS = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-P", sys.argv[1]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _heaviest(content: bytes) -> int:
    """Kilobytes that the reader comes to over this file.

    Begun and weighed by a small process: Linux counts to a child the weight that its parent has as it begins it, and a suite's is heavy.
    """
    weighed = subprocess.run([sys.executable, "-c", _WEIGHS, reader.__file__], input=content, stdout=subprocess.PIPE, check=True)
    return int(weighed.stdout)


@pytest.mark.slow
def test_a_bomb_dies_in_the_process_that_reads_it() -> None:
    """400 MB of cells without positions pass the look beforehand; the reader has its bound of memory, and this process does not grow."""
    piece = b"<row>" + b"<c><v>1234567</v></c>" * 500 + b"</row>"
    content = raw_workbook(piece * 100 for _each in range(400))
    assert len(content) < 10 * MB
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = refusal(content)
    assert "memory" in said or "large" in said
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 * 1024
    assert _heaviest(content) < 500 * 1024

"""A workbook that would fill the memory is refused before it is laid out; one that is a table is let through."""

import io
import zipfile

import pytest
import xlsxwriter

from shequtong.core.workbooks import CannotRead, look_before

ALL = {"rows": 1000, "columns": 50, "unpacked": 1_000_000}


def packed(**parts: str) -> bytes:
    """A zip of parts; the name of the workbook is always there unless a part says otherwise."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in {"xl/workbook.xml": "<workbook/>", **parts}.items():
            file.writestr(name, text)
    return target.getvalue()


def sheet(text: str, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook with this part."""
    return packed(**{name: f"<worksheet><sheetData>{text}</sheetData></worksheet>"})


def test_a_table_is_let_through() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        lines = book.add_worksheet()
        for row in range(900):
            lines.write_row(row, 0, ["类别", row, "立案条件", '<c r="ZZZ9999999">'])
    look_before(target.getvalue(), **ALL)
    look_before(sheet('<row><c t="str"><v>x</v></c></row>' * 900), **ALL)  # positions may be left out


@pytest.mark.parametrize(
    "content",
    [
        sheet('<row r="1"><c r="A1"/></row><row r="9"><c r="XFD9"/></row>'),
        sheet('<row r="1"><c r="A1"/></row><row r="9"><c r="xfd9"/></row>'),
        sheet('<row r="1"><c r="A1"/></row><row r="1048576"><c/></row>'),
        sheet('<x:row spans="1:2" r="1048576"><x:c/></x:row>'),
        sheet("<row\nt=\"a>b\" r = '99999999999999'><c/></row>"),
        sheet('<row r="1"><c t="str" r="ABCDEFG1"/></row>'),
        sheet('<row r="1"><c r="XFD9"/></row>', "xl/worksheets/sheet1.bin"),
        sheet("<row>" + "<c/>" * 60 + "</row>"),
        sheet("<row/>" * 1001),
    ],
)
def test_a_stray_cell_is_found_however_it_is_written(content: bytes) -> None:
    with pytest.raises(CannotRead) as refused:
        look_before(content, **ALL)
    assert "1000" in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"col,col\n1,2",
        sheet("x" * 1_000_001),
        packed(**{f"xl/media/{n}.png": "" for n in range(1001)}),
        packed(**{"content.xml": "<office:document-content/>"}),  # another format, opened by the same library
        packed(**{"xl/workbook.bin": ""}),
        packed(**{f"xl/worksheets/{n}.xml": '<row r="1000"><c r="AX1000"/></row>' for n in range(30)}),
    ],
)
def test_another_format_or_too_much_of_it_is_refused(content: bytes) -> None:
    with pytest.raises(CannotRead):
        look_before(content, **ALL)


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    whole = bytearray(sheet('<row r="1"><c r="A1"/></row>' + " " * 5000))
    at = whole.index(b"PK\x01\x02", whole.index(b"PK\x01\x02") + 1)  # the sheet's entry in the directory
    whole[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(CannotRead):
        look_before(bytes(whole), **ALL)

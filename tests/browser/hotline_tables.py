"""The tables of the hotline's story (工单表): what 12345 sends, what we send back, and how tables and paper are read again."""

import io

import xlsxwriter
from playwright.sync_api import FilePayload
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

OTHER, WRONG = "SZ20260921000102", "SZ20260921000103"
_HEAD = (
    "工单编号",
    "接收时间",
    "联系人",
    "联系电话",
    "地址",
    "问题描述",
    "转办意见",
    "一级分类",
    "二级分类",
    "紧急程度",
    "是否保密",
    "办结时限",
)
_WHAT = ("城市管理", "道路设施", "一般")
_TOLD = "来电人李建国（电话139 1234 5678）反映枫桥路12号3幢门口路面塌陷，李先生要求保密。"
_CALLER = ("李建国", "13912345678")


def _book(*lines: tuple[str, ...]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("工单")
    for row, line in enumerate((_HEAD, *lines)):
        for column, cell in enumerate(line):
            sheet.write_string(row, column, cell)
    book.close()
    return out.getvalue()


def _order(number: str, due: str) -> tuple[str, ...]:
    return (number, "2026-09-21 08:40", *_CALLER, "枫桥路12号3幢", _TOLD, "请核实处理", *_WHAT, "是", due)


def first(number: str) -> bytes:
    """An order in confidence, another one, and a line without a description."""
    other = (OTHER, "2026-09-21 08:50", "", "", "枫桥路12号3幢", "路面有积水", "", *_WHAT, "否", "")
    wrong = (WRONG, "2026-09-21 08:55", "", "", "枫桥路12号3幢", "", "", *_WHAT, "否", "")
    return _book(_order(number, "2026-09-23 18:00"), other, wrong)


def again(number: str) -> bytes:
    """The same order, due two days later."""
    return _book(_order(number, "2026-09-25 18:00"))


def file(content: bytes) -> FilePayload:
    """As it is chosen in a file field."""
    return {
        "name": "12345.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": content,
    }


def rows(content: bytes) -> list[list[str]]:
    """The lines of a table we made, below its title, what was asked for, and its headings."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()[3:]]


def words_of_pdf(content: bytes) -> str:
    """All words of a printed file."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)

"""Templates for tests (测试用模板): with widths, merged cells, frames, a formula below the row, and whatever cells a test wants."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Border, Font, Side

ROW = ("{{行:老年人}}{{序号}}", "{{姓名}}", "{{联系电话}}", "{{居住状况}}", "独居老人")


def template_workbook(cells: dict[str, Any] | None = None, row: tuple[str, ...] = ROW) -> bytes:
    """Title over headings over the row (in row 4) over a total; `cells` in addition."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "老年人"
    sheet.merge_cells("A1:E1")
    sheet["A1"] = "{{单位}}老年人月报 {{月份}}"
    sheet["A1"].font = Font(bold=True, size=18, name="黑体")
    sheet["A2"], sheet["B2"], sheet["C2"], sheet["D2"] = "人数", "{{人数:老年人}}", "80岁以上", "{{人数:老年人·80岁以上}}"
    side = Side("thin")
    for column, (head, mark) in enumerate(zip(("序号", "姓名", "电话", "居住", "备注"), row, strict=True), 1):
        sheet.cell(3, column, head).font = Font(bold=True)
        cell = sheet.cell(4, column, mark)
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    sheet["A5"], sheet["B5"] = "合计", "=COUNTA(B4:B4)"
    sheet.merge_cells("C5:E5")
    sheet.row_dimensions[4].height, sheet.row_dimensions[5].height = 22, 40
    sheet.column_dimensions["B"].width = 31
    sheet.print_area = "A1:E5"
    for address, value in (cells or {}).items():
        sheet[address] = value
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Its bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

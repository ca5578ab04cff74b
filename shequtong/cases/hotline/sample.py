"""A table of orders to begin with (导入样表): every heading that is read, and two orders as they are written."""

import io

import xlsxwriter

from shequtong.cases.hotline.reading import HEADINGS, REQUIRED

# By heading; what is left out stays empty. Numbers in a range that nobody has.
_LINES: tuple[dict[str, str], ...] = (
    {
        "number": "SZ2026120100001",
        "received_at": "2026-12-01 08:30",
        "name": "王女士",
        "phone": "199 0000 0001",
        "address": "枫桥路12号3幢",
        "unit": "馨泰社区",
        "text": "楼道灯不亮，晚上老人上下楼不安全。",
        "category1": "城市管理",
        "category2": "公共照明",
        "confidential": "否",
        "reply_required": "是",
        "due_at": "2026-12-04 18:00",
    },
    {
        "number": "SZ2026120100002",
        "received_at": "2026-12-01 09:05",
        "phone": "匿名",
        "unit": "何山社区第一网格",
        "text": "人行道井盖破损。",
        "urgency": "紧急",
    },
)


def sample_table() -> bytes:
    """The workbook; headings that must be there are bold."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("工单")
    looks = {needed: book.add_format({"bold": needed, "bg_color": "#E8EEF4", "border": 1}) for needed in (True, False)}
    sheet.freeze_panes(1, 0)
    for column, (field, names) in enumerate(HEADINGS.items()):
        sheet.set_column(column, column, 18)
        sheet.write_string(0, column, names[0], looks[field in REQUIRED])
        for row, line in enumerate(_LINES, 1):
            sheet.write_string(row, column, line.get(field, ""))
    book.close()
    return target.getvalue()

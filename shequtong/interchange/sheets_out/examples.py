"""Ready-made templates (现成模板): three sheets that offices send, to download, change and upload. Written by code, with placeholders of `words.py`."""

import io
from dataclasses import dataclass
from typing import Any, Final

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Example:
    """`heads` over `row`, which is repeated; `summary` stands above them. `level`, `due_day`: as they are usually asked for."""

    title: str
    about: str | Promise
    level: str
    summary: str
    heads: tuple[str, ...]
    row: tuple[str, ...]
    widths: tuple[int, ...]
    due_day: int = 25


_WHO = ("{{序号}}", "{{姓名}}", "{{性别}}", "{{年龄}}")
EXAMPLES: Final = {
    "elderly": Example(
        "老年人月报表",
        gettext_lazy("the elderly of a community by name, with how they live and what they receive"),
        "community",
        "老年人 {{人数:老年人}} 人，其中80岁以上 {{人数:老年人·80岁以上}} 人、独居 {{人数:老年人·独居}} 人；较上次新增 {{新增行数}} 人、变更 {{变更行数}} 人、减少 {{减少行数}} 人",
        ("序号", "姓名", "性别", "年龄", "身份证号码", "联系电话", "现住址", "居住状况", "自理能力", "享受补贴", "变动"),
        (
            "{{行:老年人}}{{序号}}",
            *_WHO[1:],
            "{{身份证号码}}",
            "{{联系电话}}",
            "{{现住址}}",
            "{{居住状况}}",
            "{{自理能力}}",
            "{{老年人·享受补贴}}",
            "{{变动}}",
        ),
        (6, 10, 6, 6, 21, 14, 30, 12, 12, 16, 24),
    ),
    "disability": Example(
        "残疾人月报表",
        gettext_lazy("people with disabilities of a community by name, with kind, grade and allowances"),
        "community",
        "残疾人 {{人数:残疾人}} 人，其中60岁以上 {{人数:残疾人·60岁以上}} 人、未满18岁 {{人数:残疾人·未满18岁}} 人",
        (
            "序号",
            "姓名",
            "性别",
            "年龄",
            "残疾人证号",
            "残疾类别",
            "残疾等级",
            "监护人",
            "联系电话",
            "现住址",
            "享受补贴",
            "变动",
        ),
        (
            "{{行:残疾人}}{{序号}}",
            *_WHO[1:],
            "{{残疾人证号}}",
            "{{残疾类别}}",
            "{{残疾等级}}",
            "{{监护人}}",
            "{{联系电话}}",
            "{{现住址}}",
            "{{残疾人·享受补贴}}",
            "{{变动}}",
        ),
        (6, 10, 6, 6, 24, 12, 10, 10, 14, 30, 16, 24),
    ),
    "changes": Example(
        "人口变动月报表",
        gettext_lazy("numbers of a subdistrict, a row for each community: people, households, births, deaths, moves"),
        "subdistrict",
        "全街道实有人口 {{人数}} 人、{{户数}} 户；本月新增 {{本月新增}} 人，减少 {{本月减少}} 人",
        ("序号", "社区", "户数", "实有人口", "户籍人口", "流动人口", "出生", "死亡", "迁入", "迁出", "变动"),
        (
            "{{行:社区}}{{序号}}",
            "{{社区}}",
            "{{户数}}",
            "{{人数}}",
            "{{人数:户籍人口}}",
            "{{人数:流动人口}}",
            "{{本月出生}}",
            "{{本月死亡}}",
            "{{本月迁入}}",
            "{{本月迁出}}",
            "{{变动}}",
        ),
        (6, 18, 10, 10, 10, 10, 8, 8, 8, 8, 30),
        due_day=28,
    ),
}


def workbook(one: Example) -> bytes:
    """The template as .xlsx: title, unit and month, summary, headings, the row, who made it."""
    out = io.BytesIO()
    book: Any = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet, last = book.add_worksheet(one.title[:31]), len(one.heads) - 1
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    plain = book.add_format({"valign": "vcenter", "text_wrap": True})
    head = book.add_format(
        {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#E8EEF4"}
    )
    cell = book.add_format({"border": 1, "valign": "vcenter", "text_wrap": True})
    sheet.merge_range(0, 0, 0, last, f"{{{{单位}}}}{one.title}", title)
    sheet.merge_range(1, 0, 1, last, "月份：{{月份}}    制表日期：{{制表日期}}    填表人：{{填表人}}", plain)
    sheet.merge_range(2, 0, 2, last, one.summary, plain)
    for column, (name, mark, width) in enumerate(zip(one.heads, one.row, one.widths, strict=True)):
        sheet.write_string(3, column, name, head)
        sheet.write_string(4, column, mark, cell)
        sheet.set_column(column, column, width)
    half = max(last // 2, 1)
    sheet.merge_range(5, 0, 5, half, "审核人：", plain)
    sheet.merge_range(5, half + 1, 5, last, "（盖章）", plain)
    sheet.set_row(0, 30)
    sheet.set_row(2, 32)
    sheet.set_row(3, 24)
    sheet.set_row(5, 24)
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, 5, last)
    book.close()
    return out.getvalue()

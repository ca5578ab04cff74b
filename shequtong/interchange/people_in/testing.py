"""A workbook as offices keep it (凌乱的人口表): titles, two rows of headings, merged cells, and every trouble a table may have; with what is to come of it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

from shequtong.people.testing import make_id

# Two rows of headings; a pair of one text is merged downwards, one text over several is merged across.
_UPPER = (
    "序号",
    "姓 名",
    "性别",
    "证件信息",
    "证件信息",
    "出生日期",
    "联系方式",
    "联系方式",
    "现住址",
    "与户主关系",
    "居住类型",
    "文化程度",
    "婚姻状况",
    "工作单位",
    "备注",
)
_LOWER = (
    "序号",
    "姓 名",
    "性别",
    "证件类型",
    "公民身份号码",
    "出生日期",
    "手机",
    "座机",
    "现住址",
    "与户主关系",
    "居住类型",
    "文化程度",
    "婚姻状况",
    "工作单位",
    "备注",
)
HEADINGS = tuple(under if over == under else f"{over}·{under}" for over, under in zip(_UPPER, _LOWER, strict=True))
FIRST = 5  # the first row of people
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@dataclass
class Messy:
    """The workbook. `good`: row -> fact -> the value it is to have on record; `bad`: row -> the headings of the cells that are at fault."""

    content: bytes = b""
    good: dict[int, dict[str, Any]] = field(default_factory=dict)
    bad: dict[int, set[str]] = field(default_factory=dict)


def messy_workbook(address: str, rooms: Sequence[str], *, seed: int = 0) -> Messy:
    """People behind doors of one building: `address` ends with its name (枫桥路12号3幢1单元), `rooms` are three or more that there are."""
    made = Messy()
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    cover = book.add_worksheet("填表说明")
    cover.write_string(0, 0, "请如实填写，不得漏项。")
    sheet = book.add_worksheet("人口信息")
    _head(book, sheet)
    first, second, third = (f"{address}{room}室" for room in rooms[:3])
    rows = [*_family(first, seed), *_others(second, third, seed), *_bad_rows(address, rooms, seed)]
    day = book.add_format({"num_format": "yyyy/m/d"})
    for at, (cells, good, bad) in enumerate(rows):
        number = FIRST + at
        for column, value in enumerate((at + 1, *cells)):
            _write(sheet, number - 1, column, value, day)
        if bad:
            made.bad[number] = set(bad)
        else:
            made.good[number] = good
    last = FIRST - 1 + len(rows)
    sheet.merge_range(last, 0, last, 2, "合计")
    sheet.write_string(last, 3, f"{len(rows)}人")
    sheet.write_string(last + 1, 0, "填表人：某某    审核人：某某")
    book.close()
    made.content = stream.getvalue()
    return made


def _head(book: Any, sheet: Any) -> None:
    bold = book.add_format({"bold": True})
    sheet.merge_range(0, 0, 0, len(_UPPER) - 1, "某某社区实有人口信息登记表", bold)
    sheet.merge_range(1, 0, 1, len(_UPPER) - 1, "填报单位：某某社区居委会    填报日期：2026年4月13日")
    column = 0
    while column < len(_UPPER):
        wide = column
        while wide + 1 < len(_UPPER) and _UPPER[wide + 1] == _UPPER[column]:
            wide += 1
        if wide > column:
            sheet.merge_range(2, column, 2, wide, _UPPER[column], bold)
            for each in range(column, wide + 1):
                sheet.write_string(3, each, _LOWER[each], bold)
        else:
            sheet.merge_range(2, column, 3, column, _UPPER[column], bold)
        column = wide + 1


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, value)


_Row = tuple[tuple[Any, ...], dict[str, Any], set[str]]


def _family(home: str, seed: int) -> list[_Row]:
    """Numbers in full width, with blanks, behind an apostrophe; days in three ways; words that begin like a formula."""
    head, ground = make_id(date(1975, 3, 8), 11 + seed * 2), {"id_kind": "111"}
    return [
        (
            (
                "张　建国",
                "男",
                "居民身份证",
                head.translate(WIDE),
                "1975.3.8",
                "１６１ 0000 0001",
                "0512-65551234",
                home,
                "户主",
                "自有",
                "大学本科",
                "已婚",
                "=1+1",
                "+86开头的话",
            ),
            {
                **ground,
                "name": "张建国",
                "id_number": head,
                "sex": "1",
                "born_on": date(1975, 3, 8),
                "phone": "16100000001",
                "other_phone": "0512-65551234",
                "marital": "20",
                "workplace": "=1+1",
                "remarks": "+86开头的话",
            },
            set(),
        ),
        *_their_family(home, seed),
    ]


def _their_family(home: str, seed: int) -> list[_Row]:
    wife, child = make_id(date(1978, 12, 30), 12 + seed * 2), make_id(date(2010, 6, 1), 13 + seed * 2)
    ground = {"id_kind": "111"}
    return [
        (
            (
                "李 梅",
                "女性",
                "身份证",
                f"{wife[:6]} {wife[6:14]} {wife[14:]}",
                "1978年12月30日",
                16100000002.0,
                "",
                home.replace("3幢", "三栋"),
                "配偶",
                "家属",
                "",
                "已婚",
                "",
                "",
            ),
            {**ground, "name": "李梅", "id_number": wife, "sex": "2", "born_on": date(1978, 12, 30), "phone": "16100000002"},
            set(),
        ),
        (
            ("张小宝", "", "", f"'{child}", 20100601, "", "", home, "子", "家属", "", "", "", ""),
            {**ground, "name": "张小宝", "id_number": child, "sex": "1", "born_on": date(2010, 6, 1)},
            set(),
        ),
    ]


def _others(second: str, third: str, seed: int) -> list[_Row]:
    """A tenant with a serial for a birthday, an old number of 15 places, somebody without a number."""
    tenant, old = make_id(date(1990, 1, 5), 31 + seed * 2), make_id(date(1941, 5, 6), 42 + seed * 2)
    fifteen, ground = old[:6] + old[8:17], {"id_kind": "111"}
    return [
        (
            ("买买提．吐尔逊", "男", "", tenant, 32878, "+86 161-0000-0003", "", second, "户主", "租住", "", "未婚", "", ""),
            {
                **ground,
                "name": "买买提·吐尔逊",
                "id_number": tenant,
                "born_on": date(1990, 1, 5),
                "phone": "16100000003",
                "marital": "10",
            },
            set(),
        ),
        (
            ("王奶奶", "女", "", fifteen, date(1941, 5, 6), "", "", third, "本人", "自有", "", "丧偶", "", ""),
            {**ground, "name": "王奶奶", "id_number": old, "sex": "2", "born_on": date(1941, 5, 6), "marital": "30"},
            set(),
        ),
        (
            ("李婴儿", "女", "", "", "2025/11/02", "", "", second, "其他", "借住", "", "", "", ""),
            {"name": "李婴儿", "id_number": "", "sex": "2", "born_on": date(2025, 11, 2)},
            set(),
        ),
    ]


def _bad_rows(address: str, rooms: Sequence[str], seed: int) -> list[_Row]:
    """One trouble a row."""
    home, number = f"{address}{rooms[0]}室", make_id(date(1980, 2, 3), 51 + seed * 2)
    cut = float(int(make_id(date(1981, 2, 3), 53 + seed * 2)[:15] + "000"))
    mistyped = number[:-1] + ("1" if number[-1] != "1" else "2")
    rows: list[tuple[tuple[Any, ...], set[str]]] = [
        (("赵一", "男", "", cut, "", "", "", home), {"证件信息·公民身份号码"}),
        (("钱二", "男", "", mistyped, "", "", "", home), {"证件信息·公民身份号码"}),
        (("孙三", "女", "", number, "", "", "", home), {"性别"}),
        (("李四", "男", "", number, "1980-02-04", "", "", home), {"出生日期"}),
        (("周*", "男", "", "", "1980-02-03", "", "", home), {"姓 名"}),
        (("吴六", "男", "", "", "1980-02-03", "161****0001", "", home), {"联系方式·手机"}),
        (("郑七", "男", "", "", "1990-02-30", "", "", home), {"出生日期"}),
        (("王八一", "男", "", "", "1990-02-03", "", "", f"{address[:3]}999号1幢1单元101室"), {"现住址"}),
        (("冯九", "男", "", "", "1990-02-03", "", "", f"{address}9999室"), {"现住址"}),
        (("陈十", "男", "", "", "1990-02-03", "", "", ""), {"现住址"}),
        (("", "男", "", make_id(date(1982, 2, 3), 55 + seed * 2), "", "", "", home), {"姓 名"}),
        (("张建国", "男", "", make_id(date(1975, 3, 8), 11 + seed * 2), "", "", "", home), {"证件信息·公民身份号码"}),
        (
            ("褚十三", "男", "", "", "1990-02-03", "12345", "", home, "街坊", "不知道", "博士后"),
            {"联系方式·手机", "与户主关系", "居住类型", "文化程度"},
        ),
    ]
    return [(cells, {}, bad) for cells, bad in rows]

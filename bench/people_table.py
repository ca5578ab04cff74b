"""A workbook of a street's population (人口表): rows × 30 columns behind the doors of the bench, written by hand, since its writing is not measured."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from xml.sax.saxutils import escape

HEADINGS = [
    "序号",
    "姓名",
    "性别",
    "身份证号码",
    "出生日期",
    "民族",
    "政治面貌",
    "婚姻状况",
    "文化程度",
    "手机号码",
    "固定电话",
    "现住址",
    "与户主关系",
    "居住类型",
    "人户状态",
    "人口类型",
    "户别",
    "户号",
    "户籍地址",
    "籍贯",
    "职业",
    "工作单位",
    "兵役状况",
    "医疗保险",
    "电子邮箱",
    "紧急联系人",
    "紧急联系电话",
    "入住日期",
    "特长",
    "备注",
]
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗", "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华文慧建国庆"
PER_BUILDING, PER_FLOOR = 60, 4  # rooms
STREETS = ("枫桥路", "狮山路", "金山路", "滨河路", "塔园路")


def address(building: int) -> tuple[str, str, str]:
    """Street, house number and name of a building."""
    return STREETS[building % len(STREETS)], f"{building // len(STREETS) // 10 + 101}号", f"{building // len(STREETS) % 10 + 1}幢"


def room(number: int) -> tuple[int, int, int, str]:
    """Building, entrance, floor and name of a room."""
    building, rest = divmod(number, PER_BUILDING)
    entrance, rest = divmod(rest, PER_BUILDING // 2)
    floor, door = divmod(rest, PER_FLOOR)
    return building, entrance + 1, floor + 1, f"{floor + 1}{door + 1:02d}"


def rows(count: int, rooms: int) -> Iterator[list[Any]]:
    """Made-up people, about as many behind each door; all good."""
    from shequtong.people.testing import make_id

    for n in range(count):
        at = n * rooms // count
        first = at != (n - 1) * rooms // count
        building, entrance, _floor, name = room(at)
        street, house, block = address(building)
        born = date(1940, 1, 1) + timedelta(days=n * 7919 % 29_000)
        male = n % 2 == 0
        home = f"{street}{house}{block}{entrance}单元{name}室"
        who = SURNAMES[n % 20] + GIVEN[n * 7 % 28] + GIVEN[n * 13 % 27]
        number = make_id(born, n // 29_000 * 40 + n % 20 * 2 + (1 if male else 2))
        yield [
            *(n + 1, who, "男" if male else "女", number, born.isoformat(), "汉族", "群众", "已婚", "大学本科"),
            *(f"161{n:08d}", "0512-65551234", home, "户主" if first else "配偶", "自有", "人户同在", "户籍人口", "本市城镇"),
            *(f"H{at:07d}", home, "江苏苏州", "职员", f"某某公司{n % 500}", "未服兵役", "职工医保", f"a{n}@example.cn"),
            *(SURNAMES[n % 19] + "某", f"162{n:08d}", "2019-05-06", "书法", f"备注{n}"),
        ]


def workbook(found: list[list[Any]]) -> bytes:
    """As .xlsx, text as shared strings, as spreadsheets write it."""
    strings: dict[str, int] = {}
    out = io.BytesIO()
    letters = [chr(65 + at) if at < 26 else f"A{chr(39 + at)}" for at in range(len(HEADINGS))]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        with packed.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for number, row in enumerate([HEADINGS, *found], 1):
                cells = "".join(
                    f'<c r="{letter}{number}"><v>{value}</v></c>'
                    if isinstance(value, int)
                    else f'<c r="{letter}{number}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'
                    for letter, value in zip(letters, row, strict=True)
                )
                sheet.write(f'<row r="{number}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        packed.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{shared}</sst>')
        for name, text in _PARTS.items():
            packed.writestr(name, text)
    return out.getvalue()


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_SPREADSHEET}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="A" sheetId="1" r:id="a"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="b" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}

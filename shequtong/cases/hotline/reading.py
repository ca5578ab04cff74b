"""A table of work orders read line by line (工单表导入): columns by their heading; a line that cannot be read is named with why."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from shequtong.cases.hotline.orders import Order
from shequtong.cases.standards.workbook import Sheet, read_workbook
from shequtong.core.phones import normalise_phone
from shequtong.core.workbooks import CannotRead

MOST_ORDERS = 300  # of one table: they are looked at on one page
# What a column may be called; the first is what we write ourselves.
HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("工单编号", "工单号", "工单编码", "诉求编号"),
    "received_at": ("接收时间", "受理时间", "来电时间", "派单时间"),
    "name": ("联系人", "来电人", "诉求人", "反映人"),
    "phone": ("联系电话", "来电号码", "电话", "手机号码"),
    "address": ("地址", "问题地址", "诉求地址", "事发地址"),
    "unit": ("所属社区", "社区", "村居", "下级单位", "承办单位"),
    "text": ("问题描述", "诉求内容", "工单内容", "反映内容"),
    "opinion": ("转办意见", "交办意见", "办理要求"),
    "category1": ("一级分类", "一级类别"),
    "category2": ("二级分类", "二级类别"),
    "category3": ("三级分类", "三级类别"),
    "category4": ("四级分类", "四级类别"),
    "category5": ("五级分类", "五级类别"),
    "accept_kind": ("受理类型",),
    "call_kind": ("来电类别", "诉求类型"),
    "origin": ("信息来源", "诉求来源", "来源"),
    "urgency": ("紧急程度",),
    "confidential": ("是否保密", "保密"),
    "reply_required": ("是否回复", "是否需要回复", "是否回访"),
    "due_at": ("办结时限", "办理时限", "截止时间"),
}
REQUIRED = ("number", "received_at", "text")
LONGEST = {"number": 60, "name": 40, "address": 160, "accept_kind": 40, "call_kind": 40, "origin": 40, "urgency": 20}
_CATEGORIES = tuple(f"category{level}" for level in range(1, 6))
_YES, _NO = (
    ("是", "保密", "需要", "需回复", "y", "yes", "1", "true"),
    ("否", "不", "不保密", "不需要", "无需", "n", "no", "0", "false"),
)
_LOOK_AT = 15  # lines that are looked at for a heading
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})(?:\.\d+)?)?[秒分]?)?"
)


@dataclass(frozen=True)
class Line:
    """A line of the table: the order, or why it is none."""

    row: int
    number: str
    order: Order | None = None
    why: str = ""


class _Wrong(Exception):
    """Why a line is no order, in words."""


def read_orders(content: bytes, zone: tzinfo) -> list[Line]:
    """The lines of the first sheet that has the headings; times are of `zone`. Raises CannotRead."""
    for sheet in read_workbook(content):
        head = _head(sheet)
        if head is not None:
            first, columns = head
            lines = [
                _line(row, sheet.cells[row], columns, zone) for row in range(first, len(sheet.cells)) if any(sheet.cells[row])
            ]
            if len(lines) > MOST_ORDERS:
                raise CannotRead(_("A table may have %(count)s orders at most. Divide it.") % {"count": MOST_ORDERS})
            if not lines:
                raise CannotRead(_("There is no line in this table."))
            return _without_repeats(lines)
    names = "、".join(HEADINGS[field][0] for field in REQUIRED)
    raise CannotRead(_("No line of headings was found. A table of orders has at least: %(names)s.") % {"names": names})


def _head(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row data starts at, and the column of each field."""
    for row, cells in enumerate(sheet.cells[:_LOOK_AT]):
        plain = [_plain(cell) for cell in cells]
        found = {
            field: next(plain.index(name) for name in names if name in plain)
            for field, names in HEADINGS.items()
            if any(name in plain for name in names)
        }
        if all(field in found for field in REQUIRED):
            return row + 1, found
    return None


def _plain(text: str) -> str:
    """A heading without blanks, stars and remarks in brackets."""
    return re.sub(r"[\s*＊:：]|[(（].*?[)）]", "", unicodedata.normalize("NFKC", text))


def _line(row: int, cells: list[str], columns: dict[str, int], zone: tzinfo) -> Line:
    values = {field: cells[column].strip() for field, column in columns.items() if column < len(cells)}
    number = values.get("number", "")
    try:
        return Line(row + 1, number, _order(row + 1, values, zone))
    except _Wrong as wrong:
        return Line(row + 1, number, why=str(wrong))


def _order(row: int, values: dict[str, str], zone: tzinfo) -> Order:
    for field in REQUIRED:
        if not values.get(field):
            raise _Wrong(_("“%(name)s” is empty.") % {"name": HEADINGS[field][0]})
    for field, most in LONGEST.items():
        if len(values.get(field, "")) > most:
            raise _Wrong(_("“%(name)s” is longer than %(most)s characters.") % {"name": HEADINGS[field][0], "most": most})
    received_at, due_at = _moment(values, "received_at", zone), _moment(values, "due_at", zone)
    assert received_at is not None  # required above
    if due_at is not None and due_at <= received_at:
        raise _Wrong(_("It would be due before it was received."))
    phone, phone_left_out = _phone(values.get("phone", ""))
    return Order(
        row=row,
        number=values["number"],
        received_at=received_at,
        due_at=due_at,
        text=values["text"],
        phone=phone,
        phone_left_out=phone_left_out,
        confidential=bool(_yes(values, "confidential")),
        reply_required=_yes(values, "reply_required"),
        categories=tuple(values[level][:60] for level in _CATEGORIES if values.get(level)),
        **{
            name: values.get(name, "")
            for name in ("name", "address", "unit", "opinion", "accept_kind", "call_kind", "origin", "urgency")
        },
    )


def _moment(values: dict[str, str], field: str, zone: tzinfo) -> datetime | None:
    text = unicodedata.normalize("NFKC", values.get(field, ""))
    if not text:
        return None
    found = _MOMENT.fullmatch(text)
    try:
        if found:
            year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
            # A day alone is meant until its end when it is a due time.
            if found[4] is None and field == "due_at":
                hour, minute, second = 23, 59, 59
            return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        pass
    raise _Wrong(_("“%(name)s”: “%(value)s” is no time.") % {"name": HEADINGS[field][0], "value": text[:30]})


def _phone(text: str) -> tuple[str, bool]:
    """The number, and whether something stands there that is none: an order has its time, a mistyped number must not cost it."""
    if not text or text in ("无", "-", "/", "匿名"):
        return "", False
    try:
        return normalise_phone(text), False
    except ValueError:
        return "", True


def _yes(values: dict[str, str], field: str) -> bool | None:
    """None where it is not said."""
    text = values.get(field, "").casefold()
    if not text:
        return None
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise _Wrong(_("“%(name)s” is neither yes nor no.") % {"name": HEADINGS[field][0]})


def _without_repeats(lines: list[Line]) -> list[Line]:
    seen: dict[str, int] = {}
    found = []
    for line in lines:
        if line.order is not None and line.number in seen:
            found.append(
                Line(line.row, line.number, why=_("The same number stands in row %(row)s.") % {"row": seen[line.number]})
            )
            continue
        if line.order is not None:
            seen[line.number] = line.row
        found.append(line)
    return found

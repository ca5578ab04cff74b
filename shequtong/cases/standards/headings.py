"""Which column holds what (表头识别): by the words of its heading, never by its place."""

import re
import unicodedata
from dataclasses import dataclass

from shequtong.cases.standards.lines import LETTERS_ONLY, Kind
from shequtong.cases.standards.workbook import Sheet

# What a column may be called; the first is what we write ourselves.
HEADINGS: dict[str, tuple[str, ...]] = {
    "class_code": ("类别代码", "类别编码", "类别编号"),
    "tree": ("所属目录", "目录"),
    "kind": ("类型", "部件/事件", "部件事件", "部事件", "种类"),
    "major_code": ("大类代码", "大类编码", "大类编号", "大类号"),
    "major": ("大类名称", "大类"),
    "minor_code": ("小类代码", "小类编码", "小类编号", "小类号"),
    "minor": ("小类名称", "小类", "部件名称", "事件名称"),
    "residents": ("居民可选",),
    "example": ("居民说法", "通俗说法"),
    "row": ("条目号", "条件序号"),
    "register_condition": ("立案条件", "立案标准", "立案情形"),
    "limit": ("处置时限", "处理时限", "办理时限", "时限", "期限"),
    "close_condition": ("结案条件", "结案标准", "结案要求"),
    "handling_unit": ("处置单位", "责任主体", "处置责任单位", "责任单位", "处置部门"),
    "supervising_unit": ("主管部门", "监管主体", "监管部门", "主管单位"),
    "legal_basis": ("法律法规依据", "法律法规", "法律依据", "执法依据", "依据"),
    "legal_article": ("法律条款", "法规条款", "条款内容", "条款", "条文"),
    "collection": ("采集要求", "采集规则", "采集说明", "采集标准"),
    "after_photo_required": ("处置后照片",),
    "answer_required": ("需答复", "是否答复"),
    "confirm_required": ("需核实", "是否核实"),
    "answer_approval": ("答复审核",),
    "is_example": ("示例",),
}
REQUIRED = ("register_condition", "limit", "close_condition")
YES, NO = "是", "否"
KIND_WORDS: dict[Kind, str] = {Kind.COMPONENT: "部件", Kind.EVENT: "事件", Kind.MATTER: "诉求"}
# What a tree may be called in a table; the first is what we write ourselves. The letter stands before the codes of its matters.
TREE_WORDS: dict[str, tuple[str, ...]] = {
    "city_management": ("城市管理", "城管"),
    "governance": ("综治平安", "综治", "社会治理"),
    "livelihood": ("民生服务", "民生"),
    "safety": ("安全生产与环境", "安全生产"),
    "market": ("市场监管",),
    "property": ("物业管理", "物业"),
}
_TREE_LETTERS = {"G": "governance", "L": "livelihood", "S": "safety", "M": "market", "P": "property"}
_LONGEST_HEADING, _LOOK_AT = 24, 30


@dataclass(frozen=True)
class Head:
    """The heading of a sheet: the row data starts at, field by column, and the words above it."""

    first: int
    columns: dict[int, str]
    labels: dict[str, str]  # field -> heading as the file words it
    above: str

    @property
    def fields(self) -> frozenset[str]:
        """What the table says something about."""
        return frozenset(self.columns.values())


def find_head(sheet: Sheet) -> Head | None:
    """The first line, or two lines under merged headings, that name condition, closing and limit; title lines above are skipped."""
    for row in range(min(len(sheet.cells), _LOOK_AT)):
        one = _columns(sheet.cells[row])
        two = _columns(_joined(sheet, row)) if row + 1 < len(sheet.cells) else {}
        if all(field in one.values() for field in REQUIRED):
            deeper = len(two) > len(one) or _continues(sheet, row + 1)
            labels, columns = (_joined(sheet, row), two) if deeper else (sheet.cells[row], one)
            named = {field: labels[column] for column, field in columns.items()}
            above = " ".join(dict.fromkeys(cell for line in sheet.cells[:row] for cell in line if cell))
            return Head(row + (2 if deeper else 1), columns, named, above)
    return None


def kind_in(words: str) -> Kind | None:
    """The one kind that `words` name; none when they name two."""
    found = [kind for kind, word in KIND_WORDS.items() if word in words]
    return found[0] if len(found) == 1 else None


def tree_in(words: str) -> str | None:
    """The tree that a cell names, by its word or its code; a place's own is named by a code. None when it is neither."""
    named = next((tree for tree, known in TREE_WORDS.items() if words in known), None)
    return named or (words if LETTERS_ONLY.fullmatch(words) else None)


def tree_of_code(code: str) -> str:
    """The tree that the letter of a matter's code stands for, e.g. G0101 综治; "" for none."""
    return _TREE_LETTERS.get(code[:1], "") if len(code) == 5 and code[1:].isdigit() else ""


def repeats_head(head: Head, cells: list[str]) -> bool:
    """Whether a line is the heading again, as printed tables have it on every page."""
    return all(cells[column] == head.labels[field] for column, field in head.columns.items() if field in REQUIRED)


def _continues(sheet: Sheet, row: int) -> bool:
    """Whether the line below belongs to the heading: a required heading was merged down into it."""
    return row < len(sheet.cells) and any(
        (row, column) in sheet.filled and sheet.cells[row][column] == sheet.cells[row - 1][column] and field in REQUIRED
        for column, field in _columns(sheet.cells[row - 1]).items()
    )


def _joined(sheet: Sheet, row: int) -> list[str]:
    upper, lower = sheet.cells[row], sheet.cells[row + 1]
    return [top if top == below else top + below for top, below in zip(upper, lower, strict=True)]


def _columns(cells: list[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        for field in _meanings(cell):
            if field not in found.values():
                found[place] = field
                break
    return found


def _meanings(cell: str) -> list[str]:
    """Fields a heading may mean, the longest matching word first."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell))
    if not plain or len(plain) > _LONGEST_HEADING:
        return []
    scored = [(max((len(word) for word in words if word in plain), default=0), field) for field, words in HEADINGS.items()]
    fields = [field for length, field in sorted(scored, key=lambda each: -each[0]) if length]
    # Two columns of law, the title and its article, are both headed 法律法规….
    return [*fields, "legal_article"] if "legal_basis" in fields else fields

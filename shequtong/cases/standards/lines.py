"""One line of a table of standards (标准条目): what holds for one condition of one class, and how it stands in a batch."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self

from shequtong.core.clock import ClockKind, Limit


class Kind(StrEnum):
    """What a class names: a thing in the street, something that happens there, or what somebody asks for."""

    COMPONENT = "component"  # 部件
    EVENT = "event"  # 事件
    MATTER = "matter"  # 诉求


LETTER = {Kind.COMPONENT: "C", Kind.EVENT: "E"}
CITY_MANAGEMENT = "city_management"


def class_code(kind: Kind, major: str, minor: str) -> str:
    """The code a class is kept under: C or E before the four digits of GB/T 30428.2, e.g. C0101; matters have none."""
    return LETTER.get(kind, "") + major + minor


@dataclass(frozen=True, slots=True)
class Line:
    """One condition of one class with its limit. `row` is its number in the class, 0 as long as nobody has given it one."""

    code: str
    kind: str
    tree: str
    group_code: str
    group_name: str
    name: str
    register_condition: str
    close_condition: str
    limit_amount: int
    limit_kind: str
    limit_note: str = ""
    handling_unit: str = ""
    supervising_unit: str = ""
    legal_basis: str = ""
    collection: str = ""
    after_photo_required: bool = False
    answer_required: bool = True
    confirm_required: bool = False
    answer_approval: bool = False
    is_example: bool = False
    residents: str = ""  # "yes" or "no", whether residents may choose the class; "" leaves it as it is
    example: str = ""  # the class in everyday words; "" leaves it as it is
    row: int = 0
    unsaid: tuple[str, ...] = ()  # fields the table has no column for: what holds is left as it is
    source: str = ""  # sheet and row of the file, for whoever asks where it came from

    @property
    def limit(self) -> Limit:
        """The limit; ClockError when the numbers are none."""
        return Limit(self.limit_amount, ClockKind(self.limit_kind))

    def as_json(self) -> dict[str, Any]:
        """For a batch; what is empty is left out."""
        return {name: value for name, value in asdict(self).items() if value not in ("", 0, ()) or name in _BOOLS}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """From a batch."""
        known = {each.name for each in fields(cls)}
        texts = dict.fromkeys(("kind", "tree", "group_code", "group_name"), "")
        told = {name: value for name, value in stored.items() if name in known}
        return cls(**{**texts, **told, "unsaid": tuple(stored.get("unsaid", ()))})


_BOOLS = tuple(each.name for each in fields(Line) if each.type == "bool" or each.type is bool)


CLASS_FIELDS = ("kind", "tree", "group_code", "group_name", "name", "residents", "example")
ROW_FIELDS = (
    "register_condition",
    "close_condition",
    "limit_amount",
    "limit_kind",
    "limit_note",
    "handling_unit",
    "supervising_unit",
    "legal_basis",
    "collection",
    "after_photo_required",
    "answer_required",
    "confirm_required",
    "answer_approval",
    "is_example",
)
ROWS_OF_CLASS = 40  # real tables have eight at most (运城, 公共厕所); each is a part of one page
LETTERS_ONLY = re.compile(r"[A-Za-z0-9_-]{1,20}")

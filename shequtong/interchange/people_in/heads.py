"""Where the headings of a table stand (表头): below titles, in one row or in two that are joined; and which rows below are no people."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import eq

from django.utils.translation import gettext as _

from shequtong.interchange.people_in.cells import text_of
from shequtong.interchange.people_in.fields import IGNORED, bare, known
from shequtong.interchange.people_in.set_targets import AS_CELLS
from shequtong.interchange.people_in.table import CannotReadTable, Cell, Row

LOOKED_AT = 60  # rows that are given to it
_TITLES = 30  # how far down headings are looked for
_LEAST = 2  # headings that make a row one of headings
_TOTALS = (
    "合计",
    "总计",
    "小计",
    "共计",
    "累计",
    "制表",
    "填表",
    "审核",
    "填报",
    "统计人",
    "注:",
    "注：",
    "说明:",
    "说明：",
    "备注:",
    "备注：",
)


@dataclass(frozen=True)
class Head:
    """`row` is the last row of the headings in the file; `names` the headings, told apart where two are alike: 电话, 电话 (2)."""

    row: int
    names: tuple[str, ...]

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The headings as they stand in the file."""
        return tuple(name.partition(" (")[0] for name in self.names)


def head_of(rows: Sequence[Row]) -> Head:
    """The headings among the first rows. Raises CannotReadTable when there are none."""
    best, names, last = 0, [], 0
    for at, (number, cells) in enumerate(rows[:_TITLES]):
        upper = [text_of(cell) for cell in cells]
        if (score := _score(upper)) > best:
            best, names, last = score, upper, number
        if at + 1 < len(rows):
            below, lower = rows[at + 1][0], [text_of(cell) for cell in rows[at + 1][1]]
            joined = _joined(upper, lower)
            if below == number + 1 and joined is not None and (score := _score(joined)) > best:
                best, names, last = score, joined, below
    if best < _LEAST:
        least = "姓名、身份证号码、现住址"
        raise CannotReadTable(_("No row of headings was found. A table of people has at least: %(names)s.") % {"names": least})
    return Head(last, _told_apart(names))


def _score(names: Sequence[str]) -> int:
    """How many different things the headings name; a heading is short, and no word that stands in cells as often."""
    likely = [name for name in names if len(name) <= 40 and bare(name) not in AS_CELLS]
    return len({known(name) or bare(name) for name in likely if known(name) or bare(name) in IGNORED})


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str] | None:
    """Two rows as one: 联系方式 over 手机 and 固定电话. None where the lower row is one of people."""
    if any(any(one.isdigit() for one in text) for text in lower):
        return None
    if upper and upper[0] and len({text for text in upper if text}) == 1 < sum(1 for text in lower if text) - 1:
        return None  # a title, in the first cell alone or merged across
    wide = max(len(upper), len(lower))
    upper, lower = [*upper, *[""] * (wide - len(upper))], [*lower, *[""] * (wide - len(lower))]
    for at in range(1, wide):  # where ranges are not merged, an empty cell belongs to what stands left of it
        if not upper[at] and lower[at] and lower[at - 1] and upper[at - 1] != lower[at - 1]:
            upper[at] = upper[at - 1]
    pairs = zip(upper, lower, strict=True)
    return [over if not under or over == under else f"{over}·{under}" if over else under for over, under in pairs]


def _told_apart(names: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name[:60])
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def is_people(cells: Sequence[Cell], head: Head) -> bool:
    """Whether a row below the headings is one of people: no total, no signature, no headings once more, no line across the table."""
    texts = ["" if cell is None else text_of(cell) for cell in cells]
    told = [text for text in texts if text]
    if not told or told[0].replace(" ", "").startswith(_TOTALS):
        return False
    if len(told) > 1 and told[1].replace(" ", "").startswith(_TOTALS[:5]):
        return False
    if len(told) > 2 and told[0] == told[1] and len(set(told)) == 1:  # merged across: a heading between two parts
        return False
    if sum(map(eq, texts, head.plain)) < _LEAST:  # nearly every row
        return True
    same = sum(1 for text, name in zip(texts, head.plain, strict=False) if text == name and text and text not in AS_CELLS)
    return same < max(_LEAST, len(told) // 2)

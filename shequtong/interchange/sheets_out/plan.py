"""A template understood (模板解析): what stands in each cell, which row is repeated for whom; and in plain words what is not known, at which cell. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from shequtong.interchange.sheets_out.words import MARK, Filter, Mark, UnknownWord, understood

Part = str | Mark
_MOST_COLUMNS = 60


@dataclass(frozen=True)
class Fault:
    """What is wrong at a cell; `word` as it is written there."""

    sheet: str
    cell: str
    word: str
    why: str


@dataclass(frozen=True)
class RowPlan:
    """The row that is repeated: where it stands, for whom, and its columns with what stands in each."""

    at: int
    filter: Filter
    columns: tuple[int, ...]
    cells: tuple[tuple[Part, ...], ...]

    @property
    def targets(self) -> list[str]:
        """What each column compares by: the targets in it, joined."""
        return ["+".join(name_of(part) for part in parts if isinstance(part, Mark)) for parts in self.cells]

    @property
    def word_column(self) -> int:
        """Where the word of what changed goes; 0 for none of its own."""
        at = (nth for nth, parts in enumerate(self.cells) if any(isinstance(one, Mark) and one.word == "变动" for one in parts))
        return next((self.columns[nth] for nth in at), 0)


@dataclass(frozen=True)
class SheetPlan:
    """One worksheet: cells by address with their parts, and its repeated row."""

    name: str
    cells: tuple[tuple[str, tuple[Part, ...]], ...]
    row: RowPlan | None


@dataclass
class Plan:
    """A whole template. `faults` is empty for one that can be filled."""

    sheets: list[SheetPlan] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def facts(self) -> list[str]:
        """Facts of persons that go out."""
        rows = [one.row for one in self.sheets if one.row is not None and not one.row.filter.units]
        marks = (part for row in rows for parts in row.cells for part in parts if isinstance(part, Mark))
        return list(dict.fromkeys(mark.word for mark in marks if mark.kind == "field"))

    @property
    def lists(self) -> list[Filter]:
        """Whom the rows of persons are for."""
        return [one.row.filter for one in self.sheets if one.row is not None and not one.row.filter.units]


def name_of(mark: Mark) -> str:
    """What a mark compares by."""
    return mark.word if mark.kind in ("field", "extra", "scalar") else f"{mark.kind}:{tuple(mark.filter)!r}"


def plan_of(looked: dict[str, Any]) -> Plan:
    """What the process saw, understood."""
    plan = Plan()
    for sheet in looked["sheets"]:
        _sheet(plan, sheet["name"], sheet["cells"])
    order = {(sheet["name"], cell[0]): nth for sheet in looked["sheets"] for nth, cell in enumerate(sheet["cells"])}
    plan.faults.sort(key=lambda one: order.get((one.sheet, one.cell), -1))
    if not plan.faults and not any(one.cells or one.row for one in plan.sheets):
        plan.faults.append(
            Fault(
                "",
                "",
                "",
                _("There is no placeholder in this workbook. Write for instance %(example)s.") % {"example": "{{人数:老年人}}"},
            )
        )
    return plan


def _sheet(plan: Plan, name: str, cells: list[Any]) -> None:
    rows = [(row, found) for _a, row, _c, text in cells for found in MARK.findall(text) if _begins_row(found)]
    at, row = 0, None
    for number, found in rows:
        address = next(cell[0] for cell in cells if cell[1] == number)
        try:
            mark = understood(found)
        except UnknownWord as unknown:
            plan.faults.append(Fault(name, address, found, str(unknown)))
            at = number
            continue
        if row is not None:
            plan.faults.append(
                Fault(name, address, found, _("A worksheet repeats one row only. Put the other list on a sheet of its own."))
            )
            continue
        at, row = number, mark.filter
    still, repeated = [], []
    for address, number, column, text in cells:
        within = row if number == at and row is not None else None
        if number == at and row is None and rows:
            within = Filter()  # whom the row is for is told as a fault already
        parts = tuple(_parts(plan, name, address, text, within))
        if number == at and rows:
            repeated.append((column, tuple(part for part in parts if isinstance(part, str) or part.kind != "row")))
        else:
            still.append((address, parts))
    if len(repeated) > _MOST_COLUMNS:
        plan.faults.append(Fault(name, "", "", _("A row has at most %(n)s columns.") % {"n": _MOST_COLUMNS}))
    told = (
        RowPlan(at, row, tuple(one for one, _p in repeated), tuple(parts for _o, parts in repeated)) if row is not None else None
    )
    plan.sheets.append(SheetPlan(name, tuple(still), told))


def _begins_row(found: str) -> bool:
    return found.strip().startswith(("行:", "行："))


def _parts(plan: Plan, name: str, address: str, text: str, row: Filter | None) -> Iterator[Part]:
    last = 0
    for found in MARK.finditer(text):
        if found.start() > last:
            yield text[last : found.start()]
        last = found.end()
        try:
            yield understood(found[1], row if not _begins_row(found[1]) else None)
        except UnknownWord as unknown:
            if not _begins_row(found[1]):
                plan.faults.append(Fault(name, address, found[1].strip(), str(unknown)))
    if last < len(text):
        yield text[last:]
    if text.count("{{") + text.count("｛｛") > len(MARK.findall(text)):
        plan.faults.append(Fault(name, address, text[:40], _("A placeholder is not closed: {{ must be followed by }}.")))

"""A sheet put together (报表填报): values for every placeholder, marks for what changed, as an order for the process that writes the workbook."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.interchange.sheets_out.compare import CHANGED, GONE, NEW, Comparison
from shequtong.interchange.sheets_out.counting import Filling, Numbers, wanted_of
from shequtong.interchange.sheets_out.gone import gone_rows
from shequtong.interchange.sheets_out.plan import Plan, RowPlan, SheetPlan, name_of
from shequtong.interchange.sheets_out.rows import Reading, listed
from shequtong.interchange.sheets_out.targets import label_of
from shequtong.interchange.sheets_out.words import UNITS, Mark
from shequtong.people.models import Person
from shequtong.territory.models import Unit
from shequtong.territory.shown import unit_name
from shequtong.territory.units import UnitRef, above, under

MOST_ROWS, _MOST_CELLS = 20_000, 400_000
_ONCE = ("新增行数", "变更行数", "减少行数", "行数")


class CannotFill(Refusal):
    """More rows than a sheet should have, or another template than was asked for."""


@dataclass
class Tally:
    """How many rows, and how many of them are marked."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    numbers: int = 0


@dataclass
class Written:
    """The order for the writing process while it grows: worksheets, and lines of the sheet of changes."""

    sheets: list[dict[str, Any]] = field(default_factory=list)
    changes: list[tuple[str, list[Any]]] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


class Filler:
    """One template filled once. `require` is asked of each person that a row names, and raises where they may not stand there."""

    def __init__(
        self, what: Filling, comparison: Comparison, by: Actor, watch: Callable[[int], None], require: Callable[[int], None]
    ) -> None:
        self._what, self._compared, self._by, self._watch, self._require = what, comparison, by, watch, require
        self._numbers = Numbers(by, what)

    def written(self, plan: Plan) -> Written:
        """All worksheets. Raises CannotFill."""
        found = Written()
        for sheet in plan.sheets:
            before = Tally(**vars(found.tally))
            row = self._row(sheet.name, sheet.row, found) if sheet.row is not None else None
            here = {name: getattr(found.tally, name) - getattr(before, name) for name in vars(before)}
            found.sheets.append({"name": sheet.name, "row": row, "cells": list(self._cells(sheet, here, found))})
        return found

    # --- cells that stand alone

    def _cells(self, sheet: SheetPlan, here: dict[str, int], found: Written) -> Iterator[list[Any]]:
        for address, parts in sheet.cells:
            value = _joined(self._scalar(part, here) if isinstance(part, Mark) else part for part in parts)
            marks = [part for part in parts if isinstance(part, Mark)]
            differs, was = False, None
            if any(_is_number(part) for part in marks):
                key = f"{sheet.name}|{'+'.join(name_of(part) for part in marks)}"
                differs, was = self._compared.number(key, value)
            if differs:
                found.tally.numbers += 1
                what = _("%(was)s → %(now)s") % {"was": was, "now": value}
                found.changes.append((CHANGED, [_kind_words()["number"], f"{sheet.name}!{address}", "", what, ""]))
            yield [address, value, differs]

    def _scalar(self, mark: Mark, here: dict[str, int]) -> Any:
        what, word = self._what, mark.word
        if mark.kind == "count":
            return self._numbers.persons(mark.filter, what.unit.path)
        if word in _ONCE:
            return here[{"新增行数": "new", "变更行数": "changed", "减少行数": "gone", "行数": "rows"}[word]]
        if word == "户数" or word.startswith("本月"):
            return self._unit_number(mark, what.unit)
        return self._text(word)

    def _text(self, word: str) -> Any:
        what = self._what
        if word in ("街道", "社区"):
            place = above(what.unit.path, Unit.Kind.SUBDISTRICT if word == "街道" else Unit.Kind.COMMUNITY)
            return unit_name(place) if place else ""
        return {
            "单位": unit_name(what.unit),
            "月份": f"{what.month.year}年{what.month.month}月",
            "年": what.month.year,
            "月": what.month.month,
            "制表日期": what.today.isoformat(),
            "填表人": what.who,
        }[word]

    def _unit_number(self, mark: Mark, unit: UnitRef) -> int:
        if mark.kind == "count":
            return self._numbers.persons(mark.filter, unit.path)
        return self._numbers.households(unit.path) if mark.word == "户数" else self._numbers.monthly(mark.word, unit.path)

    # --- the repeated row

    def _row(self, sheet: str, row: RowPlan, found: Written) -> dict[str, Any]:
        lines = self._units(row) if row.filter.units else self._persons(row)
        made: list[dict[str, Any]] = []
        for nth, (key, who, cells) in enumerate(lines, 1):
            if found.tally.rows >= MOST_ROWS or nth * len(row.columns) > _MOST_CELLS:
                raise CannotFill(_("More than %(n)s rows do not fit into one sheet.") % {"n": f"{nth - 1:,}"})
            made.append(self._line(sheet, row, nth, key, who, cells, found))
            found.tally.rows += 1
            self._watch(found.tally.rows)
        self._gone(sheet, row, found)
        compared = self._compared.before is not None
        return {
            "at": row.at,
            "columns": list(row.columns),
            "rows": made,
            "word_column": row.word_column,
            "word_head": pgettext("sheet", "Change") if compared else "",
            "empty": pgettext("sheet", "None"),
        }

    def _line(
        self, sheet: str, row: RowPlan, nth: int, key: str, who: str, cells: list[dict[str, tuple[Any, str]]], found: Written
    ) -> dict[str, Any]:
        texts = {f"{kind}": text for column in cells for kind, (_shown, text) in column.items()}
        mark, differs = self._compared.row(sheet, key, texts)
        words = pgettext("between names", ", ").join(dict.fromkeys(label_of(one) for one in differs))
        word = "" if not mark else _kind_words()[mark] if mark == NEW else f"{_kind_words()[mark]}: {words}"
        values, changed = [], []
        for column, parts, told in zip(row.columns, row.cells, cells, strict=True):
            values.append(_joined(_shown_of(part, told, nth, word) if isinstance(part, Mark) else part for part in parts))
            if any(one in differs for one in told):
                changed.append(column)
        if mark:
            setattr(found.tally, mark, getattr(found.tally, mark) + 1)
            place = pgettext("sheet", "%(sheet)s, no. %(n)s") % {"sheet": sheet, "n": nth}
            found.changes.append((mark, [_kind_words()[mark], place, who, words, ""]))
        return {"values": values, "mark": mark, "changed": changed, "word": word}

    def _persons(self, row: RowPlan) -> Iterator[tuple[str, str, list[dict[str, tuple[Any, str]]]]]:
        what = self._what
        targets = tuple(part.word for parts in row.cells for part in parts if isinstance(part, Mark) and part.kind != "scalar")
        reading = Reading(what.clear, what.on)
        for person, known in listed(self._by, wanted_of(row.filter, what.unit.path, what.on), targets):
            self._require(person.pk)
            cells = [
                {_key(part): self._told(part, reading, person, known) for part in parts if isinstance(part, Mark)}
                for parts in row.cells
            ]
            yield str(person.pk), _who(person, what.clear), cells

    def _told(self, part: Mark, reading: Reading, person: Person, known: Any) -> tuple[Any, str]:
        if part.kind in ("scalar", "count") or part.word in ("序号", "变动"):
            value = "" if part.word in ("序号", "变动") else self._scalar(part, {"new": 0, "changed": 0, "gone": 0, "rows": 0})
            return value, ""
        return reading.told(part.word, person, known)

    def _units(self, row: RowPlan) -> Iterator[tuple[str, str, list[dict[str, tuple[Any, str]]]]]:
        for unit in under(self._what.unit.path, row.filter.units):
            cells = []
            for parts in row.cells:
                told: dict[str, tuple[Any, str]] = {}
                for part in (one for one in parts if isinstance(one, Mark)):
                    value = self._of_unit(part, unit)
                    told[_key(part)] = (value, "" if part.kind == "scalar" else str(value))
                cells.append(told)
            yield unit.code, unit_name(unit), cells

    def _of_unit(self, part: Mark, unit: UnitRef) -> Any:
        if part.kind == "count" or part.word == "户数" or part.word.startswith("本月"):
            return self._unit_number(part, unit)
        if part.word in ("单位", *UNITS):
            place = unit if part.word == "单位" else above(unit.path, UNITS[part.word])
            return unit_name(place) if place else ""
        return "" if part.word in ("序号", "变动") else self._text(part.word)

    def _gone(self, sheet: str, row: RowPlan, found: Written) -> None:
        keys = self._compared.gone(sheet)
        found.tally.gone += len(keys)
        for who, why in gone_rows(keys, row.filter, self._what, self._by):
            found.changes.append((GONE, [_kind_words()[GONE], sheet, who, "", why]))


def _is_number(mark: Mark) -> bool:
    return mark.kind == "count" or mark.word == "户数" or mark.word.startswith("本月") or mark.word == "行数"


def _key(mark: Mark) -> str:
    return f"extra:{mark.word}" if mark.kind == "extra" else name_of(mark)


def _shown_of(mark: Mark, told: dict[str, tuple[Any, str]], nth: int, word: str) -> Any:
    return nth if mark.word == "序号" else word if mark.word == "变动" else told[_key(mark)][0]


def _joined(parts: Iterable[Any]) -> Any:
    """One value as it is; several as one text."""
    found = list(parts)
    return found[0] if len(found) == 1 else "".join(str(one) for one in found)


def _who(person: Person, clear: bool) -> str:
    return person.name.reveal() if clear and person.name else person.name.masked if person.name else ""


def _kind_words() -> dict[str, str]:
    return {
        NEW: pgettext("sheet", "New"),
        CHANGED: pgettext("sheet", "Changed"),
        GONE: pgettext("sheet", "Gone"),
        "number": pgettext("sheet", "Number"),
    }

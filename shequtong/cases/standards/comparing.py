"""What a publication would change (发布前比对): lines of a table against the rows that hold, field by field.

A line finds its row by its number, else by its condition, else by the most alike condition still free; a row number is never used twice.
A class with a line that could not be read is left as it is: a fault in a table must not end a row.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from shequtong.cases.standards.lines import CLASS_FIELDS, ROW_FIELDS, Line

_ALIKE = 0.6  # of two conditions, for the one to be the other reworded
_LOOKED_AT = 60  # of a condition's characters, for that: long ones of few different letters would take minutes


class State(StrEnum):
    """What becomes of a class or a row."""

    NEW = "new"
    CHANGED = "changed"
    ENDED = "ended"
    SAME = "same"


@dataclass(frozen=True)
class Standing:
    """A class as it holds: its own fields stand in every line; `highest` is the greatest row number it ever used."""

    code: str
    rows: Mapping[int, Line]
    highest: int
    ended: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """One field, before and after."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True)
class RowChange:
    """One row; `line` is what it says afterwards, or said at last."""

    state: State
    row: int
    line: Line
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class ClassChange:
    """One class with its rows in their order."""

    state: State
    code: str
    line: Line  # carries the fields of the class
    differences: tuple[Difference, ...]
    rows: tuple[RowChange, ...]

    @property
    def changed_rows(self) -> tuple[RowChange, ...]:
        """Rows that would not stay as they are."""
        return tuple(row for row in self.rows if row.state is not State.SAME)


@dataclass(frozen=True)
class Comparison:
    """All classes concerned, by code. `held_back` are codes left as they are because a line of theirs could not be read."""

    classes: tuple[ClassChange, ...]
    held_back: tuple[str, ...] = ()

    @property
    def changing(self) -> tuple[ClassChange, ...]:
        """Classes that would not stay as they are."""
        return tuple(each for each in self.classes if each.state is not State.SAME)

    def rows(self, state: State) -> int:
        """How many rows come to this state."""
        return sum(row.state is state for each in self.classes for row in each.rows)

    @property
    def fingerprint(self) -> str:
        """Of everything that would change: what was looked at is what is published, or nothing is."""
        told = [
            [each.code, each.state, [[one.name, one.old, one.new] for one in each.differences]]
            + [[row.row, row.state, [[one.name, one.old, one.new] for one in row.differences]] for row in each.changed_rows]
            for each in self.changing
        ]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def compare(
    lines: Iterable[Line],
    standing: Mapping[str, Standing],
    *,
    held_back: Iterable[str] = (),
    complete: Iterable[str] = (),
    ends: Iterable[str] = (),
) -> Comparison:
    """Lines against what holds. `complete` are kinds of which the table is the whole list: classes of them it does not name end.

    `ends` are codes of classes that end by name.
    """
    left, whole, over = frozenset(held_back), frozenset(complete), frozenset(ends)
    by_code: dict[str, list[Line]] = {}
    for line in lines:
        if line.code not in left:
            by_code.setdefault(line.code, []).append(line)
    found = [_class(code, own, standing.get(code)) for code, own in by_code.items()]
    for code, now in standing.items():
        left_out = code in over or now.fields.get("kind") in whole
        if left_out and code not in by_code and code not in left and not now.ended and now.rows:
            last = tuple(RowChange(State.ENDED, row, line) for row, line in sorted(now.rows.items()))
            found.append(ClassChange(State.ENDED, code, last[0].line, (), last))
    return Comparison(tuple(sorted(found, key=lambda each: each.code)), tuple(sorted(left)))


def differences(old: Line, new: Line, names: Iterable[str] = ROW_FIELDS) -> tuple[Difference, ...]:
    """Fields that differ."""
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in names)
    return tuple(Difference(name, before, after) for name, before, after in pairs if before != after)


def _class(code: str, lines: list[Line], now: Standing | None) -> ClassChange:
    rows, own = _rows(lines, now), lines[0]
    if now is None:
        return ClassChange(State.NEW, code, own, (), rows)
    changed = tuple(
        Difference(name, now.fields.get(name, ""), getattr(own, name))
        for name in CLASS_FIELDS
        if getattr(own, name) and getattr(own, name) != now.fields.get(name, "")
    )
    if now.ended:
        return ClassChange(State.NEW, code, own, changed, rows)
    same = not changed and all(row.state is State.SAME for row in rows)
    return ClassChange(State.SAME if same else State.CHANGED, code, own, changed, rows)


def _rows(lines: list[Line], now: Standing | None) -> tuple[RowChange, ...]:
    free, highest = dict(now.rows) if now else {}, now.highest if now else 0
    found, placed = _placed(lines, free), []
    for line, row in zip(lines, found, strict=True):
        if row is None:
            highest += 1
            placed.append(RowChange(State.NEW, highest, replace(line, row=highest)))
            continue
        before = free.pop(row)
        after = replace(line, row=row, **{name: getattr(before, name) for name in line.unsaid})
        changed = differences(before, after)
        placed.append(RowChange(State.CHANGED if changed else State.SAME, row, after, changed))
    placed += [RowChange(State.ENDED, row, before) for row, before in free.items()]
    return tuple(sorted(placed, key=lambda each: each.row))


def _placed(lines: list[Line], rows: Mapping[int, Line]) -> list[int | None]:
    """For each line the row it continues: the same number, then the same condition, then the most alike."""
    free = dict(rows)
    found: list[int | None] = [None] * len(lines)
    for place, line in enumerate(lines):
        if line.row in free:
            found[place] = line.row
            del free[line.row]
    for place, line in enumerate(lines):
        same = next((row for row, held in free.items() if held.register_condition == line.register_condition), None)
        if found[place] is None and same is not None:
            found[place] = same
            del free[same]
    pairs = sorted(
        (-alike, place, row)
        for place, line in enumerate(lines)
        if found[place] is None
        for row, held in free.items()
        if (alike := _alike(line.register_condition, held.register_condition)) >= _ALIKE
    )
    for _unlike, place, row in pairs:
        if found[place] is None and row in free:
            found[place] = row
            del free[row]
    return found


def _alike(one: str, other: str) -> float:
    """How alike two conditions are, 0 to 1; below `_ALIKE` it need not be exact."""
    one, other = one[:_LOOKED_AT], other[:_LOOKED_AT]
    if one == other:
        return 1.0
    pair = SequenceMatcher(None, one, other, autojunk=False)
    quick = min(pair.real_quick_ratio(), pair.quick_ratio())
    return quick if quick < _ALIKE else pair.ratio()

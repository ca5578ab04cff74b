"""A table of standards read line by line (立结案标准表导入). A line that cannot be read is named with its cell and reason, none is guessed."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from shequtong.cases.standards.cells import FLAGS, code_before, flags, law, name_of, row_number
from shequtong.cases.standards.findings import Finding, Why
from shequtong.cases.standards.headings import (
    HEADINGS,
    NO,
    REQUIRED,
    TREE_WORDS,
    YES,
    Head,
    find_head,
    kind_in,
    repeats_head,
    tree_in,
    tree_of_code,
)
from shequtong.cases.standards.lines import CITY_MANAGEMENT, LETTERS_ONLY, ROWS_OF_CLASS, Kind, Line, class_code
from shequtong.cases.standards.workbook import Sheet, column_letters, read_workbook
from shequtong.core.clock.spoken import Spoken, Unclear, spoken

LONGEST = {"name": 40, "example": 80, "group_name": 40, "limit_note": 60, "handling_unit": 200, "supervising_unit": 200}
LONGEST_TEXT = 2000  # conditions, law, what to collect
_OPTIONAL = ("handling_unit", "supervising_unit", "legal_basis", "collection", *FLAGS)
_MAJOR, _MINOR = ("tree", "kind", "major_code", "major"), ("class_code", "minor_code", "minor")
_CARRIED = ("residents", "example", "handling_unit", "supervising_unit", "legal_basis", "legal_article", "collection")
_ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!")


@dataclass
class Table:
    """What a file held."""

    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows: int = 0  # lines of data met, read or not

    @property
    def faults(self) -> list[Finding]:
        """Lines and sheets left out."""
        return [each for each in self.findings if each.why.is_fault]


class _Fault(Exception):
    def __init__(self, why: Why, column: str, value: str = "", extra: str = "") -> None:
        super().__init__(why)
        self.why, self.column, self.value, self.extra = why, column, value[:60], extra


def read_table(content: bytes, *, kind: Kind | None = None) -> Table:
    """Every sheet of a workbook; `kind` is what a line is when neither it nor its sheet says so. Raises CannotRead."""
    table = Table()
    for sheet in read_workbook(content):
        if sheet.hidden:
            table.findings.append(Finding(Why.HIDDEN, sheet.name))
        elif any(any(line) for line in sheet.cells):
            _Reader(sheet, table, kind).read()
    return table


class _Reader:
    """One sheet; remembers the class of the line above, which blank cells repeat."""

    def __init__(self, sheet: Sheet, table: Table, kind: Kind | None) -> None:
        self.sheet, self.table, self.default = sheet, table, kind
        self.last: dict[str, str] = {}
        self.names = {line.code: line.name for line in table.lines}
        self.groups = {(line.tree, line.kind, line.group_code): line.group_name for line in table.lines}
        self.seen = {(line.code, line.register_condition): line.source for line in table.lines}
        self.rows = Counter(line.code for line in table.lines)

    def read(self) -> None:
        head = find_head(self.sheet)
        if head is None:
            self.table.findings.append(Finding(Why.NO_HEADER, self.sheet.name))
            return
        self.default = kind_in(self.sheet.name) or kind_in(head.above) or self.default
        for place in range(head.first, len(self.sheet.cells)):
            cells = self.sheet.cells[place]
            if not any(cells) or repeats_head(head, cells):
                continue
            if self._is_heading(head, cells):
                self._say(Why.HEADING, place, "", next(cell for cell in cells if cell))
                continue
            self.table.rows += 1
            values = self._values(head, place)
            try:
                self._keep(self._line(head, values, place), place)
            except _Fault as fault:
                self._say(fault.why, place, self._named(head, fault.column), fault.value, fault.extra, self._code_or_none(values))

    def _is_heading(self, head: Head, cells: list[str]) -> bool:
        """One text alone, before the columns that count or across all of them: a section title, a note below the table."""
        required = {cells[column] for column, name in head.columns.items() if name in REQUIRED}
        return len({cell for cell in cells if cell}) == 1 and len(required) == 1

    def _values(self, head: Head, place: int) -> dict[str, str]:
        """The cells by field; blank cells of the class repeat the line above, and with them what is written once a class."""
        cells = self.sheet.cells[place]
        values = {name: cells[column] for column, name in head.columns.items()}
        same_major = all(values.get(name, "") in ("", self.last.get(name)) for name in _MAJOR)
        carried = [*_MAJOR] if not any(values.get(name) for name in ("major_code", "major")) or same_major else []
        if same_major and not any(values.get(name) for name in _MINOR):
            carried += [*_MINOR, *_CARRIED]
        for name in carried:
            values[name] = values.get(name) or self.last.get(name, "")
        self.last = values
        return values

    def _line(self, head: Head, values: dict[str, str], place: int) -> Line:
        for name, value in values.items():
            if value in _ERRORS:
                raise _Fault(Why.FORMULA_ERROR, name, value)
        kind = self._kind(values)
        group_code, code = self._codes(values, kind)
        name, group = (name_of(values.get(each, "")) for each in ("minor", "major"))
        for each in ("minor", *REQUIRED):
            if not values.get(each):
                raise _Fault(Why.MISSING, each)
        limit = self._limit(values["limit"])
        note = "，".join(part for part in (limit.only, limit.note) if part)
        texts: dict[str, Any] = {each: values.get(each, "") for each in ("register_condition", "close_condition", *_OPTIONAL[:4])}
        texts["legal_basis"] = law(texts["legal_basis"], values.get("legal_article", ""))
        texts |= flags(values, kind)
        line = Line(
            code=code, kind=kind, tree=self._tree(values, kind, code),
            group_code=group_code, group_name=group, name=name, limit_amount=limit.limit.amount, limit_kind=limit.limit.kind.value,
            limit_note=note, row=row_number(values.get("row", "")),
            source=f"{self.sheet.name} {place + 1}", unsaid=tuple(each for each in _OPTIONAL if each not in head.fields),
            residents={YES: "yes", NO: "no"}.get(values.get("residents", ""), ""), example=values.get("example", ""), **texts,
        )  # fmt: skip
        self._fits(line)
        if limit.only:
            self._say(Why.LIMIT_ONLY, place, self._named(head, "limit"), values["limit"], limit.only, code)
        return line

    def _kind(self, values: dict[str, str]) -> Kind:
        letters = {"C": Kind.COMPONENT, "E": Kind.EVENT}
        code = values.get("class_code", "")
        found = kind_in(values.get("kind", "")) or (letters.get(code[:1]) if code[1:].isdigit() and len(code) == 5 else None)
        if found is None and (found := self.default) is None:
            raise _Fault(Why.NO_KIND, "kind", values.get("kind", ""))
        return found

    def _tree(self, values: dict[str, str], kind: Kind, code: str) -> str:
        told = values.get("tree", "")
        if not told:
            return tree_of_code(code) if kind is Kind.MATTER else CITY_MANAGEMENT
        found = tree_in(told)
        if found is None:
            raise _Fault(Why.NO_TREE, "tree", told, "、".join(words[0] for words in TREE_WORDS.values()))
        return found

    def _codes(self, values: dict[str, str], kind: Kind) -> tuple[str, str]:
        """Codes of group and class. A whole code stands as it is; else two digits and two digits, alone or before the names."""
        major = values.get("major_code") or code_before(values.get("major", ""))
        if whole := values.get("class_code"):
            if not LETTERS_ONLY.fullmatch(whole):
                raise _Fault(Why.BAD_CODE, "class_code", whole)
            return (major.zfill(2) if major.isdigit() else major)[:10], whole
        minor = values.get("minor_code") or code_before(values.get("minor", ""))
        if len(minor) == 4 and minor.startswith(major.zfill(2)):
            minor = minor[2:]
        for name, value in (("major_code", major), ("minor_code", minor)):
            if not value:
                raise _Fault(Why.MISSING, name)
            if not re.fullmatch("[0-9]{1,2}", value):
                raise _Fault(Why.BAD_CODE, name, value)
        return major.zfill(2), class_code(kind, major.zfill(2), minor.zfill(2))

    def _limit(self, words: str) -> Spoken:
        found = spoken(words)
        if isinstance(found, Unclear):
            raise _Fault(Why.LIMIT, "limit", words, found.value)
        if found.limit.extra_minutes:
            raise _Fault(Why.LIMIT_MINUTES, "limit", words)
        return found

    def _fits(self, line: Line) -> None:
        """Nothing is cut off in silence."""
        columns = {"name": "minor", "group_name": "major", "limit_note": "limit"}
        for name, longest in LONGEST.items():
            if len(getattr(line, name)) > longest:
                raise _Fault(Why.TOO_LONG, columns.get(name, name), getattr(line, name), str(longest))
        for name in ("register_condition", "close_condition", "legal_basis", "collection"):
            if len(getattr(line, name)) > LONGEST_TEXT:
                raise _Fault(Why.TOO_LONG, name, getattr(line, name), str(LONGEST_TEXT))

    def _keep(self, line: Line, place: int) -> None:
        if (first := self.names.setdefault(line.code, line.name)) != line.name:
            raise _Fault(Why.TWO_NAMES, "minor", line.name, first)
        if before := self.seen.get((line.code, line.register_condition)):
            raise _Fault(Why.TWICE, "register_condition", line.register_condition, before)
        if self.rows[line.code] >= ROWS_OF_CLASS:
            raise _Fault(Why.TOO_MANY, "register_condition", line.register_condition, str(ROWS_OF_CLASS))
        self.rows[line.code] += 1
        self.seen[(line.code, line.register_condition)] = line.source
        group = (line.tree, line.kind, line.group_code)
        if line.group_code and (named := self.groups.setdefault(group, line.group_name)) != line.group_name:
            remark = Finding(Why.GROUP_NAMES, self.sheet.name, value=line.group_name, extra=named)
            if not any((each.why, each.value) == (remark.why, remark.value) for each in self.table.findings):
                self.table.findings.append(replace(remark, row=place + 1, code=line.code))
        self.table.lines.append(line)

    def _say(self, why: Why, place: int, column: str, value: str = "", extra: str = "", code: str = "") -> None:
        self.table.findings.append(Finding(why, self.sheet.name, place + 1, column, value[:60], extra, code))

    def _named(self, head: Head, name: str) -> str:
        """A column as the file shows it: its letter and its heading."""
        for column, found in head.columns.items():
            if found == name:
                return f"{column_letters(column)} {head.labels[name]}"
        return HEADINGS[name][0]

    def _code_or_none(self, values: dict[str, str]) -> str:
        try:
            return self._codes(values, self._kind(values))[1]
        except _Fault:
            return ""

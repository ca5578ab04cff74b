"""A row as somebody who comes in (读行): every cell by its own rule, all that is wrong of a row told at once, the row left out then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal
from shequtong.interchange.people_in import fields
from shequtong.interchange.people_in.cells import BadCell, day_of, id_of, name_of, phones_of, plain_of, text_of, unmasked
from shequtong.interchange.people_in.heads import Head, is_people
from shequtong.interchange.people_in.mapping import code_words
from shequtong.interchange.people_in.places import NoSuchDoor, Places, parsed
from shequtong.interchange.people_in.residing import Residing, residing
from shequtong.interchange.people_in.sets import SetColumns
from shequtong.interchange.people_in.table import Cell, Row
from shequtong.people import codes
from shequtong.people.countries import country_of
from shequtong.people.facts import CODE, DATE, FACT_OF, ID, NAME, PHONE, TEXT
from shequtong.people.identity import RESIDENT_CARD, normalise_id, read_document, read_id
from shequtong.people.lookups.load_plan import HOME, Incoming
from shequtong.people.models import Person
from shequtong.territory.address.normal import normal
from shequtong.territory.address.parse import AddressParts

_RESIDENTS = (RESIDENT_CARD, "112", "113", "")
_REPEATED: Final = (CODE, TEXT)  # columns of few different cells, each understood once
_REMEMBERED = 1000  # cells of a column, at most
LONGEST: Final = {
    name: getattr(Person._meta.get_field(name), "max_length", None) or (60 if fact.kind == NAME else 200)
    for name, fact in FACT_OF[""].items()
}


@dataclass
class Line:
    """A row of the file: who comes in, or by column (-1: the whole row) what is wrong. `again`: the number stood above, in row `first`."""

    number: int
    incoming: Incoming | None = None
    wrong: dict[int, str] = field(default_factory=dict)
    first: int = 0


class Translator:
    """Reads the rows of one table from top to bottom; it remembers whom it has seen."""

    def __init__(self, head: Head, targets: Sequence[str], places: Places, today: date) -> None:
        self.head, self._places, self._today = head, places, today
        self._at = {target: index for index, target in enumerate(targets) if target}
        self._sets = SetColumns(head.names, targets, today)
        told = ((name, at, FACT_OF[""].get(name)) for name, at in self._at.items())
        self._columns: list[tuple[str, int, Callable[[Cell, str], Any], dict[str, Any] | None]] = [
            (name, at, _READ.get(fact.kind, _text), {} if fact.kind in _REPEATED and not fact.sealed else None)
            for name, at, fact in told
            if fact is not None
        ]
        self._parts = [part for part in fields.PLACE[1:] if part in self._at]
        self._door_column = self.column_of(HOME)
        self._seen: dict[str, tuple[int, bool]] = {}  # number -> row, whether they live there

    def column_of(self, fact: str) -> int:
        """The column at fault for a fact, -1 where the table has none."""
        order = (fields.ADDRESS, fields.BUILDING, fields.ROOM) if fact == HOME else (fact,)
        return next((self._at[one] for one in order if one in self._at), -1)

    def line_of(self, row: Row) -> Line | None:
        """None for a row that is none of people: a total, headings once more, the table's own."""
        number, cells = row
        if number <= self.head.row or not is_people(cells, self.head):
            return None
        line = Line(number)
        facts = self._facts(line, cells)
        where = self._residing(line, cells)
        room = self._room(line, cells)
        self._agree(line, facts)
        sets = self._sets.read(cells, facts, line.wrong) if self._sets else None
        lives = where.lives if where else True
        self._twice(line, str(facts.get("id_number", "")), lives)
        if not line.wrong and where is not None:
            place = (where.kind, where.lives, where.registered, where.relation, where.head, where.since)
            line.incoming = Incoming(number, facts, room, *place, sets)
        return line

    def pass_over(self, row: Row) -> None:
        """A row that an earlier turn brought in: only whom it was of is remembered."""
        number, cells = row
        if number > self.head.row and (told := plain_of(self._cell(cells, "id_number"))):
            where = self._residing(Line(number), cells)
            self._seen.setdefault(normalise_id(told), (number, where is None or where.lives))

    def _cell(self, cells: Sequence[Cell], target: str) -> Cell:
        at = self._at.get(target, len(cells))
        return cells[at] if at < len(cells) else None

    def _facts(self, line: Line, cells: Sequence[Cell]) -> dict[str, Any]:
        """The facts that are told; an empty cell tells nothing."""
        found: dict[str, Any] = {}
        for name, at, read, known in self._columns:
            if at >= len(cells) or (cell := cells[at]) is None:
                continue
            if known is not None and type(cell) is str and (value := known.get(cell)) is not None:
                found[name] = value
                continue
            try:
                value = read(cell, name)
            except Refusal as refusal:
                line.wrong[at] = str(refusal)
                continue
            if value in ("", None):
                continue
            if isinstance(value, list):
                value, others = value[0], value[1:]
                if others and name == "phone":
                    found.setdefault("other_phone", others[0])
            if isinstance(value, str) and len(value) > LONGEST[name]:
                line.wrong[at] = _("This is longer than %(n)s characters.") % {"n": LONGEST[name]}
            elif name == "born_on" and value > self._today:
                line.wrong[at] = _("This day lies in the future.")
            else:
                found[name] = value
                if known is not None and type(cell) is str and len(known) < _REMEMBERED:
                    known[cell] = value
        if "name" not in found and self._at.get("name", -1) not in line.wrong:
            line.wrong[self._at.get("name", -1)] = _("The name is missing.")
        return found

    def _agree(self, line: Line, facts: dict[str, Any]) -> None:
        """The number, and what it says of sex and birthday: a contradiction is somebody's mistake, and which one only the clerk knows."""
        number, kind = str(facts.get("id_number", "")), str(facts.get("id_kind", ""))
        if not number:
            return
        try:
            if kind not in _RESIDENTS:
                facts["id_number"] = read_document(kind, number)
                return
            read = read_id(number, today=self._today)
        except Refusal as refusal:
            line.wrong[self._at["id_number"]] = str(refusal)
            return
        if facts.get("sex", read.sex) not in (read.sex, "0", "9"):
            line.wrong[self._at["sex"]] = _("The identity number says the other sex. One of the two is mistyped.")
        if facts.get("born_on", read.born_on) != read.born_on:
            line.wrong[self._at["born_on"]] = _("The identity number says another birthday. One of the two is mistyped.")
        facts |= {"id_number": read.number, "id_kind": kind or RESIDENT_CARD, "born_on": read.born_on, "sex": read.sex}

    def _residing(self, line: Line, cells: Sequence[Cell]) -> Residing | None:
        def told(target: str) -> Cell:
            return self._cell(cells, target)

        return residing(told, self._at, line.wrong, self._today)

    def _room(self, line: Line, cells: Sequence[Cell]) -> int:
        """The door, by the address in one cell, by cells of its own, or both: a cell of its own counts."""
        column = self._door_column
        told = {part: normal(plain_of(self._cell(cells, part))) for part in self._parts}
        address = text_of(self._cell(cells, fields.ADDRESS))
        if not address and not any(told.values()):
            line.wrong[column] = _("The address is missing.")
            return 0
        try:
            unmasked(address)
            said = parsed(address) if address else AddressParts()
            return self._places.door(_with_parts(said, told) if told else said)
        except BadCell as refusal:
            line.wrong[column] = str(refusal)
        except NoSuchDoor as refusal:
            line.wrong[self._at.get(refusal.part, column)] = str(refusal)
        return 0

    def _twice(self, line: Line, number: str, lives: bool) -> None:
        """Who stands in the table already comes a second time only as the owner of another door."""
        if not number or line.wrong:  # a row that does not come in stands in nobody's way
            return
        first, lived = self._seen.get(number, (line.number, False))
        if first != line.number:
            line.first = first
            if lives and lived:
                line.wrong[self._at["id_number"]] = _("The same person stands in row %(n)s already.") % {"n": first}
                return
        self._seen[number] = (first, lived or lives)


def _with_parts(said: AddressParts, told: dict[str, str]) -> AddressParts:
    """Cells of their own in the place of what the address says: 3 is 3幢, 2 is 2单元."""
    more = {part: value for part, value in told.items() if value}
    if building := more.get(fields.BUILDING):
        more[fields.BUILDING] = (
            parsed(f"{building}幢" if building[-1:].isalnum() and "幢" not in building else building).building or building
        )
    if (entrance := more.get(fields.ENTRANCE)) and entrance.isdigit():
        more[fields.ENTRANCE] = f"{entrance}单元"
    if room := more.get(fields.ROOM):
        more[fields.ROOM] = room.removesuffix("室").removesuffix("号")
    return said._replace(**more)


def _text(cell: Cell, name: str) -> str:
    words = text_of(cell)
    if FACT_OF[""][name].sealed:
        unmasked(words)
    return country_of(words) if name == "nationality" and words else words


def _code(cell: Cell, name: str) -> str:
    table = FACT_OF[""][name].table
    found = codes.understood(table, plain_of(cell))
    if found is None:
        raise BadCell(_("This word is not known here. Known are: %(words)s.") % {"words": code_words(table)})
    return found


_READ: Final[dict[str, Callable[[Cell, str], Any]]] = {
    NAME: lambda cell, name: name_of(cell),
    ID: lambda cell, name: id_of(cell),
    PHONE: lambda cell, name: phones_of(cell),
    DATE: lambda cell, name: day_of(cell),
    CODE: _code,
}

"""Set columns of a row read (分类列读取): residence permit, certificate of disability, allowance, Party … each cell by its own rule, what is wrong told at it.

A table without such columns never comes here. Empty cells, and 无, / or — where they name no code, tell nothing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal
from shequtong.interchange.people_in.cells import (
    EXACT,
    NO,
    YES,
    BadCell,
    day_of,
    flag_of,
    name_of,
    phones_of,
    plain_of,
    text_of,
    unmasked,
)
from shequtong.interchange.people_in.fields import bare
from shequtong.interchange.people_in.mapping import code_words
from shequtong.interchange.people_in.set_targets import YES_MEANS
from shequtong.interchange.people_in.table import Cell
from shequtong.people import codes
from shequtong.people.days import require_day
from shequtong.people.facts import CODE, COUNT, DATE, FACT_OF, FLAG, MONEY, NAME, PHONE, SET_OF, Fact
from shequtong.people.identity import RESIDENT_CARD, read_disability
from shequtong.people.lookups.load_sets import APPLIES, begins

_NOTHING: Final = frozenset(["", "无", "没有", "暂无", "不详", "未知", "/", "\\", "-", "--", "—", "——", "n/a", "空"])
_RECEIVES: Final = frozenset(["享受", "已享受", "在享", "领取", "已领取"])
_MONTH: Final = re.compile(r"(\d{4})[-./年](\d{1,2})月?")
_YUAN: Final = re.compile(r"[¥￥]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?(?:元|人民币)?(?:/月|每月|/人)?")
_COUNT: Final = re.compile(r"(\d{1,2})(?:\.0)?[人个名口]?")
_MOST_PERSONS, _MOST_YUAN, _LONGEST, _LONGEST_NAME = 30, 9_999_999, 200, 60


class SetColumns:
    """The set columns of one table; false where it has none."""

    def __init__(self, names: Sequence[str], targets: Sequence[str], today: date) -> None:
        self._today = today
        self._at = {target: at for at, target in enumerate(targets) if "." in target}
        parts = ((at, target.partition(".")) for target, at in self._at.items())
        self._read = [(at, name, fact, _yes(names[at]), bare(names[at])) for at, (name, _dot, fact) in parts]

    def __bool__(self) -> bool:
        return bool(self._read)

    def read(self, cells: Sequence[Cell], facts: Mapping[str, Any], wrong: dict[int, str]) -> dict[str, dict[str, Any]] | None:
        """Set -> fact -> value, None where nothing is told; what is wrong with a cell is put into `wrong` by its column."""
        told: dict[str, dict[str, Any]] = {}
        denied: dict[str, int] = {}
        for at, name, fact, yes, heading in self._read:
            cell = cells[at] if at < len(cells) else None
            if cell is None:
                continue
            try:
                flag = fact == APPLIES or FACT_OF[name][fact].kind == FLAG
                value = True if flag and plain_of(cell) == heading else self._value(cell, name, fact, yes)  # 党员 below 党员
            except Refusal as refusal:
                wrong[at] = str(refusal)
                continue
            if fact == APPLIES and value is False:
                denied[name] = at
            elif value not in ("", None):
                told.setdefault(name, {})[fact] = value
                if (name, fact) == ("disability", "kind") and (kinds := codes.kinds_told(plain_of(cell))):
                    told[name].setdefault("kinds", kinds)
        for name, at in denied.items():
            if begins(told.get(name, {})):
                wrong[at] = _("It says no here, yet other columns tell of it. One of the two is mistyped.")
            else:
                told[name] = {APPLIES: False}  # who is on record with it is so no more
        self._agree(told.get("disability", {}), facts, wrong)
        return told or None

    def _value(self, cell: Cell, name: str, fact: str, yes: str) -> Any:
        plain = plain_of(cell).casefold()
        if fact == APPLIES:
            return flag_of(cell) if plain not in _NOTHING or plain in ("无", "没有") else None
        known = FACT_OF[name][fact]
        if known.kind == CODE:
            return _code(plain, known.table, yes)
        if plain in _NOTHING:
            return False if known.kind == FLAG and plain in ("无", "没有") else None
        if known.kind == DATE:
            return self._day(cell, name, fact)
        return _READ.get(known.kind, _text)(cell, name, known)

    def _day(self, cell: Cell, name: str, fact: str) -> date | None:
        if fact == "since_month" and (month := _MONTH.fullmatch(plain_of(cell))):
            try:
                cell = date(int(month[1]), int(month[2]), 1)
            except ValueError:
                raise BadCell(_("There is no such day in the calendar.")) from None
        found = day_of(cell)
        if found is not None:
            require_day(fact, found, self._today)
        return found

    def _agree(self, told: Mapping[str, Any], facts: Mapping[str, Any], wrong: dict[int, str]) -> None:
        """A certificate of disability says who holds it, kind and grade: a contradiction is somebody's mistake."""
        number = told.get("certificate")
        if not number:
            return
        _number, kind, grade = read_disability(number)
        own = str(facts.get("id_number") or "") if facts.get("id_kind", RESIDENT_CARD) == RESIDENT_CARD else ""
        if own and number[:18] != own:
            wrong[self._at["disability.certificate"]] = _("The certificate holds the identity number of somebody else.")
        if told.get("kind", kind) != kind:
            wrong[self._at["disability.kind"]] = _("The certificate says another kind. One of the two is mistyped.")
        if told.get("grade", grade) != grade:
            wrong[self._at["disability.grade"]] = _("The certificate says another grade. One of the two is mistyped.")


def _yes(heading: str) -> str:
    """What 是 means below this heading, "" where it means nothing."""
    return YES_MEANS.get(bare(heading), "") or YES_MEANS.get(bare(heading.rpartition("·")[2]), "")


def _code(plain: str, table: str, yes: str) -> str | None:
    found = codes.understood(table, plain)
    if found is not None:
        return found
    if plain in _NOTHING:
        return None
    if yes and table == "allowance" and (amount := _YUAN.fullmatch(plain)):
        return yes if amount[1].strip("0") else None
    if yes and plain in _RECEIVES:
        return yes
    if yes and plain in YES | NO:
        return yes if flag_of(plain) else None
    if table == "disability_kind" and codes.kinds_told(plain):
        return codes.MULTIPLE
    raise BadCell(_("This word is not known here. Known are: %(words)s.") % {"words": code_words(table)})


def _text(cell: Cell, name: str, fact: Fact) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and len(f"{cell:.0f}") > EXACT:
        raise BadCell(
            _(
                "The last digits were lost: the table kept only 15 of them as a number. Format the column as text and enter it again."
            )
        )
    words = text_of(cell)
    if fact.sealed:
        unmasked(words)
    most = getattr(SET_OF[name].model._meta.get_field(fact.name), "max_length", None) or _LONGEST
    if len(words) > most:
        raise BadCell(_("This is longer than %(n)s characters.") % {"n": most})
    if (name, fact.name) == ("disability", "kinds"):
        if not (kinds := codes.kinds_told(words)):
            raise BadCell(_("Name two kinds of disability or more, and nothing else."))
        return kinds
    return read_disability(words)[0] if (name, fact.name) == ("disability", "certificate") else words


def _name(cell: Cell, name: str, fact: Fact) -> str:
    words = name_of(cell)
    if len(words) > _LONGEST_NAME:
        raise BadCell(_("This is longer than %(n)s characters.") % {"n": _LONGEST_NAME})
    return words


def _phone(cell: Cell, name: str, fact: Fact) -> str:
    found = phones_of(cell)
    if len(found) > 1:
        raise BadCell(_("Enter one telephone."))
    return found[0]


def _count(cell: Cell, name: str, fact: Fact) -> int:
    found = _COUNT.fullmatch(plain_of(cell))
    if found is None or int(found[1]) > _MOST_PERSONS:
        raise BadCell(_("Enter a whole number from 0 to %(n)s.") % {"n": _MOST_PERSONS})
    return int(found[1])


def _fen(cell: Cell, name: str, fact: Fact) -> int:
    found = _YUAN.fullmatch(plain_of(cell))
    yuan = Decimal(found[1].replace(",", "") + (found[2] or "")) if found else None
    if yuan is None or yuan > _MOST_YUAN:
        raise BadCell(_("Enter an amount in yuan, like 680 or 680.50."))
    return int(yuan * 100)


_READ: Final[dict[str, Callable[[Cell, str, Fact], Any]]] = {
    NAME: _name,
    PHONE: _phone,
    COUNT: _count,
    MONEY: _fen,
    FLAG: lambda cell, name, fact: flag_of(cell),
}

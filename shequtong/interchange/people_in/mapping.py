"""Which column is what (列对应): guessed by heading, then by what stands in it; said with why, to be looked at and put right."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shequtong.interchange.people_in import fields, set_targets
from shequtong.interchange.people_in.cells import BadCell, day_of, plain_of, text_of
from shequtong.interchange.people_in.fields import IGNORED, bare, known
from shequtong.interchange.people_in.table import Cell
from shequtong.people import codes
from shequtong.people.identity import NotAnId, read_disability, read_id
from shequtong.territory.address import parse_address

_MOST = 0.7  # of the cells that are filled
_MOBILE = re.compile(r"1[3-9]\d[\d*]{8}")


@dataclass(frozen=True)
class Guess:
    """The target of a column, "" for none, and why. `barred`: it tells of special care, and no table brings that in."""

    target: str
    why: str = ""
    barred: bool = False


def guessed(names: Sequence[str], samples: Sequence[Sequence[Cell]], remembered: Sequence[str] = ()) -> list[Guess]:
    """A guess for each column. `samples`: some rows below. No target is given twice: the first column has it."""
    barred = [is_care(name, [text_of(row[at]) for row in samples if at < len(row)]) for at, name in enumerate(names)]
    if len(remembered) == len(names):
        before = _("as your office chose for this table before")
        found = [Guess(target, before if target else "") for target in remembered]
    else:
        found = _guessed(names, samples)
    return [Guess("", care_words(), barred=True) if bar else guess for bar, guess in zip(barred, found, strict=True)]


def is_care(name: str, cells: Sequence[str] = ()) -> bool:
    """Whether a column tells of special care (registries 2.10)."""
    return set_targets.is_care(bare(name), cells)


def care_words() -> str:
    """Why such a column cannot be chosen."""
    return _("Special care is never brought in by a table. It is entered one by one in its own store, by who may open it.")


def _guessed(names: Sequence[str], samples: Sequence[Sequence[Cell]]) -> list[Guess]:
    found = [Guess(target, _("by its heading")) if (target := known(name)) else Guess("") for name in names]
    taken: set[str] = set()
    for at, guess in enumerate(found):
        if guess.target in taken:
            found[at] = Guess("other_phone", _("a second telephone")) if guess.target == "phone" else Guess("")
        taken.add(found[at].target)
    for at, name in enumerate(names):
        target = "" if found[at].target else set_targets.within(sorted(taken), bare(name))
        if target and target not in taken:
            found[at] = Guess(target, _("by its heading, with those beside it"))
            taken.add(target)
    for at, name in enumerate(names):
        if not found[at].target and bare(name) not in IGNORED and not re.search(r" \(\d\)$", name):
            target = _by_content([row[at] for row in samples if at < len(row) and text_of(row[at])], taken)
            if target:
                found[at] = Guess(target, _("by what stands in it"))
                taken.add(target)
    return found


def _by_content(cells: Sequence[Cell], taken: set[str]) -> str:
    """What most of the cells look like, of what no heading named."""
    if not cells:
        return ""
    checks = (
        ("disability.certificate", _is_certificate),
        ("id_number", _is_id),
        ("phone", _is_mobile),
        ("sex", _is_sex),
        (fields.ADDRESS, _is_address),
        ("born_on", _is_day),
    )
    for target, check in checks:
        if target not in taken and sum(map(check, cells)) >= _MOST * len(cells):
            return target
    return ""


def _is_id(cell: Cell) -> bool:
    try:
        return bool(read_id(plain_of(cell)))
    except NotAnId:
        return False


def _is_certificate(cell: Cell) -> bool:
    try:
        return bool(read_disability(plain_of(cell)))
    except NotAnId:
        return False


def _is_mobile(cell: Cell) -> bool:
    return bool(_MOBILE.fullmatch(plain_of(cell)))


def _is_sex(cell: Cell) -> bool:
    return plain_of(cell) in ("男", "女", "男性", "女性")


def _is_address(cell: Cell) -> bool:
    said = parse_address(text_of(cell)) if isinstance(cell, str) else None
    return said is not None and bool(said.street or said.compound) and bool(said.building or said.room)


def _is_day(cell: Cell) -> bool:
    try:
        found = day_of(cell)
    except BadCell:
        return False
    return found is not None and found.year > 1900 and (not isinstance(cell, int) or cell > 19000101)


def signature(names: Sequence[str]) -> str:
    """What tells that a table has the same columns as one before."""
    return hashlib.sha256("\0".join(bare(name) for name in names).encode()).hexdigest()


def faults(targets: Sequence[str], names: Sequence[str] = ()) -> list[str]:
    """Why this mapping cannot be used, in sentences; none where it can. `names`: the headings of the columns."""
    chosen = [target for target in targets if target]
    labels = {name: str(label) for name, label in fields.TARGETS}
    found = [
        _("Two columns are “%(name)s”.") % {"name": labels[one]}
        for one in sorted({one for one in chosen if chosen.count(one) > 1})
    ]
    found += [
        _("“%(name)s”: %(why)s") % {"name": name, "why": care_words()}
        for name, target in zip(names, targets, strict=False)
        if target and is_care(name)
    ]
    if "name" not in chosen:
        found.append(_("Say which column holds the name."))
    if fields.ADDRESS not in chosen and not {fields.BUILDING, fields.ROOM} <= set(chosen):
        found.append(_("Say which column holds the address, or which hold building and room."))
    return found


def code_words(table: str) -> str:
    """Some words a table of codes knows, for a refusal."""
    return "、".join(one.name for one in list(codes.tables()[table].values())[:8])


def by_heading(told: Mapping[str, str], names: Sequence[str]) -> list[str]:
    """Targets for columns from {heading: target}; what it does not name is left out."""
    plain = {bare(heading): target for heading, target in told.items() if target in fields.KNOWN}
    return [plain.get(bare(name), "") for name in names]

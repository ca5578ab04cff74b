"""Classes as residents choose among them (居民选类别): the most asked for of the place first, the rest by group, found by everyday words."""

import unicodedata
from dataclasses import dataclass
from itertools import groupby

from shequtong.cases.catalogue import REVISION, Class, open_classes
from shequtong.cases.places import Spot
from shequtong.core.held import Held
from shequtong.core.pinyin import initials, pinyin_key
from shequtong.figures.read import counts
from shequtong.territory.models import Unit
from shequtong.territory.units import above

FEW = 12  # classes that are shown all at once, without groups and search
MOST_TOLD = 8
FOUND = 12
_LETTERS = 3  # as many and fewer are initials, more may be English
_IN_NAME, _IN_WORDS, _PAIR_IN_NAME, _PAIR = 1000, 500, 20, 10


@dataclass(frozen=True)
class Group:
    """Classes of one group (大类); without a name those that a place ranked itself."""

    name: str
    classes: tuple[Class, ...]


@dataclass(frozen=True)
class Branch:
    """A tree with its groups."""

    tree: str
    groups: tuple[Group, ...]


def _offered() -> list[Class]:
    """Of two classes with one name, in the place's own list and in a tree, the first: nobody could tell them apart. No statement."""
    by_name: dict[str, Class] = {}
    for found in open_classes(for_residents=True):
        by_name.setdefault(found.name, found)
    return list(by_name.values())


def _load() -> dict[str, str]:
    return {found.code: initials(pinyin_key(found.name)) for found in open_classes()}


name_initials = Held(REVISION, _load)  # by code; pypinyin is slow to wake


def branches() -> list[Branch]:
    """All that residents may choose, tree by tree and group by group, in the order of the catalogue. No statement."""
    offered = _offered()
    order = list(dict.fromkeys(found.tree for found in offered))
    found = []
    for tree in order:
        own = [one for one in offered if one.tree == tree]
        kept = groupby(sorted(own, key=_group_key), key=_group_key)
        found.append(Branch(tree, tuple(Group(key[2], tuple(classes)) for key, classes in kept)))
    return found


def _group_key(one: Class) -> tuple[str, str, str]:
    """Groups of one kind stand together; what a place ranked itself has no group and comes first."""
    return (one.kind if one.group_name else "", one.group_code, one.group_name)


def most_told(spot: Spot, most: int = MOST_TOLD) -> list[Class]:
    """What is told most in the community of a spot, then in its street, then as the catalogue has it. One statement, or two."""
    offered = {found.code: found for found in _offered()}
    community = above(spot.path, Unit.Kind.COMMUNITY)
    found = _counted(spot.subdistrict_id, offered, community.path) if community else []
    if len(found) < most:
        found += _counted(spot.subdistrict_id, offered, "")
    return [offered[code] for code in dict.fromkeys([*found, *offered])][:most]


def _counted(subdistrict: int, offered: dict[str, Class], under: str) -> list[str]:
    """Codes of what was told there, the most first; one as often as the other in the order of the catalogue."""
    told = counts(subdistrict, "move.intake", by=("class_code",), under=under)
    order = {code: place for place, code in enumerate(offered)}
    rows = [(-n, order[code], code) for (code,), n in told.items() if n > 0 and code in order]
    return [code for _n, _place, code in sorted(rows)]


def search(words: str, most: int = FOUND) -> list[Class]:
    """Classes that fit the words, the best first. `frontend/ui/behaviours/choose.ts` reckons in the same way. No statement."""
    said = plain(words)
    if not said:
        return []
    letters = name_initials()
    shown = (one for branch in branches() for group in branch.groups for one in group.classes)  # as the page has them
    scored = [(_score(said, one, letters.get(one.code, "")), one) for one in shown]
    best = max((score for score, _one in scored), default=0)
    found = [(score, one) for score, one in scored if score and score * 3 >= best]
    return [one for _score_of, one in sorted(found, key=lambda pair: -pair[0])[:most]]


def plain(words: str) -> str:
    """Letters, digits and characters alone, in one width and lower case."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", words).lower() if letter.isalnum())


def _score(said: str, one: Class, letters: str) -> int:
    """How well a class fits; 0 not at all."""
    name, words = plain(one.name), plain(one.name + one.example)
    if said.isascii() and said.isalpha():
        at = letters.find(said)
        english = len(said) > _LETTERS and said in plain(one.name_en + one.example_en)
        return _IN_NAME - len(letters) if at == 0 else _IN_WORDS if english or (at > 0 and len(said) > 1) else 0
    if said in name:
        return _IN_NAME - len(name)  # 路灯 before 路灯井盖
    if said in words:
        return _IN_WORDS
    pairs = {said[at : at + 2] for at in range(len(said) - 1)}
    return sum(_PAIR_IN_NAME if pair in name else _PAIR if pair in words else 0 for pair in pairs)

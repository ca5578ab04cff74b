"""Relations to the head of a household (与户主关系, GB/T 4761) seen from another member: what each becomes when the head changes, and what a
newborn is. Proposals only: whom the table cannot know is asked for. Pure.
"""

from dataclasses import dataclass
from datetime import date

HEAD, RELATIVE, UNRELATED = "02", "80", "90"
# code -> kind; what a kind cannot tell (through which child a grandchild is one) the code still says.
_KINDS = {
    **dict.fromkeys(("01", HEAD), "head"),
    **dict.fromkeys(("10", "11", "12"), "spouse"),
    **dict.fromkeys(("20", "21", "22", "23", "24", "25", "26", "27", "29"), "child"),
    **dict.fromkeys(("30", "31", "32", "33", "34", "35", "36", "37", "39"), "child"),
    **dict.fromkeys(("28", "38"), "child_spouse"),
    **dict.fromkeys(("40", "41", "42", "43", "44"), "grandchild"),
    **dict.fromkeys(("50", "51", "52", "57", "58"), "parent"),
    **dict.fromkeys(("53", "54", "55", "56"), "spouse_parent"),
    **dict.fromkeys(("60", "61", "62", "63", "64"), "grandparent"),
    **dict.fromkeys(("70", "71", "73", "75", "77", "79"), "sibling"),
    **dict.fromkeys(("72", "74", "76", "78"), "sibling_spouse"),
    UNRELATED: "unrelated",
}


@dataclass(frozen=True)
class Kin:
    """A member: the code of their relation to the head of today, sex (GB/T 2261.1), birthday where it is known."""

    code: str
    sex: str = "0"
    born: date | None = None

    @property
    def kind(self) -> str:
        """What they are to the head; "other" for relatives further off and codes we do not know."""
        return _KINDS.get(self.code, "other")


def _by_sex(one: Kin, man: str, woman: str, unknown: str) -> str:
    return {"1": man, "2": woman}.get(one.sex, unknown)


def _spouse(one: Kin) -> str:
    return _by_sex(one, "11", "12", "10")


def _child(one: Kin) -> str | None:
    return {"1": "20", "2": "30"}.get(one.sex)


def _parent(one: Kin) -> str:
    return _by_sex(one, "51", "52", "50")


def _in_law(one: Kin, of_woman: bool) -> str | None:
    """A parent of one's husband or wife."""
    return {"1": "53", "2": "54"}.get(one.sex) if of_woman else {"1": "55", "2": "56"}.get(one.sex)


def _sibling(one: Kin, seen_by: Kin) -> str:
    if one.born is None or seen_by.born is None or one.sex not in ("1", "2") or one.born == seen_by.born:
        return "70"
    elder = one.born < seen_by.born
    return {("1", True): "71", ("1", False): "73", ("2", True): "75", ("2", False): "77"}[one.sex, elder]


def _grandchild(one: Kin, through_son: bool) -> str:
    return _by_sex(one, "41", "42", "40") if through_son else _by_sex(one, "43", "44", "40")


def _grandparent(one: Kin, of_father: bool) -> str:
    return _by_sex(one, "61", "62", "60") if of_father else _by_sex(one, "63", "64", "60")


def proposed(new: Kin, one: Kin, head: Kin, *, only_child: bool = False) -> str | None:
    """What `one` is to `new`, once `new` is the head in place of `head`; None where it must be asked. `only_child`: the household has one
    child of the old head, so that a child-in-law and grandchildren are that child's.
    """
    if one.kind == "unrelated" or new.kind == "unrelated":
        return None if one.kind == new.kind == "unrelated" else UNRELATED
    rule = _RULES.get(new.kind)
    return rule(new, one, head, only_child) if rule else (RELATIVE if one.kind == "head" else None)


def _from_spouse(new: Kin, one: Kin, _head: Kin, _only: bool) -> str | None:
    found = {
        "head": _spouse(one),
        "child": one.code,
        "child_spouse": one.code,
        "grandchild": one.code,
        "parent": _in_law(one, new.sex == "2") if new.sex in ("1", "2") else None,
        "spouse_parent": _parent(one),
    }
    return found.get(one.kind, RELATIVE)


def _from_child(new: Kin, one: Kin, head: Kin, only: bool) -> str | None:
    sexes = {new.sex, one.sex}
    own_line = only and (one.code in ("41", "42")) == (new.sex == "1") and one.code != "40"
    found = {
        "head": _parent(one),
        "spouse": _parent(one),
        "child": _sibling(one, new),
        "child_spouse": _spouse(one) if only and sexes == {"1", "2"} else None,
        "grandchild": _child(one) if own_line else None,
        "parent": _grandparent(one, head.sex == "1") if head.sex in ("1", "2") else "60",
        "spouse_parent": _grandparent(one, one.code in ("53", "54")),
    }
    return found.get(one.kind, RELATIVE)


def _from_parent(new: Kin, one: Kin, head: Kin, _only: bool) -> str | None:
    found = {
        "head": _child(one),
        "spouse": {"1": "28", "2": "38"}.get(one.sex),
        "child": _grandchild(one, head.sex == "1") if head.sex in ("1", "2") else "40",
        "parent": _spouse(one),
        "sibling": _child(one),
        "sibling_spouse": "38" if one.code in ("72", "74") else "28",
        "grandchild": _by_sex(one, "47", "48", RELATIVE),
        "grandparent": None,
    }
    return found.get(one.kind, RELATIVE)


def _from_child_spouse(new: Kin, one: Kin, _head: Kin, only: bool) -> str | None:
    own_line = only and one.code in (("41", "42") if new.code == "38" else ("43", "44"))
    found = {
        "head": _in_law(one, new.code == "38"),
        "spouse": _in_law(one, new.code == "38"),
        "child": _spouse(one) if only and {new.sex, one.sex} == {"1", "2"} else None,
        "grandchild": _child(one) if own_line else None,
    }
    return found.get(one.kind, RELATIVE)


def _from_sibling(new: Kin, one: Kin, head: Kin, _only: bool) -> str | None:
    elder = None if head.born is None or new.born is None else head.born < new.born
    wife, husband = ("72", "76") if elder else ("74", "78")
    found = {
        "head": _sibling(one, new),
        "spouse": None if elder is None else (wife if head.sex == "1" else husband),
        "parent": one.code,
        "grandparent": one.code,
        "sibling": _sibling(one, new),
    }
    return found.get(one.kind, RELATIVE)


def _from_grandchild(new: Kin, one: Kin, _head: Kin, _only: bool) -> str | None:
    if new.code == "40" or one.kind not in ("head", "spouse"):
        return "60" if one.kind in ("head", "spouse") else None
    return _grandparent(one, new.code in ("41", "42"))


def _from_spouse_parent(new: Kin, one: Kin, _head: Kin, _only: bool) -> str | None:
    through_son = new.code in ("53", "54")
    found = {
        "head": {"1": "28", "2": "38"}.get(one.sex),
        "spouse": _child(one),
        "child": _grandchild(one, through_son),
        "spouse_parent": _spouse(one),
    }
    return found.get(one.kind, RELATIVE)


_RULES = {
    "spouse": _from_spouse,
    "child": _from_child,
    "parent": _from_parent,
    "child_spouse": _from_child_spouse,
    "sibling": _from_sibling,
    "grandchild": _from_grandchild,
    "spouse_parent": _from_spouse_parent,
}


def of_newborn(parent: Kin, sex: str) -> str | None:
    """What a newborn is to the head, by a parent's own relation to the head; None where it must be asked."""
    child, code = Kin("", sex), parent.code
    if parent.kind in ("head", "spouse"):
        return _child(child)
    if parent.kind in ("child", "child_spouse"):
        through_son = code == "38" or (code != "28" and parent.sex == "1")
        return _grandchild(child, through_son)
    if parent.kind == "grandchild":
        return _by_sex(child, "47", "48", RELATIVE)
    return UNRELATED if parent.kind == "unrelated" else RELATIVE


def of_spouse(one: Kin, sex: str) -> str:
    """What the wife or husband of a member is to the head."""
    if one.kind == "head":
        return _spouse(Kin("", sex))
    if one.kind == "child":
        return {"1": "28", "2": "38"}.get(sex, RELATIVE)
    if one.kind == "parent":
        return _parent(Kin("", sex))
    if one.kind == "grandchild":
        return _by_sex(Kin("", sex), "46", "45", RELATIVE)
    spouses = {"71": "72", "73": "74", "75": "76", "77": "78", "90": UNRELATED}
    return spouses.get(one.code, RELATIVE)


def is_spouse_of(one: Kin, dead: Kin) -> bool:
    """Whether a household's codes say that these two are married: the head and the spouse; a head's parents."""
    return {one.kind, dead.kind} == {"head", "spouse"} or (one.kind == dead.kind == "parent" and one.sex != dead.sex)

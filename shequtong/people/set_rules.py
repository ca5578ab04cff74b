"""Of whom a set can be (分类适用条件): one rule a set, from registries 2.2 to 2.9 and the law each rests on. Pure.

Asked of what is written, never of what stands: a row that was there before its rule stays until somebody ends it. What is written of the
person is asked as well: another birthday or sex under which a set that stands, and fitted, would be of somebody it cannot be of.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.core.refusals import Refusal
from shequtong.people.codes import MULTIPLE
from shequtong.people.days import younger

ELDERLY = 60  # 老年人权益保障法 2
CHILD = 16  # 国发〔2016〕13号: 农村留守儿童, below 16
ADULT = 18  # 民法典 17
MEMBER = 18  # 中国共产党章程 1
WORKS = 16  # 劳动法 15
RETIRES = 45  # 国发〔1978〕104号: the earliest, women by hard work or unable to work
PARENT = 12  # as of a newborn's parent (`record_birth`)
AIDED = {"2": 40, "1": 50}  # 4050人员: women from 40, men from 50
_MALE = "1"
Wrong = tuple[str, str]  # the fact ("" for the set itself), and why


@dataclass(frozen=True)
class Whom:
    """Of whom a set is written; what is not known of them refuses nothing. `sex`: GB/T 2261.1."""

    born_on: date | None
    sex: str = ""


class UnfitSet(Refusal):
    """The set, or one of its facts, cannot be of this person; `fact` is the one, "" for the set itself."""

    def __init__(self, fact: str, why: str) -> None:
        super().__init__(why)
        self.fact = fact


def unfit(name: str, told: Mapping[str, Any], whom: Whom, on: date) -> Wrong | None:
    """What of a whole set (fact -> value, as it would stand from `on`) cannot be of this person: the fact and why; None where all can."""
    if whom.born_on is not None:
        for fact, value in told.items():
            if isinstance(value, date) and value < whom.born_on:
                return fact, _("This day lies before the birthday of the person.")
    return _RULES[name](told, whom, on) if name in _RULES else None


def require_fit(name: str, told: Mapping[str, Any], whom: Whom, on: date) -> None:
    """Raises UnfitSet."""
    if wrong := unfit(name, told, whom, on):
        raise UnfitSet(*wrong)


def unfit_under(sets: Mapping[str, Mapping[str, Any]], before: Whom, after: Whom, on: date) -> tuple[str, str] | None:
    """Of sets that stand (name -> fact -> value) the first that fitted this person and would not: its name and why; None where none is."""
    for name, told in sets.items():
        wrong = unfit(name, told, after, on)
        if wrong and not unfit(name, told, before, on):
            return name, wrong[1]
    return None


def told_unfit(label: str | Promise, why: str) -> str:
    """That what is entered of the person cannot stand beside a set. It is not ended with it: which of the two is wrong, who enters it knows."""
    words = _("“%(set)s” is on record and would no longer fit. %(why)s End it first, or check the birthday and the sex.")
    return words % {"set": label, "why": why}


def _from(years: int, fact: str, what: str | Promise, whom: Whom, on: date) -> Wrong | None:
    if younger(whom.born_on, years, on):
        return fact, _("%(what)s: from %(n)d years of age only; by the record this person is younger.") % {
            "what": what,
            "n": years,
        }
    return None


def _elderly(_told: Mapping[str, Any], whom: Whom, on: date) -> Wrong | None:
    return _from(ELDERLY, "", _("Elderly"), whom, on)


def _left_behind(told: Mapping[str, Any], whom: Whom, on: date) -> Wrong | None:
    kind = told.get("kind")
    if kind == "child" and whom.born_on is not None and not younger(whom.born_on, CHILD, on):
        return "kind", _("A left-behind child is younger than %(n)d; by the record this person is not.") % {"n": CHILD}
    if kind == "woman" and whom.sex == _MALE:
        return "kind", _("By the record this person is a man.")
    if kind == "woman":
        return _from(ADULT, "kind", _("Left-behind woman"), whom, on)
    return _from(ELDERLY, "kind", _("Left-behind elder"), whom, on) if kind == "elder" else None


def _employment(told: Mapping[str, Any], whom: Whom, on: date) -> Wrong | None:
    state, out_since = told.get("state"), told.get("out_since")
    if state in ("employed", "flexible", "self", "unemployed") and (wrong := _from(WORKS, "state", _("Work"), whom, on)):
        return wrong
    if state == "retired" and (wrong := _from(RETIRES, "state", _("Retired"), whom, on)):
        return wrong
    if isinstance(out_since, date) and (wrong := _from(WORKS, "out_since", _("Work"), whom, out_since)):
        return wrong
    least = AIDED.get(whom.sex)
    return _from(least, "aid", _("4050 support"), whom, on) if told.get("aid") == "4050" and least else None


def _party(told: Mapping[str, Any], whom: Whom, on: date) -> Wrong | None:
    joined = told.get("joined_on")
    if isinstance(joined, date) and (wrong := _from(MEMBER, "joined_on", _("Joining the Party"), whom, joined)):
        return wrong
    return _from(MEMBER, "", _("Party member"), whom, on)


def _family(told: Mapping[str, Any], whom: Whom, on: date) -> Wrong | None:
    registered = told.get("birth_registered_on")
    if told.get("children") and (wrong := _from(PARENT, "children", _("Children of one's own"), whom, on)):
        return wrong
    return _from(PARENT, "birth_registered_on", _("Children of one's own"), whom, registered) if registered else None


def _migrant(told: Mapping[str, Any], _whom: Whom, _on: date) -> Wrong | None:
    came, leaves = told.get("came_on"), told.get("leaves_on")
    if came and leaves and leaves < came:
        return "leaves_on", _("They cannot leave before they came.")
    return None


def _disability(told: Mapping[str, Any], _whom: Whom, _on: date) -> Wrong | None:
    if told.get("kinds") and told.get("kind") != MULTIPLE:
        return "kinds", _("Kinds are named one by one only where the kind is multiple disability.")
    return None


_RULES: Final[Mapping[str, Callable[[Mapping[str, Any], Whom, date], Wrong | None]]] = {
    "migrant": _migrant,
    "left_behind": _left_behind,
    "elderly": _elderly,
    "disability": _disability,
    "family": _family,
    "employment": _employment,
    "party": _party,
}
# What the form says before anything is typed.
SAID: Final[Mapping[str, str | Promise]] = {
    "left_behind": gettext_lazy("Children below 16, elders from 60, women from 18 years of age."),
    "elderly": gettext_lazy("From 60 years of age."),
    "disability": gettext_lazy("Of several kinds: choose multiple disability, and name the kinds it is made of."),
    "employment": gettext_lazy(
        "From 16 years of age, if in work or looking for it; retired from 45; 4050 support: women from 40, men from 50."
    ),
    "party": gettext_lazy("From 18 years of age, on the day of joining too."),
}

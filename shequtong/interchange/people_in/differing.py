"""What rows change (变更内容): fact by fact, from what to what; of what is sealed only that it is another. Bounded in number."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shequtong.core.actors import Actor
from shequtong.interchange.models import PeopleTable
from shequtong.people import permissions
from shequtong.people.facts import FACT_OF, SET_OF
from shequtong.people.lookups.load_plan import HOME, Decision
from shequtong.people.lookups.load_sets import APPLIES
from shequtong.people.models import Person
from shequtong.people.shown import fact_text

MOST = 500  # rows that are told of one table; all of them stand in the past of their persons
_MOVES = "moves"
Change = tuple[str, Any, Any]  # fact, was, becomes; None twice where only that it differs is told
Told = tuple[int, int, list[Change]]  # row of the file, person, changes


def told_of(decisions: Iterable[Decision], by: Actor) -> Iterator[Told]:
    """Of each row that changes somebody on record. What stood is told to who may see that person only."""
    sees = by.reach(permissions.VIEW)
    for one in decisions:
        if one.person is None or one.outcome != "updated":
            continue
        seen = sees.covers(one.person.reach_facts())
        changes = [_change("", name, one.before.get(name), value, seen) for name, value in one.changes.items()]
        if one.settles:
            changes.append((HOME, "", _MOVES if one.moves else ""))
        changes += [change for name in sorted(one.sets) for change in _of_set(one, name, seen)]
        if changes:
            yield one.row.number, one.person.pk, changes


def _of_set(one: Decision, name: str, seen: bool) -> Iterator[Change]:
    """That it begins or ends, and each of its facts that is another."""
    change = one.sets[name]
    if change.old is None or change.values is None:
        yield f"{name}.{APPLIES}", change.old is not None, change.values is not None
    whole = change.values or {}
    for fact in change.facts if whole else ():
        yield _change(name, fact, getattr(change.old, fact, None), whole[fact], seen)


def _change(name: str, fact: str, was: Any, becomes: Any, seen: bool) -> Change:
    """A birthday is told by no page of the import either."""
    whole = f"{name}.{fact}" if name else fact
    if FACT_OF[name][fact].sealed or whole == "born_on" or not seen:
        return whole, None, None
    return whole, _plain(was), _plain(becomes)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else "" if value is None else value


@dataclass(frozen=True)
class Line:
    """A fact that changes, in words; `was` "" where nothing was known; both "" where only that it differs is said."""

    label: str
    was: str
    becomes: str


@dataclass(frozen=True)
class Changed:
    """A row that changes somebody: masked, with a link by their id."""

    number: int
    person_id: int
    who: str
    lines: list[Line]


def in_words(table: PeopleTable, told: Sequence[Told]) -> list[Changed]:
    """For a page; who is no longer on record has no name. One statement."""
    persons = Person.objects.within(table.subdistrict_id).filter(pk__in=[person for _row, person, _changes in told])
    names = {one.pk: one.name.masked for one in persons.only("pk", "subdistrict", "name")} if told else {}
    return [Changed(number, pk, names.get(pk, ""), [_line(*change) for change in changes]) for number, pk, changes in told]


def _line(whole: str, was: Any, becomes: Any) -> Line:
    if whole == HOME:
        words = _("moves in from another door") if becomes == _MOVES else _("one more tie to a home")
        return Line(pgettext("registry", "Home"), "", words)
    name, _dot, own = whole.rpartition(".")
    if own == APPLIES:
        return Line(str(SET_OF[name].label), _("yes") if was else _("no"), _("yes") if becomes else _("no"))
    fact = FACT_OF[name].get(own)
    if fact is None:
        return Line(whole, "", "")
    label = f"{SET_OF[name].label} · {fact.label}" if name else str(fact.label)
    return Line(label, "", "") if was is None else Line(label, fact_text(fact, was), fact_text(fact, becomes) or "—")

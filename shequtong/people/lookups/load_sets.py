"""What would become of the sets that rows bring in (分类装载计划): begun, changed, left; by the rules of `write_set`. Read only.

A set row says one source for all its facts; whose word a fact is, is told by the first row of its chain that said the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils import timezone

from shequtong.core.refusals import Refusal
from shequtong.core.sealed import Sealed
from shequtong.people.bases import basis_of
from shequtong.people.codes import MULTIPLE
from shequtong.people.days import require_day
from shequtong.people.facts import FACT_OF, SET_OF
from shequtong.people.identity import read_disability
from shequtong.people.models import Consent, Person, SetRow, Source
from shequtong.people.origins import RANK, may_replace
from shequtong.people.set_rules import Whom, told_unfit, unfit, unfit_under

APPLIES: Final = "yes"  # told beside the facts: the set applies, whatever is known of it; False: it does not
_NOTHING: Final = ("", None, False, 0, "none")  # what makes no set of itself
Told = Mapping[str, Mapping[str, Any]]  # set -> fact -> value


@dataclass(frozen=True)
class SetChange:
    """The row that holds and is to end, if any; the whole of the next one, None where it only ends; which of its facts are different."""

    old: SetRow | None
    values: dict[str, Any] | None
    facts: tuple[str, ...]


@dataclass
class SetsPlanned:
    """Of one row: changes by set, facts that a stronger source holds; or what is wrong with it."""

    changes: dict[str, SetChange] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    fact: str = ""
    why: str = ""


def begins(told: Mapping[str, Any]) -> bool:
    """Whether this is enough for a set to be there: that it applies, or a fact that is more than no, none or nought."""
    return any(value not in _NOTHING for value in told.values())


def sets_planned(
    rows: Sequence[tuple[Told, Person | None]], subdistrict: int, source: str, whom: Sequence[Whom]
) -> list[SetsPlanned]:
    """Decide each row; `whom`: of each, what will stand of the person. A statement a set that comes in of somebody on record, one more where
    consent is asked, one more a kind of set where somebody's birthday or sex becomes another.
    """
    planned = [SetsPlanned() for _row in rows]
    barred = _barred(rows, subdistrict)
    for name in sorted({name for told, _person in rows for name in told}):
        pasts = _pasts(name, [person.pk for told, person in rows if person is not None and name in told], subdistrict)
        for (told, person), found, one in zip(rows, planned, whom, strict=True):
            if name in told and not found.why:
                past = pasts.get(person.pk, []) if person is not None else []
                _decide(found, name, told[name], past, source, barred.get(person.pk, frozenset()) if person else frozenset())
                _fits(found, name, told[name], one)
    _beside_what_stands(planned, rows, whom, subdistrict)
    return planned


def _beside_what_stands(
    planned: Sequence[SetsPlanned], rows: Sequence[tuple[Told, Person | None]], whom: Sequence[Whom], subdistrict: int
) -> None:
    """As `change_person`: another birthday or sex is refused beside a set that would not fit, unless the row ends or mends that set itself."""
    asked = [
        (found, person, Whom(person.born_on, person.sex), after)
        for found, (_told, person), after in zip(planned, rows, whom, strict=True)
        if person is not None and not found.why and Whom(person.born_on, person.sex) != after
    ]
    stand: dict[int, dict[str, dict[str, Any]]] = {person.pk: {} for _found, person, *_whom in asked}
    for name, kind in SET_OF.items() if asked else ():
        for row in kind.model._default_manager.filter(subdistrict=subdistrict, person__in=stand, ended_on=None):
            stand[row.person_id][name] = {fact: getattr(row, fact) for fact in FACT_OF[name]}
    for found, person, before, after in asked:
        others = {name: values for name, values in stand[person.pk].items() if name not in found.changes}
        if wrong := unfit_under(others, before, after, timezone.localdate()):
            found.fact = "sex" if before.born_on == after.born_on else "born_on"
            found.why, found.changes = told_unfit(SET_OF[wrong[0]].label, wrong[1]), {}


def _pasts(name: str, persons: Sequence[int], subdistrict: int) -> dict[int, list[SetRow]]:
    """All rows of a set of these persons, the oldest first."""
    found: dict[int, list[SetRow]] = {}
    rows = SET_OF[name].model._default_manager.filter(subdistrict=subdistrict, person__in=persons)
    for row in rows.order_by("recorded_at", "id") if persons else ():
        found.setdefault(row.person_id, []).append(row)
    return found


def _barred(rows: Sequence[tuple[Told, Person | None]], subdistrict: int) -> dict[int, frozenset[str]]:
    """Groups that a person took back their consent to, of those whose facts come in. One statement where some rest on consent."""
    asked = {
        person.pk
        for told, person in rows
        if person is not None
        and any(basis_of(name, fact).consent for name, facts in told.items() for fact in facts if fact != APPLIES)
    }
    stands: dict[int, dict[str, bool]] = {}
    consents = Consent.objects.filter(subdistrict=subdistrict, person__in=asked).order_by("given_at", "id")
    for one in consents if asked else ():
        stands.setdefault(one.person_id, {})[one.group] = one.withdrawn_at is None
    return {person: frozenset(group for group, given in groups.items() if not given) for person, groups in stands.items()}


def _decide(
    found: SetsPlanned, name: str, told: Mapping[str, Any], past: Sequence[SetRow], source: str, barred: frozenset[str]
) -> None:
    given = {fact: value for fact, value in told.items() if fact != APPLIES and basis_of(name, fact).group not in barred}
    if not _read(found, name, given):
        return
    last = past[-1] if past else None
    if last is None or last.ended_on is not None:
        if not begins(told):
            return
        if last is not None and not _may_reopen(last, source):
            found.kept = (*found.kept, name)
            return
        found.changes[name] = SetChange(None, given, tuple(sorted(fact for fact, value in given.items() if value)))
        return
    if told.get(APPLIES) is False:
        if all(may_replace(old=row.source, new=source) for row in _unbroken(past)):
            found.changes[name] = SetChange(last, None, ())
        else:
            found.kept = (*found.kept, name)
        return
    changes = {}
    for fact, value in given.items():
        old = clear(last, fact)
        if old == value or (not old and not value):
            continue
        if old in ("", None) or may_replace(old=_said_by(past, fact, old), new=source):
            changes[fact] = value
        else:
            found.kept = (*found.kept, f"{name}.{fact}")
    if changes:
        whole = {fact: clear(last, fact) for fact in FACT_OF[name]}
        found.changes[name] = SetChange(last, {**whole, **changes}, tuple(sorted(changes)))


def _fits(found: SetsPlanned, name: str, told: Mapping[str, Any], whom: Whom) -> None:
    """Whether what would begin or change can be of this person; told at the cell that says it, else at the first of the set."""
    change = found.changes.get(name)
    if change is not None and change.values is not None and (wrong := unfit(name, change.values, whom, timezone.localdate())):
        fact, found.why = wrong
        found.fact = f"{name}.{fact if fact in told else next(iter(told))}"
        del found.changes[name]


def _read(found: SetsPlanned, name: str, given: dict[str, Any]) -> bool:
    """Whether the facts can be: days that may lie where they lie; a certificate, which says kind and grade."""
    today = timezone.localdate()
    if name == "disability" and given.get("kind", MULTIPLE) != MULTIPLE:
        given.setdefault("kinds", "")  # one kind again: the several that stood go with it
    for fact, value in list(given.items()):
        try:
            if isinstance(value, date):
                require_day(fact, value, today)
            elif value and (name, fact) == ("disability", "certificate"):
                number, kind, grade = read_disability(str(value))
                given |= {"certificate": number, "kind": kind, "grade": grade}
        except Refusal as refusal:
            found.fact, found.why = f"{name}.{fact}", str(refusal)
            return False
    return True


def _may_reopen(last: SetRow, source: str) -> bool:
    """Somebody ended it by hand: a mere list of names does not begin it again. What a table ended, one as strong begins."""
    if last.ended_for in RANK:
        return may_replace(old=last.ended_for, new=source)
    return may_replace(old=last.source if last.source != Source.IMPORT else Source.PHONE, new=source)


def _unbroken(past: Sequence[SetRow]) -> list[SetRow]:
    """The rows since it last began."""
    began = next((at for at in range(len(past) - 1, 0, -1) if past[at - 1].ended_for), 0)
    return list(past[began:])


def _said_by(past: Sequence[SetRow], fact: str, value: Any) -> str:
    """The source of the first row, back from the one that holds, that said the same without a break."""
    said = past[-1].source
    for row in reversed(past[:-1]):
        if row.ended_for or clear(row, fact) != value:
            break
        said = row.source
    return str(said)


def clear(row: SetRow, fact: str) -> Any:
    """A column's value, opened where it is sealed."""
    value = getattr(row, fact)
    return value.reveal() if isinstance(value, Sealed) else value

"""Proof of what is kept beside the rows (登记核对): head counts, marks, places and search terms, made again from the rows and compared."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, NamedTuple

from shequtong.people.facts import SETS
from shequtong.people.marking import CARE, marks_of
from shequtong.people.models import Home, Household, Membership, Person, PersonMark, PersonTerm, Residence
from shequtong.people.terms import KINDS, pieces_of, rows_of


class Finding(NamedTuple):
    """What is not as its rows say: which row, and what of it."""

    what: str
    id: int


def findings(place: int, *, terms: bool = True) -> Iterator[Finding]:
    """Of one subdistrict. Reads all its rows once; a dozen statements."""
    marks = _marks(place)
    yield from _marks_differ(place, marks)
    yield from _homes_differ(place, marks)
    yield from _places_differ(place)
    yield from _families_differ(place)
    if terms:
        yield from _terms_differ(place)


def _marks(place: int) -> dict[int, set[str]]:
    """What the sets of each standing person come to."""
    held: dict[int, dict[str, Any]] = defaultdict(dict)
    standing = Person.objects.within(place).standing()
    for kind in SETS:
        told = [name for name in ("living", "ability", "grade") if any(fact.name == name for fact in kind.facts)]
        rows = kind.model._default_manager.filter(subdistrict=place, ended_on=None, person__in=standing)
        for person, *values in rows.values_list("person_id", *told).iterator(5000):
            blank = dict.fromkeys(("living", "ability", "grade"), "")
            held[person][kind.name] = SimpleNamespace(**{**blank, **dict(zip(told, values, strict=True))})
    return {person: marks_of(sets) for person, sets in held.items()}


def _marks_differ(place: int, marks: dict[int, set[str]]) -> Iterator[Finding]:
    found: dict[int, set[str]] = defaultdict(set)
    for person, mark in PersonMark.objects.filter(subdistrict=place).values_list("person_id", "mark").iterator(5000):
        found[person].add(mark)
    for person in sorted(set(found) | set(marks)):
        if found.get(person, set()) != marks.get(person, set()):
            yield Finding("marks", person)


def _homes_differ(place: int, marks: dict[int, set[str]]) -> Iterator[Finding]:
    living: Counter[int] = Counter()
    cared: set[int] = set()
    rows = Residence.objects.within(place).filter(ended_on=None, lives=True)
    for person, room in rows.values_list("person_id", "room_id").iterator(5000):
        living[room] += 1
        if CARE in marks.get(person, ()):
            cared.add(room)
    households = Counter(Household.objects.within(place).filter(ended_on=None).values_list("room_id", flat=True).iterator(5000))
    for home in Home.objects.within(place).select_related("building").defer("building__footprint").iterator(5000):
        counted = (living.pop(home.room_id, 0), households.get(home.room_id, 0), home.room_id in cared)
        if (home.people, home.households, home.care) != counted:
            yield Finding("home count", home.pk)
        if home.grid_path != home.building.grid_path:
            yield Finding("home place", home.pk)
    for room in sorted(living):
        yield Finding("no home", room)


def _places_differ(place: int) -> Iterator[Finding]:
    living = dict(
        Residence.objects.within(place).filter(ended_on=None, lives=True).values_list("person_id", "room_id").iterator(5000)
    )
    rows = Person.objects.within(place).standing().select_related("building").defer("building__footprint")
    for person in rows.iterator(5000):
        if person.room_id != living.get(person.pk) or (person.building and person.building.grid_path != person.grid_path):
            yield Finding("person place", person.pk)


def _families_differ(place: int) -> Iterator[Finding]:
    """A standing household has members, and stands where they live."""
    rows = Membership.objects.filter(subdistrict=place, ended_on=None).select_related("household", "person")
    peopled = set()
    for one in rows.iterator(5000):
        peopled.add(one.household_id)
        if one.household.ended_on is not None or one.household.room_id != one.person.room_id:
            yield Finding("membership", one.pk)
    for household in Household.objects.within(place).filter(ended_on=None).values_list("pk", flat=True).iterator(5000):
        if household not in peopled:
            yield Finding("empty household", household)


def _terms_differ(place: int) -> Iterator[Finding]:
    found: dict[int, set[tuple[str, int]]] = defaultdict(set)
    kinds = tuple(KINDS.values())
    for person, *terms in PersonTerm.objects.filter(subdistrict=place).values_list("person_id", *kinds).iterator(5000):
        found[person].update((kind, term) for kind, term in zip(kinds, terms, strict=True) if term is not None)
    for one in Person.objects.within(place).iterator(5000):
        names, phones = (one.name.reveal(), one.former_name.reveal()), (one.phone.reveal(), one.other_phone.reveal())
        wanted = rows_of(pieces_of(names, one.reading.reveal(), phones))
        if {told for row in wanted for told in row.items() if told[1] is not None} != found.get(one.pk, set()):
            yield Finding("terms", one.pk)

"""Rows of a sheet (报表行): persons of a list with the facts a template names, masked or in clear; some hundred at a time, a few statements each time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from shequtong.core.actors import Actor
from shequtong.core.sealed import Sealed
from shequtong.interchange.people_in import fields
from shequtong.people import codes
from shequtong.people.facts import FACT_OF
from shequtong.people.lookups.listed import Wanted, persons_of, sets_of
from shequtong.people.lookups.load_sets import APPLIES
from shequtong.people.models import Membership, Person, Residence, SetRow
from shequtong.people.models.household import HEAD
from shequtong.people.shown import age_on, fact_text, room_text
from shequtong.territory.models import Unit
from shequtong.territory.shown import unit_name
from shequtong.territory.units import above, at_path

BATCH = 500
_HOUSE = (fields.RELATION, fields.HEAD_NAME, fields.HEAD_ID)
_DWELLS = (fields.KIND, fields.LIVES, fields.SINCE)


@dataclass(frozen=True)
class Known:
    """What is known of one person beside their own row."""

    sets: dict[str, SetRow]
    residence: Residence | None = None
    relation: str = ""
    head: Person | None = None


@dataclass(frozen=True)
class Reading:
    """How values are read: in clear or masked, ages as of a day."""

    clear: bool
    on: date

    def told(self, target: str, person: Person, known: Known) -> tuple[Any, str]:
        """What stands in the cell, and what it is compared by: the value itself, where a mask would hide that it changed."""
        value = self._value(target, person, known)
        if isinstance(value, Sealed):
            plain = value.reveal()
            return (plain if self.clear else value.masked), plain
        return value, str(value)

    def _value(self, target: str, person: Person, known: Known) -> Any:
        name, dot, fact = target.partition(".")
        if dot:
            row = known.sets.get(name)
            if fact == APPLIES:
                return "否" if row is None else "是"
            return _fact(name, fact, row) if row is not None else ""
        if target in FACT_OF[""]:
            return _fact("", target, person)
        return (
            _placed(target, person) if target in _PLACED else _living(target, known) if target in _LIVING else self._age(person)
        )

    def _age(self, person: Person) -> Any:
        found = age_on(person.born_on, self.on)
        return "" if found is None else found


def _fact(name: str, fact: str, row: Any) -> Any:
    value = getattr(row, fact)
    return value if isinstance(value, Sealed) and value else fact_text(FACT_OF[name][fact], value)


def _placed(target: str, person: Person) -> Any:
    room, building = person.room, person.building
    if target == "网格":
        place = at_path(person.grid_path)
        return unit_name(place) if place else ""
    if target == "社区":
        place = above(person.grid_path, Unit.Kind.COMMUNITY)
        return unit_name(place) if place else ""
    if target == "最近核实日期":
        return person.confirmed_on.isoformat() if person.confirmed_on else ""
    if room is None or building is None:
        return ""
    room.entrance.building = building  # loaded beside it; not asked for again
    if target == fields.ADDRESS:
        return room_text(room)
    if target == fields.COMPOUND:
        return building.compound.name if building.compound else ""
    return {fields.BUILDING: building, fields.ENTRANCE: room.entrance, fields.ROOM: room}[target].name


def _living(target: str, known: Known) -> Any:
    home, head = known.residence, known.head
    if target in _DWELLS:
        if home is None:
            return ""
        since = home.valid_from.isoformat() if home.valid_from else ""
        return {fields.KIND: home.get_kind_display(), fields.LIVES: "是" if home.lives else "否", fields.SINCE: since}[target]
    if target == fields.RELATION:
        return codes.word("relation", known.relation)
    if head is None:
        return ""
    return head.name if target == fields.HEAD_NAME else head.id_number or ""


_PLACED = frozenset({"网格", "社区", "最近核实日期", *fields.PLACE})
_LIVING = frozenset({*_HOUSE, *_DWELLS})


def listed(by: Actor, wanted: Wanted, targets: tuple[str, ...]) -> Iterator[tuple[Person, Known]]:
    """Persons in the order of doors, with what the targets need."""
    edge = None
    while True:
        page = persons_of(by, wanted, after=edge, page=BATCH)
        yield from zip(page.rows, known_of(page.rows, targets), strict=True)
        if page.next is None:
            return
        edge = page.next


def known_of(persons: list[Person], targets: tuple[str, ...]) -> list[Known]:
    """One statement for each set that is named, one for residences, two for households; none for what no target needs."""
    if not persons:
        return []
    place, ids = persons[0].subdistrict_id, [one.pk for one in persons]
    sets = sets_of(persons, (target.partition(".")[0] for target in targets if "." in target))
    homes: dict[int, Residence] = {}
    if any(target in _DWELLS for target in targets):
        dwelling = Residence.objects.within(place).filter(person__in=ids, ended_on__isnull=True)
        for home in dwelling.order_by("lives", "id"):
            homes[home.person_id] = home
    relations, heads = _households(place, ids) if any(target in _HOUSE for target in targets) else ({}, {})
    return [Known(sets.get(one, {}), homes.get(one), relations.get(one, ""), heads.get(one)) for one in ids]


def _households(place: int, ids: list[int]) -> tuple[dict[int, str], dict[int, Person]]:
    """Person -> relation to the head, and the head."""
    mine = Membership.objects.filter(subdistrict=place, person__in=ids, ended_on__isnull=True)
    own = {person: (household, relation) for person, household, relation in mine.values_list("person", "household", "relation")}
    leading = Membership.objects.filter(
        subdistrict=place, household__in={household for household, _r in own.values()}, relation=HEAD, ended_on__isnull=True
    )
    head_of = {one.household_id: one.person for one in leading.select_related("person")}
    heads = {person: head_of[household] for person, (household, _r) in own.items() if household in head_of}
    return {person: relation for person, (_h, relation) in own.items()}, heads

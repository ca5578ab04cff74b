"""A population loaded (装入模拟人口): households into the rooms of a subdistrict, thousands of rows at a time, for the demo and for measuring.

What follows from the rows (search terms, marks, counts of homes) is made by the same functions as in the use-cases; `people_verify` proves it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice
from random import Random
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils import timezone

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.bulk import copy_lines
from shequtong.core.locality.blocks import IDS, reserve
from shequtong.core.locality.ids import SHIFT
from shequtong.core.models import Subdistrict
from shequtong.pages.demo.census.households import HEAD, OTHER, Family, Maker
from shequtong.pages.demo.census.lines import Lines
from shequtong.pages.demo.census.people import Made, Registrar
from shequtong.people.doors import door_of
from shequtong.people.facts import SETS
from shequtong.people.freshness import due_on
from shequtong.people.marking import CARE, marks_of
from shequtong.people.models import Home, Household, Membership, Person, PersonMark, PersonTerm, Residence
from shequtong.people.terms import pieces_of, rows_of
from shequtong.territory.models import Room

ROOMS = 1000  # of one transaction
MODELS: tuple[type[models.Model], ...] = (
    Person,
    Household,
    Membership,
    Residence,
    Home,
    PersonTerm,
    PersonMark,
    *(one.model for one in SETS),
)
_LANDLORDS = 0.3  # of let rooms, whose owner is on record and lives elsewhere here


class Door(NamedTuple):
    """A room to be lived in."""

    room: int
    building: int
    grid_path: str
    door: str
    address: str


@dataclass
class Wanted:
    """How many people behind how many doors, and members of the party among them."""

    people: int
    doors: int
    party: int


def doors_of(subdistrict: int) -> Iterator[Door]:
    """All rooms of a subdistrict that stand, building by building. One statement, read piece by piece."""
    rooms = Room.objects.filter(subdistrict=subdistrict, entrance__building__ended_at=None)
    names = ("id", "floor", "name", "entrance__number", "entrance__name", "entrance__building")
    of_building = ("number", "grid_path", "address")
    columns = (*names, *(f"entrance__building__{one}" for one in of_building))
    ordered = rooms.order_by("entrance__building__grid_path", "entrance__building__number", "entrance__number", "floor", "name")
    for row in ordered.values_list(*columns).iterator(4000):
        room, floor, name, entrance, entrance_name, building, number, path, address = row
        where = f"{address}{entrance_name}{name}"
        yield Door(room, building, path, door_of(number, building, entrance, floor, name), where)


class Census:
    """Makes and loads the people of one subdistrict."""

    def __init__(self, subdistrict: int, wanted: Wanted, seed: int, by: Actor, now: datetime) -> None:
        self._place, self._wanted, self._by, self._now = subdistrict, wanted, by, now
        self._dice, self._today = Random(seed), timezone.localdate(now)  # noqa: S311  # made-up people, no secret
        self._families = Maker(self._dice, self._today).families()
        self._registrar = Registrar(self._dice, self._today, start=subdistrict % 100 * 1_000_000)
        origin = {"recorded_at": now, "source": "import", "recorded_by": by.name[:80], "subdistrict_id": subdistrict}
        bare = {PersonTerm, PersonMark}
        self._lines = {one: Lines(one, {"subdistrict_id": subdistrict} if one in bare else origin) for one in MODELS}
        self._landlords: list[int] = []
        self._ids: Iterator[int] = iter(())
        self.people = self.homes = self._doors = 0

    def load(self, doors: Sequence[Door], say: Callable[[int], None]) -> None:
        """All of them; `say` hears how many people there are. Each thousand doors are one transaction."""
        rest = iter(doors)
        while some := list(islice(rest, ROOMS)):
            with transaction.atomic():
                self._block(some)
            say(self.people)

    def _block(self, doors: list[Door]) -> None:
        self._doors += len(doors)
        quota = round(self._wanted.people * self._doors / self._wanted.doors) - self.people
        party = round(self._wanted.party * self._doors / self._wanted.doors) - round(
            self._wanted.party * (self._doors - len(doors)) / self._wanted.doors
        )
        lived, families = self._dice.sample(doors, len(doors)), self._some(quota)
        made = [
            (door, family, list(self._registrar.people(family, door.address)))
            for door, family in zip(lived, families, strict=False)
        ]
        self._join_the_party([one for _door, _family, people in made for one in people], party)
        for door, family, people in made:
            self._household(door, family, people)
        for door in lived[len(made) :]:
            if self._dice.random() < 0.7:
                self._home(door, "empty", 0, care=False)
        for model in MODELS:
            copy_lines(model, self._lines[model].taken())
        self.people += quota
        log.record("people.loaded", Subdistrict.objects.get(pk=self._place), by=self._by, at=self._now, people=quota)

    def _some(self, quota: int) -> list[Family]:
        """Households of so many people together."""
        found: list[Family] = []
        left = quota
        while left > 0:
            family = next(self._families)
            if len(family.members) <= left:
                found.append(family)
                left -= len(family.members)
        return found

    def _join_the_party(self, people: list[Made], many: int) -> None:
        able = [one for one in people if (self._today - one.facts["born_on"]).days > 24 * 365]
        for one in self._dice.sample(able, min(many, len(able))):
            one.facts["political"] = "01"
            since = one.facts["born_on"] + timedelta(days=self._dice.randint(22 * 365, 24 * 365))
            one.sets["party"] = {"kind": "full", "joined_on": since, "state": "normal"}

    def _household(self, door: Door, family: Family, people: list[Made]) -> None:
        home = {"grid_path": door.grid_path, "door": door.door}
        since = self._today - timedelta(days=self._dice.randint(30, 400 if family.tenure == "let" else 5000))
        household, care = self._id(), False
        self._lines[Household].add(household, {**home, "room_id": door.room, "kind": "family", "valid_from": since})
        confirmed = self._confirmed()
        for one in people:
            person = self._id()
            place = {**home, "room_id": door.room, "building_id": door.building, "confirmed_on": confirmed}
            self._lines[Person].add(person, {**one.facts, **place})
            marks = self._of_person(person, one, home)
            care = care or CARE in marks
            told = {"person_id": person, "valid_from": max(since, one.facts["born_on"])}
            self._lines[Membership].add(self._id(), {**told, "household_id": household, "relation": one.relation})
            self._lines[Residence].add(
                self._id(),
                {
                    **told,
                    "room_id": door.room,
                    "kind": self._kind(family, one),
                    "lives": True,
                    "registered": not family.newcomer and family.tenure == "owned",
                },
            )
            if one.relation == HEAD:
                self._owns(person, door, family, since)
        self._home(door, family.tenure, len(people), care=care, confirmed=confirmed)

    def _kind(self, family: Family, one: Made) -> str:
        if one.relation == HEAD:
            return "tenant" if family.tenure == "let" else "owner"
        return "tenant" if one.relation == OTHER else "family"

    def _owns(self, person: int, door: Door, family: Family, since: date) -> None:
        """Owners are remembered; some of the let rooms belong to one of them."""
        if family.tenure == "owned":
            self._landlords.append(person)
        elif self._landlords and self._dice.random() < _LANDLORDS:
            owner = self._landlords.pop(self._dice.randrange(len(self._landlords)))
            values = {"person_id": owner, "room_id": door.room, "kind": "owner", "lives": False, "valid_from": since}
            self._lines[Residence].add(self._id(), values)

    def _of_person(self, person: int, one: Made, home: dict[str, Any]) -> set[str]:
        """Terms, sets and marks."""
        facts = one.facts
        for row in rows_of(pieces_of([facts["name"]], phones=[facts.get("phone", "")])):
            self._lines[PersonTerm].add(self._id(), {"person_id": person, **row})
        for kind in SETS:
            if kind.name in one.sets:
                self._lines[kind.model].add(self._id(), {"person_id": person, **one.sets[kind.name]})
        held = {name: SimpleNamespace(**{"living": "", "ability": "", "grade": "", **row}) for name, row in one.sets.items()}
        marks = marks_of(held)
        for mark in sorted(marks):
            self._lines[PersonMark].add(self._id(), {**home, "mark": mark, "person_id": person})
        return marks

    def _home(self, door: Door, state: str, people: int, *, care: bool, confirmed: date | None = None) -> None:
        seen = confirmed or self._confirmed()
        values = {
            "room_id": door.room,
            "building_id": door.building,
            "grid_path": door.grid_path,
            "door": door.door,
            "state": state,
            "people": people,
            "households": int(people > 0),
            "care": care,
            "confirmed_on": seen,
            "due_on": due_on(state, seen),
            "valid_from": seen,
        }
        self._lines[Home].add(self._id(), values)
        self.homes += 1

    def _confirmed(self) -> date:
        return self._today - timedelta(days=int(self._dice.triangular(0, 420, 60)))

    def _id(self) -> int:
        found = next(self._ids, None)
        if found is None:
            self._ids = chain.from_iterable(reserve(IDS, 20_000))
            found = next(self._ids)
        return self._place << SHIFT | found

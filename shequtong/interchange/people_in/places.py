"""Doors in memory (门牌库): the buildings and rooms within reach, asked for each row without a statement; what is not found, with what is near.

Three statements when it is made. Of what lies outside the reach it knows nothing, and so tells nothing.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.people import permissions
from shequtong.territory.address import parse_address
from shequtong.territory.address.normal import building_key, house_key, normal
from shequtong.territory.address.parse import AddressParts
from shequtong.territory.models import Building, Room

_NEAR = 3  # that are suggested


class NoSuchDoor(Refusal):
    """The address is none of ours, or not enough to tell which. `part`: building, entrance or room is at fault."""

    def __init__(self, words: str, part: str = "building") -> None:
        super().__init__(words)
        self.part = part


@dataclass
class House:
    """A building with its doors: name of the room -> entrance -> id."""

    label: str
    building: str
    entrances: set[int] = field(default_factory=set)
    rooms: dict[str, dict[int, int]] = field(default_factory=dict)


class Places:
    """All doors of a subdistrict that this actor may bring people behind."""

    def __init__(self, subdistrict: int, by: Actor) -> None:
        reach, houses = by.reach(permissions.IMPORT), dict[int, House]()
        self._by_street, self._by_compound = dict[tuple[str, str], list[House]](), dict[str, list[House]]()
        standing = Building.objects.within(subdistrict).standing().defer("footprint").select_related("compound")
        for one in standing.order_by("number", "id"):
            if not reach.covers(one.reach_facts()):
                continue
            compound = one.compound.name if one.compound else ""
            house = houses[one.pk] = House(one.address, building_key(one.name))
            self._by_street.setdefault((normal(one.street), house_key(one.house_no)), []).append(house)
            if compound:
                self._by_compound.setdefault(normal(compound), []).append(house)
                house.label = one.address if compound in one.address else f"{one.address}（{compound}）"
        rooms = Room.objects.filter(subdistrict=subdistrict).order_by("id")
        for pk, name, entrance, building in rooms.values_list(
            "id", "name", "entrance__number", "entrance__building_id"
        ).iterator():
            if building in houses:
                houses[building].entrances.add(entrance)
                houses[building].rooms.setdefault(normal(name), {})[entrance] = pk
        self._streets = sorted({street for street, _no in self._by_street if street})
        self.house_of = lru_cache(maxsize=20_000)(self._house_of)

    def door(self, said: AddressParts) -> int:
        """The room an address means. Raises NoSuchDoor."""
        house = self.house_of(said.street, said.house_no, said.compound, said.building, said.rest)
        doors = house.rooms.get(said.room) or house.rooms.get(said.room.removesuffix("室")) if said.room else None
        if not said.room:
            if len(house.rooms) == 1 and len(only := next(iter(house.rooms.values()))) == 1:
                return next(iter(only.values()))
            raise NoSuchDoor(_("%(building)s is found, but the room is not told.") % {"building": house.label}, "room")
        entrance = _number(said.entrance)
        if doors and entrance is None and len(doors) == 1:
            return next(iter(doors.values()))
        if doors and entrance is None:
            told = "、".join(_("entrance %(n)s") % {"n": one} for one in sorted(doors))
            raise NoSuchDoor(
                _("Say which entrance: the building has this room in %(entrances)s.") % {"entrances": told}, "entrance"
            )
        if doors and entrance in doors:
            return doors[entrance]
        words = {"building": house.label, "entrance": said.entrance, "room": said.room}
        near = _near_rooms(house, said.room, entrance)
        known = _("%(building)s has no door %(entrance)s %(room)s.") % words
        raise NoSuchDoor(known + (" " + _("Near it: %(rooms)s.") % {"rooms": "、".join(near)} if near else ""), "room")

    def _house_of(self, street: str, house_no: str, compound: str, building: str, rest: str) -> House:
        wanted = building_key(building) if building else ""
        of_street = self._by_street.get((normal(street), house_key(house_no)), []) if street else []
        of_compound = self._compound(compound) if compound else []
        for candidates in ([one for one in of_street if one in of_compound], of_street, of_compound):
            fit = [one for one in candidates if one.building == wanted] if wanted else candidates
            if len(fit) == 1:
                return fit[0]
            if len(fit) > 1:
                break
        raise NoSuchDoor(self._unknown(street, of_street or of_compound, wanted))

    def _compound(self, name: str) -> list[House]:
        plain = normal(name)
        found = self._by_compound.get(plain)
        return (
            found
            if found is not None
            else [one for each, houses in self._by_compound.items() if each.startswith(plain) for one in houses]
        )

    def _unknown(self, street: str, around: Iterable[House], wanted: str) -> str:
        """Which building was perhaps meant: the next ones of the same address or compound, else those of a street written much the same."""
        near = list(around)
        if not near and street:
            close = difflib.get_close_matches(normal(street), self._streets, n=2, cutoff=0.6)
            near = [one for (name, _no), houses in self._by_street.items() if name in close for one in houses]
        number = _number(wanted) or 0
        near.sort(key=lambda one: abs((_number(one.building) or 0) - number))
        words = _("No building of your territory has this address.")
        return words + (
            " " + _("Perhaps: %(buildings)s.") % {"buildings": "、".join(one.label for one in near[:_NEAR])} if near else ""
        )


@lru_cache(maxsize=50_000)
def parsed(text: str) -> AddressParts:
    """The parts of an address; people behind one door are written alike."""
    return parse_address(text)


def _number(text: str) -> int | None:
    digits = "".join(one for one in text if one.isdigit())
    return int(digits) if digits else "甲乙丙丁".find(text[:1]) + 1 or None if text else None


def _near_rooms(house: House, room: str, entrance: int | None) -> list[str]:
    known = [name for name, doors in house.rooms.items() if entrance is None or entrance in doors] or list(house.rooms)
    return difflib.get_close_matches(room, sorted(known), n=_NEAR, cutoff=0.4)

"""Homes and people of the city (城市人房): rooms behind the doors of its buildings, as high as needed, and made-up people in them."""

from collections.abc import Callable
from datetime import datetime
from itertools import chain

from django.db import models, transaction

from shequtong.core.actors import Actor
from shequtong.core.bulk import bare_tables, copy_lines, take_statistics
from shequtong.core.locality.blocks import IDS, reserve
from shequtong.core.locality.ids import SHIFT
from shequtong.pages.city.place import Street
from shequtong.pages.city.sizes import sizes
from shequtong.pages.demo.census.lines import Lines
from shequtong.pages.demo.census.loading import MODELS, Census, Wanted, doors_of
from shequtong.territory.models import Building, Entrance, Room

A_DOOR = 1.65  # people
_ENTRANCES, _DOORS = 3, 4  # of a building, of each of its floors
_PARTY = 16  # one in so many


def fill_city(streets: list[Street], people: int, seed: int, by: Actor, now: datetime, say: Callable[[str], None]) -> int:
    """So many people over the subdistricts as their cases lie; how many. In one transaction: all are there or none."""
    shares = [size.cases for size in sizes(people, len(streets))]
    done = 0
    tables: list[type[models.Model]] = [Entrance, Room, *MODELS]
    with transaction.atomic(), bare_tables(tables):
        for street, share in zip(streets, shares, strict=True):
            _rooms(street, round(share / A_DOOR))
            doors = list(doors_of(street.number))
            census = Census(street.number, Wanted(share, len(doors), share // _PARTY), seed + street.number, by, now)
            census.load(doors, lambda _n: None)
            done += census.people
            say(f"  {done:,} of {people:,} people")
        say("Indexes and keys …")
    take_statistics()
    return done


def _rooms(street: Street, wanted: int) -> None:
    """As many rooms as are wanted, and a few more: whole floors of all buildings."""
    home = {"subdistrict_id": street.number}
    floors = max(1, -(-wanted // (len(street.buildings) * _ENTRANCES * _DOORS)))
    a_building = _ENTRANCES * (1 + floors * _DOORS)
    ids = chain.from_iterable(reserve(IDS, len(street.buildings) * a_building))
    entrances, rooms, place = Lines(Entrance, home), Lines(Room, home), street.number << SHIFT
    for building in street.buildings:
        for number in range(1, _ENTRANCES + 1):
            entrance = place | next(ids)
            entrances.add(entrance, {"building_id": building.pk, "name": f"{number}单元", "number": number})
            for floor in range(1, floors + 1):
                for door in range(1, _DOORS + 1):
                    rooms.add(place | next(ids), {"entrance_id": entrance, "floor": floor, "name": f"{floor}{door:02d}"})
    copy_lines(Entrance, entrances.taken())
    copy_lines(Room, rooms.taken())
    Building.objects.filter(subdistrict=street.number).update(floors=floors, room_count=floors * _ENTRANCES * _DOORS)

"""Homes of a batch counted (实有房屋计数): for `load_people`: those that are missing made, all of them counted anew, in a few statements."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count

from shequtong.core.actors import Actor
from shequtong.people.marking import CARE
from shequtong.people.models import Home, Household, PersonMark, Residence
from shequtong.people.usecases._homes import door_of_room, lived_in
from shequtong.people.usecases._load_lines import Lines
from shequtong.people.usecases._people import provenance
from shequtong.territory.models import Room


def count_homes(
    wanted: Iterable[int],
    known: Mapping[int, Room],
    subdistrict: int,
    *,
    source: str,
    by: Actor,
    now: datetime,
    ids: Iterator[int],
) -> None:
    """Who lives behind these doors, how many households, whether somebody needs care. Six statements."""
    rooms = set(wanted)
    if not rooms:
        return
    homes = {home.room_id: home for home in Home.objects.within(subdistrict).select_for_update().filter(room__in=rooms)}
    living = Residence.objects.within(subdistrict).filter(room__in=rooms, ended_on=None, lives=True)
    people = Counter(dict(living.values_list("room").annotate(n=Count("id")).order_by()))
    standing = Household.objects.within(subdistrict).filter(room__in=rooms, ended_on=None)
    households = Counter(dict(standing.values_list("room").annotate(n=Count("id")).order_by()))
    marks = PersonMark.objects.filter(subdistrict=subdistrict, mark=CARE, person__residences__in=living)
    care = set(marks.values_list("person__room", flat=True))
    lines = Lines(Home, {"subdistrict_id": subdistrict, **provenance(source, by, now, None)})
    for number in sorted(rooms):
        counted = {"people": people[number], "households": households[number], "care": number in care}
        if number not in homes and number not in known:
            continue  # where somebody moved out of; it never had a home of its own
        if number not in homes:
            room = known[number]
            building = room.entrance.building
            place = {"building_id": building.pk, "grid_path": building.grid_path, "door": door_of_room(room)}
            lines.add(id=next(ids), room_id=number, version=2, **place, **counted)
            continue
        _count(homes[number], counted)
    lines.write()
    Home.objects.bulk_update(homes.values(), ["people", "households", "care", "version"], batch_size=500)


def _count(home: Home, counted: Mapping[str, Any]) -> None:
    came = counted["people"] > home.people
    home.version += 1
    for name, value in counted.items():
        setattr(home, name, value)
    if came:  # no statement but for those that a visit had found empty
        lived_in(home)

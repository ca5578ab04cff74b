"""What the use-cases share about doors (房屋操作): a home made and counted, a person settled, residences and memberships begun and ended.

Nothing here asks for rights or writes a trace: the use-cases do.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from shequtong.core.actors import Actor
from shequtong.people import tenancy
from shequtong.people.doors import door_of
from shequtong.people.freshness import due_on
from shequtong.people.marking import CARE
from shequtong.people.models import Home, Household, Membership, Person, PersonMark, Residence
from shequtong.people.usecases._people import provenance
from shequtong.territory.models import Room


def door_of_room(room: Room) -> str:
    """The door key of a room whose entrance and building are loaded."""
    entrance = room.entrance
    return door_of(entrance.building.number, entrance.building.pk, entrance.number, room.floor, room.name)


def room_with_place(room_id: int) -> Room:
    """The room with its entrance and building, in one statement."""
    return Room.objects.select_related("entrance__building").get(pk=room_id)


def have_home(room: Room, source: str, by: Actor, now: datetime) -> Home:
    """The home of a room, locked, made where none was: of two who make it at once one does, the other waits for it. One statement, or three."""
    locked = Home.objects.select_for_update(of=("self",)).filter(subdistrict=room.subdistrict_id, room=room)
    found = locked.first()
    if found is not None:
        return found
    building = room.entrance.building
    made = Home(
        subdistrict_id=room.subdistrict_id,
        room=room,
        building=building,
        grid_path=building.grid_path,
        door=door_of_room(room),
        **provenance(source, by, now, None),
    )
    Home.objects.bulk_create([made], ignore_conflicts=True)
    return locked.get()


def count_home(home: Home) -> None:
    """Count who lives there anew, and whether somebody of them needs care. Four statements."""
    living = Residence.objects.filter(subdistrict=home.subdistrict_id, room=home.room_id, ended_on=None, lives=True)
    people = sorted(living.values_list("person_id", flat=True))
    home.people = len(people)
    home.households = Household.objects.filter(subdistrict=home.subdistrict_id, room=home.room_id, ended_on=None).count()
    marked = Q(subdistrict=home.subdistrict_id, person__in=people, mark=CARE)
    home.care = bool(people) and PersonMark.objects.filter(marked).exists()
    home.version += 1
    home.save(update_fields=["people", "households", "care", "version"])


def lived_in(home: Home) -> None:
    """Somebody came to live there: it is empty or to let no more. Two statements, none where it was neither."""
    if home.state in (Home.State.EMPTY, Home.State.TO_LET):
        living = Residence.objects.filter(subdistrict=home.subdistrict_id, room=home.room_id, ended_on=None, lives=True)
        home.state = Home.State(tenancy.state_after(home.state, set(living.values_list("kind", flat=True))))
        home.due_on = due_on(home.state, home.confirmed_on)
        home.save(update_fields=["state", "due_on"])


def settle(person: Person, room: Room | None) -> None:
    """Where a person is found from now on: behind this door, or where they were kept when they have none. Saves the place and the marks."""
    person.room = room
    person.building = room.entrance.building if room else None
    if room is not None:
        person.grid_path, person.door = room.entrance.building.grid_path, door_of_room(room)
    else:
        person.door = ""
    person.version += 1
    person.save(update_fields=["room", "building", "grid_path", "door", "version"])
    PersonMark.objects.filter(subdistrict=person.subdistrict_id, person=person).update(
        grid_path=person.grid_path, door=person.door
    )


def begin_residence(person: Person, room: Room, facts: Mapping[str, Any], origin: Mapping[str, Any]) -> Residence:
    """A person behind a door. `facts`: kind, lives, registered. Who lives there is settled there."""
    residence = Residence.objects.create(subdistrict_id=person.subdistrict_id, person=person, room=room, **facts, **origin)
    if residence.lives:
        settle(person, room)
    return residence


def end_residences(residences: Iterable[Residence], on: date, why: str) -> list[int]:
    """End these; the rooms that are to be counted anew."""
    rooms = []
    for one in residences:
        one.ended_on, one.ended_for = on, why[:60]
        one.save(update_fields=["ended_on", "ended_for"])
        rooms.append(one.room_id)
    return rooms


def end_memberships(person: Person, on: date) -> list[Household]:
    """Take a person out of their household; a household that nobody is left of ends. The households touched."""
    rows = list(
        Membership.objects.select_related("household").filter(subdistrict=person.subdistrict_id, person=person, ended_on=None)
    )
    touched = []
    for row in rows:
        row.ended_on = on
        row.save(update_fields=["ended_on"])
        household = row.household
        left = Membership.objects.filter(subdistrict=household.subdistrict_id, household=household, ended_on=None)
        if not left.exists():
            household.ended_on = on
            household.save(update_fields=["ended_on"])
        touched.append(household)
    return touched

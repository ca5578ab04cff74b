"""The demo's population (演示人口): 64,060 made-up people behind the doors of the full demo, as many a door in the small one; a resident of the cast among them."""

from collections.abc import Callable
from datetime import date, datetime

from shequtong.core.actors import Actor
from shequtong.pages.demo.census.loading import Census, Wanted, doors_of
from shequtong.pages.demo.census.people import COUNTY
from shequtong.pages.demo.people import CAST
from shequtong.people.identity import check_character
from shequtong.people.models import Home, Person
from shequtong.people.usecases import NewPerson, link_at_window, register_person, write_set

PEOPLE, PARTY = 64_060, 4_000  # domain/README.md 2
_A_DOOR = 1.65  # people, where there are fewer doors than in the full place
_SEED = 20_251_130


def fill_homes(subdistrict: int, *, full: bool, by: Actor, now: datetime, say: Callable[[str], None]) -> int:
    """Load them unless somebody is there already; how many. The resident of the cast lives behind the first empty door."""
    if Person.objects.filter(subdistrict=subdistrict).exists():
        return 0
    doors = list(doors_of(subdistrict))
    family = 3
    people = PEOPLE - family if full else round(len(doors) * _A_DOOR)
    wanted = Wanted(people, len(doors), PARTY if full else people // 16)
    census = Census(subdistrict, wanted, _SEED, by, now)
    census.load(doors, lambda done: say(f"  {done:,} of {people:,} people") if done % 10_000 < people // 40 else None)
    _resident(subdistrict, by, now)
    return census.people + family


def _resident(subdistrict: int, by: Actor, now: datetime) -> None:
    """The family of the resident whose sign-in is printed."""
    her = next(one for one in CAST if one.key == "resident")
    home = Home.objects.filter(subdistrict=subdistrict, people=0).order_by("grid_path", "door").first()
    if home is None:
        return
    head = register_person(new=_new(her.name, date(1988, 6, 12), 402, "02", home.room_id, phone=her.phone), by=by, now=now)
    link_at_window(person_id=head.pk, phone=her.phone, by=by, now=now)
    household = head.memberships.get().household_id
    for name, born, serial, relation in (("孙立明", date(1986, 3, 4), 401, "11"), ("孙一诺", date(2017, 9, 21), 404, "30")):
        register_person(new=_new(name, born, serial, relation, home.room_id, household), by=by, now=now)
    write_set(person_id=head.pk, name="family", values={"children": 1}, source="resident", by=by, now=now)


def _new(
    name: str, born: date, serial: int, relation: str, room: int, household: int | None = None, phone: str = ""
) -> NewPerson:
    first = f"{COUNTY}{born:%Y%m%d}{serial:03d}"
    facts = {"name": name, "id_number": first + check_character(first), "phone": phone, "ethnicity": "01", "population": "01"}
    kind = "owner" if relation == "02" else "family"
    return NewPerson(facts=facts, room_id=room, kind=kind, household_id=household, relation=relation, source="resident")

"""Persons and homes for tests (测试用人员)."""

from datetime import date
from typing import Any

from shequtong.core.actors import SystemActor
from shequtong.people.identity import check_character
from shequtong.people.models import Person
from shequtong.people.usecases import NewPerson, register_person
from shequtong.territory.models import Building, Entrance, Room

REGISTRAR = SystemActor("登记员")


def make_id(born: date = date(1990, 1, 1), serial: int = 11) -> str:
    """A number with the right check character, of a county code that is nobody's; `serial` odd for a man."""
    first = f"320599{born:%Y%m%d}{serial:03d}"
    return first + check_character(first)


def make_room(building: Building, entrance: int = 1, floor: int = 5, name: str = "") -> Room:
    """A room of a building: 1单元 501 unless said."""
    behind, _made = Entrance.objects.get_or_create(
        subdistrict_id=building.subdistrict_id, building=building, number=entrance, defaults={"name": f"{entrance}单元"}
    )
    room, _made = Room.objects.get_or_create(
        subdistrict_id=building.subdistrict_id, entrance=behind, name=name or f"{floor}01", defaults={"floor": floor}
    )
    return room


def make_person(room: Room | None = None, name: str = "张建国", *, now: Any, relation: str = "02", **more: Any) -> Person:
    """Somebody who lives behind a door, the head of a new household unless said. `more`: facts, or fields of NewPerson."""
    fields = {key: more.pop(key) for key in list(more) if key in NewPerson.__dataclass_fields__}
    facts = {"name": name, **more}
    new = NewPerson(facts=facts, room_id=room.pk if room else None, relation=relation, **fields)
    return register_person(new=new, by=REGISTRAR, now=now)

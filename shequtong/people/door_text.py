"""A door as people write it (房屋写法): 枫桥路12号3幢 1单元 501, 馨泰花园3幢501, 3-1-501. Pure."""

import re
from typing import NamedTuple

_DOOR = re.compile(
    r"^(?P<building>.*?)[\s,，、-]*(?:(?P<entrance>\d{1,2})\s*(?:单元|[-－]))?[\s,，、-]*(?P<room>[0-9A-Za-z]{1,8})\s*室?$"
)
_BUILDING = re.compile(r"^(?P<before>.*?)[\s,，、-]*(?P<number>\d{1,4})\s*(?:幢|栋|号楼|楼|-|－)?$")


class Said(NamedTuple):
    """What a text names: words of the building as a whole, before its number, its number; entrance and room. None: not named."""

    building: str
    before: str
    number: int | None
    entrance: int | None
    room: str


def read_door(text: str) -> Said | None:
    """None where no room is named."""
    said = _DOOR.match(text.strip())
    if said is None:
        return None
    words = said["building"].strip()
    numbered = _BUILDING.match(words)
    return Said(
        words,
        numbered["before"].strip() if numbered else words,
        int(numbered["number"]) if numbered else None,
        int(said["entrance"]) if said["entrance"] else None,
        said["room"],
    )

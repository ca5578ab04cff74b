"""The order of doors (门牌序): a key by which homes sort as one walks: building, entrance, floor, room. Pure."""

import re

_DIGITS = re.compile(r"\d+")


def door_of(building_number: int, building_id: int, entrance: int, floor: int, room: str) -> str:
    """The key of a room within its grid. Floors sort upwards; cellars (below 0) come first. At most 40 characters."""
    found = _DIGITS.search(room)
    number = int(found[0]) if found else 0
    return f"{building_number:06d}.{building_id & 0x3FFFFFFFFFFF:x}.{entrance:02d}.{floor + 100:03d}.{number:06d}.{room[:6]}"[:40]

"""Self-routing ids (自路由编号): the home subdistrict stands in the top bits of every local row's id, so that an id alone finds its shard."""

from shequtong.core.locality.blocks import IDS, next_number

SHIFT = 46
HIGHEST_PLACE = (1 << 17) - 1
HIGHEST_ID = (1 << 63) - 1
# The installation itself is a place too: rows that belong to no street (sign-in codes, its own audit) live there.
INSTALLATION = 0


def part_of(local_id: int | str) -> int:
    """The storage number of the subdistrict an id belongs to."""
    return int(local_id) >> SHIFT


def new_id(place: int, using: str = "default") -> int:
    """A fresh id in `place` (a subdistrict's storage number, 0..131071), made before the INSERT so that a retry can reuse it.

    ValueError for a place outside the range. Costs one statement in a thousand (`blocks.next_number`).
    """
    if not 0 <= place <= HIGHEST_PLACE:
        raise ValueError(f"storage number {place} is outside 0..{HIGHEST_PLACE}")
    number = next_number(IDS, using=using)
    if number >> SHIFT:
        raise OverflowError("the 46 bits of the id are used up")
    return (place << SHIFT) | number

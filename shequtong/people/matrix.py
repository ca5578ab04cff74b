"""The matrix of an entrance (楼盘表): rooms of each floor by number, one under another; whatever they are called, none is lost. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence

Named = tuple[int, int, str]  # id, floor, name of a room
_NUMBERED = re.compile(r"\D*0*(\d+?)(\d\d)(?!\d)")


def line_of(floor: int, name: str) -> int | None:
    """Which line of rooms a name says: 2 for 302 on the third floor, 1 for B101 in the first cellar; None for a shop, a duplex told otherwise."""
    found = _NUMBERED.match(name)
    if found is None or int(found[1]) != abs(floor) or int(found[2]) == 0:
        return None
    return int(found[2])


def by_number(name: str) -> tuple[int, str]:
    """How rooms stand beside one another: by the number in their name, those without one last."""
    found = re.search(r"\d+", name)
    return (int(found[0]) if found else 10**9, name)


def arranged(rooms: Iterable[Named]) -> dict[int, list[int | None]]:
    """Floor -> ids of its rooms from left to right, None where none lies; all floors equally wide.

    Rooms of one line stand under one another. A room that names no line, or one that is taken, stands in the first free place of its floor.
    """
    floors: dict[int, list[tuple[int, str]]] = {}
    for pk, floor, name in rooms:
        floors.setdefault(floor, []).append((pk, name))
    for found in floors.values():
        found.sort(key=lambda one: (by_number(one[1]), one[0]))
    lines = sorted({line for floor, found in floors.items() for _pk, name in found if (line := line_of(floor, name))})
    column = {line: at for at, line in enumerate(lines)}
    drawn = {floor: _row(floor, found, column) for floor, found in floors.items()}
    width = max((len(row) for row in drawn.values()), default=0)
    return {floor: row + [None] * (width - len(row)) for floor, row in drawn.items()}


def _row(floor: int, rooms: Sequence[tuple[int, str]], column: Mapping[int, int]) -> list[int | None]:
    taken: dict[int, int] = {}
    loose = []
    for pk, name in rooms:
        at = column.get(line_of(floor, name) or 0)
        if at is None or at in taken:
            loose.append(pk)
        else:
            taken[at] = pk
    free = (at for at in range(len(column) + len(rooms)) if at not in taken)
    taken |= dict(zip(free, loose, strict=False))
    return [taken.get(at) for at in range(max(taken, default=-1) + 1)]

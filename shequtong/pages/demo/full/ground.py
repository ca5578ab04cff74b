"""How the ground of the full demo lies (演示布局): 96 grids that share every corner, compounds and buildings in them. Pure, always the same.

Real: the names of the communities, that the street measures 18.6 km² and lies in 虎丘区, and the names of most roads (they occur in 狮山 and
around). Generated: every line, number, compound and building. The lattice has eight columns and twelve rows; its lines are the roads.
"""

import itertools
import math
from typing import Any, NamedTuple

from shequtong.pages.demo.layout import Corner, Estate, building, inside, polygon
from shequtong.territory.dwellings import NewBuilding

COLUMNS, ROWS = 8, 12
_WIDE, _HIGH = 4, 3  # cells of a community: two communities a row, four rows
AREA = 18.6e6  # m², domain/README.md 2
BUILDINGS, COMPOUNDS = 1_046, 107
# Corners of the street in metres east and north of layout.LON, LAT: south-west, south-east, north-east, north-west; scaled to AREA about
# their middle. They lie inside the outline of 虎丘区 (a test).
_STREET: tuple[Corner, ...] = ((-2500.0, -2050.0), (1760.0, -2000.0), (100.0, 2700.0), (-3600.0, 2650.0))
_NEXT: tuple[Corner, ...] = ((-5300, 2000), (-4300, 2000), (-4300, 3000), (-5300, 3000))  # the one grid of the next street

# West to east along the rows, south to north.
EAST_WEST = ("横山路", "横塘路", "竹园路", "玉山路", "金山路", "狮山路", "邓尉路", "何山路", "枫桥路", "馨泰路", "华山路", "朝红路", "白马涧路")  # fmt: skip
NORTH_SOUTH = ("金枫路", "珠江路", "长江路", "塔园路", "滨河路", "向阳路", "学府路", "新升路", "运河路")

_FIRST = ("名城", "塔园", "金山", "邓尉", "滨河", "狮山", "锦绣", "东方", "新港", "万枫", "玉景", "景山", "枫津", "兰亭", "康佳", "绿宝", "馨泰", "何山", "香榭", "翠坊", "新创", "明珠")  # fmt: skip
_LAST = ("花园", "雅苑", "新村", "公寓", "家园")


class Kind(NamedTuple):
    """How a compound is built: storeys, entrances, rooms a storey, what its buildings are called."""

    floors: int
    entrances: int
    rooms: int
    word: str


# Rooms a building: 36, 44, 30, 40, 36. Ten or eleven of them make a grid of 300 to 500 rooms.
_KINDS = (Kind(6, 3, 2, "幢"), Kind(11, 2, 2, "幢"), Kind(5, 3, 2, "幢"), Kind(5, 4, 2, "幢"), Kind(18, 1, 2, "座"))


class Cell(NamedTuple):
    """A grid: its column from the west, its row from the north, its corners against the clock from the south-west."""

    column: int
    row: int
    corners: tuple[Corner, ...]


def _scaled() -> tuple[Corner, ...]:
    ring = [*_STREET, _STREET[0]]
    twice = sum(ax * by - bx * ay for (ax, ay), (bx, by) in itertools.pairwise(ring))
    scale = math.sqrt(AREA / (twice / 2))
    east, north = sum(x for x, _ in _STREET) / 4, sum(y for _, y in _STREET) / 4
    return tuple((east + (x - east) * scale, north + (y - north) * scale) for x, y in _STREET)


def _shift(column: int, row: int, way: int) -> float:
    """Up to an eighth of a cell, by arithmetic."""
    return ((column * 7 + row * 13 + way * 5) % 11 - 5) / 40


def _crossing(column: int, row: int) -> Corner:
    """Where two roads cross; `row` counts from the south here. What lies on the edge of the street stays on its straight line."""
    across = column + (_shift(column, row, 0) if 0 < column < COLUMNS else 0)
    up = row + (_shift(column, row, 1) if 0 < row < ROWS else 0)
    return inside(list(_scaled()), across / COLUMNS, up / ROWS)


def cells(community: int) -> list[Cell]:
    """The grids of a community (0 to 7, from west to east, north to south), numbered the same way (DB6101/T 3185-2024 §5.3 d)."""
    west, north = community % 2 * _WIDE, community // 2 * _HIGH
    return [_cell(column, row) for row in range(north, north + _HIGH) for column in range(west, west + _WIDE)]


def _cell(column: int, row: int) -> Cell:
    south = ROWS - 1 - row
    around = ((column, south), (column + 1, south), (column + 1, south + 1), (column, south + 1))
    return Cell(column, row, tuple(_crossing(*one) for one in around))


def street() -> dict[str, Any]:
    """The outline of the whole, through every crossing on its edge."""
    return polygon(_around(0, 0, COLUMNS, ROWS))


def community(number: int) -> dict[str, Any]:
    """The outline of a community, through every crossing on its edge."""
    west, south = number % 2 * _WIDE, ROWS - (number // 2 + 1) * _HIGH
    return polygon(_around(west, south, west + _WIDE, south + _HIGH))


def next_community() -> dict[str, Any]:
    """One grid that is its whole community."""
    return polygon(list(_NEXT))


def next_corners() -> list[Corner]:
    """Its corners."""
    return list(_NEXT)


def _around(west: int, south: int, east: int, north: int) -> list[Corner]:
    """Crossings against the clock from the south-west."""
    found = [(column, south) for column in range(west, east)] + [(east, row) for row in range(south, north)]
    found += [(column, north) for column in range(east, west, -1)] + [(west, row) for row in range(north, south, -1)]
    return [_crossing(*one) for one in found]


class Ground(NamedTuple):
    """A compound to be built: its address and how, and the part of its cell it takes (from west, 0 to 1)."""

    estate: Estate
    kind: Kind
    cell: Cell
    part: tuple[float, float]


def compounds(number: int) -> list[Ground]:
    """The compounds of a community: one a grid, two in eleven of all 96."""
    found = []
    for cell in cells(number):
        serial = cell.row * COLUMNS + cell.column  # of all grids
        buildings = 10 if serial % 10 == 4 else 11  # 96 grids: ten with ten, 86 with eleven, 1,046 in all
        kind = _KINDS[serial % len(_KINDS)]
        if serial % 9 == 3:  # eleven of them
            first = buildings // 2 + 1
            found.append(_ground(serial, kind, cell, first, (0.0, 0.55), second=False))
            found.append(_ground(serial, kind, cell, buildings - first, (0.55, 1.0), second=True))
        else:
            found.append(_ground(serial, kind, cell, buildings, (0.0, 1.0), second=False))
    return found


def _ground(serial: int, kind: Kind, cell: Cell, buildings: int, part: tuple[float, float], *, second: bool) -> Ground:
    """On the road south of the cell; the second of a cell on the road west of it."""
    order = COLUMNS * ROWS + serial // 9 if second else serial
    name = _FIRST[order % len(_FIRST)] + _LAST[order // len(_FIRST)]
    road = NORTH_SOUTH[cell.column] if second else EAST_WEST[ROWS - 1 - cell.row]
    number = (cell.row if second else cell.column) * 24 + 8 + 2 * (serial % 7)
    return Ground(Estate(name, road, f"{number}号", buildings, kind.floors, kind.entrances, kind.word), kind, cell, part)


def buildings(ground: Ground, compound_id: int) -> list[NewBuilding]:
    """The buildings of a compound in two rows across its part of the grid."""
    estate, corners = ground.estate, list(ground.cell.corners)
    half = (estate.buildings + 1) // 2
    found = []
    for n in range(estate.buildings):
        along, up = (n % half + 1) / (half + 1), (0.3, 0.7)[n // half]
        across = ground.part[0] + (ground.part[1] - ground.part[0]) * along
        found.append(building(estate, n, inside(corners, across, up), compound_id, ground.kind.rooms))
    return found

"""How the demo's ground lies (演示布局): grids that share corners, compounds in them, buildings in rows. Generated, pure, always the same.

Real: the names of the streets (塔园路, 金山路, 邓尉路, 滨河路, 狮山路 are in 狮山). Generated: every line, number and compound.
"""

from typing import Any, NamedTuple

from shequtong.territory.dwellings import NewBuilding

Corner = tuple[float, float]
LON, LAT = 120.557, 31.297  # a place in 狮山
_EAST, _NORTH = 1 / 95_015, 1 / 111_195  # degrees a metre at 31.3° north

# Corners of six grids in metres east and north of (LON, LAT): three columns, two rows, four lines of three points from west to east.
_CORNERS: tuple[tuple[Corner, Corner, Corner], ...] = (
    ((-460, -330), (-475, 10), (-440, 345)),
    ((-150, -345), (-140, -15), (-160, 360)),
    ((165, -335), (150, 20), (155, 350)),
    ((470, -310), (455, 5), (480, 330)),
)
# The one grid of the next street, to the north-west.
_NEXT: tuple[Corner, ...] = ((-1450, 900), (-900, 880), (-880, 1350), (-1430, 1370))


class Estate(NamedTuple):
    """A compound: its gate's address, how many buildings, how high, how many entrances, how the buildings are called."""

    name: str
    street: str
    house_no: str
    buildings: int
    floors: int
    entrances: int
    word: str = "幢"


ESTATES = (
    Estate("名城花园", "枫桥路", "12号", 12, 11, 2),
    Estate("塔园雅苑", "塔园路", "88号", 10, 6, 3),
    Estate("金山公寓", "金山路", "36号", 10, 6, 2),
    Estate("邓尉新村", "邓尉路", "20号", 12, 6, 3),
    Estate("滨河家园", "滨河路", "168号", 10, 18, 1),
    Estate("狮山名苑", "狮山路", "66号", 8, 24, 1, "座"),
)
NEXT_ESTATE = Estate("枫津家园", "津桥路", "8号", 4, 6, 2)
ROOMS_PER_FLOOR = 2


def community() -> dict[str, Any]:
    """The outline of the six grids."""
    south = [line[0] for line in _CORNERS]
    north = [line[2] for line in reversed(_CORNERS)]
    return polygon([*south, _CORNERS[3][1], *north, _CORNERS[0][1]])


def grids() -> list[dict[str, Any]]:
    """Numbered from west to east, north to south (DB6101/T 3185-2024 §5.3 d)."""
    return [polygon(_cell(n)) for n in range(len(ESTATES))]


def next_community() -> dict[str, Any]:
    """One grid that is its whole community."""
    return polygon(list(_NEXT))


def buildings(estate: Estate, cell: int | None, compound_id: int) -> list[NewBuilding]:
    """The buildings of a compound in two rows across its grid; `cell` None is the next street's."""
    corners = list(_NEXT) if cell is None else _cell(cell)
    half = (estate.buildings + 1) // 2
    found = []
    for n in range(estate.buildings):
        across, up = (n % half + 1) / (half + 1), (0.3, 0.7)[n // half]
        east, north = inside(corners, across, up)
        found.append(building(estate, n, (east, north), compound_id))
    return found


def building(estate: Estate, n: int, at: Corner, compound_id: int, rooms: int = ROOMS_PER_FLOOR) -> NewBuilding:
    """The building `n` (from 0) of a compound, its middle in metres east and north of LON, LAT."""
    (east, north), (lon, lat) = at, degrees(at)
    ring = [(east - 14, north - 6), (east + 14, north - 6), (east + 14, north + 6), (east - 14, north + 6)]
    return NewBuilding(
        street=estate.street,
        house_no=estate.house_no,
        name=f"{chr(ord('A') + n)}座" if estate.word == "座" else f"{n + 1}{estate.word}",
        lon=lon,
        lat=lat,
        floors=estate.floors,
        entrances=estate.entrances,
        rooms_per_floor=rooms,
        compound_id=compound_id,
        footprint=polygon(ring),
    )


def _cell(n: int) -> list[Corner]:
    """The corners of a grid against the clock from the south-west: three columns a row, the northern row first."""
    column, row = n % 3, 1 - n // 3
    west, east = _CORNERS[column], _CORNERS[column + 1]
    return [west[row], east[row], east[row + 1], west[row + 1]]


def inside(corners: list[Corner], across: float, up: float) -> Corner:
    """The point of four corners (against the clock from the south-west) at shares of their width and height."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    south, north = (ax + (bx - ax) * across, ay + (by - ay) * across), (dx + (cx - dx) * across, dy + (cy - dy) * across)
    return south[0] + (north[0] - south[0]) * up, south[1] + (north[1] - south[1]) * up


def degrees(corner: Corner) -> Corner:
    """Metres east and north of LON, LAT as lon, lat, six decimals."""
    return round(LON + corner[0] * _EAST, 6), round(LAT + corner[1] * _NORTH, 6)


def polygon(corners: list[Corner]) -> dict[str, Any]:
    """A GeoJSON polygon through these corners."""
    ring = [list(degrees(corner)) for corner in corners]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}

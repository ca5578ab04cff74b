"""Tiles (瓦片号): the zoom-20 web-mercator quadkey as a 40-bit integer, so that a viewport is a few BETWEEN ranges of one index."""

from heapq import heappop, heappush
from math import atan, degrees, log, pi, radians, sinh, tan

from shequtong.core.geo.distance import Box, box_around

TILE_ZOOM = 20  # a tile is 38 m wide at the equator, 33 m in Suzhou
_SIDE = 1 << TILE_ZOOM
_EDGE = 85.05112877980659  # degrees north and south at which the square map ends

Range = tuple[int, int]  # first and last tile, both included


def tile_of(lon: float, lat: float) -> int:
    """The tile of a point, 0 ≤ tile < 2**40; ValueError for what is no place on the earth (NaN too)."""
    return _interleave(*_column_row(lon, lat))


def tiles_of_viewport(box: Box, max_ranges: int = 8) -> list[Range]:
    """At most `max_ranges` ranges of tiles, sorted and disjoint, that hold every point of the box (west, south, east, north).

    They may hold some more: whoever reads them compares lon and lat as well. ValueError for a box turned inside out.
    """
    west, south, east, north = box
    if west > east or south > north:
        raise ValueError(f"The box {box} is turned inside out.")
    left, top = _column_row(west, north)
    right, bottom = _column_row(east, south)
    squares = _Squares(left, top, right, bottom)
    while squares.can_refine(max_ranges):
        squares.refine()
    return _joined(squares.ranges(), max_ranges)


def tiles_around(lon: float, lat: float, metres: float, max_ranges: int = 8) -> list[Range]:
    """The tiles within `metres` of a point, as ranges; exact distance is for the reader."""
    return tiles_of_viewport(box_around(lon, lat, metres), max_ranges)


def tile_corner(tile: int) -> tuple[float, float]:
    """The north-west corner (lon, lat) of a tile."""
    column, row = _squeeze(tile), _squeeze(tile >> 1)
    return column / _SIDE * 360.0 - 180.0, degrees(atan(sinh(pi * (1 - 2 * row / _SIDE))))


class _Squares:
    """Quadtree squares over a box of tiles; the one that sticks out most is cut next."""

    def __init__(self, left: int, top: int, right: int, bottom: int) -> None:
        self._box = (left, top, right, bottom)
        self._heap: list[tuple[int, int, int]] = []  # (minus tiles outside the box, first tile, level)
        self._whole: list[tuple[int, int]] = []  # (first tile, level) wholly inside
        level = max((left ^ right).bit_length(), (top ^ bottom).bit_length())
        self._add(_interleave(left, top) >> 2 * level << 2 * level, level)

    def _add(self, first: int, level: int) -> None:
        left, top, right, bottom = self._box
        x, y, side = _squeeze(first), _squeeze(first >> 1), 1 << level
        inside = _overlap(x, side, left, right) * _overlap(y, side, top, bottom)
        if inside == side * side:
            self._whole.append((first, level))
        elif inside:
            heappush(self._heap, (inside - side * side, first, level))

    def can_refine(self, max_ranges: int) -> bool:
        # three squares more at each cut; neighbours join again, so twice the ranges is still worth a look
        return bool(self._heap) and len(self._heap) + len(self._whole) + 3 <= 2 * max_ranges

    def refine(self) -> None:
        _, first, level = heappop(self._heap)
        quarter = 1 << 2 * (level - 1)
        for n in range(4):
            self._add(first + n * quarter, level - 1)

    def ranges(self) -> list[Range]:
        """All squares as ranges, neighbours joined."""
        squares = [*self._whole, *((first, level) for _, first, level in self._heap)]
        found: list[Range] = []
        for first, level in sorted(squares):
            last = first + (1 << 2 * level) - 1
            if found and found[-1][1] + 1 == first:
                found[-1] = (found[-1][0], last)
            else:
                found.append((first, last))
        return found


def _joined(ranges: list[Range], most: int) -> list[Range]:
    """Fewer ranges: the smallest holes between neighbours are read over."""
    while len(ranges) > most:
        at = min(range(len(ranges) - 1), key=lambda n: ranges[n + 1][0] - ranges[n][1])
        ranges[at : at + 2] = [(ranges[at][0], ranges[at + 1][1])]
    return ranges


def _overlap(start: int, side: int, first: int, last: int) -> int:
    return max(0, min(start + side - 1, last) - max(start, first) + 1)


def _column_row(lon: float, lat: float) -> tuple[int, int]:
    if not (-180.0 <= lon <= 180.0 and -90.0 <= lat <= 90.0):
        raise ValueError(f"({lon}, {lat}) is no place on the earth.")
    column = int((lon + 180.0) / 360.0 * _SIDE)
    clamped = max(-_EDGE, min(_EDGE, lat))
    row = int((0.5 - log(tan(pi / 4 + radians(clamped) / 2)) / (2 * pi)) * _SIDE)
    return min(column, _SIDE - 1), min(max(row, 0), _SIDE - 1)


def _interleave(column: int, row: int) -> int:
    return _spread(column) | _spread(row) << 1


def _spread(number: int) -> int:
    """20 bits with a zero between each two (Morton order)."""
    number = (number | number << 16) & 0x0000FFFF0000FFFF
    number = (number | number << 8) & 0x00FF00FF00FF00FF
    number = (number | number << 4) & 0x0F0F0F0F0F0F0F0F
    number = (number | number << 2) & 0x3333333333333333
    return (number | number << 1) & 0x5555555555555555


def _squeeze(number: int) -> int:
    """Every second bit, from the lowest: `_spread` undone."""
    number &= 0x5555555555555555
    number = (number | number >> 1) & 0x3333333333333333
    number = (number | number >> 2) & 0x0F0F0F0F0F0F0F0F
    number = (number | number >> 4) & 0x00FF00FF00FF00FF
    number = (number | number >> 8) & 0x0000FFFF0000FFFF
    return (number | number >> 16) & 0x00000000FFFFFFFF

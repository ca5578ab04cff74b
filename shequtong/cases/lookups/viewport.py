"""The viewport of a map (视野): what somebody looks at, and how near."""

from dataclasses import dataclass
from math import cos, floor, hypot, log2, radians
from typing import Protocol, Self

from django.db.models import Q

from shequtong.core.geo import TILE_ZOOM, Box, tile_of, tiles_of_viewport

MOST_CELLS = 240  # so many groups are read at most, however many cases
_FINER = 3  # a cell is an eighth of a map tile of 512 pixels: 64 to 128 on the screen


class Sign(Protocol):
    """What stands somewhere."""

    @property
    def lon(self) -> float:
        """East of Greenwich."""

    @property
    def lat(self) -> float:
        """North of the equator."""


@dataclass(frozen=True)
class Viewport:
    """What somebody looks at: west, south, east, north, and how near."""

    box: Box
    zoom: float

    @classmethod
    def fitting(cls, box: Box, width: int, height: int) -> Self:
        """All of a box as a map of so many pixels shows it."""
        west, south, east, north = box
        across, along = max(east - west, 0.001), max(north - south, 0.001)
        zoom = log2(min(width / across, height * cos(radians((south + north) / 2)) / along) * 360 / 512)
        return cls(box, max(zoom, 1))

    @property
    def level(self) -> int:
        """How many pairs of bits of the tile name a cell; coarser than the zoom says where a box is too large for it."""
        west, south, east, north = self.box
        level = min(max(floor(self.zoom) + _FINER, 1), TILE_ZOOM)
        while level > 1 and _cells_across(west, south, east, north, level) > MOST_CELLS:
            level -= 1
        return level

    @property
    def condition(self) -> Q:
        """Within the box, found by the tiles it touches."""
        west, south, east, north = self.box
        ranges = tiles_of_viewport(self.box)
        found = Q()
        for first, last in ranges:
            found |= Q(tile__range=(first, last))
        # The outer ends once more: one stretch of an index, where the database would rather read that than each range.
        ends = Q(tile__range=(ranges[0][0], ranges[-1][1]))
        return ends & found & Q(lon__range=(west, east), lat__range=(south, north))

    def pixels(self, one: Sign, other: Sign) -> float:
        """How far apart two stand on the screen."""
        a_degree = 512 * 2**self.zoom / 360
        east = (one.lon - other.lon) * a_degree
        north = (one.lat - other.lat) * a_degree / max(cos(radians(one.lat)), 0.01)
        return hypot(east, north)


def _cells_across(west: float, south: float, east: float, north: float, level: int) -> int:
    columns_rows = []
    for lon, lat in ((west, north), (east, south)):
        cell = tile_of(lon, lat) >> 2 * (TILE_ZOOM - level)
        columns_rows.append([int(format(cell, "b").zfill(2 * level)[side::2], 2) for side in (1, 0)])
    (left, top), (right, bottom) = columns_rows
    return (right - left + 1) * (bottom - top + 1)

"""The cases of a viewport (案件地图): the queue's filters and reach, drawn together to cells of the tile grid, or to single cases where they are few.

A station's two or three reads stay apart, as in the queue: each is added to the same cells.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import cos, floor, hypot, log2, radians
from typing import Any, Self

from django.db.models import Count, F, Max, Min, Q, Sum

from shequtong.cases import permissions
from shequtong.cases.lookups.lights import AMBER, RED, light_condition
from shequtong.cases.lookups.queue import Filters, parts_of
from shequtong.cases.models import Case
from shequtong.cases.models.case import CaseQuerySet
from shequtong.core.actors import Actor
from shequtong.core.geo import TILE_ZOOM, Box, tile_of, tiles_of_viewport
from shequtong.territory.locate import shape_of
from shequtong.territory.units import ancestors

MOST_POINTS = 300  # up to so many are shown each by itself
MOST_CELLS = 240  # so many groups are read at most, however many cases
LISTED = 25
_FINER = 3  # a cell is an eighth of a map tile of 512 pixels: 64 to 128 on the screen
_APART = 68  # pixels between the middles of two signs


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

    def pixels(self, one: "Cluster", other: "Cluster") -> float:
        """How far apart two stand on the screen."""
        a_degree = 512 * 2**self.zoom / 360
        east = (one.lon - other.lon) * a_degree
        north = (one.lat - other.lat) * a_degree / max(cos(radians(one.lat)), 0.01)
        return hypot(east, north)


@dataclass(frozen=True)
class Cluster:
    """Several cases as one sign: how many, how many of them late and due soon, their middle, and the box that holds them."""

    n: int
    late: int
    soon: int
    lon: float
    lat: float
    box: Box

    def with_other(self, other: "Cluster") -> Self:
        """Both as one."""
        n = self.n + other.n
        west, south, east, north = zip(self.box, other.box, strict=True)
        return type(self)(
            n,
            self.late + other.late,
            self.soon + other.soon,
            (self.lon * self.n + other.lon * other.n) / n,
            (self.lat * self.n + other.lat * other.n) / n,
            (min(west), min(south), max(east), max(north)),
        )


@dataclass(frozen=True)
class View:
    """What a viewport shows: clusters, or each case by itself; `listed` are those due soonest."""

    clusters: list[Cluster]
    points: list[Case]
    listed: list[Case]

    @property
    def n(self) -> int:
        """All of them."""
        return sum(one.n for one in self.clusters)

    @property
    def late(self) -> int:
        """Those past their time."""
        return sum(one.late for one in self.clusters)

    @property
    def soon(self) -> int:
        """Those that will be soon."""
        return sum(one.soon for one in self.clusters)


def view_of(actor: Actor, filters: Filters, viewport: Viewport, now: datetime) -> View:
    """The cases of the post in a viewport. Two statements, for a station up to three times as many; few rows, however many cases."""
    parts = [part.on_map().filter(viewport.condition) for part in parts_of(actor, filters, now, permissions.VIEW)]
    shift = 2 * (TILE_ZOOM - viewport.level)
    found: dict[Any, Cluster] = {}
    for part in parts:
        for row in _counted(part.annotate(cell=F("tile").bitrightshift(shift)), now, "cell"):
            one = _cluster(row)
            found[row["cell"]] = found[row["cell"]].with_other(one) if row["cell"] in found else one
    clusters = apart(found.values(), viewport)
    single = sum(one.n for one in clusters) <= MOST_POINTS
    cases = _soonest(parts, MOST_POINTS if single else LISTED)
    return View(clusters, cases if single else [], cases[:LISTED])


def clusters_of(cases: CaseQuerySet, viewport: Viewport, now: datetime) -> list[Cluster]:
    """All of these cases as signs that stand apart at the zoom of `viewport`, though they lie outside its box. One statement."""
    rows = cases.annotate(cell=F("tile").bitrightshift(2 * (TILE_ZOOM - viewport.level)))
    return apart((_cluster(row) for row in _counted(rows, now, "cell")), viewport)


def headers_of(actor: Actor, filters: Filters, viewport: Viewport, now: datetime) -> View:
    """The same for who sees headers: a header tells the grid and no house, so the cases of a grid stand together in its middle."""
    parts = [part.on_map() for part in parts_of(actor, filters, now, permissions.VIEW_HEADER)]
    found: dict[str, Cluster] = {}
    for part in parts:
        for path, one in by_place(part, now).items():
            if _inside(viewport.box, one):
                found[path] = found[path].with_other(one) if path in found else one
    listed = _soonest([part.filter(place_path__in=sorted(found)) for part in parts if found], LISTED)
    return View(apart(found.values(), viewport), [], listed)


def by_place(cases: CaseQuerySet, now: datetime) -> dict[str, Cluster]:
    """Path of the place → its cases as one cluster in its middle; what lies where nobody has drawn a boundary is left out. One statement."""
    late, soon = (Count("place_path", filter=light_condition(light, now)) for light in (RED, AMBER))
    rows = cases.order_by().values("place_path").annotate(n=Count("place_path"), late=late, soon=soon)
    found = {}
    for path, n, some_late, some_soon in rows.values_list("place_path", "n", "late", "soon"):
        shape = next((one for unit in reversed(ancestors(path)) if (one := shape_of(unit.id)) is not None), None)
        if shape is not None:
            middle = shape.representative_point()
            found[path] = Cluster(n, some_late, some_soon, middle.x, middle.y, shape.bounds)
    return found


def apart(clusters: Iterable[Cluster], viewport: Viewport) -> list[Cluster]:
    """Signs that would lie over one another become one; the largest stay where they are."""
    found: list[Cluster] = []
    for one in sorted(clusters, key=lambda each: (-each.n, each.lon, each.lat)):
        near = next((at for at, other in enumerate(found) if viewport.pixels(one, other) < _APART), None)
        if near is None:
            found.append(one)
        else:
            found[near] = found[near].with_other(one)
    return found


def _cells_across(west: float, south: float, east: float, north: float, level: int) -> int:
    columns_rows = []
    for lon, lat in ((west, north), (east, south)):
        cell = tile_of(lon, lat) >> 2 * (TILE_ZOOM - level)
        columns_rows.append([int(format(cell, "b").zfill(2 * level)[side::2], 2) for side in (1, 0)])
    (left, top), (right, bottom) = columns_rows
    return (right - left + 1) * (bottom - top + 1)


def _counted(part: CaseQuerySet, now: datetime, by: str) -> Iterable[dict[str, Any]]:
    """A row a group."""
    rows: Iterable[dict[str, Any]] = (
        part.order_by()
        .values(by)
        .annotate(
            n=Count("tile"),
            late=Count("tile", filter=light_condition(RED, now)),
            soon=Count("tile", filter=light_condition(AMBER, now)),
            lons=Sum("lon"),
            lats=Sum("lat"),
            west=Min("lon"),
            south=Min("lat"),
            east=Max("lon"),
            north=Max("lat"),
        )
    )
    return rows


def _cluster(row: dict[str, Any]) -> Cluster:
    n = row["n"]
    box = (row["west"], row["south"], row["east"], row["north"])
    return Cluster(n, row["late"], row["soon"], row["lons"] / n, row["lats"] / n, box)


def _soonest(parts: Iterable[CaseQuerySet], most: int) -> list[Case]:
    """Those due soonest of all parts."""
    found = {case.pk: case for part in parts for case in part.order_by("due_at", "id").defer("text")[:most]}
    return sorted(found.values(), key=lambda case: (case.due_at, case.pk))[:most]


def _inside(box: Box, one: Cluster) -> bool:
    west, south, east, north = box
    return west <= one.lon <= east and south <= one.lat <= north

"""The cases of a viewport (案件地图): the queue's filters and reach, drawn together to cells of the tile grid, or to single cases where they are few.

A station's two or three reads stay apart, as in the queue: each is added to the same cells.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from django.db.models import Count, F, Max, Min, Sum

from shequtong.cases import permissions
from shequtong.cases.lookups.lights import AMBER, RED, light_condition
from shequtong.cases.lookups.on_map_past import MOST_READ, counted_by_place, open_ones, reads_history
from shequtong.cases.lookups.queue import Filters, parts_of
from shequtong.cases.lookups.viewport import Viewport
from shequtong.cases.models import Case
from shequtong.cases.models.case import CaseQuerySet
from shequtong.core.actors import Actor
from shequtong.core.geo import TILE_ZOOM, Box
from shequtong.territory.locate import shape_of
from shequtong.territory.units import ancestors

MOST_POINTS = 300  # up to so many are shown each by itself
LISTED = 25
_APART = 68  # pixels between the middles of two signs


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
    by_grid: bool = False  # too many to be read: the cases of a grid stand together

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
    """The cases of the post in a viewport. Two statements, one more where ended ones are asked for, for a station up to three times as many;
    few rows, however many cases."""
    if many := _too_many(actor, filters, viewport, now, permissions.VIEW):
        return _of_grids(actor, filters, viewport, now, many, permissions.VIEW)
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
    if many := _too_many(actor, filters, viewport, now, permissions.VIEW_HEADER):
        return _of_grids(actor, filters, viewport, now, many, permissions.VIEW_HEADER)
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
        if one := _on_ground(path, n, some_late, some_soon):
            found[path] = one
    return found


def _on_ground(path: str, n: int, late: int = 0, soon: int = 0) -> Cluster | None:
    """So many cases in the middle of a place; None where nobody has drawn its boundary or one around it."""
    shape = next((one for unit in reversed(ancestors(path)) if (one := shape_of(unit.id)) is not None), None)
    if shape is None:
        return None
    middle = shape.representative_point()
    return Cluster(n, late, soon, middle.x, middle.y, shape.bounds)


def _too_many(actor: Actor, filters: Filters, viewport: Viewport, now: datetime, permission: str) -> dict[str, Cluster]:
    """The grids of the view by the figures, where there are more cases than are read one by one; else nothing. One statement, two for a near view."""
    if not reads_history(filters):
        return {}
    counted, of_station = counted_by_place(actor, filters, permission)
    headers = permission == permissions.VIEW_HEADER
    drawn = {path: one for path, n in counted.items() if (one := _on_ground(path, n)) is not None}
    near = {path: one for path, one in drawn.items() if _touches(viewport.box, one)}
    # The cases of a station are found by the station, wherever they lie.
    if (counted.total() if of_station else sum(one.n for one in near.values())) <= MOST_READ:
        return {}
    # Grids are counted whole, a near view shows corners of some: how many lie in it the tiles say, as far as it matters.
    exact = of_station or headers or all(_holds(viewport.box, one) for one in near.values())
    return near if exact or _read_of(actor, filters, viewport, now, permission) > MOST_READ else {}


def _read_of(actor: Actor, filters: Filters, viewport: Viewport, now: datetime, permission: str) -> int:
    """How many cases of the view would be read, counted no further than matters. One statement."""
    parts = (part.on_map().filter(viewport.condition) for part in parts_of(actor, filters, now, permission))
    return sum(part.order_by().values("pk")[: MOST_READ + 1].count() for part in parts)


def _of_grids(
    actor: Actor, filters: Filters, viewport: Viewport, now: datetime, near: dict[str, Cluster], permission: str
) -> View:
    """Their numbers from the figures; what is late or due soon is in hand, and counted along the index of that."""
    found = {path: _into(viewport.box, one) for path, one in near.items()}
    if filters.stage == "all":
        for part in parts_of(actor, open_ones(filters), now, permission):
            for path, one in by_place(part.on_map(), now).items():
                if path in found:
                    found[path] = replace(found[path], late=found[path].late + one.late, soon=found[path].soon + one.soon)
    parts = parts_of(actor, filters, now, permission) if found else []
    listed = _soonest([part.on_map().filter(place_path__in=sorted(found)) for part in parts], LISTED)
    return View(apart(found.values(), viewport), [], listed, by_grid=True)


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
    """Those due soonest of all parts, with what the map tells of a case alone."""
    told = (part.order_by("due_at", "id").in_brief()[:most] for part in parts)
    found = {case.pk: case for some in told for case in some}
    return sorted(found.values(), key=lambda case: (case.due_at, case.pk))[:most]


def _touches(box: Box, one: Cluster) -> bool:
    """Whether some of its ground is looked at."""
    west, south, east, north = box
    return one.box[0] <= east and one.box[2] >= west and one.box[1] <= north and one.box[3] >= south


def _holds(box: Box, one: Cluster) -> bool:
    """Whether all of its ground is looked at."""
    west, south, east, north = box
    return west <= one.box[0] and south <= one.box[1] and east >= one.box[2] and north >= one.box[3]


def _into(box: Box, one: Cluster) -> Cluster:
    """Its sign where its ground is looked at: in its own middle, or in the middle of what the view shows of it."""
    if _inside(box, one):
        return one
    west, south, east, north = box
    across, along = (max(west, one.box[0]), min(east, one.box[2])), (max(south, one.box[1]), min(north, one.box[3]))
    return replace(one, lon=sum(across) / 2, lat=sum(along) / 2)


def _inside(box: Box, one: Cluster) -> bool:
    west, south, east, north = box
    return west <= one.lon <= east and south <= one.lat <= north

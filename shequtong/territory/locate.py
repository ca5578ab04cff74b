"""Where a point lies (定位): the smallest unit around it, in process, on any database, in microseconds.

Boundaries are few and change rarely: each process holds them as prepared polygons under an R-tree. No statement when warm; a change
by another process is seen as soon as the revision of "territory" is (`core.held`), and only polygons that are new are read again.
"""

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import shapely
from django.db.models import F, TextField
from django.db.models.functions import Cast
from numpy.typing import ArrayLike, NDArray
from shapely import Polygon, STRtree
from shapely.geometry.base import BaseGeometry

from shequtong.core.geo import Box
from shequtong.core.held import Held
from shequtong.territory import units
from shequtong.territory.hierarchy import FINE, depth_of
from shequtong.territory.models import UnitVersion
from shequtong.territory.units import UnitRef

NOWHERE = 0  # the id that `locate_many` gives for a point outside every boundary


class Layer:
    """Polygons under an R-tree, the unit that wins a shared point first."""

    def __init__(self, found: list[tuple[UnitRef, BaseGeometry]]) -> None:
        # On a shared border the deeper unit wins, then the lower code: the same answer in every process, on every day.
        found = sorted(found, key=lambda one: (-depth_of(one[0].kind), one[0].code))
        self.units = [one for one, _ in found]
        self.ids = np.array([one.id for one in self.units], dtype=np.int64)
        self.shapes = np.array([shape for _, shape in found], dtype=object)
        shapely.prepare(self.shapes)
        # A prepared polygon makes its index at the first question: asked here, before two threads do so at once.
        shapely.intersects_xy(self.shapes, *shapely.get_coordinates(shapely.point_on_surface(self.shapes)).T)
        self.tree = STRtree(self.shapes)

    def first(self, lon: float, lat: float) -> UnitRef | None:
        around: list[int] = self.tree.query(shapely.Point(lon, lat)).tolist()
        for n in sorted(around):
            if shapely.intersects_xy(self.shapes[n], lon, lat):
                return self.units[n]
        return None

    def each(self, lons: ArrayLike, lats: ArrayLike) -> NDArray[np.int64]:
        """The ids, NOWHERE where there is none."""
        xs, ys = np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)
        which, shape = self.tree.query(shapely.points(xs, ys))
        hit = shapely.intersects_xy(self.shapes[shape], xs[which], ys[which])
        best = np.full(len(xs), len(self.units), dtype=np.int64)
        np.minimum.at(best, which[hit], shape[hit])
        return np.append(self.ids, NOWHERE)[best]


@dataclass(frozen=True)
class Locator:
    """All standing boundaries of one moment: grids and micro-grids, and under them the larger units. `bodies` keeps what was made of them."""

    fine: Layer
    coarse: Layer
    shapes: dict[int, BaseGeometry]
    bodies: dict[tuple[str, ...], tuple[bytes, str]] = field(default_factory=dict)


# Polygons already read, by version and when it was recorded (a boundary drawn twice on one day keeps its version).
# Held under a name that never changes: it lasts as long as the process, and goes when everything held is dropped.
_READ: Held[dict[tuple[int, datetime], BaseGeometry]] = Held("territory.read_shapes", dict)


def _load() -> Locator:
    """Two statements. Reading all of 30,000 polygons takes a second, reading them again after one change a fifth of that."""
    tree, held = units.tree(), _READ()
    read = dict(held)  # another thread may be loading too
    current = UnitVersion.objects.filter(valid_to__isnull=True, unit__ended_at__isnull=True)
    keys = {(pk, at): unit_id for pk, unit_id, at in current.values_list("id", "unit_id", "recorded_at")}
    missing = [pk for pk, at in keys if (pk, at) not in read]
    if missing:
        rows = current if len(missing) > 500 else current.filter(pk__in=missing)
        texts = rows.filter(boundary__isnull=False).annotate(text=Cast(F("boundary"), TextField()))
        fresh = list(texts.values_list("id", "recorded_at", "text"))
        read.update(zip([(pk, at) for pk, at, _ in fresh], shapely.from_geojson([text for *_, text in fresh]), strict=True))
    shapes = {unit_id: read[key] for key, unit_id in keys.items() if key in read}
    held.update(read)
    for gone in held.keys() - keys.keys():
        held.pop(gone, None)
    found = [(tree.by_id[unit_id], shape) for unit_id, shape in shapes.items() if unit_id in tree.by_id]
    fine = [one for one in found if one[0].kind in FINE]
    return Locator(Layer(fine), Layer([one for one in found if one[0].kind not in FINE]), shapes)


_LOCATOR = Held(units.REVISION, _load)


def locator() -> Locator:
    """The boundaries as they are now, at most a second behind another process."""
    return _LOCATOR()


def locate(lon: float, lat: float) -> UnitRef | None:
    """The smallest unit at a point (a grid, else its community …); on a shared border always the same one. No statement when warm."""
    held = _LOCATOR()
    return held.fine.first(lon, lat) or held.coarse.first(lon, lat)


def locate_many(lons: ArrayLike, lats: ArrayLike) -> NDArray[np.int64]:
    """`locate` for many points together: their unit ids, 0 where no unit is. Same answers, ten times faster a point."""
    held = _LOCATOR()
    xs, ys = np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)
    found = held.fine.each(xs, ys)
    lost = found == NOWHERE
    if lost.any():
        found[lost] = held.coarse.each(xs[lost], ys[lost])
    return found


def shape_of(unit_id: int) -> BaseGeometry | None:
    """The boundary of a standing unit as a shapely geometry, None where nobody has drawn one."""
    return _LOCATOR().shapes.get(unit_id)


def subdistricts_in(box: Box) -> tuple[int, ...]:
    """The storage numbers of all places a viewport touches: what a statement about its buildings is scoped by."""
    held, view = _LOCATOR(), _rectangle(box)
    touched = {
        layer.units[n].subdistrict
        for layer in (held.fine, held.coarse)
        for n in layer.tree.query(view, predicate="intersects").tolist()
    }
    return tuple(sorted(touched))


def _rectangle(box: Box) -> Polygon:
    return shapely.box(*box)

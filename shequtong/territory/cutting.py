"""Cutting ground anew (划分与合并): split by a line, join, draw into, give buildings their ground. Pure; shapes in degrees, by key.

Whatever a step does, borders that two grids share stay the same line on both sides (`coverage_clean`), and nothing is lost between them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

from shequtong.core.geo.distance import METRES_A_DEGREE
from shequtong.core.refusals import Refusal
from shequtong.territory import boundaries
from shequtong.territory.boundaries import TOLERANCE_M

Shapes = dict[str, BaseGeometry]
Position = tuple[float, float]
MOST_PARTS = 6  # one line makes
_clean: Callable[..., Any] = vars(shapely)["coverage_clean"]  # newer than what is written of shapely's types
_NODE = 0.02 / METRES_A_DEGREE  # corners so near are one corner
_SLIVER = TOLERANCE_M / METRES_A_DEGREE
_NEAR = 15 / METRES_A_DEGREE  # a line that ends so near a border ends on it


class CannotCut(Refusal):
    """A step that makes no grid of it; the text says why."""


def joined(shapes: Mapping[str, BaseGeometry]) -> Shapes:
    """The same ground with every shared border the same on both sides. Where grids overlap, nothing is touched: people decide that."""
    keys, found = list(shapes), list(shapes.values())
    if len(found) < 2 or shapely.coverage_is_valid(found) or any(boundaries.overlaps(dict(enumerate(found)))):
        return dict(shapes)
    clean = _clean(found, snapping_distance=_NODE, gap_width=_SLIVER)
    if any(one.is_empty for one in clean):
        return dict(shapes)
    return dict(zip(keys, clean.tolist(), strict=True))


def same_ground(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Whether two shapes differ nowhere by more than the tolerance; corners on a straight line are no difference."""
    return boundaries.sticking_out(one, other) is None and boundaries.sticking_out(other, one) is None


def cut(shape: BaseGeometry, line: Sequence[Position]) -> list[BaseGeometry]:
    """The parts of a shape on the sides of a line, the largest first. A line that ends inside is carried on to the border."""
    if len(line) < 2 or Point(line[0]).equals(Point(line[-1])):
        raise CannotCut(_("A line has two ends that lie apart."))
    edge = shape.boundary
    way = [*line]
    way[0] = _carried_on(edge, shape, line[1], line[0])
    way[-1] = _carried_on(edge, shape, way[-2], line[-1])
    parts = [part for part in shapely.get_parts(split(shape, LineString(way))).tolist() if not part.buffer(-_SLIVER / 2).is_empty]
    if len(parts) < 2:
        raise CannotCut(_("The line does not divide the grid: draw it from border to border."))
    if len(parts) > MOST_PARTS:
        raise CannotCut(_("The line makes %(n)s pieces: divide the grid by several simple lines.") % {"n": len(parts)})
    return sorted(parts, key=lambda part: -part.area)


def _carried_on(edge: BaseGeometry, shape: BaseGeometry, before: Position, end: Position) -> Position:
    """Where a line that ends at `end` meets the border: at hand, or straight on; an end outside stays."""
    point = Point(end)
    if not shape.contains(point) and edge.distance(point) > _NODE:
        return end
    dx, dy = end[0] - before[0], end[1] - before[1]
    length = float(np.hypot(dx, dy)) or 1.0
    west, south, east, north = shape.bounds
    far = (east - west) + (north - south)
    ray = LineString([end, (end[0] + dx / length * far, end[1] + dy / length * far)])
    hits: list[list[float]] = shapely.get_coordinates(ray.intersection(edge)).tolist()
    near = edge.interpolate(edge.project(point))
    on = min(hits, key=lambda hit: point.distance(Point(hit)), default=None)
    if on is None or near.distance(point) <= _NEAR < Point(on).distance(point):
        on = [near.x, near.y]
    step = _NEAR / 10  # a little farther: an end that only touches by rounding would not cut
    return (on[0] + dx / length * step, on[1] + dy / length * step)


def merged(shapes: Mapping[str, BaseGeometry], keys: Sequence[str]) -> BaseGeometry:
    """The ground of several as one piece; CannotCut where they do not touch along a border."""
    whole = shapely.union_all([shapes[key] for key in keys])
    if whole.geom_type != "Polygon":  # borders drawn by hand may lie a hair apart
        whole = _tidy(whole.buffer(_SLIVER / 2, join_style="mitre").buffer(-_SLIVER / 2, join_style="mitre"))
    before = sum(len(shapely.get_parts(shapes[key])) for key in keys)
    if whole.geom_type != "Polygon" and len(shapely.get_parts(whole)) >= before:
        raise CannotCut(_("Only neighbours can be merged: these do not share a border."))
    return whole


def drawn_into(
    shapes: Mapping[str, BaseGeometry], ground: BaseGeometry | None, ring: Sequence[Position]
) -> tuple[Shapes, BaseGeometry]:
    """A piece drawn by hand, inside the ground that is shared out; the grids under it give it up."""
    if len(set(ring)) < 3:
        raise CannotCut(_("A grid has at least three corners."))
    piece: BaseGeometry = Polygon(ring)
    if not piece.is_valid:
        raise CannotCut(_("The outline crosses itself. Draw it once around."))
    edges = [shape.boundary for shape in shapes.values()] + ([ground.boundary] if ground is not None else [])
    if edges:
        piece = shapely.snap(piece, shapely.union_all(edges), _SLIVER)
    piece = _tidy(piece if ground is None else piece.intersection(ground))
    if piece.is_empty:
        raise CannotCut(_("The outline lies outside the community."))
    rest = {key: _tidy(shape.difference(piece)) if shape.intersects(piece) else shape for key, shape in shapes.items()}
    return rest, piece


def given(shape: BaseGeometry, points: Mapping[int, Position], chosen: Collection[int]) -> tuple[BaseGeometry, BaseGeometry]:
    """What a grid keeps and what it gives away when the ground nearest to the chosen buildings goes with them."""
    if not set(chosen) <= set(points) or not chosen:
        raise CannotCut(_("Choose at least one building of the grid."))
    places = sorted(set(points.values()))
    going = {points[key] for key in chosen}
    staying = {place for key, place in points.items() if key not in set(chosen)}
    if not staying - going:
        raise CannotCut(_("All its buildings would go: merge the grid instead."))
    cells = shapely.get_parts(shapely.voronoi_polygons(MultiPoint(places), extend_to=shape)).tolist()
    taken = [cell for cell in cells if any(cell.contains(Point(place)) for place in going - staying)]
    piece = _tidy(shapely.union_all(taken).intersection(shape))
    rest = _tidy(shape.difference(piece))
    if piece.is_empty or rest.is_empty:
        raise CannotCut(_("These buildings stand at one place with others and cannot be parted."))
    return rest, piece


def pieces_of(shape: BaseGeometry) -> int:
    """Of how many separate pieces a shape consists."""
    return len(shapely.get_parts(shape))


def _tidy(shape: BaseGeometry) -> BaseGeometry:
    """Its polygons, without what is nowhere wider than the tolerance."""
    parts = [
        part
        for part in shapely.get_parts(shape).tolist()
        if part.geom_type == "Polygon" and not part.buffer(-_SLIVER / 2).is_empty
    ]
    if not parts:
        return Polygon()
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)

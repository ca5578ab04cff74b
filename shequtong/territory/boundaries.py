"""Boundaries that fit (边界拓扑): valid polygons, inside the unit above, without overlap, with every gap named. Pure; shapes in degrees.

无缝拼接 of the division principles (domain/standards.md 1.2): a point on the street must have one grid, never two.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import shapely
from django.utils.translation import gettext as _
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from shequtong.core.geo import Crs, polygonal, square_metres, to_wgs
from shequtong.core.geo.distance import METRES_A_DEGREE
from shequtong.core.refusals import Refusal

TOLERANCE_M = 0.5  # metres: borders drawn by hand or snapped by a tool lie this far apart and still count as the same
_INWARD = -TOLERANCE_M / 2 / METRES_A_DEGREE


class BadBoundary(Refusal):
    """A boundary that does not fit; the text says where."""


@dataclass(frozen=True)
class Misfit:
    """A piece that two units share, that sticks out, or that no unit has: how large, and a point inside it."""

    square_metres: float
    lon: float
    lat: float
    piece: BaseGeometry | None = field(default=None, compare=False, repr=False)  # to be drawn


def shape_from(boundary: object, source_crs: str = Crs.CGCS2000) -> BaseGeometry:
    """A handed-in GeoJSON polygon as a valid shape in stored coordinates; BadGeometry or BadBoundary says what is wrong."""
    geometry = polygonal(boundary)
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    turned = [[[to_wgs(lon, lat, source_crs) for lon, lat in ring] for ring in polygon] for polygon in polygons]
    parts = [shapely.Polygon(rings[0], rings[1:]) for rings in turned]
    shape = parts[0] if geometry["type"] == "Polygon" else shapely.MultiPolygon(parts)
    if not shapely.is_valid(shape):
        raise BadBoundary(_invalid(shape))
    if shape.area == 0:
        raise BadBoundary(_("The boundary encloses nothing."))
    return shape


def as_geojson(shape: BaseGeometry) -> dict[str, object]:
    """A shape as it is stored."""
    found: dict[str, object] = shapely.geometry.mapping(shape)
    return {"type": found["type"], "coordinates": _lists(found["coordinates"])}


def sticking_out(inner: BaseGeometry, outer: BaseGeometry) -> Misfit | None:
    """The part of `inner` outside `outer`, None when it is within tolerance."""
    return _misfit(inner.difference(outer))


def overlap(one: BaseGeometry, other: BaseGeometry) -> Misfit | None:
    """What two shapes share, None when it is within tolerance."""
    return _misfit(one.intersection(other)) if one.intersects(other) else None


def overlaps(shapes: Mapping[int, BaseGeometry]) -> Iterator[tuple[int, int, Misfit]]:
    """Every pair of shapes that overlap. Where all edges match (`coverage_is_valid`) nothing more is computed."""
    keys, found = list(shapes), list(shapes.values())
    if len(found) < 2 or shapely.coverage_is_valid(found):
        return
    left, right = STRtree(found).query(found, predicate="intersects")
    for n, m in zip(left.tolist(), right.tolist(), strict=True):
        if n < m and (misfit := overlap(found[n], found[m])) is not None:
            yield keys[n], keys[m], misfit


def gaps(outer: BaseGeometry, parts: list[BaseGeometry]) -> list[Misfit]:
    """What of `outer` no part covers, the largest first; slivers within tolerance are none."""
    rest = outer.difference(shapely.union_all(parts))
    pieces = shapely.get_parts(rest.buffer(_INWARD)).tolist()
    found = [misfit for piece in pieces if (misfit := _measured(piece.buffer(-_INWARD))) is not None]
    return sorted(found, key=lambda misfit: (-misfit.square_metres, misfit.lon, misfit.lat))


def place_text(misfit: Misfit) -> str:
    """A misfit for people: 约 120 平方米，近 120.55712, 31.29703."""
    return _("about %(area)s m² near %(lon)s, %(lat)s") % {
        "area": f"{max(1, round(misfit.square_metres)):,}",
        "lon": f"{misfit.lon:.5f}",
        "lat": f"{misfit.lat:.5f}",
    }


def _misfit(piece: BaseGeometry) -> Misfit | None:
    """None when the piece is nowhere wider than the tolerance."""
    return None if piece.buffer(_INWARD).is_empty else _measured(piece)


def _measured(piece: BaseGeometry) -> Misfit | None:
    if piece.is_empty:
        return None
    inside = piece.representative_point()
    return Misfit(square_metres(piece.area, inside.y), inside.x, inside.y, piece)


def _invalid(shape: BaseGeometry) -> str:
    reason = shapely.is_valid_reason(shape)  # "Self-intersection[120.55 31.29]"
    what, _bracket, where = reason.partition("[")
    words = {
        "Self-intersection": _("The boundary crosses itself near %(where)s."),
        "Ring Self-intersection": _("The boundary touches itself near %(where)s."),
        "Hole lies outside shell": _("A hole of the boundary lies outside it, near %(where)s."),
        "Nested shells": _("One part of the boundary lies inside another, near %(where)s."),
    }
    sentence = words.get(what, _("The boundary is no proper polygon near %(where)s."))
    return sentence % {"where": ", ".join(where.rstrip("]").split())}


def _lists(value: object) -> object:
    return [_lists(one) for one in value] if isinstance(value, tuple | list) else value

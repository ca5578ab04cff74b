"""GeoJSON geometries (RFC 7946) as people hand them in: checked for form, with the reason in plain words. Topology is `territory`'s."""

from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal

MOST_POINTS = 50_000  # the whole of 虎丘区 in detail has 410; more is a mistake or an attack
_LAST_LAT = 85.0  # where the tiles end


class BadGeometry(Refusal):
    """What was handed in is no polygon that can be stored."""


def polygonal(value: object) -> dict[str, Any]:
    """A Polygon or MultiPolygon with its positions cut to (lon, lat); a Feature is opened. BadGeometry says what is wrong."""
    if isinstance(value, dict) and value.get("type") == "Feature":
        value = value.get("geometry")
    if not isinstance(value, dict) or value.get("type") not in ("Polygon", "MultiPolygon"):
        raise BadGeometry(_("A boundary must be a GeoJSON polygon or multi-polygon."))
    parts = value.get("coordinates")
    polygons = parts if value["type"] == "MultiPolygon" else [parts]
    if not isinstance(polygons, list | tuple) or not polygons:
        raise BadGeometry(_("The boundary has no coordinates."))
    checked = [_polygon(polygon) for polygon in polygons]
    if sum(len(ring) for polygon in checked for ring in polygon) > MOST_POINTS:
        raise BadGeometry(_("The boundary has more than %(most)s points.") % {"most": MOST_POINTS})
    return {"type": value["type"], "coordinates": checked if value["type"] == "MultiPolygon" else checked[0]}


def point(lon: object, lat: object) -> tuple[float, float]:
    """A position as numbers; BadGeometry for anything else, and for what lies off the map."""
    if isinstance(lon, bool) or isinstance(lat, bool) or not isinstance(lon, int | float) or not isinstance(lat, int | float):
        raise BadGeometry(_("A position needs a longitude and a latitude."))
    if not (isfinite(lon) and isfinite(lat) and -180.0 <= lon <= 180.0 and -_LAST_LAT <= lat <= _LAST_LAT):
        raise BadGeometry(_("The position %(lon)s, %(lat)s is not on the map.") % {"lon": lon, "lat": lat})
    return float(lon), float(lat)


def _polygon(polygon: object) -> list[list[list[float]]]:
    if not isinstance(polygon, list | tuple) or not polygon:
        raise BadGeometry(_("The boundary has no coordinates."))
    return [_ring(ring) for ring in polygon]


def _ring(ring: object) -> list[list[float]]:
    if not isinstance(ring, list | tuple) or len(ring) < 4:
        raise BadGeometry(_("Each line of a boundary needs at least four points, the last equal to the first."))
    found = []
    for position in ring:
        if not isinstance(position, list | tuple) or len(position) < 2:
            raise BadGeometry(_("A position needs a longitude and a latitude."))
        found.append(list(point(position[0], position[1])))
    if found[0] != found[-1]:
        raise BadGeometry(_("A line of the boundary is not closed: the last point must equal the first."))
    return found

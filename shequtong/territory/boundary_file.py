"""Boundaries from a file (边界文件): a GeoJSON collection with a code on each unit, read with every fault in plain words. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from shequtong.core.geo import BadGeometry, Crs, polygonal
from shequtong.territory.boundaries import BadBoundary, shape_from

LARGEST = 3_000_000  # bytes; the grids of a street take a tenth of that
MOST_UNITS, MOST_POINTS = 600, 60_000
MOST_FAULTS = 50  # said; who has more has the wrong file
_CODES = ("code", "CODE", "Code", "编码", "网格编码", "代码")
_WEST, _SOUTH, _EAST, _NORTH = 73.0, 3.0, 136.0, 54.0  # China
# Names of systems whose numbers are degrees that we take as they are.
_DEGREES = ("crs84", "4326", "4490", "wgs84", "wgs 84", "cgcs2000")


@dataclass
class BoundaryFile:
    """Geometries as they were handed in and as valid shapes in stored coordinates, by code; what is wrong."""

    drawn: dict[str, object] = field(default_factory=dict)
    shapes: dict[str, BaseGeometry] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_boundaries(content: bytes, source_crs: str = Crs.CGCS2000) -> BoundaryFile:
    """What a file says. With faults nothing of it may be taken over."""
    read = BoundaryFile()
    features = _features(content, read)
    for number, feature in enumerate(features, start=1):
        if len(read.faults) >= MOST_FAULTS:
            read.faults.append(_("There are more faults; the rest was not read."))
            return read
        _take(read, number, feature, source_crs)
    return read


def _features(content: bytes, read: BoundaryFile) -> list[Any]:
    if len(content) > LARGEST:
        read.faults.append(_("The file is larger than %(size)s MB.") % {"size": LARGEST // 1_000_000})
        return []
    try:
        # Every number is read as a float: one of a million digits is then infinite, and on no map.
        found = json.loads(content.decode("utf-8-sig"), parse_int=float)
    except RecursionError:
        read.faults.append(_("The file is nested too deeply to be a map."))
        return []
    except ValueError:
        read.faults.append(_("The file is not GeoJSON: it cannot be read as JSON in UTF-8."))
        return []
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection" or not isinstance(features, list) or not features:
        read.faults.append(_("The file must be a GeoJSON collection (FeatureCollection) with one boundary a unit."))
        return []
    if (system := _foreign_system(found.get("crs"))) is not None:
        read.faults.append(
            _("The file names the coordinate system “%(name)s”. Export it in longitude and latitude.") % {"name": system}
        )
        return []
    if len(features) > MOST_UNITS:
        read.faults.append(_("The file has more than %(most)d boundaries.") % {"most": MOST_UNITS})
        return []
    if _points(features) > MOST_POINTS:
        read.faults.append(
            _("The boundaries have more than %(most)d points together; simplify them first.") % {"most": MOST_POINTS}
        )
        return []
    return features


def _foreign_system(named: object) -> str | None:
    """The name of a system that is not in degrees of longitude and latitude, as older GeoJSON says it."""
    if named is None:
        return None
    properties = named.get("properties") if isinstance(named, Mapping) else None
    name = str(properties.get("name", "") if isinstance(properties, Mapping) else "?")[:60]
    return None if any(word in name.lower() for word in _DEGREES) else name


def _points(features: list[Any]) -> int:
    """How many positions there are, whatever their nesting."""
    found, waiting = 0, list(features)
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [one[key] for key in ("geometry", "coordinates") if key in one]
        elif isinstance(one, list):
            if one and isinstance(one[0], float):
                found += 1
            else:
                waiting += one
    return found


def _take(read: BoundaryFile, number: int, feature: object, source_crs: str) -> None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    code = _code(properties)
    if not code:
        read.faults.append(_("Boundary %(number)d has no code (property “code”).") % {"number": number})
        return
    if code in read.drawn:
        read.faults.append(_("The code %(code)s stands twice in the file.") % {"code": code})
        return
    read.drawn[code] = geometry
    words = {"code": code}
    if (fault := _off_the_map(geometry)) is not None:
        read.faults.append(f"{code}: {fault}")
        return
    try:
        read.drawn[code] = polygonal(geometry)
        read.shapes[code] = shape_from(read.drawn[code], source_crs)
    except (BadGeometry, BadBoundary) as refusal:
        read.faults.append(f"{code}: {refusal}")
    except (TypeError, ValueError, RecursionError):
        read.faults.append(_("%(code)s: the boundary cannot be read.") % words)


def _code(properties: object) -> str:
    if not isinstance(properties, dict):
        return ""
    for name in _CODES:
        value = properties.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()[:32]
        if isinstance(value, float) and value.is_integer() and 0 < value < 1e15:
            return str(int(value))
    return ""


def _off_the_map(geometry: object) -> str | None:
    """What is wrong with the first position that lies outside China; None when all lie inside, or there are none to judge."""
    waiting = [geometry.get("coordinates")] if isinstance(geometry, dict) else []
    while waiting:
        one = waiting.pop()
        if not isinstance(one, list):
            continue
        if len(one) < 2 or not all(isinstance(part, float) for part in one[:2]):
            waiting += one
            continue
        lon, lat = one[:2]
        if _WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH:
            continue
        if _WEST <= lat <= _EAST and _SOUTH <= lon <= _NORTH:
            return _("longitude and latitude are the wrong way round near %(lon)s, %(lat)s.") % {
                "lon": f"{lon:.5g}",
                "lat": f"{lat:.5g}",
            }
        if max(abs(lon), abs(lat)) > 180:
            return _("the coordinates are metres of a projection, not degrees (%(lon)s, %(lat)s).") % {
                "lon": f"{lon:.7g}",
                "lat": f"{lat:.7g}",
            }
        return _("the position %(lon)s, %(lat)s does not lie in China.") % {"lon": f"{lon:.5g}", "lat": f"{lat:.5g}"}
    return None

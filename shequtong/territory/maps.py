"""Map layers of our own (地图图层): boundaries and buildings as GeoJSON, with no outside server.

Boundaries of communities are public, those of grids are for staff. Outlines of buildings hold no personal data.
"""

import json
from hashlib import sha256
from threading import Lock
from typing import Any

from django.db.models import Avg
from django.urls import reverse

from shequtong.core.geo import Box, tiles_of_viewport
from shequtong.territory import units
from shequtong.territory.boundaries import as_geojson
from shequtong.territory.locate import locator, shape_of, subdistricts_in
from shequtong.territory.models import Building, Unit
from shequtong.territory.units import UnitRef

MOST_UNITS = 3000
MOST_BUILDINGS = 2000
MOST_COMPOUNDS = 500
BUILDINGS_NAMED = 16  # zoom: farther away 3幢 stands on 5幢, and says nothing
MOST_PLACES = 8  # a viewport over more streets than this is too wide to draw buildings in
KEPT_BYTES = 16 * 2**20  # of layers kept ready a process, those asked for last, until a boundary changes
_OPEN, _STAFF = (Unit.Kind.COMMUNITY,), (Unit.Kind.COMMUNITY, Unit.Kind.GRID)

Layer = tuple[bytes, str]  # the body and its ETag
_keeping = Lock()


def units_layer(under: str, *, grids: bool) -> Layer:
    """The boundaries at and under the path of a unit ("" is everywhere). No statement when warm; kept until a boundary changes."""
    if under and units.at_path(under) is None:
        return _collection([])  # not kept: anybody may ask for any text
    held = locator()
    key = (under, "grids" if grids else "")
    with _keeping:
        layer = held.bodies.pop(key, None)
        if layer is None:
            kinds = _STAFF if grids else _OPEN
            found = [(one, held.shapes[one.id]) for one in units.under(under, *kinds) if one.id in held.shapes]
            layer = _collection([_unit(one, shape) for one, shape in found[:MOST_UNITS]], cut=len(found) > MOST_UNITS)
        held.bodies[key] = layer  # last in order: asked for last
        while len(held.bodies) > 1 and sum(len(body) for body, _tag in held.bodies.values()) > KEPT_BYTES:
            del held.bodies[next(iter(held.bodies))]
    return layer


def buildings_layer(box: Box) -> Layer:
    """The standing buildings of a viewport (west, south, east, north); `cut` says that there are more than are given. One statement."""
    places = subdistricts_in(box)
    if not places:
        return _collection([])
    if len(places) > MOST_PLACES:
        return _collection([], cut=True)
    west, south, east, north = box
    found = (
        Building.objects.within(*places)
        .standing()
        .in_tiles(tiles_of_viewport(box))
        .filter(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north)
        .order_by("id")
        .values_list("id", "name", "address", "lon", "lat", "footprint")[: MOST_BUILDINGS + 1]
    )
    rows = list(found)
    return _collection([_building(*row) for row in rows[:MOST_BUILDINGS]], cut=len(rows) > MOST_BUILDINGS)


def layers_around(path: str) -> list[dict[str, Any]]:
    """What `c-map` draws for a unit: its boundaries and its buildings. Empty where nobody has drawn a boundary. No statement when warm."""
    step: UnitRef | None = next((one for one in reversed(units.ancestors(path)) if shape_of(one.id) is not None), None)
    shape = shape_of(step.id) if step else None
    if step is None or shape is None:
        return []
    box = ",".join(f"{value:.5f}" for value in shape.bounds)
    return layers_of(step.path, box)


def layers_of(path: str, box: str) -> list[dict[str, Any]]:
    """Buildings, named where one has come close; compounds by name and address; boundaries on top, so that their names stand first."""
    return [
        {"url": f"{reverse('territory:buildings')}?bbox={box}", "kind": "area", "names": BUILDINGS_NAMED},
        {"url": f"{reverse('territory:compounds')}?bbox={box}", "kind": "name"},
        {"url": f"{reverse('territory:units')}?under={path}", "kind": "area"},
    ]


def compounds_layer(box: Box) -> Layer:
    """The compounds of a viewport by name, and the road and number of their gate, in the middle of their buildings. One statement."""
    places = subdistricts_in(box)
    if not places or len(places) > MOST_PLACES:
        return _collection([])
    west, south, east, north = box
    found = (
        Building.objects.within(*places)
        .standing()
        .in_tiles(tiles_of_viewport(box))
        .filter(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north, compound__isnull=False)
        .values_list("compound", "compound__name", "compound__street", "compound__house_no")
        .annotate(east=Avg("lon"), north=Avg("lat"))
        .order_by("compound")[:MOST_COMPOUNDS]
    )
    return _collection([_compound(name, f"{street}{house_no}", lon, lat) for _id, name, street, house_no, lon, lat in found])


def _compound(name: str, address: str, lon: float, lat: float) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]}
    return {"type": "Feature", "geometry": point, "properties": {"name": f"{name}\n{address}" if address else name}}


def _unit(one: UnitRef, shape: Any) -> dict[str, Any]:
    properties = {
        "id": str(one.id),
        "kind": one.kind,
        "code": one.code,
        "name": one.name,
        "name_en": one.name_en,
        "path": one.path,
    }
    return {"type": "Feature", "geometry": as_geojson(shape), "properties": properties}


def _building(key: int, name: str, address: str, lon: float, lat: float, footprint: Any) -> dict[str, Any]:
    geometry = footprint or {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": geometry, "properties": {"id": str(key), "name": name, "title": address}}


def _collection(features: list[dict[str, Any]], *, cut: bool = False) -> Layer:
    found: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if cut:
        found["cut"] = True
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return body, f'"{sha256(body).hexdigest()[:24]}"'


def box_from(text: str) -> Box | None:
    """`west,south,east,north` in degrees; None when it is no box on the map."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
        tiles_of_viewport((west, south, east, north), 1)
    except ValueError:
        return None
    return west, south, east, north

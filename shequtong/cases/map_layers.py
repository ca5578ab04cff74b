"""What the maps of a report and of a case show (底图): our own boundaries and buildings, where somebody has drawn them. No statement when warm."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from shequtong.core.actors import Reach
from shequtong.territory.locate import shape_of
from shequtong.territory.maps import layers_around, layers_of
from shequtong.territory.models import Unit
from shequtong.territory.units import UnitRef, above, under

_EVERY = 15  # seconds
_GRIDS_FROM, _BUILDINGS_FROM = 14, 16  # zooms
HEAT = "case-heat"  # id of what a page says of each area
_MOST_STREETS = 8  # above that a map of everything is too heavy for a phone


def report_layers() -> str:
    """The layers for `c-map`, as JSON text."""
    return _of_streets(under("", Unit.Kind.SUBDISTRICT))


def desk_layers(subdistricts: Iterable[int]) -> str:
    """The same of the streets a post works in."""
    own = frozenset(subdistricts)
    return _of_streets([street for street in under("", Unit.Kind.SUBDISTRICT) if street.subdistrict in own])


def _of_streets(streets: Sequence[UnitRef]) -> str:
    if len(streets) > _MOST_STREETS:
        return "[]"
    found = [layer for street in streets for layer in _layers_of_street(street)]
    return json.dumps(list({layer["url"]: layer for layer in found}.values()))


def case_layers(path: str) -> str:
    """The layers around one case: the boundary and buildings of its place, and the point that the page carries as `case-point`."""
    return json.dumps([*layers_around(path), {"url": "#case-point", "kind": "point"}])


def board_layers(unit: UnitRef, points: str) -> str:
    """The communities of a unit, and on them the points at an address, asked for again every so often. No buildings: they have names."""
    inside = under(unit.path, Unit.Kind.COMMUNITY)
    drawn = any(shape_of(one.id) is not None for one in inside or [unit])
    areas = f"{reverse('territory:units')}?under={unit.path}{'&grids=no' if inside else ''}"
    return json.dumps([*([{"url": areas, "kind": "area"}] if drawn else []), {"url": points, "kind": "point", "every": _EVERY}])


def queue_layers(reach: Reach) -> str:
    """Under the map of cases: the communities of a reach, its grids from nearer, and of the buildings those one looks at. No statement."""
    streets = [one for one in under("", Unit.Kind.SUBDISTRICT) if one.subdistrict in reach.subdistricts]
    paths = {grant.path for grant in reach.grants if grant.path and grant.station is None}
    roots = [path for path in sorted(paths) if not any(path != other and path.startswith(other) for other in paths)]
    layers: list[dict[str, object]] = []
    for path in roots or [one.path for one in streets]:
        address, near = f"{reverse('territory:units')}?under={path}", under(path, Unit.Kind.COMMUNITY)
        if near:
            layers.append({"url": f"{address}&grids=no", "kind": "area"})
        layers.append({"url": address, "kind": "area", "only": Unit.Kind.GRID.value, **({"from": _GRIDS_FROM} if near else {})})
    return json.dumps([*layers, {"url": reverse("territory:buildings"), "kind": "area", "from": _BUILDINGS_FROM, "here": True}])


def heat_layers(ground: Reach, inside: str, *, several: bool) -> str:
    """The grids of a place, or of several streets their communities, each in the shade that the page carries for it. No statement."""
    streets = [one for one in under("", Unit.Kind.SUBDISTRICT) if ground.everything or one.subdistrict in ground.subdistricts]
    if several:
        return json.dumps(
            [{"url": f"{reverse('territory:units')}?under={_common(streets)}&grids=no", "kind": "area", "heat": f"#{HEAT}"}]
        )
    chosen = above(inside, Unit.Kind.SUBDISTRICT) if inside else None
    layers: list[dict[str, object]] = []
    for one in [chosen] if chosen else streets[:1]:
        paths = [grant.path for grant in ground.grants if grant.path.startswith(one.path) and not inside.startswith(grant.path)]
        address = f"{reverse('territory:units')}?under={inside or (paths[0] if len(paths) == 1 else one.path)}"
        layers.append({"url": address, "kind": "area", "only": Unit.Kind.GRID.value, "heat": f"#{HEAT}"})
        layers.append({"url": f"{address}&grids=no", "kind": "area", "only": Unit.Kind.COMMUNITY.value})
    return json.dumps(layers)


def _common(streets: Sequence[UnitRef]) -> str:
    """The path above all of them."""
    parents = {one.path[: one.path.rstrip("/").rfind("/") + 1] for one in streets}
    return parents.pop() if len(parents) == 1 else ""


def case_point(lon: float, lat: float, title: str, shape: str, tone: str) -> dict[str, object]:
    """The case as GeoJSON, for `json_script`."""
    properties = {"title": title, "name": "", "shape": shape, "tone": tone}
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties}
    return {"type": "FeatureCollection", "features": [feature]}


def _layers_of_street(street: UnitRef) -> list[dict[str, Any]]:
    """Its own outline; else its communities; else what lies around it."""
    drawn = shape_of(street.id) is not None
    return (layers_around(street.path) if drawn else _layers_below(street)) or layers_around(street.path)


def _layers_below(street: UnitRef) -> list[dict[str, Any]]:
    """Of a street whose own boundary nobody drew: its communities, and the buildings among them."""
    shapes = [shape for one in under(street.path, Unit.Kind.COMMUNITY) if (shape := shape_of(one.id)) is not None]
    if not shapes:
        return []
    west, south, east, north = zip(*(shape.bounds for shape in shapes), strict=True)
    box = ",".join(f"{value:.5f}" for value in (min(west), min(south), max(east), max(north)))
    return layers_of(street.path, box)

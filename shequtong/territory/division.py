"""How a community's grids share out its ground (网格划分): as they stand, and as somebody would have them. Reads; changes nothing."""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple

import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from shequtong.core.actors import subtree
from shequtong.core.geo import BadGeometry
from shequtong.core.refusals import Refusal
from shequtong.territory.boundaries import as_geojson, shape_from
from shequtong.territory.cutting import Position, joined
from shequtong.territory.fitting import container_of, ground_of, ref
from shequtong.territory.models import Building, Unit, UnitVersion
from shequtong.territory.units import UnitRef

MOST_PIECES, MOST_POINTS, LONGEST = 60, 20_000, 2_000_000
_KEY = re.compile(r"n?[0-9]{1,18}")
_WEST, _SOUTH, _EAST, _NORTH = 73.0, 3.0, 136.0, 54.0  # China


class BadDivision(Refusal):
    """What was sent is no division of this community."""


class Piece(NamedTuple):
    """A grid of a division: `key` is the id of the unit it is, or n1, n2 … for one that would be formed."""

    key: str
    code: str
    name: str
    shape: BaseGeometry

    @property
    def is_new(self) -> bool:
        """No unit yet."""
        return self.key.startswith("n")


@dataclass(frozen=True)
class Division:
    """The grids as somebody would have them; `base` says of which standing ones it was made."""

    base: str
    pieces: tuple[Piece, ...]

    @cached_property
    def shapes(self) -> dict[str, BaseGeometry]:
        """The ground of each, by key."""
        return {one.key: one.shape for one in self.pieces}

    def with_shapes(self, shapes: Mapping[str, BaseGeometry], new: Iterable[Piece] = ()) -> "Division":
        """The same grids with this ground, without those that have none; shared borders are made the same again."""
        kept = (*self.pieces, *new)
        ground = joined({**{one.key: one.shape for one in new}, **shapes})
        return Division(self.base, tuple(one._replace(shape=ground[one.key]) for one in kept if one.key in ground))


class Home(NamedTuple):
    """A building as it stands."""

    id: int
    address: str
    name: str
    grid_id: int
    path: str
    lon: float
    lat: float
    rooms: int

    @property
    def at(self) -> Position:
        """Its middle."""
        return self.lon, self.lat


@dataclass(frozen=True)
class Standing:
    """A community as it stands: its ground, the grids that are drawn and those that are not, what lies below them, its buildings."""

    community: Unit
    ground: BaseGeometry | None
    grids: dict[str, tuple[UnitRef, BaseGeometry]]
    undrawn: list[UnitRef]
    below: list[tuple[UnitRef, BaseGeometry | None]]
    homes: list[Home]
    base: str

    def division(self) -> Division:
        """The grids as they are, by code, their shared borders the same on both sides."""
        found = sorted(self.grids.items(), key=lambda one: one[1][0].code)
        drawn = Division(self.base, tuple(Piece(key, unit.code, unit.name, shape) for key, (unit, shape) in found))
        return drawn.with_shapes(drawn.shapes)


def standing(community: Unit) -> Standing:
    """Two statements; one or two more where the community itself is not drawn."""
    start, end = subtree(community.path)
    rows = list(
        UnitVersion.objects.filter(unit__path__gte=start, unit__path__lt=end, valid_to__isnull=True, unit__ended_at__isnull=True)
        .select_related("unit")
        .order_by("unit__code")
    )
    shapes = {row.unit_id: shapely.from_geojson(json.dumps(row.boundary)) if row.boundary else None for row in rows}
    grids = [row for row in rows if row.unit.kind == Unit.Kind.GRID]
    drawn = {str(row.unit_id): (ref(row.unit), shape) for row in grids if (shape := shapes[row.unit_id]) is not None}
    ground = shapes.get(community.pk)
    if ground is None and (above := container_of(community.parent)) is not None and (found := ground_of(above)) is not None:
        ground = found[1]
    homes = (
        Building.objects.within(community.subdistrict_id).standing().under(community.path).order_by("grid_path", "number", "id")
    )
    return Standing(
        community=community,
        ground=ground,
        grids=drawn,
        undrawn=[ref(row.unit) for row in grids if shapes[row.unit_id] is None],
        below=[(ref(row.unit), shapes[row.unit_id]) for row in rows if row.unit.kind == Unit.Kind.MICRO_GRID],
        homes=[
            Home(*row)
            for row in homes.values_list("id", "address", "name", "grid_id", "grid_path", "lon", "lat", "room_count").iterator()
        ],
        base=_base([(row.unit_id, row.pk, row.recorded_at) for row in grids]),
    )


def base_now(path: str) -> str:
    """Which grids stand under a path, by their dated rows: another one as soon as any has changed. One statement."""
    start, end = subtree(path)
    rows = UnitVersion.objects.filter(
        unit__path__gte=start, unit__path__lt=end, valid_to__isnull=True, unit__ended_at__isnull=True
    )
    return _base(list(rows.filter(unit__kind=Unit.Kind.GRID).values_list("unit_id", "id", "recorded_at")))


def _base(versions: list[tuple[int, int, datetime]]) -> str:
    text = ";".join(f"{unit_id} {version} {at.timestamp()}" for unit_id, version, at in sorted(versions))
    return sha256(text.encode()).hexdigest()[:40]


def as_sent(division: Division) -> dict[str, Any]:
    """A division as the page keeps it and sends it back."""
    grids = [{"key": one.key, "code": one.code, "name": one.name, "geometry": as_geojson(one.shape)} for one in division.pieces]
    return {"base": division.base, "grids": grids}


def division_from(sent: object, now: Standing) -> Division:
    """What a page sent, whoever made it up; BadDivision when it is no division of this community."""
    if isinstance(sent, str):
        try:
            sent = json.loads(sent, parse_int=float) if len(sent) <= LONGEST else None
        except (ValueError, RecursionError):
            sent = None
    grids = sent.get("grids") if isinstance(sent, dict) else None
    if not isinstance(sent, dict) or not isinstance(grids, list) or len(grids) > MOST_PIECES or not _few_points(grids):
        raise BadDivision(_("The drawing cannot be read. Please open the page again."))
    pieces = tuple(_piece(one, now) for one in grids)
    if len({one.key for one in pieces}) != len(pieces):
        raise BadDivision(_("The drawing cannot be read. Please open the page again."))
    return Division(str(sent.get("base", ""))[:64], pieces)


def _piece(one: object, now: Standing) -> Piece:
    if not isinstance(one, dict) or not _KEY.fullmatch(key := str(one.get("key", ""))):
        raise BadDivision(_("The drawing cannot be read. Please open the page again."))
    code, name = str(one.get("code", "")).strip()[:32], " ".join(str(one.get("name", "")).split())[:60]
    if not key.startswith("n"):
        if key not in now.grids:
            raise BadDivision(
                _("A grid of the drawing does not stand any more. Please begin again from the grids as they are now.")
            )
        code = now.grids[key][0].code
    try:
        return Piece(key, code, name, shape_from(one.get("geometry")))
    except (BadGeometry, TypeError, ValueError, RecursionError) as error:
        raise BadDivision(_("The outline of %(grid)s cannot be read.") % {"grid": name or key}) from error


def _few_points(grids: list[Any]) -> bool:
    """Whether all positions lie in China, and are not too many."""
    places = _positions([one.get("geometry") for one in grids if isinstance(one, dict)])
    for n, (lon, lat) in enumerate(places, start=1):
        if n > MOST_POINTS or not (_WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH):
            return False
    return True


def _positions(waiting: list[Any]) -> Iterator[Position]:
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting.append(one.get("coordinates"))
        elif isinstance(one, list):
            if len(one) >= 2 and all(isinstance(part, int | float) and not isinstance(part, bool) for part in one[:2]):
                lon, lat = float(one[0]), float(one[1])
                yield (lon, lat) if math.isfinite(lon) and math.isfinite(lat) else (0.0, 0.0)
            else:
                waiting += one

"""What a new division of grids would do (调整预览): the same plan that is shown before and carried out after. It changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from shequtong.core.geo import Crs
from shequtong.territory import boundaries
from shequtong.territory.boundaries import BadBoundary, place_text
from shequtong.territory.fitting import container_of, ref, require_fit, shapes_now
from shequtong.territory.hierarchy import HOLDS_BUILDINGS
from shequtong.territory.locate import NOWHERE, Layer
from shequtong.territory.models import Building, Unit
from shequtong.territory.units import UnitRef


@dataclass(frozen=True)
class Move:
    """A building that would lie in another unit."""

    building_id: int
    address: str
    grid_id: int
    to: UnitRef


@dataclass(frozen=True)
class RedrawPlan:
    """Shapes by unit id; the buildings that move; how many lie in no unit any more and stay where they are."""

    units: list[Unit]
    shapes: dict[int, BaseGeometry]
    moves: list[Move]
    unplaced: int


def plan_redraw(
    units: list[Unit], drawn: Mapping[int, object], source_crs: str = Crs.CGCS2000, *, leave_gaps: bool = False
) -> RedrawPlan:
    """What redrawing `units` (siblings) as `drawn` says would do; BadGeometry or BadBoundary when it does not fit.

    None takes a unit's ground away. Ground that had a unit and would have none is refused unless `leave_gaps`. Seven statements,
    whatever the number of units.
    """
    container = _shared_container(units)
    shapes = {unit.pk: boundaries.shape_from(drawn[unit.pk], source_crs) for unit in units if drawn[unit.pk] is not None}
    redrawn = frozenset(unit.pk for unit in units)
    if container is not None:
        named = {unit.name: shapes[unit.pk] for unit in units if unit.pk in shapes}
        require_fit(container, units[0].kind, named, instead_of=redrawn)
    before = shapes_now(container.path if container else units[0].path)
    _require_children_inside(units, shapes, before)
    if not leave_gaps:
        _require_no_new_gap(units, shapes, before)
    after = {key: one for key, one in before.items() if key not in redrawn}
    after |= {unit.pk: (ref(unit), shapes[unit.pk]) for unit in units if unit.pk in shapes}
    moves, unplaced = _moves(units[0].subdistrict_id, container.path if container else units[0].path, after)
    return RedrawPlan(units, shapes, moves, unplaced)


def _shared_container(units: list[Unit]) -> Unit | None:
    containers = {found.pk if (found := container_of(unit.parent)) else None for unit in units}
    if len(containers) != 1 or len({unit.kind for unit in units}) != 1 or any(unit.ended_at for unit in units):
        raise BadBoundary(_("Only standing units of one kind, under one unit, can be redrawn together."))
    return container_of(units[0].parent)


def _require_children_inside(
    units: list[Unit], shapes: dict[int, BaseGeometry], before: dict[int, tuple[UnitRef, BaseGeometry]]
) -> None:
    for unit in units:
        for below, shape in before.values():
            if below.parent_id != unit.pk:
                continue
            misfit = boundaries.sticking_out(shape, shapes.get(unit.pk, shapely.Polygon()))
            if misfit is not None:
                words = {"unit": below.name, "outer": unit.name, "place": place_text(misfit)}
                raise BadBoundary(_("%(unit)s would lie outside %(outer)s: %(place)s.") % words)


def _require_no_new_gap(
    units: list[Unit], shapes: dict[int, BaseGeometry], before: dict[int, tuple[UnitRef, BaseGeometry]]
) -> None:
    old = [before[unit.pk][1] for unit in units if unit.pk in before]
    if not old:
        return
    redrawn = {unit.pk for unit in units}
    others = [shape for key, (unit, shape) in before.items() if unit.kind == units[0].kind and key not in redrawn]
    lost = boundaries.gaps(shapely.union_all(old), [*shapes.values(), *others])
    if lost:
        words = {"place": place_text(lost[0]), "count": len(lost)}
        raise BadBoundary(_("%(count)s pieces would belong to no unit, the largest %(place)s.") % words)


def _moves(subdistrict: int, path: str, after: dict[int, tuple[UnitRef, BaseGeometry]]) -> tuple[list[Move], int]:
    layer = Layer([one for one in after.values() if one[0].kind in HOLDS_BUILDINGS])
    by_id = {unit.id: unit for unit, _shape in after.values()}
    standing = Building.objects.within(subdistrict).standing().under(path)
    found = list(standing.order_by("grid_path", "number", "id").values_list("id", "address", "grid_id", "lon", "lat"))
    if not found:
        return [], 0
    keys = layer.each([row[3] for row in found], [row[4] for row in found]).tolist()
    moves = [
        Move(pk, address, grid_id, by_id[key])
        for (pk, address, grid_id, *_), key in zip(found, keys, strict=True)
        if key not in (NOWHERE, grid_id)
    ]
    return moves, keys.count(NOWHERE)

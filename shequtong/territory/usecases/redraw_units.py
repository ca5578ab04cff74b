"""Redraw units (调整边界): new boundaries hold from a day, and the buildings in them belong where they now lie."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.events import publish
from shequtong.core.geo import Crs
from shequtong.territory import boundaries, permissions
from shequtong.territory import units as unit_tree
from shequtong.territory.events import GridsRedrawn
from shequtong.territory.models import Building, Unit
from shequtong.territory.redrawing import RedrawPlan, plan_redraw
from shequtong.territory.usecases._versions import begin_version

BATCH = 500


@transaction.atomic
def redraw_units(
    *,
    boundaries_by_unit: Mapping[int, object],
    day: date,
    by: Actor,
    now: datetime,
    source_crs: str = Crs.CGCS2000,
    leave_gaps: bool = False,
    source: str = "",
) -> RedrawPlan:
    """Siblings redrawn together (a border has two sides), from `day` on; the plan that was carried out.

    `source` is the file they came from, if any. None as a boundary takes a unit's ground away, before it is ended. Cases and other records keep the ids
    of their day; only buildings move. Refusals: those of `plan_redraw`, and BadDay.
    """
    found = Unit.objects.select_for_update(of=("self",)).select_related("parent__parent").order_by("code")
    units = list(found.filter(pk__in=list(boundaries_by_unit)))
    if not units or len(units) != len(boundaries_by_unit):
        raise Unit.DoesNotExist
    for unit in units:
        by.require(permissions.MANAGE_UNITS, unit)
    plan = plan_redraw(units, boundaries_by_unit, source_crs, leave_gaps=leave_gaps)

    for unit in units:
        shape = plan.shapes.get(unit.pk)
        drawn = None if shape is None else boundaries.as_geojson(shape)
        begin_version(unit, day=day, now=now, boundary=drawn, source_crs=source_crs)
    _move(plan)

    arrived, left = Counter(move.to.id for move in plan.moves), Counter(move.grid_id for move in plan.moves)
    for unit in units:
        counts = {"arrived": arrived[unit.pk], "left": left[unit.pk]}
        told = {"source": source[:120]} if source else {}
        log.record("territory.unit_redrawn", unit, by=by, at=now, day=day.isoformat(), **counts, **told)
    held.changed(unit_tree.REVISION)
    _tell(plan, day, now)
    return plan


def _tell(plan: RedrawPlan, day: date, now: datetime) -> None:
    """Whoever keeps a grid beside a building follows those that moved."""
    if not plan.moves:
        return
    stood = dict(Unit.objects.filter(pk__in={move.grid_id for move in plan.moves}).values_list("id", "path"))
    parent = plan.units[0].parent_id
    publish(
        GridsRedrawn(
            subdistrict=plan.units[0].subdistrict_id,
            community_id=parent or 0,
            moved=tuple((move.building_id, stood[move.grid_id], move.to.path) for move in plan.moves),
            ended=(),
            day=day,
            at=now,
        )
    )


def _move(plan: RedrawPlan) -> None:
    """One statement per target and 500 buildings."""
    going: dict[int, list[int]] = defaultdict(list)
    target = {move.to.id: move.to for move in plan.moves}
    for move in plan.moves:
        going[move.to.id].append(move.building_id)
    for key, buildings in going.items():
        for start in range(0, len(buildings), BATCH):
            rows = Building.objects.filter(pk__in=buildings[start : start + BATCH])
            rows.update(grid_id=key, grid_path=target[key].path)

"""Redraw one unit (调整单个边界): where its neighbours do not touch, or for the first drawing."""

from datetime import date, datetime

from shequtong.core.actors import Actor
from shequtong.core.geo import Crs
from shequtong.territory.redrawing import RedrawPlan
from shequtong.territory.usecases.redraw_units import redraw_units


def redraw_unit(
    *,
    unit_id: int,
    boundary: object,
    day: date,
    by: Actor,
    now: datetime,
    source_crs: str = Crs.CGCS2000,
    leave_gaps: bool = False,
) -> RedrawPlan:
    """As `redraw_units` for one unit."""
    return redraw_units(
        boundaries_by_unit={unit_id: boundary}, day=day, by=by, now=now, source_crs=source_crs, leave_gaps=leave_gaps
    )

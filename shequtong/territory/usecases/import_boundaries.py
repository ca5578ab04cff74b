"""Import boundaries (导入边界): the units of a file redrawn together, all of them or none."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.core.geo import Crs
from shequtong.core.refusals import Refusal
from shequtong.territory import permissions
from shequtong.territory.models import Unit
from shequtong.territory.redraw_preview import by_container, units_named
from shequtong.territory.usecases.redraw_units import redraw_units


class CannotImport(Refusal):
    """A code that names no standing unit here, or units of several levels."""


@transaction.atomic
def import_boundaries(
    *,
    unit_id: int,
    drawn: Mapping[str, object],
    source: str,
    day: date,
    by: Actor,
    now: datetime,
    source_crs: str = Crs.CGCS2000,
    leave_gaps: bool = False,
) -> int:
    """How many buildings moved. `drawn` are GeoJSON geometries by code, of units under `unit_id`; each leaves a trace with its `source`.

    Raises CannotImport, Forbidden, and what `redraw_units` raises; then nothing is changed.
    """
    page = Unit.objects.get(pk=unit_id)
    by.require(permissions.MANAGE_UNITS, page)
    faults: list[str] = []
    units = units_named(list(drawn), page, faults)
    if faults or not units:
        raise CannotImport(faults[0] if faults else _("The file holds no boundary."))
    moved = 0
    for group in by_container(units):
        plan = redraw_units(
            boundaries_by_unit={unit.pk: drawn[unit.code] for unit in group},
            day=day,
            by=by,
            now=now,
            source_crs=source_crs,
            leave_gaps=leave_gaps,
            source=source,
        )
        moved += len(plan.moves)
    return moved

"""Whether new boundaries fit those that stand (边界校核): read from the tables, decided by `boundaries`. A lookup: it changes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import shapely
from django.db.models import F, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from shequtong.core.actors import subtree
from shequtong.territory import boundaries
from shequtong.territory.boundaries import BadBoundary, Misfit, place_text
from shequtong.territory.models import Unit, UnitVersion
from shequtong.territory.units import UnitRef


@dataclass(frozen=True)
class Coverage:
    """How the units right below one unit cover it: pairs that overlap, those that stick out, gaps from the largest."""

    overlapping: list[tuple[str, str, Misfit]]
    outside: list[tuple[str, Misfit]]
    gaps: list[Misfit]

    @property
    def complete(self) -> bool:
        """Every point inside has exactly one unit below."""
        return not (self.overlapping or self.outside or self.gaps)


def container_of(parent: Unit | None) -> Unit | None:
    """Whose ground the units hung under `parent` share out: a precinct has none of its own, its subdistrict does."""
    while parent is not None and parent.kind == Unit.Kind.PRECINCT:
        parent = parent.parent
    return parent


def shapes_now(path: str, kinds: Iterable[str] = ()) -> dict[int, tuple[UnitRef, BaseGeometry]]:
    """The standing units at or under a path that have a boundary, from the tables and not from memory. One statement."""
    start, end = subtree(path)
    rows = UnitVersion.objects.filter(
        unit__path__gte=start, unit__path__lt=end, valid_to__isnull=True, unit__ended_at__isnull=True, boundary__isnull=False
    )
    if kinds:
        rows = rows.filter(unit__kind__in=list(kinds))
    found = list(rows.select_related("unit").defer("boundary").annotate(text=Cast(F("boundary"), TextField())))
    shapes = shapely.from_geojson([row.text for row in found])
    return {row.unit_id: (ref(row.unit), shape) for row, shape in zip(found, shapes, strict=True)}


def ref(unit: Unit) -> UnitRef:
    """A row as the value that is held in memory."""
    return UnitRef(
        *(unit.pk, unit.kind, unit.code, unit.name, unit.name_en, unit.pinyin, unit.path, unit.parent_id),
        *(unit.subdistrict_id, unit.calendar_id, unit.ended_at is not None),
    )


def ground_of(container: Unit) -> tuple[Unit, BaseGeometry] | None:
    """The boundary of a unit, or of the nearest above it that has one. A statement a step."""
    step: Unit | None = container
    while step is not None:
        version = UnitVersion.objects.filter(unit=step, valid_to__isnull=True, boundary__isnull=False).first()
        if version is not None:
            return step, boundaries.shape_from(version.boundary)
        step = step.parent
    return None


def require_fit(container: Unit, kind: str, new: Mapping[str, BaseGeometry], *, instead_of: frozenset[int] = frozenset()) -> None:
    """Refuse new shapes (by the unit's name) that leave their container or overlap a neighbour; BadBoundary names both and the spot.

    `instead_of` are the units the new shapes replace. Two statements or three.
    """
    ground = ground_of(container)
    for name, shape in new.items():
        if ground is not None and (misfit := boundaries.sticking_out(shape, ground[1])) is not None:
            words = {"unit": name, "outer": ground[0].name, "place": place_text(misfit)}
            raise BadBoundary(_("%(unit)s reaches beyond %(outer)s: %(place)s.") % words)
    standing = shapes_now(container.path, [kind])
    names = {key: unit.name for key, (unit, _shape) in standing.items()} | dict(enumerate(new, start=-len(new)))
    shapes = {key: shape for key, (_unit, shape) in standing.items() if key not in instead_of}
    shapes |= dict(enumerate(new.values(), start=-len(new)))
    for one, other, misfit in boundaries.overlaps(shapes):
        if one < 0 or other < 0:  # what already stands overlapped before is not this change's fault
            words = {"unit": names[one], "other": names[other], "place": place_text(misfit)}
            raise BadBoundary(_("%(unit)s and %(other)s overlap: %(place)s.") % words)


def coverage(container: Unit, kind: str) -> Coverage:
    """How the units of a kind share out the ground of `container`; for the page where grids are drawn. Two statements."""
    ground = ground_of(container)
    standing = shapes_now(container.path, [kind])
    shapes = {key: shape for key, (_unit, shape) in standing.items()}
    name = {key: unit.name for key, (unit, _shape) in standing.items()}
    overlapping = [(name[one], name[other], misfit) for one, other, misfit in boundaries.overlaps(shapes)]
    if ground is None:
        return Coverage(overlapping, [], [])
    out = [(name[key], misfit) for key, shape in shapes.items() if (misfit := boundaries.sticking_out(shape, ground[1]))]
    return Coverage(overlapping, out, boundaries.gaps(ground[1], list(shapes.values())))

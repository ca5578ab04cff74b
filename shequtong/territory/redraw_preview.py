"""What boundaries from a file would do (导入预览): every overlap and gap with its area and shape, and the buildings that move. It changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from shequtong.core.refusals import Refusal
from shequtong.territory import boundaries
from shequtong.territory.boundaries import Misfit
from shequtong.territory.fitting import container_of, ground_of, shapes_now
from shequtong.territory.history import today_in
from shequtong.territory.models import Unit, UnitVersion
from shequtong.territory.redrawing import Move, plan_redraw
from shequtong.territory.units import UnitRef


@dataclass(frozen=True)
class Found:
    """A piece that does not fit, said in words."""

    words: str
    misfit: Misfit

    @property
    def area(self) -> str:
        """Square metres, 1 at least: what is within tolerance is no misfit."""
        return f"{max(1, round(self.misfit.square_metres)):,}"

    @property
    def near(self) -> str:
        """A point inside it."""
        return f"{self.misfit.lon:.5f}, {self.misfit.lat:.5f}"


@dataclass
class Preview:
    """`overlaps` and `outside` forbid the change, `gaps` must be meant, `moves` follow from it."""

    overlaps: list[Found] = field(default_factory=list)
    outside: list[Found] = field(default_factory=list)
    gaps: list[Found] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    unplaced: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def fits(self) -> bool:
        """Whether it may be taken over."""
        return not (self.overlaps or self.outside or self.faults)


def units_named(codes: list[str], page: Unit, faults: list[str]) -> list[Unit]:
    """The standing units of these codes under `page`; what is wrong with the others goes to `faults`. One statement."""
    rows = Unit.objects.filter(code__in=codes, ended_at__isnull=True).select_related("parent__parent").order_by("code")
    found = [row for row in rows if row.path.startswith(page.path) and row.pk != page.pk]
    for code in sorted(set(codes) - {row.code for row in found}):
        faults.append(_("No standing unit of %(unit)s has the code %(code)s.") % {"unit": page.name, "code": code})
    if len({row.kind for row in found}) > 1:
        faults.append(_("The file mixes units of several levels: hand them in one level after another."))
    return found


def by_container(units: list[Unit]) -> list[list[Unit]]:
    """Units that share out the same ground together; each such group is redrawn as one."""
    groups: dict[int, list[Unit]] = {}
    for unit in units:
        above = container_of(unit.parent)
        groups.setdefault(above.pk if above else 0, []).append(unit)
    return list(groups.values())


def preview(
    units: list[Unit], drawn: Mapping[str, object], shapes: Mapping[str, BaseGeometry], source_crs: str, day: date, now: datetime
) -> Preview:
    """For units of one level, by code, from `day` on. Some twelve statements for each unit above them."""
    found = Preview(faults=_unfit_days(units, day, now))
    for group in by_container(units):
        _compare(found, group, {unit.pk: shapes[unit.code] for unit in group})
    if found.fits:
        for group in by_container(units):
            try:
                plan = plan_redraw(group, {unit.pk: drawn[unit.code] for unit in group}, source_crs, leave_gaps=True)
            except Refusal as refusal:
                found.faults.append(str(refusal))
            else:
                found.moves += plan.moves
                found.unplaced += plan.unplaced
    return found


def _unfit_days(units: list[Unit], day: date, now: datetime) -> list[str]:
    """Why the change cannot begin on this day."""
    if any(day > today_in(unit.subdistrict_id, now) for unit in units):
        return [_("The day %(day)s has not come yet.") % {"day": day}]
    later = UnitVersion.objects.filter(unit__in=units, valid_to__isnull=True, valid_from__gt=day).select_related("unit")
    return [
        _("%(unit)s last changed on %(day)s; nothing can change before that.") % {"unit": row.unit.name, "day": row.valid_from}
        for row in later.order_by("unit__code")
    ]


def _compare(found: Preview, group: list[Unit], new: dict[int, BaseGeometry]) -> None:
    container = container_of(group[0].parent)
    if container is None:
        found.faults.append(_("A district lies under nothing it could be compared with."))
        return
    below = shapes_now(container.path)
    names = {key: unit.name for key, (unit, _shape) in below.items()} | {unit.pk: unit.name for unit in group}
    after = {key: shape for key, (unit, shape) in below.items() if unit.kind == group[0].kind} | new
    for one, other, misfit in boundaries.overlaps(after):
        if one in new or other in new:
            found.overlaps.append(
                Found(_("%(unit)s and %(other)s overlap") % {"unit": names[one], "other": names[other]}, misfit)
            )
    ground = ground_of(container)
    for key, shape in new.items():
        if ground is not None and (beyond := boundaries.sticking_out(shape, ground[1])) is not None:
            found.outside.append(
                Found(_("%(unit)s reaches beyond %(outer)s") % {"unit": names[key], "outer": ground[0].name}, beyond)
            )
    for unit, shape in below.values():
        if unit.parent_id in new and (beyond := boundaries.sticking_out(shape, new[unit.parent_id])) is not None:
            words = {"unit": unit.name, "outer": names[unit.parent_id]}
            found.outside.append(Found(_("%(unit)s would lie outside %(outer)s") % words, beyond))
    # Ground that has no unit afterwards: of the container where it is drawn, else what these units give up.
    whole = ground[1] if ground is not None and ground[0].pk == container.pk else _before(below, list(new))
    if whole is not None:
        had = _before(below, [key for key, (unit, _shape) in below.items() if unit.kind == group[0].kind])
        found.gaps += [_gap(one, container, had) for one in boundaries.gaps(whole, list(after.values()))]


def _gap(misfit: Misfit, container: Unit, had: BaseGeometry | None) -> Found:
    """A gap, and whether it was there before."""
    words = {"unit": container.name}
    new = had is not None and misfit.piece is not None and boundaries.overlap(misfit.piece, had) is not None
    return Found((_("Belongs to no unit of %(unit)s") if new else _("Belongs to no unit of %(unit)s, as before")) % words, misfit)


def _before(below: Mapping[int, tuple[UnitRef, BaseGeometry]], keys: list[int]) -> BaseGeometry | None:
    old = [below[key][1] for key in keys if key in below]
    return shapely.union_all(old) if old else None

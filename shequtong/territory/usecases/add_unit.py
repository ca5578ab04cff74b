"""Add a unit (新增辖区单元): a district, subdistrict, precinct, community, grid or micro-grid gets its place in the tree."""

import re
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor, Facts
from shequtong.core.geo import Crs
from shequtong.core.locality import INSTALLATION
from shequtong.core.pinyin import pinyin_key
from shequtong.core.refusals import Refusal
from shequtong.territory import boundaries, permissions, units
from shequtong.territory.fitting import container_of, require_fit
from shequtong.territory.hierarchy import may_hang
from shequtong.territory.models import Unit, UnitVersion
from shequtong.territory.usecases._versions import require_past_or_today

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,31}")


class CannotAddUnit(Refusal):
    """The code, the kind or the place in the tree is not allowed."""


class _Top:
    def reach_facts(self) -> Facts:
        """A district hangs under the installation."""
        return Facts(INSTALLATION)


@transaction.atomic
def add_unit(
    *,
    kind: str,
    code: str,
    name: str,
    parent_id: int | None,
    day: date,
    by: Actor,
    now: datetime,
    name_en: str = "",
    subdistrict: int | None = None,
    boundary: object = None,
    source_crs: str = Crs.CGCS2000,
    calendar_id: int | None = None,
) -> Unit:
    """A unit that stands from `day` on. `code` is the published one and is never used again.

    `subdistrict` is the storage number of its rows, needed for districts and subdistricts (`open_place` gives it); others lie in
    their parent's. `boundary` is a GeoJSON polygon in `source_crs`, or None while nobody has drawn it.
    """
    parent = None if parent_id is None else Unit.objects.select_for_update(of=("self",)).get(pk=parent_id)
    by.require(permissions.MANAGE_UNITS, parent or _Top())
    _check(kind, code, name, parent)
    home = subdistrict if parent is None or kind == Unit.Kind.SUBDISTRICT else parent.subdistrict_id
    if home is None:
        raise CannotAddUnit(_("A district or subdistrict needs a storage number."))
    require_past_or_today(home, day, now)
    drawn = _that_fits(boundary, source_crs, parent, kind, name)

    unit = Unit(subdistrict_id=home, kind=kind, code=code, name=name, name_en=name_en, pinyin=pinyin_key(name), parent=parent)
    unit.path, unit.calendar_id = _path(code, parent), calendar_id
    unit.save(force_insert=True)
    version = UnitVersion(unit=unit, valid_from=day, name=name, parent=parent, boundary=drawn, source_crs=source_crs)
    version.recorded_at = now
    version.save(force_insert=True)
    log.record("territory.unit_added", unit, by=by, at=now, code=code, kind=kind, path=unit.path, day=day.isoformat())
    held.changed(units.REVISION)
    return unit


def _check(kind: str, code: str, name: str, parent: Unit | None) -> None:
    if kind not in Unit.Kind or not may_hang(kind, parent.kind if parent else None):
        above = parent.name if parent else _("the top")
        raise CannotAddUnit(_("A unit of this kind cannot stand under %(parent)s.") % {"parent": above})
    if parent is not None and parent.ended_at is not None:
        raise CannotAddUnit(_("%(unit)s has ended.") % {"unit": parent.name})
    if not name.strip() or not _CODE.fullmatch(code):
        raise CannotAddUnit(_("A unit needs a name, and a code of letters, digits and hyphens."))
    if Unit.objects.filter(code=code).exists():
        raise CannotAddUnit(_("The code %(code)s is taken; codes are never used again.") % {"code": code})


def _that_fits(boundary: object, source_crs: str, parent: Unit | None, kind: str, name: str) -> dict[str, object] | None:
    """The boundary as it is stored, None while there is none; refused when it does not fit its neighbours."""
    if boundary is None:
        return None
    shape = boundaries.shape_from(boundary, source_crs)
    container = container_of(parent)
    if container is not None:
        require_fit(container, kind, {name: shape})
    return boundaries.as_geojson(shape)


def _path(code: str, parent: Unit | None) -> str:
    """The parent's path and the part of the code that the units above do not say already: 320505002015 under 320505002 is 015/."""
    step, longest = parent, ""
    while step is not None:
        if code.startswith(step.code) and len(step.code) > len(longest):
            longest = step.code
        step = step.parent
    above = parent.path if parent else ""
    path = f"{above}{code[len(longest) :].lstrip('-') or code}/"
    return f"{above}{code}/" if Unit.objects.filter(path=path).exists() else path

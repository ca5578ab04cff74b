"""Regrid a community (网格调整落地): grids are formed, renamed, redrawn and ended, and buildings move, all in one transaction."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.events import publish
from shequtong.territory import permissions, units
from shequtong.territory.boundaries import as_geojson
from shequtong.territory.division import Division, Standing, division_from, standing
from shequtong.territory.division_judged import Judged, judge
from shequtong.territory.events import GridsRedrawn
from shequtong.territory.history import today_in
from shequtong.territory.models import Building, Regridding, Unit
from shequtong.territory.usecases._versions import begin_version
from shequtong.territory.usecases.add_unit import add_unit
from shequtong.territory.usecases.ask_regridding import require_fit
from shequtong.territory.usecases.end_unit import end_unit
from shequtong.territory.usecases.rename_unit import rename_unit

BATCH = 500


@transaction.atomic
def regrid_community(*, regridding_id: int, by: Actor, now: datetime) -> Regridding:
    """What was asked for holds from today; a second time nothing happens. Cases keep the grid of their day, figures theirs.

    Judged again against the grids of this moment. Raises Forbidden, CannotRegrid, BadDivision; then nothing is changed.
    """
    row = Regridding.objects.select_for_update(of=("self",)).get(pk=regridding_id)
    community = Unit.objects.select_for_update(of=("self",)).select_related("parent__parent").get(pk=row.community_id)
    by.require(permissions.MANAGE_UNITS, community)
    if row.applied_at is not None:
        return row
    stands = standing(community)
    division = division_from(row.drawn, stands)
    judged = judge(division, stands)
    require_fit(judged, leave_gaps=row.leave_gaps)

    day = today_in(community.subdistrict_id, now)
    unit_of = _form(division, judged, community, day, by, now)
    moved = _move(judged, stands, unit_of)
    for ended in judged.ended:
        end_unit(unit_id=ended.id, day=day, reason=row.reason, by=by, now=now)
    row.before, row.after, row.moved = _borders(stands), _borders(after := standing(community)), _listed(moved)
    row.applied_at, row.day, row.result, row.counts = now, day, after.base, _counts(judged)
    row.save(update_fields=["applied_at", "day", "result", "before", "after", "counts", "moved"])
    went = [{"from": before.code, "to": to.code, "buildings": len(homes)} for (before, to), homes in moved.items()]
    facts = {"community": community.code, "day": day.isoformat(), **_differences(judged), "moved": went}
    log.record("territory.grids_redrawn", row, by=by, at=now, reason=row.reason, **facts)
    held.changed(units.REVISION)
    publish(
        GridsRedrawn(
            regridding_id=row.pk,
            subdistrict=community.subdistrict_id,
            community_id=community.pk,
            moved=tuple((home, before.path, to.path) for (before, to), homes in moved.items() for home in homes),
            ended=tuple(one.path for one in judged.ended),
            day=day,
            at=now,
        )
    )
    return row


def _form(division: Division, judged: Judged, community: Unit, day: date, by: Actor, now: datetime) -> dict[str, Unit]:
    """The unit of each piece: formed, renamed and bounded as the division says; "" is the community itself."""
    stays = [int(one.key) for one in division.pieces if not one.is_new]
    found = {str(one.pk): one for one in Unit.objects.select_for_update(of=("self",)).filter(pk__in=stays).order_by("code")}
    for told in judged.grids:
        key, piece = told.piece.key, told.piece
        if piece.is_new:
            words = {"kind": Unit.Kind.GRID.value, "code": piece.code, "name": piece.name, "parent_id": community.pk}
            found[key] = add_unit(**words, day=day, by=by, now=now)
        elif told.renamed:
            rename_unit(unit_id=found[key].pk, name=piece.name, name_en=found[key].name_en, day=day, by=by, now=now)
        if piece.is_new or told.redrawn:
            begin_version(found[key], day=day, now=now, boundary=as_geojson(piece.shape))
        if told.redrawn:
            counts = {"arrived": told.arrived, "left": told.left}
            log.record("territory.unit_redrawn", found[key], by=by, at=now, day=day.isoformat(), **counts)
    return found | {"": community}


Moved = dict[tuple[Unit, Unit], list[int]]


def _move(judged: Judged, stands: Standing, unit_of: dict[str, Unit]) -> Moved:
    """Buildings by where they were and where they are now; a statement for each such pair and 500 buildings."""
    keys = {move.home.grid_id for move in judged.moves}
    was = {one.pk: one for one in Unit.objects.filter(pk__in=sorted(keys))} if keys else {}
    moved: Moved = defaultdict(list)
    for move in judged.moves:
        moved[was[move.home.grid_id], unit_of[move.to]].append(move.home.id)
    for (_before, to), homes in moved.items():
        for start in range(0, len(homes), BATCH):
            rows = Building.objects.within(stands.community.subdistrict_id).filter(pk__in=homes[start : start + BATCH])
            rows.update(grid_id=to.pk, grid_path=to.path)
    return moved


def _borders(stands: Standing) -> list[dict[str, Any]]:
    return [
        {"id": unit.id, "code": unit.code, "name": unit.name, "boundary": as_geojson(shape)}
        for unit, shape in stands.grids.values()
    ]


def _listed(moved: Moved) -> list[dict[str, Any]]:
    return [{"from": before.code, "to": to.code, "buildings": homes} for (before, to), homes in moved.items()]


def _differences(judged: Judged) -> dict[str, list[str]]:
    """Codes of the grids that are not as they were."""
    return {
        "added": [one.piece.code for one in judged.grids if one.piece.is_new],
        "ended": [one.code for one in judged.ended],
        "renamed": [one.piece.code for one in judged.grids if one.renamed],
        "redrawn": [one.piece.code for one in judged.grids if one.redrawn],
    }


def _counts(judged: Judged) -> dict[str, int]:
    found = {name: len(codes) for name, codes in _differences(judged).items()}
    rooms, households = sum(one.home.rooms for one in judged.moves), sum(one.households for one in judged.moves)
    return {
        **found,
        "buildings": len(judged.moves),
        "rooms": rooms,
        **({"households": households} if judged.by_households else {}),
    }

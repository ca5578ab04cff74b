"""Units are added, renamed, redrawn and ended; the past stays readable, the trace is written, a neighbour may not."""

from datetime import date, timedelta

import pytest

from shequtong.audit.models import Entry
from shequtong.core.actors import Grant
from shequtong.core.models import Revision
from shequtong.core.refusals import Forbidden
from shequtong.territory import units
from shequtong.territory.dwellings import NewBuilding
from shequtong.territory.history import version_as_of
from shequtong.territory.models import Building, UnitVersion
from shequtong.territory.redrawing import plan_redraw
from shequtong.territory.testing import DAY, NOON, SIDE, SOUTH, SYSTEM, WEST, Clerk, Ground, cell, make_unit
from shequtong.territory.usecases._versions import BadDay
from shequtong.territory.usecases.add_building import add_building
from shequtong.territory.usecases.add_unit import CannotAddUnit, add_unit
from shequtong.territory.usecases.end_unit import CannotEndUnit, end_unit
from shequtong.territory.usecases.redraw_units import redraw_units
from shequtong.territory.usecases.rename_unit import rename_unit

TODAY = date(2026, 4, 13)


def a_building(column: float, row: float) -> Building:
    lon, lat = WEST + column * SIDE, SOUTH + row * SIDE
    return add_building(new=NewBuilding("枫桥路", "12号", "3幢", lon, lat), by=SYSTEM, now=NOON)


def test_adds_with_trace_and_revision(ground: Ground) -> None:
    before = Revision.objects.get(name="territory").number

    grid = make_unit("micro_grid", "320505002015001A", "1号微网格", ground.grids[0], boundary=cell(0, 0))

    assert grid.path == f"{ground.grids[0].path}A/"
    assert grid.subdistrict_id == 2
    entry = Entry.objects.get(what="territory.unit_added", object_id=grid.pk)
    assert entry.subdistrict_id == 2
    assert Revision.objects.get(name="territory").number == before + 1


@pytest.mark.parametrize(
    ("kind", "code", "parent"),
    [
        ("grid", "320505002099", "street"),  # a grid never hangs under a street (DB6101/T 3185-2024)
        ("community", "320505002099", "district"),
        ("district", "320506", "district"),
        ("community", "320505002015", "precinct"),  # taken
        ("community", "bad code/", "precinct"),
        ("castle", "320505002099", "precinct"),
    ],
)
def test_refuses_what_cannot_hang_there(ground: Ground, kind: str, code: str, parent: str) -> None:
    before = UnitVersion.objects.count()
    with pytest.raises(CannotAddUnit):
        make_unit(kind, code, "某单元", getattr(ground, parent))
    assert UnitVersion.objects.count() == before


def test_is_forbidden_from_the_next_street(ground: Ground) -> None:
    gao = Clerk("Gao", grant=Grant(3, ground.next_street.path))
    with pytest.raises(Forbidden):
        add_unit(kind="grid", code="x1", name="x", parent_id=ground.community.pk, day=DAY, by=gao, now=NOON)
    with pytest.raises(Forbidden):
        rename_unit(unit_id=ground.community.pk, name="x", day=TODAY, by=gao, now=NOON)
    with pytest.raises(Forbidden):
        redraw_units(boundaries_by_unit={ground.grids[0].pk: cell(0, 0)}, day=TODAY, by=gao, now=NOON)
    with pytest.raises(Forbidden):
        end_unit(unit_id=ground.grids[0].pk, day=TODAY, reason="x", by=gao, now=NOON)


def test_the_old_name_stays_with_its_days(ground: Ground) -> None:
    rename_unit(unit_id=ground.community.pk, name="馨泰新社区", day=TODAY, by=SYSTEM, now=NOON)

    before, after = version_as_of(ground.community.pk, TODAY - timedelta(days=1)), version_as_of(ground.community.pk, TODAY)
    assert before is not None
    assert after is not None
    assert (before.name, after.name, units.unit(ground.community.pk).name) == ("馨泰社区", "馨泰新社区", "馨泰新社区")
    assert after.boundary == before.boundary
    assert version_as_of(ground.community.pk, DAY - timedelta(days=1)) is None


def test_a_second_change_on_one_day_replaces_the_first(ground: Ground) -> None:
    for name in ("甲社区", "乙社区"):
        rename_unit(unit_id=ground.community.pk, name=name, day=TODAY, by=SYSTEM, now=NOON)
    assert list(ground.community.versions.order_by("valid_from").values_list("name", flat=True)) == ["馨泰社区", "乙社区"]


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), DAY - timedelta(days=1)])
def test_refuses_tomorrow_and_before_the_last_change(ground: Ground, day: date) -> None:
    with pytest.raises(BadDay):
        rename_unit(unit_id=ground.community.pk, name="x", day=day, by=SYSTEM, now=NOON)


def test_redrawing_moves_the_buildings_and_shows_them_before(ground: Ground) -> None:
    building = a_building(1.25, 0.5)
    west, east = ground.grids[:2]
    wide, narrow = cell(0, 0), cell(1, 0)
    for corner in (1, 2):
        wide["coordinates"][0][corner][0] = WEST + 1.5 * SIDE
    for corner in (0, 3, 4):
        narrow["coordinates"][0][corner][0] = WEST + 1.5 * SIDE
    drawn = {west.pk: wide, east.pk: narrow}

    shown = plan_redraw([west, east], drawn)
    assert [(move.building_id, move.to.id) for move in shown.moves] == [(building.pk, west.pk)]
    building.refresh_from_db()
    assert building.grid_id == east.pk

    redraw_units(boundaries_by_unit=drawn, day=TODAY, by=SYSTEM, now=NOON)

    building.refresh_from_db()
    assert (building.grid_id, building.grid_path) == (west.pk, west.path)
    entry = Entry.objects.get(what="territory.unit_redrawn", object_id=west.pk)
    assert (entry.facts["arrived"], entry.facts["left"]) == (1, 0)
    past = version_as_of(west.pk, DAY)
    assert past is not None
    assert past.boundary == cell(0, 0)


def test_a_grid_ends_when_its_ground_and_buildings_have_gone_over(ground: Ground) -> None:
    building = a_building(1.25, 0.5)
    west, east = ground.grids[:2]
    with pytest.raises(CannotEndUnit):
        end_unit(unit_id=east.pk, day=TODAY, reason="合并", by=SYSTEM, now=NOON)

    yesterday = TODAY - timedelta(days=1)
    redraw_units(boundaries_by_unit={west.pk: cell(0, 0, 2, 1), east.pk: None}, day=yesterday, by=SYSTEM, now=NOON)
    end_unit(unit_id=east.pk, day=TODAY, reason="合并", by=SYSTEM, now=NOON)

    building.refresh_from_db()
    assert building.grid_id == west.pk
    assert units.unit(east.pk).ended
    assert len(units.under(ground.community.path, "grid")) == 3
    assert version_as_of(east.pk, TODAY) is None
    with pytest.raises(CannotEndUnit):
        end_unit(unit_id=ground.community.pk, day=TODAY, reason="x", by=SYSTEM, now=NOON)

"""Boundaries fit, or the refusal says which and where."""

from typing import Any

import pytest

from shequtong.core.geo import BadGeometry, Crs, distance_m, wgs_to_gcj
from shequtong.territory import boundaries
from shequtong.territory.boundaries import BadBoundary
from shequtong.territory.fitting import coverage
from shequtong.territory.locate import shape_of
from shequtong.territory.testing import DAY, NOON, SIDE, SOUTH, SYSTEM, WEST, Ground, cell, make_unit, rectangle
from shequtong.territory.usecases.redraw_unit import redraw_unit


def test_a_bow_tie_is_refused_with_the_spot() -> None:
    ring = [[120.0, 31.0], [120.1, 31.1], [120.1, 31.0], [120.0, 31.1], [120.0, 31.0]]
    with pytest.raises(BadBoundary, match=r"120\.05.*31\.05"):
        boundaries.shape_from({"type": "Polygon", "coordinates": [ring]})


def test_a_line_that_encloses_nothing_is_refused() -> None:
    with pytest.raises(BadBoundary):
        boundaries.shape_from({"type": "Polygon", "coordinates": [[[120.0, 31.0], [120.1, 31.0], [120.0, 31.0], [120.0, 31.0]]]})


def test_a_map_of_gaode_is_turned_into_stored_coordinates(ground: Ground) -> None:
    drawn = cell(2, 0)
    drawn["coordinates"][0] = [list(wgs_to_gcj(*position)) for position in drawn["coordinates"][0]]
    grid = make_unit("grid", "320505002016001", "第一网格", ground.other_community, boundary=drawn, source_crs=Crs.GCJ02)

    shape = shape_of(grid.pk)
    assert shape is not None
    assert distance_m(*shape.bounds[:2], WEST + 2 * SIDE, SOUTH) < 0.01
    assert grid.versions.get().source_crs == "gcj02"


def test_a_grid_that_leaves_its_community_is_refused(ground: Ground) -> None:
    with pytest.raises(BadBoundary, match=r"第9网格.*万枫社区"):
        make_unit("grid", "320505002016009", "第9网格", ground.other_community, boundary=cell(3, 0, 2, 1))


def test_overlapping_neighbours_are_named(ground: Ground) -> None:
    make_unit("grid", "320505002016001", "东一网格", ground.other_community, boundary=cell(2, 0))
    with pytest.raises(BadBoundary, match=r"东一网格.*东二网格|东二网格.*东一网格"):
        make_unit("grid", "320505002016002", "东二网格", ground.other_community, boundary=cell(2, 0, 2, 1))


def test_communities_of_two_precincts_may_not_overlap(ground: Ground) -> None:
    second = make_unit("precinct", "320505002-P2", "第二片区", ground.street)
    with pytest.raises(BadBoundary, match="万枫社区"):
        make_unit("community", "320505002017", "新狮社区", second, boundary=cell(3, 1, 2, 2))


@pytest.mark.parametrize(("metres", "fits"), [(0.2, True), (5.0, False)])
def test_borders_drawn_by_hand_may_be_a_hand_apart(ground: Ground, metres: float, *, fits: bool) -> None:
    nudge = metres / 95_000
    make_unit("grid", "320505002016001", "东一网格", ground.other_community, boundary=cell(2, 0))
    west = WEST + 3 * SIDE - nudge
    second = rectangle(west, SOUTH, WEST + 4 * SIDE, SOUTH + SIDE)
    if fits:
        make_unit("grid", "320505002016002", "东二网格", ground.other_community, boundary=second)
    else:
        with pytest.raises(BadBoundary):
            make_unit("grid", "320505002016002", "东二网格", ground.other_community, boundary=second)


def test_gaps_are_named_from_the_largest(ground: Ground) -> None:
    assert coverage(ground.community, "grid").complete
    make_unit("grid", "320505002016001", "东一网格", ground.other_community, boundary=cell(2, 0))

    found = coverage(ground.other_community, "grid")

    assert not found.complete
    assert len(found.gaps) == 1  # an L of three cells
    assert found.gaps[0].square_metres == pytest.approx(3 * (SIDE * 111_195) ** 2 * 0.8545, rel=0.01)
    assert found.gaps[0].lon > WEST + 2 * SIDE


def test_redrawing_leaves_no_ground_behind(ground: Ground) -> None:
    half = cell(0, 0)
    half["coordinates"][0][1][0] = half["coordinates"][0][2][0] = WEST + 0.5 * SIDE
    with pytest.raises(BadBoundary, match=r"120\.553.*31\.292"):
        redraw_unit(unit_id=ground.grids[0].pk, boundary=half, day=DAY, by=SYSTEM, now=NOON)
    redraw_unit(unit_id=ground.grids[0].pk, boundary=half, day=DAY, by=SYSTEM, now=NOON, leave_gaps=True)


def test_a_community_may_not_shrink_off_its_grids(ground: Ground) -> None:
    with pytest.raises(BadBoundary, match=r"第\d网格.*馨泰社区"):
        redraw_unit(unit_id=ground.community.pk, boundary=cell(0, 0), day=DAY, by=SYSTEM, now=NOON, leave_gaps=True)


@pytest.mark.parametrize("bad", [None, {}, {"type": "Point", "coordinates": [120, 31]}])
def test_what_is_no_polygon_is_refused(bad: Any) -> None:
    with pytest.raises(BadGeometry):
        boundaries.shape_from(bad)

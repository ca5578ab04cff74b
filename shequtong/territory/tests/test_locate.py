"""locate: the smallest unit at a point, the same one every time."""

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries

from shequtong.territory.locate import NOWHERE, locate, locate_many, locator, subdistricts_in
from shequtong.territory.testing import DAY, NOON, SIDE, SOUTH, SYSTEM, WEST, Ground, cell
from shequtong.territory.usecases.redraw_units import redraw_units


def middle(column: int, row: int) -> tuple[float, float]:
    return WEST + (column + 0.5) * SIDE, SOUTH + (row + 0.5) * SIDE


def test_finds_the_grid_else_the_community_else_nothing(ground: Ground) -> None:
    grid, community, nothing = locate(*middle(1, 1)), locate(*middle(2, 1)), locate(*middle(9, 9))
    assert grid is not None
    assert grid.code == "320505002015004"
    assert community is not None
    assert community.name == "万枫社区"
    assert nothing is None


def test_a_shared_corner_belongs_to_the_lowest_code(ground: Ground) -> None:
    corner = locate(WEST + SIDE, SOUTH + SIDE)
    assert corner is not None
    assert corner.code == "320505002015001"
    border_of_two_communities = locate(WEST + 2 * SIDE, SOUTH + 0.5 * SIDE)
    assert border_of_two_communities is not None
    assert border_of_two_communities.kind == "grid"


def test_together_they_get_the_same_answers_as_one_by_one(ground: Ground) -> None:
    random = np.random.default_rng(7)
    lons, lats = random.uniform(WEST - SIDE, WEST + 7 * SIDE, 2000), random.uniform(SOUTH - SIDE, SOUTH + 3 * SIDE, 2000)
    lons[:50], lats[:50] = WEST + SIDE * random.integers(0, 6, 50), SOUTH + SIDE * random.integers(0, 3, 50)
    singly = [found.id if (found := locate(x, y)) else NOWHERE for x, y in zip(lons, lats, strict=True)]
    assert locate_many(lons, lats).tolist() == singly
    assert locate_many([], []).tolist() == []


def test_costs_no_statement_when_warm(ground: Ground, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    locator()
    with django_assert_num_queries(0):
        locate(*middle(0, 0))
        locate_many(*zip(middle(0, 0), middle(1, 1), strict=True))


def test_sees_a_redrawn_border_at_once_in_its_own_process(ground: Ground) -> None:
    east_of_the_old_border = (WEST + 1.25 * SIDE, SOUTH + 0.5 * SIDE)
    before = locate(*east_of_the_old_border)
    south_west, south_east = cell(0, 0), cell(1, 0)
    south_west["coordinates"][0][1][0] = south_west["coordinates"][0][2][0] = WEST + 1.5 * SIDE
    south_east["coordinates"][0][0][0] = south_east["coordinates"][0][3][0] = WEST + 1.5 * SIDE
    south_east["coordinates"][0][4][0] = WEST + 1.5 * SIDE
    new = {ground.grids[0].pk: south_west, ground.grids[1].pk: south_east}

    redraw_units(boundaries_by_unit=new, day=DAY, by=SYSTEM, now=NOON)

    after = locate(*east_of_the_old_border)
    assert before is not None
    assert after is not None
    assert (before.code[-1], after.code[-1]) == ("2", "1")


@pytest.mark.parametrize(("box", "places"), [((0, 0, 1, 1), (2,)), ((3.5, 0, 4.5, 1), (2, 3)), ((9, 9, 10, 10), ())])
def test_a_viewport_names_the_streets_it_touches(
    ground: Ground, box: tuple[float, float, float, float], places: tuple[int, ...]
) -> None:
    west, south, east, north = box
    view = (WEST + west * SIDE, SOUTH + south * SIDE, WEST + east * SIDE, SOUTH + north * SIDE)
    assert subdistricts_in(view) == places

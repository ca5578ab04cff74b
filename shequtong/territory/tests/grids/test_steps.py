"""Steps of drawing: a split, a merge, buildings given away; whatever is done in whatever order, borders fit and nothing is lost."""

import random

import pytest
import shapely

from shequtong.territory.boundaries import gaps
from shequtong.territory.cutting import CannotCut, cut
from shequtong.territory.division import Division, Standing, as_sent, division_from, standing
from shequtong.territory.division_judged import judge
from shequtong.territory.division_steps import draw_grid, fill_gaps, give_buildings, merge_grids, split_grid
from shequtong.territory.dwellings import NewBuilding
from shequtong.territory.numbered_names import next_name
from shequtong.territory.testing import NOON, SIDE, SOUTH, SYSTEM, WEST, Ground
from shequtong.territory.usecases.add_buildings import add_buildings

Place = tuple[float, float]


def at(column: float, row: float) -> Place:
    """A place in cells of the ground."""
    return WEST + column * SIDE, SOUTH + row * SIDE


def build(ground: Ground, places: list[Place]) -> Standing:
    """A building of twelve rooms at each place."""
    new = [
        NewBuilding("枫桥路", f"{n}号", "1幢", *at(*place), floors=3, entrances=2, rooms_per_floor=2)
        for n, place in enumerate(places, start=1)
    ]
    add_buildings(new=new, by=SYSTEM, now=NOON)
    return standing(ground.community)


@pytest.fixture
def stands(ground: Ground) -> Standing:
    """The four cells with 32 buildings, eight to a cell."""
    return build(ground, [(0.125 + n % 8 / 4, 0.25 + n // 8 / 2) for n in range(32)])


def numbers(division: Division, stands: Standing) -> dict[str, int]:
    """Buildings by name of their grid."""
    return {one.piece.name: one.buildings for one in judge(division, stands).grids}


def test_a_line_divides_the_grid_it_runs_through(stands: Standing) -> None:
    # drawn by hand: it begins a little outside and ends a little before the border
    found = split_grid(stands.division(), stands, [at(0.6, -0.02), at(0.6, 0.97)])
    assert numbers(found, stands) == {"第1网格": 4, "第2网格": 8, "第3网格": 8, "第4网格": 8, "第5网格": 4}
    new = found.pieces[-1]
    assert (new.key, new.code) == ("n1", "320505002015005")
    assert shapely.coverage_is_valid(list(found.shapes.values()))
    judged = judge(found, stands)
    assert (judged.fits, judged.new_gaps, [move.to for move in judged.moves]) == (True, 0, ["n1"] * 4)
    assert [one.redrawn for one in judged.grids[:4]] == [True, False, False, False]


def test_neighbours_merge_and_the_others_end(stands: Standing) -> None:
    one, two, _three, four = [piece.key for piece in stands.division().pieces]
    found = merge_grids(stands.division(), stands, [two, one])
    judged = judge(found, stands)
    assert numbers(found, stands) == {"第1网格": 16, "第3网格": 8, "第4网格": 8}
    assert ([unit.name for unit in judged.ended], len(judged.moves), judged.fits) == (["第2网格"], 8, True)
    with pytest.raises(CannotCut):
        merge_grids(stands.division(), stands, [one, four])  # they share a corner only
    with pytest.raises(CannotCut):
        merge_grids(stands.division(), stands, [one])


def test_buildings_go_with_the_ground_nearest_to_them(stands: Standing) -> None:
    one, two = [piece.key for piece in stands.division().pieces][:2]
    east = [home.id for home in stands.homes if str(home.grid_id) == one and home.lon > at(0.5, 0)[0]]
    found = give_buildings(stands.division(), stands, one, east, two)
    assert list(numbers(found, stands).values()) == [4, 12, 8, 8]
    assert shapely.coverage_is_valid(list(found.shapes.values()))
    found = give_buildings(stands.division(), stands, one, east, "")
    assert list(numbers(found, stands).values()) == [4, 8, 8, 8, 4]
    with pytest.raises(CannotCut):
        give_buildings(stands.division(), stands, one, [home.id for home in stands.homes if str(home.grid_id) == one], two)
    with pytest.raises(CannotCut):
        give_buildings(stands.division(), stands, one, [10**6], two)


def test_a_grid_drawn_by_hand_takes_its_ground(stands: Standing) -> None:
    found = draw_grid(stands.division(), stands, [at(0.6, 0.6), at(1.4, 0.6), at(1.4, 1.4), at(0.6, 1.4)])
    assert list(numbers(found, stands).values()) == [6, 6, 6, 6, 8]
    assert judge(found, stands).fits
    with pytest.raises(CannotCut, match="第1网格"):
        draw_grid(stands.division(), stands, [at(-0.1, -0.1), at(1, -0.1), at(1, 1), at(-0.1, 1)])
    with pytest.raises(CannotCut):
        draw_grid(stands.division(), stands, [at(0, 0), at(1, 1), at(1, 0), at(0, 1)])


def test_gaps_and_overlaps_are_said_and_gaps_can_be_filled(stands: Standing) -> None:
    division = stands.division()
    without = Division(division.base, division.pieces[1:])
    judged = judge(without, stands)
    assert (len(judged.gaps), judged.new_gaps) == (1, 1)
    assert (judged.fits, {move.to for move in judged.moves}) == (True, {""})
    assert list(numbers(fill_gaps(without, stands), stands).values()) == [8, 8, 8, 8]
    wide = division.pieces[0]._replace(shape=shapely.box(*at(0, 0), *at(1.2, 1)))
    judged = judge(Division(division.base, (wide, *division.pieces[1:])), stands)
    assert ([("第1网格" in found.words, "第2网格" in found.words) for found in judged.overlaps], judged.fits) == (
        [(True, True)],
        False,
    )
    beyond = division.pieces[0]._replace(shape=shapely.box(*at(-0.2, 0), *at(1, 1)))
    assert len(judge(Division(division.base, (beyond, *division.pieces[1:])), stands).outside) == 1


def test_a_border_with_corners_on_one_side_alone_gets_them_on_both(stands: Standing) -> None:
    """As it comes from files: a corner of one grid lies on the straight border of another."""
    division = merge_grids(stands.division(), stands, [one.key for one in stands.division().pieces[:2]])
    south = division.pieces[0]._replace(shape=shapely.box(*at(0, 0), *at(2, 1)))  # without the corner in the middle
    pieces = (south, *division.pieces[1:])
    assert not shapely.coverage_is_valid([one.shape for one in pieces])
    found = Division(division.base, pieces).with_shapes({one.key: one.shape for one in pieces})
    assert shapely.coverage_is_valid(list(found.shapes.values()))
    assert not any(one.redrawn for one in judge(found, stands).grids[1:])


@pytest.mark.parametrize("seed", range(12))
def test_any_order_of_steps_keeps_the_ground_whole(stands: Standing, seed: int) -> None:
    chance, division = random.Random(seed), stands.division()
    assert stands.ground is not None
    for _step in range(12):
        try:
            division = _any_step(chance, division, stands)
        except CannotCut:
            continue
        judged, shapes = judge(division_from(as_sent(division), stands), stands), list(division.shapes.values())
        assert shapely.coverage_is_valid(shapes)
        assert (judged.fits, judged.gaps, judged.unplaced) == (True, [], 0)
        assert gaps(stands.ground, shapes) == []
        assert sum(one.buildings for one in judged.grids) == len(stands.homes)
        assert sum(one.rooms for one in judged.grids) == 12 * len(stands.homes)
        assert {move.home.id for move in judged.moves} <= {home.id for home in stands.homes}


def _any_step(chance: random.Random, division: Division, stands: Standing) -> Division:
    keys = [one.key for one in division.pieces]
    kind = chance.choice(("split", "split", "merge", "give", "draw"))
    if kind == "split":
        return split_grid(division, stands, [at(chance.uniform(-0.1, 2.1), chance.uniform(-0.1, 2.1)) for _end in range(3)])
    if kind == "merge":
        return merge_grids(division, stands, chance.sample(keys, min(2, len(keys))))
    if kind == "give":
        one = chance.choice(keys)
        inside = [home.id for home in stands.homes if shapely.intersects_xy(division.shapes[one], *home.at)]
        return give_buildings(division, stands, one, chance.sample(inside, len(inside) // 2), chance.choice(["", *keys]))
    west, south, side = chance.uniform(0, 1.5), chance.uniform(0, 1.5), chance.uniform(0.1, 0.8)
    return draw_grid(
        division, stands, [at(west, south), at(west + side, south), at(west + side, south + side), at(west, south + side)]
    )


def test_a_line_that_ends_inside_is_carried_on() -> None:
    square = shapely.box(*at(0, 0), *at(1, 1))
    assert [round(part.area / square.area, 2) for part in cut(square, [at(0.3, 0.2), at(0.3, 0.8)])] == [0.7, 0.3]
    with pytest.raises(CannotCut):
        cut(square, [at(2, 0), at(2, 1)])
    with pytest.raises(CannotCut):
        cut(square, [at(0.3, 0.2), at(0.3, 0.2)])


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["第一网格", "第九网格"], "第十网格"),
        (["第3网格"], "第4网格"),
        (["第十二网格"], "第十三网格"),
        ([], "第一网格"),
        (["第二十网格"], "第二十一网格"),
        (["塔园"], "第二网格"),
    ],
)
def test_the_next_name_follows_the_others(names: list[str], said: str) -> None:
    assert next_name(names) == said
